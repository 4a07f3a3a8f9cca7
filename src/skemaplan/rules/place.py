"""Rule: where a session is held is nobody's decision: at its course's place, or online while a mode says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..dates import clock
from ..schedule import Schedule
from ..words import say
from .rule import Breach, WeekRule


@dataclass(frozen=True)
class Place(WeekRule):
    """A session is held where its course is on that day.

    Nothing is posted: the model knows no other place (`candidates.py`). A plan that was made of other tables, or was
    written by hand, may.
    """

    name = "place"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            course = schedule.facts.courses.get(s.course)
            if course is not None and course.days[s.day].place != s.place:
                text = say(
                    "{course} at {time} is at {place}, where it is not held that day.",
                    course=s.course,
                    time=clock(s.start),
                    place=s.place or "-",
                )
                yield self.breach(s.course, text)
