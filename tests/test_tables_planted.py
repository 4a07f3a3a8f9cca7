"""Faults planted in tables that are right: each is told once, where it stands, and nothing else is; right ones pass.

The tables are the case's, written as coordinators' spreadsheets write them: a folder or a workbook, in either language,
whatever parts the cells and ends the lines. What is wrong for a column follows from the list of columns that drives the
reader.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from skemaplan.cells import word_key
from skemaplan.columns import KEY, TABLE, TABLES, TERM, Column
from skemaplan.problem import Problem
from skemaplan.sheets import letters
from skemaplan.tables import look_at

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"
WRONG: Mapping[str, tuple[object, ...]] = {
    "time": ("25:00", "noon", 99, True, date(2020, 2, 3)),
    "date": ("2020-02-30", "31/12/2020", 12, True, time(8, 30)),
    "days": ("mondag", 5, "man-", True),
    "day": ("mon tue", "mondag", 5),
    "lessons": ("many", -1, True, "3 x"),
    "minutes": ("some", -1, 99_999, time(0, 45)),
    "number": ("two", -1, 1.5, True),
    "weeks": (0, "odd", 99),
    "kilometres": ("far", -1, True),
    "yes or no": ("maybe", 2),
    "word": ("nonsense", 7, True),
    "time zone": ("Mars/Base", "../x", 1),
    "words": ("x" * 300,),
    "text": ("x" * 201, "A\x80B"),
    "note": ("A\x80B",),
    "id": ("x" * 201, "A\x80B"),
}
NAMING = {(t.name, column) for t in TABLES for column in ("id", "label")}  # what other rows name is gone then
NOT_READ = {*NAMING, ("term", "key"), ("term", "note")}
MOST = int(os.environ.get("FUZZ", "8"))  # terms of each test: `make fuzz` asks for more
quiet = settings(deadline=None, max_examples=MOST, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Typed:
    """A table as somebody typed it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Manner:
    """How a folder of tables is written."""

    delimiter: str
    end: str
    encoding: str


MANNERS = st.builds(
    Manner,
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)


def case() -> dict[str, Typed]:
    found = {}
    for file in sorted(CASE.glob("*.csv")):
        lines = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        found[file.stem] = Typed(file.stem, tuple(lines[0]), tuple(map(tuple, lines[1:])))
    return found


RIGHT = case()


@st.composite
def written(draw: st.DrawFn) -> dict[str, Typed]:
    """The case under headings of either language, its columns in any order; some dates and times as a spreadsheet's."""
    made = {}
    for name, table in RIGHT.items():
        order = draw(st.permutations(range(len(table.headings))))
        danish = draw(st.booleans())
        columns = [TABLE[name].column[table.headings[i]] for i in order]
        made[name] = Typed(
            TABLE[name].danish if draw(st.booleans()) else name,
            tuple(c.danish if danish else c.name for c in columns),
            tuple(tuple(row[i] for i in order) for row in table.rows),
        )
    return made


def column_of(name: str, table: Typed, i: int) -> Column:
    return TABLE[name].headings[word_key(table.headings[i])]


def kind_of(name: str, table: Typed, row: int, i: int) -> str:
    """What kind of thing stands in a cell; of `term` the key of the row says it."""
    column = column_of(name, table, i)
    if name != "term" or column.name != "value":
        return column.kind.name
    at = next(i for i in range(len(table.headings)) if column_of(name, table, i).name == "key")
    return KEY[str(table.rows[row][at])].kind.name


def as_folder(tables: Mapping[str, Typed], folder: Path, manner: Manner) -> Path:
    folder.mkdir()
    for table in tables.values():
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=manner.delimiter, lineterminator=manner.end)
        writer.writerow(table.headings)
        writer.writerows([[_as_text(cell) for cell in row] for row in table.rows])
        (folder / f"{table.title}.csv").write_bytes(text.getvalue().encode(manner.encoding))
    return folder


