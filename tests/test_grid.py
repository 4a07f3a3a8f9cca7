"""A week in the terminal: everything that is in it stands in it, in its place, within the width."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from plans import make_plan, small_problem
from rich.console import Console, RenderableType
from rich.text import Text

from skemaplan.dates import Week
from skemaplan.facts import Absence, Closure
from skemaplan.grid import team_grid, week_grid
from skemaplan.schedule import TermPlan
from skemaplan.timetable import brief_name, brief_names, timetable
from skemaplan.unroll import teaching_weeks

MARCH = Week.parse("2026-W13")  # Tuesday mathematics, Friday mathematics and a talk
APRIL = Week.parse("2026-W14")  # Friday: English online


@pytest.fixture(scope="module")
def plan() -> TermPlan:
    return make_plan()


def drawn(what: RenderableType, width: int = 80, *, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colours, color_system="truecolor" if colours else None)
    console.print(what, crop=False)
    return out.getvalue()


def column_of(text: str, day: str) -> int:
    """Where a day's column begins."""
    return next(line for line in text.splitlines() if day in line).index(day)


def test_a_session_stands_under_its_day_and_beside_its_time(plan: TermPlan) -> None:
    text = drawn(week_grid(plan, "A", MARCH, "en"))
    lines = text.splitlines()
    (line,) = (line for line in lines if line.startswith("08:30") and "Matematik" in line)
    assert line.index("┏Matematik") == column_of(text, "Tue 24 Mar")
    (friday,) = (line for line in lines if line.startswith("10:15"))
    assert friday.index("┏Matematik") == column_of(text, "Fri 27 Mar")
    below = lines[lines.index(friday) + 1]
    assert "Lokale 1" in below


@pytest.mark.parametrize("width", [80, 100, 120, 200])
@pytest.mark.parametrize("who", ["A", "B", "U-MAT", "Lokale 1"])
def test_it_fits_the_width(plan: TermPlan, who: str, width: int) -> None:
    for week in (MARCH, APRIL):
        text = drawn(week_grid(plan, who, week, "da", width), width)
        assert max(map(len, text.splitlines())) <= width
        team = drawn(team_grid(plan, week, "da", width), width)
        assert max(map(len, team.splitlines())) <= width


def test_every_session_of_the_week_is_in_the_team_grid(plan: TermPlan) -> None:
    text = drawn(team_grid(plan, MARCH, "en"))
    # three participants' sessions (2 + talk, 2, 1) and those of the two teachers (2 and 1), and A's language school
    assert text.count("mat") == 2 + 2 + 1 + 2
    assert text.count("talk") == 1 + 1
    assert "08:30" in text


def test_a_teacher_and_a_room_see_who_comes(plan: TermPlan) -> None:
    assert "A, B, C" in drawn(week_grid(plan, "U-MAT", MARCH, "en"))
    assert "U-MAT: A, B, C" in drawn(week_grid(plan, "Lokale 1", MARCH, "en", 120))


def test_online_is_said_instead_of_a_room(plan: TermPlan) -> None:
    items = timetable(plan, "A", APRIL, "en").items
    (english,) = (i for i in items if i.course == "eng")
    assert english.where == "online"
    assert "online" in drawn(week_grid(plan, "A", APRIL, "en"))


def test_fixed_things_and_exams_stand_there_too(plan: TermPlan) -> None:
    assert "Sprogskole" in drawn(week_grid(plan, "A", MARCH, "en"))
    assert "Prøve" in drawn(week_grid(plan, "A", Week.parse("2026-W44"), "en"))


def test_a_closed_day_says_why() -> None:
    monday, tuesday = MARCH.day(0), MARCH.day(2)
    problem = small_problem(closures=(Closure(from_date=monday, to_date=tuesday, reason="Ferie"),))
    rows = [r for r in _rows() if r[0] > str(tuesday)]
    text = drawn(week_grid(make_plan(problem, rows), "B", MARCH, "en"))
    line = next(line for line in text.splitlines() if "Ferie" in line)
    assert line.count("Ferie") == 3


