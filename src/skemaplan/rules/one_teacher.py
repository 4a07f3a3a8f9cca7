"""Price: one teacher for each course, who knows how far she has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ortools.sat.python.cp_model import IntVar

from ..model import Model, total
from ..schedule import Schedule
from ..words import say, say_n
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class OneTeacher(WeekRule):
    """Everyone has the same teacher in all sessions of a course."""

    name = "one_teacher"
    tier = INCONVENIENCE
    called = say("a course with two teachers")

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants.values():
            more = []
            for course in p.demands:
                teachers = sorted({s.teacher for s in model.sessions_of(p.id, course)})
                if len(teachers) > 1:
                    has = total(self._has(model, p.id, course, t) for t in teachers)
                    more.append(model.excess(has - 1, len(teachers) - 1, f"{p.id} {course}: more teachers"))
            yield Cost(p.id, self.price(model.facts, p.id) * total(more))

    def _has(self, model: Model, p: str, course: str, teacher: str) -> IntVar:
        """Whether she has any session of the course with this teacher."""
        has = model.new_bool(f"{p} has {course} with {teacher}")
        for s in model.sessions_of(p, course):
            if s.teacher == teacher:
                model.add(model.attends(p, s) <= has)
        return has

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            met = {(s.course, s.teacher) for s in schedule.of(p)}
            for course in sorted({c for c, _ in met}):
                n = sum(c == course for c, _ in met)
                if n > 1:
                    text = say_n(
                        "{who} has {course} with {n} teacher.",
                        "{who} has {course} with {n} teachers.",
                        who=p,
                        course=course,
                        n=n,
                    )
                    yield self.breach(p, text, (n - 1) * self.price(schedule.facts, p))
