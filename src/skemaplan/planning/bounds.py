"""How good a term is: for each dated week, the least inconvenience at which anyone could hold what it holds.

Two figures. *Alone*: the week by itself, with nothing that couples it to others, so that the sum over the weeks is a
bound for any plan of the term that gives everyone these lessons in these weeks. *Given the base*: with the price of
another time than the base week's, so that the difference is what re-planning single weeks could still win.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from ..around import alone
from ..circles import circles
from ..dates import Week
from ..rules import INCONVENIENCE, MUSTS, PRICES, UNIVERSE, AtLeast, BaseTime, WeekRule
from ..schedule import Schedule, Tier, WeekPlan
from ..solving import Effort, solve, verify
from ..week import print_of

GIVEN_BASE = "given_base"
MOST_FOR_A_BOUND = 5.0  # of the solver's own time: a bound that takes longer is told as it stands
Heard = Callable[[str, int, int, str, int, int], None]  # stage, done, of, tier, value, bound
Figures = tuple[int, int]  # alone, given the base
Known = dict[Hashable, int]


class Bounds:
    """Bounds weeks beside the planning of other weeks, on the cores that this leaves (CP-SAT lets go of Python).

    Alike weeks are bounded once. `effort` is asked when a week's turn comes: what time there is left then. Without
    `prove` nothing is solved: weeks keep what is known of them, and of others nothing is claimed.
    """

    def __init__(self, effort: Callable[[], Effort], heard: Heard | None = None, *, prove: bool = True) -> None:
        self.effort, self.heard, self.prove = effort, heard, prove
        self.threads = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1))
        self.known: list[tuple[Schedule, Schedule, Figures]] = []
        self.found: dict[Week, Figures] = {}
        self.jobs: list[tuple[Schedule, Schedule, int, Future[Figures]]] = []
        self.of: dict[Week, int] = {}
        self.of_circles: Known = {}

    def know(self, plan: WeekPlan, base: Schedule) -> None:
        """What was proven of a week before holds for every week that is just like it."""
        by_name = {t.name: t.bound for t in plan.tiers}
        if INCONVENIENCE in by_name and GIVEN_BASE in by_name:
            self.known.append((plan.schedule, base, (by_name[INCONVENIENCE], by_name[GIVEN_BASE])))

    def ask(self, plan: WeekPlan, base: Schedule) -> None:
        """Bound this dated week, whose stretch has this base week, some time before `answered`."""
        schedule, value = plan.schedule, inconvenience(plan)
        before = [fs for s, b, fs in self.known if alike(s, schedule) and b.attendance == base.attendance]
        best = self.found[plan.week] = best_of(before)
        if best == (value, value) or not self.prove:
            return
        for i, (known, its_base, _, _) in enumerate(self.jobs):
            if its_base is base and known.facts is schedule.facts and known.attendance == schedule.attendance:
                self.of[plan.week] = i
                return
        self.of[plan.week] = len(self.jobs)
        future = self.threads.submit(self._figures, schedule, base, value)
        self.jobs.append((schedule, base, value, future))

    def answered(self, weeks: Mapping[Week, WeekPlan]) -> dict[Week, WeekPlan]:
        """The weeks with their bounds; this thread takes its share of what is still to do."""
        weeks_of = {i: str(week) for week, i in reversed(self.of.items())}
        figures: dict[int, Figures] = {}
        for i in reversed(range(len(self.jobs))):
            schedule, base, value, future = self.jobs[i]
            figures[i] = self._figures(schedule, base, value) if future.cancel() else future.result()
            if self.heard:
                self.heard(weeks_of[i], len(figures) - 1, len(self.jobs), GIVEN_BASE, value, figures[i][1])
        found = self.found | {week: best_of((self.found[week], figures[i])) for week, i in self.of.items()}
        return {w: bounded(plan, *found[w]) if w in found else plan for w, plan in weeks.items()}

    def __enter__(self) -> Bounds:
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what nobody waits for any more."""
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _figures(self, schedule: Schedule, base: Schedule, value: int) -> Figures:
        effort = self.effort()
        if effort.seconds == 0 or (effort.stop and effort.stop.asked):
            return 0, 0
        by_itself = bound_of(schedule, [*PRICES], effort, self.of_circles)
        if by_itself >= value:
            return by_itself, by_itself
        given = bound_of(schedule, [*PRICES, BaseTime((base,))], self.effort(), self.of_circles)
        return by_itself, max(by_itself, given)


def best_of(figures: Iterable[Figures]) -> Figures:
    """The highest of each figure; nothing is below 0."""
    alone, given = zip((0, 0), *figures, strict=True)
    return max(alone), max(given)


def alike(a: Schedule, b: Schedule) -> bool:
    """Whether two weeks hold the same and may hold the same: then a bound of one is a bound of the other."""
    return a.attendance == b.attendance and a.facts == b.facts


def bound_of(schedule: Schedule, prices: Sequence[WeekRule], effort: Effort, known: Known | None = None) -> int:
    """A bound for each circle with all teachers and rooms to itself; together they are one for the week.

    What was `known` before of a circle in just this week is not proven again.
    """
    known = {} if known is None else known
    whole = circles(schedule.facts)
    if len(whole) < 2:
        return bound_of_one(schedule, prices, effort)
    total = 0
    for circle in whole:
        mine = replace(schedule.of_these(circle), facts=alone(schedule.facts, circle))
        rules = [rule.among(circle) for rule in prices]
        usual = [sorted(base.attendance) for rule in rules if isinstance(rule, BaseTime) for base in rule.bases]
        key = print_of(mine.facts), frozenset(mine.attendance.items()), repr(usual)
        if key not in known:
            known[key] = bound_of_one(mine, rules, effort)
        total += known[key]
    return total


def bound_of_one(schedule: Schedule, prices: Sequence[WeekRule], effort: Effort) -> int:
    """Only musts that the schedule itself keeps are posted, so it is among those it is compared with."""
    musts = [rule for rule in MUSTS if not any(verify(schedule, [rule]))]
    result = solve(schedule.facts, [*UNIVERSE, *musts, AtLeast(schedule), *prices], hint=schedule, effort=effort)
    return next((t.bound for t in result.tiers if t.name == INCONVENIENCE), 0)


def bounded(plan: WeekPlan, alone: int, given: int) -> WeekPlan:
    value = inconvenience(plan)
    other = tuple(t for t in plan.tiers if t.name not in (INCONVENIENCE, GIVEN_BASE))
    found = (Tier(INCONVENIENCE, value, min(value, alone)), Tier(GIVEN_BASE, value, min(value, given)))
    return replace(plan, tiers=(*other, *found))


def inconvenience(plan: WeekPlan) -> int:
    return next(t.value for t in plan.tiers if t.name == INCONVENIENCE)