def _as_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def as_workbook(tables: Mapping[str, Typed], file: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables.values():
        sheet = book.create_sheet(table.title)
        sheet.append(table.headings)
        for row in table.rows:
            sheet.append([_as_typed(cell) for cell in row])
    book.save(file)
    return file


def _as_typed(cell: object) -> object:
    """A date or time as a spreadsheet keeps what was typed."""
    if not isinstance(cell, str):
        return cell
    for kind, form in ((date, "%Y-%m-%d"), (time, "%H:%M")):
        try:
            moment = datetime.strptime(cell, form)
        except ValueError:
            continue
        return moment.date() if kind is date else moment.time()
    return cell or None


def facts(problem: Problem | None) -> dict[str, object]:
    assert problem is not None
    return {f.name: getattr(problem, f.name) for f in fields(problem)}


@quiet
@given(written(), MANNERS)
def test_right_tables_are_read_alike_from_a_folder_and_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, Typed], manner: Manner
) -> None:
    place = tmp_path_factory.mktemp("right")
    folder, book = look_at(as_folder(tables, place / "t", manner)), look_at(as_workbook(tables, place / "t.xlsx"))
    expected = look_at(CASE)
    assert facts(folder.problem) == facts(book.problem) == facts(expected.problem)
    assert len(folder.troubles) == len(book.troubles) == len(expected.troubles)


@dataclass(frozen=True)
class Fault:
    """A cell that is made wrong: where it stands, and what it is made."""

    table: str
    row: int
    column: int
    cell: object


@st.composite
def faults(draw: st.DrawFn, tables: Mapping[str, Typed]) -> Fault:
    """A wrong cell anywhere but where it would be more than one mistake, or none."""
    could = [
        (name, at)
        for name, table in tables.items()
        for at in range(len(table.headings) if table.rows else 0)
        if (name, column_of(name, table, at).name) not in NOT_READ
    ]
    name, at = draw(st.sampled_from(could))
    row = draw(st.integers(0, len(tables[name].rows) - 1))
    return Fault(name, row, at, draw(st.sampled_from(WRONG[kind_of(name, tables[name], row, at)])))


def planted(tables: Mapping[str, Typed], fault: Fault) -> dict[str, Typed]:
    table = tables[fault.table]
    rows = [list(row) for row in table.rows]
    rows[fault.row][fault.column] = fault.cell
    return {**tables, fault.table: replace(table, rows=tuple(map(tuple, rows)))}


@quiet
@given(st.data(), written(), MANNERS)
def test_each_of_two_planted_faults_is_told_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, tables: dict[str, Typed], manner: Manner
) -> None:
    two = data.draw(st.lists(faults(tables), min_size=2, max_size=2, unique_by=lambda f: (f.table, f.row, f.column)))
    wrong = tables
    for fault in two:
        wrong = planted(wrong, fault)
    place = tmp_path_factory.mktemp("wrong")
    told = [str(t) for t in look_at(as_folder(wrong, place / "t", manner)).troubles if t.severity == "error"]
    where = [f"{tables[f.table].title}.csv row {f.row + 2}, column {tables[f.table].headings[f.column]}: " for f in two]
    assert all(any(line.startswith(place) for line in told) for place in where), told
    assert len(told) == len(two), told
    told = [str(t) for t in look_at(as_workbook(wrong, place / "t.xlsx")).troubles if t.severity == "error"]
    where = [f"{tables[f.table].title}!{letters(f.column)}{f.row + 2}: " for f in two]
    assert all(any(line.startswith(place) for line in told) for place in where), told
    assert len(told) == len(two), told


@quiet
@given(st.data(), written(), MANNERS)
def test_columns_that_are_missing_or_doubled_are_told_by_name(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, tables: dict[str, Typed], manner: Manner
) -> None:
    name = data.draw(st.sampled_from(sorted(tables)))
    table = tables[name]
    at = data.draw(st.sampled_from(range(len(table.headings))))
    column = column_of(name, table, at)
    doubled = data.draw(st.booleans()) or not column.required or "calendar" in map(str, table.headings)
    rows = tuple((*row, row[at]) if doubled else (*row[:at], *row[at + 1 :]) for row in table.rows)
    headings = (*table.headings, column.danish) if doubled else (*table.headings[:at], *table.headings[at + 1 :])
    place = tmp_path_factory.mktemp("columns")
    folder = as_folder({**tables, name: replace(table, headings=headings, rows=rows)}, place / "t", manner)
    told = [str(t) for t in look_at(folder).troubles if t.severity == "error"]
    assert told, name
    assert told[0].startswith(f"{table.title}.csv")
    what = f"the column {column.name} is there twice" if doubled else f"the column {column.name} is missing from"
    assert what in told[0]


def test_every_kind_of_column_has_something_wrong() -> None:
    kinds = {c.kind.name for t in TABLES if t is not TERM for c in t.columns} | {k.kind.name for k in KEY.values()}
    assert kinds <= WRONG.keys()
