"""The verbs around a plan: begin, ask why, links, accounts, overview, paper."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_terms import run, smallest

from skemaplan.publishing.links import Ending
from skemaplan.publishing.subscribe import qr_bytes, qr_drawn

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the smallest example, planned and published to `site` in it."""
    term = smallest(tmp_path_factory.mktemp("verbs") / "term")
    assert run("plan", term, "--quiet").exit_code == 0
    site = ("--site", term / "site", "--url", "https://skema.example")
    assert run("publish", term, *site, "--now", "2027-01-25T08:00").exit_code == 0
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
    assert "-" in listed.output


def test_a_code_leads_to_the_page_and_never_into_the_site(published: Path, tmp_path: Path) -> None:
    call = ("link", published, "Deltager A", "--site", published / "site")
    page = run(*call).output.splitlines()[0].rpartition(" ")[2]
    assert page.startswith("https://skema.example/f/")
    assert page.endswith("/")
    drawn = run(*call, "--qr", "-").output
    assert qr_drawn(page) in drawn
    assert run(*call, "--qr", tmp_path / "a.png").exit_code == 0
    assert (tmp_path / "a.png").read_bytes() == qr_bytes(page, "png")
    assert (tmp_path / "a.png").stat().st_mode & 0o77 == 0
    assert run(*call, "--qr", published / "site" / "a.png").exit_code == 3
    assert run(*call, "--qr", tmp_path / "a.pdf").exit_code == 2
    assert not [*published.rglob("a.p*"), *tmp_path.rglob(".*.new")]


def test_a_link_needs_a_site_and_one_wish(published: Path, tmp_path: Path) -> None:
    for call in (("links", published), ("link", published, "Deltager A"), ("links", published, "--sheet", "x.html")):
        said = run(*call, "--site", tmp_path / "nowhere")
        assert said.exit_code == 3
        assert "nowhere" in said.output
    both = ("link", published, "Deltager A", "--site", published / "site", "--revoke")
    assert run(*both, "--renew").exit_code == 2
    assert run(*both, "--qr", "-").exit_code == 2
    assert run("links", published, "--site", published / "site").output.count("/f/") == 2
    sheet = run("links", published, "--site", published / "site", "--sheet", tmp_path / "no" / "x.html")
    assert sheet.exit_code == 2
    assert f"fejl: {tmp_path / 'no' / 'x.html'}: " in sheet.output


def test_links_of_those_who_have_left_are_ended_for_all_at_once(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = tmp_path / "term"
    shutil.copytree(published, term)
    call = ("links", term, "--site", term / "site", "--end")
    files = {p: p.read_bytes() for p in (term / "site").rglob("*.ics")}
    assert run(*call, "Deltager A").exit_code == 2
    assert run(*call, "--sheet", tmp_path / "x.html").exit_code == 2
    said = run(*call)
    assert (said.exit_code, said.output) == (0, ""), "nobody has left"
    ending = Ending(("Deltager A",), ("Deltager A",))
    monkeypatch.setattr("skemaplan.publishing.links.end", lambda store, site, problem: ending)
    assert run(*call).output.splitlines() == [
        "Deltager A er holdt op: linket siger det fra nu af.",
        "Deltager A er holdt op, men den udsendte kalender går videre: planlæg og udsend.",
    ]
    assert {p: p.read_bytes() for p in (term / "site").rglob("*.ics")} == files


def test_a_picture_of_no_kind_renews_nothing(published: Path, tmp_path: Path) -> None:
    call = ("link", published, "Deltager A", "--site", published / "site")
    before = run(*call).output
    assert run(*call, "--renew", "--qr", tmp_path / "a.pdf").exit_code == 2
    assert run(*call).output == before


def test_the_hand_out_is_written_for_all_or_for_one(published: Path, tmp_path: Path) -> None:
    call = ("links", published, "--site", published / "site", "--sheet", tmp_path / "out.html")
    assert run(*call).exit_code == 0
    slips = (tmp_path / "out.html").read_text(encoding="utf-8").count("<article")
    assert slips == len(run("links", published, "--site", published / "site").output.splitlines()) - 1
    assert run(*call, "Deltager A").exit_code == 0
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert text.count("<article") == 1
    assert run("links", published, "--site", published / "site", "Deltager A").output.split()[-1] in text
    assert (tmp_path / "out.html").stat().st_mode & 0o77 == 0


def test_no_code_without_an_address(published: Path, tmp_path: Path) -> None:
    term = tmp_path / "term"
    shutil.copytree(published, term)
    stamp = term / "site" / ".skemaplan.json"
    stamp.write_text(json.dumps({k: v for k, v in json.loads(stamp.read_text()).items() if k != "url"}))
    site = ("--site", term / "site")
    for call in (
        ("links", term, *site, "--sheet", tmp_path / "out.html"),
        ("link", term, "Deltager A", *site, "--qr", "-"),
        ("print", term, *site, "--out", tmp_path / "p.pdf"),
    ):
        said = run(*call)
        assert said.exit_code == 3
        assert "--url" in said.output
    assert run("link", term, "Deltager A", *site).output.startswith("Siden")


def test_accounts_overview_and_paper_are_written(published: Path, tmp_path: Path) -> None:
    assert run("report", published, "--out", tmp_path / "r.xlsx").exit_code == 0
    assert run("report", published, "--out", tmp_path / "csv").exit_code == 0
    assert run("show", published, "--html", tmp_path / "o.html").exit_code == 0
    paper = ("print", published, "--out", tmp_path / "p.pdf", "--weeks", "1")
    assert run(*paper).exit_code == 0
    without_code = (tmp_path / "p.pdf").stat().st_size
    assert run(*paper, "--site", published / "site").exit_code == 0
    assert (tmp_path / "p.pdf").stat().st_size > without_code
    assert (tmp_path / "r.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "p.pdf").read_bytes()[:4] == b"%PDF"
    assert (tmp_path / "o.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("report", published, "--out", tmp_path / "no" / "r.xlsx").exit_code == 2
    assert run("show", published, "--html", tmp_path / "no" / "o.html").exit_code == 2
    assert run("show", published, "Deltager A", "--html", tmp_path / "o.html").exit_code == 2
    assert run("print", published, "--out", tmp_path / "p.pdf", "--since", "soon").exit_code == 2
