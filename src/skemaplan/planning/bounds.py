"""How good a term is: for each dated week, the least inconvenience at which anyone could hold what it holds.

Two figures. *Alone*: the week by itself, with nothing that couples it to others, so that the sum over the weeks is a
bound for any plan of the term that gives everyone these lessons in these weeks. *Given the base*: with the price of
another time than the base week's, so that the difference is what re-planning single weeks could still win.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ..dates import Week
from ..rules import INCONVENIENCE, MUSTS, PRICES, UNIVERSE, AtLeast, BaseTime, WeekRule
from ..schedule import Schedule, Tier, WeekPlan
from ..solving import Effort, solve, verify

GIVEN_BASE = "given_base"
Job = tuple[Schedule, Schedule]  # a dated week, and its stretch's base


def with_bounds(
    weeks: Mapping[Week, WeekPlan], base_of: Mapping[Week, Schedule], effort: Effort
) -> dict[Week, WeekPlan]:
    """The weeks with their bounds. Alike weeks are bounded once, as many at a time as there are cores."""
    jobs: list[Job] = []
    which: dict[Week, int] = {}
    for week, plan in weeks.items():
        job = (plan.schedule, base_of[week])
        which[week] = next((i for i, known in enumerate(jobs) if same(known, job)), len(jobs))
        if which[week] == len(jobs):
            jobs.append(job)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        bounds = list(threads.map(lambda job: bounds_of(job[0], job[1], effort), jobs))
    return {week: bounded(plan, *bounds[which[week]]) for week, plan in weeks.items()}


def same(a: Job, b: Job) -> bool:
    return a[1] is b[1] and a[0].facts is b[0].facts and a[0].attendance == b[0].attendance


def bounds_of(schedule: Schedule, base: Schedule, effort: Effort) -> tuple[int, int]:
    """The least inconvenience of a week that gives everyone what `schedule` gives: alone, and given its base."""
    if effort.stop and effort.stop.asked:
        return 0, 0
    alone = bound_of(schedule, [*PRICES], effort)
    given = bound_of(schedule, [*PRICES, BaseTime((base,))], effort)
    return alone, max(alone, given)


def bound_of(schedule: Schedule, prices: Sequence[WeekRule], effort: Effort) -> int:
    """Only musts that the schedule itself keeps are posted, so it is among those it is compared with."""
    musts = [rule for rule in MUSTS if not any(verify(schedule, [rule]))]
    result = solve(schedule.facts, [*UNIVERSE, *musts, AtLeast(schedule), *prices], hint=schedule, effort=effort)
    return next((t.bound for t in result.tiers if t.name == INCONVENIENCE), 0)


def bounded(plan: WeekPlan, alone: int, given: int) -> WeekPlan:
    value = next(t.value for t in plan.tiers if t.name == INCONVENIENCE)
    other = tuple(t for t in plan.tiers if t.name not in (INCONVENIENCE, GIVEN_BASE))
    found = (Tier(INCONVENIENCE, value, min(value, alone)), Tier(GIVEN_BASE, value, min(value, given)))
    return replace(plan, tiers=(*other, *found))
