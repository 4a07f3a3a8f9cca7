"""Rule of a question: would everything fit? Then no demand may stay unmet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..amounts import in_minutes
from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class InFull(WeekRule):
    """Everyone gets all the lessons and talks she should have, and every teacher gives her least.

    `but`: whose demands of which courses are not asked for.
    """

    but: frozenset[tuple[str, str]] = frozenset()

    name = "in_full"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for course, d in p.demands.items():
                if (p.id, course) not in self.but:
                    yield Must(p.id, model.add(model.minutes(p.id, course) >= d.wanted))
        for t in model.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least and (t.id, course) not in self.but:
                    yield Must(t.id, model.add(model.taught(t.id, course) >= least))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        wanted = {(p.id, c): d.wanted for p in schedule.facts.participants.values() for c, d in p.demands.items()}
        least = {(t.id, c): band[0] for t in schedule.facts.teachers.values() for c, band in t.teaches.items()}
        for (who, course), minutes in {**wanted, **least}.items():
            got = sum(s.minutes for s in schedule.of(who, course))
            if got < minutes and (who, course) not in self.but:
                yield self.breach(
                    who,
                    say("{who} has {n} of {of} of {course}.", who=who, n=got, of=in_minutes(minutes), course=course),
                )
