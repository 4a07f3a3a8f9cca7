"""Weeks so small that every schedule of them can be looked at. Written as a coordinator would say them.

Times are text (`"08:30-09:15 09:15-10:00"`); what is not said is harmless: everyone is free all day, nothing is fixed,
twenty lessons are neither too many nor too few, and a day of attendance costs nothing unless `prices` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skemaplan.dates import WHOLE_DAY, Spans
from skemaplan.demand import Demand
from skemaplan.facts import LANGUAGE_SCHOOL, ONLINE
from skemaplan.schedule import Schedule, Session
from skemaplan.week import (
    CourseDay,
    CourseWeek,
    Fixed,
    ParticipantWeek,
    RoomWeek,
    TeacherWeek,
    WeekFacts,
    WeekLock,
)

MON, TUE, WED, THU, FRI = range(5)
P1, P2, P3, P4 = "08:30-09:15", "09:15-10:00", "10:15-11:00", "11:00-11:45"
FREE_DAYS = {("attendance_day", ""): 0}  # so that a schedule can be priced by another rule alone


def minute(text: str) -> int:
    """'08:30' -> 510."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def spans(text: str) -> Spans:
    """'08:30-09:15 10:15-11:00' as minutes."""
    pairs = (span.split("-") for span in text.split())
    return tuple((minute(a), minute(b)) for a, b in pairs)


def by_day(said: Mapping[int, str] | None, otherwise: Spans) -> tuple[Spans, ...]:
    return tuple(spans(said[d]) if said and d in said else otherwise for d in range(7))


def demand(
    wanted: int = 45,
    fewest: int = 0,
    cap: int | None = None,
    sessions: int = 1,
    kind: str = "lesson",
    shortest: int = 45,
) -> Demand:
    cap = wanted if cap is None else cap
    return Demand(wanted, fewest, cap, cap, sessions, 45, kind)


def fixed(time: str, place: str = "", title: str = "praktik", kind: str = "other", minutes: int = 45) -> Fixed:
    ((start, end),) = spans(time)
    return Fixed(start, end, place, title, kind, minutes)


def school(time: str, place: str = "", minutes: int = 45) -> Fixed:
    return fixed(time, place, "sprogskole", LANGUAGE_SCHOOL, minutes)


def days_of(things: Mapping[int, Iterable[Fixed]] | None) -> tuple[tuple[Fixed, ...], ...]:
    return tuple(tuple((things or {}).get(d, ())) for d in range(7))


def participant(
    id: str,
    takes: Mapping[str, Demand],
    *,
    free: Mapping[int, str] | None = None,
    has: Mapping[int, Iterable[Fixed]] | None = None,
    online: Iterable[tuple[str, int]] = (),
    reserved: Mapping[int, str] | None = None,
    most_per_day: int | None = None,
    most_days: int | None = None,
    shortest_break: int = 0,
    away: Mapping[int, str] | None = None,
) -> ParticipantWeek:
    return ParticipantWeek(
        id=id,
        free=by_day(free, WHOLE_DAY),
        fixed=days_of(has),
        demands=takes,
        reserved=by_day(reserved, ()),
        online=frozenset(online),
        most_per_day=most_per_day,
        most_days=most_days,
        shortest_break=shortest_break,
        away=by_day(away, ()),
    )


def teacher(
    id: str,
    *courses: str,
    least: int = 0,
    most: int | None = None,
    free: Mapping[int, str] | None = None,
    busy: Mapping[int, str] | None = None,
) -> TeacherWeek:
    """`busy`: when she has other things to do, which she does in no place of ours."""
    has = {d: [fixed(time) for time in times.split()] for d, times in (busy or {}).items()}
    return TeacherWeek(id, by_day(free, WHOLE_DAY), days_of(has), dict.fromkeys(courses, (least, most)))


def course(
    id: str,
    kind: str = "lesson",
    *,
    place: str = "",
    shortest: int = 45,
    longest: int = 45,
    smallest: int = 1,
    largest: int | None = None,
    most_taught: int | None = None,
    different_days: bool = True,
    online: Iterable[int] = (),
) -> CourseWeek:
    """`online`: the days on which it is held online, one to one."""
    largest = 1 if kind == "talk" else largest
    there = CourseDay(place, shortest, longest, smallest, largest)
    away = CourseDay(ONLINE, shortest, longest, 1, 1)
    return CourseWeek(id, kind, tuple(away if d in online else there for d in range(7)), most_taught, different_days)


def room(id: str, place: str, seats: int, free: Mapping[int, str] | None = None) -> RoomWeek:
    return RoomWeek(id, place, seats, by_day(free, WHOLE_DAY))


def tiny(
    bells: Mapping[int, str],
    people: Iterable[ParticipantWeek],
    teachers: Iterable[TeacherWeek],
    courses: Iterable[CourseWeek],
    *,
    rooms: Iterable[RoomWeek] = (),
    places: Mapping[str, Mapping[int, str]] | None = None,
    travel: Mapping[tuple[str, str], int] | None = None,
    pairs: tuple[tuple[str, str, str, bool], ...] = (),
    locks: tuple[WeekLock, ...] = (),
    prices: Mapping[tuple[str, str], int] = FREE_DAYS,
    target: int = 20,
    tolerance: int = 20,
    longest_break_inside: int = 20,
    step: int | None = None,
) -> WeekFacts:
    """A week. `places` says when a place is open on a day; `target` and `tolerance` are lessons."""
    return WeekFacts(
        lesson=45,
        target=45 * target,
        tolerance=45 * tolerance,
        longest_break_inside=longest_break_inside,
        periods=by_day(bells, ()),
        step=step,
        participants={p.id: p for p in sorted(people, key=lambda p: p.id)},
        teachers={t.id: t for t in sorted(teachers, key=lambda t: t.id)},
        courses={c.id: c for c in sorted(courses, key=lambda c: c.id)},
        rooms={r.id: r for r in sorted(rooms, key=lambda r: r.id)},
        places={place: by_day(open_times, WHOLE_DAY) for place, open_times in (places or {}).items()},
        travel=both_ways(travel or {}),
        pairs=pairs,
        locks=locks,
        prices=prices,
    )


def both_ways(travel: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    return {**{(b, a): n for (a, b), n in travel.items()}, **travel}


def sitting(facts: WeekFacts, *rows: tuple[str, int, str, str]) -> Schedule:
    """A schedule from rows such as ("mat", MON, "08:30-09:15", "A B"), with the first teacher of the course."""
    attendance = {}
    for name, day, time, who in rows:
        ((start, end),) = spans(time)
        giver = next(t.id for t in facts.teachers.values() if name in t.teaches)
        minutes = sum(e - s for s, e in facts.periods[day] if start <= s and e <= end) or end - start
        place = facts.courses[name].days[day].place
        attendance[Session(day, start, end, name, giver, place, minutes)] = frozenset(who.split())
    return Schedule(facts, attendance)
