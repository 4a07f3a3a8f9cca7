"""Rule: a teacher's hours. The form sets aside "2-4 timer om ugen" of each subject: taught, however many attend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


class TeacherMost(WeekRule):
    """A teacher teaches no more of a course than her hours for it."""

    name = "teacher_most"

    def post(self, model: Model) -> Iterable[Must]:
        for t in model.facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                if most is not None and model.sessions_of(t.id, course):
                    yield Must(t.id, model.add(model.taught(t.id, course) <= most))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in schedule.facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                taught = schedule.minutes(t.id, course)
                if most is not None and taught > most:
                    yield self.breach(
                        t.id,
                        say(
                            "{who} teaches {minutes} minutes of {course} and has {most}.",
                            who=t.id,
                            minutes=taught,
                            course=course,
                            most=most,
                        ),
                    )
