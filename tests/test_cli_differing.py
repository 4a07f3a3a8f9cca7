"""Planning a published term again, and what `diff` and `publish` then say, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import BEFORE, change, run, smallest

TODAY = "2027-01-20"


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


def document(term: Path, name: str) -> dict[str, object]:
    return dict(json.loads((term / "state" / name).read_text(encoding="utf-8")))


def test_nothing_happened_and_nothing_is_solved(term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("something was solved")

    monkeypatch.setattr("skemaplan.planning.term.solve", never)
    monkeypatch.setattr("skemaplan.planning.change.Change.after", never)
    assert run("plan", term, "--quiet", "--today", "2027-02-10").exit_code == 0
    assert document(term, "draft.json")["plan"] == document(term, "published/0001.json")["plan"]
    told = run("diff", term, "--today", "2027-02-10", "--language", "en")
    assert told.exit_code == 0
    assert "Nothing changes for anybody" in told.output
    again = run("publish", term, "--site", term / "site", "--now", "2027-02-10T08:00", "--language", "en")
    assert "published already" in again.output


def test_a_teachers_day_that_is_gone_moves_only_what_it_must(term: Path) -> None:
    change(term / "teachers.csv", "tue thu fri", "thu fri")
    assert run("plan", term, "--quiet", "--today", "2027-02-10").exit_code == 0
    told = json.loads(run("diff", term, "--today", "2027-02-10", "--json", "--language", "en").stdout)
    assert set(told["counts"]) == {"day"}
    assert told["counts"]["day"] == 2, "of four Tuesdays, two are still to come"
    for person in told["people"]:
        for c in person["changes"]:
            assert c["before"]["date"] > "2027-02-10"
            assert "Tuesday" in c["sentence"]
        assert all(len(text) <= 160 for text in person["sms"].values())


def test_the_page_is_written_where_it_is_said(term: Path, tmp_path: Path) -> None:
    change(term / "teachers.csv", "tue thu fri", "thu fri")
    assert run("plan", term, "--quiet", "--today", TODAY).exit_code == 0
    page = tmp_path / "changes.html"
    told = run("diff", term, "--today", TODAY, "--html", page, "--sms", "--language", "en")
    assert "SMS (" in told.output
    assert "Deltager A" in page.read_text(encoding="utf-8")
    assert run("diff", term, "--today", TODAY, "--html", tmp_path / "no" / "x.html").exit_code == 3


def test_diff_of_what_was_never_published_is_refused(tmp_path: Path) -> None:
    told = run("diff", smallest(tmp_path / "new"), "--language", "en")
    assert told.exit_code == 3
    assert "Nothing is published yet" in told.output


def test_a_clock_that_went_backwards_is_refused(term: Path) -> None:
    told = run("plan", term, "--quiet", "--today", "2027-01-19", "--language", "en")
    assert told.exit_code == 3
    assert "Set the clock right" in told.output
    assert run("plan", term, "--quiet", "--today", "soon", "--language", "en").exit_code == 2


def test_anew_plans_from_scratch(term: Path) -> None:
    change(term / "teachers.csv", "tue thu fri", "thu fri")
    assert run("plan", term, "--quiet", "--today", "2027-02-10", "--anew").exit_code == 0
    weeks = document(term, "draft.json")["plan"]["weeks"]  # type: ignore[index]
    assert weeks["2027-W05"] != document(term, "published/0001.json")["plan"]["weeks"]["2027-W05"]  # type: ignore[index]
    told = run("publish", term, "--site", term / "site", "--now", "2027-02-10T08:00", "--language", "en")
    assert told.exit_code == 3
    assert "What has passed would change" in told.output


def test_publishing_an_older_draft_says_what_came_in_between(term: Path) -> None:
    old = (term / "state" / "draft.json").read_bytes()
    change(term / "teachers.csv", "tue thu fri", "thu fri")
    assert run("plan", term, "--quiet", "--today", TODAY).exit_code == 0
    assert run("publish", term, "--site", term / "site", "--now", "2027-01-22T08:00").exit_code == 0
    change(term / "teachers.csv", "thu fri", "tue thu fri")
    draft = json.loads(old)
    draft["based_on"] = 0
    draft["plan"]["seed"] = 1
    (term / "state" / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    told = run("publish", term, "--site", term / "site", "--now", "2027-01-23T08:00", "--language", "en")
    assert told.exit_code == 3
    assert "version 2 is published since" in told.output
    assert "version 2 (2027-01-22): 4 sessions change" in told.output


@pytest.mark.parametrize("how", ["hand", "newer"])
def test_a_published_file_edited_or_newer_is_refused_and_nothing_changes(how: str, term: Path) -> None:
    file = term / "state" / "published" / "0001.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    if how == "hand":
        kept["plan"]["seed"] = 7
    else:
        kept["format"] = 99
    file.write_text(json.dumps(kept), encoding="utf-8")
    before = (term / "state" / "draft.json").read_bytes()
    assert run("plan", term, "--quiet", "--today", TODAY).exit_code == 3
    assert (term / "state" / "draft.json").read_bytes() == before
