"""An ordinary week in a dated week: what can be held is held, what can't is lost, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..dates import Week, covers
from ..facts import ALL, ONLINE
from ..problem import Problem
from ..schedule import Missing, Schedule, Session
from ..seating import seat
from ..week import Fixed, WeekFacts
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


def holds(facts: WeekFacts, s: Session, p: str) -> bool:
    """Whether this week has room for a session in its teacher's, its place's and this participant's day."""
    is_open = s.place not in facts.places or covers(facts.places[s.place][s.day], s.start, s.end)
    return is_open and is_free(facts, s, s.teacher) and is_free(facts, s, p)


def is_free(facts: WeekFacts, s: Session, person: str) -> bool:
    """Whether a participant or teacher has time for a session, and for the way to it."""
    who = facts.participants.get(person) or facts.teachers.get(person)
    if who is None or not covers(who.free[s.day], s.start, s.end):
        return False
    return not any(_collide(facts, s, person, f) for f in who.fixed[s.day])


def _collide(facts: WeekFacts, s: Session, person: str, f: Fixed) -> bool:
    """Whether there is no time for both, the way between them, and the rest that a participant needs."""
    p = facts.participants.get(person)
    place, rest = (ONLINE if (s.course, s.day) in p.online else s.place, p.shortest_break) if p else (s.place, 0)
    before, later = facts.way(f.place, place) + rest, facts.way(place, f.place) + rest
    return s.start < f.end + before and f.start < s.end + later


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
        if _collide(facts, s, p, f):
            yield Text(f.title.replace("{", "{{").replace("}", "}}")) if f.title else say("something fixed")
    if not is_free(facts, s, p):
        yield say("{who} is away", who=problem.participant[p].label)
    if not problem.settings.start <= day <= problem.settings.end:
        yield say("outside the term")
