"""Price: time that somebody has asked to keep free, without its being a must."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import clock, minutes_in
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class Reserved(WeekRule):
    """Sessions keep off the time that a participant has reserved for something else.

    A lesson begun in it has the price; a break inside a session is no lesson.
    """

    name = "reserved"
    tier = INCONVENIENCE
    called = say("in time that is reserved")

    def post(self, model: Model) -> Iterable[Cost]:
        facts = model.facts
        for p in facts.participants:
            taken = total(lessons_taken(facts, p, s) * model.attends(p, s) for s in model.sessions_of(p))
            yield Cost(p, self.price(facts, p) * taken)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for p in facts.participants.values():
            for s in schedule.of(p.id):
                inside = sum(max(0, min(e, s.end) - max(b, s.start)) for b, e in p.reserved[s.day])
                taught = min(inside, s.minutes)
                n = taught // facts.lesson + (taught % facts.lesson > 0)
                if n:
                    text = say(
                        "{who} has {course} at {time}, in time that she has reserved.",
                        who=p.id,
                        course=s.course,
                        time=clock(s.start),
                    )
                    yield self.breach(p.id, text, n * self.price(facts, p.id))


def lessons_taken(facts: WeekFacts, p: str, s: Session) -> int:
    """Lessons begun of a session that lie in what a participant has reserved."""
    inside = minutes_in(facts.participants[p].reserved[s.day], s.start, s.end)
    return -(-min(inside, s.minutes) // facts.lesson)
