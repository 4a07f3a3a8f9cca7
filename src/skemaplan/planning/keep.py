"""An ordinary week in a dated week: what can be held is held, what can't is lost, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..dates import Week
from ..facts import ALL
from ..free import holds, is_free, is_in_the_way
from ..problem import Problem
from ..schedule import Missing, Schedule, Session
from ..seating import seat
from ..week import WeekFacts
from ..words import Text, say


def keep(problem: Problem, week: Week, facts: WeekFacts, ordinary: Schedule) -> tuple[Schedule, tuple[Missing, ...]]:
    """The ordinary week as far as this dated week can hold it, and what of it is lost.

    Whoever is not here, or not due (a talk every second week), loses nothing: nothing was wanted of that week.
    """
    attendance: dict[Session, frozenset[str]] = {}
    lost: list[Missing] = []
    for s, who in sorted(ordinary.attendance.items()):
        due = [p for p in sorted(who) if p in facts.participants and s.course in facts.participants[p].demands]
        there = [p for p in due if holds(facts, s, p)]
        if len(there) < max((facts.how(p, s.course, s.day).smallest for p in there), default=0):
            there = []
        lost += [
            Missing(p, s.course, s.minutes, "lost", why(problem, week, facts, s, p), s) for p in due if p not in there
        ]
        if there:
            attendance[s] = frozenset(there)
    return _with_rooms(Schedule(facts, attendance), ordinary, lost)


def _with_rooms(schedule: Schedule, ordinary: Schedule, lost: list[Missing]) -> tuple[Schedule, tuple[Missing, ...]]:
    """Rooms as usual. Where a closed room leaves too few, the smallest group is lost first."""
    while True:
        seated, stuck = seat(schedule, ordinary.rooms)
        if not stuck:
            return seated, tuple(sorted(lost, key=lambda m: (m.participant, m.course, m.session or ())))
        out = min(stuck, key=lambda s: (len(schedule.attendance[s]), s))
        for s in sorted(stuck, key=lambda s: (len(schedule.attendance[s]), s)):
            if len(seat(_without(schedule, s), ordinary.rooms)[1]) < len(stuck) - 1:
                out = s
                break
        reason = say("no room is free")
        lost += [Missing(p, out.course, out.minutes, "lost", reason, out) for p in sorted(schedule.attendance[out])]
        schedule = _without(schedule, out)


def _without(schedule: Schedule, s: Session) -> Schedule:
    return replace(schedule, attendance={t: who for t, who in schedule.attendance.items() if t != s}, rooms={})


def why(problem: Problem, week: Week, facts: WeekFacts, s: Session, p: str) -> Text:
    """Why a session can't be held for a participant in a dated week, the widest reason first."""
    return next(_reasons(problem, week, facts, s, p), say("the group is too small"))


def _reasons(problem: Problem, week: Week, facts: WeekFacts, s: Session, p: str) -> Iterator[Text]:
    day = week.day(s.day)
    for c in problem.closures:
        hits = c.covers(day) and c.who == ALL and c.place in ("", s.place) and c.start < s.end and s.start < c.end
        if hits:
            yield say("closed: {reason}", reason=c.reason) if c.reason else say("closed")
    if not is_free(facts, s, s.teacher):
        yield say("{teacher} is away", teacher=problem.teacher[s.teacher].label or s.teacher)
    for f in facts.participants[p].fixed[s.day]:
        if is_in_the_way(facts, s, p, f):
            yield Text(f.title.replace("{", "{{").replace("}", "}}")) if f.title else say("something fixed")
    if not is_free(facts, s, p):
        yield say("{who} is away", who=problem.participant[p].label)
    if not problem.settings.start <= day <= problem.settings.end:
        yield say("outside the term")
