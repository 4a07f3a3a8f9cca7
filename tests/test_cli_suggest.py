"""Every place for a session, through the command line: what is listed can be taken, and is then what the draft has."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from cli_terms import BEFORE, change, files, run, smallest

from skemaplan.store import Store
from skemaplan.tables import read

TODAY = ("--today", "2027-02-01", "--language", "en")
COMES = ("--", "join", "Deltager B", "--from", "2027-02-08")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest term, published; its teacher has two more hours, and there is a course that nobody takes."""
    folder = smallest(tmp_path_factory.mktemp("cli") / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    (folder / "courses.csv").write_text("id,name\nmat,Matematik\neng,Engelsk\n", encoding="utf-8")
    (folder / "takes.csv").write_text("who,course\nall,mat\n", encoding="utf-8")
    with (folder / "teachers.csv").open("a", encoding="utf-8") as table:
        table.write("Underviser 2,eng,4,tue thu,08:30,12:00\n")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder.parent / "site", "--now", BEFORE).exit_code == 0
    return folder


@pytest.fixture
def term(made: Path, tmp_path: Path) -> Path:
    return copytree(made, tmp_path / "term")


def found(*call: object) -> dict[str, Any]:
    told = run("suggest", call[0], "--json", *TODAY, *call[1:])
    assert told.exit_code == 0, told.output
    answer: dict[str, Any] = json.loads(told.output)
    return answer


