"""Sheets as they were typed: a title, headings, lines of text, and where each cell stands. Reads folders of CSV files.

Nothing is known here of which tables and columns there are. What can't be read at all is told as trouble.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .cells import text_of
from .errors import Origin, Trouble, Where, in_column
from .opening import TooLarge, cannot_open, too_large, whole
from .words import Text, say

MOST_BYTES = 50_000_000  # of one file
MOST_ROWS = 20_000  # of one table: more than any region has, and little enough to say so at once
MOST_COLUMNS = 200
WORKBOOKS = (".xlsx", ".xlsm")
_PARTED_BY = re.compile(r'"?sep=([,;\t])?"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a CSV file or of a frame: `participants.csv row 3, column earliest`."""

    line: Text
    headings: Mapping[str, Where]

    def cell(self, column: str) -> Text:
        return in_column(self.line, self.heading(column)) if column else self.line

    def heading(self, column: str) -> Where:
        return self.headings.get(column, column)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a workbook's sheet: `Deltagere!D7`."""

    sheet: str
    row: int
    letters: Mapping[str, str]
    headings: Mapping[str, Where]

    def cell(self, column: str) -> Where:
        letter = self.letters.get(column, "")
        cell = f"{self.sheet}!{letter}{self.row}"
        return in_column(cell, self.heading(column)) if column and not letter else cell

    def heading(self, column: str) -> Where:
        return self.headings.get(column, column)


def in_row(table: str, row: int | str) -> Text:
    return say("{table} row {row}", table=table, row=row)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as typed. `rows` are numbered as a spreadsheet shows them (the headings stand in row 1)."""

    shown: str  # participants.csv
    title: str  # participants
    headings: tuple[str, ...]
    rows: tuple[tuple[int | str, tuple[str, ...]], ...]
    style: str = "csv"  # csv, frame, workbook
    heading_row: int | str = 1
    troubles: tuple[Trouble, ...] = ()  # what is wrong with it, if it is a table at all
    broken: bool = False  # it could not be read: nothing is known of what it holds
    hurt: tuple[tuple[int, int, Trouble], ...] = ()  # row, column: cells that can't be read; told if they are needed

    def origin(self, row: int | str, columns: Mapping[str, int], headings: Mapping[str, Where]) -> Origin:
        """Where a row stands. `columns` says at which place of the line each known column stands.

        `headings` are what columns are called, also such as are not there.
        """
        if self.style == "workbook":
            return SheetLine(self.shown, int(row), {name: letters(i) for name, i in columns.items()}, headings)
        line = say("{table} index {row}", table=self.shown, row=row) if self.style == "frame" else None
        return Line(line or in_row(self.shown, row), headings)

    def heading(self, index: int) -> Where:
        """Where a heading stands."""
        if self.style == "workbook":
            return f"{self.shown}!{letters(index)}{self.heading_row}"
        heading = self.headings[index] if index < len(self.headings) and self.headings[index] else str(index + 1)
        return in_column(self.shown, heading)


def letters(index: int) -> str:
    """A spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def sheet(
    shown: str,
    title: str,
    lines: Iterator[tuple[int | str, tuple[str, ...]]],
    style: str = "csv",
    troubles: tuple[Trouble, ...] = (),
) -> Sheet:
    """A sheet from its lines, of which the first holds the headings. Empty lines and remarks are left out."""
    filled = ((number, cells) for number, cells in lines if any(cells) and not is_remark(cells))
    row, headings = next(filled, (1, ()))
    return Sheet(shown, title, headings, tuple(filled), style, row, troubles)


def is_remark(cells: tuple[str, ...]) -> bool:
    """Whether a line is only for the reader: its first filled cell begins with a hash and a blank (`# example`).

    So is a spreadsheet's own line that says what parts the cells (`sep=;`).
    """
    first = next(filter(None, cells), "")
    return first == "#" or first.startswith("# ") or bool(_PARTED_BY.fullmatch(first))


