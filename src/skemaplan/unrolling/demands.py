"""What a participant's week should hold, from the rows of `takes` and `courses`, the modes, and whose turn it is."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import timedelta

from ..dates import Week
from ..demand import Demand, fitted, wanted_of_a_week
from ..facts import STUDY, Course, Takes
from .calendar import Calendar
from .fixed import fixed
from .modes import closeness, usual_mode
from .validity import newest, usual


def demands(cal: Calendar, p: str) -> tuple[dict[str, Demand], dict[str, Demand]]:
    """What her week should hold of what is taught, and of study beside it, from its standing facts.

    A week that the term has a part of asks for its share. One in which she herself comes or leaves may give her as
    much and asks for nothing: for that, nobody's lessons are moved. (Homework moves nobody's: it is asked for.)
    """
    ordinary = cal.ordinary
    who = cal.problem.participant[p]
    days = ordinary.could_teach
    there = [d for d in range(7) if who.is_here(cal.days[d])]
    here = [d for d in there if ordinary.taught[d]]
    committed = committed_minutes(ordinary, p, there)
    takes, study = {}, {}
    for course in sorted({t.course for t in cal.problem.takes_of[p]}):
        demand = taken(cal, p, cal.problem.course[course])
        if demand and not is_due(cal, p, course):
            demand = None
        if demand and days:
            share = demand.share(len(here), len(days))
            if demand.kind == STUDY:
                study[course] = share
            else:
                takes[course] = share if len(here) == sum(ordinary.taught) else demand.as_wish()
    s = cal.settings
    demands = wanted_of_a_week(takes, committed, s.weekly_target, s.weekly_tolerance, s.lesson_minutes)
    return demands, {c: fitted(d) for c, d in study.items() if d.wanted > 0}


def committed_minutes(cal: Calendar, p: str, days: list[int]) -> int:
    """What her commitments count for on these days.

    In a week in which one of them begins or ends, no more than in the weeks beside it: Monday in the old class and
    Tuesday and Thursday in the new one do not make a week of three days, for which others' lessons would move.
    """
    here = sum(f.minutes for d in days for f in fixed(cal, p, d))
    first, last = cal.days[0], cal.days[6]
    begins_or_ends = any(
        (c.valid_from is not None and first < c.valid_from <= last)
        or (c.valid_to is not None and first <= c.valid_to < last)
        for c in cal.problem.commitments_of[p]
    )
    if not begins_or_ends:
        return here
    weeks = (Calendar(cal.problem, Week.of(first + timedelta(days=n)), standing=True) for n in (-7, 7))
    return min(here, max(sum(f.minutes for d in range(7) for f in fixed(beside, p, d)) for beside in weeks))


def taken(cal: Calendar, p: str, course: Course) -> Demand | None:
    """The course's figures for her: her own row before her team's before everyone's, a mode's over all."""
    rows = [t for t in cal.problem.takes_of[p] if t.course == course.id]
    by_day = [max(n, key=lambda t: closeness(cal, t, p)) for n in newest_takes(cal, rows, p)]
    if not by_day:
        return None
    row = usual(by_day)
    wanted = course.wanted if row.wanted is None else row.wanted
    fewest = min(course.fewest, wanted) if row.fewest is None else row.fewest
    most = max(course.most, wanted) if row.most is None else row.most
    sessions, shortest = course.sessions, course.shortest
    mode = usual_mode(cal, course.id, p)
    if mode is not None:
        if mode.wanted is not None:
            wanted = fewest = most = mode.wanted
        sessions = sessions if mode.sessions is None else mode.sessions
        shortest = shortest if mode.shortest is None else mode.shortest
    return Demand(wanted, min(fewest, wanted), wanted, max(most, wanted), sessions, shortest, course.kind)


def newest_takes(cal: Calendar, rows: list[Takes], p: str) -> list[list[Takes]]:
    """Day by day the rows nearest to her; among those the newest."""
    found = []
    for day in cal.days[:5]:
        valid = [t for t in rows if t.holds(day)]
        nearest = max((closeness(cal, t, p) for t in valid), default=0)
        if valid:
            found.append(newest([t for t in valid if closeness(cal, t, p) == nearest]))
    return found


def is_due(cal: Calendar, p: str, course: str) -> bool:
    """With `every_weeks`, half (a third ...) of those who take a course are due each week, by their order.

    In a base week everyone keeps her place, unless it is one of a cycle in which her turn comes round (or it is read
    `by_turn`).
    """
    n = cal.problem.course[course].every_weeks
    if n <= 1 or (cal.standing and not cal.by_turn and cal.settings.cycle_weeks % n):
        return True
    passed = (cal.week.monday - Week.of(cal.settings.start).monday) // timedelta(days=7)
    return passed % n == takers(cal, course)[p] % n


def takers(cal: Calendar, course: str) -> dict[str, int]:
    """Those who ever take a course, each with her number."""
    known: dict[Hashable, dict[str, int]] = cal.problem.read_before
    if ("takers", course) not in known:
        takes = cal.problem.takes_of
        all_of_them = [p for p in sorted(cal.problem.participant) if any(t.course == course for t in takes[p])]
        known["takers", course] = {p: i for i, p in enumerate(all_of_them)}
    return known["takers", course]
