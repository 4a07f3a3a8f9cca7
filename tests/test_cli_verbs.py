"""The verbs around a plan: begin, ask why, links, accounts, overview, paper."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_terms import run, smallest

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the smallest example, planned and published to `site` in it."""
    term = smallest(tmp_path_factory.mktemp("verbs") / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    assert run("publish", term, "--site", term / "site", "--now", "2027-01-25T08:00").exit_code == 0
    return term


def test_new_writes_tables_and_never_over_others(tmp_path: Path) -> None:
    file = tmp_path / "term.xlsx"
    assert run("new", file, "--start", "2027-01-04", "--end", "2027-06-30").exit_code == 0
    before = file.read_bytes()
    assert run("new", file).exit_code == 3
    assert file.read_bytes() == before
    assert run("new", tmp_path / "other", "--start", "yesterday").exit_code == 2


def test_why_names_the_one_repair(tmp_path: Path) -> None:
    term = tmp_path / "short"
    shutil.copytree(EXAMPLES / "short-math", term, ignore=shutil.ignore_patterns("state"))
    told = run("why", term, "--language", "en")
    assert told.exit_code == 0
    assert "1 more lesson" in told.output or "1 lesson more" in told.output
    data = json.loads(run("why", term, "--json").output)
    assert len(data["repairs"]) == 1


def test_why_of_a_term_that_works_out_says_so(published: Path) -> None:
    assert run("why", published).exit_code == 0


def test_why_not_names_the_nearest(published: Path) -> None:
    told = run("why", published, "Deltager X", "mat", "tue 10:15")
    assert told.exit_code == 2
    assert "Deltager A" in told.output
    assert run("why", published, "Deltager A").exit_code == 2


def test_a_link_is_shown_renewed_and_revoked(published: Path, tmp_path: Path) -> None:
    term = tmp_path / "term"
    shutil.copytree(published, term)
    call = ("link", term, "Deltager A", "--site", term / "site")
    first = run(*call, "--qr", tmp_path / "a.svg")
    assert "/f/" in first.output
    assert (tmp_path / "a.svg").read_text().startswith("<?xml")
    renewed = run(*call, "--renew")
    assert renewed.exit_code == 0
    assert renewed.output.splitlines()[0] != first.output.splitlines()[0]
    assert run(*call, "--revoke").exit_code == 0
    assert run(*call).exit_code == 3
    assert run("link", term, "Deltager Å", "--site", term / "site").exit_code == 2
    listed = run("links", term, "--site", term / "site")
    assert "Deltager A" in listed.output


def test_accounts_overview_and_paper_are_written(published: Path, tmp_path: Path) -> None:
    assert run("report", published, "--out", tmp_path / "r.xlsx").exit_code == 0
    assert run("report", published, "--out", tmp_path / "csv").exit_code == 0
    assert run("overview", published, "--html", tmp_path / "o.html").exit_code == 0
    paper = ("print", published, "--out", tmp_path / "p.pdf", "--weeks", "1")
    assert run(*paper).exit_code == 0
    without_code = (tmp_path / "p.pdf").stat().st_size
    assert run(*paper, "--site", published / "site").exit_code == 0
    assert (tmp_path / "p.pdf").stat().st_size > without_code
    assert (tmp_path / "r.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "p.pdf").read_bytes()[:4] == b"%PDF"
    assert (tmp_path / "o.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("report", published, "--out", tmp_path / "no" / "r.xlsx").exit_code == 2
    assert run("print", published, "--out", tmp_path / "p.pdf", "--since", "soon").exit_code == 2