def folder_sheets(folder: Path, troubles: list[Trouble]) -> list[Sheet]:
    """The CSV files of a folder, in order of their names."""
    try:
        files = sorted(f for f in folder.iterdir() if not f.name.startswith((".", "~")))
    except OSError as error:
        troubles.append(cannot_open(str(folder), error))
        return []
    tables = [f for f in files if f.suffix.lower() == ".csv"]
    books = [f for f in files if f.suffix.lower() in WORKBOOKS]
    if books and not tables:
        what = say("the folder holds no CSV tables, but a workbook.")
        troubles.append(Trouble(str(folder), what, say("Name the workbook itself: {file}.", file=books[0])))
    return [_csv_sheet(f) for f in tables]


def _csv_sheet(file: Path) -> Sheet:
    name = "".join(c if c.isprintable() else "?" for c in file.name)  # it may hold what a terminal would obey
    try:
        text = decoded(name, whole(file, MOST_BYTES))
    except OSError as error:
        text = cannot_open(name, error)
    except TooLarge:
        text = too_large(name, MOST_BYTES)
    lines = text if isinstance(text, Trouble) else _lines(name, text)
    if isinstance(lines, Trouble):
        return Sheet(name, file.stem, (), (), troubles=(lines,), broken=True)
    return sheet(name, file.stem, iter(lines))


def _lines(name: str, text: str) -> list[tuple[int | str, tuple[str, ...]]] | Trouble:
    """The lines of a CSV file, numbered as a spreadsheet shows them; or why they can't be read."""
    lines: list[tuple[int | str, tuple[str, ...]]] = []
    delimiter = delimiter_of(text)
    if text.count(delimiter) > MOST_ROWS * MOST_COLUMNS:
        return too_wide(name)  # a line of millions of cells would not fit in the memory
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS:
                return too_long(name)
            if any(cells[MOST_COLUMNS:]):
                return too_wide(in_row(name, number))
            lines.append((number, tuple(text_of(c) for c in cells[:MOST_COLUMNS])))
    except csv.Error as error:
        return Trouble(in_row(name, len(lines) + 1), *_not_csv(str(error)))
    return lines


def _not_csv(error: str) -> tuple[Text, Text]:
    """What is wrong with a line, and what would be right, from the reader's own words."""
    if "field larger" in error:
        what = say("a cell has more than {most} characters.", most=csv.field_size_limit())
        return what, say("Shorten it; or is there a line end missing?")
    right = say("A quote that opens must close; a quote inside a cell is written twice.")
    if "unexpected end" in error:
        return say("a quotation mark opens in this line and never closes."), right
    return say("something stands behind a quotation mark that closes."), right


def too_long(where: Where, most: int = MOST_ROWS) -> Trouble:
    return Trouble(
        where,
        say("it has more than {most} rows.", most=most),
        say("Delete what does not belong there, empty rows with formats too."),
    )


def too_wide(where: Where) -> Trouble:
    return Trouble(
        where,
        say("it has more than {most} columns.", most=MOST_COLUMNS),
        say("Delete what does not belong there."),
    )


def decoded(name: str, raw: bytes) -> str | Trouble:
    """The text of a file in UTF-8 (or a spreadsheet's "Unicode text", UTF-16); or what it is instead."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            return _no_text(name, raw[: raw.index(0)].count(10))
        before, after = raw[: error.start].rpartition(b"\n")[2][-10:], raw[error.start :].partition(b"\n")[0][:10]
        word = (before + after).decode("latin-1").strip()
        what = say("the letters are not UTF-8 (near {word}).", word=repr(word))
        right = say("Save the table as CSV UTF-8; this looks like Latin-1 or Windows-1252.")
        return Trouble(in_row(name, raw[: error.start].count(10) + 1), what, right)
    return _no_text(name, text[: text.index("\0")].count("\n")) if "\0" in text else text


def _no_text(name: str, lines: int) -> Trouble:
    """A file with NUL in it, after so many lines: UTF-16 without its mark, or no text at all."""
    what = say("it holds the invisible character U+{code}.", code="0000")
    return Trouble(in_row(name, lines + 1), what, say("This is not a text file; save the table as CSV (UTF-8)."))


def delimiter_of(text: str) -> str:
    """Whichever of comma, semicolon and tab parts the headings into most columns; or what the first line says."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n "), maxsplit=1)[0]
    if (said := _PARTED_BY.fullmatch(first)) and said[1]:
        return said[1]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=bare.count)
