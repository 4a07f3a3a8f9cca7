"""What is worked out once for like weeks is what would have been worked out for each of them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.make_region import make_region
from skemaplan.dates import weeks_between
from skemaplan.facts import Absence, Availability, Closure
from skemaplan.problem import Problem
from skemaplan.tables import read
from skemaplan.unroll import week_facts

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"


@pytest.fixture(params=["case", "teams", "rooms"])
def problem(request: pytest.FixtureRequest, tmp_path: Path) -> Problem:
    if request.param == "rooms":
        return with_rooms_that_change(read(CASE))
    if request.param == "teams":
        make_region(teams=4, municipalities=2).write(tmp_path)
        return read(tmp_path)
    return read(CASE)


def with_rooms_that_change(problem: Problem) -> Problem:
    """The case with a place and rooms that are taken, closed, and open at other times from a day on."""
    [room, other, *_] = problem.rooms
    first = problem.settings.start
    days = [first + timedelta(days=n) for n in (9, 30, 60)]
    absences = [
        Absence(who=who, from_date=day, to_date=day) for who, day in zip((room.id, room.place), days, strict=False)
    ]
    open_later = Availability(who=other.id, days=frozenset(range(5)), start=600, end=900, valid_from=days[2])
    closed = Closure(from_date=days[1], to_date=days[2], place=other.place)
    return replace(
        problem,
        absences=(*problem.absences, *absences),
        availability=(*problem.availability, open_later),
        closures=(*problem.closures, closed),
    )


@pytest.mark.parametrize("standing", [True, False])
def test_a_week_read_after_others_is_the_week_read_alone(problem: Problem, standing: bool) -> None:
    weeks = list(weeks_between(problem.settings.start, problem.settings.end))[::3]
    for week in [*weeks, *reversed(weeks)]:
        together = week_facts(problem, week, standing=standing)
        problem_of_its_own = Problem(**problem.__getstate__())  # type: ignore[arg-type]
        assert week_facts(problem_of_its_own, week, standing=standing) == together


def test_rows_are_found_by_person_team_and_all(problem: Problem) -> None:
    for p in problem.participants:
        assert problem.absences_of[p.id] == tuple(a for a in problem.absences if problem.means(a.who, p.id))
        assert problem.takes_of[p.id] == tuple(t for t in problem.takes if problem.means(t.who, p.id))
        assert problem.windows_of.written(p.id) == tuple(a for a in problem.availability if a.who == p.id)
