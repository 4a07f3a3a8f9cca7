"""Price: Friday afternoon is when children are fetched, buses are few, and teachers are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule

FRIDAY, LATEST = 4, 14 * 60


class FridayAfternoon(WeekRule):
    """Nobody has a session that ends after two o'clock on a Friday."""

    name = "friday_afternoon"
    tier = INCONVENIENCE
    called = say("late on a Friday")

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            late = [s for s in model.sessions_of(p, day=FRIDAY) if s.end > LATEST]
            yield Cost(p, self.price(model.facts, p) * total(model.attends(p, s) for s in late))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            if s.day == FRIDAY and max(s.end, LATEST) != LATEST:
                for p in sorted(schedule.attendance[s]):
                    text = say("{who} has {course} until {time} on Friday.", who=p, course=s.course, time=clock(s.end))
                    yield self.breach(p, text, self.price(schedule.facts, p))
