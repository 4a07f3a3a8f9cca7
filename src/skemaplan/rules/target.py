"""Price: "ca. 20 timer" a week, all activities counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from ..amounts import in_lessons, in_minutes
from ..model import Model
from ..schedule import Schedule
from ..words import say
from .most_lessons import MostLessons
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class Target(WeekRule):
    """Everyone's week is about twenty lessons, what is fixed counted in."""

    name = "target"
    tier = INCONVENIENCE
    called = say("a week outside the target")
    given = (MostLessons(),)  # how far above it can be is read off the caps

    def post(self, model: Model) -> Iterable[Cost]:
        facts = model.facts
        low, high = facts.target - facts.tolerance, facts.target + facts.tolerance
        for p in facts.participants.values():
            week = p.committed + model.minutes(p.id)
            most = p.committed + sum(d.cap for d in p.demands.values())
            under, over = max(0, low - p.committed), max(0, most - high)
            lessons = model.new_count(-(-max(under, over) // facts.lesson), f"{p.id} off target")
            if under:
                model.add(facts.lesson * lessons >= low - week)
            if over:
                model.add(facts.lesson * lessons >= week - high)
            yield Cost(p.id, self.price(facts, p.id) * lessons)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for p in facts.participants.values():
            week = p.committed + schedule.minutes(p.id)
            off = max(0, abs(week - facts.target) - facts.tolerance)
            if off:
                n = ceil(off / facts.lesson)
                text = say(
                    "{who} has {minutes} in her week, {lessons} off.",
                    who=p.id,
                    minutes=in_minutes(week),
                    lessons=in_lessons(n),
                )
                yield self.breach(p.id, text, n * self.price(facts, p.id))
