"""Circles that agree on who has a teacher when: first all of them, later those who give way to one."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..around import alone, around
from ..circles import People
from ..rules import WeekRule
from ..schedule import Schedule
from ..solving import Result
from ..together import Charged, one_to_one
from ..week import WeekFacts
from .beside import values
from .grouped import Grouped
from .least import Least, Value
from .negotiating import Charges, Negotiation, Plan
from .units import ROUND, WIDTH, Here, Unit, talks, together

AGREEING = 0.4  # of all effort, at most, is spent when circles agree for the first time
FOR_A_GROUP = 0.3  # CP-SAT's deterministic time for a circle's week while it negotiates
TALKING = 12  # circles whose talks are given out at once
GIVING = 16  # how many of the circles near one may give way to it
TRIES = 4  # how often the others give way to one circle, in another order each time, before it is let be


class Agreeing(Grouped):
    """A component while its circles agree. `agreed`: whether its week is what they agreed on at first."""

    agreed = False

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
        self.agreed = len(short) == len(self.circles)

    def give_way(self, rules: tuple[WeekRule, ...], until: float) -> None:
        """The circles with the most to win have their best week, and those near give way, where all are better off."""
        tries = dict.fromkeys(self.circles, 0)
        while not self._over(until):
            gaps = {c: gap for c, n in tries.items() if n < TRIES and (gap := self._gap(c, rules))}
            some = self._apart(sorted(gaps, key=lambda c: (tries[c], -gaps[c], min(c))))
            if not some:
                return
            units = [self._way_for(c, tries[c]) for c in some]
            tries |= {c: tries[c] + 1 for c in some}
            for unit, result in zip(units, self._do(units), strict=True):
                tries |= dict.fromkeys(self._bettered(unit, result), 0)

    def _apart(self, some: Sequence[People]) -> list[People]:
        """The first of these, and of the next those who give way to none of the others; or just the next."""
        found: list[People] = []
        for c in some:
            if len(found) < WIDTH and all(c.isdisjoint(self._around_it(other)) for other in found):
                found.append(c)
        return found if len(found) > 1 else list(some[:ROUND])

    def _around_it(self, circle: People) -> People:
        return circle.union(*self.near[circle][:GIVING])

    def _way_for(self, circle: People, tries: int) -> Unit:
        unit = self._around(self._around_it(circle), self.rules)
        least = {c: bound for c, bound in self.least.own.items() if c <= unit.facts.participants.keys()}
        effort = replace(unit.effort, seed=self.effort.seed + tries)
        return replace(unit, effort=effort, how=partial(way_made, to=circle, least=least))

    def _bettered(self, unit: Unit, result: Result | None) -> list[People]:
        """The circles that have another week then, if that is taken and better."""
        if result is None or result.schedule is None or unit.hint is None:
            return []
        was, now = unit.hint, result.schedule
        there = [c for c in self.circles if c <= unit.facts.participants.keys()]
        moved = [c for c in there if was.of_these(c).attendance != now.of_these(c).attendance]
        people = frozenset[str]().union(*moved)
        return moved if moved and self._accept(people, now.of_these(people), self.rules) else []

    def make_way(self, to: People) -> None:
        """One circle has its best week, and the others negotiate around it, if all are better off with that."""
        weeks = {c: self.current.of_these(c) for c in self.circles}
        negotiation = Negotiation(self.facts, self.circles, self._plan(self.facts))
        found = negotiation.give_way(weeks, to, self.effort.seed, lambda: self._over(1.0))
        if found:
            self._try(found)

    def _plan(self, facts: WeekFacts) -> Plan:
        """Weeks of groups of alike people, each circle's by itself."""
        weeks: dict[People, Charged] = {}

        def unit(circle: People, charges: Charges) -> Unit:
            if circle not in weeks:
                weeks[circle] = Charged(alone(facts, circle), tuple(r.among(circle) for r in self.rules))
            plain = self._unit(weeks[circle].facts, circle, self.rules, FOR_A_GROUP)
            return replace(plain, how=partial(together, week=weeks[circle], charges=charges))

        def plan(charges: Mapping[People, Charges]) -> Mapping[People, Schedule | None]:
            results = self._do([unit(c, due) for c, due in charges.items()])
            return {c: result.schedule if result else None for c, result in zip(charges, results, strict=True)}

        return plan

    def _try(self, weeks: Mapping[People, Schedule]) -> None:
        """These lessons, with talks beside them, and with each circle as good as it can be then.

        It ends when all who are left could not win back by themselves what it costs.
        """
        before, people = self.current, frozenset[str]().union(*weeks)
        lessons = self._seated(people, self._lessons(weeks.values()))
        if lessons is None:
            return
        was, with_lessons, worth = self._worth(before, people), before.without(people).beside(lessons), self.worth
        self._take(with_lessons, people, was, self._worth(with_lessons, people))
        self._give_talks(tuple(weeks))
        left = sorted((c for c in weeks if any(self._above(c))), key=lambda c: (self._above(c), min(c)))
        while left and self._at_best(left) < worth:
            c = left.pop()
            [result] = self._do([self._around(c, self.rules)])
            self._accept(c, result.schedule if result else None, self.rules)
        if self.worth >= worth:
            self._take(before, people, self.worth, worth)

    def _at_best(self, some: Sequence[People]) -> Value:
        """What the whole costs if these came to their bounds."""
        gained = zip(*(self._above(c) for c in some), strict=True)
        return tuple(n - sum(each) for n, each in zip(self.worth, gained, strict=True))

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
            [result] = self._do([replace(self._around(frozenset[str]().union(*now), self.rules), how=talks)])
            if result and result.schedule:
                for c in now:
                    self._accept(c, result.schedule.of_these(c), self.rough)
            left = [c for c in left if c not in now]


def way_made(unit: Unit, to: People, least: Mapping[People, Value]) -> Result:
    """The week of the unit's hint, or a better one in which a circle has what it could have had as its best."""
    began = time.monotonic()
    those = Agreeing(unit.facts, unit.rules, unit.usual_rooms, unit.effort, Here())
    if unit.hint:
        those.current, those.worth = unit.hint, values(unit.hint, unit.rules)
    those.least = Least(those.circles, least)
    those.make_way(to)
    return Result(those.current, (), False, time.monotonic() - began, those.spent)
