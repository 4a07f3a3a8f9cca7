"""Rule: there is time for the way. Held by the paths of `model.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..dates import clock
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import say
from .loosening import Premise
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

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        if any(facts.travel.values()):
            text = say("the ways between places take their time")
            yield Premise(self.name, "", text, lambda week: replace(week, travel={}))
