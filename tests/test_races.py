"""Two at once, and states that are not what they should be: named, refused with exit code 3, and nothing is changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import BEFORE, change, files, run, smallest

from skemaplan.errors import Refused
from skemaplan.publishing.release import release
from skemaplan.store import Store
from skemaplan.tables import read

REFUSED = 3
TODAY = ("--today", "2027-02-01")
ABSENT = ("change", "absent", "TERM", "Underviser 1", "2027-02-08", *TODAY)


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = smallest(tmp_path_factory.mktemp("races") / "term")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", BEFORE).exit_code == 0
    return folder


@pytest.fixture
def term(published_once: Path, tmp_path: Path) -> Path:
    return copytree(published_once, tmp_path / "term")


def said(call: tuple[str, ...], term: Path) -> tuple[str, ...]:
    return tuple({"TERM": str(term), "SITE": str(term / "site")}.get(part, part) for part in call)


WRITES = [
    ("plan", "TERM", "--quiet", "--anew"),
    ("publish", "TERM", "--site", "SITE", "--now", BEFORE),
    ("restore", "TERM", "1", "--site", "SITE", "--now", BEFORE),
    ABSENT,
]


@pytest.mark.parametrize("call", WRITES, ids=lambda call: call[0])
def test_whoever_comes_second_is_told_who_writes(call: tuple[str, ...], term: Path) -> None:
    before = files(term)
    with Store.of(term).held():
        told = run(*said(call, term))
    assert told.exit_code == REFUSED, told.output
    assert f"process {os.getpid()}" in told.output
    assert files(term) == before


def test_what_is_published_is_looked_for_when_nobody_else_can_write(term: Path) -> None:
    """The check that a draft is of the published version, and the publishing, are one step."""
    store = Store.of(term)

    def draft() -> None:
        with pytest.raises(Refused), store.held():
            raise AssertionError("somebody else could publish in between")
        raise Stopped

    with pytest.raises(Stopped):
        release(store, term / "site", draft)  # type: ignore[arg-type]


class Stopped(Exception):
    """Far enough for this test."""


def test_a_draft_made_while_another_version_is_published_is_out_of_date(
    term: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skemaplan.cli import planning

    search: Callable[..., object] = planning.search
    change(term / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", term, "--quiet", *TODAY).exit_code == 0

    def while_another_publishes(*args: object, **kwargs: object) -> object:
        made = search(*args, **kwargs)
        assert run("publish", term, "--site", term / "site", "--now", "2027-02-01T07:00", "--really").exit_code == 0
        return made

    monkeypatch.setattr(planning, "search", while_another_publishes)
    assert run("plan", term, "--quiet", "--anew", "--seed", "7").exit_code == 0
    draft = json.loads((term / "state" / "draft.json").read_text("utf-8"))
    assert (Store.of(term).version, draft["based_on"]) == (2, 1)


def test_tables_that_somebody_changes_meanwhile_are_not_written_over(
    term: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skemaplan.cli import changing
    from skemaplan.cli.replanning import again_of

    def while_another_types(*args: object) -> object:
        change(term / "teachers.csv", "tue fri", "tue thu fri")
        return again_of(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(changing, "again_of", while_another_types)
    before = files(term, (".csv", ".json"))
    told = run(*said(ABSENT, term), "--language", "en")
    assert told.exit_code == REFUSED, told.output
    assert "changed meanwhile" in told.output
    after = files(term, (".csv", ".json"))
    assert {name for name in after if after[name] != before.get(name)} == {"teachers.csv"}


def test_a_row_is_not_taken_back_out_of_a_file_that_has_changed_since(term: Path) -> None:
    from skemaplan.editing import Edit, write_rows

    store, problem = Store.of(term), read(term)
    with store.held():
        edit = Edit("absences", {"who": problem.teachers[0].id, "from_date": "2027-02-08"})
        written = write_rows(term, [lambda _: edit], problem, store)
    with written[0].file.open("a", encoding="utf-8") as file:
        file.write("\n")
    theirs = written[0].file.read_bytes()
    with pytest.raises(Refused):
        written[0].put_back(store.disk)
    assert written[0].file.read_bytes() == theirs


def edited(term: Path) -> None:
    """Somebody moves a session in the published version with an editor."""
    path = term / "state" / "published" / "0001.json"
    document = json.loads(path.read_text("utf-8"))
    sessions = next(week["sessions"] for week in document["plan"]["weeks"].values() if week["sessions"])
    sessions[0]["from"] = "08:45"
    path.write_text(json.dumps(document), "utf-8")


def newer(term: Path) -> None:
    """A newer skemaplan has written it."""
    path = term / "state" / "published" / "0001.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99}), "utf-8")


def newer_ledger(term: Path) -> None:
    path = term / "state" / "ledger.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99}), "utf-8")


READS = [
    ("plan", "TERM", "--quiet", *TODAY),
    ABSENT,
    ("diff", "TERM", *TODAY),
    ("restore", "TERM", "1", "--site", "SITE", "--now", "2027-02-01T08:00"),
    ("history", "TERM"),
]


@pytest.mark.parametrize("spoil", [edited, newer, newer_ledger], ids=lambda f: f.__name__)
@pytest.mark.parametrize("call", READS, ids=lambda call: call[0])
def test_a_published_version_that_is_not_ours_any_more(
    call: tuple[str, ...], spoil: Callable[[Path], None], term: Path
) -> None:
    spoil(term)
    before = files(term)
    told = run(*said(call, term))
    assert told.exit_code == REFUSED, told.output
    assert ("0001.json" if spoil is not newer_ledger else "ledger.json") in told.output
    assert files(term) == before


@pytest.mark.parametrize(
    "call",
    [
        ("plan", "TERM", "--quiet", "--today", "2027-01-01"),
        ("change", "absent", "TERM", "Underviser 1", "2027-02-08", "--today", "2027-01-01"),
        ("publish", "TERM", "--site", "SITE", "--now", "2027-01-01T08:00"),
    ],
    ids=lambda call: call[0],
)
def test_a_clock_that_went_backwards(call: tuple[str, ...], term: Path) -> None:
    before = files(term)
    told = run(*said(call, term))
    assert told.exit_code == REFUSED, told.output
    assert "2027-01-" in told.output
    assert files(term) == before


@pytest.mark.parametrize("version", ["0", "2", "99", "--", "-1"])
def test_a_version_that_is_not_there(version: str, term: Path) -> None:
    before = files(term)
    told = run("restore", "--site", term / "site", "--now", "2027-02-01T08:00", term, "--", version)
    assert told.exit_code in (2, REFUSED), told.output
    assert files(term) == before


@pytest.mark.parametrize(
    "call",
    [
        ("absent", "TERM", "Underviser 9", "2027-02-08"),  # nobody is called that
        ("absent", "TERM", "Underviser 1", "2027-02-08", "2028-03-14"),  # 400 days
        ("absent", "TERM", "Underviser 1", "2027-02-08", "2027-02-01"),  # it ends before it begins
        ("lock", "TERM", "Deltager A", "mat", "2027-01-29", "08:30"),  # in the past
        ("lock", "TERM", "Deltager A", "mat", "mon", "08:30"),  # nobody teaches then
    ],
    ids=[" ".join(words) for words in (("unknown",), ("400", "days"), ("backwards",), ("past",), ("impossible",))],
)
def test_what_can_not_be_meant(call: tuple[str, ...], term: Path) -> None:
    before = {name: data for name, data in files(term).items() if "backup" not in name}
    told = run("change", *said(call, term), *TODAY)
    assert told.exit_code in (2, REFUSED), told.output
    assert "Traceback" not in told.output
    assert {name: data for name, data in files(term).items() if "backup" not in name} == before
