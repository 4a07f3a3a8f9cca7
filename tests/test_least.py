"""What circles cost at least: never more than their best week, and more than alone where they can't all have that."""

from __future__ import annotations

from tiny import MON, P1, TUE, course, demand, participant, school, teacher, tiny
from towns import town

from skemaplan.around import alone
from skemaplan.circles import circles
from skemaplan.few import least_of
from skemaplan.planning.beside import values
from skemaplan.planning.least import Least
from skemaplan.planning.neighbours import Circles
from skemaplan.planning.units import Here
from skemaplan.rules import STANDARD
from skemaplan.solving import Effort, solve
from skemaplan.week import WeekFacts

A, B, C = (frozenset([p]) for p in "ABC")


def two_teams(bells: dict[int, str]) -> WeekFacts:
    """Teams of one with one teacher. Both are at the language school on Tuesday; another day is one more to come on."""
    busy = {TUE: [school("12:00-13:00")]}
    people = [participant("A", {"a": demand()}, has=busy), participant("B", {"b": demand()}, has=busy)]
    return tiny(bells, people, [teacher("U", "a", "b")], [course("a"), course("b")], prices={("alone", ""): 0})


def planned(facts: WeekFacts) -> tuple[Circles, list[tuple[int, int]]]:
    search = Circles(facts, STANDARD, {}, Effort(), Here())
    return search, [(tier.value, tier.bound) for tier in search.run(None).tiers]


def test_what_several_cost_at_least_is_never_more_than_their_best_week() -> None:
    """As good as known for each by itself, and better for some."""
    more = 0
    for seed in range(40):
        facts = town(seed)
        best = solve(facts, STANDARD).schedule
        assert best is not None
        floors = {}
        for circle in circles(facts):
            week = solve(alone(facts, circle), STANDARD).schedule
            assert week is not None
            floors[circle] = values(week, STANDARD)
        own, found = Least(circles(facts), floors).of(frozenset(facts.participants)), values(best, STANDARD)
        bounds = [tier.bound for tier in least_of(facts, STANDARD, best, Effort(), floors).tiers]
        assert bounds[0] <= found[0]
        assert bounds[-1] <= found[-1]
        if found[0] == own[0]:
            assert bounds[-1] >= own[-1]
        more += bounds[0] > own[0] or (found[0] == own[0] and bounds[-1] > own[-1])
    assert more


def test_one_of_two_who_want_the_same_hour_comes_on_another_day() -> None:
    search, tiers = planned(two_teams({MON: P1, TUE: P1}))
    assert search.least.joint
    assert tiers[0] == (0, 0)
    assert tiers[-1][0] == tiers[-1][1] > sum(worth[-1] for worth in search.least.own.values())


def test_two_who_want_the_only_hour_are_proven_to_be_short() -> None:
    search, tiers = planned(two_teams({TUE: P1}))
    assert tiers[0] == (45, 45)
    assert search.least.all_short(A | B)


def test_what_each_costs_by_itself_says_nothing_of_those_who_must_be_short() -> None:
    """Whoever goes without it comes on no day for it."""
    least = Least([A, B, C])
    for circle in (A, B, C):
        least.learn(circle, {"inconvenience": 120})
    least.learn(A | B, {"demands": 45, "inconvenience": 150})
    assert least.of(A | B | C) == (45, 0, 0, 150 + 120)
    least.learn(A, {"demands": 45})
    assert least.of(A | B | C) == (45, 0, 0, 240 + 120)


def test_nobody_is_counted_twice() -> None:
    least = Least([A, B, C])
    least.learn(A | B, {"inconvenience": 100})
    least.learn(B | C, {"inconvenience": 70})
    assert least.of(A | B | C) == (0, 0, 0, 70)
    assert least.of(A) == (0, 0, 0, 0)
    assert least.beside(A) is None
    assert least.beside(B) == B | C
