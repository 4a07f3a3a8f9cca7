"""Another course's session swapped: two teachers exchange their times on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import ClassVar

from ..dates import merge
from ..week import WeekFacts
from ..words import Text, say
from .loosening import ON_DAYS, TEACHER, Loosening, with_teacher
from .windows import WORKDAYS, AnotherDay, LongerWindow, usable


@dataclass(frozen=True)
class SwappedTimes(Loosening):
    """Two teachers exchange their windows on a day; the amount is one."""

    other: str
    day: int

    code: ClassVar[str] = "swap"
    ask: ClassVar[str] = TEACHER

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        a, b = facts.teachers[self.who], facts.teachers[self.other]
        hers = (*a.free[: self.day], b.free[self.day], *a.free[self.day + 1 :])
        others = (*b.free[: self.day], a.free[self.day], *b.free[self.day + 1 :])
        return with_teacher(with_teacher(facts, replace(a, free=hers)), replace(b, free=others))

    def sentence(self, amount: int) -> Text:
        return say("Ask {a} and {b} to swap their times {when}", a=self.who, b=self.other, when=ON_DAYS[self.day])

    def widest(self, facts: WeekFacts) -> WeekFacts:
        """Both have the times of both."""
        for who, other in ((self.who, self.other), (self.other, self.who)):
            t = facts.teachers[who]
            both = merge([*t.free[self.day], *facts.teachers[other].free[self.day]])
            facts = with_teacher(facts, replace(t, free=(*t.free[: self.day], both, *t.free[self.day + 1 :])))
        return facts

    def excludes(self, other: Loosening) -> bool:
        """What is swapped can't be lengthened, or swapped again, at the same time."""
        return isinstance(other, SwappedTimes | LongerWindow | AnotherDay) and bool(other.people & self.people)

    @property
    def people(self) -> frozenset[str]:
        return frozenset({self.who, self.other})


def swaps(facts: WeekFacts) -> Iterator[SwappedTimes]:
    """Every two teachers who are there at different times of a day, where a session of one lies in the other's."""
    sessions = {t: usable(facts, t) for t in facts.teachers}
    for a, b in combinations(facts.teachers.values(), 2):
        for day in WORKDAYS:
            mine, others = a.free[day], b.free[day]
            useful = any(
                s.day == day and any(start <= s.start and s.end <= end for start, end in new)
                for who, new in ((a.id, others), (b.id, mine))
                for s in sessions[who]
            )
            if mine and others and mine != others and useful:
                yield SwappedTimes(a.id, (1,), b.id, day)
