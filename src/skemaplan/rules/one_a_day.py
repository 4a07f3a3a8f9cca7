"""Rule: homework needs a night: the sessions of a course lie on different days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from ..model import Model
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import say
from .loosening import Premise, with_course
from .rule import Breach, Must, WeekRule


class OneADay(WeekRule):
    """Nobody has two sessions of the same course on one day."""

    name = "one_a_day"
    firm = '"Undervisningen foregaar to gange ugentligt" is the programme itself'

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants:
            for c in model.facts.courses.values():
                for day in range(7) if c.different_days else ():
                    if len(model.sessions_of(p, c.id, day)) > 1:
                        yield Must(p, model.add(model.count(p, c.id, day) <= model.attends_day(p, day)))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            days = [(s.course, s.day) for s in schedule.of(p) if schedule.facts.courses[s.course].different_days]
            for course, day in sorted(set(days)):
                if days.count((course, day)) > 1:
                    yield self.breach(p, say("{who} has {course} twice on one day.", who=p, course=course))

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for c in facts.courses.values():
            if c.different_days and any(c.id in p.demands for p in facts.participants.values()):
                text = say("the sessions of {course} lie on different days", course=c.id)
                yield Premise(self.name, c.id, text, partial(on_any_days, course=c.id))


def on_any_days(facts: WeekFacts, course: str) -> WeekFacts:
    return with_course(facts, replace(facts.courses[course], different_days=False))
