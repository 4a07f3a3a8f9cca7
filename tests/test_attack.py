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
