"""From the rows of a term to the facts of one dated week. The files of `unrolling` have an idea of it each.

The newest valid row wins; what is dated overrides what is weekly. Nothing is decided here.
"""

from __future__ import annotations

from .dates import Spans, Week, overlap
from .facts import STUDY, Course
from .problem import Problem
from .unrolling.calendar import Calendar, open_days, teaching_weeks
from .unrolling.locks import locks_on, study_locks
from .unrolling.modes import course_day
from .unrolling.people import holding, participant_week, teacher_week
from .unrolling.validity import newest
from .week import CourseWeek, RoomWeek, WeekFacts

__all__ = ["open_days", "teaching_weeks", "week_facts"]


def week_facts(problem: Problem, week: Week, *, standing: bool = False, by_turn: bool = False) -> WeekFacts:
    """The facts of a dated week (or, with `standing`, of an ordinary week of that time; `by_turn`: see `Calendar`).

    What a week should hold always follows from its standing facts: a closed Monday makes nobody's other courses longer.
    """
    return facts_of(Calendar(problem, week, standing, by_turn))


def facts_of(cal: Calendar) -> WeekFacts:
    """All facts of the week, put together."""
    problem, s = cal.problem, cal.settings
    own = study_locks(cal)
    return WeekFacts(
        lesson=s.lesson_minutes,
        target=s.weekly_target * s.lesson_minutes,
        tolerance=s.weekly_tolerance * s.lesson_minutes,
        longest_break_inside=s.longest_break_inside,
        periods=cal.periods,
        step=s.start_step,
        participants={
            p: participant_week(cal, p, own.get(p, ())) for p in sorted(problem.participant) if is_here(cal, p)
        },
        teachers={t: teacher_week(cal, t) for t in sorted(problem.teacher)},
        courses={c: course_week(cal, problem.course[c]) for c in sorted(problem.course)},
        rooms={r.id: room_week(cal, r.id, r.place, r.seats) for r in sorted(problem.rooms, key=lambda r: r.id)},
        places={p: place_week(cal, p) for p in sorted(problem.place)},
        travel=cal.travel,
        pairs=tuple(sorted((min(p.a, p.b), max(p.a, p.b), p.kind, p.hard) for p in problem.pairs)),
        locks=locks_on(cal, {c.id for c in problem.courses if c.kind != STUDY}),
        prices=prices(cal),
    )


def is_here(cal: Calendar, participant: str) -> bool:
    """Whether she is here on any day of the week."""
    who = cal.problem.participant[participant]
    return any(inside and who.is_here(day) for inside, day in zip(cal.in_term, cal.week.days, strict=True))


def place_week(cal: Calendar, place: str) -> tuple[Spans, ...]:
    """When a place is open, day by day."""

    def read() -> tuple[Spans, ...]:
        days = range(7)
        return tuple(overlap(cal.open_on(d, place), cal.free(place, d)) if cal.taught[d] else () for d in days)

    return cal.once(("place", place, holding(cal, place, ())), read)


def room_week(cal: Calendar, room: str, place: str, seats: int) -> RoomWeek:
    """A room, open when its place is."""

    def read() -> RoomWeek:
        there = place_week(cal, place)
        return RoomWeek(room, place, seats, tuple(overlap(there[d], cal.free(room, d)) for d in range(7)))

    return cal.once(("room", room, holding(cal, room, ()), holding(cal, place, ())), read)


def course_week(cal: Calendar, c: Course) -> CourseWeek:
    """A course as it is held for all."""

    def read() -> CourseWeek:
        days = tuple(course_day(cal, c, d) for d in range(7))
        return CourseWeek(c.id, c.kind, days, c.most_taught, c.different_days)

    return cal.once(("course", c.id), read)


def prices(cal: Calendar) -> dict[tuple[str, str], int]:
    """By (name, who), the newest row; the first day of the term in this week rules."""
    first = next((day for day, inside in zip(cal.week.days, cal.in_term, strict=True) if inside), cal.week.monday)
    found: dict[tuple[str, str], int] = {}
    teams = cal.problem.teams
    for name, who in sorted({(x.name, x.who) for x in cal.problem.prices}, key=lambda k: (k[1] not in teams, k)):
        rows = newest([x for x in cal.problem.prices if (x.name, x.who) == (name, who) and x.holds(first)])
        for person in sorted(teams.get(who, {who})):  # her own row comes after her team's, and wins
            if rows:
                found[name, person] = rows[-1].minutes
    return found
