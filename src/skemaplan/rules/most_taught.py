"""Rule: a course's hours over all its teachers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


class MostTaught(WeekRule):
    """All teachers of a course together teach no more of it than is set aside for it."""

    name = "most_taught"

    def post(self, model: Model) -> Iterable[Must]:
        for c in model.facts.courses.values():
            taught = [model.taught(t, c.id) for t in model.facts.teachers if model.sessions_of(t, c.id)]
            if c.most_taught is not None and taught:
                yield Must(c.id, model.add(total(taught) <= c.most_taught))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for c in schedule.facts.courses.values():
            taught = sum(s.minutes for s in schedule.sessions if s.course == c.id)
            if c.most_taught is not None and taught > c.most_taught:
                yield self.breach(
                    c.id,
                    say(
                        "{minutes} minutes of {course} are taught, of {most}.",
                        minutes=taught,
                        course=c.id,
                        most=c.most_taught,
                    ),
                )
