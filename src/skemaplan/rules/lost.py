"""Price, in the base week only: what the calendar takes. A Friday that three closures hit costs what it loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..amounts import in_minutes
from ..model import Model, total
from ..schedule import Schedule, Session
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


@dataclass(frozen=True)
class Lost(WeekRule):
    """Sessions lie where closures and absences take few of them.

    `minutes`: what a participant loses of a session, in minutes a week on the average of the base's weeks, rounded up.
    It is about the course, not about her: what the calendar takes, she doesn't carry in an ordinary week.
    """

    minutes: Mapping[tuple[str, Session], int]

    name = "lost"
    tier = INCONVENIENCE

    def among(self, people: frozenset[str]) -> Lost:
        return Lost({(p, s): n for (p, s), n in self.minutes.items() if p in people})

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            price = self.price(model.facts, p)
            lost = [(s, self.minutes.get((p, s), 0)) for s in model.sessions_of(p)]
            for course in sorted({s.course for s, n in lost if n}):
                mine = [(s, n) for s, n in lost if n and s.course == course]
                yield Cost(course, price * total(n * model.attends(p, s) for s, n in mine))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for s in schedule.of(p):
                n = self.minutes.get((p, s), 0)
                if n:
                    text = say(
                        "{who} loses {minutes} a week of {course} to the calendar.",
                        who=p,
                        minutes=in_minutes(n),
                        course=s.course,
                    )
                    yield self.breach(s.course, text, n * self.price(schedule.facts, p))
