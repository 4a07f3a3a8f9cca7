"""What can't be meant is named and refused (exit 3), and nothing is changed: no byte of the term, its state or site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from cli_terms import BEFORE, change, run, smallest

TODAY = ("--today", "2027-02-01", "--language", "en")
EARLIER = ("--today", "2027-01-10", "--language", "en")
NOW = ("--now", "2027-02-01T08:00", "--language", "en")
SICK = ("--", "absent", "Underviser 1", "2027-02-08")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published term, and its site beside it."""
    folder = smallest(tmp_path_factory.mktemp("cli") / "all" / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder.parent / "site", "--now", BEFORE).exit_code == 0
    return folder.parent


@pytest.fixture
def top(made: Path, tmp_path: Path) -> Path:
    return copytree(made, tmp_path / "all")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def refuses(top: Path, call: tuple[object, ...], said: str) -> None:
    before = everything(top)
    known = {"TERM": top / "term", "SITE": top / "site"}
    told = run(*(known.get(str(word), word) for word in call))
    assert (told.exit_code, said in told.output) == (3, True), told.output
    assert "Written into" not in told.output
    assert everything(top) == before


def lock(*words: str) -> tuple[object, ...]:
    return ("change", "lock", "TERM", "Deltager A", "mat", *words)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ((*lock("2027-01-20", "08:30"), "--today", "2027-02-01"), "2027-01-20"),
        ((*lock("2027-02-02", "08:30"), "--today", "2027-02-10", "--language", "en"), "2027-02-02 has passed"),
        ((*lock("2027-05-01", "08:30"), *TODAY), "outside the term"),
        (("change", "absent", "TERM", "Nobody", "2027-02-08", *TODAY), "Nobody: The name is not known"),
        (("change", "absent", "TERM", "Undervisr 1", "2027-02-08", *TODAY), "Did you mean Underviser 1"),
        (("change", "absent", "TERM", "Underviser 1", "2027-02-08", "2028-03-14", *TODAY), "more than a year"),
        (("change", "absent", "TERM", "Underviser 1", "2027-02-12", "2027-02-08", *TODAY), "is before"),
        (("change", "absent", "TERM", "Underviser 1", "2028-02-08", *TODAY), "outside the term"),
        (("change", "leave", "TERM", "Deltager A", "2026-02-12", *TODAY), "outside the term"),
        (("change", "leave", "TERM", "Deltager X", "2027-02-12", *TODAY), "Did you mean Deltager A"),
        (("change", "join", "TERM", "Deltager A", *TODAY), "There is a participant Deltager A already"),
        (("change", "join", "TERM", "Deltager B", "--from", "2028-02-08", *TODAY), "outside the term"),
        (("change", "move-class", "TERM", "Deltager A", "tue", "--from", "2026-02-08", *TODAY), "outside the term"),
        (("change", "online", "TERM", "2027-02-12", "2027-02-08", *TODAY), "is before"),
        (("change", "close", "TERM", "2027-02-12", "2027-02-08", *TODAY), "is before"),
        (("change", "unlock", "TERM", "Deltager A", "mat", "tue", *TODAY), "There is no such row"),
        (("change", "takes", "TERM", "Deltager A", "mat", "--lessons", "many", *TODAY), "is not a number of lessons"),
        (("what-if", "TERM", *TODAY, "--", "absent", "Nobody", "2027-02-08"), "is not known"),
        (("restore", "TERM", "7", "--site", "SITE", *NOW), "There is no published version 7"),
        (("restore", "TERM", "0", "--site", "SITE", *NOW), "There is no published version 0"),
    ],
)
def test_what_can_not_be_meant(call: tuple[object, ...], said: str, top: Path) -> None:
    refuses(top, call, said)


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("thu", "08:30", "has a lock at that time already"),
        ("thu", "09:15", "can keep these locks together"),
        ("tue", "08:30", "can keep these locks together"),
    ],
    ids=["twice", "twice on one day", "one too many"],
)
def test_locks_that_contradict_each_other(day: str, time: str, said: str, top: Path) -> None:
    term = top / "term"
    for first in ("thu", "fri"):
        assert run("change", "lock", term, "Deltager A", "mat", first, "08:30", *TODAY).exit_code == 0
    refuses(top, (*lock(day, time), *TODAY), said)


def of_a_newer_format(document: dict[str, object]) -> None:
    document["format"] = 99


def dated_by_hand(document: dict[str, object]) -> None:
    document["at"] = "2027-01-19T07:00:00+00:00"


def planned_by_hand(document: dict[str, object]) -> None:
    plan = document["plan"]
    assert isinstance(plan, dict)
    plan["seed"] = 7


VERBS: tuple[tuple[object, ...], ...] = (
    ("plan", "TERM", "--quiet", *TODAY),
    ("change", "absent", "TERM", "Underviser 1", "2027-02-08", *TODAY),
    ("what-if", "TERM", *TODAY, *SICK),
    ("suggest", "TERM", "Deltager A", "mat", *TODAY),
    ("cover", "TERM", *TODAY),
    ("diff", "TERM", *TODAY),
    ("history", "TERM", "--language", "en"),
    ("restore", "TERM", "1", "--site", "SITE", *NOW),
    ("show", "TERM", "--published", "--language", "en"),
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (of_a_newer_format, "written by a newer skemaplan"),
        (dated_by_hand, "edited by hand"),
        (planned_by_hand, "edited by hand"),
    ],
)
def test_a_published_file_that_is_not_ours(
    edit: Callable[[dict[str, object]], None], said: str, verb: tuple[object, ...], top: Path
) -> None:
    file = top / "term" / "state" / "published" / "0001.json"
    document = json.loads(file.read_text("utf-8"))
    edit(document)
    file.chmod(0o644)
    file.write_text(json.dumps(document), encoding="utf-8")
    refuses(top, verb, said)


@pytest.mark.parametrize(
    "verb",
    [
        ("plan", "TERM", "--quiet", *EARLIER),
        ("change", "absent", "TERM", "Underviser 1", "2027-02-08", *EARLIER),
        ("what-if", "TERM", *EARLIER, *SICK),
        ("suggest", "TERM", "Deltager A", "mat", *EARLIER),
        ("cover", "TERM", *EARLIER),
        ("diff", "TERM", *EARLIER),
        ("publish", "TERM", "--site", "SITE", "--now", "2027-01-10T08:00", "--language", "en"),
        ("restore", "TERM", "1", "--site", "SITE", "--now", "2027-01-10T08:00", "--language", "en"),
    ],
    ids=lambda verb: verb[0],
)
def test_a_clock_that_went_backwards(verb: tuple[object, ...], top: Path) -> None:
    refuses(top, verb, "Set the clock right")
