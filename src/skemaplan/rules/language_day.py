"""Price: five lessons of language school are a full day; a talk may follow them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class LanguageDay(WeekRule):
    """Nobody has lessons on a language-school day (a talk is all right)."""

    name = "language_day"
    tier = INCONVENIENCE
    called = say("sessions on a language-school day")

    def post(self, model: Model) -> Iterable[Cost]:
        facts = model.facts
        for p in facts.participants.values():
            lessons = [c.id for c in facts.courses.values() if c.kind != "talk"]
            count = total(model.count(p.id, c, day) for c in lessons for day in sorted(p.language_days))
            yield Cost(p.id, self.price(facts, p.id) * count)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for s in schedule.of(p.id):
                if s.day in p.language_days and schedule.facts.courses[s.course].kind != "talk":
                    text = say("{who} has {course} on a language-school day.", who=p.id, course=s.course)
                    yield self.breach(p.id, text, self.price(schedule.facts, p.id))
