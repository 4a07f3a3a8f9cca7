"""Rule: what is fixed is never moved or overlapped. Held by the paths of `path.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..dates import clock
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import say
from .language_class import other_classes, without_fixed
from .loosening import Loosening, Premise
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

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for p in facts.participants.values():
            yield from other_classes(p, (facts, *others))

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for person in (*facts.participants.values(), *facts.teachers.values()):
            for title, kind in sorted({(f.title, f.kind) for day in person.fixed for f in day}):
                text = say("{who} has {title}, which is not ours to move", who=person.id, title=title)
                yield Premise(self.name, person.id, text, partial(without_fixed, who=person.id, title=title, kind=kind))
