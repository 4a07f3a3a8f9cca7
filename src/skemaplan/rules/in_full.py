"""Rule of a question: would everything fit? Then no demand may stay unmet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


class InFull(WeekRule):
    """Everyone gets all the lessons and talks she should have, and every teacher gives her least."""

    name = "in_full"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for course, d in p.demands.items():
                yield Must(p.id, model.add(model.minutes(p.id, course) >= d.wanted))
        for t in model.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least:
                    yield Must(t.id, model.add(model.taught(t.id, course) >= least))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        wanted = {(p.id, c): d.wanted for p in schedule.facts.participants.values() for c, d in p.demands.items()}
        least = {(t.id, c): band[0] for t in schedule.facts.teachers.values() for c, band in t.teaches.items()}
        for (who, course), minutes in {**wanted, **least}.items():
            got = sum(s.minutes for s in schedule.of(who, course))
            if got < minutes:
                yield self.breach(
                    who, say("{who} has {n} of {of} minutes of {course}.", who=who, n=got, of=minutes, course=course)
                )
