"""Rule of a short week that is planned again: what closures took may be won back, at so many moves a lesson.

Without it a single closed Friday moved twenty attendances in a trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..amounts import in_minutes
from ..model import Model, total
from ..schedule import Schedule
from ..words import say, say_n
from .base_time import when
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class Refill(WeekRule):
    """Nobody gets less than what was left of her week, and each lesson won back moves only so many sessions.

    `ordinary`: the week as it usually is; `kept`: what a short week left of it; `moves`: attendances at other than the
    usual time for each lesson won back.
    """

    ordinary: Schedule
    kept: Schedule
    moves: int

    name = "refill"

    def among(self, people: frozenset[str]) -> Refill:
        return replace(self, ordinary=self.ordinary.of_these(people), kept=self.kept.of_these(people))

    def post(self, model: Model) -> Iterable[Must]:
        facts = model.facts
        for p, courses in self._kept(facts.participants).items():
            for course, minutes in courses.items():
                yield Must(p, model.add(model.minutes(p, course) >= minutes))
        moved = total(
            model.attends(p, s)
            for p in facts.participants
            for s in model.sessions_of(p)
            if when(s) not in {when(o) for o in self.ordinary.of(p)}
        )
        won = total(model.minutes(p) for p in facts.participants) - self._minutes(self.kept)
        yield Must("", model.add(facts.lesson * moved <= self.moves * won))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p, courses in self._kept(schedule.facts.participants).items():
            for course, minutes in courses.items():
                if schedule.minutes(p, course) < minutes:
                    yield self.breach(p, say("{who} has less {course} than before.", who=p, course=course))
        usual = {(p, when(s)) for s, who in self.ordinary.attendance.items() for p in who}
        moved = sum((p, when(s)) not in usual for s, who in schedule.attendance.items() for p in who)
        won = self._minutes(schedule) - self._minutes(self.kept)
        if moved * schedule.facts.lesson > self.moves * won:
            yield self.breach(
                "", say_n("{n} move wins back {won}.", "{n} moves win back {won}.", n=moved, won=in_minutes(won))
            )

    def _kept(self, participants: Iterable[str]) -> dict[str, dict[str, int]]:
        return {
            p: {c: self.kept.minutes(p, c) for c in sorted({s.course for s in self.kept.of(p)})} for p in participants
        }

    def _minutes(self, schedule: Schedule) -> int:
        return sum(s.minutes * len(who) for s, who in schedule.attendance.items())
