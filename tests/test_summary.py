"""The summary counts what is there: sums that add up, averages over her own weeks, proofs as the tiers say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from cli_terms import SMALLEST
from hypothesis import given
from hypothesis import strategies as st
from plans import make_plan, small_problem, with_settings
from test_making_up import a_week_lost

from skemaplan.dates import Week
from skemaplan.facts import Teaches
from skemaplan.planning.term import plan
from skemaplan.schedule import TermPlan, Tier
from skemaplan.summary import Sum, Summary, summarise
from skemaplan.summary_document import summary_document
from skemaplan.summary_text import between, columns, fitting, proof_text, summary_text, week_list
from skemaplan.tables import read
from skemaplan.words import decimal


@pytest.fixture(scope="module")
def smallest() -> TermPlan:
    return plan(read(SMALLEST))


@pytest.fixture
def small() -> Summary:
    return summarise(make_plan())


def test_the_smallest_term_holds_all_that_is_wanted(smallest: TermPlan) -> None:
    summary = summarise(smallest)
    (her,) = summary.persons
    assert summary.works_out
    assert (her.all.wanted, her.all.held, her.all.lost_minutes, her.all.unmet) == (540, 540, 0, 0)
    assert her.minutes_a_week == 13 * 45  # two days of five lessons of language school, and three of mathematics
    assert len(her.weeks) == len(summary.weeks) == 4


def test_wanted_is_held_and_lost_and_unmet(small: Summary) -> None:
    """Each of the four hand-made weeks says that A lost a lesson of mathematics and B misses one of English."""
    a, b, c = small.persons
    assert (a.courses["mat"].held, a.courses["mat"].lost_minutes) == (8 * 90, 4 * 45)
    assert (b.courses["eng"].held, b.courses["eng"].unmet) == (45, 4 * 45)
    assert c.all.lost_minutes == c.all.unmet == 0
    assert small.all.wanted == sum(p.all.wanted for p in small.persons)
    assert small.all.wanted == small.all.held + 4 * 45 + 4 * 45
    assert not small.works_out
    assert [(p, c, minutes, len(weeks)) for p, c, minutes, weeks in small.unmet] == [("B", "eng", 180, 4)]


def test_a_teacher_below_her_least_is_named_with_the_weeks() -> None:
    rows = (Teaches(teacher="U-MAT", course="mat", least=270), *small_problem().teaches[1:])
    below = summarise(make_plan(small_problem(teaches=rows))).below
    assert [(b.teacher, b.course, b.given, b.least, len(b.weeks)) for b in below] == [("U-MAT", "mat", 180, 270, 4)]


def test_someone_who_leaves_is_averaged_over_her_own_weeks(smallest: TermPlan) -> None:
    (her,) = smallest.problem.participants
    gone = replace(her, end=Week.parse("2027-W06").day(4))
    (summed,) = summarise(plan(replace(smallest.problem, participants=(gone,)))).persons
    assert list(map(str, summed.weeks)) == ["2027-W05", "2027-W06"]
    assert summed.minutes_a_week == 13 * 45


def test_the_text_says_what_a_coordinator_asks_for(small: Summary) -> None:
    told = summary_text(small, "en")
    assert "has no place for 4 lessons" in told
    assert "Deltager A" in told
    assert "closed on" in told
    assert "Easter" in told
    danish = summary_text(small, "da")
    assert "Planen går ikke helt op" in danish
    assert "infeasible" not in told + danish


def test_what_is_made_up_is_told_and_is_no_longer_lost() -> None:
    told = summary_text(summarise(plan(a_week_lost())), "en")
    assert "wanted =  held +  made up +  lost +  unmet" in told
    assert "Made up: 2 of 2 lessons that were lost" in told
    assert "U-MAT is away (week 34)" in told
    assert "Making up: 1 of 1 week is proven to hold no more" in told
    assert "Lost:" not in told
    assert max(map(len, told.splitlines())) <= 80


def test_no_line_is_wider_than_a_terminal(small: Summary, smallest: TermPlan) -> None:
    for language in ("da", "en"):
        for summary in (small, summarise(smallest)):
            assert max(map(len, summary_text(summary, language).splitlines())) <= 80


@pytest.mark.parametrize(
    ("tier", "says"),
    [
        (Tier("inconvenience", 120, 120), "proven"),
        (Tier("inconvenience", 0, 0), "proven"),
        (Tier("inconvenience", 200, 150), "at least 150 is proven (gap 25 %)"),
        (Tier("inconvenience", 930, 870), "at least 870 is proven (gap 6.5 %)"),
    ],
)
def test_a_tier_is_proven_or_says_its_gap(tier: Tier, says: str) -> None:
    assert proof_text(tier, "en") == says


def test_the_count_of_teaching_weeks_says_what_was_meant(smallest: TermPlan) -> None:
    said = summary_text(summarise(replace(smallest, problem=with_settings(smallest.problem, teaching_weeks=5))), "en")
    assert "4 teaching weeks (expected: 5)" in said.splitlines()[1]


def test_the_document_is_plain_json_with_stable_keys(smallest: TermPlan) -> None:
    document = summary_document(summarise(smallest), "en")
    assert json.loads(json.dumps(document)) == document
    assert list(document) == [
        "format",
        "term",
        "start",
        "end",
        "works_out",
        "teaching_weeks",
        "lesson_minutes",
        "lessons",
        "participants",
        "teachers_below_least",
        "tiers",
        "ordinary_weeks",
        "made_up",
        "seconds",
        "seed",
        "versions",
    ]
    assert document["lessons"] == {
        "wanted": 12,
        "held": 12,
        "made_up": 0,
        "lost": 0,
        "unmet": 0,
        "lost_because": [],
    }
    assert all(set(t) == {"name", "value", "bound", "proven"} for t in document["tiers"])


def test_the_document_says_why_lessons_are_lost(small: Summary) -> None:
    document = summary_document(small, "en")
    reasons = document["lessons"]["lost_because"]
    assert sum(r["lessons"] for r in reasons) == document["lessons"]["lost"] == 4
    assert all("Easter" in r["reason"] for r in reasons)


@pytest.mark.parametrize(
    ("x", "language", "text"),
    [(52, "da", "52"), (19.44, "da", "19,4"), (19.44, "en", "19.4"), (100, "en", "100"), (0, "da", "0")],
)
def test_numbers_are_written_as_the_language_does(x: float, language: str, text: str) -> None:
    assert decimal(x, language) == text


def test_weeks_in_a_row_are_said_together() -> None:
    weeks = [Week.parse(w) for w in ("2020-W10", "2020-W12", "2020-W11", "2020-W19")]
    assert week_list(weeks, "en") == "weeks 10-12, 19"
    assert week_list(weeks[:1], "en") == "week 10"
    over_new_year = [Week.parse(w) for w in ("2020-W52", "2020-W53", "2021-W01")]
    assert week_list(over_new_year, "en") == "weeks 52-1"


def test_dates_are_said_in_full(small: Summary) -> None:
    s = small.problem.settings
    assert between(s.start, s.end, "da") == "23. marts - 30. oktober 2026"
    assert between(s.start, s.end.replace(year=2027), "en") == "23 March 2026 - 30 October 2027"


@given(st.lists(st.integers(1, 40), max_size=20), st.integers(20, 80))
def test_columns_fit_and_none_is_left_out(widths: list[int], room: int) -> None:
    things = [f"course {n}" for n in range(len(widths))]
    blocks = list(fitting(things, widths, room))
    assert [thing for block in blocks for thing in block] == things
    for block in blocks:
        wide = sum(max(9, widths[things.index(thing)]) for thing in block)
        assert len(block) == 1 or wide <= room


def test_columns_are_aligned() -> None:
    assert list(columns([["", "a"], ["long", "12"]])) == ["         a", "  long  12"]


def test_sums_add_reason_by_reason(small: Summary) -> None:
    a = small.persons[0].courses["mat"]
    twice = a + a
    assert twice.lost_minutes == 2 * a.lost_minutes
    assert set(twice.lost) == set(a.lost)
    assert Sum() + a == a
