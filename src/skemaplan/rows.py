"""From sheets to rows of known tables: headings are recognised in both languages, what is unknown is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .cells import word_key
from .columns import TABLES, TERM, TITLES, Table
from .errors import Origin, Trouble, Where
from .sheets import MOST_ROWS, Sheet, too_long
from .words import Name, Text, say

MOST: Mapping[str, int] = {  # rows of a table, where a region of 200 teams has far fewer; of others, what can be read
    "term": 500,
    "periods": 100,
    "places": 2_000,
    "rooms": 2_000,
    "courses": 1_000,
    "teachers": 3_000,
    "participants": 5_000,
    "locks": 1_000,
}
MOST_OF_ONE = 500  # rows of one `who` in one of these tables
MOST_CALENDARS = 20  # of those, such as name a calendar
BY_WHO = ("availability", "commitments")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a known table: the text of its filled cells by the column's English name."""

    table: str
    cells: Mapping[str, str]
    origin: Origin

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the rows by table. `missing`: the (table, column) of which not all is known.

    Either a column that should be there and is not, or has cells that can't be read; or "" for a table that could not
    be read at all. `whole`: every needed table is there and could be read; if not, nothing can be said of what goes
    with what.
    """

    rows: Tables
    missing: frozenset[tuple[str, str]]
    whole: bool


def rows_of_sheets(sheets: Iterable[Sheet], troubles: list[Trouble]) -> Typed:
    """The rows of every known table. What is wrong with tables and headings is added to `troubles`."""
    found: dict[str, Sheet] = {}
    missing: set[tuple[str, str]] = set()
    rows: Tables = {t.name: [] for t in TABLES}
    for sheet in sheets:
        table = TITLES.get(word_key(sheet.title))
        if table is None:
            troubles.append(
                Trouble(
                    sheet.shown,
                    say("there is no table {name}; it is not read.", name=repr(sheet.title)),
                    _near(sheet.title, (n for t in TABLES for n in t.names)),
                    "warning",
                )
            )
        elif table.name in found:
            troubles.append(
                Trouble(
                    sheet.shown,
                    say("the table {table} is there twice.", table=table.called),
                    say("It is also {other}; keep one.", other=found[table.name].shown),
                )
            )
        else:
            found[table.name] = sheet
            troubles += sheet.troubles
            if sheet.broken:
                missing.add((table.name, ""))
                continue
            columns = _columns(sheet, table, troubles)
            hurt = _hurt(sheet, columns)
            troubles += (trouble for _, trouble in hurt)
            missing |= {(table.name, name) for name, i in columns.items() if table is not TERM and i in dict(hurt)}
            missing |= _missing(sheet, table, columns, troubles)
            rows[table.name] = _rows(sheet, table, columns, troubles)
            if too_many := _too_many(sheet, table, rows[table.name]):
                troubles.append(too_many)
                rows[table.name] = []  # what they hold could not be looked at in time
                missing.add((table.name, ""))
    gone = [t for t in TABLES if t.required and t.name not in found]
    for table in gone:
        what = say("the table {table} is missing.", table=table.called)
        troubles.append(Trouble(table.called, what, say("Every term needs term, participants and teachers.")))
    return Typed(rows, frozenset(missing), not gone and "" not in {column for _, column in missing})


def _columns(sheet: Sheet, table: Table, troubles: list[Trouble]) -> dict[str, int]:
    """Where each known column stands in the lines of the sheet."""
    columns: dict[str, int] = {}
    for i, heading in enumerate(sheet.headings):
        column = table.headings.get(word_key(heading))
        if not heading:
            if any(cells[i] for _, cells in sheet.rows if len(cells) > i):
                what = say("this column has no heading; it is not read.")
                troubles.append(Trouble(sheet.heading(i), what, say("Write a heading above it."), "warning"))
        elif column is None:
            what = say("there is no column {name} in {table}; it is not read.", name=repr(heading), table=table.called)
            near = _near(heading, (n for c in table.columns for n in c.names))
            troubles.append(Trouble(sheet.heading(i), what, near, "warning"))
        elif column.name in columns:
            what = say("the column {column} is there twice.", column=column.called)
            troubles.append(Trouble(sheet.heading(i), what, say("Keep one of them.")))
        else:
            columns[column.name] = i
    return columns


def _missing(sheet: Sheet, table: Table, columns: Mapping[str, int], troubles: list[Trouble]) -> set[tuple[str, str]]:
    gone = [c for c in table.columns if c.required and c.name not in columns]
    if "calendar" in columns:  # an .ics file says when by itself
        gone = [c for c in gone if c.name not in ("day", "from", "to", "title")]
    for column in gone:
        what = say("the column {column} is missing from {table}.", column=column.called, table=table.called)
        troubles.append(
            Trouble(
                sheet.shown, what, say("Add it; {other} is understood too.", other=Name(column.danish, column.name))
            )
        )
    return {(table.name, c.name) for c in gone}


def _rows(sheet: Sheet, table: Table, columns: Mapping[str, int], troubles: list[Trouble]) -> list[Row]:
    rows = []
    headings: dict[str, Where] = {**table.called_columns, **{name: sheet.headings[i] for name, i in columns.items()}}
    for number, cells in sheet.rows:
        origin = sheet.origin(number, columns, headings)
        beyond = next((c for c in cells[len(sheet.headings) :] if c), "")
        if beyond:
            what = say("{value} stands beyond the last heading.", value=repr(beyond[:40]))
            right = say("A cell with a comma or semicolon in it needs quotes around it.")
            troubles.append(Trouble(origin.cell(""), what, right))
        filled = {name: cells[i] for name, i in columns.items() if i < len(cells) and cells[i]}
        if filled:
            rows.append(Row(table.name, filled, origin))
    return rows


def _hurt(sheet: Sheet, columns: Mapping[str, int]) -> list[tuple[int, Trouble]]:
    """The cells that can't be read, of headings and of columns that are; of others nothing need be said."""
    read = set(columns.values())
    rows = {number for number, _ in sheet.rows}
    return [
        (column, trouble)
        for row, column, trouble in sheet.hurt
        if row == sheet.heading_row or (row in rows and column in read)
    ]


def _too_many(sheet: Sheet, table: Table, rows: list[Row]) -> Trouble | None:
    """The trouble of a table with more rows than can be meant, or with more of one person."""
    most = MOST.get(table.name, MOST_ROWS)
    if len(rows) > most:
        return too_long(sheet.shown, most)
    if table.name not in BY_WHO:
        return None
    by_who = Counter(row.get("who") for row in rows), Counter(row.get("who") for row in rows if row.get("calendar"))
    for rows_of, most in zip(by_who, (MOST_OF_ONE, MOST_CALENDARS), strict=True):
        who, n = max(rows_of.items(), key=lambda x: x[1], default=("", 0))
        if n > most:
            what = say("it has more than {most} rows of {who}.", most=most, who=who)
            return Trouble(sheet.shown, what, say("Delete what does not belong there."))
    return None


def _near(name: str, known: Iterable[str]) -> Text:
    """The known name most like this one, or a list of where to look."""
    names = {word_key(n): n for n in known}
    near = get_close_matches(word_key(name), names, n=1, cutoff=0.6)
    return say("Did you mean {near}?", near=names[near[0]]) if near else say("Delete it, or move it elsewhere.")
