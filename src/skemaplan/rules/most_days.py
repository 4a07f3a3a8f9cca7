"""Rule: a participant's own cap on days a week, kept without its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import Breach, Must, WeekRule


class MostDays(WeekRule):
    """Nobody comes on more days a week than she can, days with something fixed counted in."""

    name = "most_days"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            if p.most_days is not None:
                other = [day for day in range(7) if not p.fixed[day] and model.sessions_of(p.id, day=day)]
                days = total(model.attends_day(p.id, day) for day in other)
                left = max(0, p.most_days - sum(1 for fixed in p.fixed if fixed))
                if other:
                    yield Must(p.id, model.add(days <= left))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            fixed = {day for day in range(7) if p.fixed[day]}
            days = fixed | {s.day for s in schedule.of(p.id)}
            if p.most_days is not None and len(days) > max(p.most_days, len(fixed)):
                yield self.breach(
                    p.id, say("{who} comes on {n} days; {most} is the most.", who=p.id, n=len(days), most=p.most_days)
                )
