"""Every place that a session of somebody's course could have: with whom, who else moves for it, and what it costs.

A place that moves nobody is found by looking; for any other the week is planned again as if the session were locked
there, so that no place is passed over, and what is not listed is proven to be none.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ..attending import possible, shortest_session
from ..dates import Week
from ..explain.placing import moved
from ..rules import MUSTS, UNIVERSE
from ..schedule import Schedule, Session
from ..seating import seat
from ..solving import TIERS, Effort, price_of, verify
from ..stopping import Stop
from ..week import WeekLock
from .one_week import Answer, OneWeek, Taken


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """When a session could begin, and with which teacher."""

    day: int
    start: int
    teacher: str


@dataclass(frozen=True)
class Place:
    """One place for a participant's session, and what the best week takes that has it there.

    `group` are the others in it; `new`: nobody has it there now. `sessions` are all that she would have of the course.
    """

    session: Session
    room: str
    group: frozenset[str]
    new: bool
    sessions: tuple[Session, ...]
    taken: Taken


@dataclass(frozen=True)
class Places:
    """Where a participant's session of a course could be in these `weeks`, best first; `now` is what she has there.

    `open`: where it could be, but it was not proven in time how little that takes. `refuted`: where it can't be,
    proven; `unknown`: of which nothing was found out in time. It can be nowhere else.
    """

    participant: str
    course: str
    weeks: tuple[Week, ...]
    dated: bool
    now: tuple[Session, ...]
    places: tuple[Place, ...]
    open: tuple[Place, ...]
    refuted: tuple[Slot, ...]
    unknown: tuple[Slot, ...]


def places(
    week: OneWeek,
    participant: str,
    course: str,
    *,
    teacher: str = "",
    instead: Session | None = None,
    seconds: float | None = None,
    deterministic: float = 10.0,
    stop: Stop | None = None,
) -> Places:
    """Every place for a session of a course that a participant takes in this week.

    With `teacher`, only those with her; with `instead`, those for that session of hers, while her others of the course
    stay. `seconds` limits the clock over all (None: none), `deterministic` the solver's own time for each place.
    """
    now = week.now.of(participant, course)
    stay = [WeekLock(participant, course, s.day, s.start, s.teacher, "") for s in now if instead and s != instead]
    until = None if seconds is None else time.monotonic() + seconds

    def answer(slot: Slot) -> Answer:
        left = None if until is None else until - time.monotonic()
        if (left is not None and left <= 0) or (stop is not None and stop.asked):
            return "unknown"
        lock = WeekLock(participant, course, slot.day, slot.start, slot.teacher, "")
        seen = by_looking(week, participant, course, slot, instead)
        return seen or week.kept([*stay, lock], Effort(left, deterministic, stop=stop))

    asked = [slot for slot in slots(week, participant, course) if teacher in ("", slot.teacher)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = dict(zip(asked, threads.map(answer, asked), strict=True))
    found = [place(week, participant, course, slot, x) for slot, x in answers.items() if isinstance(x, Taken)]
    found.sort(key=lambda p: (*p.taken.rank(participant), p.session))
    return Places(
        participant,
        course,
        week.weeks,
        week.dated,
        now,
        tuple(p for p in found if p.taken.fewest),
        tuple(p for p in found if not p.taken.fewest),
        tuple(slot for slot, x in answers.items() if x == "impossible"),
        tuple(slot for slot, x in answers.items() if x == "unknown"),
    )


def slots(week: OneWeek, participant: str, course: str) -> Iterator[Slot]:
    """When she and a teacher could begin, each session looked at alone, but for when she does already."""
    facts = week.facts
    teachers = tuple(t for t in facts.teachers.values() if course in t.teaches)
    hers = possible(facts, shortest_session(facts), facts.courses[course], teachers, (facts.participants[participant],))
    there = {(s.day, s.start, s.teacher) for s in week.now.of(participant, course)}
    for slot in sorted({Slot(s.day, s.start, s.teacher) for s in hers.by_taker[participant]}):
        if slot.day not in week.frozen and (slot.day, slot.start, slot.teacher) not in there:
            yield slot


def by_looking(week: OneWeek, participant: str, course: str, slot: Slot, instead: Session | None) -> Taken | None:
    """The best week in which nothing but one session of hers changes; None if a search could find a better one.

    That is so where a week may be less short, or may change less than this.
    """
    hers, there = week.now.of(participant, course), tuple(sessions_at(week, participant, course, slot))
    best: tuple[tuple[int, ...], Schedule] | None = None
    for s in there:
        for old in (instead,) if instead else (None, *hers):
            after, stuck = seat(moved(week.now, participant, s, old), week.now.rooms)
            if stuck or any(verify(after, [*UNIVERSE, *MUSTS, *week.also])):
                continue
            cost = price_of(after, week.all_rules)
            price = tuple(cost[tier] for tier in TIERS)
            if best is None or price < best[0]:
                best = price, after
    if best is None or best[0][:2] > (week.least_short, least_moves(week, participant, course, there)):
        return None
    return week.taken(best[1], fewest=True)


def least_moves(week: OneWeek, participant: str, course: str, there: Sequence[Session]) -> int:
    """No week with one of these sessions changes less: hers comes on top of what nobody can avoid, or in its place."""
    found = 0
    for stay in week.moves:
        found += stay.unavoidable({})
        hers = stay.published.of(participant, course)
        is_lost = any((participant, s) in stay.gone for s in (*hers, *there))
        found += 0 if is_lost or {*hers} & {*there} else stay.weeks
    return found


def sessions_at(week: OneWeek, participant: str, course: str, slot: Slot) -> Iterator[Session]:
    """The sessions, one for each length, that she could have there."""
    facts = week.facts
    teachers = (facts.teachers[slot.teacher],)
    hers = possible(facts, shortest_session(facts), facts.courses[course], teachers, (facts.participants[participant],))
    yield from (s for s in hers.by_taker[participant] if (s.day, s.start) == (slot.day, slot.start))


def place(week: OneWeek, participant: str, course: str, slot: Slot, taken: Taken) -> Place:
    """A place that was found."""
    mine = taken.week.of(participant, course)
    (session,) = (s for s in mine if (s.day, s.start) == (slot.day, slot.start))
    return Place(
        session,
        taken.week.rooms.get(session, ""),
        taken.week.attendance[session] - {participant},
        session not in week.now.attendance,
        mine,
        taken,
    )
