"""Terms so small that they are planned in no time, written as rows: for tests of whole plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from skemaplan.facts import (
    Absence,
    Availability,
    Closure,
    Commitment,
    Course,
    Participant,
    Period,
    Settings,
    Takes,
    Teacher,
    Teaches,
)
from skemaplan.problem import Problem

MONDAY = date(2026, 8, 10)
BELLS = ((510, 555), (570, 615))


def term(weeks: int = 3) -> Problem:
    """Two participants, math once a week for a lesson and a talk; two weekdays; nothing in the way."""
    return Problem(
        settings=Settings(name="tiny", start=MONDAY, end=MONDAY + timedelta(days=7 * weeks - 1), weekly_target=2),
        periods=tuple(Period(id=f"P{i}", start=s, end=e, days=frozenset({0, 2})) for i, (s, e) in enumerate(BELLS)),
        courses=(
            Course(id="mat", name="Matematik", wanted=45, fewest=45, most=45, sessions=1, shortest=45, longest=45),
            Course(
                id="talk",
                name="Samtale",
                kind="talk",
                wanted=45,
                fewest=45,
                most=45,
                sessions=1,
                shortest=45,
                longest=45,
            ),
        ),
        teachers=(Teacher(id="U-MAT"), Teacher(id="KOORD")),
        teaches=(Teaches(teacher="U-MAT", course="mat", most=90), Teaches(teacher="KOORD", course="talk")),
        participants=(Participant(id="A", label="Deltager A"), Participant(id="B", label="Deltager B")),
        takes=(Takes(who="all", course="mat"), Takes(who="all", course="talk")),
        availability=tuple(Availability(who=t, days=frozenset({0, 2}), start=510, end=615) for t in ("U-MAT", "KOORD")),
    )


def language_school(draw: Random) -> Commitment:
    """One morning a week at language school, of A or B."""
    return Commitment(
        who=draw.choice("AB"),
        title="Sprogskole",
        kind="language_school",
        days=frozenset({draw.choice((0, 2))}),
        start=510,
        end=draw.choice((555, 615)),
        minutes=45,
    )


def random_term(seed: int) -> Problem:
    """A term of one to four weeks with windows, a language school, closures and absences drawn with a seed."""
    draw = Random(seed)
    weeks = draw.randint(1, 4)
    problem = term(weeks)

    def day() -> date:
        return MONDAY + timedelta(days=7 * draw.randrange(weeks) + draw.choice((0, 2)))

    free = [a for a in problem.availability if draw.random() < 0.7]
    for a in problem.availability:
        if a not in free:
            free.append(replace(a, start=draw.choice((510, 570)), days=frozenset({draw.choice((0, 2))})))
    school = language_school(draw)
    closures = [Closure(from_date=d, to_date=d, start=draw.choice((0, 560))) for d in [day()] if draw.random() < 0.6]
    absences = [Absence(who=draw.choice(("A", "B", "U-MAT")), from_date=d, to_date=d) for d in [day()]]
    target = replace(problem.settings, weekly_target=draw.choice((1, 2, 3)), weekly_tolerance=draw.choice((0, 1)))
    return replace(
        problem,
        settings=target,
        availability=tuple(free),
        commitments=(school,) if draw.random() < 0.6 else (),
        closures=tuple(closures),
        absences=tuple(absences) if draw.random() < 0.6 else (),
    )
