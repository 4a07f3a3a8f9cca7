"""`demo` on a small case: what it copies, that it works twice, and that it leaves other people's folders alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_terms import SMALLEST, files, run

from skemaplan.cli import demonstrating


@pytest.fixture
def small_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's own steps, with a case that is planned in a moment."""
    monkeypatch.setattr(demonstrating, "CASE", SMALLEST.name)


@pytest.mark.usefixtures("small_case")
def test_the_demo_works_twice_and_publishes_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "a demo"
    first = run("demo", folder, "--language", "en")
    assert first.exit_code == 0
    assert first.output.count(f"{folder}/site/f/") == 2
    assert (folder / "site" / "f").is_dir()
    assert (folder / "export" / "lessons.csv").is_file()
    before, draft = files(folder), plan_in(folder)
    second = run("demo", folder, "--language", "en")
    assert second.exit_code == 0
    assert plan_in(folder) == draft
    draft_file = str(Path("state") / "draft.json")  # it says from which published version it was made
    assert {**files(folder), draft_file: b""} == {**before, draft_file: b""}
    assert run("check", folder).exit_code == 0
    assert run("verify", folder, "--site", folder / "site").exit_code == 0


def plan_in(folder: Path) -> object:
    return json.loads((folder / "state" / "draft.json").read_text(encoding="utf-8"))["plan"]


@pytest.mark.usefixtures("small_case")
def test_the_demo_leaves_a_folder_with_other_things_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    told = run("demo", tmp_path, "--language", "en")
    assert told.exit_code == 3
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_the_case_comes_with_the_package() -> None:
    names = {p.name for p in demonstrating.case_folder().iterdir()}
    assert {"term.csv", "participants.csv", "commitments.csv", "README.md"} <= names
