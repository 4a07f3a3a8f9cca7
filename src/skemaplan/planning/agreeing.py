"""Circles that agree on who has a teacher when: first all of them, later those who give way to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ..around import alone, around
from ..circles import People
from ..rules import WeekRule
from ..schedule import Schedule
from ..together import one_to_one
from ..week import WeekFacts
from .beside import Beside, in_rounds, values
from .negotiating import Charges, Negotiation, Plan

AGREEING = 0.4  # of all effort, at most, is spent when circles agree for the first time
FOR_A_GROUP = 0.3  # CP-SAT's deterministic time for a circle's week while it negotiates
TALKING = 12  # circles whose talks are given out at once
TRIES = 4  # how often the others give way to one circle, in another order each time, before it is let be


class Agreeing(Beside):
    """A component while its circles agree."""

    def agree(self) -> None:
        """Weeks for all who are short, beside each other: lessons first, then talks beside these."""
        short = [c for c in self.circles if self._gap(c, self.rough)]
        if len(short) < 2:
            return
        facts = around(self.current, frozenset[str]().union(*short))
        negotiation = Negotiation(facts, short, self._plan(facts))
        for circle, week in negotiation.all_agree(self.effort.seed, lambda: self._over(AGREEING)).items():
            self._accept(circle, self._lessons([week]), self.rough)
        self._give_talks(short)

    def give_way(self, rules: tuple[WeekRule, ...], until: float) -> None:
        """The circle with the most to win has its best week, and others give way, if all are better off with that."""
        tries = dict.fromkeys(self.circles, 0)
        negotiation = None
        while not self._over(until):
            gaps = {c: gap for c, n in tries.items() if n < TRIES and (gap := self._gap(c, rules))}
            if not gaps:
                return
            negotiation = negotiation or Negotiation(self.facts, self.circles, self._plan(self.facts))
            circle = min(gaps, key=lambda c: (tries[c], -gaps[c], min(c)))
            weeks = {c: self.current.of_these(c) for c in self.circles}
            seed = self.effort.seed + tries[circle]
            found = negotiation.give_way(weeks, circle, seed, lambda: self._over(until))
            tries[circle] += 1
            if found and self._is_better_with(found):
                tries |= dict.fromkeys(found, 0)

    def _plan(self, facts: WeekFacts) -> Plan:
        """Weeks of groups of alike people, each circle's by itself."""

        def plan(charges: Mapping[People, Charges]) -> Mapping[People, Schedule | None]:
            units = [self._unit(alone(facts, c), c, self.rules, FOR_A_GROUP) for c in charges]
            units = [replace(u, how="together", charges=charges[c]) for u, c in zip(units, charges, strict=True)]
            return {c: result.schedule if result else None for c, result in zip(charges, self._do(units), strict=True)}

        return plan

    def _is_better_with(self, weeks: Mapping[People, Schedule]) -> bool:
        """Try these lessons, with talks beside them, and with each circle as good as it can be then."""
        before, people = self.current, frozenset[str]().union(*weeks)
        lessons = self._seated(people, self._lessons(weeks.values()))
        if lessons is None:
            return False
        with self._untold():
            self.current = before.without(people).beside(lessons)
            self._give_talks(tuple(weeks))
            for some in in_rounds(tuple(weeks)):
                for c, result in zip(some, self._do([self._around(c, self.rules) for c in some]), strict=True):
                    self._accept(c, result.schedule if result else None, self.rules)
        now, was = (values(self._about(schedule, people), self.rules) for schedule in (self.current, before))
        if now < was:
            self._tell()
            return True
        self.current = before
        return False

    @contextmanager
    def _untold(self) -> Iterator[None]:
        """While something is tried that may be worse, nobody hears of progress."""
        progress, self.progress = self.progress, None
        yield
        self.progress = progress

    def _lessons(self, weeks: Iterable[Schedule]) -> Schedule:
        """What is taught in groups there."""
        talks = one_to_one(self.facts)
        held = {s: who for week in weeks for s, who in week.attendance.items() if s.course not in talks}
        return Schedule(self.facts, held)

    def _give_talks(self, some: Sequence[People]) -> None:
        """Talks for circles near each other at once, beside the lessons that they have."""
        left = list(some) if one_to_one(self.facts) else []
        while left and not self._over(1.0):
            now = [c for c in (left[0], *self.near[left[0]]) if c in left][:TALKING]
            [result] = self._do([replace(self._around(frozenset[str]().union(*now), self.rules), how="talks")])
            if result and result.schedule:
                for c in now:
                    self._accept(c, result.schedule.of_these(c), self.rough)
            left = [c for c in left if c not in now]
