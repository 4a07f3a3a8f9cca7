"""The locks of a week: those on a date in it, and the weekly ones that it has room for."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from ..dates import Week, covers
from ..facts import STUDY, Lock
from ..week import WeekLock
from .calendar import Calendar, teaching_weeks
from .fixed import fixed
from .modes import course_day
from .people import own_time


def locks_on(cal: Calendar, courses: Collection[str]) -> tuple[WeekLock, ...]:
    """The locks of this week on these courses, in order.

    A weekly one is let go where a closed day or an absence takes its time: what it locked is lost there, as any session
    is. One that no week at all could keep stays, and is named.
    """
    rows = []
    for x in (x for x in cal.problem.locks if x.course in courses and not x.makes_up):
        if x.day is not None and not x.holds(cal.days[x.day]):
            continue
        if x.day is not None and not has_room(cal, x, x.day) and ever_has_room(cal, x):
            continue
        dated = x.date is not None and Week.of(x.date) == cal.week
        if x.day is not None or (dated and not cal.standing):
            day = x.day if x.day is not None else x.date.weekday() if x.date else 0
            rows.append(WeekLock(x.participant, x.course, day, x.start, x.teacher, x.room, x.end))
    return tuple(sorted(rows, key=lambda x: (x.participant, x.course, x.day, x.start, x.teacher, x.room, x.end or 0)))


def study_locks(cal: Calendar) -> dict[str, tuple[WeekLock, ...]]:
    """The locks of this week on homework, by participant."""
    found: dict[str, tuple[WeekLock, ...]] = {}
    for x in locks_on(cal, {c.id for c in cal.problem.courses if c.kind == STUDY}):
        found[x.participant] = (*found.get(x.participant, ()), x)
    return found


def has_room(cal: Calendar, lock: Lock, d: int) -> bool:
    """Whether she and a teacher can be where the course is, for as long as its shortest session."""
    course = cal.problem.course[lock.course]
    how = course_day(cal, course, d, lock.participant)
    span = (lock.start, lock.start + how.shortest)
    if course.kind == STUDY:
        who = cal.problem.participant[lock.participant]
        return covers(own_time(cal, who, d), *span) and can_be(cal, who.id, d, how.place, span)
    teachers = [lock.teacher] if lock.teacher else [t.teacher for t in cal.problem.teaches if t.course == lock.course]
    is_open = cal.taught[d] and covers(cal.open_on(d, how.place), *span)
    is_here = cal.problem.participant[lock.participant].is_here(cal.days[d])
    return (
        is_open
        and is_here
        and can_be(cal, lock.participant, d, how.place, span)
        and any(can_be(cal, t, d, how.place, span) for t in teachers)
    )


def can_be(cal: Calendar, who: str, d: int, place: str, span: tuple[int, int]) -> bool:
    """Whether somebody has time to be in a place, and for the way there and on."""
    start, end = span
    ways = ((f, cal.way(place, f.place)) for f in fixed(cal, who, d))
    return covers(cal.free(who, d), start, end) and not any(
        start < f.end + way and f.start < end + way for f, way in ways
    )


def ever_has_room(cal: Calendar, lock: Lock) -> bool:
    """Whether any week of the term has room for a weekly lock."""
    known: dict[Hashable, bool] = cal.problem.read_before
    key = ("room", lock)
    if key not in known:
        weeks = [w for w in teaching_weeks(cal.problem) if lock.day is not None and lock.holds(w.day(lock.day))]
        dated = (Calendar(cal.problem, week, standing=False) for week in weeks)
        known[key] = any(has_room(week, lock, lock.day or 0) for week in dated)
    return known[key]
