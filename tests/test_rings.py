"""Rings: a plan in which few may change, and a bound from those few alone, are the answer of all plans together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from agreement import universe
from random_weeks import random_week
from tiny import FRI, MON, P1, P2, P3, TUE, WED, course, demand, participant, teacher, tiny

from skemaplan.dates import WHOLE_DAY
from skemaplan.planning import fewest as fewest_module
from skemaplan.planning import rings as rings_module
from skemaplan.planning.fewest import alone, fewest_moves, tier_of
from skemaplan.planning.new_tables import now
from skemaplan.planning.rings import Asked, in_trouble, of, rings
from skemaplan.planning.short_anyway import short_anyway
from skemaplan.rules import DEMANDS, MOVES, MUSTS, STANDARD, WISHES, Frozen, Stay, StayNear, WeekRule
from skemaplan.schedule import Schedule, Tier
from skemaplan.solving import Result, price_of, solve, verify
from skemaplan.week import WeekFacts


def search(facts: WeekFacts, rules: Sequence[WeekRule], hint: Schedule) -> Result:
    return solve(facts, rules, hint=hint)


def watching(seen: list[set[str]]) -> fewest_module.Search:
    """The same search, which notes each time who is free to move."""

    def watched(facts: WeekFacts, rules: Sequence[WeekRule], hint: Schedule) -> Result:
        seen.append(set(next((r.free for r in rules if isinstance(r, Frozen)), facts.participants)))
        return search(facts, rules, hint)

    return watched


def asked_of(seed: int) -> Asked | None:
    """A random week, planned, of which somebody then loses a day; and a week like it that can't hold something."""
    draw, facts = Random(seed), replace(random_week(seed), locks=())
    published = solve(facts, STANDARD).schedule
    if published is None or not published.sessions:
        return None
    who = draw.choice(
        sorted({s.teacher for s in published.sessions} | {p for x in published.attendance.values() for p in x})
    )
    day = draw.choice(published.of(who)).day
    if who in facts.participants:
        p = facts.participants[who]
        less = replace(p, free=(*p.free[:day], (), *p.free[day + 1 :]))
        changed = replace(facts, participants={**facts.participants, who: less})
    else:
        t = facts.teachers[who]
        changed = replace(
            facts, teachers={**facts.teachers, who: replace(t, free=(*t.free[:day], (), *t.free[day + 1 :]))}
        )
    pairs = sorted((p, s) for s, there in published.attendance.items() for p in there)
    gone = frozenset(draw.sample(pairs, min(len(pairs), draw.choice((0, 1)))))
    left = {s: frozenset(p for p in who if (p, s) not in gone) for s, who in published.attendance.items()}
    short = replace(published, attendance={s: who for s, who in left.items() if who}, rooms={})
    return Asked(now(published, changed), [*STANDARD, StayNear(published)], [Stay(published, 2), Stay(short, 1, gone)])


@pytest.mark.parametrize("seed", range(60))
def test_no_plan_of_the_week_is_less_short_or_moves_less(seed: int) -> None:
    asked = asked_of(seed)
    if asked is None:
        return
    found = fewest_moves(asked, search)
    rules = [*asked.rules, *asked.moves]
    prices = [price_of(s, rules) for s in universe(asked.was.facts) if not any(verify(s, MUSTS))]
    best = min(((p[DEMANDS], p[MOVES]) for p in prices), default=None)
    if found.schedule is None:
        assert best is None
        return
    tiers = tier_of(found, DEMANDS), tier_of(found, MOVES)
    assert tuple(t.value for t in tiers) == best
    assert all(t.proven for t in tiers)
    assert price_of(found.schedule, rules)[MOVES] == tiers[1].value


