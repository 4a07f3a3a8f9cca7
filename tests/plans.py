"""Small terms with hand-made plans, for the tests of what happens to a plan after it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from skemaplan.dates import Week
from skemaplan.facts import (
    LANGUAGE_SCHOOL,
    Absence,
    Closure,
    Commitment,
    Course,
    Mode,
    Participant,
    Period,
    Place,
    Room,
    Settings,
    Teacher,
    Teaches,
)
from skemaplan.plan_file import minutes
from skemaplan.problem import Problem
from skemaplan.schedule import Missing, Schedule, Session, TermPlan, Tier, WeekPlan
from skemaplan.unroll import week_facts
from skemaplan.words import say

Row = tuple[str, str, str, str, str, str]  # date, "08:30-10:00", course, teacher, room, participants "A B"

# Four weeks: either side of both clock changes of 2026 (29 March and 25 October).
ROWS: tuple[Row, ...] = (
    ("2026-03-24", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-03-27", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2026-03-27", "12:15-13:00", "talk", "KOORD", "", "A"),
    ("2026-03-31", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-04-03", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2026-04-03", "12:15-13:00", "eng", "U-ENG", "Lokale 2", "A B C"),
    ("2026-10-20", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-10-23", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2026-10-27", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-10-30", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2026-10-30", "12:15-13:00", "talk", "KOORD", "", "B"),
)


def small_problem(**changes: object) -> Problem:
    """Three participants (one without places, one with times only), three teachers, two rooms, an exam, online days."""
    settings = Settings(name="De internationale", start=date(2026, 3, 23), end=date(2026, 10, 30))
    facts: dict[str, object] = {
        "settings": settings,
        "periods": (Period(id="P1", start=510, end=555), Period(id="P2", start=555, end=600)),
        "places": (
            Place(id="stob", name="Støberiet", link="https://mode.example/stob"),
            Place(id="jobcenter", name="Jobcentret, integration", shown_as="Støberiet, samtalerum"),
            Place(id="sprog", name="Sprogcenter"),
        ),
        "rooms": (Room(id="Lokale 1", place="stob", seats=12), Room(id="Lokale 2", place="stob", seats=6)),
        "courses": (
            course("mat", "Matematik", place="stob"),
            course("eng", "Engelsk", name_en="English", place="stob"),
            course("talk", "Samtale om kontanthjælp", kind="talk", place="jobcenter"),
        ),
        "teachers": (Teacher(id="U-MAT"), Teacher(id="U-ENG"), Teacher(id="KOORD")),
        "teaches": (
            Teaches(teacher="U-MAT", course="mat"),
            Teaches(teacher="U-ENG", course="eng"),
            Teaches(teacher="KOORD", course="talk"),
        ),
        "participants": (
            Participant(id="A", label="Deltager A"),
            Participant(id="B", label="Deltager B", detail="no_places"),
            Participant(id="C", label="Deltager C", detail="times_only"),
        ),
        "commitments": (
            Commitment(
                who="A",
                title="Sprogskole",
                days=frozenset({0}),
                start=510,
                end=780,
                place="sprog",
                kind=LANGUAGE_SCHOOL,
            ),
        ),
        "absences": (
            Absence(
                who="A",
                from_date=date(2026, 10, 29),
                to_date=date(2026, 10, 29),
                start=540,
                end=720,
                title="Prøve",
                place="sprog",
                kind="exam",
            ),
            Absence(
                who="B",
                from_date=date(2026, 10, 28),
                to_date=date(2026, 10, 28),
                title="Hospital",
                place="sprog",
                kind="away",
            ),
        ),
        "closures": (Closure(from_date=date(2026, 4, 6), to_date=date(2026, 10, 18)),),
        "modes": (Mode(from_date=date(2026, 4, 1), to_date=date(2026, 4, 4), mode="online", course="eng"),),
    }
    return Problem(**{**facts, **changes})  # type: ignore[arg-type]


def course(id: str, name: str, **more: object) -> Course:
    facts: dict[str, object] = {"wanted": 135, "fewest": 90, "most": 180, "sessions": 2, "shortest": 45, "longest": 90}
    return Course(id=id, name=name, **{**facts, **more})  # type: ignore[arg-type]


def with_settings(problem: Problem, **changes: object) -> Problem:
    return replace(problem, settings=replace(problem.settings, **changes))  # type: ignore[arg-type]


def make_plan(problem: Problem | None = None, rows: Iterable[Row] = ROWS) -> TermPlan:
    """The plan that has these sessions and no others, in the weeks that have one."""
    problem = problem or small_problem()
    weeks: dict[Week, list[Row]] = {}
    for row in rows:
        weeks.setdefault(Week.of(date.fromisoformat(row[0])), []).append(row)
    plans = {week: _week(problem, week, mine) for week, mine in sorted(weeks.items())}
    return TermPlan(problem, plans, tiers=(Tier("demands", 0, 0),), seed=1)


def _week(problem: Problem, week: Week, rows: Iterable[Row]) -> WeekPlan:
    facts = week_facts(problem, week)
    attendance: dict[Session, frozenset[str]] = {}
    rooms: dict[Session, str] = {}
    for day, times, course, teacher, room, participants in rows:
        d = (date.fromisoformat(day) - week.monday).days
        start, end = map(minutes, times.split("-"))
        session = Session(d, start, end, course, teacher, facts.courses[course].days[d].place, end - start)
        attendance[session] = frozenset(participants.split())
        if room:
            rooms[session] = room
    lost = Missing("A", "mat", 45, "lost", say("closed on {day}: {why}", day=week.monday, why=say("Easter")))
    unmet = Missing("B", "eng", 45, "unmet", say("no room"), min(attendance))
    return WeekPlan(week, Schedule(facts, attendance, rooms), "1", (Tier("demands", 45, 0),), (lost, unmet))


def changed(rows: Iterable[Row], changes: Mapping[int, Row | None]) -> tuple[Row, ...]:
    """The rows with some replaced (by their place in the list), or left out (None)."""
    new = [changes.get(n, row) for n, row in enumerate(rows)]
    return tuple(row for row in new if row is not None)
