"""Price: the same time every week. Steadiness of attendance is what the programme trains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule, Session
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


@dataclass(frozen=True)
class BaseTime(WeekRule):
    """In another week, everyone has her sessions at the base week's times."""

    base: Schedule

    name = "base_time"
    tier = INCONVENIENCE

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            known = {when(s) for s in self.base.of(p)}
            off = [s for s in model.sessions_of(p) if when(s) not in known]
            yield Cost(p, self.price(model.facts, p) * total(model.attends(p, s) for s in off))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for s in schedule.of(p):
                if not any(when(b) == when(s) for b in self.base.of(p, s.course)):
                    text = say(
                        "{who} has {course} at {time}, off its usual time.", who=p, course=s.course, time=clock(s.start)
                    )
                    yield self.breach(p, text, self.price(schedule.facts, p))


def when(s: Session) -> tuple[str, int, int, int]:
    return s.course, s.day, s.start, s.end
