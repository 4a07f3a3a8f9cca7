"""Which room each session has, once it is known who sits in it: the usual room first, then the smallest that fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .dates import covers
from .schedule import Schedule, Session
from .week import RoomWeek

MOST_TRIES = 100_000  # per place and day; past them the sessions count as stuck, and the proof says "but for rooms"


def seat(schedule: Schedule, usual: Mapping[Session, str] | None = None) -> tuple[Schedule, tuple[Session, ...]]:
    """The schedule with rooms, and the sessions of the days that found no way to have one each (none: all is well).

    `usual` says which room a session had in the base week; a course keeps to one room where it can.
    """
    rooms: dict[Session, str] = {}
    stuck: list[Session] = []
    for place, day in sorted({(s.place, s.day) for s in schedule.sessions}):
        there = [r for r in schedule.facts.rooms.values() if r.place == place]
        here = [s for s in schedule.sessions if (s.place, s.day) == (place, day)]
        found = _Seating(schedule, there, {**(usual or {})}, rooms).of(here) if there else {}
        if found is None:
            stuck += here
        else:
            rooms |= found
    return replace(schedule, rooms=rooms), tuple(stuck)


class _Seating:
    """Depth first over the sessions of one place and day, in order of their start."""

    def __init__(
        self, schedule: Schedule, rooms: list[RoomWeek], usual: Mapping[Session, str], given: Mapping[Session, str]
    ) -> None:
        self.schedule, self.rooms, self.usual, self.given = schedule, rooms, usual, given
        self.locked = {(x.course, x.day, x.start): x.room for x in schedule.facts.locks if x.room}
        self.tries = 0

    def of(self, sessions: list[Session]) -> dict[Session, str] | None:
        return self._place(sessions, {})

    def _place(self, left: list[Session], seated: dict[Session, str]) -> dict[Session, str] | None:
        if not left:
            return seated
        first, *rest = left
        for room in self._fitting(first):
            self.tries += 1
            if self.tries > MOST_TRIES:
                return None
            if any(r == room and s.end > first.start for s, r in seated.items()):
                continue
            found = self._place(rest, {**seated, first: room})
            if found is not None:
                return found
        return None

    def _fitting(self, s: Session) -> list[str]:
        size = len(self.schedule.attendance[s])
        fit = [r for r in self.rooms if r.seats >= size and covers(r.free[s.day], s.start, s.end)]
        locked = self.locked.get((s.course, s.day, s.start))
        fit = [r for r in fit if locked in (None, r.id)]
        course = [room for other, room in self.given.items() if other.course == s.course]
        wish = self.usual.get(s)
        return [r.id for r in sorted(fit, key=lambda r: (r.id != wish, -course.count(r.id), r.seats, r.id))]
