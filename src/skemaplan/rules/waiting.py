"""Price: holes in a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..amounts import in_minutes
from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class Waiting(WeekRule):
    """Nobody waits between two things of her day longer than the way and the bell table's own breaks take."""

    name = "waiting"
    tier = INCONVENIENCE
    called = say("waiting")

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            minutes = total(model.waiting(p, day) for day in range(7))
            yield Cost(p, self.price(model.facts, p) * minutes)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for day in range(7):
                for start, minutes in waits(schedule, p, day):
                    text = say(
                        "{who} waits {minutes} from {time}.", who=p, minutes=in_minutes(minutes), time=clock(start)
                    )
                    yield self.breach(p, text, minutes * self.price(schedule.facts, p))


def waits(schedule: Schedule, person: str, day: int) -> Iterator[tuple[int, int]]:
    """When a person begins to wait on a day, and for how many minutes; between two fixed things is not ours."""
    facts = schedule.facts
    for a, b in pairwise(schedule.stops(person, day)):
        if a.session is None and b.session is None:
            continue
        resting = sum(max(0, min(e, b.start) - max(s, a.end)) for s, e in facts.breaks[day])
        minutes = b.start - a.end - facts.way(a.place, b.place) - resting
        if minutes > 0:
            yield a.end, minutes
