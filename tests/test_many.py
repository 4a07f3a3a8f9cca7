"""Many people in one circle: the same figures as one search of all, from groups, parts and a bound of a few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from random_weeks import random_week
from test_solving import MUSTS, best_of_all, found, values, with_locks_that_can_be_kept
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from benchmarks.make_shared import make_shared
from skemaplan import many, read
from skemaplan.alike import alike, parted
from skemaplan.dates import Week
from skemaplan.few import least
from skemaplan.many import solve_circle
from skemaplan.rules import DEMANDS, INCONVENIENCE, STANDARD
from skemaplan.solving import Effort, Standing, price_of, solve, verify
from skemaplan.stopping import Stop
from skemaplan.unroll import week_facts
from skemaplan.week import WeekFacts


def with_twins(facts: WeekFacts) -> WeekFacts:
    """The same week with a second participant who is like the first."""
    first = next(iter(facts.participants.values()))
    people = {**facts.participants, "Z": replace(first, id="Z")}
    prices = {key: price for key, price in facts.prices.items() if key[1] != first.id}
    return replace(facts, participants=people, pairs=(), locks=(), prices=prices)


def test_a_week_by_groups_is_a_week_and_a_beginning_where_none_was_found() -> None:
    """(Where a least group is too many for the rest, there may be none.)"""
    begun = 0
    for seed in range(40):
        facts = with_locks_that_can_be_kept(random_week(seed))
        search, now = many.Helped(facts, STANDARD, {}, None, {}, Effort(), None), Standing()
        if DEMANDS not in search.objective:
            continue
        search._help(DEMANDS, search.objective[DEMANDS], now)
        if now.schedule is not None:
            assert not list(verify(now.schedule, MUSTS))
            assert now.value == price_of(now.schedule, STANDARD)[DEMANDS]
            begun += 1
    assert begun > 20


def shared(folder: Path, people: int) -> WeekFacts:
    make_shared(people).write(folder)
    return week_facts(read(folder), Week(2027, 5), standing=True)


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_of_a_tiny_week_is_better_than_that_of_many(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MANY", 0)
    facts = with_locks_that_can_be_kept(random_week(seed))
    result, best = solve_circle(facts, STANDARD), best_of_all(facts)
    if result.schedule is None:
        assert result.impossible
        assert best is None
        return
    assert all(t.proven for t in result.tiers)
    assert found(result) == values(result.schedule) == best


@pytest.mark.parametrize("seed", range(30))
def test_a_few_never_cost_more_than_all(seed: int) -> None:
    facts = with_twins(random_week(seed))
    result = solve(facts, STANDARD)
    if result.schedule is None:
        return
    value = {t.name: t.value for t in result.tiers}
    assert len(alike(facts)) < len(facts.participants)
    assert least(facts, STANDARD, DEMANDS, None, Effort(), {})[0] <= value[DEMANDS]
    assert least(facts, STANDARD, INCONVENIENCE, value[DEMANDS], Effort(), {})[0] <= value[INCONVENIENCE]


def test_a_few_are_counted_for_all_who_are_like_them() -> None:
    """Each needs a day, and each is short where nobody teaches."""
    people = [participant(p, {"mat": demand(45, sessions=1)}) for p in ("A", "B")]
    week = tiny({MON: f"{P1} {P2}"}, people, [teacher("U", "mat")], [course("mat")], prices={})
    assert least(week, STANDARD, DEMANDS, None, Effort(), {})[0] == 0
    assert least(week, STANDARD, INCONVENIENCE, 0, Effort(), {})[0] == 120
    nobody = replace(week, teachers={})
    assert least(nobody, STANDARD, DEMANDS, None, Effort(), {})[0] == solve(nobody, STANDARD).tiers[0].value > 0


def test_alike_is_who_has_the_same_week() -> None:
    same = {"mat": demand(45, sessions=1)}
    people = [participant(p, same) for p in ("A", "B", "C", "D")] + [participant("E", {"mat": demand(90, sessions=1)})]
    week = tiny({MON: P1, TUE: P1}, people, [teacher("U", "mat")], [course("mat")])
    assert alike(week) == (("A", "B", "C", "D"), ("E",))
    assert alike(replace(week, pairs=(("A", "C", "together", True),))) == (("A",), ("B", "D"), ("C",), ("E",))
    assert alike(replace(week, prices={("waiting", "B"): 3})) == (("A", "C", "D"), ("B",), ("E",))
    assert parted(alike(week), 3) == (("A", "C"), ("B", "D"), ("E",))


def test_all_is_placed_and_the_plan_is_the_same_every_time(tmp_path: Path) -> None:
    facts, effort = shared(tmp_path, 14), Effort(deterministic=2)
    first, again = solve_circle(facts, STANDARD, effort=effort), solve_circle(facts, STANDARD, effort=effort)
    assert first.schedule is not None
    assert again.schedule is not None
    assert str(first.schedule) == str(again.schedule)
    assert not list(verify(first.schedule, MUSTS))
    assert found(first) == values(first.schedule)
    demands, inconvenience = first.tiers
    assert (demands.value, demands.proven) == (0, True)
    assert 0 < inconvenience.bound <= inconvenience.value


def test_many_stop_with_a_plan_when_asked(tmp_path: Path) -> None:
    stop = Stop()
    stop.ask()
    result = solve_circle(shared(tmp_path, 14), STANDARD, effort=Effort(stop=stop))
    assert result.schedule is not None
    assert not list(verify(result.schedule, MUSTS))
