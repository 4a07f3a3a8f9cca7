"""Which modes hold for a course, a person and a day, and how the course is held then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..facts import ALL, LANGUAGE_SCHOOL, ONLINE, STUDY, Course, Mode, Takes
from ..week import CourseDay
from .calendar import Calendar
from .switching import held, together


def course_day(cal: Calendar, c: Course, d: int, who: str = "") -> CourseDay:
    """The course as it is held on a day (for one person), modes and all.

    On a day when nobody teaches, modes make no difference.
    """
    link = cal.problem.place[c.place].link if c.place else ""
    return held(c, mode(cal, c.id, d, who) if cal.taught[d] else None, link)


def mode(cal: Calendar, course: str, d: int, who: str = "") -> Mode | None:
    """What all modes of a course come to on a day (for one person)."""
    return together([*switches(cal, course, d), *(switches(cal, course, d, who) if who else ())])


def usual_mode(cal: Calendar, course: str, p: str) -> Mode | None:
    """What holds on more than half of a week's days, if one thing does."""
    if not cal.problem.modes:
        return None
    by_day = [mode(cal, course, d, p) for d in range(5) if cal.in_term[d]]
    most = max(reversed(by_day), key=by_day.count, default=None)
    return most if by_day.count(most) * 2 > len(by_day) else None


def own_ways(cal: Calendar, p: str, courses: Iterable[str]) -> Iterator[tuple[tuple[str, int], CourseDay]]:
    """How courses are held for her, where her own modes or her team's make that otherwise than for all.

    Who alone is online while the others are not is in the same session, and so at the place where they are.
    """
    for c in (cal.problem.course[x] for x in courses):
        for d in range(7):
            for_all, for_her = course_day(cal, c, d), course_day(cal, c, d, p)
            if for_her.place == ONLINE:
                for_her = replace(for_her, place=for_all.place, link=for_all.link)
            if for_her != for_all:
                yield (c.id, d), for_her


def language_school_is_online(cal: Calendar, who: str, d: int) -> bool:
    """Whether somebody's language school is online on a day: rows of all courses are not about it."""
    rows = [m for m in cal.problem.modes if m.course == LANGUAGE_SCHOOL and m.covers(cal.days[d])]
    rows = [m for m in rows if cal.problem.means(m.who, who)]
    return [m.mode for m in ranked(cal, rows, who)][-1:] == [ONLINE]


def switches(cal: Calendar, course: str, d: int, who: str = "") -> list[Mode]:
    """The switches for a course on a day, the one that wins last; for one person only her own and her team's.

    What she does by herself is not switched with all courses, only by its own row.
    """
    day = cal.days[d]
    rows = cal.problem.modes_of[who] if who else [m for m in cal.problem.modes if m.who in ("", ALL)]
    known = cal.problem.course.get(course)
    about = (course,) if known and known.kind == STUDY else ("", course)
    return ranked(cal, (m for m in rows if m.covers(day) and m.course in about), who)


def ranked(cal: Calendar, rows: Iterable[Mode], who: str) -> list[Mode]:
    """Later in the list wins: nearer to her, then newer, then about one course, then shorter."""
    return sorted(
        rows, key=lambda m: (closeness(cal, m, who), m.from_date, bool(m.course), -m.to_date.toordinal(), repr(m))
    )


def closeness(cal: Calendar, row: Takes | Mode, p: str) -> int:
    """2 for her own row, 1 for her team's, 0 for everyone's."""
    return 2 if row.who and row.who == p else 1 if row.who in cal.problem.teams else 0
