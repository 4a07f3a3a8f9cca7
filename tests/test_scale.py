"""Weeks of many circles: components are exact, what is planned around others can be held, bounds are never too high."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from tiny import MON, P1, course, demand, participant, room, teacher, tiny
from towns import town

from skemaplan.around import alone, around
from skemaplan.circles import circles, components, only
from skemaplan.planning import scale
from skemaplan.planning.agreeing import way_made
from skemaplan.planning.beside import values
from skemaplan.planning.neighbours import Circles
from skemaplan.planning.scale import solve_week
from skemaplan.planning.units import Crew, Here, Unit, in_time
from skemaplan.rules import INCONVENIENCE, MUSTS, STANDARD, UNIVERSE
from skemaplan.schedule import Schedule
from skemaplan.solving import TIERS, Effort, solve, verify
from skemaplan.week import WeekFacts

SEEDS = range(30)


@pytest.fixture
def circle_by_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small weeks are planned as large ones are."""
    monkeypatch.setattr(scale, "FEW", 0)


def whole(facts: WeekFacts) -> tuple[int, ...]:
    """The best value of a week, tier by tier, proven on one model of everybody."""
    result = solve(facts, STANDARD)
    assert all(tier.proven for tier in result.tiers)
    assert result.schedule is not None
    return values(result.schedule, STANDARD)


@pytest.mark.parametrize("seed", SEEDS)
def test_circles_and_components_are_partitions_and_every_circle_lies_in_one_component(seed: int) -> None:
    facts = town(seed)
    for parts in (circles(facts), components(facts)):
        assert sorted(p for part in parts for p in part) == sorted(facts.participants)
    for circle in circles(facts):
        assert sum(circle <= component for component in components(facts)) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_components_together_cost_what_the_whole_costs(seed: int) -> None:
    facts = town(seed)
    parts = [whole(only(facts, people)) for people in components(facts)]
    untaken = {c for t in facts.teachers.values() for c in t.teaches} - {
        c for p in facts.participants.values() for c in p.demands
    }
    idle = sum(band[0] for t in facts.teachers.values() for c, band in t.teaches.items() if c in untaken)
    assert whole(facts) == tuple(sum(v) + (idle if i == 0 else 0) for i, v in enumerate(zip(*parts, strict=True)))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_planned_around_the_others_can_be_held_beside_them(seed: int) -> None:
    facts, schedule = town(seed), Schedule(town(seed), {})
    for circle in circles(facts):
        found = solve(around(schedule, circle), STANDARD).schedule
        assert found is not None
        schedule = schedule.beside(found)
        assert not list(verify(schedule, [*UNIVERSE, *MUSTS]))


@pytest.mark.parametrize("seed", SEEDS)
def test_few_people_have_the_best_week_that_there_is(seed: int) -> None:
    facts = town(seed)
    assert len(facts.participants) <= scale.FEW
    result = solve_week(facts, STANDARD)
    assert result.schedule is not None
    assert values(result.schedule, STANDARD) == whole(facts)
    assert all(tier.proven for tier in result.tiers)


@pytest.mark.usefixtures("circle_by_circle")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_of_many_is_planned_to_musts_and_its_bounds_hold(seed: int) -> None:
    facts = town(seed)
    best, result = whole(facts), solve_week(facts, STANDARD)
    assert result.schedule is not None
    assert not list(verify(result.schedule, [*UNIVERSE, *MUSTS]))
    found = values(result.schedule, STANDARD)
    assert found >= best
    assert [t.name for t in result.tiers] == [t for t in TIERS if any(rule.tier == t for rule in STANDARD)]
    for tier in result.tiers:
        at = TIERS.index(tier.name)
        assert tier.value == found[at]
        assert tier.bound <= tier.value
        if found[:at] == best[:at]:
            assert tier.bound <= best[at]
    if len(components(facts)) == len(circles(facts)):
        assert found == best
        assert all(tier.proven for tier in result.tiers)


