"""Price: teaching is "fulgt op af hjemmeopgaver", so a day between the sessions of a course is worth something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .one_a_day import OneADay
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class NeighbouringDays(WeekRule):
    """The sessions of a course don't lie on neighbouring days."""

    name = "neighbouring_days"
    tier = INCONVENIENCE
    called = say("the two sessions of a course on neighbouring days")
    given = (OneADay(),)

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            close = []
            for c in (c for c in model.facts.courses.values() if c.kind == "lesson"):
                for day in range(6):
                    first, second = model.sessions_of(p, c.id, day), model.sessions_of(p, c.id, day + 1)
                    if first and second:
                        both = model.new_bool(f"{p} {c.id} on days {day} and {day + 1}")
                        model.add(both >= model.any_of(p, c.id, day) + model.any_of(p, c.id, day + 1) - 1)
                        close.append(both)
            yield Cost(p, self.price(model.facts, p) * total(close))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            days = {(s.course, s.day) for s in schedule.of(p) if schedule.facts.courses[s.course].kind == "lesson"}
            for course, day in sorted(days):
                if (course, day + 1) in days:
                    text = say("{who} has {course} on two days in a row.", who=p, course=course)
                    yield self.breach(p, text, self.price(schedule.facts, p))
