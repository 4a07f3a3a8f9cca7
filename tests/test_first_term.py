"""The walk of `docs/learn/first-term.md`, typed into what `new` writes: so many cells, and it works out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from skemaplan.beginning import new
from skemaplan.cells import NotRead, read_date, word_key
from skemaplan.rules import DEMANDS, MUSTS, UNIVERSE, WISHES
from skemaplan.solving import solve
from skemaplan.tables import check, read
from skemaplan.unroll import teaching_weeks, week_facts

PAGE = Path(__file__).parent.parent / "docs" / "learn" / "first-term.md"
SHORT = ("forløb", "deltagere", "undervisere")


def sheets() -> dict[str, list[list[str]]]:
    """What the page types into each sheet, headings first."""
    found = re.findall(r"```csv \((\w+)\)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return {name: [line.split(";") for line in text.splitlines()] for name, text in found}


def fill(file: Path, *names: str) -> int:
    """Type what the page says into these sheets below what stands there; how many cells were typed."""
    book, typed = load_workbook(file), 0
    for name in names:
        sheet = next(s for s in book.worksheets if word_key(s.title) == word_key(name))
        headings = {word_key(str(sheet.cell(1, i).value)): i for i in range(1, sheet.max_column + 1)}
        asked, *lines = sheets()[name]
        settings = {sheet.cell(r, 1).value: r for r in range(3, sheet.max_row + 1)} if asked[0] == "Nøgle" else {}
        for line in lines:
            row = settings.get(line[0], sheet.max_row + 1)  # a setting has its row already
            for heading, text in zip(asked, line, strict=True):
                if text and heading != "Nøgle":
                    sheet.cell(row, headings[word_key(heading)]).value = as_typed(text)
                    typed += 1
    book.save(file)
    return typed


def as_typed(text: str) -> date | str:
    """A spreadsheet makes a date of what looks like one."""
    try:
        return read_date(text, 0)
    except NotRead:
        return text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    new(tmp_path / "hold.xlsx", start="2020-02-03", end="2020-07-31")
    return tmp_path / "hold.xlsx"


def test_three_sheets_and_57_cells_are_a_term_that_works_out(file: Path) -> None:
    typed = fill(file, *SHORT)
    assert f"three sheets, {typed} cells" in PAGE.read_text("utf-8")
    assert typed < 120
    assert [(str(t.where), t.severity) for t in check(file)] == [("travel", "warning"), ("Forløb!B12", "warning")]
    problem = read(file)
    assert len(teaching_weeks(problem)) == 26
    ordinary = week_facts(problem, teaching_weeks(problem)[0], standing=True)
    (demands,) = [t for t in solve(ordinary, (*UNIVERSE, *MUSTS, *WISHES)).tiers if t.name == DEMANDS]
    assert demands.value == 0
    assert {sum(d.wanted for d in p.demands.values()) for p in ordinary.participants.values()} == {10 * 45}


def test_with_the_school_holidays_there_are_22_teaching_weeks(file: Path) -> None:
    typed = fill(file, *SHORT, "lukkedage")
    assert f"{typed} cells are typed" in PAGE.read_text("utf-8")
    assert typed < 120
    assert [str(t.where) for t in check(file)] == ["travel"]
    assert len(teaching_weeks(read(file))) == 22


def test_two_lessons_of_mathematics_would_not_do(file: Path) -> None:
    """As the page says of `check`."""
    fill(file, *SHORT)
    book = load_workbook(file)
    teachers = book["Undervisere"]
    row = next(r for r in range(3, 10) if teachers.cell(r, 1).value == "U-MAT")
    teachers.cell(row, 5).value = 2
    book.save(file)
    (warning,) = [t for t in check(file) if str(t.where).startswith("Undervisere!")]
    assert warning.where == f"Undervisere!E{row}"
    assert "Mathematics takes at least 3 lessons" in str(warning)