@pytest.mark.parametrize("seed", range(10))
def test_nobody_has_it_better_than_alone(seed: int) -> None:
    facts = town(seed)
    schedule = solve(facts, STANDARD).schedule
    assert schedule is not None
    for circle in circles(facts):
        mine = Schedule(alone(facts, circle), schedule.of_these(circle).attendance)
        assert whole(alone(facts, circle)) <= values(mine, STANDARD)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_told_on_the_way_is_what_the_week_costs(seed: int) -> None:
    facts = town(seed)
    told: list[tuple[str, int]] = []
    search = Circles(facts, STANDARD, {}, Effort(), Here(), lambda tier, value, bound: told.append((tier, value)))
    search.run(None)
    assert search.worth == values(search.current, STANDARD)
    assert not told or told[-1] == (INCONVENIENCE, search.worth[-1])


@pytest.mark.parametrize("seed", range(10))
def test_whoever_makes_way_breaks_no_must_and_makes_nothing_worse(seed: int) -> None:
    facts = town(seed)
    search = Circles(facts, STANDARD, {}, Effort(), Here())
    search.agree()
    for circle in search.circles:
        before = search.current
        unit = Unit(facts, STANDARD, before, {}, Effort())
        after = way_made(unit, circle, search.least.own).schedule
        assert after is not None
        assert not list(verify(after, [*UNIVERSE, *MUSTS]))
        assert values(after, STANDARD) <= values(before, STANDARD)


class OneAfterTheOther(Executor):
    """Does everything itself, in the order asked, after as many failures as it is told."""

    def __init__(self, dies: int = 0) -> None:
        self.dies = dies

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.dies:
            self.dies -= 1
            future.set_exception(MemoryError("a worker died"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.mark.usefixtures("circle_by_circle")
@pytest.mark.parametrize("seed", range(5))
def test_the_plan_is_the_same_whoever_does_the_work(seed: int) -> None:
    facts = town(seed)
    with ThreadPoolExecutor(5) as five:
        plans = [solve_week(facts, STANDARD, executor=e).schedule for e in (None, OneAfterTheOther(), five)]
    assert plans[0] == plans[1] == plans[2]


def unit(seed: int) -> Unit:
    return Unit(town(seed), STANDARD, None, {}, Effort())


def test_a_unit_whose_worker_dies_is_done_again_and_given_up_after_three_times() -> None:
    assert [r and r.schedule for r in Crew(OneAfterTheOther(dies=2)).do([unit(0)])] == [
        solve(town(0), STANDARD).schedule
    ]
    done = Crew(OneAfterTheOther(dies=3)).do([unit(0)])
    assert done == [None]


def test_a_program_error_in_a_unit_is_not_taken_for_a_death() -> None:
    broken = Unit(town(0), (None,), None, {}, Effort())  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        Crew(OneAfterTheOther()).do([broken])


class Nobody(Executor):
    """Takes all work and never does any, as a cluster does that has lost all its workers."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return Future()


def test_nobody_is_waited_for_longer_than_there_is_time() -> None:
    units = [Unit(town(0), STANDARD, None, {}, Effort(seconds=0.1)) for _ in range(3)]
    assert Crew(Nobody()).do(units) == [None, None, None]


def test_a_week_that_nobody_plans_has_nothing_in_it_and_says_so() -> None:
    facts = town(1)
    result = solve_week(facts, STANDARD, effort=Effort(seconds=0.1), executor=Nobody())
    assert result.schedule == Schedule(facts, {})
    assert [t.value for t in result.tiers if t.name == "demands"] == [values(Schedule(facts, {}), STANDARD)[0]]


def test_who_comes_after_the_time_is_up_does_nothing() -> None:
    assert in_time(Unit(town(0), STANDARD, None, {}, Effort(seconds=5)), until=0.0) is None


def test_who_share_nothing_scarce_are_never_in_one_room_at_once() -> None:
    """Two courses at one time and place, and a room for each: nobody knows of the other, and both like the first."""
    facts = tiny(
        {MON: P1},
        [participant("A", {"mat": demand(45)}), participant("B", {"eng": demand(45)})],
        [teacher("U-MAT", "mat"), teacher("U-ENG", "eng")],
        [course("mat", place="hus"), course("eng", place="hus")],
        rooms=[room("lokale 1", "hus", 4), room("lokale 2", "hus", 4)],
        places={"hus": {}},
    )
    assert len(components(facts)) == 2
    found = solve_week(facts, STANDARD).schedule
    assert found is not None
    assert len(found.sessions) == 2
    assert not list(verify(found, [*UNIVERSE, *MUSTS]))
