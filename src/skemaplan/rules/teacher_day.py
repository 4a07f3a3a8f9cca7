"""Price: teachers come from elsewhere, and fill a day rather than two halves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..amounts import in_days
from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .one_a_day import OneADay
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class TeacherDay(WeekRule):
    """No teacher comes on more days than one.

    It costs nothing unless `prices` says so: it makes the proof slow (docs/understand/engine.md).
    """

    name = "teacher_day"
    tier = INCONVENIENCE
    called = say("a teaching day more of a teacher's")
    given = (OneADay(),)  # so that a participant's sessions of a course on one day are at most one

    def post(self, model: Model) -> Iterable[Cost]:
        for t in (t for t in model.facts.teachers if self.price(model.facts, t)):
            days = total(model.teaches_day(t, day) for day in range(7))
            more = model.excess(days - 1, 6, f"{t}: more days")
            self._cut(model, t)
            yield Cost(t, self.price(model.facts, t) * more)

    def _cut(self, model: Model, t: str) -> None:
        """A participant who has a session with her that day makes it a teaching day: not one by one, but in sum.

        Every plan keeps this anyway; without it a fraction of each session would pay for a fraction of a day.
        """
        for p in model.facts.participants:
            for day in range(7):
                mine = [s for s in model.sessions_of(t, day=day) if p in model.who(s)]
                for course in sorted({s.course for s in mine if model.facts.courses[s.course].different_days}):
                    there = total(model.attends(p, s) for s in mine if s.course == course)
                    model.add(there <= model.teaches_day(t, day))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in (t for t in schedule.facts.teachers if self.price(schedule.facts, t)):
            n = len({s.day for s in schedule.of(t)})
            if n > 1:
                text = say("{who} teaches on {days}.", who=t, days=in_days(n))
                yield self.breach(t, text, (n - 1) * self.price(schedule.facts, t))
