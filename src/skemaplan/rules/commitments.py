"""Rule: what is fixed is never moved or overlapped. Held by the paths of `model.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import clock
from ..schedule import Schedule
from ..words import say
from .rule import Breach, WeekRule


class Commitments(WeekRule):
    """Nobody has a session while something fixed (language school, an exam) goes on."""

    name = "commitments"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for person, mine in sorted(schedule.by_person.items()):
            for s in mine:
                for f in schedule.facts.person(person).fixed[s.day]:
                    if s.start < f.end and f.start < s.end:
                        yield self.breach(
                            person,
                            say(
                                "{who} has {course} at {time} while {title} goes on.",
                                who=person,
                                course=s.course,
                                time=clock(s.start),
                                title=f.title,
                            ),
                        )