def test_a_week_with_nothing_says_so(plan: TermPlan) -> None:
    for who in ("A", "U-MAT", "Lokale 2"):
        assert "Nothing this week." in drawn(week_grid(plan, who, Week.parse("2026-W20"), "en"))


def test_someone_away_is_told_apart_from_someone_free(plan: TermPlan) -> None:
    items = timetable(plan, "B", Week.parse("2026-W44"), "en").items
    assert any(i.kind == "away" for i in items) or any("Hospital" in i.title for i in items)
    whole_day = Absence(who="C", from_date=MARCH.day(1), to_date=MARCH.day(1))
    problem = small_problem(absences=(whole_day,))
    assert "away" in drawn(week_grid(make_plan(problem), "C", MARCH, "en"))


def test_a_long_empty_stretch_is_one_line() -> None:
    rows = [
        ("2026-03-24", "08:30-09:15", "mat", "U-MAT", "", "B"),
        ("2026-03-24", "19:00-19:45", "mat", "U-MAT", "", "B"),
    ]
    text = drawn(week_grid(make_plan(rows=rows), "B", MARCH, "en"))
    assert text.count("⋮") == 1
    assert len(text.splitlines()) < 20
    assert "19:00" in text


def test_times_off_the_quarter_are_all_readable() -> None:
    """Two short sessions that would share a line of the grid are both shown, with their times."""
    rows = [
        ("2026-03-24", "08:50-09:00", "mat", "U-MAT", "", "B"),
        ("2026-03-24", "09:00-09:10", "eng", "U-ENG", "", "B"),
    ]
    text = drawn(week_grid(make_plan(rows=rows), "B", MARCH, "en"))
    assert "Matematik" in text
    assert "English" in text
    assert "08:50" in text


def test_what_is_lost_stands_below(plan: TermPlan) -> None:
    assert "lost: Matematik, 1 (closed on 2026-03-23: Easter)" in drawn(week_grid(plan, "A", MARCH, "en"), 120)


def test_it_counts_her_week_and_her_weeks(plan: TermPlan) -> None:
    mine = timetable(plan, "A", MARCH, "en")
    assert mine.minutes["session"] == 180
    assert mine.minutes["talk"] == 45
    assert (mine.nth, mine.of) == (1, len(teaching_weeks(plan.problem)))


def test_colours_tell_courses_apart(plan: TermPlan) -> None:
    grid = week_grid(plan, "A", APRIL, "en")
    styles = {str(span.style) for span in grid.spans if "on #" in str(span.style)}
    assert len(styles) >= 3  # mathematics, English, language school
    assert "\x1b[" in drawn(grid, colours=True)
    assert isinstance(grid, Text)


def test_the_weekend_is_shown_only_when_used(plan: TermPlan) -> None:
    assert "Sat" not in drawn(week_grid(plan, "A", MARCH, "en"))
    rows = [("2026-03-28", "10:00-10:45", "mat", "U-MAT", "", "B")]
    assert "Sat" in drawn(week_grid(make_plan(rows=rows), "B", MARCH, "en", 100), 100)


def _rows() -> list[tuple[str, str, str, str, str, str]]:
    from plans import ROWS

    return list(ROWS)


def test_people_are_called_by_their_labels_where_there_is_room() -> None:
    problem = small_problem()
    assert brief_name(problem, "A") == "Deltager A"
    assert brief_name(problem, "U-MAT") == "U-MAT"  # its label is too long for a cell
    assert brief_names(problem, ["B"]) == "Deltager B"
    assert brief_names(problem, ["B", "A"]) == "A, B"
    others = tuple(replace(p, label=f"{p.id} x") for p in problem.participants)
    assert brief_names(replace(problem, participants=others), ["A", "B"]) == "A x, B x"
