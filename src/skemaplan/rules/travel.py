"""Rule: there is time for the way. Held by the paths of `model.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..dates import clock
from ..schedule import Schedule
from ..words import say
from .rule import Breach, WeekRule


class Travel(WeekRule):
    """Nobody has less time between two things than the way between their places takes."""

    name = "travel"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for person in sorted(schedule.by_person):
            for day in range(7):
                for a, b in pairwise(schedule.stops(person, day)):
                    way = schedule.facts.way(a.place, b.place)
                    if (a.session or b.session) and a.end <= b.start < a.end + way:
                        yield self.breach(
                            person,
                            say(
                                "{who} needs {way} minutes from {a} to {b} and has {gap} at {time}.",
                                who=person,
                                way=way,
                                a=a.place,
                                b=b.place,
                                gap=b.start - a.end,
                                time=clock(a.end),
                            ),
                        )
