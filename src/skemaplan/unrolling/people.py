"""The week of one participant, and of one teacher: their time, what is fixed in it, and what is asked of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ..dates import WHOLE_DAY, Spans, cut, merge, overlap
from ..facts import ONLINE, STUDY, Dated, Participant, Teaches
from ..week import ParticipantWeek, Study, TeacherWeek, WeekLock
from .calendar import Calendar
from .demands import demands
from .fixed import fixed
from .modes import own_ways, switches
from .validity import Row, newest, usual


def participant_week(cal: Calendar, p: str, locks: tuple[WeekLock, ...] = ()) -> ParticipantWeek:
    """A participant's week; `locks` are those on her homework."""
    here = cal.part(cal.problem.participant[p])
    own = p, here, locks, holding(cal, p, cal.problem.takes_of[p])
    return cal.once(own, lambda: read_participant(cal, p, locks))


def read_participant(cal: Calendar, p: str, locks: tuple[WeekLock, ...]) -> ParticipantWeek:
    who = cal.problem.participant[p]
    hours = ((who.earliest or 0, who.latest or 24 * 60),)
    there = [cal.taught[d] and who.is_here(cal.days[d]) for d in range(7)]
    locked = [(x.day, x.start, x.end or x.start + cal.problem.course[x.course].shortest) for x in locks]
    taken = [[(start, end) for day, start, end in locked if day == d] for d in range(7)]
    free = [cut(overlap(cal.free(p, d), hours), taken[d]) if there[d] else () for d in range(7)]
    courses = [c.id for c in cal.problem.courses if c.kind != STUDY] if cal.problem.modes_of[p] else []
    online = {(c, d) for c in courses for d in range(7) if [m.mode for m in switches(cal, c, d, p)][-1:] == [ONLINE]}
    taught, study = demands(cal, p)
    return ParticipantWeek(
        id=p,
        free=tuple(free),
        fixed=tuple(fixed(cal, p, d) if who.is_here(cal.days[d]) else () for d in range(7)),
        demands=taught,
        reserved=tuple(reserved(cal, p, d) for d in range(7)),
        online=frozenset(online),
        most_per_day=who.most_per_day,
        most_days=who.most_days,
        shortest_break=who.shortest_break,
        away=tuple(gone(cal, who, d) for d in range(7)),
        study=Study(study, tuple(own_time(cal, who, d) for d in range(7)), locks) if study else Study(),
        own=dict(own_ways(cal, p, courses)),
    )


def own_time(cal: Calendar, who: Participant, d: int) -> Spans:
    """When she could do homework: her windows on a day that is open, whether anybody teaches on it or not."""
    hours = ((who.earliest or 0, who.latest or 24 * 60),)
    return overlap(cal.free(who.id, d), hours) if who.is_here(cal.days[d]) else ()


def gone(cal: Calendar, who: Participant, d: int) -> Spans:
    """When absences take her, or she is not here yet or no longer."""
    day = cal.days[d]
    absent = merge((a.start, a.end) for a in cal.away(who.id, day))
    return absent if who.is_here(day) else WHOLE_DAY


def reserved(cal: Calendar, who: str, d: int) -> Spans:
    """What she would rather keep free."""
    day = cal.days[d]
    mine = cal.problem.absences_of[who]
    return merge((a.start, a.end) for a in mine if a.kind == "reserved" and a.covers(day) and cal.counts(a))


def teacher_week(cal: Calendar, t: str) -> TeacherWeek:
    """A teacher's week."""
    rows = cal.problem.teaches_by.get(t, ())
    return cal.once((t, holding(cal, t, rows)), lambda: read_teacher(cal, t, rows))


def read_teacher(cal: Calendar, t: str, rows: Iterable[Teaches]) -> TeacherWeek:
    bands: dict[str, tuple[int, int | None]] = {}
    for course in sorted({x.course for x in rows}):
        valid = [n[-1] for n in newest_by_day(cal, [x for x in rows if x.course == course])]
        if valid:
            row = usual(valid)
            bands[course] = (row.least, row.most)
    days = range(7)
    free = tuple(cal.free(t, d) if cal.periods[d] else () for d in days)  # else a Saturday would tell like weeks apart
    return TeacherWeek(t, free, tuple(fixed(cal, t, d) for d in days), bands)


def newest_by_day(cal: Calendar, rows: list[Row]) -> list[list[Row]]:
    by_day = (newest([x for x in rows if x.holds(day)]) for day in cal.days[:5])
    return [rows for rows in by_day if rows]


def holding(cal: Calendar, who: str, others: Iterable[Dated]) -> Hashable:
    """Which of a person's own rows, and of `others`, hold in this week, and on which days of it."""
    p = cal.problem
    commitments = [
        (
            id(c),
            *cal.part(c),
            c.every_weeks == 1 or cal.in_cycle(c),
            *(d for d in range(7) if cal.days[d] in c.skips),
        )
        for c in p.commitments_of[who]
    ]
    absences = [(id(a), *cal.part(a)) for a in p.absences_of[who] if cal.counts(a)]
    windows = [(id(a), *cal.part(a)) for a in p.windows_of[who]]
    modes = [(id(m), *cal.part(m)) for m in p.modes_of[who]]
    more = [(id(x), *cal.part(x)) for x in others]
    return tuple(x for x in (*commitments, *absences, *windows, *modes, *more) if x[1] < 7)
