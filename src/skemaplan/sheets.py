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
from .errors import Origin, Trouble
from .words import say

MOST_BYTES = 50_000_000  # of one file
MOST_ROWS = 50_000  # of one table: more than any region has, and little enough to say so at once
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a CSV file or of a frame: `participants.csv row 3, column earliest`."""

    line: str
    headings: Mapping[str, str]

    def cell(self, column: str) -> str:
        return f"{self.line}, column {self.headings.get(column, column)}" if column else self.line


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a workbook's sheet: `Deltagere!D7`."""

    sheet: str
    row: int
    letters: Mapping[str, str]

    def cell(self, column: str) -> str:
        letter = self.letters.get(column, "")
        beside = f", column {column}" if column and not letter else ""
        return f"{self.sheet}!{letter}{self.row}{beside}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as typed. `rows` are numbered as a spreadsheet shows them (the headings stand in row 1)."""

    shown: str  # participants.csv
    title: str  # participants
    headings: tuple[str, ...]
    rows: tuple[tuple[int | str, tuple[str, ...]], ...]
    style: str = "csv"  # csv, frame, workbook

    def origin(self, row: int | str, columns: Mapping[str, int]) -> Origin:
        """Where a row stands; `columns` says at which place of the line each known column stands."""
        if self.style == "workbook":
            return SheetLine(self.shown, int(row), {name: letters(i) for name, i in columns.items()})
        word = "row" if self.style == "csv" else "index"
        return Line(f"{self.shown} {word} {row}", {name: self.headings[i] for name, i in columns.items()})

    def heading(self, index: int) -> str:
        """Where a heading stands."""
        if self.style == "workbook":
            return f"{self.shown}!{letters(index)}1"
        heading = self.headings[index] if index < len(self.headings) and self.headings[index] else str(index + 1)
        return f"{self.shown}, column {heading}"


def letters(index: int) -> str:
    """A spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def sheet(shown: str, title: str, lines: Iterator[tuple[int | str, tuple[str, ...]]], style: str = "csv") -> Sheet:
    """A sheet from its lines, of which the first that is not empty holds the headings; empty lines are left out."""
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, headings = next(filled, (1, ()))
    return Sheet(shown, title, headings, tuple(filled), style)


def folder_sheets(folder: Path, troubles: list[Trouble]) -> list[Sheet]:
    """The CSV files of a folder, in order of their names."""
    try:
        files = sorted(f for f in folder.iterdir() if f.suffix.lower() == ".csv" and not f.name.startswith((".", "~")))
    except OSError as error:
        troubles.append(cannot_open(str(folder), error))
        return []
    return [s for s in (_csv_sheet(f, troubles) for f in files) if s is not None]


def cannot_open(where: str, error: OSError) -> Trouble:
    return Trouble(
        where,
        say("cannot be read ({reason}).", reason=error.strerror or type(error).__name__),
        say("Look at its name and at its rights."),
    )


def _csv_sheet(file: Path, troubles: list[Trouble]) -> Sheet | None:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        troubles.append(cannot_open(file.name, error))
        return None
    text = _decoded(file.name, raw, troubles)
    if text is None:
        return None
    lines: list[tuple[int | str, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                troubles.append(too_long(file.name))
                return None
            lines.append((number, tuple(text_of(c) for c in cells)))
    except csv.Error as error:
        troubles.append(
            Trouble(
                f"{file.name} row {len(lines) + 1}",
                say("the line cannot be read ({reason}).", reason=error),
                say("A quote that opens must close; a quote inside a cell is written twice."),
            )
        )
        return None
    return sheet(file.name, file.stem, iter(lines))


def too_long(where: str) -> Trouble:
    return Trouble(
        where,
        say("it has more than {most} rows.", most=MOST_ROWS),
        say("Delete what does not belong there, empty rows with formats too."),
    )


def _decoded(name: str, raw: bytes, troubles: list[Trouble]) -> str | None:
    if len(raw) > MOST_BYTES:
        troubles.append(too_long(name))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # a spreadsheet's "Unicode text"
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if b"\0" in raw:
            row = raw[: raw.index(b"\0")].count(b"\n") + 1
            troubles.append(
                Trouble(
                    f"{name} row {row}",
                    say("it holds the invisible character U+{code}.", code="0000"),
                    say("This is not a text file; save the table as CSV (UTF-8)."),
                )
            )
            return None
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        before, after = raw[: error.start].rpartition(b"\n")[2][-10:], raw[error.start :].partition(b"\n")[0][:10]
        word = (before + after).decode("latin-1")
        troubles.append(
            Trouble(
                f"{name} row {row}",
                say("the letters are not UTF-8 (near {word}).", word=repr(word.strip())),
                say("Save the table as CSV UTF-8; this looks like Latin-1 or Windows-1252."),
            )
        )
        return None


def _delimiter(text: str) -> str:
    """Whichever of comma, semicolon and tab parts the headings into most columns."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n "), maxsplit=1)[0]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(",;\t", key=bare.count)
