"""What moves, moves no further than it must: rather its time than its day or its teacher, and rather that than away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ortools.sat.python.cp_model import LinearExpr

from ..model import Model, total
from ..schedule import Schedule, Session
from ..words import say
from .rule import DISTANCE, Breach, Cost, WeekRule

OTHER_DAY, OTHER_TEACHER, CANCELLED = 1, 2, 4  # another time on the same day is no distance


@dataclass(frozen=True)
class StayNear(WeekRule):
    """What can't stay where it was published keeps its day and its teacher if it can.

    A tier of its own, below the number of changes: no kindness ever buys one change more.
    """

    published: Schedule

    name = "stay_near"
    tier = DISTANCE

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            for course in model.facts.courses:
                old, mine = self.published.of(p, course), model.sessions_of(p, course)
                if old or mine:
                    yield Cost(p, total(self._prices(model, p, course, old, mine)))

    def _prices(
        self, model: Model, p: str, course: str, old: tuple[Session, ...], mine: list[Session]
    ) -> Iterator[LinearExpr]:
        teachers, days = {s.teacher for s in old}, {s.day for s in old}
        yield OTHER_TEACHER * total(model.attends(p, s) for s in mine if s.teacher not in teachers)
        yield OTHER_DAY * total(model.attends(p, s) for s in mine if s.day not in days)
        fewer = model.new_count(len(old), f"{p} {course} cancelled")
        model.add(fewer >= len(old) - model.count(p, course))
        yield CANCELLED * fewer

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for course in schedule.facts.courses:
                far = distance(self.published.of(p, course), schedule.of(p, course))
                if far:
                    text = say(
                        "{course} moves to another day, to another teacher or away for {who}.", course=course, who=p
                    )
                    yield self.breach(p, text, far)


def distance(old: tuple[Session, ...], new: tuple[Session, ...]) -> int:
    """How far a participant's sessions of a course are from what they were: days, teachers, and those that are gone."""
    teachers = sum(s.teacher not in {o.teacher for o in old} for s in new)
    days = sum(s.day not in {o.day for o in old} for s in new)
    return OTHER_DAY * days + OTHER_TEACHER * teachers + CANCELLED * max(0, len(old) - len(new))
