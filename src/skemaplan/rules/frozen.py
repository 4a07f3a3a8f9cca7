"""Rule of a re-plan: what has been, or is about to be, stays as it was published; and so do those it does not touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..dates import clock
from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, Must, WeekRule

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Frozen(WeekRule):
    """On frozen days everyone has the sessions that were published, and no others.

    `published` holds what of it can still be held: a session that breaks a must is always free to move. `free`: the
    courses, by participant, whose sessions may move all the same.
    """

    published: Schedule
    days: frozenset[int]
    free: Mapping[str, frozenset[str]] = field(default_factory=dict)

    name = "frozen"

    def among(self, people: frozenset[str]) -> Frozen:
        return replace(self, published=self.published.of_these(people))

    def holds(self, p: str, s: Session) -> bool:
        return s.day in self.days and s.course not in self.free.get(p, ())

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        if who not in facts.participants or not self.holds(who, session):
            return False
        return who not in self.published.attendance.get(session, ())

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants:
            for s in self.published.of(p):
                if self.holds(p, s) and s in model.sessions_of(p):
                    yield Must(p, model.add(model.attends(p, s) == 1))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            moves = self.free.get(p, frozenset())
            old = {s for s in self.published.of(p) if s.day in self.days and s.course not in moves}
            new = {s for s in schedule.of(p) if s.day in self.days and s.course not in moves}
            for s in sorted(old ^ new):
                yield self.breach(
                    p, say("{who}: {course} at {time} is frozen.", who=p, course=s.course, time=clock(s.start))
                )