def times(sessions: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    return [(s["day"], s["start"], s["end"]) for s in sessions]


def drafted(term: Path, who: str, course: str) -> dict[str, list[tuple[int, str, str]]]:
    """What she has of a course in the draft, by week."""
    draft = Store.of(term).draft(read(term))
    assert draft is not None
    clock = "{:02}:{:02}".format
    return {
        str(week): [(s.day, clock(*divmod(s.start, 60)), clock(*divmod(s.end, 60))) for s in sorted(own)]
        for week, dated in draft.plan.weeks.items()
        for own in [dated.schedule.of(who, course)]
    }


def test_what_is_listed_is_what_comes_of_it(term: Path) -> None:
    """Each place of a named session is taken in turn: the draft has exactly the sessions that were shown."""
    answer = found(term, "Deltager A", "mat", "tue")
    (course,) = answer["courses"]
    assert (answer["dated"], answer["weeks"]) == (False, [f"2027-W0{n}" for n in (6, 7, 8)])
    assert len(course["places"]) > 2
    assert course["open"] == course["not_looked_at"] == []
    for n, place in list(enumerate(course["places"], 1))[:3]:
        other = copytree(term, term.parent / f"other{n}")
        told = run("suggest", other, "Deltager A", "mat", "tue", "--take", n, *TODAY)
        assert told.exit_code == 0, told.output
        weeks = drafted(other, "Deltager A", "mat")
        assert [weeks[w] for w in answer["weeks"]] == [times(place["sessions"])] * 3
        assert weeks["2027-W05"] == times(course["now"])


def test_a_date_is_about_that_week_alone(term: Path) -> None:
    answer = found(term, "Deltager A", "mat", "2027-02-16")
    assert (answer["dated"], answer["weeks"]) == (True, ["2027-W07"])
    told = run("suggest", term, "Deltager A", "mat", "2027-02-16", "--take", 1, *TODAY)
    assert told.exit_code == 0, told.output
    assert "Tuesday 16 February" in told.output
    (course,) = answer["courses"]
    weeks = drafted(term, "Deltager A", "mat")
    assert weeks.pop("2027-W07") == times(course["places"][0]["sessions"])
    assert set(map(tuple, weeks.values())) == {tuple(times(course["now"]))}


def test_a_newcomer_is_fitted_in_among_the_others_first(term: Path) -> None:
    answer = found(term, "Deltager B", *COMES)
    (course,) = answer["courses"]
    assert course["now"] == []
    best = course["places"][0]
    assert (best["with"], best["others_moved"], best["unmet"]) == (["Deltager A"], 0, 0)
    assert [p["others_moved"] for p in course["places"]] == sorted(p["others_moved"] for p in course["places"])
    told = run("suggest", term, "Deltager B", "mat", "--take", 1, *TODAY, *COMES)
    assert told.exit_code == 0, told.output
    weeks = drafted(term, "Deltager B", "mat")
    assert [weeks[w] for w in answer["weeks"]] == [times(best["sessions"])] * len(answer["weeks"])
    assert "Deltager B" in (term / "participants.csv").read_text("utf-8")


def test_a_course_that_she_does_not_take_yet(term: Path) -> None:
    answer = found(term, "Deltager A", "engelsk")
    (course,) = answer["courses"]
    assert (course["course"], course["now"]) == ("eng", [])
    assert {s["teacher"] for p in course["places"] for s in p["sessions"]} == {"Underviser 2"}
    told = run("suggest", term, "Deltager A", "eng", "--take", 1, *TODAY)
    assert told.exit_code == 0, told.output
    assert "Deltager A,eng" in (term / "takes.csv").read_text("utf-8")
    weeks = drafted(term, "Deltager A", "eng")
    assert weeks["2027-W05"] == []
    assert weeks["2027-W06"] == times(course["places"][0]["sessions"])


def test_it_is_told_in_sentences_in_both_languages(term: Path) -> None:
    told = run("suggest", term, "Deltager A", "mat", "tue", *TODAY)
    assert "Deltager A, Matematik, weeks 6-8: " in told.output
    assert "nobody else moves" in told.output
    assert "more: --all" in told.output
    assert told.output.count("inconvenience") == 5
    every = run("suggest", term, "Deltager A", "mat", "tue", "--all", *TODAY)
    assert every.output.count("inconvenience") > 5
    danish = run("suggest", term, "Deltager A", "mat", "tue", "--today", "2027-02-01")
    assert "ingen andre flytter" in danish.output


def test_nothing_is_written_until_it_is_said(term: Path) -> None:
    before = files(term)
    run("suggest", term, "Deltager A", "mat", *TODAY)
    run("suggest", term, "Deltager A", "eng", *TODAY)
    run("suggest", term, "Deltager B", *TODAY, *COMES)
    assert files(term) == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("Deltager X", "mat"), 3, "Deltager A"),
        (("Deltager A", "matte"), 3, "Did you mean mat, Matematik"),
        (("Deltager A", "mat", "someday"), 2, "tue 10:15"),
        (("Deltager A", "mat", "wed"), 2, "She has it tue"),
        (("Deltager A", "mat", "2027-02-01"), 3, "stays as it is"),
        (("Deltager A", "mat", "2027-07-01"), 2, "The nearest are"),
        (("Deltager A", "mat", "--teacher", "Nobody"), 3, "Underviser 1"),
        (("Deltager A", "mat", "--from", "2027-06-01"), 3, "No whole week"),
        (("Deltager A", "mat", "--take", "99"), 2, "numbered 1 to"),
        (("Deltager A", "--take", "1"), 2, "Name the course"),
    ],
)
def test_what_is_not_understood_is_named_and_changes_nothing(
    words: tuple[str, ...], code: int, said: str, term: Path
) -> None:
    before = files(term)
    told = run("suggest", term, *words, *TODAY)
    assert (told.exit_code, said in told.output) == (code, True), told.output
    assert files(term) == before


def test_days_are_called_as_they_are_typed_in_danish(term: Path) -> None:
    told = run("--language", "da", "suggest", term, "Deltager A", "mat", "ons", *TODAY)
    assert "ons: Deltager A har ikke" in told.output
    assert "ligger tir" in told.output


def test_no_time_is_said(term: Path) -> None:
    told = run("suggest", term, "Deltager A", "mat", "--seconds", 0, *TODAY)
    assert "There was no time to look at" in told.output
