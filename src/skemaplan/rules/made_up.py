"""Rule of what is made up: lessons lost in earlier weeks come on top of a week that stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, Must, WeekRule

Amounts = Mapping[tuple[str, str], int]  # minutes, by participant and course


@dataclass(frozen=True)
class MadeUp(WeekRule):
    """Everyone keeps her week, and on top of it gets no more than she is owed and her week still takes.

    `kept`: the week as it is without. `owed`: what earlier weeks lost. A week takes lessons up to the target and its
    tolerance; no session gets more people than its room has seats. Nothing is added on `closed` days (0 is Monday).
    """

    kept: Schedule
    owed: Amounts
    closed: frozenset[int] = frozenset()

    name = "made_up"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        if who not in facts.participants or who in self.kept.attendance.get(session, ()):
            return False
        return session.day in self.closed or self.owed.get((who, session.course), 0) < session.minutes

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants:
            for s in self.kept.of(p):
                yield Must(p, model.add(model.attends(p, s) == 1))
            for course in sorted({s.course for s in model.sessions_of(p)}):
                most = self.kept.minutes(p, course) + self.owed.get((p, course), 0)
                yield Must(p, model.add(model.minutes(p, course) <= most))
            yield Must(p, model.add(model.minutes(p) <= self.kept.minutes(p) + room_left(self.kept, p)))
        for s in self.kept.sessions:
            if s in model.sessions and s in self.kept.rooms:
                yield Must(s.place, model.add(model.group(s) <= self._seats(s)))

    def _seats(self, s: Session) -> int:
        """How many may come to a kept session: its room has seats for, or, if that is too few, as many as now."""
        return max(self.kept.facts.rooms[self.kept.rooms[s]].seats, len(self.kept.attendance[s]))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            mine, before = set(schedule.of(p)), set(self.kept.of(p))
            if before - mine:
                yield self.breach(p, say("{who} loses a lesson of her week to what is made up.", who=p))
            more = mine - before
            if any(s.day in self.closed for s in more):
                yield self.breach(p, say("{who} gets a lesson on a day that is settled.", who=p))
            for course in sorted({s.course for s in more}):
                if sum(s.minutes for s in more if s.course == course) > self.owed.get((p, course), 0):
                    yield self.breach(p, say("{who} makes up more {course} than was lost.", who=p, course=course))
            if sum(s.minutes for s in more) > room_left(self.kept, p):
                yield self.breach(p, say("{who} makes up more than her week takes.", who=p))
        for s, room in self.kept.rooms.items():
            more_come = len(schedule.attendance.get(s, ())) > len(self.kept.attendance[s])
            if more_come and len(schedule.attendance[s]) > self.kept.facts.rooms[room].seats:
                yield self.breach(
                    s.place, say("More come to {course} than {room} has seats.", course=s.course, room=room)
                )


def room_left(kept: Schedule, p: str) -> int:
    """How many minutes a participant's week still takes, up to the target and its tolerance."""
    facts = kept.facts
    return max(0, facts.target + facts.tolerance - facts.participants[p].committed - kept.minutes(p))
