"""What would happen if: the same plan as after the change itself, all of it said, and not a byte written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from cli_terms import BEFORE, change, run, smallest
from terms import random_term

from skemaplan.cli.planning import search
from skemaplan.plan_file import plan_document
from skemaplan.planning.change import replan
from skemaplan.planning.term import plan
from skemaplan.planning.what_if import what_if
from skemaplan.rules import INCONVENIENCE
from skemaplan.store import Store
from skemaplan.summary import summarise
from skemaplan.tables import read

TODAY = ("--today", "2027-02-01", "--language", "en")
SICK = ("--", "absent", "Underviser 1", "2027-02-08", "2027-02-12")
COMES = ("--", "join", "Deltager B", "--from", "2027-02-08")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = smallest(tmp_path_factory.mktemp("cli") / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", folder, "--quiet").exit_code == 0
    return folder


@pytest.fixture(params=["published", "a draft"])
def term(request: pytest.FixtureRequest, drafted: Path, tmp_path: Path) -> Path:
    folder = copytree(drafted, tmp_path / "term")
    if request.param == "published":
        assert run("publish", folder, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    return folder


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file: what is in it, and when it was written."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def draft(term: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((term / "state" / "draft.json").read_text(encoding="utf-8"))["plan"]
    return plan


@pytest.mark.parametrize(
    "words",
    [SICK, COMES, (*SICK, *COMES), ("--", "lock", "Deltager A", "mat", "mon", "08:30"), ("--", "absent", "Nobody")],
    ids=["one", "another", "both", "no plan keeps it", "not understood"],
)
def test_nothing_is_written(words: Sequence[str], term: Path) -> None:
    before = everything(term)
    run("what-if", term, *TODAY, *words)
    run("what-if", term, "--json", *TODAY, *words)
    assert everything(term) == before


def test_it_says_what_changes_for_whom_and_what_it_costs(term: Path) -> None:
    told = run("what-if", term, *TODAY, *SICK)
    assert told.exit_code == 0, told.output
    assert "Matematik Tuesday 9 February" in told.output
    assert "is cancelled" in told.output
    assert "Deltager A, Matematik: 3 more lost" in told.output
    assert "Nothing was written" in told.output


def test_taken_it_is_what_change_would_have_done(term: Path, tmp_path: Path) -> None:
    other = copytree(term, tmp_path / "other")
    told = run("what-if", term, "--take", *TODAY, *SICK, *COMES)
    assert told.exit_code == 0, told.output
    for words in (SICK, COMES):
        assert run("change", words[1], other, *words[2:], *TODAY).exit_code == 0
    for table in ("absences.csv", "participants.csv"):
        assert (term / table).read_bytes() == (other / table).read_bytes()
    if Store.of(term).version:
        assert draft(term) == draft(other)
    assert "diff" not in run("verify", term).output
    assert run("verify", term).exit_code == 0


def test_changes_build_on_each_other(term: Path) -> None:
    """Whoever comes by the first can be spoken of in the second."""
    there = ("--", "lock", "Deltager B", "mat", "thu", "08:30")
    assert run("what-if", term, *TODAY, *there).exit_code == 3
    told = run("what-if", term, "--json", *TODAY, *COMES, *there)
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert [row["table"] for row in found["rows"]] == ["participants", "locks"]
    (her,) = (p for p in found["people"] if p["id"] == "Deltager B")
    assert any((c["now"]["start"], c["kind"]) == ("08:30", "new") for c in her["changes"])
    assert found["then"]["held"] > found["now"]["held"]
    assert not found["taken"]


def test_a_workbook_is_tried_on_a_copy_too(tmp_path: Path) -> None:
    book = tmp_path / "term.xlsx"
    assert run("new", book, "--start", "2027-02-01", "--end", "2027-02-26").exit_code == 0
    before = book.read_bytes()
    told = run("what-if", book, "--language", "en", "--", "close", "2027-02-09")
    assert told.exit_code == 2, "there is nobody in it yet"
    assert book.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["term.xlsx"]


def test_a_calendar_beside_the_term_is_read_from_the_copy_too(drafted: Path, tmp_path: Path) -> None:
    term = copytree(drafted, tmp_path / "deep" / "term")
    (tmp_path / "busy.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20270101T000000Z\n"
        "DTSTART:20270209T100000Z\nDTEND:20270209T110000Z\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,../../busy.ics\n", encoding="utf-8")
    told = run("what-if", term, *TODAY, *COMES)
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        ((), 2, "no change is named"),
        (("--", "absnt", "Underviser 1"), 2, "Did you mean absent"),
        (("--", "absent"), 2, "Missing argument 'WHO'"),
        (("--", "absent", "Undervisr", "2027-02-08"), 3, "Did you mean Underviser 1"),
        ((*COMES, *COMES), 3, "There is a participant Deltager B already"),
        (("--", "lock", "Deltager A", "mat", "mon", "08:30"), 3, "No plan of week"),
        (("--", "unlock", "Deltager A", "mat", "mon"), 3, "no such row"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_what_can_not_be_meant_is_said(words: Sequence[str], code: int, what: str, term: Path) -> None:
    told = run("what-if", term, *TODAY, *words)
    assert told.exit_code == code, told.output
    assert what in told.output


def test_without_any_plan_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    term = smallest(tmp_path / "term")
    told = run("what-if", term, *TODAY, *SICK)
    assert told.exit_code == 3
    assert "There is no plan yet" in told.output


def test_what_was_changed_before_counts_too_and_that_is_said(drafted: Path, tmp_path: Path) -> None:
    term = copytree(drafted, tmp_path / "term")
    assert run("publish", term, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    said = "since the last version counts too"
    assert said not in run("what-if", term, *TODAY, *SICK).output
    assert run("change", "close", term, "2027-02-23", *TODAY).exit_code == 0
    told = run("what-if", term, *TODAY, *SICK).output
    assert said in told
    assert "23 February" in told


def test_a_table_changed_meanwhile_is_not_written_over(term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else saves the tables while the search goes on."""

    def slow(*args: Any) -> Any:
        change(term / "term.csv", "weekly_target,13", "weekly_target,12")
        return search(*args)

    monkeypatch.setattr("skemaplan.cli.supposing.search", slow)
    told = run("what-if", term, "--take", *TODAY, *SICK)
    assert told.exit_code == 3
    assert "The tables were changed meanwhile" in told.output
    assert not (term / "absences.csv").exists()


@pytest.mark.parametrize("seed", range(8))
def test_the_figures_are_those_of_the_summary(seed: int) -> None:
    """Between one random term and another on the same days, whatever is different about them."""
    known, other = plan(random_term(seed)), random_term(seed + 100)
    today = min(known.problem.settings.start, other.settings.start)
    found = what_if(other, known, today, thaw=True)
    assert plan_document(found.after) == plan_document(replan(other, known, today, thaw=True))
    for made, told in ((known, found.was), (found.after, found.would_be)):
        mine = summarise(made).all
        assert (mine.held, mine.lost_minutes, mine.unmet) == (told.held, told.lost, told.unmet)
        assert told.inconvenience == next(t.value for t in made.tiers if t.name == INCONVENIENCE)
    missed = sum(m.minutes for m in found.misses)
    assert missed == found.would_be.lost + found.would_be.unmet - found.was.lost - found.was.unmet


def test_nothing_changed_is_nothing_missed(drafted: Path) -> None:
    problem = read(drafted)
    known = plan(problem)
    found = what_if(problem, known, date(2027, 2, 1))
    assert (found.moves.value, found.misses, found.was) == (0, (), found.would_be)
