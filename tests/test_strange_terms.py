"""Terms and labels as they come once a year, in everything that people look at.

A term of one day, one over New Year with week 53, somebody without any lesson, a language without a catalogue, and
labels that hate us: in pages, overview, week sheets, report, hand-out, the page of what differs, and the terminal.
"""

from __future__ import annotations

import io
import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from plans import Row, changed, make_plan, small_problem
from pypdf import PdfReader
from rich.cells import cell_len
from rich.console import Console

from skemaplan.differing import changes
from skemaplan.differing_document import differing_page
from skemaplan.facts import Participant, Settings
from skemaplan.grid import team_grid, week_grid
from skemaplan.overview import overview
from skemaplan.problem import Problem
from skemaplan.publishing.handout import handout
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.links import Link
from skemaplan.publishing.page import page
from skemaplan.publishing.sheets import week_sheets
from skemaplan.publishing.tongues import catalogue
from skemaplan.publishing.wording import plain
from skemaplan.report import report
from skemaplan.report_file import write_csv, write_report
from skemaplan.schedule import TermPlan
from skemaplan.summary import summarise
from skemaplan.summary_text import summary_text

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
URL = f"https://skema.example/f/{'aB3_-xYz' * 4}/skema.ics"
NEW_YEAR: tuple[Row, ...] = (
    ("2026-12-22", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-12-29", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2027-01-01", "10:15-11:00", "mat", "U-MAT", "Lokale 1", "A"),
    ("2027-01-05", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
)
WEEKS = {"2026-W52": 2.0, "2026-W53": 3.0, "2027-W01": 2.0}  # of A: lessons


def term(start: date, end: date) -> Problem:
    settings = Settings(name="De internationale", start=start, end=end)
    return replace(small_problem(), settings=settings, absences=(), closures=(), modes=(), commitments=())


def over_new_year() -> TermPlan:
    return make_plan(term(date(2026, 12, 21), date(2027, 1, 8)), NEW_YEAR)


def of_one_day() -> TermPlan:
    day = date(2027, 1, 1)
    return make_plan(term(day, day), [("2027-01-01", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A")])


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", re.sub("<(style|script).*?</\\1>", "", html, flags=re.DOTALL)).split())


def data_of(html: str) -> dict[str, list[dict[str, str]]]:
    found = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, list[dict[str, str]]] = json.loads(found[1])
    return data


def on_paper(published: Published, *people: str) -> list[str]:
    """What stands on each sheet, in one line; all from the first week on."""
    start = published.plan.problem.settings.start
    read = PdfReader(io.BytesIO(week_sheets(published, people, since=start, system_fonts=False)))
    return [" ".join(sheet.extract_text().split()) for sheet in read.pages]


def in_terminal(plan: TermPlan, who: str = "") -> str:
    console = Console(file=io.StringIO(), width=120, highlight=False)
    for week in plan.weeks:
        console.print(week_grid(plan, who, week, "da", 120) if who else team_grid(plan, week, "da", 120))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_week_53_stands_between_52_and_1_on_her_page() -> None:
    html = words(page(publish(over_new_year(), now=NOW), "A", today=date(2026, 12, 29)))

    assert re.findall(r"Uge (\d+) (\S+)", html) == [("53", "28.12.–1.1.2027"), ("1", "4.1.–8.1.2027")]
    assert "I dag tirsdag 29. december" in html
    assert "fredag 1. januar 10:15–11:00 Matematik" in html
    before = words(page(publish(over_new_year(), now=NOW), "A"))
    assert re.findall(r"Uge (\d+)", before) == ["52", "53", "1"]


def test_week_53_stands_between_52_and_1_for_the_coordinator() -> None:
    plan = over_new_year()
    data = data_of(overview(plan, plan))

    assert [w["title"] for w in data["weeks"]] == ["Uge 52 · 2026", "Uge 53 · 2026", "Uge 1 · 2027"]
    assert [len(w["sessions"]) for w in data["weeks"]] == [1, 2, 1]
    assert not any(w["changes"] for w in data["weeks"])
    assert "fre 1. jan." in in_terminal(plan, "A")


def test_week_53_stands_between_52_and_1_on_paper() -> None:
    sheets = on_paper(publish(over_new_year(), now=NOW), "A")

    assert re.findall(r"Uge \d+", " ".join(sheets)) == ["Uge 52", "Uge 53", "Uge 1"]
    assert len(sheets) == 3
    assert "28.12.–1.1.2027" in sheets[1]
    assert "fredag 1. januar" in sheets[1]


def test_a_week_over_new_year_belongs_to_its_iso_year_and_a_day_to_its_month(tmp_path: Path) -> None:
    frames = report(over_new_year())
    hours = frames["hours"].query("participant == 'A'").set_index("week")["teaching"]

    assert hours.to_dict() == WEEKS
    attendance = frames["attendance"].query("participant == 'A'").set_index("month")["days"]
    assert attendance.to_dict() == {"2026-12": 2, "2027-01": 2}
    write_report(frames, tmp_path / "report.xlsx")
    rows = load_workbook(tmp_path / "report.xlsx")["Timer"].iter_rows(2, values_only=True)
    assert list(dict.fromkeys(row[2] for row in rows)) == list(WEEKS)
    assert "21. december 2026 - 8. januar 2027" in summary_text(summarise(over_new_year()), "da")


def test_a_term_of_one_day_is_one_week_everywhere(tmp_path: Path) -> None:
    plan = of_one_day()
    published = publish(plan, now=NOW)

    assert re.findall(r"Uge (\d+)", words(page(published, "A"))) == ["53"]
    assert [w["title"] for w in data_of(overview(plan))["weeks"]] == ["Uge 53 · 2026"]
    [sheet] = on_paper(published, "A")
    assert "fredag 1. januar" in sheet
    assert "08:30–10:00" in sheet
    frames = report(plan)
    assert frames["hours"].query("teaching > 0")[["participant", "week", "teaching"]].values.tolist() == [
        ["A", "2026-W53", 2.0]
    ]
    assert frames["attendance"][["month", "days", "trips"]].values.tolist() == [["2027-01", 1, 2]]
    write_report(frames, tmp_path / "report.xlsx")
    write_csv(frames, tmp_path / "csv")
    assert "fre 1. jan." in in_terminal(plan, "A")
    assert "Deltager A" in in_terminal(plan)


def test_somebody_without_any_lesson_is_nowhere_forgotten(tmp_path: Path) -> None:
    problem = term(date(2026, 12, 21), date(2027, 1, 8))
    idle = Participant(id="Z", label="Deltager Z")
    plan = make_plan(replace(problem, participants=(*problem.participants, idle)), NEW_YEAR)
    published = publish(plan, now=NOW)

    assert "Ingen undervisning" in words(page(published, "Z"))
    data = data_of(overview(plan))
    assert "Deltager Z" in [p["name"] for p in data["views"]["participants"]]  # type: ignore[call-overload]
    assert {w["sums"]["Z"][0] for w in data["weeks"]} == {"0 lektioner (18–22)"}  # type: ignore[index]
    [sheet] = on_paper(published, "Z")
    assert "Ingen undervisning" in sheet
    frames = report(plan)
    assert frames["hours"].query("participant == 'Z'")["total"].tolist() == [0.0, 0.0, 0.0]
    assert frames["attendance"].query("participant == 'Z'").empty
    write_report(frames, tmp_path / "report.xlsx")
    assert "Deltager Z" in in_terminal(plan)
    assert "Deltager Z" in in_terminal(plan, "Z")


def test_a_language_without_a_catalogue_is_danish_everywhere_and_the_log_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def reading(language: str) -> Published:
        problem = term(date(2026, 12, 21), date(2027, 1, 8))
        people = tuple(replace(p, languages=(language, "da")) for p in problem.participants)
        return publish(make_plan(replace(problem, participants=people), NEW_YEAR), now=NOW)

    catalogue.cache_clear()
    with caplog.at_level(logging.WARNING, "skemaplan"):
        strange, danish = reading("tlh"), reading("da")
        assert page(strange, "A", url=URL) == page(danish, "A", url=URL)
        assert on_paper(strange, "A") == on_paper(danish, "A")
        slips = [
            handout([Link("A", "Deltager A", "participant", (x, "da"), "live", URL)], small_problem().settings)
            for x in ("tlh", "da")
        ]
        assert slips[0] == slips[1]

    assert len([r for r in caplog.records if "'tlh'" in r.getMessage()]) == 1


HOSTILE = {
    "long": "Æ" * 200,
    "words": "meget lang " * 18,
    "script": "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": "\"'`\" onclick='x' <b class=\"",
    "direction": "\u202eabc\u2066 \u200fدلتاغر\u200e def\u202c",
    "emoji": "👩🏽‍🏫🇩🇰 ተሳታፊ ሀ",
    "braces": "{{ 7*7 }}{% raw %} {n} %(x)s #panic()",
    "formula": '=HYPERLINK("http://x")',
    "lines": "one\u2028two\nthree\tfour\x07",
}


def labelled(label: str) -> Problem:
    """Everything that somebody types is this."""
    problem = term(date(2026, 12, 21), date(2027, 1, 8))
    return replace(
        problem,
        settings=replace(problem.settings, name=label),
        participants=tuple(replace(p, label=label, team=label, detail="full") for p in problem.participants),
        teachers=tuple(replace(t, label=label) for t in problem.teachers),
        courses=tuple(replace(c, name=label, shown_as=label) for c in problem.courses),
        places=tuple(replace(p, name=label, shown_as=label) for p in problem.places),
    )


class Skeleton(HTMLParser):
    """The tags of a page with the names of their attributes, and its texts; scripts are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] not in ("script", "style"):
            self.texts.append(data)


def moved(problem: Problem) -> tuple[TermPlan, TermPlan]:
    rows = changed(NEW_YEAR, {1: ("2026-12-30", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B C"), 3: None})
    return make_plan(problem, NEW_YEAR), make_plan(problem, rows)


def her_page(problem: Problem) -> str:
    before, after = moved(problem)
    first = publish(before, now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    return page(publish(after, first.ledger, now=NOW), "A", url=URL)


def teachers_page(problem: Problem) -> str:
    return page(publish(moved(problem)[0], now=NOW), "U-MAT", url=URL)


def all_weeks(problem: Problem) -> str:
    before, after = moved(problem)
    return overview(after, before)


def slips(problem: Problem) -> str:
    links = [Link(p.id, p.label, "participant", ("ar", "da"), "live", URL) for p in problem.participants]
    return handout(links, problem.settings)


def what_differs(problem: Problem) -> str:
    before, after = moved(problem)
    today = date(2026, 12, 20)
    return differing_page(problem, changes(before, after, today), today, 1, "da")


PAGES: Mapping[str, Callable[[Problem], str]] = {f.__name__: f for f in (her_page, teachers_page, slips, what_differs)}


@pytest.mark.parametrize("output", PAGES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_is_text_on_every_page(kind: str, output: str) -> None:
    """It makes no tag and no attribute, has no mark of direction, and stands there as it was typed."""
    label = HOSTILE[kind]
    html, harmless = (PAGES[output](labelled(x)) for x in (label, "Ordinary"))
    read, usual = Skeleton(html), Skeleton(harmless)

    assert Counter(read.tags) == Counter(usual.tags)
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028]", html)
    assert plain(label) in plain(" ".join(read.texts))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_is_text_in_the_overview(kind: str) -> None:
    html = all_weeks(labelled(HOSTILE[kind]))
    data = data_of(html)

    assert Counter(Skeleton(html).tags) == Counter(Skeleton(all_weeks(labelled("Ordinary"))).tags)
    names = {p["name"] for view in ("participants", "teachers") for p in data["views"][view]}  # type: ignore[call-overload]
    assert names == {plain(HOSTILE[kind])}
    assert {c["name"] for c in data["courses"].values()} == {plain(HOSTILE[kind])}  # type: ignore[attr-defined]
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_is_text_on_paper_and_a_week_one_sheet(kind: str) -> None:
    published = publish(make_plan(labelled(HOSTILE[kind]), NEW_YEAR), now=NOW)
    read = PdfReader(io.BytesIO(week_sheets(published, ["A"], since=date(2026, 12, 21))))

    assert len(read.pages) == len(WEEKS)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_is_text_in_the_report(kind: str, tmp_path: Path) -> None:
    label = HOSTILE[kind]
    frames = report(make_plan(labelled(label), NEW_YEAR))
    write_report(frames, tmp_path / "report.xlsx")
    write_csv(frames, tmp_path)

    book = load_workbook(tmp_path / "report.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {row[1] for row in book["Timer"].iter_rows(2, values_only=True)} == {plain(label)}
    written = pd.read_csv(tmp_path / "hours.csv", keep_default_na=False, dtype=str, lineterminator="\n")
    assert len(written) == len(frames["hours"])
    assert not [x for x in written["label"] if x.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_breaks_no_grid_of_the_terminal(kind: str) -> None:
    plan = make_plan(labelled(HOSTILE[kind]), NEW_YEAR)

    assert "man 28. dec." in in_terminal(plan, "A")
    assert max(map(cell_len, in_terminal(plan).split("\n"))) <= 120
