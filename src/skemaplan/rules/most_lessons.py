"""Rule: nobody gets more of a course than its most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..amounts import in_minutes
from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, Must, WeekRule


class MostLessons(WeekRule):
    """Nobody gets more of a course in a week than it may take, and none of a course that she doesn't take."""

    name = "most_lessons"
    firm = "nobody lacks a lesson because somebody might have had too many"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        p = facts.participants.get(who)
        return p is not None and session.course not in p.demands

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for course, d in p.demands.items():
                if model.sessions_of(p.id, course):
                    yield Must(p.id, model.add(model.minutes(p.id, course) <= d.cap))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for course in sorted({s.course for s in schedule.of(p.id)}):
                cap = p.demands[course].cap if course in p.demands else 0
                got = schedule.minutes(p.id, course)
                if got > cap:
                    yield self.breach(
                        p.id,
                        say(
                            "{who} gets {minutes} of {course}; {cap} is the most.",
                            who=p.id,
                            minutes=in_minutes(got),
                            course=course,
                            cap=cap,
                        ),
                    )
