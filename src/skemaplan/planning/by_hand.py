"""What the coordinator has decided for a dated week: it is put there, and nothing else moves.

A lock on a date says where a session is to be, not what has to make way for it. As a rule that is plain: what lies at
that time, and of the same course as much as she would have too much. Only where it is not is the week planned again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..candidates import candidates
from ..rules import MUSTS, UNIVERSE, SessionsAWeek
from ..rules.locks import Locks, fits
from ..schedule import Missing, Schedule, Session
from ..seating import seat
from ..solving import verify
from ..week import WeekLock
from ..words import say

# A session that a closed day takes leaves its course in fewer sessions than its number: that is a loss, not a breach.
DATED = (*UNIVERSE, *(rule for rule in MUSTS if not isinstance(rule, SessionsAWeek)))


def unkept(schedule: Schedule) -> list[WeekLock]:
    """The locks at whose time nothing is held. The solver passes over one that no session could ever keep."""
    locks = ((x, replace(schedule, facts=replace(schedule.facts, locks=(x,)))) for x in schedule.facts.locks)
    return [lock for lock, alone in locks if any(Locks().breaches(alone))]


def with_locked(kept: Schedule, ordinary: Schedule) -> Schedule | None:
    """What is kept of an ordinary week, with all its locks; None if more has to move than what is in their way.

    Nobody gets less of any course than she had in `kept`.
    """
    attendance = dict(kept.attendance)
    placed: dict[str, list[Session]] = {}
    locks = unkept(kept)
    if not locks:
        return kept
    for lock in locks:
        session = next(iter(best_first(kept, ordinary, lock)), None)
        if session is None:
            return None
        attendance[session] = attendance.get(session, frozenset()) | {lock.participant}
        placed.setdefault(lock.participant, []).append(session)
    schedule = Schedule(kept.facts, attendance)
    for p, mine in placed.items():
        schedule = _making_way(schedule, p, mine)
    schedule, stuck = seat(schedule, kept.rooms)
    fewer = any(minutes < 0 for minutes in gains(kept, schedule).values())
    if stuck or fewer or any(verify(schedule, DATED)):
        return None
    return schedule


def best_first(kept: Schedule, ordinary: Schedule, lock: WeekLock) -> Iterator[Session]:
    """The sessions that would keep a lock: as long as one that she misses, or else as one that she has, comes first."""
    missed = {s.minutes for s in ordinary.of(lock.participant, lock.course) if s not in kept.attendance}
    had = {s.minutes for s in ordinary.of(lock.participant, lock.course)}
    there = (s for s in candidates(kept.facts) if (s.course, s.day) == (lock.course, lock.day) and fits(lock, s))
    yield from sorted(there, key=lambda s: (s.minutes not in missed, s.minutes not in had, s not in kept.attendance, s))


def _making_way(schedule: Schedule, p: str, placed: Iterable[Session]) -> Schedule:
    """A week in which she leaves what lies at the time of her placed sessions, and what is too much of a course."""
    for s in placed:
        for other in schedule.of(p, day=s.day):
            if other not in placed and other.start < s.end and s.start < other.end:
                schedule = _without(schedule, p, other)
    for course in sorted({s.course for s in placed}):
        demand = schedule.facts.participants[p].demands.get(course)
        others = [s for s in schedule.of(p, course) if s not in placed]
        too_much = schedule.minutes(p, course) - (demand.cap if demand else 0)
        loose = [s for s in others if s.minutes == too_much]
        if too_much > 0 and loose:
            schedule = _without(schedule, p, loose[0])
    return schedule


def _without(schedule: Schedule, p: str, s: Session) -> Schedule:
    attendance = {t: who - {p} if t == s else who for t, who in schedule.attendance.items()}
    return Schedule(schedule.facts, {t: who for t, who in attendance.items() if who})


def still_missing(missing: Iterable[Missing], kept: Schedule, schedule: Schedule) -> Iterator[Missing]:
    """What stays missing of what was missing beside `kept`, when a week was planned again; and what is lost by that.

    What is held again is what was to be at that time; else what was as long.
    """
    missing, gained = list(missing), gains(kept, schedule)
    back = dict.fromkeys(range(len(missing)), 0)
    for n in sorted(back, key=lambda n: (*_unlike(missing[n], kept, schedule), n)):
        m = missing[n]
        back[n] = min(m.minutes, max(0, gained.get((m.participant, m.course), 0)))
        if back[n]:
            gained[m.participant, m.course] -= back[n]
    for n, m in enumerate(missing):
        if m.minutes > back[n]:
            yield replace(m, minutes=m.minutes - back[n])
    for (p, course), minutes in gained.items():
        if minutes < 0:
            yield Missing(p, course, -minutes, "lost", say("a locked session takes its time"))


def _unlike(m: Missing, kept: Schedule, schedule: Schedule) -> tuple[bool, bool]:
    """Whether none of her new sessions of the course is at the time of the missing one, and none is as long."""
    new = set(schedule.of(m.participant, m.course)) - set(kept.of(m.participant, m.course))
    at = m.session
    return not any(at and (s.day, s.start) == (at.day, at.start) for s in new), not any(
        at and s.minutes == at.minutes for s in new
    )


def gains(before: Schedule, after: Schedule) -> dict[tuple[str, str], int]:
    """How many minutes of which course whoever gets more, or less, than before."""
    facts = before.facts
    both = {(p, c): after.minutes(p, c) - before.minutes(p, c) for p in facts.participants for c in facts.courses}
    return {key: minutes for key, minutes in sorted(both.items()) if minutes}
