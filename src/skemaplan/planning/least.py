"""The least that circles cost: each by itself, and several beside each other, who can't all have what each could alone.

Bounds of circles that have nobody in common add up, for what they share costs none of them anything (`around.alone`).
A later tier's counts only where the earlier tiers are at theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..circles import People
from ..solving import TIERS

Value = tuple[int, ...]  # one of each tier
NOTHING: Value = (0,) * len(TIERS)


class Least:
    """What is known of circles so far. `own`: of each by itself. `joint`: of several, and nobody is in two of these."""

    def __init__(self, circles: Sequence[People], own: Mapping[People, Value] | None = None) -> None:
        self.circles, self.own = circles, dict(own or {})
        self.joint: dict[People, Value] = {}

    def of(self, people: People) -> Value:
        """The least that the weeks of these circles cost together."""
        joint = [some for some in self.joint if some <= people]
        single = (c for c in self.among(people) if not any(c <= some for some in joint))
        return plus([*(self.own.get(c, NOTHING) for c in single), *map(self._joint, joint)])

    def among(self, people: People) -> list[People]:
        return [c for c in self.circles if c <= people]

    def beside(self, circle: People) -> People | None:
        """Those whom a circle is bounded with."""
        return next((people for people in self.joint if circle <= people), None)

    def all_short(self, people: People) -> bool:
        """Whether these must be shorter beside each other than each by itself.

        Then nobody knows who of them is, and what each costs at least if it is not says nothing.
        """
        return people in self.joint and self.joint[people][0] > self._alone(people)[0]

    def learn(self, people: People, bounds: Mapping[str, int]) -> None:
        """Bounds of a circle's week, or of several circles' beside each other, by the names of the tiers."""
        found = tuple(bounds.get(tier, 0) for tier in TIERS)
        if people in self.circles:
            self.own[people] = tuple(map(max, found, self.own.get(people, NOTHING)))
        else:
            self.joint = {some: bound for some, bound in self.joint.items() if some.isdisjoint(people)}
            self.joint[people] = found

    def _alone(self, people: People) -> Value:
        return plus(self.own.get(c, NOTHING) for c in self.among(people))

    def _joint(self, people: People) -> Value:
        found = self.joint[people]
        return found if self.all_short(people) else tuple(map(max, found, self._alone(people)))


def plus(some: Iterable[Value]) -> Value:
    return tuple(map(sum, zip(NOTHING, *some, strict=True)))


def less(some: Value, others: Value) -> Value:
    return tuple(a - b for a, b in zip(some, others, strict=True))
