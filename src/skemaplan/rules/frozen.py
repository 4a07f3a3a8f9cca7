"""Rule of a re-plan: what has been, or is about to be, stays as it was published; and so do those it does not touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..dates import clock
from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, Must, WeekRule

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Frozen(WeekRule):
    """On frozen days everyone (or these people) has the sessions that were published, and no others.

    `published` holds what of it can still be held: a session that breaks a must is always free to move.
    """

    published: Schedule
    days: frozenset[int]
    people: frozenset[str] | None = None

    name = "frozen"

    def among(self, people: frozenset[str]) -> Frozen:
        return replace(self, published=self.published.of_these(people))

    def holds(self, p: str, day: int) -> bool:
        return day in self.days and (self.people is None or p in self.people)

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        if who not in facts.participants or not self.holds(who, session.day):
            return False
        return who not in self.published.attendance.get(session, ())

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants:
            for s in self.published.of(p):
                if self.holds(p, s.day) and s in model.sessions_of(p):
                    yield Must(p, model.add(model.attends(p, s) == 1))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in sorted(schedule.facts.participants.keys() & (self.people or schedule.facts.participants.keys())):
            old = {s for s in self.published.of(p) if s.day in self.days}
            new = {s for s in schedule.of(p) if s.day in self.days}
            for s in sorted(old ^ new):
                yield self.breach(
                    p, say("{who}: {course} at {time} is frozen.", who=p, course=s.course, time=clock(s.start))
                )