@pytest.mark.parametrize("many", [1, 2, 4])
@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_where_there_are_many_nothing_is_claimed_that_is_not_so(
    seed: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With rings that are asked by themselves, and others that are too large: no bound is above what some plan has."""
    for module in (rings_module, fewest_module):
        monkeypatch.setattr(module, "MANY", many)
    asked = asked_of(seed)
    if asked is None:
        return
    found = fewest_moves(asked, search)
    rules = [*asked.rules, *asked.moves]
    weeks = [s for s in universe(asked.was.facts) if not any(verify(s, MUSTS))]
    best = min(((p[DEMANDS], p[MOVES]) for p in (price_of(s, rules) for s in weeks)), default=None)
    if found.schedule is None:
        assert best is None
        return
    assert best is not None
    short, moves = tier_of(found, DEMANDS), tier_of(found, MOVES)
    assert short.bound <= best[0] <= short.value
    if short.bound == best[0]:
        assert moves.bound <= best[1]
    assert (short.value, moves.value) == (
        price_of(found.schedule, rules)[DEMANDS],
        price_of(found.schedule, rules)[MOVES],
    )
    if short.proven and moves.proven:
        assert (short.value, moves.value) == best


def with_fewer_hours(facts: WeekFacts, draw: Random) -> WeekFacts:
    """The same week, in which a course is one to one and its teachers have hours for one or two sessions."""
    scarce, most = draw.choice(sorted(facts.courses)), draw.choice((45, 90))
    c = facts.courses[scarce]
    one = replace(c, days=tuple(replace(day, smallest=1, largest=1) for day in c.days))
    teachers = {}
    for t in facts.teachers.values():
        hours = {course: (0, most if course == scarce else cap) for course, (_, cap) in t.teaches.items()}
        teachers[t.id] = replace(t, teaches=hours)
    return replace(facts, courses={**facts.courses, scarce: one}, teachers=teachers, pairs=())


def test_what_is_short_anyway_is_short_in_every_plan_and_proves_the_fewest_moves() -> None:
    """By brute force over small weeks: what is counted is never more than the least, and often all of it."""
    counted = all_of_it = 0
    for seed in range(100, 150):
        draw, planned = Random(seed), solve(replace(random_week(seed), locks=()), STANDARD).schedule
        if planned is None:
            continue
        facts = with_fewer_hours(planned.facts, draw)
        weeks = [s for s in universe(facts) if not any(verify(s, MUSTS))]
        if not weeks:
            continue
        least = min(price_of(s, WISHES)[DEMANDS] for s in weeks)
        short = sum(short_anyway(facts, facts.courses).values())
        assert short <= least, seed
        asked = Asked(now(planned, facts), [*STANDARD, StayNear(planned)], [Stay(planned)])
        found = fewest_moves(asked, search)
        prices = [price_of(s, [*asked.rules, *asked.moves]) for s in weeks]
        assert (tier_of(found, DEMANDS).value, tier_of(found, MOVES).value) == min(
            (p[DEMANDS], p[MOVES]) for p in prices
        ), seed
        assert all(tier_of(found, name).proven for name in (DEMANDS, MOVES)), seed
        counted += short > 0
        all_of_it += 0 < short == least
    assert counted > 10
    assert all_of_it > 5


@pytest.mark.parametrize("seed", range(60, 80))
def test_people_by_themselves_need_no_more_than_among_others(seed: int) -> None:
    facts = replace(random_week(seed), locks=())
    weeks = [s for s in universe(facts) if not any(verify(s, MUSTS))]
    if not weeks:
        return
    least = min(price_of(s, WISHES)[DEMANDS] for s in weeks)
    for p in facts.participants:
        result = solve(alone(facts, of(facts, frozenset({p}))), STANDARD)
        assert tier_of(result, DEMANDS).bound <= least


TEAMS = tiny(
    dict.fromkeys((MON, TUE, WED, FRI), f"{P1} {P2} {P3}"),
    [participant(p, {f"mat-{p[0]}": demand(), "talk": demand(kind="talk")}) for p in ("a1", "a2", "b1", "b2", "c1")],
    [teacher("U-AB", "mat-a", "mat-b"), teacher("U-C", "mat-c"), teacher("KOORD", "talk")],
    [course("mat-a"), course("mat-b"), course("mat-c"), course("talk", kind="talk", largest=1)],
)


def test_rings_grow_from_those_in_trouble_to_everyone() -> None:
    planned = solve(TEAMS, STANDARD).schedule
    assert planned is not None
    assert in_trouble(planned) == frozenset()
    a1_without_a_talk = {s: who for s, who in planned.attendance.items() if s.course != "talk" or "a1" not in who}
    was = replace(planned, attendance=a1_without_a_talk)
    growing = list(rings(Asked(was, STANDARD, [Stay(planned)])))
    team_a, team_b = (
        {p: frozenset({"mat-a", "talk"}) for p in ("a1", "a2")},
        {p: {"mat-b", "talk"} for p in ("b1", "b2")},
    )
    talks = {p: frozenset({"talk"}) for p in TEAMS.participants}
    assert growing == [
        {"a1": team_a["a1"]},
        {**talks, "a1": team_a["a1"]},
        {**talks, **team_a},
        {**team_a, **team_b, "c1": {"mat-c", "talk"}},  # KOORD gives everybody's talks
    ]


def test_whom_it_need_not_touch_is_not_even_asked() -> None:
    """Her own day is gone, and the others stay as they are: the searches never had them free."""
    planned = solve(TEAMS, STANDARD).schedule
    assert planned is not None
    day = planned.of("c1", "mat-c")[0].day
    p = TEAMS.participants["c1"]
    less = replace(p, free=(*p.free[:day], (), *p.free[day + 1 :]))
    changed = replace(TEAMS, participants={**TEAMS.participants, "c1": less})
    seen: list[set[str]] = []
    found = fewest_moves(Asked(now(planned, changed), STANDARD, [Stay(planned)]), watching(seen))
    assert seen == [{"c1"}] * 2
    assert found.schedule is not None
    for other in TEAMS.participants.keys() - {"c1"}:
        assert found.schedule.of(other) == planned.of(other)


def test_where_no_hours_are_left_a_newcomer_is_all_that_is_looked_at() -> None:
    """KOORD has hours for five talks and gives five: that the sixth can't be had is counted, not searched for."""
    full = replace(
        TEAMS, teachers={**TEAMS.teachers, "KOORD": replace(TEAMS.teachers["KOORD"], teaches={"talk": (0, 225)})}
    )
    planned = solve(full, STANDARD).schedule
    assert planned is not None
    changed = replace(full, participants={**full.participants, "d1": replace(full.participants["c1"], id="d1")})
    seen: list[set[str]] = []
    found = fewest_moves(Asked(now(planned, changed), STANDARD, [Stay(planned)]), watching(seen))
    assert all(who == {"d1"} for who in seen)
    assert found.schedule is not None
    assert tier_of(found, DEMANDS).value == 45
    assert all(tier_of(found, name).proven for name in (DEMANDS, MOVES))
    assert all(found.schedule.of(p) == planned.of(p) for p in planned.facts.participants)


def test_a_session_that_comes_in_fewer_weeks_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """a1 needs b1's time. c1 is away in one week, so that her session is fewer moves, and helps nobody: it is asked."""
    monkeypatch.setattr(fewest_module, "MANY", 4)
    monkeypatch.setattr(fewest_module, "SMALL", 3)
    talk, mat = {"talk": demand(kind="talk")}, [("c1", "mat-c"), ("d1", "mat-d"), ("d2", "mat-d")]
    only = {"e1": dict.fromkeys((MON, TUE, FRI), ""), "e2": dict.fromkeys((MON, TUE, WED), "")}
    facts = tiny(
        dict.fromkeys((MON, TUE, WED, FRI), P1),
        [
            *(participant(p, talk, free=only.get(p)) for p in ("a1", "b1", "e1", "e2")),
            *(participant(p, {m: demand()}) for p, m in mat),
        ],
        [teacher("KOORD", "talk"), teacher("U-C", "mat-c"), teacher("U-D", "mat-d")],
        [course("talk", kind="talk", largest=1), course("mat-c"), course("mat-d")],
    )
    planned = solve(facts, STANDARD).schedule
    assert planned is not None
    (hers,), (of_c1,) = planned.of("a1"), planned.of("c1")
    less = replace(facts.participants["a1"], free=tuple(() if d == hers.day else WHOLE_DAY for d in range(7)))
    changed = replace(facts, participants={**facts.participants, "a1": less})
    without = replace(planned, attendance={s: who for s, who in planned.attendance.items() if s != of_c1}, rooms={})
    moves = [Stay(planned, 2), Stay(without, 1, frozenset({("c1", of_c1)}))]
    seen: list[set[str]] = []
    found = fewest_moves(Asked(now(planned, changed), STANDARD, moves), watching(seen))
    assert (tier_of(found, DEMANDS).value, tier_of(found, MOVES)) == (0, Tier(MOVES, 6, 6))
    assert set(facts.participants) not in seen
    assert {"a1", "c1"} in seen
