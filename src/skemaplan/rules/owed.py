"""Demand of a week in which something can be made up: as much as it holds of what earlier weeks lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..amounts import in_minutes
from ..model import Model
from ..schedule import Schedule
from ..words import say
from .made_up import Amounts
from .rule import DEMANDS, Breach, Cost, WeekRule

MUCH = 100  # what a minute counts that somebody is owed; and one more for each lesson that she is owed in all


@dataclass(frozen=True)
class Owed(WeekRule):
    """Everyone gets as much as can be of the lessons that she is owed, and rather she who is owed the most.

    `kept`: the week as it is without; `owed`: what earlier weeks lost, in minutes.
    """

    kept: Schedule
    owed: Amounts

    name = "owed"
    tier = DEMANDS

    def weight(self, p: str) -> int:
        return MUCH + sum(n for (who, _), n in self.owed.items() if who == p) // self.kept.facts.lesson

    def post(self, model: Model) -> Iterable[Cost]:
        for (p, course), minutes in sorted(self.owed.items()):
            if p in model.facts.participants:
                more = model.minutes(p, course) - self.kept.minutes(p, course)
                left = model.excess(minutes - more, minutes + self.kept.minutes(p, course), f"{p} is owed {course}")
                yield Cost(p, self.weight(p) * left)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for (p, course), minutes in sorted(self.owed.items()):
            left = minutes + self.kept.minutes(p, course) - schedule.minutes(p, course)
            if p in schedule.facts.participants and left > 0:
                text = say("{who} is still owed {minutes} of {course}.", who=p, minutes=in_minutes(left), course=course)
                yield self.breach(p, text, self.weight(p) * left)
