"""Events as commands: a row is written, the term planned again with the fewest moves, and everybody's change said."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import BEFORE, change, files, run, smallest

from skemaplan.cli.changing import change as event_verbs

TODAY = ("--today", "2027-02-01", "--language", "en")


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = smallest(tmp_path_factory.mktemp("cli") / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", BEFORE).exit_code == 0
    return folder


@pytest.fixture
def term(published_once: Path, tmp_path: Path) -> Path:
    return copytree(published_once, tmp_path / "term")


def held(term: Path) -> dict[str, list[str]]:
    """The dates of the draft's sessions, by week."""
    plan = json.loads((term / "state" / "draft.json").read_text(encoding="utf-8"))["plan"]
    return {week: [s["date"] for s in rows["sessions"]] for week, rows in plan["weeks"].items()}


def test_event_1_the_teacher_is_sick_two_weeks(term: Path) -> None:
    before = held(term)
    told = run("change", "absent", term, "underviser 1", "2027-02-08", "2027-02-19", *TODAY)
    assert told.exit_code == 0, told.output
    assert "Underviser 1,2027-02-08,2027-02-19" in (term / "absences.csv").read_text(encoding="utf-8")
    assert "is cancelled" in told.output
    after = held(term)
    assert not after["2027-W06"]
    assert not after["2027-W07"]
    assert (after["2027-W05"], after["2027-W08"]) == (before["2027-W05"], before["2027-W08"])


def test_event_2_her_language_days_change(term: Path) -> None:
    told = run("change", "move-class", term, "Deltager A", "man tir", "--from", "2027-02-15", *TODAY)
    assert told.exit_code == 0, told.output
    row = (term / "commitments.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert "mon tue" in row
    assert "2027-02-15" in row
    assert "moves to" in told.output
    assert not [d for d in held(term)["2027-W08"] if d == "2027-02-23"], "she is at the language school that Tuesday"


def test_event_5_a_half_day_is_closed(term: Path) -> None:
    told = run("change", "close", term, "2027-02-12", "--from-time", "08:30", "--reason", "Valg", *TODAY)
    assert told.exit_code == 0, told.output
    assert "2027-02-12" not in held(term)["2027-W06"]
    assert "Valg" in (term / "closures.csv").read_text(encoding="utf-8")


def test_event_6_all_is_online(term: Path) -> None:
    told = run("change", "online", term, "2027-02-08", "2027-02-12", *TODAY)
    assert told.exit_code == 0, told.output
    assert "is online" in told.output
    assert "another room: 2" in told.output


def test_event_8_somebody_leaves(term: Path) -> None:
    told = run("change", "leave", term, "Deltager A", "2027-02-12", *TODAY)
    assert told.exit_code == 0, told.output
    assert held(term).get("2027-W08", []) == []
    assert "2027-02-12" in (term / "participants.csv").read_text(encoding="utf-8")


def test_event_9_somebody_joins_and_nobody_else_moves(term: Path) -> None:
    before = held(term)
    told = run("change", "join", term, "Deltager B", "--from", "2027-02-08", *TODAY)
    assert told.exit_code == 0, told.output
    assert "Deltager A" not in told.output
    assert held(term) == before, "she fits into the sessions there are"
    assert run("change", "join", term, "Deltager B", *TODAY).exit_code == 3


def test_a_lock_and_taking_it_back(term: Path) -> None:
    before = (term / "state" / "draft.json").read_bytes()
    told = run("change", "lock", term, "Deltager A", "mat", "2027-02-11", "08:30", *TODAY)
    assert told.exit_code == 0, told.output
    assert "2027-02-11" in held(term)["2027-W06"]
    assert run("change", "unlock", term, "Deltager A", "Matematik", "2027-02-11", *TODAY).exit_code == 0
    assert json.loads((term / "state" / "draft.json").read_bytes())["plan"] == json.loads(before)["plan"]


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (("absent", "TERM", "Undervisr 1", "2027-02-08"), "The name is not known. Did you mean Underviser 1?"),
        (("absent", "TERM", "Underviser 1", "2027-02-08", "2028-03-14"), "is more than a year"),
        (("absent", "TERM", "Underviser 1", "2027-02-08", "2027-02-01"), "is before"),
        (("absent", "TERM", "Underviser 1", "2029-02-08"), "outside the term"),
        (("lock", "TERM", "Deltager A", "mat", "2027-01-29", "08:30"), "has passed"),
        (("lock", "TERM", "Deltager A", "mat", "mon", "08:30"), "The row was taken back"),
        (("lock", "TERM", "Deltager A", "mat", "someday", "08:30"), "not a weekday"),
        (("unlock", "TERM", "Deltager A", "mat", "mon"), "no such row"),
        (("leave", "TERM", "Deltager X", "2027-02-12"), "Did you mean Deltager A?"),
        (("lock", "TERM", "Deltager A", "matematk", "fri", "08:30"), "Did you mean Matematik, mat?"),
    ],
    ids=lambda v: " ".join(v[:1] + v[2:3]) if isinstance(v, tuple) else "",
)
def test_bad_input_is_named_and_nothing_is_changed(call: tuple[str, ...], what: str, term: Path) -> None:
    before = files(term)
    told = run("change", *(term if part == "TERM" else part for part in call), *TODAY)
    assert told.exit_code == 3, told.output
    assert what in told.output
    assert files(term) == before


def test_two_contradicting_locks_are_refused(term: Path) -> None:
    assert run("change", "lock", term, "Deltager A", "mat", "2027-02-11", "08:30", *TODAY).exit_code == 0
    told = run("change", "lock", term, "Deltager A", "mat", "2027-02-11", "08:30", *TODAY)
    assert told.exit_code == 3
    assert "already" in told.output


def test_a_weekly_lock_between_two_dates(term: Path) -> None:
    before = held(term)
    for first, last, at in (("2027-02-08", "2027-02-14", "08:30"), ("2027-02-15", "2027-02-21", "08:30")):
        told = run("change", "lock", term, "Deltager A", "mat", "thu", at, "--from", first, "--to", last, *TODAY)
        assert told.exit_code == 0, told.output
    after = held(term)
    assert (after["2027-W05"], after["2027-W08"]) == (before["2027-W05"], before["2027-W08"])
    assert "2027-02-11" in after["2027-W06"]
    assert "2027-02-18" in after["2027-W07"]
    again = ("Deltager A", "mat", "thu", "08:30", "--to", "2027-02-07")
    assert run("change", "lock", term, *again, "--from", "2027-02-01", *TODAY).exit_code == 0
    assert "already" in run("change", "lock", term, *again[:-1], "2027-02-11", *TODAY).output


def test_only_write_plans_nothing(term: Path) -> None:
    before = (term / "state" / "draft.json").read_bytes()
    assert run("change", "absent", term, "Underviser 1", "2027-02-08", "--only-write", *TODAY).exit_code == 0
    assert (term / "state" / "draft.json").read_bytes() == before


def test_a_term_that_was_never_published_is_only_written(tmp_path: Path) -> None:
    term = smallest(tmp_path / "new")
    told = run("change", "absent", term, "Underviser 1", "2027-02-08", *TODAY)
    assert told.exit_code == 0
    assert "Nothing is published yet" in told.output


def test_the_page_shows_every_event_there_is_a_command_for() -> None:
    page = (Path(__file__).parents[1] / "docs" / "do" / "change.md").read_text(encoding="utf-8")
    assert [name for name in event_verbs.commands if f"change {name}" not in page] == []
