"""A component of several circles: placed beside each other, mended and bettered a few at a time, bounded one by one.

One model of them all is slow long before it is large. So they negotiate first who has which times of a teacher
(`agreeing.py`), and then a few of them at a time are planned again while all others' sessions stay (`beside.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, combinations

from ..around import alone
from ..circles import People
from ..rules import WeekRule
from ..schedule import Schedule
from ..solving import Result
from .agreeing import Agreeing
from .beside import in_rounds
from .units import WIDTH, Unit, few

NEAR = 7  # how many of the circles near one are tried together with it
MOST_TURNS = 4  # in which a circle finds a place beside the others
TOGETHER = (0, 1, 2, 3)  # how many of those near a circle are planned again with it
WIDE = 11  # how many are made better widely with it, where there are more than can be planned again at once
BOUNDED = 4  # circles near each other that are bounded together
BOUNDING = 1.0  # CP-SAT's deterministic time for each of them
GROUPING = 0.4  # of all effort, at most, is spent when circles are planned together by groups
MENDING = 0.6  # of all effort, at most, is spent when what is short is mended


class Circles(Agreeing):
    """A component while it is planned, from the first week of all to the last that is better."""

    def run(self, hint: Schedule | None) -> Result:
        if hint is not None:
            for circle in self.circles:
                self._accept(circle, hint.of_these(circle), self.rules)
        self.agree()
        self._place()
        self._bound_by_few()
        self._bound_together(self.rough)
        self.give_way(self.rough, MENDING)
        self._search(self.rough, MENDING, sizes=(2, 3))
        self._widely(self.rough, MENDING)
        self._regroup(GROUPING)
        self._search(self.rules, 1.0, sizes=(0,))
        self._bound()
        self._bound_together(self.rules)
        self.give_way(self.rules, 1.0)
        self._search(self.rules, 1.0, sizes=(0, 1))
        self._widely(self.rules, 1.0)
        self._search(self.rules, 1.0, sizes=TOGETHER)
        return self._result()

    # -- a first plan ------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Whoever is short of something gets what she can: first as if alone, then beside those who have theirs.

        The largest circles go first. Who comes too late for a teacher's hour keeps the rest, and has another turn.
        """
        left = [c for c in sorted(self.circles, key=lambda c: (-len(c), min(c))) if self._gap(c, self.rough)]
        unit, turns = self._alone, dict.fromkeys(left, MOST_TURNS)
        while left and not self._over(1.0):
            now = left if unit == self._alone else self._strangers(left)
            for circle, result in zip(now, self._do([unit(c, self.rough) for c in now]), strict=True):
                turns[circle] -= 1
                if unit == self._alone:
                    self._learn(circle, result)
                if result and result.schedule:
                    self._accept(circle, result.schedule, self.rough)
                    if self.current.of_these(circle).attendance == result.schedule.attendance:
                        turns[circle] = 0
            left = [c for c in left if turns[c] and self._gap(c, self.rough)]
            unit = self._around

    def _strangers(self, some: Sequence[People]) -> list[People]:
        """The first of these, and others that share so little with it and with each other that they hardly collide."""
        found: list[People] = []
        for c in some:
            if len(found) < WIDTH and all(other not in self.near[c][:NEAR] for other in found):
                found.append(c)
        return found

    def _regroup(self, until: float) -> None:
        """Lessons planned again by groups, a few circles at a time, and talks beside these, if that is better."""
        if not self.agreed or self._over(until):
            return
        those = Circles(self.facts, self.rules, self.usual_rooms, self.effort, self.crew)
        those.began, those.spent, those.least = self.began, self.spent, self.least
        those.take_lessons(self.current)
        those.group_again(until)
        those.take_lessons(those.current)
        those._give_talks(those.circles)
        those._place()
        self.spent = those.spent
        if those.worth < self.worth:
            self._take(those.current, frozenset(self.facts.participants), self.worth, those.worth)
            self._tell()

    # -- bounds ------------------------------------------------------------------------------------------------------

    def _bound_by_few(self) -> None:
        """A first bound for each circle, soon known: what one of each kind of people could have there."""
        for some in in_rounds(self.circles):
            if self._over(1.0):
                return
            units = [replace(self._alone(c, self.rules), how=partial(few, floors={})) for c in some]
            for circle, result in zip(some, self._do(units), strict=True):
                self._learn(circle, result)

    def _bound(self) -> None:
        """What each circle could have alone, if it does not; if it can have just that beside the others, it does."""
        for some in in_rounds([c for c in self.circles if self._gap(c, self.rules)]):
            if self._over(1.0):
                return
            for circle, result in zip(some, self._do([self._alone(c, self.rules) for c in some]), strict=True):
                self._learn(circle, result)
                if result:
                    self._accept(circle, result.schedule, self.rules)

    def _bound_together(self, rules: tuple[WeekRule, ...]) -> None:
        """What circles near each other can't all have at once, around those with the most to win."""
        for some in in_rounds(self._near_each_other(rules)):
            if self._over(1.0):
                return
            for people, result in zip(some, self._do([self._few_of(p, rules) for p in some]), strict=True):
                self._learn(people, result)

    def _near_each_other(self, rules: tuple[WeekRule, ...]) -> list[People]:
        """Each circle that has something to win, with those near it that are with no other.

        Those who are known to be short beside each other stay so.
        """
        found = [people for people in self.least.joint if self.least.all_short(people)]
        left = [c for c in self.circles if not any(c <= people for people in found)]
        gaps = {c: gap for c in left if (gap := self._gap(c, rules))}
        for c in sorted(gaps, key=lambda c: (-gaps[c], min(c))):
            if c in left:
                some = [c, *(other for other in self.near[c] if other in left)][:BOUNDED]
                left = [other for other in left if other not in some]
                if len(some) > 1:
                    found.append(frozenset[str]().union(*some))
        return found

    def _few_of(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        floors = {c: bound for c, bound in self.least.own.items() if c <= people}
        unit = self._unit(alone(self.facts, people), people, rules, BOUNDING * len(floors))
        return replace(unit, how=partial(few, floors=floors))

    # -- neighbourhoods ----------------------------------------------------------------------------------------------

    def _search(self, rules: tuple[WeekRule, ...], until: float, sizes: tuple[int, ...]) -> None:
        """Plan a circle again together with so many near it, those with the most to win first, till all is tried.

        Where a plan is changed, all there is to try for its circles begins anew.
        """
        to_try = {c: list(self._neighbourhoods(c, sizes)) for c in self.circles}
        while not self._over(until):
            some = self._round(to_try, {c: self._gap(c, rules) for c in self.circles})
            if not some:
                return
            for people, result in zip(some, self._do([self._around(p, rules) for p in some]), strict=True):
                if result and self._accept(people, result.schedule, rules):
                    to_try |= {c: list(self._neighbourhoods(c, sizes)) for c in self.circles if c <= people}

    def _round(self, to_try: Mapping[People, list[People]], gaps: Mapping[People, int]) -> list[People]:
        """The next neighbourhoods, of which no two share a circle. They are no longer to be tried then."""
        found: list[People] = []
        for circle in sorted((c for c, gap in gaps.items() if gap), key=lambda c: (-gaps[c], min(c))):
            if some := next((p for p in to_try[circle] if self._may_join(p, found)), None):
                to_try[circle].remove(some)
                found.append(some)
        return found

    def _widely(self, rules: tuple[WeekRule, ...], until: float) -> None:
        """Make the week of many circles better at once, those with the most to win first, till nothing is found."""
        tried: set[People] = set()
        while len(self.circles) > 1 + max(TOGETHER) and not self._over(until):
            gaps = {c: self._gap(c, rules) for c in self.circles}
            around_it = {c: list({c.union(*self.near[c][:WIDE])} - tried) for c in self.circles}
            some = self._round(around_it, gaps)
            if not some:
                return
            for people, result in zip(some, self._do([self._wide(p, rules) for p in some]), strict=True):
                if result and self._accept(people, result.schedule, rules):
                    tried = {other for other in tried if other.isdisjoint(people)}
                else:
                    tried.add(people)

    def _neighbourhoods(self, circle: People, sizes: tuple[int, ...]) -> Iterator[People]:
        """The circle with so many of those near it, nearest first; where there are too few, with all there are."""
        near_it = self.near[circle][:NEAR]
        seen = set()
        for others in chain.from_iterable(combinations(near_it, min(n, len(near_it))) for n in sizes):
            if others not in seen:
                yield circle.union(*others)
            seen.add(others)
