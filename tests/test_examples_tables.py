"""The examples hold the facts of the case: copied here by hand from its description, not read from anywhere."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skemaplan.facts import LANGUAGE_SCHOOL
from skemaplan.problem import Problem
from skemaplan.tables import read, read_with_warnings

EXAMPLES = Path(__file__).parent.parent / "examples"
MON, TUE, WED, THU, FRI = range(5)


@pytest.fixture(scope="module")
def case() -> Problem:
    problem, warnings = read_with_warnings(EXAMPLES / "de-internationale")
    assert warnings == ()
    return problem


def test_the_term_runs_from_week_6_to_week_31(case: Problem) -> None:
    s = case.settings
    assert (s.start, s.end) == (date(2020, 2, 3), date(2020, 7, 31))
    assert (s.lesson_minutes, s.weekly_target, s.weekly_tolerance, s.teaching_weeks) == (45, 20, 2, 22)


def test_seven_bells_with_lunch_after_the_fourth(case: Problem) -> None:
    assert [p.end - p.start for p in case.periods] == [45] * 7
    assert [b.start - a.end for a, b in zip(case.periods, case.periods[1:], strict=False)] == [0, 15, 0, 30, 0, 15]
    assert {p.days for p in case.periods} == {frozenset({MON, TUE, WED, THU, FRI})}


def test_three_lessons_of_each_subject_and_a_talk(case: Problem) -> None:
    for course in (case.course[c] for c in ("mat", "eng", "saf")):
        assert (course.wanted, course.fewest, course.most) == (3 * 45, 2 * 45, 4 * 45)
        assert (course.sessions, course.shortest, course.longest, course.smallest_group) == (2, 45, 90, 1)
    assert case.course["saf"].most_taught == 4 * 45
    talk = case.course["talk"]
    assert (talk.kind, talk.wanted, talk.place, talk.largest_group, talk.shown_as) == (
        "talk",
        45,
        "jobcenter",
        1,
        "Aftale",
    )
    assert "jobcent" not in case.place["jobcenter"].shown_as.lower()


def test_everyone_takes_every_course(case: Problem) -> None:
    assert {(t.who, t.course) for t in case.takes} == {("all", c) for c in ("mat", "eng", "saf", "talk")}


def test_teachers_have_their_hours_and_windows(case: Problem) -> None:
    hours = {(t.teacher, t.valid_from): (t.least, t.most) for t in case.teaches}
    assert hours == {
        ("U-MAT", None): (90, 180),
        ("U-MAT", date(2020, 6, 8)): (90, 135),
        ("U-ENG", None): (90, 180),
        ("U-SAF1", None): (0, 180),
        ("U-SAF2", None): (0, 90),
        ("KOORD", None): (0, None),
    }
    windows = {a.who: (sorted(a.days), a.start, a.end) for a in case.availability if a.kind == "free"}
    assert windows == {
        "U-MAT": ([MON, TUE, WED, FRI], 510, 825),
        "U-ENG": ([TUE, WED, FRI], 510, 885),
        "U-SAF1": ([MON, TUE, WED, FRI], 510, 885),
        "U-SAF2": ([TUE, WED], 510, 885),
        "KOORD": ([MON, TUE, WED, THU, FRI], 555, 885),
    }


def test_room_2_is_taken_on_wednesdays_and_from_june_on_tuesdays(case: Problem) -> None:
    busy = [(sorted(a.days), a.start, a.end, a.valid_from) for a in case.availability if a.kind == "busy"]
    assert busy == [([WED], 720, 960, None), ([TUE], 480, 720, date(2020, 6, 8))]
    assert {r.id: (r.place, r.seats) for r in case.rooms} == {
        "lokale_1": ("stoeberiet", 12),
        "lokale_2": ("stoeberiet", 6),
        "samtalerum": ("jobcenter", 3),
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 2, 3), {"A": [MON, WED], "B": [TUE, THU], "C": [MON, WED], "D": [TUE, THU], "E": [MON, THU]}),
        (date(2020, 4, 14), {"A": [MON, WED], "B": [TUE, THU], "C": [MON, WED], "D": [TUE, THU], "E": [TUE, THU]}),
        (date(2020, 5, 4), {"A": [MON, WED], "B": [MON, WED], "C": [MON, WED], "D": [MON, WED], "E": [TUE, THU]}),
    ],
)
def test_language_days_change_with_the_class(case: Problem, day: date, expected: dict[str, list[int]]) -> None:
    valid = [c for c in case.commitments if c.holds(day)]
    assert {c.who: sorted(c.days) for c in valid} == expected
    assert Counter(c.who for c in valid) == dict.fromkeys("ABCDE", 1)
    assert {(c.start, c.end, c.kind, c.minutes) for c in valid} == {(510, 780, LANGUAGE_SCHOOL, None)}


def test_language_school_is_in_horsens_for_those_who_go_by_train(case: Problem) -> None:
    first = {c.who: c.place for c in case.commitments if c.holds(date(2020, 2, 3))}
    assert first == {
        w: f"scm_{p}" for w, p in zip("ABCDE", ["horsens", "hedensted", "horsens", "hedensted", "horsens"], strict=True)
    }
    assert {c.place for c in case.commitments if c.holds(date(2020, 6, 8))} == {"scm_horsens"}


def test_half_days_and_whole_days_are_closed(case: Problem) -> None:
    for_all = [c for c in case.closures if c.who == "all"]
    days = [(c.from_date.strftime("%d%m"), c.to_date.strftime("%d%m"), c.start) for c in for_all]
    assert days == [
        ("1002", "1402", 0),
        ("0604", "1004", 0),
        ("1304", "1304", 0),
        ("0105", "0105", 720),
        ("0805", "0805", 0),
        ("2105", "2205", 0),
        ("0106", "0106", 0),
        ("0506", "0506", 720),
        ("1307", "2407", 0),
    ]
    school = [(c.from_date.strftime("%d%m"), c.to_date.strftime("%d%m")) for c in case.closures if c.who != "all"]
    assert school == [("1002", "1402"), ("0604", "1304"), ("2906", "0708")]


def test_what_happened_once(case: Problem) -> None:
    once = {(a.who, a.from_date, a.to_date, a.start, a.end, a.place, a.kind) for a in case.absences}
    june = date(2020, 6, 17)
    oral = (date(2020, 6, 22), date(2020, 7, 3), 0, 1440, "", "reserved")
    assert once == {
        ("U-MAT", date(2020, 3, 2), date(2020, 3, 13), 0, 1440, "", "away"),
        ("holdet", date(2020, 6, 16), date(2020, 6, 16), 540, 720, "scm_horsens", "exam"),
        ("A", june, june, 540, 780, "scm_horsens", "exam"),
        ("C", june, june, 540, 780, "scm_horsens", "exam"),
        ("A", *oral),
        ("C", *oral),
    }
    assert case.teams["holdet"] == frozenset("ABCDE")
    assert {p.id: p.end for p in case.participants if p.end} == {"D": date(2020, 6, 30)}


def test_three_months_online_mostly_one_to_one(case: Problem) -> None:
    assert {(m.from_date, m.to_date, m.mode) for m in case.modes} == {(date(2020, 3, 16), date(2020, 6, 5), "online")}
    assert sorted(m.course for m in case.modes) == ["eng", LANGUAGE_SCHOOL, "mat", "saf", "talk"]
    for m in case.modes:
        if m.course in ("mat", "eng", "saf"):
            assert (m.wanted, m.sessions, m.shortest, m.longest, m.largest_group) == (30, 1, 30, 30, 1)
            teacher = next(t for t in case.teaches if t.course == m.course)
            assert teacher.most is not None
            assert m.wanted is not None
            assert m.wanted * len(case.participants) <= teacher.most  # 5 x 30 min within 4 lessons


def test_the_smallest_term_is_one_woman_and_one_course() -> None:
    problem, warnings = read_with_warnings(EXAMPLES / "smallest")
    assert warnings == ()
    assert [(c.wanted, c.sessions, c.shortest, c.longest) for c in problem.courses] == [(135, 2, 45, 90)]
    assert [(c.who, sorted(c.days), c.start, c.end) for c in problem.commitments] == [
        ("Deltager A", [MON, WED], 510, 780)
    ]
    assert [(t.teacher, t.course, t.most) for t in problem.teaches] == [("Underviser 1", "mat", 180)]
    lines = sum(len(f.read_text().splitlines()) + 1 for f in (EXAMPLES / "smallest").glob("*.csv"))
    assert lines <= 24, "it fits on one screen"


@pytest.mark.parametrize("folder", sorted(f.name for f in EXAMPLES.iterdir() if (f / "term.csv").exists()))
def test_every_example_is_read_without_a_word(folder: str) -> None:
    problem = read(EXAMPLES / folder)
    assert list(problem.troubles()) == []


def test_too_little_mathematics_differs_from_the_case_by_one_lesson(case: Problem) -> None:
    short = read(EXAMPLES / "short-math")
    assert {t.teacher: t.most for t in short.teaches if t.course == "mat"} == {"U-MAT": 3 * 45}
    assert [t for t in short.teaches if t.course != "mat"] == [t for t in case.teaches if t.course != "mat"]
    assert short.courses == case.courses
    assert short.commitments == tuple(replace(c, valid_to=None) for c in case.commitments if c.valid_from is None)
    assert short.absences == ()


def test_the_easy_term_has_one_class_and_three_common_days() -> None:
    easy = read(EXAMPLES / "easy")
    assert {(c.who, c.days, c.place) for c in easy.commitments} == {
        (who, frozenset({MON, WED}), "scm_horsens") for who in "ABCDE"
    }
    assert {a.days for a in easy.availability if a.kind == "free"} == {frozenset({TUE, THU, FRI})}
    assert {p.latest for p in easy.participants} == {885}
