"""What is worked out once for like weeks is what would have been worked out for each of them."""

from pathlib import Path

import pytest

from benchmarks.make_region import make_region
from skemaplan.dates import weeks_between
from skemaplan.problem import Problem
from skemaplan.tables import read
from skemaplan.unroll import week_facts

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"


@pytest.fixture(params=["case", "teams"])
def problem(request: pytest.FixtureRequest, tmp_path: Path) -> Problem:
    if request.param == "teams":
        make_region(teams=4, municipalities=2).write(tmp_path)
        return read(tmp_path)
    return read(CASE)


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
