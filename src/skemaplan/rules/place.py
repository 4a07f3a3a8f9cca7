"""Rule: where a session is held is nobody's decision: at its course's place, or online while a mode says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..dates import clock
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, WeekRule


@dataclass(frozen=True)
class Place(WeekRule):
    """A session is held where its course is on that day, for all or for some.

    Nothing is posted: the model knows no other place (`candidates.py`). A plan that was made of other tables, or was
    written by hand, may.
    """

    name = "place"
    firm = "another place is another row of courses or modes"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            if s.course in schedule.facts.courses and s.place not in places(schedule.facts, s):
                text = say(
                    "{course} at {time} is at {place}, where it is not held that day.",
                    course=s.course,
                    time=clock(s.start),
                    place=s.place or "-",
                )
                yield self.breach(s.course, text)


def places(facts: WeekFacts, s: Session) -> set[str]:
    """Where the course of a session is held on its day."""
    ways = (facts.courses[s.course].days[s.day], *facts.own_ways.get((s.course, s.day), ()))
    return {how.place for how in ways}
