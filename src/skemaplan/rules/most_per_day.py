"""Rule: a participant's own cap on a day, kept without its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model
from ..schedule import Schedule
from ..week import ParticipantWeek
from ..words import say
from .rule import Breach, Must, WeekRule


class MostPerDay(WeekRule):
    """Nobody has more lessons on a day than she can take, what is fixed counted in."""

    name = "most_per_day"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for day in range(7) if p.most_per_day is not None else ():
                if model.sessions_of(p.id, day=day):
                    yield Must(p.id, model.add(model.minutes(p.id, day=day) <= room_left(p, day)))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for day in range(7) if p.most_per_day is not None else ():
                got = sum(s.minutes for s in schedule.of(p.id, day=day))
                if got > room_left(p, day):
                    yield self.breach(
                        p.id, say("{who} has {n} minutes too much on one day.", who=p.id, n=got - room_left(p, day))
                    )


def room_left(p: ParticipantWeek, day: int) -> int:
    """Minutes of teaching that her day still takes."""
    return max(0, (p.most_per_day or 0) - sum(f.minutes for f in p.fixed[day]))
