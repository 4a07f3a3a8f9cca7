"""Input that is unusual or broken, each kind once found to be answered wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_terms import change, run, smallest


@pytest.fixture
def term(tmp_path: Path) -> Path:
    return smallest(tmp_path / "term")


def planned(term: Path) -> Path:
    assert run("plan", term, "--quiet").exit_code == 0
    return term


def test_labels_that_look_like_markup_are_drawn_as_they_are(term: Path) -> None:
    change(term / "participants.csv", "Deltager A", "[/]")
    change(term / "term.csv", "One woman and one course", "[/bold]")
    told = run("show", planned(term), "--week", "2027-W05")
    assert told.exit_code == 0
    assert "[/] " in told.output
    assert "[/bold]" in told.output


def test_a_label_of_200_letters_leaves_room_for_the_week(term: Path) -> None:
    change(term / "participants.csv", "Deltager A", "Ø" * 200)
    told = run("show", planned(term), "--week", "2027-W05")
    assert "10:15 mat" in told.output


@pytest.mark.parametrize("day", ["2027-02-06", "2027-02-07"])
def test_a_term_in_which_nothing_can_be_held_is_drawn_too(term: Path, day: str) -> None:
    change(term / "term.csv", "2027-02-01", day)
    change(term / "term.csv", "2027-02-26", day)
    planned(term)
    assert run("show", term).exit_code == 0
    assert run("show", term, "Deltager A").exit_code == 0


LOCKS = "participant,course,teacher,date,day,start\n"


def lock(term: Path, *rows: str) -> None:
    text = LOCKS + "".join(f"Deltager A,mat,Underviser 1,{row}\n" for row in rows)
    (term / "locks.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("2027-02-01,,10:15", "mat mon 10:15"),  # she is at the language school
        (",sun,03:00", "mat sun 03:00"),  # nobody is there
        (",tue,09:07", "mat tue 09:07"),  # no bell rings
        (",mon,09:15", "mat mon 09:15"),  # the language school, in every week
    ],
)
def test_a_lock_that_no_plan_can_keep_is_named(term: Path, row: str, named: str) -> None:
    lock(term, row)
    told = run("plan", term, "--quiet", "--language", "en")
    assert told.exit_code == 3
    assert named in told.output
    assert "fault" not in told.output
    assert not (term / "state").exists()


@pytest.mark.parametrize(
    ("table", "row"),
    [("closures", "from_date,reason\n2027-02-09,Closed\n"), ("absences", "who,from_date\nDeltager A,2027-02-09\n")],
)
def test_a_weekly_lock_is_lost_on_a_closed_day(term: Path, table: str, row: str) -> None:
    lock(term, ",tue,08:30")
    (term / f"{table}.csv").write_text(row, encoding="utf-8")
    planned(term)
    rows = run("export", term, "--lessons", "-").stdout
    for day, held in (("2027-02-02", True), ("2027-02-09", False), ("2027-02-16", True), ("2027-02-23", True)):
        assert (f"{day},08:30" in rows) == held
    assert run("verify", term).exit_code == 0


def test_a_weekly_lock_is_no_hindrance_to_a_term_that_begins_on_a_wednesday(term: Path) -> None:
    change(term / "term.csv", "2027-02-01", "2027-02-03")
    lock(term, ",tue,08:30")
    planned(term)
    assert "2027-02-09,08:30" in run("export", term, "--lessons", "-").stdout


def test_a_lock_on_a_day_that_is_closed_is_named(term: Path) -> None:
    lock(term, "2027-02-09,,08:30")
    (term / "closures.csv").write_text("from_date,reason\n2027-02-09,Closed\n", encoding="utf-8")
    told = run("plan", term, "--quiet", "--language", "en")
    assert told.exit_code == 3
    assert "week 2027-W06" in told.output
    assert "mat tue 08:30" in told.output
