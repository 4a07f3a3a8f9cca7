"""Solving: a proven plan is the best of all plans, tier before tier, and its figures are those of `breaches` alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from agreement import looks, universe
from random_weeks import random_week
from tiny import MON, P1, P2, TUE, course, demand, participant, room, sitting, teacher, tiny

from skemaplan.rules import MUST, STANDARD, WeekRule
from skemaplan.rules.locks import Locks
from skemaplan.schedule import Schedule, Tier
from skemaplan.solving import TIERS, Effort, Result, Search, price_of, solve, verify
from skemaplan.week import WeekFacts

MUSTS = [r for r in STANDARD if r.tier == MUST]


def values(schedule: Schedule) -> tuple[int, ...]:
    prices = price_of(schedule, STANDARD)
    return tuple(prices[tier] for tier in TIERS)


def best_of_all(facts: WeekFacts) -> tuple[int, ...] | None:
    """The least that any schedule costs, tier before tier, by looking at all of them; None if a must always breaks."""
    return min((values(s) for s in universe(facts) if looks(MUSTS, s) == 0), default=None)


def with_locks_that_can_be_kept(facts: WeekFacts) -> WeekFacts:
    """A lock on what may not be held at all is named and not kept, so brute force would find no week to be good."""
    rules = [Locks(), *(r for r in MUSTS if type(r).forbids is not WeekRule.forbids)]
    kept = any(looks(rules, s) == 0 for s in universe(facts))
    return facts if kept else replace(facts, locks=())


def found(result: Result) -> tuple[int, ...]:
    by_name = {t.name: t for t in result.tiers}
    return tuple(by_name[t].value if t in by_name else 0 for t in TIERS)


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_of_a_tiny_week_is_better(seed: int) -> None:
    facts = with_locks_that_can_be_kept(random_week(seed))
    result, best = solve(facts, STANDARD), best_of_all(facts)
    if result.schedule is None:
        assert result.impossible
        assert best is None
        return
    assert all(t.proven for t in result.tiers)
    assert looks(MUSTS, result.schedule) == 0
    assert found(result) == values(result.schedule) == best


@pytest.mark.parametrize("seed", range(30, 38))
def test_no_plan_is_better_with_prices_that_are_off_by_themselves(seed: int) -> None:
    facts = with_locks_that_can_be_kept(random_week(seed))
    facts = replace(facts, prices={**facts.prices, ("teacher_day", ""): 30, ("teacher_hole", ""): 1})
    result, best = solve(facts, STANDARD), best_of_all(facts)
    if result.schedule is None:
        assert best is None
    else:
        assert all(t.proven for t in result.tiers)
        assert found(result) == values(result.schedule) == best


def test_some_of_those_weeks_are_hard() -> None:
    """Not only weeks in which all is well, or nothing is possible."""
    best = [best_of_all(with_locks_that_can_be_kept(random_week(seed))) for seed in range(30)]
    assert best.count(None) < 10
    assert sum(1 for b in best if b is not None and min(b[0], b[-1]) > 0) > 10
    assert sum(1 for b in best if b is not None and b[0] == 0 < b[-1]) > 2


WEEK = tiny(
    {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
    [
        participant("A", {"mat": demand(90, sessions=2), "eng": demand()}),
        participant("B", {"mat": demand(90, sessions=2)}),
        participant("C", {"eng": demand()}, free={MON: P2}),
    ],
    [teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
    [course("mat"), course("eng")],
    prices={},
)


def test_the_same_plan_every_time() -> None:
    first = solve(WEEK, STANDARD, effort=Effort(seed=1))
    again = solve(WEEK, STANDARD, effort=Effort(seed=1))
    assert first.schedule is not None
    assert (str(first.schedule), first.tiers) == (str(again.schedule), again.tiers)


def test_a_hint_changes_no_figure() -> None:
    bad = sitting(WEEK, ("mat", MON, P2, "A"), ("eng", TUE, P2, "A"), ("mat", TUE, P1, "B"))
    assert solve(WEEK, STANDARD, hint=bad).tiers == solve(WEEK, STANDARD).tiers


def test_what_is_fixed_stays_even_if_it_costs() -> None:
    bad = sitting(WEEK, ("mat", MON, P2, "A"))
    (session,) = bad.sessions
    result = solve(WEEK, STANDARD, fixed=bad.attendance)
    assert result.schedule is not None
    assert "A" in result.schedule.attendance[session]


def test_progress_is_told_and_never_worse() -> None:
    told: list[tuple[str, int, int]] = []
    result = solve(WEEK, STANDARD, progress=lambda *news: told.append(news))
    for tier in result.tiers:
        mine = [value for name, value, _ in told if name == tier.name]
        assert mine == sorted(mine, reverse=True)
        assert all(bound <= tier.value for name, _, bound in told if name == tier.name)
    assert told


def test_that_nothing_is_short_is_told_before_what_the_week_costs() -> None:
    told: list[tuple[str, int, int]] = []
    result = solve(WEEK, STANDARD, progress=lambda *news: told.append(news))
    assert {t.name: t.value for t in result.tiers}["demands"] == 0
    assert told[0] == ("demands", 0, 0)


@pytest.mark.parametrize("seed", range(30, 50))
def test_to_look_ahead_changes_no_figure(seed: int) -> None:
    """Whether or not everything fits: a week is as short, and costs as much, as without."""
    facts = with_locks_that_can_be_kept(random_week(seed))
    one, other = (Search(facts, STANDARD, {}, None, {}, Effort(), None).run(ahead) for ahead in (True, False))
    assert (one.tiers, one.impossible) == (other.tiers, other.impossible)


def searches_of(facts: WeekFacts, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The tier of each search of a week, and how short it may be in a look ahead."""
    searches: list[tuple[str, Any]] = []
    turn = Search._turn

    def counted(search: Search, tier: str, objective: Any, now: Any, level: int, most: float, *short: Any) -> None:
        searches.append((tier, *short))
        turn(search, tier, objective, now, level, most, *short)

    monkeypatch.setattr(Search, "_turn", counted)
    solve(facts, STANDARD)
    return searches


