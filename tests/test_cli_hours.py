"""The hours that are told are the hours that are exported: step by step through a term, by the command line alone.

A teacher is away, lessons are made up or not, a choice is taken, and it is published. After each step the ledger of
hours (`report`, week by week and in all; `plan --json`) is compared with the rows that `export` writes.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cli_terms import BEFORE, change, run, smallest

LESSON = 45
TODAY = ("--today", "2027-02-01")
AWAY = ("2027-02-08", "2027-02-12")
Hours = Counter[tuple[str, str, str]]  # sixtieths of a lesson, by participant, course and week


@pytest.fixture(params=["no", "yes"], ids=["nothing is made up", "made up"])
def term(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Two women, a teacher with an hour to spare, and a week that ends on Wednesday."""
    folder = smallest(tmp_path / "term")
    change(folder / "term.csv", "teaching_weeks,4", f"teaching_weeks,4\nmake_up,{request.param}")
    change(folder / "participants.csv", "Deltager A,mon wed", "Deltager A,mon wed\nDeltager B,mon wed")
    change(folder / "teachers.csv", "mat,4,tue fri", "mat,5,tue thu fri")
    (folder / "closures.csv").write_text(
        "from_date,to_date,reason\n2027-02-18,2027-02-19,Personaledage\n", encoding="utf-8"
    )
    done("plan", folder, "--quiet")
    done("publish", folder, "--site", tmp_path / "site", "--now", BEFORE)
    return folder


def done(*call: object) -> str:
    told = run(*call)
    assert told.exit_code == 0, told.output
    return told.stdout


def exported(term: Path, *which: str) -> Hours:
    """The lessons that `export` writes."""
    found: Hours = Counter()
    for row in csv.DictReader(done("export", term, "--lessons", "-", *which).splitlines()):
        start, end = (int(row[name][:2]) * 60 + int(row[name][3:]) for name in ("start", "end"))
        found[row["participant"], row["course"], week_of(row["date"])] += (end - start) * 60 // LESSON
    return found


def week_of(day: str) -> str:
    return "{}-W{:02}".format(*date.fromisoformat(day).isocalendar()[:2])


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


AMOUNTS = ("wanted", "held", "made_up", "lost", "unmet")


def amounts(row: dict[str, str]) -> Counter[str]:
    return Counter({name: round(float(row[name]) * 60) for name in AMOUNTS})  # sixtieths, as above: whole numbers


def agrees(term: Path, *which: str) -> Counter[str]:
    """Hold all that is told against what is exported; the sums over the term."""
    out = term.parent / "accounts"
    done("report", term, "--out", out, *which)
    hours, weeks, courses = exported(term, *which), table(out, "weeks"), table(out, "courses")
    given = {(r["participant"], r["course"], r["week"]): round(float(r["given"]) * 60) for r in weeks}
    assert {key: n for key, n in given.items() if n} == dict(hours)
    by_course: dict[tuple[str, str], Counter[str]] = {}
    for row in weeks:
        mine = amounts(row)
        assert mine["wanted"] == sum(mine[name] for name in AMOUNTS[1:])
        by_course.setdefault((row["participant"], row["course"]), Counter()).update(mine)
    assert {(r["participant"], r["course"]): amounts(r) for r in courses} == by_course
    for (who, course), mine in by_course.items():
        theirs = sum(n for (p, c, _), n in hours.items() if (p, c) == (who, course))
        assert mine["held"] + mine["made_up"] == theirs
    missing: Counter[str] = Counter()
    for row in table(out, "missing"):
        missing[row["kind"]] += round(float(row["lessons"]) * 60)
    total = sum(by_course.values(), Counter[str]())
    assert missing == Counter({k: total[k] for k in ("made_up", "lost", "unmet") if total[k]})
    if not which:
        told = json.loads(done("plan", term, "--json", "--quiet", *TODAY))
        assert {k: round(told["lessons"][k] * 60) for k in AMOUNTS} == {k: total[k] for k in AMOUNTS}
        for person in told["participants"]:
            for course, mine in person["courses"].items():
                assert {k: round(mine[k] * 60) for k in AMOUNTS} == {
                    k: by_course[person["id"], course][k] for k in AMOUNTS
                }
    return total


def absent(term: Path, last: str = AWAY[1]) -> None:
    done("change", "absent", term, "Underviser 1", AWAY[0], last, *TODAY)


def cancelled(term: Path) -> None:
    absent(term)
    done("cover", term, "--take", "all=cancel", *TODAY)


def moved(term: Path) -> None:
    absent(term, "2027-02-09")
    done("cover", term, "--take", "all=move", *TODAY)


@pytest.mark.parametrize("happens", [absent, cancelled, moved])
def test_hours_are_those_of_the_export_at_every_step(term: Path, happens: Callable[[Path], None]) -> None:
    first = agrees(term, "--published")
    assert first["lost"] + first["made_up"] > 0, "the closed days"
    before = exported(term)
    happens(term)
    draft = agrees(term)
    assert agrees(term, "--published") == first, "a draft changes nothing of what is published"
    assert draft["wanted"] == first["wanted"]
    misses = draft["lost"] + draft["made_up"] - first["lost"] - first["made_up"]
    assert misses == 0 if happens is moved else misses > 0
    for (who, course, week), lessons in exported(term).items():
        if week < "2027-W06":
            assert before[who, course, week] == lessons
    done("publish", term, "--site", term.parent / "site", "--now", "2027-02-01T08:00")
    assert agrees(term, "--published") == draft


@pytest.mark.parametrize("term", ["no"], indirect=True)
def test_what_is_made_up_by_hand_is_counted_as_made_up(term: Path) -> None:
    absent(term)
    left = agrees(term)
    assert left["made_up"] == 0
    done("cover", term, "--take", "all=make-up", *TODAY)
    now = agrees(term)
    assert now["lost"] + now["made_up"] == left["lost"]
    assert now["made_up"] > 0
