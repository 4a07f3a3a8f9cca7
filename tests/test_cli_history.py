"""Earlier versions, going back to one, and the next term, from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest
from cli_terms import BEFORE, change, files, run, smallest

from skemaplan.tables import check, read, rows_of

SOMEBODY = pd.DataFrame([{"id": "Deltager Ny", "label": "Deltager Ny"}])


@pytest.fixture(scope="module")
def twice_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1 with the teacher on Tuesdays, then, a week into the term, version 2 without."""
    folder = smallest(tmp_path_factory.mktemp("cli") / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", BEFORE).exit_code == 0
    change(folder / "teachers.csv", "tue thu fri", "thu fri")
    assert run("plan", folder, "--quiet", "--today", "2027-02-10").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", "2027-02-10T08:00").exit_code == 0
    return folder


@pytest.fixture
def term(twice_once: Path, tmp_path: Path) -> Path:
    return copytree(twice_once, tmp_path / "term")


def published(term: Path, version: int) -> dict[str, list[str]]:
    plan = json.loads((term / "state" / "published" / f"{version:04}.json").read_text(encoding="utf-8"))["plan"]
    return {week: [s["date"] + " " + s["from"] for s in row["sessions"]] for week, row in plan["weeks"].items()}


def sequences(term: Path) -> dict[str, int]:
    """The sequence number of every calendar entry."""
    found: dict[str, int] = {}
    for file in (term / "site").rglob("*.ics"):
        for entry in file.read_text(encoding="utf-8").split("BEGIN:VEVENT")[1:]:
            uid, sequence = re.search(r"UID:(\S+)", entry), re.search(r"SEQUENCE:(\d+)", entry)
            if uid and sequence:
                found[uid[1]] = int(sequence[1])
    return found


def test_history_says_when_and_what(term: Path) -> None:
    told = run("history", term, "--language", "en")
    assert told.exit_code == 0
    first, second = told.stdout.splitlines()
    assert "2027-01-20 08:00" in first
    assert "2027-02-10 08:00" in second
    assert "2 sessions change for 1 participant (another day: 2)" in second


def test_event_31_published_by_mistake(term: Path) -> None:
    """The version before comes back as a new one; no calendar entry goes back in its numbering."""
    before = sequences(term)
    told = run("restore", term, "1", "--site", term / "site", "--now", "2027-02-10T09:00", "--language", "en")
    assert told.exit_code == 0, told.output
    assert "version 3 is published" in told.output
    assert published(term, 3) == published(term, 1)
    after = sequences(term)
    assert before.keys() == after.keys(), "every entry is still the same one"
    assert all(after[uid] >= n for uid, n in before.items())
    assert any(after[uid] > n for uid, n in before.items())


def test_after_going_back_the_tables_are_not_forgotten(term: Path) -> None:
    told = run("restore", term, "1", "--site", term / "site", "--now", "2027-02-10T09:00", "--language", "en")
    assert "The tables say otherwise" in told.output
    assert run("plan", term, "--quiet", "--today", "2027-02-10").exit_code == 0
    plan = json.loads((term / "state" / "draft.json").read_text(encoding="utf-8"))["plan"]
    now = {week: [s["date"] + " " + s["from"] for s in row["sessions"]] for week, row in plan["weeks"].items()}
    assert now["2027-W08"] == published(term, 2)["2027-W08"] != published(term, 1)["2027-W08"]


def test_what_has_passed_stays_when_going_back(term: Path) -> None:
    """Version 2 is restored over version 1 when half of it has passed."""
    assert run("restore", term, "1", "--site", term / "site", "--now", "2027-02-10T09:00").exit_code == 0
    assert run("restore", term, "2", "--site", term / "site", "--now", "2027-02-17T09:00").exit_code == 0
    first, second, fourth = (published(term, n) for n in (1, 2, 4))
    assert fourth["2027-W06"] == first["2027-W06"]
    assert fourth["2027-W08"] == second["2027-W08"]
    passed = [s for s in fourth["2027-W07"] if s < "2027-02-17 09:00"]
    assert passed == [s for s in first["2027-W07"] if s < "2027-02-17 09:00"]


@pytest.mark.parametrize("version", ["0", "3", "99"])
def test_a_version_that_is_not_there_is_refused_and_nothing_changes(version: str, term: Path) -> None:
    before = files(term)
    told = run("restore", term, version, "--site", term / "site", "--now", "2027-02-10T09:00", "--language", "en")
    assert told.exit_code == 3
    assert f"no published version {version}" in told.output
    assert files(term) == before


def test_without_a_version_there_is_no_history(tmp_path: Path) -> None:
    assert run("history", smallest(tmp_path / "new")).exit_code == 3


@pytest.mark.parametrize("name", ["next", "next.xlsx"])
def test_event_35_the_next_term_has_teachers_and_no_persons(name: str, term: Path, tmp_path: Path) -> None:
    change(term / "participants.csv", "Deltager A", "Deltager Q")
    (term / "takes.csv").write_text("who,course\nall,mat\nDeltager Q,mat\n", encoding="utf-8")
    (term / "availability.csv").write_text(
        "who,day,kind,valid_to\nUnderviser 1,thu,busy,2027-02-20\nUnderviser 1,fri,busy,\nDeltager Q,fri,busy,\n",
        encoding="utf-8",
    )
    new = tmp_path / name
    call = ("next-term", term, new, "--start", "2027-08-09", "--end", "2027-12-17", "--language", "en")
    told = run(*call)
    assert told.exit_code == 0, told.output
    assert [str(t.what) for t in check(new) if t.severity == "error"] == ["there are no participants."]
    rows = rows_of(new)
    problem = read({name: pd.DataFrame(list(found)) for name, found in rows.items()} | {"participants": SOMEBODY})
    old = read(term)
    assert [t.id for t in problem.teachers] == [t.id for t in old.teachers]
    assert problem.course.keys() == old.course.keys()
    assert [(a.who, a.valid_to) for a in problem.availability if a.kind == "busy"] == [("Underviser 1", None)]
    assert [t.who for t in problem.takes] == ["all"]
    assert problem.settings.weekly_target == old.settings.weekly_target
    assert str(problem.settings.start) == "2027-08-09"
    assert "Deltager Q" not in everything(new)
    again = run(*call)
    assert again.exit_code == 3
    assert "is there already" in again.output


def everything(path: Path) -> str:
    reading: Callable[[Path], str] = lambda p: p.read_bytes().decode("utf-8", "ignore")  # noqa: E731
    if path.is_dir():
        return "".join(map(reading, sorted(path.rglob("*.csv"))))
    from zipfile import ZipFile

    with ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def test_a_next_term_before_the_end_of_the_last_is_refused(term: Path, tmp_path: Path) -> None:
    told = run("next-term", term, tmp_path / "x", "--start", "2027-02-10", "--end", "2027-06-01", "--language", "en")
    assert told.exit_code == 3
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("again", ["2027-01-25T08:00", "2027-02-10T10:00"], ids=["before it begins", "in a week"])
def test_what_is_published_is_restored_without_a_word_about_the_tables(again: str, tmp_path: Path) -> None:
    """The tables say just what version 1 says: nothing changes for anybody, and nothing has to be put right."""
    term = smallest(tmp_path / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    assert run("publish", term, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    told = run("restore", term, 1, "--site", tmp_path / "site", "--now", again, "--language", "en")
    assert told.exit_code == 0, told.output
    assert "The tables say otherwise" not in told.output
    assert "version 1 was published already" in told.output
    assert run("verify", term, "--published").exit_code == 0
