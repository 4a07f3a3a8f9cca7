"""Locks that no plan can keep, found before planning: each looked at alone, then two by two.

What is said to be impossible is so whatever is planned; a lock of which nothing is said may still not fit with all the
rest. A lock that can't be kept stops a plan, so it is an error; one that holds at no time changes nothing, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .attending import could_come, possible, shortest_session
from .candidates import times
from .dates import Week, clock
from .errors import Trouble
from .facts import ONLINE, Lock
from .problem import Problem
from .shortage import WEEKDAYS
from .unroll import teaching_weeks, week_facts
from .week import ParticipantWeek, TeacherWeek, WeekFacts, WeekLock
from .words import Names, Text, say, say_n

MOST_TIMES = 4  # of those that would do, in one sentence
Row = tuple[Lock, WeekLock]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a lock can't be kept: the column that is wrong, what is wrong, and what would be right."""

    column: str
    what: Text
    right: Text


def impossible_locks(problem: Problem, since: date | None = None) -> Iterator[Trouble]:
    """The rows of `locks` that can't be kept, each told once. Weeks that end before `since` are as they were."""
    told: list[Lock] = []
    ever: list[Lock] = []
    for week in teaching_weeks(problem) if problem.locks else ():
        facts = week_facts(problem, week)
        rows = rows_of(problem, week, facts)
        ever += [lock for lock, _ in rows]
        if since and week < Week.of(since):
            continue
        for lock, why in at_odds(facts, [(lock, x) for lock, x in rows if not any(lock is other for other in told)]):
            told.append(lock)
            yield Trouble(lock.origin.cell(why.column), why.what, why.right)
    for lock in problem.locks:
        inside = lock.date is None or problem.settings.start <= lock.date <= problem.settings.end
        if inside and not lock.makes_up and not any(lock is other for other in ever):
            what = say("nothing is taught to {who} then, so the lock changes nothing.", who=lock.participant)
            yield Trouble(lock.origin.cell("date"), what, say("Delete the row, or look at its dates."), "warning")
    if passed := [lock for lock in problem.locks if since and lock.date and lock.date < since]:
        what = say_n(
            "the lock is on a day that has passed; it changes nothing any more.",
            "{n} locks are on days that have passed; they change nothing any more.",
            n=len(passed),
        )
        yield Trouble(passed[0].origin.cell("date"), what, say("You may delete them."), "warning")


def shown(problem: Problem, x: WeekLock) -> Text:
    """A lock of a week with the row that it comes from."""
    rows = (
        lock
        for lock in problem.locks
        if (lock.participant, lock.course, lock.start) == (x.participant, x.course, x.start)
    )
    row = next(lock for lock in rows if x.day == (lock.date.weekday() if lock.date else lock.day))
    return say(
        "{who}: {course} {day} {time} ({where})",
        who=problem.participant[x.participant].label,
        course=x.course,
        day=WEEKDAYS[x.day],
        time=clock(x.start),
        where=row.origin.cell(""),
    )


def rows_of(problem: Problem, week: Week, facts: WeekFacts) -> list[Row]:
    """The rows that hold in a week, for those who are here then, as the week knows them."""
    found = []
    for lock in problem.locks:
        day = lock.day if lock.date is None else lock.date.weekday() if Week.of(lock.date) == week else None
        if day is not None and lock.participant in facts.participants:
            x = WeekLock(lock.participant, lock.course, day, lock.start, lock.teacher, lock.room, lock.end)
            if x in facts.locks or x in facts.participants[lock.participant].study.locks:
                found.append((lock, x))
    return found


def at_odds(facts: WeekFacts, rows: Sequence[Row]) -> Iterator[tuple[Lock, Why]]:
    """Locks that can't be kept in a week: such as could not be kept alone, and one of two that exclude each other."""
    kept: dict[int, list[Row]] = {}  # by day
    there = set(facts.locks)
    for lock, x in rows:
        if x not in there:
            continue  # homework, which she does by herself
        same_day = kept.setdefault(x.day, [])
        why = alone(facts, x) or next((w for other, y in same_day if (w := beside(facts, x, y, other))), None)
        if why:
            yield lock, why
        else:
            same_day.append((lock, x))


