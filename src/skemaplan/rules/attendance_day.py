"""Price: days of attendance. Child care, buses and other work want few days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class AttendanceDay(WeekRule):
    """Nobody comes on more days than she must, beyond her days at the language school."""

    name = "attendance_day"
    tier = INCONVENIENCE
    called = say("a day of attendance beyond the language days")

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants.values():
            other = [day for day in range(7) if day not in p.language_days]
            days = total(model.attends_day(p.id, day) for day in other)
            yield Cost(p.id, self.price(model.facts, p.id) * days)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for _ in sorted({s.day for s in schedule.of(p.id)} - p.language_days):
                text = say("{who} has a day of attendance beyond her language days.", who=p.id)
                yield self.breach(p.id, text, self.price(schedule.facts, p.id))
