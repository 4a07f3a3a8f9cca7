"""FET on a week whose groups are given: the sessions of a plan of ours, with the people in them, without their times.

FET knows one length of an hour. So it is given the clock in steps that every start and end is a multiple of, and each
session lasts by the clock as long as in the plan: one that runs over a break is not offered times without one. It may
begin wherever everybody in it could attend it. FET makes a timetable and minimises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import ceil, gcd

from benchmarks import fet
from benchmarks.choices import choices
from benchmarks.fet import DAYS, Activity, Task
from skemaplan.dates import clock
from skemaplan.schedule import Schedule, Session

Choices = Mapping[Session, Sequence[str]]


def timetable(plan: Schedule, limit: float) -> tuple[Schedule | None, float]:
    """What FET makes of the groups of a plan, if anything within so many seconds of the clock, and what it took."""
    found = choices(plan.facts)
    answer = fet.run(task_of(plan, found), limit)
    if not answer.found:
        return None, answer.seconds
    times = {(s.course, s.teacher, s.end - s.start, (DAYS[s.day], clock(s.start))): s for s in found}
    attendance = {
        times[s.course, s.teacher, s.end - s.start, answer.timetable[i]]: plan.attendance[s]
        for i, s in enumerate(plan.sessions)
    }
    return Schedule(plan.facts, attendance), answer.seconds


def task_of(plan: Schedule, found: Choices) -> Task:
    """The groups of a plan as FET is asked for them."""
    facts, sessions = plan.facts, plan.sessions
    clocks = sorted({t for s in found for t in (s.start, s.end)})
    step = gcd(*(t - clocks[0] for t in clocks))
    apart = [
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(sessions), 2)
        if a.course == b.course and facts.courses[a.course].different_days and plan.attendance[a] & plan.attendance[b]
    ]
    places = {s.place for s in sessions}
    way = max((facts.way(a, b) for a in places for b in places), default=0)
    hours = tuple((t, t + step) for t in range(clocks[0], clocks[-1], step))
    return Task(facts, [_activity(plan, s, found, step) for s in sessions], hours, apart, ceil(way / step))


def _activity(plan: Schedule, s: Session, found: Choices, step: int) -> Activity:
    who = plan.attendance[s]
    starts = [(DAYS[x.day], clock(x.start)) for x in found if same(s, x) and who <= set(found[x])]
    rooms = [r.id for r in plan.facts.rooms.values() if r.place == s.place and r.seats >= len(who)]
    long = (s.end - s.start) // step
    return Activity(s.course, s.teacher, tuple(sorted(who)), 1, long, tuple(starts), tuple(rooms))


def same(s: Session, other: Session) -> bool:
    """Whether this is the same session, at another time."""
    one, two = ((x.course, x.teacher, x.place, x.minutes, x.end - x.start) for x in (s, other))
    return one == two
