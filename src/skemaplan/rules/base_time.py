"""Price: the same time every week. Steadiness of attendance is what the programme trains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


@dataclass(frozen=True)
class BaseTime(WeekRule):
    """Everyone has her sessions at times that she has had them at before.

    `bases`: the weeks whose times count. `weeks`: a new time that then stays for so many weeks is one change, so it
    costs its share in each of them, rounded up.
    """

    bases: tuple[Schedule, ...]
    weeks: int = 1

    name = "base_time"
    tier = INCONVENIENCE
    called = say("not at the usual time")

    def among(self, people: frozenset[str]) -> BaseTime:
        return replace(self, bases=tuple(base.of_these(people) for base in self.bases))

    def share(self, facts: WeekFacts, p: str) -> int:
        return -(-self.price(facts, p) // self.weeks)

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            known = {when(s) for base in self.bases for s in base.of(p)}
            off = [s for s in model.sessions_of(p) if when(s) not in known]
            yield Cost(p, self.share(model.facts, p) * total(model.attends(p, s) for s in off))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for s in schedule.of(p):
                if not any(when(b) == when(s) for base in self.bases for b in base.of(p, s.course)):
                    text = say(
                        "{who} has {course} at {time}, off its usual time.", who=p, course=s.course, time=clock(s.start)
                    )
                    yield self.breach(p, text, self.share(schedule.facts, p))


def when(s: Session) -> tuple[str, int, int, int]:
    return s.course, s.day, s.start, s.end
