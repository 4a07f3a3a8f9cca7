"""Who could come to what, each session looked at alone: what the counting arguments count.

Everything here is generous: a session that no plan could hold may be among those given, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from .candidates import study_times, suits, ways
from .dates import covers
from .demand import Demand
from .facts import ONLINE
from .schedule import Session
from .week import CourseWeek, ParticipantWeek, PersonWeek, TeacherWeek, WeekFacts


@dataclass(frozen=True, slots=True)
class Kind:
    """Participants who could come to the same sessions of a course and want the same of it."""

    demand: Demand
    sessions: tuple[Session, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Possible:
    """A course in one week: the sessions that may be held, and who of those who take it could come to each.

    `seats` is the most that can sit in a session, as far as that is limited.
    """

    course: CourseWeek
    takers: tuple[ParticipantWeek, ...]
    teachers: tuple[TeacherWeek, ...]
    sessions: tuple[tuple[Session, frozenset[str]], ...]
    seats: int | None

    @cached_property
    def by_teacher(self) -> dict[str, tuple[Session, ...]]:
        found: dict[str, list[Session]] = {t.id: [] for t in self.teachers}
        for s, _ in self.sessions:
            found[s.teacher].append(s)
        return {t: tuple(theirs) for t, theirs in found.items()}

    @cached_property
    def by_taker(self) -> dict[str, tuple[Session, ...]]:
        found: dict[str, list[Session]] = {p.id: [] for p in self.takers}
        for s, who in self.sessions:
            for p in who:
                found[p].append(s)
        return {p: tuple(mine) for p, mine in found.items()}

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Those who want something of the course (what is only a wish may be left out of a week)."""
        alike: dict[tuple[Demand, tuple[Session, ...]], list[str]] = {}
        for p in self.takers:
            if p.demands[self.course.id].wanted > 0:
                alike.setdefault((p.demands[self.course.id], self.by_taker[p.id]), []).append(p.id)
        return tuple(Kind(demand, sessions, tuple(who)) for (demand, sessions), who in alike.items())


def possible(
    facts: WeekFacts,
    shortest: int,
    course: CourseWeek,
    teachers: tuple[TeacherWeek, ...],
    takers: tuple[ParticipantWeek, ...],
) -> Possible:
    """The sessions of a course that its place, a room, a teacher and at least one participant could all have."""
    found = []
    for day in range(7):
        spans = [t for t in ways(facts, course, day) if _may_be(facts, day, *t[:3])]
        for teacher, (start, end, place, minutes) in product(teachers, spans):
            if could_come(facts, teacher, day, start, end, place, shortest):
                session = Session(day, start, end, course.id, teacher.id, place, minutes)
                who = frozenset(
                    p.id
                    for p in takers
                    if could_come(facts, p, day, start, end, _place(p, session), shortest)
                    and suits(facts, session, p.id)
                )
                if who:
                    found.append((session, who))
    return Possible(course, takers, teachers, tuple(found), _seats(facts, course, [s for s, _ in found]))


def _place(p: ParticipantWeek, s: Session) -> str:
    return ONLINE if (s.course, s.day) in p.online else s.place


def _may_be(facts: WeekFacts, day: int, start: int, end: int, place: str) -> bool:
    """Whether a place and one of its rooms are open, and no long break lies inside."""
    rooms = [r for r in facts.rooms.values() if r.place == place]
    is_room = not rooms or any(covers(r.free[day], start, end) for r in rooms)
    return is_room and _is_open(facts, day, start, end, place)


def _is_open(facts: WeekFacts, day: int, start: int, end: int, place: str) -> bool:
    """Whether a place is open, and no long break lies inside."""
    longest = max((b - a for a, b in facts.breaks[day] if start <= a and b <= end), default=0)
    is_open = place not in facts.places or covers(facts.places[place][day], start, end)
    return is_open and longest <= facts.longest_break_inside


def _seats(facts: WeekFacts, course: CourseWeek, sessions: Iterable[Session]) -> int | None:
    """The most that fit in any of these sessions: by the course's largest group and the rooms' seats."""
    limits: list[int | None] = []
    for day, place in {(s.day, s.place) for s in sessions}:
        seats = [r.seats for r in facts.rooms.values() if r.place == place]
        groups = [how.largest for how in (course.days[day], *facts.own_ways.get((course.id, day), ()))]
        largest = max((n for n in groups if n is not None), default=None) if None not in groups else None
        known = [n for n in (largest, max(seats, default=None)) if n is not None]
        limits.append(min(known, default=None))
    known = [n for n in limits if n is not None]
    return max(known) if known and len(known) == len(limits) else None


def shortest_session(facts: WeekFacts) -> int:
    """Minutes of the shortest session of any course on any day."""
    return min((how.shortest for c in facts.courses for how in facts.ways_of(c)), default=0)


def could_come(facts: WeekFacts, person: PersonWeek, day: int, start: int, end: int, place: str, shortest: int) -> bool:
    """Whether a person is free, and has time for the way from what is fixed before and to what is fixed after.

    A detour may be shorter than the way itself, but takes at least as long as the thing one does there (`shortest`).
    """
    if not covers(person.free[day], start, end):
        return False
    fixed = person.fixed[day]
    stop = min([shortest, *(f.end - f.start for f in fixed)]) if len(fixed) > 1 else shortest
    return all(
        end + min(stop, facts.way(place, f.place)) <= f.start or f.end + min(stop, facts.way(f.place, place)) <= start
        for f in fixed
    )


def own_times(facts: WeekFacts, p: ParticipantWeek) -> tuple[Session, ...]:
    """When a participant could do her homework, if nothing were taught to her: not while something fixed goes on."""
    found = (s for course in sorted(p.study.demands) for d in range(7) for s in study_times(facts, course, d))
    return tuple(
        s
        for s in found
        if covers(p.study.free[s.day], s.start, s.end)
        and _is_open(facts, s.day, s.start, s.end, s.place)
        and not any(s.start < f.end and f.start < s.end for f in p.fixed[s.day])
    )


def most_minutes(sessions: Iterable[Session]) -> int:
    """The most minutes of teaching in sessions of one day that don't overlap."""
    best: list[tuple[int, int]] = [(0, 0)]  # (from this end on, so many minutes)
    for s in sorted(sessions, key=lambda s: (s.end, s.start)):
        before = next(minutes for end, minutes in reversed(best) if end <= s.start)
        if before + s.minutes > best[-1][1]:
            best.append((s.end, before + s.minutes))
    return best[-1][1]


def minutes_by_day(sessions: Iterable[Session]) -> Iterator[tuple[int, int]]:
    """Each day with sessions, and the most minutes of teaching in those of them that don't overlap."""
    by_day: dict[int, list[Session]] = {}
    for s in sessions:
        by_day.setdefault(s.day, []).append(s)
    return ((day, most_minutes(mine)) for day, mine in sorted(by_day.items()))
