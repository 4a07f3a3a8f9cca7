"""Price: holes in a teacher's day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..amounts import in_minutes
from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .rule import INCONVENIENCE, Breach, Cost, WeekRule
from .waiting import waits


class TeacherHole(WeekRule):
    """No teacher waits between two things of a day longer than the way and the bell table's own breaks take.

    It costs nothing unless `prices` says so: it makes the proof slow (docs/understand/engine.md).
    """

    name = "teacher_hole"
    tier = INCONVENIENCE
    called = say("a hole in a teaching day")

    def post(self, model: Model) -> Iterable[Cost]:
        for t in (t for t in model.facts.teachers if self.price(model.facts, t)):
            minutes = total(model.waiting(t, day) for day in range(7))
            yield Cost(t, self.price(model.facts, t) * minutes)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in (t for t in schedule.facts.teachers if self.price(schedule.facts, t)):
            for day in range(7):
                for start, minutes in waits(schedule, t, day):
                    text = say(
                        "{who} waits {minutes} from {time}.", who=t, minutes=in_minutes(minutes), time=clock(start)
                    )
                    yield self.breach(t, text, minutes * self.price(schedule.facts, t))
