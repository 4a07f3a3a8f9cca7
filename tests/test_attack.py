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
        ("2027-02-01,,10:15", "mat Mondays 10:15 (locks.csv row 2)"),  # she is at the language school
        (",sun,03:00", "mat Sundays 03:00 (locks.csv row 2)"),  # nobody is there
        (",tue,09:07", "mat Tuesdays 09:07 (locks.csv row 2)"),  # no bell rings
        (",mon,09:15", "mat Mondays 09:15 (locks.csv row 2)"),  # the language school, in every week
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
    assert "mat Tuesdays 08:30 (locks.csv row 2)" in told.output


def test_a_term_of_headings_only_lacks_its_name_and_dates(term: Path) -> None:
    (term / "term.csv").write_text("key,value\n", encoding="utf-8")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 2
    for key in ("name", "start", "end"):
        assert f"the setting {key} is missing" in told.output


@pytest.mark.parametrize(
    ("row", "said"),
    [("", "fejl: undervisere"), ("language,en\n", "error: teachers"), ("sprog,dansk\n", "fejl: undervisere")],
)
def test_a_missing_table_is_told_in_the_language_of_the_term(term: Path, row: str, said: str) -> None:
    (term / "teachers.csv").unlink()
    with (term / "term.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    told = run("check", term)
    assert told.exit_code == 2
    assert f"{said}: " in told.output


def test_a_day_that_ends_before_it_starts_is_told(term: Path) -> None:
    with (term / "term.csv").open("a", encoding="utf-8") as file:
        file.write("start_step,15\nday_start,14:45\nday_end,08:30\n")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 2
    assert "row 9, column value: 08:30 is before the start" in told.output


def test_a_price_that_there_is_not_is_told(term: Path) -> None:
    (term / "prices.csv").write_text("name,minutes\nwaitin,5\nwaiting,5\n", encoding="utf-8")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 2
    assert told.output.count("prices.csv") == 1
    assert "row 2, column name: there is no 'waitin'. Did you mean waiting?" in told.output


def test_an_empty_cell_is_told_with_what_could_stand_there(term: Path) -> None:
    (term / "locks.csv").write_text(LOCKS + ",,,,tue,08:30\n", encoding="utf-8")
    told = run("check", term, "--language", "en")
    assert "column participant: the cell is empty. Write it as Deltager A." in told.output
    assert "column course: the cell is empty. Write it as mat." in told.output


def test_what_only_follows_from_a_wrong_cell_is_not_told(term: Path) -> None:
    change(term / "teachers.csv", "12:00", "noon")
    told = run("check", term, "--language", "en")
    assert told.exit_code == 2
    assert "noon" in told.output
    assert "leave no time at all" not in told.output


def test_an_evening_class_counts_towards_the_week(term: Path) -> None:
    text = "label,language_days,language_from,language_to\nDeltager A,mon wed,17:00,20:00\n"
    (term / "participants.csv").write_text(text, encoding="utf-8")
    assert "11 of 13" in run("plan", term, "--quiet", "--language", "en").output  # twice four lessons, and three


def test_no_file_to_write_is_a_wrong_call(term: Path) -> None:
    told = run("export", planned(term), "--lessons", "")
    assert told.exit_code == 2
    assert "--lessons" in told.output


@pytest.mark.parametrize("now", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_no_zone_knows_is_a_wrong_call(term: Path, tmp_path: Path, now: str) -> None:
    told = run("publish", planned(term), "--site", tmp_path / "site", "--now", now)
    assert told.exit_code == 2
    assert now in told.output
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("old", "new"), [('"based_on": 0', '"based_on": "x"'), ('"2027-W08"]', '"2027-W08"], "weeks": []')]
)
def test_a_draft_that_somebody_edited_is_refused(term: Path, old: str, new: str) -> None:
    change(planned(term) / "state" / "draft.json", old, new)
    told = run("show", term, "--language", "en")
    assert told.exit_code == 3
    assert "backup" in told.output


def test_a_new_term_is_not_written_among_the_tables_of_another(term: Path) -> None:
    before = sorted(f.name for f in term.iterdir())
    told = run("new", term, "--language", "da")  # deltagere.csv would stand beside participants.csv
    assert told.exit_code == 3
    assert "participants.csv" in told.output
    assert sorted(f.name for f in term.iterdir()) == before


def test_calendars_are_not_published_around_the_tables(term: Path, tmp_path: Path) -> None:
    planned(term)
    for site in (term, tmp_path, term / "state"):
        told = run("publish", term, "--site", site, "--now", "2027-01-20T08:00", "--language", "en")
        assert told.exit_code == 3
        assert "holds the term itself" in told.output
        assert not (site / "f").exists()
    assert run("publish", term, "--site", term / "site", "--now", "2027-01-20T08:00").exit_code == 0
