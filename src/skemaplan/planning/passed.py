"""What has passed: it was as it was published, whatever the tables say of it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ..dates import Spans, Week, merge
from ..schedule import Schedule, Session
from ..week import Fixed, PersonWeek, WeekFacts

Person = TypeVar("Person", bound=PersonWeek)
HasBegun = Callable[[Session], bool]


def begun_by(week: Week, today: date, minute: int) -> HasBegun:
    """Which sessions of a week have begun by a minute of a day."""
    return lambda s: (week.day(s.day), s.start) < (today, minute)


def as_it_was(facts: WeekFacts, published: Schedule, begun: HasBegun) -> WeekFacts:
    """The facts of a week in which everybody had time for what has begun; these very facts if so."""
    participants, teachers, places = dict(facts.participants), dict(facts.teachers), dict(facts.places)
    for s in published.sessions:
        if not begun(s):
            continue
        if s.teacher in teachers:
            teachers[s.teacher] = _had_time(facts, teachers[s.teacher], s)
        for p in published.attendance[s] & participants.keys():
            participants[p] = _had_time(facts, participants[p], s)
        if s.place in places:
            places[s.place] = _opened(places[s.place], s)
    changed = (participants, teachers, places) != (facts.participants, facts.teachers, facts.places)
    return replace(facts, participants=participants, teachers=teachers, places=places) if changed else facts


def _had_time(facts: WeekFacts, who: Person, s: Session) -> Person:
    def is_in_the_way(f: Fixed) -> bool:
        way = facts.way(s.place, f.place)
        return s.start < f.end + way and f.start < s.end + way

    fixed = tuple(f for f in who.fixed[s.day] if not is_in_the_way(f))
    return replace(who, free=_opened(who.free, s), fixed=(*who.fixed[: s.day], fixed, *who.fixed[s.day + 1 :]))


def _opened(free: tuple[Spans, ...], s: Session) -> tuple[Spans, ...]:
    return (*free[: s.day], merge((*free[s.day], (s.start, s.end))), *free[s.day + 1 :])


def with_passed(planned: Schedule, published: Schedule, begun: HasBegun) -> Schedule:
    """What is planned, but what has begun as it was published."""
    attendance = {s: who for s, who in planned.attendance.items() if not begun(s)}
    attendance |= {s: who for s, who in published.attendance.items() if begun(s)}
    rooms = {s: room for s, room in planned.rooms.items() if not begun(s)}
    rooms |= {s: room for s, room in published.rooms.items() if begun(s)}
    return Schedule(planned.facts, attendance, rooms)
