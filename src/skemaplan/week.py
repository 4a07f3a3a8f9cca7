"""A dated week's own facts: everything that a plan of that week may depend on, and nothing else.

Two weeks whose `WeekFacts` are equal are the same week to the solver, and are planned once. A week's *standing* facts
leave out what is only there for a while (closures and absences of less than three weeks, locks on a date): they say
what an ordinary week of that time is like.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from .dates import Spans, gaps, minutes_in
from .demand import Demand
from .facts import LANGUAGE_SCHOOL
from .same import Same


@dataclass(frozen=True, slots=True)
class Fixed:
    """Something in a person's day that is not ours to move. `minutes` is what it counts for in her week."""

    start: int
    end: int
    place: str
    title: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's days, Monday to Sunday: when sessions may lie (`free`), and what is fixed (it may lie within)."""

    id: str
    free: tuple[Spans, ...]
    fixed: tuple[tuple[Fixed, ...], ...]


@dataclass(frozen=True, slots=True)
class Study:
    """Homework: how much of it a participant's week should hold (`demands`, by course), and when she could do it.

    `free` is her own time, day by day: other than for sessions, nobody has to teach on the day. `locks` are those on
    homework; their time is no part of what is free for sessions.
    """

    demands: Mapping[str, Demand] = field(default_factory=dict)
    free: tuple[Spans, ...] = ((),) * 7
    locks: tuple[WeekLock, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantWeek(PersonWeek):
    """What a participant's week should hold (`demands`, by course), her caps, and where she is online by herself.

    `away` is what of her time absences take, which is no part of `free` either: others are asked nothing for it.
    `study` is what she does by herself: it takes no part in planning what is taught, and is placed when that is done.
    `own` is how a course is held for her on a day, where a mode of hers or of her team makes that otherwise.
    """

    demands: Mapping[str, Demand]
    reserved: tuple[Spans, ...]
    online: frozenset[tuple[str, int]]
    most_per_day: int | None
    most_days: int | None
    shortest_break: int
    away: tuple[Spans, ...] = ((),) * 7
    study: Study = Study()
    own: Mapping[tuple[str, int], CourseDay] = field(default_factory=dict)

    @property
    def language_days(self) -> frozenset[int]:
        return frozenset(d for d, day in enumerate(self.fixed) if any(f.kind == LANGUAGE_SCHOOL for f in day))

    @property
    def committed(self) -> int:
        """Minutes that her commitments count for in this week."""
        return sum(f.minutes for day in self.fixed for f in day)


@dataclass(frozen=True, slots=True)
class TeacherWeek(PersonWeek):
    """`teaches`: by course, the least and the most minutes of teaching this week (None: no limit)."""

    teaches: Mapping[str, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class CourseDay:
    """How a course is held on one day: where (ONLINE is a place of its own), how long, with how many."""

    place: str
    shortest: int
    longest: int
    smallest: int
    largest: int | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class CourseWeek:
    id: str
    kind: str
    days: tuple[CourseDay, ...]
    most_taught: int | None
    different_days: bool


@dataclass(frozen=True, slots=True)
class RoomWeek:
    id: str
    place: str
    seats: int
    free: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class WeekLock:
    participant: str
    course: str
    day: int
    start: int
    teacher: str
    room: str
    end: int | None = None


@dataclass(frozen=True)
class WeekFacts:
    """What the plan of one week may depend on; equal facts are one week to the solver. Ids are in sorted order."""

    lesson: int
    target: int
    tolerance: int
    longest_break_inside: int
    periods: tuple[Spans, ...]
    step: int | None
    participants: Mapping[str, ParticipantWeek]
    teachers: Mapping[str, TeacherWeek]
    courses: Mapping[str, CourseWeek]
    rooms: Mapping[str, RoomWeek]
    places: Mapping[str, tuple[Spans, ...]]
    travel: Mapping[tuple[str, str], int]
    pairs: tuple[tuple[str, str, str, bool], ...] = ()
    locks: tuple[WeekLock, ...] = ()
    prices: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def own_ways(self) -> Mapping[tuple[str, int], tuple[CourseDay, ...]]:
        """By course and day, in which ways it is held for some of its participants only."""
        found: dict[tuple[str, int], list[CourseDay]] = {}
        for p in self.participants.values():
            for key, how in p.own.items():
                ways = found.setdefault(key, [])
                if key[0] in p.demands and how not in ways:
                    ways.append(how)
        return {key: tuple(ways) for key, ways in found.items()}

    def ways_of(self, course: str) -> tuple[CourseDay, ...]:
        """All ways in which a course is held on any day, for all of its participants or for some."""
        own = (ways for (about, _), ways in self.own_ways.items() if about == course)
        return (*self.courses[course].days, *chain.from_iterable(own))

    def with_ways(self, change: Callable[[CourseDay], CourseDay]) -> WeekFacts:
        """The same week with this change of every way in which a course is held, for all or for some."""
        people = {
            p.id: replace(p, own={key: change(how) for key, how in p.own.items()}) for p in self.participants.values()
        }
        courses = {c.id: replace(c, days=tuple(map(change, c.days))) for c in self.courses.values()}
        return replace(self, participants=people, courses=courses)

    def how(self, participant: str, course: str, day: int) -> CourseDay:
        """How a course is held on a day for a participant."""
        p = self.participants.get(participant)
        own = p.own.get((course, day)) if p is not None and p.own else None
        return own or self.courses[course].days[day]

    @cached_property
    def breaks(self) -> tuple[Spans, ...]:
        """The bell table's own breaks, day by day: time between two sessions that nobody calls waiting."""
        return tuple(gaps(day) for day in self.periods)

    def way(self, a: str, b: str) -> int:
        """Minutes from one place to another; 0 within a place or where nothing is known of either."""
        return 0 if a == b else self.travel.get((a, b), 0)

    def waiting(self, day: int, start: int, end: int, way: int = 0) -> int:
        """Minutes of waiting between two things: neither travel (`way`) nor the bell table's own breaks."""
        return max(0, end - start - way - minutes_in(self.breaks[day], start, end))

    def person(self, who: str) -> PersonWeek:
        return self.participants.get(who) or self.teachers[who]

    @cached_property
    def print(self) -> str:
        """A short hash of the facts: equal for equal facts, on every machine."""
        return hashlib.sha256(_said(self).encode()).hexdigest()[:16]


def print_of(facts: WeekFacts) -> str:
    """A short hash of a week's facts, worked out once for each."""
    return facts.print


def _said(value: object) -> str:
    """A value as text in which nothing depends on the order of a set or of rows."""
    if isinstance(value, int | str):  # most are, and what follows is slower to ask
        return repr(value)
    if isinstance(value, tuple):
        return "(" + ",".join(map(_said, value)) + ")"
    if isinstance(value, PersonWeek | CourseWeek | RoomWeek):
        return _said_of_one(Same(value))
    if is_dataclass(value):
        return _said_in_order(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_said(k)}:{_said(v)}" for k, v in value.items())) + "}"
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(map(_said, value))) + "}"
    return repr(value)


def _said_in_order(value: Any) -> str:
    return "(" + ",".join(_said(getattr(value, f.name)) for f in fields(value)) + ")"


@lru_cache(maxsize=50_000)
def _said_of_one(known: Same[PersonWeek | CourseWeek | RoomWeek]) -> str:
    """Somebody's facts are one object in all weeks that are alike to her: it is said once. So with courses, rooms."""
    return _said_in_order(known.value)