def alone(facts: WeekFacts, lock: WeekLock) -> Why | None:
    """Why a lock can't be kept though nothing else were planned."""
    p, course = facts.participants[lock.participant], facts.courses[lock.course]
    who, name = {"who": p.id, "course": course.id}, {"course": course.id}
    if course.id not in p.demands:
        return Why("course", say("{who} does not take {course} then.", **who), say("Look at takes."))
    how = facts.how(p.id, course.id, lock.day)
    starts = sorted({start for start, _, _ in times(facts, lock.day, how)})
    if lock.start not in starts:
        near = sorted(sorted(starts, key=lambda start: abs(start - lock.start))[:MOST_TIMES])
        what = say("no session of {course} begins at {time} that day.", **name, time=clock(lock.start))
        right = (
            say("Near it are {times}.", times=Names(tuple(map(clock, near))))
            if near
            else say("Look at the bell times.")
        )
        return Why("start", what, right)
    teachers = teachers_of(facts, lock)
    if not teachers and lock.teacher:
        what = say("{teacher} does not teach {course} then.", **name, teacher=lock.teacher)
        return Why("teacher", what, say("Name another teacher, or none."))
    sessions = possible(facts, shortest_session(facts), course, tuple(teachers), (p,)).sessions
    if any(s.day == lock.day and s.start == lock.start for s, _ in sessions):
        return None
    if not any(can_come(facts, t, lock, how.place) for t in teachers):
        what = say("nobody who teaches {course} is free then.", **name)
        return Why("start", what, say("Look at the teacher's windows and absences."))
    own = ONLINE if (course.id, lock.day) in p.online else how.place
    if not can_come(facts, p, lock, own):
        what = say("{who} is not free for {course} then.", **who)
        return Why("start", what, say("Look at her windows, commitments and absences, and at the ways."))
    what = say("there is no open room for {course} then.", **name)
    return Why("start", what, say("Look at the rooms' and places' windows and at closures."))


def teachers_of(facts: WeekFacts, lock: WeekLock) -> list[TeacherWeek]:
    return [t for t in facts.teachers.values() if lock.course in t.teaches and lock.teacher in ("", t.id)]


def spans(facts: WeekFacts, lock: WeekLock) -> list[tuple[int, int]]:
    how = facts.how(lock.participant, lock.course, lock.day)
    return [(start, end) for start, end, _ in times(facts, lock.day, how) if start == lock.start]


def can_come(facts: WeekFacts, person: ParticipantWeek | TeacherWeek, lock: WeekLock, place: str) -> bool:
    shortest = shortest_session(facts)
    return any(could_come(facts, person, lock.day, start, end, place, shortest) for start, end in spans(facts, lock))


def beside(facts: WeekFacts, a: WeekLock, b: WeekLock, row: Lock) -> Why | None:
    """Why a lock can't be kept beside another one, which stands in `row`."""
    same = (a.course, a.start, a.participant) == (b.course, b.start, b.participant)
    if a.day != b.day or (same and (not a.teacher or not b.teacher or a.teacher == b.teacher)):
        return None
    other = {"other": row.origin.cell("")}
    right = say("Take one of them back.")
    together = any(x < v and u < y for x, y in spans(facts, a)[:1] for u, v in spans(facts, b)[:1])
    if a.participant == b.participant and together:
        return Why("start", say("{who} would be in two sessions at once ({other}).", who=a.participant, **other), right)
    if (a.participant, a.course) == (b.participant, b.course) and facts.courses[a.course].different_days:
        what = say("{who} would have {course} twice on one day ({other}).", who=a.participant, course=a.course, **other)
        return Why("start", what, right)
    teachers = teachers_of(facts, a), teachers_of(facts, b)
    ways = [facts.how(x.participant, x.course, x.day) for x in (a, b)]
    together_there = ways[0].place == ways[1].place and 1 not in (how.largest for how in ways)
    apart = (a.course, a.start) != (b.course, b.start) or not together_there
    if together and apart and len(teachers[0]) == 1 and teachers[0] == teachers[1]:
        what = say("{teacher} would be in two sessions at once ({other}).", teacher=teachers[0][0].id, **other)
        return Why("start", what, right)
    return None
