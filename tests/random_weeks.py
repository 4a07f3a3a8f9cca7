"""Small weeks drawn with a seed, with something of everything: for what must hold in any week."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tiny import by_day, course, demand, fixed, participant, room, school, teacher, tiny

from skemaplan.candidates import candidates
from skemaplan.dates import Spans, clock
from skemaplan.demand import Demand, fitted
from skemaplan.facts import ONLINE
from skemaplan.week import CourseWeek, Fixed, ParticipantWeek, TeacherWeek, WeekFacts, WeekLock

PLACES = ("stob", "jobcenter", "")
KINDS = {"mat": "lesson", "eng": "lesson", "talk": "talk"}


def random_week(seed: int, bits: int = 10) -> WeekFacts:
    """A week with at most 2 ** `bits` ways to fill its sessions, clashes and all; and with at least four sessions."""
    draw = Random(seed)
    while True:
        facts = _drawn(draw)
        takers = {c: sum(c in p.demands for p in facts.participants.values()) for c in facts.courses}
        sessions = list(candidates(facts))
        if len(sessions) >= 4 and 5 <= sum(takers[s.course] for s in sessions) <= bits:
            return facts


def _drawn(draw: Random) -> WeekFacts:
    bells = {day: _bells(draw) for day in draw.sample(range(4), draw.choice((1, 2, 2, 3)))}
    courses = [_course(draw, c, list(bells)) for c in draw.sample(sorted(KINDS), draw.choice((1, 2, 2, 3)))]
    people = [_participant(draw, p, courses, bells) for p in ("A", "B", "C")[: draw.choice((2, 2, 3))]]
    teachers = [_teacher(draw, f"U-{c.id}", c.id, bells) for c in courses]
    if draw.random() < 0.2:
        teachers.append(_teacher(draw, "U-X", courses[0].id, bells))
    rooms = [
        room(f"lokale {n}", "stob", draw.randint(1, 3), free=_windows(draw, bells)) for n in range(draw.randint(0, 2))
    ]
    places = {p: _windows(draw, bells) for p in ("stob", "jobcenter", "horsens")}
    named = (*places, ONLINE, "")
    travel = {
        (a, b): draw.choice((0, 5, 10, 15, 20, 45)) for a in named for b in named if a < b and draw.random() < 0.7
    }
    a, b = draw.sample([p.id for p in people], 2)
    pairs = (
        ((min(a, b), max(a, b), draw.choice(("together", "apart")), draw.random() < 0.7),)
        if draw.random() < 0.3
        else ()
    )
    people = [
        replace(
            p,
            reserved=_reserved(draw, bells),
            shortest_break=draw.choice((0, 0, 0, 0, 15, 30)),
            away=_reserved(draw, bells),
        )
        for p in people
    ]
    names = ("attendance_day", "language_day", "alone", "talk_beside", "neighbouring_days", "waiting", "target")
    prices = {(draw.choice(names), draw.choice(("", "A"))): draw.randint(0, 40) for _ in range(draw.randint(0, 3))}
    return tiny(
        bells,
        people,
        teachers,
        courses,
        rooms=rooms,
        places=places,
        travel=travel,
        pairs=pairs,
        locks=_locks(draw, people, bells),
        prices=prices,
        target=draw.randint(1, 4),
        tolerance=draw.randint(0, 2),
    )


def _bells(draw: Random) -> str:
    """One to three lessons, with no break, short ones and long ones between."""
    start, spans = 8 * 60 + 30, []
    for _ in range(draw.randint(1, 3)):
        spans.append(f"{clock(start)}-{clock(start + 45)}")
        start += 45 + draw.choice((0, 0, 10, 15, 30))
    return " ".join(spans)


def _windows(draw: Random, bells: dict[int, str]) -> dict[int, str]:
    """Mostly free; at times less than the whole day."""
    times = ("08:30-10:00", "09:00-12:00", "08:00-09:40 09:45-13:00", "")
    return {day: draw.choice(times) for day in bells if draw.random() < 0.15}


def _reserved(draw: Random, bells: dict[int, str]) -> tuple[Spans, ...]:
    """Mostly nothing; at times from the middle of one lesson to the middle of another."""
    return by_day({day: "08:50-10:20" for day in bells if draw.random() < 0.15}, ())


def _course(draw: Random, id: str, days: list[int]) -> CourseWeek:
    return course(
        id,
        KINDS[id],
        place=draw.choice(PLACES),
        longest=draw.choice((45, 45, 90)),
        smallest=1 if id == "talk" else draw.choice((1, 1, 1, 2)),
        largest=draw.choice((None, None, 1, 2)),
        most_taught=draw.choice((None, None, 45, 90)),
        different_days=draw.random() < 0.7,
        online=[d for d in days if draw.random() < 0.15],
    )


def _fixed(draw: Random, bells: dict[int, str]) -> dict[int, list[Fixed]]:
    found = {}
    for day in bells:
        times = draw.choice((("08:00-08:30",), ("09:15-10:00",), ("10:30-11:00",), ("08:00-08:20", "08:40-09:10")))
        make = draw.choice((fixed, school))
        if draw.random() < 0.4:
            found[day] = [make(t, draw.choice(("horsens", "stob", ONLINE, "")), minutes=30) for t in times]
    return found


def _demand(draw: Random, kind: str) -> Demand:
    wanted = draw.choice((0, 45, 90))
    d = demand(
        wanted,
        fewest=draw.choice((0, min(45, wanted))),
        cap=wanted + draw.choice((0, 45)) or 45,
        sessions=draw.choice((1, 2)),
        kind=kind,
    )
    return fitted(d)


def _participant(draw: Random, id: str, courses: list[CourseWeek], bells: dict[int, str]) -> ParticipantWeek:
    takes = {c.id: _demand(draw, c.kind) for c in courses if draw.random() < 0.75}
    return participant(
        id,
        takes,
        free=_windows(draw, bells),
        has=_fixed(draw, bells),
        online=[(c.id, d) for c in courses for d in bells if draw.random() < 0.1],
        most_per_day=draw.choice((None, None, 45, 90)),
        most_days=draw.choice((None, None, 1, 2)),
    )


def _teacher(draw: Random, id: str, course: str, bells: dict[int, str]) -> TeacherWeek:
    busy = {day: "08:30-09:00" for day in bells if draw.random() < 0.2}
    return teacher(
        id, course, least=draw.choice((0, 45)), most=draw.choice((None, 45, 90)), free=_windows(draw, bells), busy=busy
    )


def _locks(draw: Random, people: list[ParticipantWeek], bells: dict[int, str]) -> tuple[WeekLock, ...]:
    who = draw.choice(people)
    if not who.demands or draw.random() < 0.75:
        return ()
    return (WeekLock(who.id, draw.choice(sorted(who.demands)), draw.choice(list(bells)), 8 * 60 + 30, "", ""),)
