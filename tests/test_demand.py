"""What a week should hold: 10 + 3 + 3 + 3 + 1 = 20, and what other weeks make of it. In lessons of 45 minutes here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skemaplan.demand import Demand, fitted, wanted_of_a_week

LESSON = 45
SUBJECT = Demand(3 * LESSON, 2 * LESSON, 3 * LESSON, 4 * LESSON, 2, LESSON)
TALK = Demand(LESSON, LESSON, LESSON, LESSON, 1, LESSON, "talk")
COURSES = {"mat": SUBJECT, "eng": SUBJECT, "saf": SUBJECT, "talk": TALK}


def week(takes: dict[str, Demand], school: float, target: int = 20, tolerance: int = 2) -> dict[str, Demand]:
    return wanted_of_a_week(takes, round(school * LESSON), target, tolerance, LESSON)


def wanted(demands: dict[str, Demand]) -> dict[str, float]:
    return {c: d.wanted / LESSON for c, d in demands.items()}


def test_the_canonical_week_asks_for_twenty() -> None:
    demands = week(COURSES, school=10)
    assert wanted(demands) == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert {c: d.cap // LESSON for c, d in demands.items()} == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}


def test_three_language_days_leave_two_of_each() -> None:
    demands = week(COURSES, school=15)
    assert wanted(demands) == {"mat": 2, "eng": 2, "saf": 2, "talk": 1}
    assert all(d.cap == d.wanted for d in demands.values())


def test_four_language_days_never_take_below_fewest_nor_the_talk() -> None:
    assert wanted(week(COURSES, school=20)) == {"mat": 2, "eng": 2, "saf": 2, "talk": 1}


def test_one_lesson_too_many_comes_off_the_largest() -> None:
    more = {**COURSES, "mat": replace(SUBJECT, wanted=4 * LESSON, cap=4 * LESSON)}
    assert wanted(week(more, school=12)) == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert wanted(week(COURSES, school=12.5)) == {"mat": 3, "eng": 2, "saf": 3, "talk": 1}


def test_without_language_school_more_is_allowed_and_no_more_is_asked_for() -> None:
    demands = week(COURSES, school=0)
    assert wanted(demands) == {"mat": 3, "eng": 3, "saf": 3, "talk": 1}
    assert {c: d.cap // LESSON for c, d in demands.items()} == {"mat": 4, "eng": 4, "saf": 4, "talk": 1}


@pytest.mark.parametrize(("school", "caps"), [(7, 4), (8, 3), (12, 3)])
def test_the_tolerance_is_a_part_of_the_target(school: int, caps: int) -> None:
    assert {d.cap // LESSON for c, d in week(COURSES, school).items() if c != "talk"} == {caps}


def test_a_course_is_split_only_as_far_as_its_lessons_reach() -> None:
    assert fitted(replace(SUBJECT, wanted=LESSON)).sessions == 1
    assert fitted(replace(SUBJECT, wanted=0)).sessions == 1
    assert fitted(SUBJECT).sessions == 2
    assert fitted(replace(SUBJECT, wanted=90, shortest=60)).sessions == 1


def test_a_part_of_a_week_asks_for_its_share() -> None:
    assert SUBJECT.share(5, 5) == SUBJECT
    assert SUBJECT.share(3, 5).wanted == LESSON
    assert SUBJECT.share(2, 5) == Demand(LESSON, LESSON, LESSON, LESSON, 1, LESSON)
    assert week({"mat": SUBJECT.share(1, 5), "talk": TALK.share(1, 5)}, school=0) == {}


AMOUNTS = st.integers(0, 6).map(lambda n: n * LESSON)
DEMANDS = st.builds(
    lambda fewest, more, most, sessions, kind: Demand(
        fewest + more, fewest, fewest + more, fewest + more + most, sessions, LESSON, kind
    ),
    AMOUNTS,
    AMOUNTS,
    AMOUNTS,
    st.integers(1, 3),
    st.sampled_from(["lesson", "talk"]),
)


@given(
    st.dictionaries(st.sampled_from("abcd"), DEMANDS), st.integers(0, 25 * 60), st.integers(5, 30), st.integers(0, 4)
)
def test_what_holds_of_every_week(takes: dict[str, Demand], committed: int, target: int, tolerance: int) -> None:
    demands = wanted_of_a_week(takes, committed, target, tolerance, LESSON)
    before = committed + sum(d.wanted for d in takes.values())
    after = committed + sum(d.wanted for d in demands.values())
    for c, d in demands.items():
        assert takes[c].fewest <= d.wanted <= takes[c].wanted
        assert d.wanted <= d.cap <= takes[c].most
        assert 1 <= d.sessions <= max(1, takes[c].sessions)
        assert d.sessions == 1 or d.sessions * d.shortest <= d.wanted
    assert {c for c, d in takes.items() if d.fewest} <= {*demands}
    high, low = (target + tolerance) * LESSON, (target - tolerance) * LESSON
    if before <= high:
        assert after == before
    if after > high:  # nothing more to take off
        assert all(d.wanted == d.fewest for d in demands.values() if d.kind == "lesson")
    if low <= before <= high:
        assert all(d.cap == takes[c].cap for c, d in demands.items())


@given(st.permutations(sorted(COURSES)), st.integers(0, 22))
def test_the_order_of_the_courses_does_not_matter(order: list[str], school: int) -> None:
    assert week({c: COURSES[c] for c in order}, school) == week(COURSES, school)


@given(st.integers(1, 30), st.integers(0, 10))
def test_lessons_come_off_evenly(school: int, target: int) -> None:
    three = dict.fromkeys(("mat", "eng", "saf"), SUBJECT)
    amounts = [d.wanted for d in wanted_of_a_week(three, school * LESSON, target, 0, LESSON).values()]
    assert max(amounts) - min(amounts) <= LESSON