def test_where_nothing_is_short_one_search_does_for_both_tiers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searches_of(WEEK, monkeypatch) == [("inconvenience", 0)]


def test_where_little_is_short_the_demands_need_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    c = WEEK.participants["C"]
    without = replace(WEEK, participants={**WEEK.participants, "C": replace(c, free=((),) * 7)})
    assert searches_of(without, monkeypatch) == [("inconvenience", 0), ("inconvenience", 45)]


def test_where_much_is_short_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = {p.id: replace(p, free=((),) * 7) for p in WEEK.participants.values()}
    ahead = [("inconvenience", 45 * lessons) for lessons in range(4)]
    assert searches_of(replace(WEEK, participants=nobody), monkeypatch) == [*ahead, ("demands",), ("inconvenience",)]


def test_a_talk_of_less_than_a_lesson_may_be_what_is_short() -> None:
    """To look ahead by lessons is no claim that all that is short is whole lessons."""
    facts = tiny(
        {MON: "08:30-09:00 09:00-09:30"},
        [participant(p, {"talk": demand(30, kind="talk")}) for p in "ABC"],
        [teacher("KOORD", "talk")],
        [course("talk", "talk", shortest=30, longest=30)],
    )
    assert found(solve(facts, STANDARD)) == best_of_all(facts)
    assert found(solve(facts, STANDARD))[0] == 30


def test_what_is_found_ahead_may_be_shorter_than_need_be() -> None:
    """One of the two can come: B's lesson is what is wanted most, though A's talk would cost less."""
    facts = tiny(
        {MON: P1},
        [participant("A", {"talk": demand(30, kind="talk")}), participant("B", {"mat": demand(45)})],
        [teacher("U", "mat", "talk")],
        [course("mat"), course("talk", "talk", shortest=30, longest=30)],
        prices={("attendance_day", "B"): 500},
    )
    assert found(solve(facts, STANDARD)) == best_of_all(facts)
    assert found(solve(facts, STANDARD))[0] == 30


def test_an_impossible_week_is_said_to_be_impossible() -> None:
    bad = sitting(WEEK, ("mat", MON, P1, "A"), ("eng", MON, P1, "A"))
    result = solve(WEEK, STANDARD, fixed=bad.attendance)
    assert (result.schedule, result.impossible) == (None, True)


def test_a_tier_without_its_proof_is_not_called_proven() -> None:
    assert Tier("demands", 45, 45).proven
    assert not Tier("demands", 45, 0).proven


def test_verify_says_who_and_what_and_how_much() -> None:
    clash = sitting(WEEK, ("mat", MON, P1, "A"), ("eng", MON, P1, "A C"))
    said = [(b.rule, b.about) for b in verify(clash, STANDARD) if b.tier == MUST]
    assert said == [("clash", "A"), ("availability", "C")]
    assert {b.about: b.price for b in verify(clash, STANDARD) if b.rule == "lessons"} == {"A": 45, "B": 90}


def test_minutes_above_the_fair_share_count_twice() -> None:
    facts = replace(WEEK, prices={("attendance_day", "A"): 100, ("attendance_day", "B"): 0, ("attendance_day", "C"): 0})
    two_days = sitting(facts, ("mat", MON, P1, "A B"), ("mat", TUE, P1, "A B"), ("eng", MON, P2, "A C"))
    neighbouring = 15
    assert price_of(two_days, STANDARD)["inconvenience"] == 200 + (200 + neighbouring - 120) + 2 * neighbouring


def test_rooms_that_counting_takes_for_enough_and_seating_does_not() -> None:
    """Two rooms are open at every time, but no two sessions of two lessons fit: one room closes half-way."""
    facts = tiny(
        {MON: f"{P1} {P2}"},
        [participant("A", {"mat": demand(90)}), participant("B", {"eng": demand(90)})],
        [teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
        [
            course("mat", place="stob", shortest=90, longest=90, largest=1),
            course("eng", place="stob", shortest=90, longest=90, largest=1),
        ],
        rooms=[
            room("lokale 1", "stob", 1),
            room("lokale 2", "stob", 1, free={MON: "08:00-09:30"}),
            room("lokale 3", "stob", 1, free={MON: "09:10-12:00"}),
        ],
        places={"stob": {}},
    )
    result = solve(facts, STANDARD)
    assert result.schedule is not None
    assert looks(MUSTS, result.schedule) == 0
    assert found(result) == best_of_all(facts) == (90, 0, 0, 0)
    assert all(t.proven for t in result.tiers)
