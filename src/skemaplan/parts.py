"""A part of a week planned again while all else stays: some people, a course, a day, or everybody's talks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from random import Random

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from .schedule import Schedule, Session
from .solving import LINEAR, Search, Standing
from .together import one_to_one
from .week import WeekFacts

STEP = 1.0  # CP-SAT's deterministic time for each part
FEWEST, MOST = 4, 12  # people of a part

Free = Callable[[str, Session], bool]


class Again(Search):
    """A search of a week of which parts can be planned again."""

    def plan_again(self, tier: str, objective: LinearExpr, now: Standing, like: Schedule, free: Free) -> bool:
        """Search for a better week in which all is as in this one but for what is free; whether all was tried.

        As good is taken, too: from another week of the same value there is another way on.
        """
        self.model.minimise(objective, now.bound, now.value)
        cp = self.model.partly(lambda p, s: None if free(p, s) else p in like.attendance.get(s, ()))
        solver, status = self._solved(cp, LINEAR, STEP)
        was = now.value
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._take(solver, now)
        if self.progress and now.value is not None and now.value != was:
            self.progress(tier, now.value, now.bound)
        return status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)


def talks_of_all(facts: WeekFacts) -> Free:
    talks = one_to_one(facts)
    return lambda p, s: s.course in talks


def talks_to_give(schedule: Schedule, talks: Set[str]) -> Free:
    """The talks of those who have none yet."""
    without = {(p, c) for p in schedule.facts.participants for c in talks if not schedule.of(p, c)}
    return lambda p, s: (p, s.course) in without


class Parts:
    """What of a week is planned again: some people, one course or one day of all, or a day and some people.

    Talks may always follow a course or a day. The number of people grows while all of a part is soon tried.
    """

    def __init__(self, facts: WeekFacts, sessions: Sequence[Session], random: Random) -> None:
        self.random, self.people, self.count, self.turn = random, FEWEST, len(facts.participants), 0
        self.talks = one_to_one(facts)
        self.days = sorted({s.day for s in sessions})
        self.courses = sorted({s.course for s in sessions} - self.talks)
        self.kinds = (self._some, self._talks, self._course, self._some, self._day, self._two_days)

    def next(self, carried: Counter[str]) -> Free:
        """What is free of a week in which each participant's own costs so much."""
        kind = self.kinds[self.turn % len(self.kinds)]
        self.turn += 1
        return kind(carried)

    def heard(self, whole: bool) -> None:
        """Whether all of the last part was tried: then the next may be larger."""
        if self.turn % len(self.kinds) in (1, 4):  # it was a part of people
            self.people = max(FEWEST, min(MOST, self.count, self.people + (1 if whole else -2)))

    def _chosen(self, carried: Counter[str], n: int) -> frozenset[str]:
        """Half of those whose week costs the most, with some chance, and others."""
        draw = {p: (cost + 30) * self.random.random() for p, cost in sorted(carried.items())}
        dear = sorted(draw, key=lambda p: -draw[p])[: n // 2]
        others = [p for p in sorted(carried) if p not in dear]
        return frozenset([*dear, *self.random.sample(others, min(len(others), n - len(dear)))])

    def _some(self, carried: Counter[str]) -> Free:
        people = self._chosen(carried, self.people)
        return lambda p, s: p in people

    def _talks(self, carried: Counter[str]) -> Free:
        people = self._chosen(carried, self.people // 2)
        return lambda p, s: p in people or s.course in self.talks

    def _course(self, carried: Counter[str]) -> Free:
        free = {*self.talks, *self.random.sample(self.courses, min(1, len(self.courses)))}  # there may be only talks
        return lambda p, s: s.course in free

    def _day(self, carried: Counter[str]) -> Free:
        people, day = self._chosen(carried, self.people // 2), self.random.choice(self.days)
        return lambda p, s: p in people or s.day == day

    def _two_days(self, carried: Counter[str]) -> Free:
        days = self.random.sample(self.days, min(2, len(self.days)))
        return lambda p, s: s.day in days or s.course in self.talks
