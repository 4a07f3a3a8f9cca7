"""Rule of a bound: what a plan gives, any plan compared with it must give too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class AtLeast(WeekRule):
    """Everyone gets at least the lessons of each course that she gets in the plan."""

    plan: Schedule

    name = "at_least"

    def among(self, people: frozenset[str]) -> AtLeast:
        return replace(self, plan=self.plan.of_these(people))

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants:
            for course in sorted({s.course for s in self.plan.of(p)}):
                yield Must(p, model.add(model.minutes(p, course) >= self.plan.minutes(p, course)))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        given = {(p, s.course) for s, who in self.plan.attendance.items() for p in who}
        for p, course in sorted(given):
            here = p in schedule.facts.participants
            if here and schedule.minutes(p, course) < self.plan.minutes(p, course):
                yield self.breach(p, say("{who} has less {course} than in the plan.", who=p, course=course))
