"""Between which places somebody may have to go within a week: whose ways must be known, and whose need not be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from .facts import Fact, Takes, Teaches

if TYPE_CHECKING:  # a problem is checked when it is made, so the arrow points from there to here
    from .problem import Problem


@dataclass(frozen=True, slots=True)
class Visit:
    """Somewhere that somebody may have to be, in the weeks from `first` to `last`; `fact` says so."""

    place: str
    first: date
    last: date
    fact: Fact
    is_session: bool

    def meets(self, other: Visit) -> bool:
        """Whether both may be in one week."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return monday(first) <= monday(last) and self.first <= self.last and other.first <= other.last


@dataclass(frozen=True, slots=True)
class Way:
    """A way that `who` may have to go; `fact` says that she has to be at `start`."""

    start: str
    end: str
    who: str
    fact: Fact


def ways_needed(p: Problem) -> Iterator[Way]:
    """Every pair of places that somebody may have to go between in one week, once; one of the two is for a session.

    From one fixed thing to the next is not ours to plan.
    """
    seen: set[frozenset[str]] = set()
    for who in (*p.participant, *p.teacher):
        for a, b in combinations(dict.fromkeys(visits(p, who)), 2):
            pair = frozenset((a.place, b.place))
            if len(pair) == 2 and pair not in seen and (a.is_session or b.is_session) and a.meets(b):
                seen.add(pair)
                yield Way(a.place, b.place, who, a.fact)


def visits(p: Problem, who: str) -> Iterator[Visit]:
    """Where somebody may have to be: what is fixed first, then her courses, in the order of the rows."""
    person = p.participant.get(who)
    begin, end = (person and person.start) or p.settings.start, (person and person.end) or p.settings.end
    for c in p.commitments_of[who]:
        if c.place:
            yield Visit(c.place, max(begin, c.valid_from or begin), min(end, c.valid_to or end), c, False)
    for a in p.absences_of[who]:
        if a.place:
            yield Visit(a.place, max(begin, a.from_date), min(end, a.to_date), a, False)
    rows: tuple[Takes | Teaches, ...] = tuple(p.takes_of[who]) if person else p.teaches_by.get(who, ())
    for row in rows:
        course = p.course.get(row.course)
        if course and course.place:
            yield Visit(course.place, max(begin, row.valid_from or begin), min(end, row.valid_to or end), course, True)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
