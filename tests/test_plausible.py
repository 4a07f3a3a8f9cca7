"""A second look at dates: what can be read but can hardly be meant."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skemaplan.facts import Absence, Lock
from skemaplan.plausible import warnings
from skemaplan.problem import Problem
from skemaplan.tables import read

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def case() -> Problem:
    return read(EXAMPLES / "de-internationale")


def said(problem: Problem) -> list[str]:
    found = list(warnings(problem))
    assert all(t.severity == "warning" for t in found)
    return [str(t) for t in found]


def closing(problem: Problem, **changes: date) -> Problem:
    """The case with its closures moved, by their reasons."""
    rows = tuple(
        replace(c, from_date=changes[c.reason], to_date=changes[c.reason]) if c.reason in changes else c
        for c in problem.closures
    )
    return replace(problem, closures=rows)


@pytest.mark.parametrize("folder", ["de-internationale", "easy", "short-math", "smallest"])
def test_the_examples_are_plausible(folder: str) -> None:
    assert said(read(EXAMPLES / folder)) == []


def test_a_public_holiday_that_is_not_closed(case: Problem) -> None:
    open_then = replace(case, closures=tuple(c for c in case.closures if "bededag" not in c.reason))
    (line,) = said(open_then)
    assert line.startswith("closures: 2020-05-08 (Store bededag) is a public holiday, and not closed.")


def test_holidays_that_are_not_closed_are_told_together(case: Problem) -> None:
    (line,) = (t.to("da") for t in warnings(replace(case, closures=())))
    assert line.startswith("lukkedage: 2020-04-09 (Skærtorsdag), 2020-04-10 (Langfredag), ")
    assert line.endswith(" er helligdage, og der er ikke lukket. Tilføj dem i lukkedage, hvis der ikke er noget da.")


def test_a_holiday_that_moved(case: Problem) -> None:
    lines = said(closing(case, **{"2. pinsedag": date(2020, 6, 3)}))
    assert any("2020-06-01 (Anden pinsedag) is a public holiday" in line for line in lines)
    assert any("2. pinsedag is not on that day. In 2020 it is on 2020-06-01." in line for line in lines)


def test_a_wrong_year(case: Problem) -> None:
    lines = said(closing(case, **{"Store bededag": date(2021, 5, 8)}))
    assert any("2021-05-08 is not in the term. The term runs from 2020-02-03 to 2020-07-31." in line for line in lines)
    late = Absence(who="A", from_date=date(2019, 3, 2), to_date=date(2019, 3, 2))
    (line,) = said(replace(case, absences=(*case.absences, late)))
    assert "2019-03-02 is not in the term" in line


def test_an_exam_on_a_saturday(case: Problem) -> None:
    saturday = date(2020, 3, 7)
    exam = Absence(who="A", from_date=saturday, to_date=saturday, kind="exam")
    lock = Lock(participant="A", course="mat", start=510, date=saturday)
    assert len(said(replace(case, absences=(*case.absences, exam), locks=(lock,)))) == 2
    all_days = tuple(replace(p, days=frozenset(range(7))) for p in case.periods)
    assert said(replace(case, periods=all_days, absences=(*case.absences, exam))) == []


def test_two_exams_at_one_time(case: Problem) -> None:
    june = date(2020, 6, 16)
    exam = Absence(who="B", from_date=june, to_date=june, start=660, end=780, title="Prøve", kind="exam")
    (line,) = said(replace(case, absences=(*case.absences, exam)))
    assert "Prøve overlaps Optagelsesprøve VUC for B." in line


def test_an_unknown_country(case: Problem) -> None:
    (line,) = said(replace(case, settings=replace(case.settings, country="Jylland")))
    assert "the public holidays of 'Jylland' are not known" in line
