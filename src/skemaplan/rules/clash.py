"""Rule: nobody is in two places at once. Held by the paths of `path.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..dates import clock
from ..schedule import Schedule
from ..words import say
from .rule import Breach, WeekRule


class Clash(WeekRule):
    """Nobody is in two sessions at the same time."""

    name = "clash"
    firm = "nobody can be in two places at once"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for person, mine in sorted(schedule.by_person.items()):
            for a, b in combinations(mine, 2):
                if a.day == b.day and a.start < b.end and b.start < a.end:
                    yield self.breach(
                        person,
                        say(
                            "{who} is in {a} and {b} at {time}.",
                            who=person,
                            a=a.course,
                            b=b.course,
                            time=clock(b.start),
                        ),
                    )
