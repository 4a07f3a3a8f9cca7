"""Circles near each other planned together by groups of alike people, while all others' lessons stay.

That is soon done: four or five circles are as many paths as a circle of people. Talks are left for later (`talks.py`):
here those beside lessons are given, and the others only guessed, so that the lessons leave room for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..circles import People
from ..solving import Result
from ..together import RATHER
from .beside import Beside
from .least import Value
from .units import Unit, grouped

TURNS = 2  # in which a circle is planned with those near it, if others were in the way
WITH = 4  # circles near one that are planned together with it
FOR_GROUPS = 0.6  # CP-SAT's deterministic time for each of them


class Grouped(Beside):
    """A component while its `current` schedule is lessons of groups, and only talks beside these."""

    def group_again(self, until: float) -> None:
        """Each circle once together with those near it, those first that are farthest from their bounds.

        (Again, if others of the same round were in the way.)
        """
        turns = dict.fromkeys(self.circles, TURNS)
        while not self._over(until):
            excess = {c: n for c, left in turns.items() if left and (n := self._excess(c)) > 0}
            some = self._together(sorted(excess, key=lambda c: (-excess[c], min(c))))
            if not some:
                return
            results = self._do([self._grouped(people) for people in some.values()])
            for (circle, people), result in zip(some.items(), results, strict=True):
                turns[circle] = turns[circle] - 1 if self._is_in_the_way(people, result) else 0

    def _together(self, left: Sequence[People]) -> dict[People, People]:
        """The next of these with those near them, so many as can be planned at once."""
        found: dict[People, People] = {}
        for c in left:
            people = c.union(*self.near[c][:WITH])
            if self._may_join(people, list(found.values())):
                found[c] = people
        return found

    def _grouped(self, people: People) -> Unit:
        unit = self._around(people, self.rules)
        effort = replace(unit.effort, deterministic=FOR_GROUPS * sum(c <= people for c in self.circles))
        return replace(unit, effort=effort, how=grouped)

    def _is_in_the_way(self, people: People, result: Result | None) -> bool:
        """Take their new week if it costs no more, unless what others of the same round have now is in its way."""
        found = result.schedule if result else None
        if found is None:
            return False
        seated = self._seated(people, found)
        if seated is None or seated.attendance != found.attendance:
            return True
        new = self.current.without(people).beside(seated)
        was, now = self._worth(self.current, people), self._worth(new, people)
        if self.cost(now) <= self.cost(was):
            self._take(new, people, was, now)
        return False

    def _excess(self, circle: People) -> int:
        """How much more a circle's week costs than it does at least."""
        return self.cost(self._own(circle)) - self.least.of(circle)[-1]

    def cost(self, worth: Value) -> int:
        """Inconvenience, and what a talk that has no time yet is guessed to cost."""
        return worth[-1] + RATHER * (worth[0] // self.facts.lesson)
