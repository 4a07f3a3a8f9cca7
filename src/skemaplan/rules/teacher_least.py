"""Demand: a teacher's least. A week in which she can't reach it is reported, never a reason for no plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import DEMANDS, Breach, Cost, WeekRule


class TeacherLeast(WeekRule):
    """A teacher gives at least the hours of a course that are set aside for her."""

    name = "teacher_least"
    tier = DEMANDS

    def post(self, model: Model) -> Iterable[Cost]:
        for t in model.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least:
                    short = model.excess(least - model.taught(t.id, course), least, f"{t.id} short of {course}")
                    yield Cost(t.id, short)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in schedule.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                short = least - schedule.minutes(t.id, course)
                if short > 0:
                    yield self.breach(
                        t.id,
                        say(
                            "{who} teaches {n} of {least} minutes of {course}.",
                            who=t.id,
                            n=least - short,
                            least=least,
                            course=course,
                        ),
                        short,
                    )
