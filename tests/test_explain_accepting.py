"""Accepting a shortage names the days from which and until which it holds, as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skemaplan.dates import Week
from skemaplan.explain import Accepted, as_data
from skemaplan.explain.accepting import accepted
from skemaplan.problem import Problem
from skemaplan.schedule import Schedule
from skemaplan.tables import read
from skemaplan.unroll import teaching_weeks, week_facts
from skemaplan.words import Names


@pytest.fixture(scope="module")
def term() -> Problem:
    """From 3 February to 31 July 2020; no teaching in weeks 7 and 15."""
    return read(Path(__file__).parents[1] / "examples" / "short-math")


def told(term: Problem, weeks: Iterable[int]) -> Accepted:
    """Of empty weeks: whoever should have mathematics lacks all of it."""
    names = tuple(str(Week(2020, n)) for n in weeks)
    facts = week_facts(term, Week.parse(names[0]), standing=True)
    return next(a for a in accepted(Schedule(facts, {}), names, term) if a.course == "mat")


@pytest.mark.parametrize(
    ("weeks", "english", "danish"),
    [
        ([6, 8, 9], "until 28 February", "til og med 28. februar"),
        ([9], "from 24 February to 28 February", "fra 24. februar til 28. februar"),
        (
            [6, 8, 24],
            "from 3 February to 21 February and from 8 June to 12 June",
            "fra 3. februar til 21. februar og fra 8. juni til 12. juni",
        ),
        ([8, 10, 12, 14], "in 4 weeks from 17 February to 3 April", "i 4 uger fra 17. februar til 3. april"),
    ],
    ids=["from the beginning", "one week", "two stretches", "every second week"],
)
def test_dates_are_said_in_both_languages(term: Problem, weeks: list[int], english: str, danish: str) -> None:
    text = told(term, weeks).text
    assert text.to("en").endswith(english)
    assert text.to("da").endswith(danish)


def test_all_weeks_of_a_term_last_until_its_end(term: Problem) -> None:
    found = told(term, [week.number for week in teaching_weeks(term)])
    assert found.dates == ((date(2020, 2, 3), max(w.day(4) for w in teaching_weeks(term))),)


def test_a_stretch_begins_and_ends_within_the_term(term: Problem) -> None:
    settings = replace(term.settings, start=date(2020, 2, 4), end=date(2020, 2, 20))
    found = told(replace(term, settings=settings), [6, 8])
    assert found.dates == ((date(2020, 2, 4), date(2020, 2, 20)),)


def test_over_new_year_the_years_are_said(term: Problem) -> None:
    settings = replace(term.settings, end=date(2021, 1, 29))
    longer = replace(term, settings=settings)
    facts = week_facts(longer, Week(2020, 50), standing=True)
    names = tuple(str(w) for w in teaching_weeks(longer) if Week(2020, 50) <= w <= Week(2021, 2))
    found = next(iter(accepted(Schedule(facts, {}), names, longer)))
    assert "2020" in found.text.to("da")
    assert found.text.to("en").endswith("15 January 2021")


def test_programs_read_the_dates_too(term: Problem) -> None:
    data = as_data(told(term, [6, 8, 24]), "da")
    assert isinstance(data, dict)
    assert data["dates"] == [["2020-02-03", "2020-02-21"], ["2020-06-08", "2020-06-12"]]


def test_who_lack_the_same_are_told_together(term: Problem) -> None:
    found = told(term, [6])
    assert len(found.participants) > 2
    who = found.text.facts["who"]
    assert not isinstance(who, Names)
    assert f" og {found.participants[-1]} " in found.text.to("da")


def test_a_single_week_of_no_term_has_no_dates(term: Problem) -> None:
    facts = week_facts(term, Week(2020, 6), standing=True)
    found = list(accepted(Schedule(facts, {}), ("",), None))
    assert found
    assert all(a.dates == () and "until" not in str(a.text) for a in found)
