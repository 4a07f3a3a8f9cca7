"""Weeks in parts: everything fits in the whole if it does in each, and nobody else is asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from random_weeks import random_week
from tiny import MON, P1, P2, TUE, course, demand, fixed, participant, room, teacher, tiny
from towns import town

from skemaplan.explain import HELPS, parts, why
from skemaplan.explain.fitting import Fitting, only
from skemaplan.explain.repairs import Repairs
from skemaplan.rules import MUSTS, STANDARD, UNIVERSE
from skemaplan.solving import verify
from skemaplan.week import WeekFacts

ONE = {"mat": demand(45)}


@pytest.fixture(autouse=True)
def small_weeks_fall_apart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "FEW", 0)


@pytest.mark.parametrize("seed", range(40))
def test_a_week_fits_if_and_only_if_each_part_does(seed: int) -> None:
    facts = town(seed)
    found = list(parts.parts(facts))
    assert sorted(p for part in found for p in part.participants) == sorted(facts.participants)
    assert Fitting()(facts) == all(Fitting()(part) for part in found)


@pytest.mark.parametrize("seed", range(12))
def test_what_helps_a_part_helps_the_whole_if_nothing_else_is_short(seed: int) -> None:
    """All that others need is there: then each repair of the part, applied to the whole week, mends the whole week."""
    facts = town(seed)
    fits = Fitting()
    short = [part for part in parts.parts(facts) if not fits(part)]
    if len(short) == 1:
        (found,) = why(facts).impasses
        assert set(found.participants) == set(short[0].participants)
        for repair in (*found.repairs, *found.pairs):
            assert fits(repair.on(facts))


def two_teams() -> WeekFacts:
    """Team 1 lacks a lesson of its teacher; team 2 has all it needs, at another place."""
    return tiny(
        {MON: f"{P1} {P2}", TUE: P1},
        [
            participant("A1", {"mat1": demand(45)}, has={TUE: [fixed(P1)]}),
            participant("B1", {"mat1": demand(45)}, has={MON: [fixed(P1), fixed(P2)]}),
            participant("A2", {"mat2": demand(45)}),
        ],
        [teacher("U1", "mat1", most=45), teacher("U2", "mat2")],
        [course("mat1", place="hus1"), course("mat2", place="hus2")],
        rooms=[room("r1", "hus1", 4), room("r2", "hus2", 4)],
        places={"hus1": {}, "hus2": {}},
    )


def test_only_the_part_that_is_short_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[WeekFacts] = []
    call = Fitting.__call__

    def spy(self: Fitting, facts: WeekFacts, but: frozenset[tuple[str, str]] = frozenset()) -> bool | None:
        asked.append(facts)
        return call(self, facts, but)

    monkeypatch.setattr(Fitting, "__call__", spy)
    (found,) = why(two_teams()).impasses
    assert found.participants == ("A1", "B1")
    assert found.repairs[0].changes[0].who == "U1"
    about_others = [facts for facts in asked if "A2" in facts.participants]
    assert len(about_others) == 1  # whether it fits


def test_parts_that_are_alike_in_two_kinds_of_weeks_are_one() -> None:
    facts = two_teams()
    other = replace(facts, participants={**facts.participants, "A2": participant("A2", {})})
    found = parts.parts_of([(facts, ("2020-W06",)), (other, ("2020-W07",))])
    weeks = {tuple(sorted(part.participants)): names for part, names in found}
    assert weeks["A1", "B1"] == ("2020-W06", "2020-W07")


def test_teachers_who_should_teach_what_nobody_takes_are_a_part() -> None:
    facts = two_teams()
    u3 = teacher("U3", "eng", least=45)
    facts = replace(facts, teachers={**facts.teachers, "U3": u3}, courses={**facts.courses, "eng": course("eng")})
    idle = [part for part in parts.parts(facts) if not part.participants]
    assert [set(part.teachers) for part in idle] == [{"U3"}]
    assert Fitting()(idle[0]) is False


def test_rooms_that_another_teacher_would_make_scarce_keep_people_together() -> None:
    """Two teachers and three rooms: enough, until somebody is found who teaches at the same time."""
    facts = two_teams()
    one_place = {
        c: replace(row, days=tuple(replace(d, place="hus1") for d in row.days)) for c, row in facts.courses.items()
    }
    rooms = {f"r{n}": room(f"r{n}", "hus1", 9) for n in range(3)}
    assert len(list(parts.parts(replace(facts, courses=one_place, rooms=rooms)))) == 1
    rooms |= {"r9": room("r9", "hus1", 9)}
    assert len(list(parts.parts(replace(facts, courses=one_place, rooms=rooms)))) == 2


@pytest.mark.parametrize("seed", range(30))
def test_few_courses_by_themselves_hold_all_that_is_about_them(seed: int) -> None:
    """What `cores` rests on: what does not fit among few courses does not fit in the week."""
    facts = random_week(seed)
    fits = Fitting()
    if fits(facts):
        for name in facts.courses:
            assert fits(only(facts, [name]))


def test_loosenings_are_the_same_from_the_part() -> None:
    facts = two_teams()
    mine = next(part for part in parts.parts(facts) if "A1" in part.participants)
    inside = {x for rule in STANDARD for x in rule.loosenings(mine)}
    assert inside
    assert not any({"U2", "mat2", "A2", "hus2", "r2"} & x.people for x in inside)


@pytest.mark.parametrize("seed", [65, 111, 166])
def test_a_week_of_many_circles_is_mended_near_the_shortage_and_only_where_it_can_be(seed: int) -> None:
    """Repairs are those of one question about everybody; the fullest week keeps every must, no fuller than can be."""
    facts = town(seed, circles=4)
    fits = Fitting()
    search = Repairs(facts, fits, [facts])
    assert search.many
    repairs, tried = search.singles()
    assert repairs
    assert all(Fitting().plan(r.on(facts)).schedule is not None for r in repairs)
    helping = {t.loosening for t in tried if t.outcome == HELPS}
    for t in tried[:40]:
        x = t.loosening
        assert (x in helping) == any(Fitting().plan(x.on(facts, n)).schedule is not None for n in x.amounts)
    found, best = search.least_short(), fits.best(facts)
    assert found.schedule is not None
    assert not any(verify(found.schedule, (*UNIVERSE, *MUSTS)))
    assert found.tiers[0].bound <= best.tiers[0].value <= found.tiers[0].value
