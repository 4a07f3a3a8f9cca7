"""The sheets of an `.xlsx` workbook, as typed: values instead of formulas, and every cell by its name (`Deltagere!D7`).

A workbook comes from anywhere: what is locked, broken or blown up is told in a sentence, before much is read of it.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from .cells import text_of
from .errors import Trouble
from .opening import TooLarge, cannot_open, too_large, whole
from .sheets import MOST_COLUMNS, MOST_ROWS, Sheet, in_row, letters, sheet, too_long, too_wide
from .words import Text, say

MOST_UNPACKED = 50_000_000  # bytes of all parts together; a region of 200 teams has two million
MOST_PARTS = 5_000
MOST_TAGS = 150_000  # of one row, which is read at once
ROWS = re.compile(rb"<(?:\w+:)?(?:row|si)\b")
MOST_OTHERS = 100_000  # but for cells and what stands in them: formats, merged ranges and the like take longer to read
OTHERS = re.compile(rb"<(?!/|(?:\w+:)?(?:row|c|v|f|is|t|si|r)\b)")
LONGEST_TAG = 20_000  # bytes
LONGEST_CELL = 32_767  # characters: what spreadsheets allow
PIECE = 1_000_000
MOST_BLANK = 10_000  # after so many empty rows nothing more is looked for
MOST_TOLD = 5  # merged ranges or formulas of one sheet: the rest is the same mistake
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an encrypted workbook or an .xls begins


class Unusable(Exception):
    """A workbook that is not even opened: `what` is wrong with it and what would be `right`."""

    def __init__(self, what: Text, right: Text) -> None:
        super().__init__(str(what))
        self.what = what
        self.right = right


def workbook_sheets(file: Path, troubles: list[Trouble]) -> list[Sheet]:
    """The sheets of a workbook in their order. What can't be read is added to `troubles`."""
    try:
        data = whole(file, MOST_UNPACKED)
        parts = sound_parts(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about colours and dropdowns it does not keep
            return list(_sheets(data, parts))
    except OSError as error:
        troubles.append(cannot_open(file.name, error))
    except TooLarge:
        troubles.append(too_large(file.name, MOST_UNPACKED))
    except Unusable as no:
        troubles.append(Trouble(file.name, no.what, no.right))
    return []


def sheet_parts(file: Path) -> dict[str, str]:
    """Which part of the file holds which sheet, by the sheet's title."""
    book = _opened(file.read_bytes())
    return {str(s.title): _part_of(s) for s in book.worksheets}


def _broken() -> Unusable:
    return Unusable(
        say("this is not an .xlsx workbook, or it is broken."),
        say("Open it in your spreadsheet and save it again as .xlsx."),
    )


def sound_parts(data: bytes) -> ZipFile:
    """The parts of a workbook, when they are what they say they are and not more than can be read. Raises Unusable."""
    if data.startswith(OLD):
        raise Unusable(
            say("the workbook has a password, or it is an old .xls file."),
            say("Save it as .xlsx without a password."),
        )
    try:
        parts = ZipFile(io.BytesIO(data))
        _look_through(parts)
    except Unusable:
        raise
    except Exception as error:  # a broken zip file breaks its reader in any way
        raise _broken() from error
    return parts


def _look_through(parts: ZipFile) -> None:
    """Unpack each part bit by bit, whatever the file says of its size, and raise Unusable if it is too much."""
    unpacked = others = 0
    if len(parts.infolist()) > MOST_PARTS:
        raise _too_much()
    for info in parts.infolist():
        is_xml = info.filename.lower().endswith((".xml", ".rels"))
        before, tags = b"", 0
        with parts.open(info) as part:
            while piece := part.read(PIECE):
                unpacked += len(piece)
                if is_xml:
                    row = max((found.start() for found in ROWS.finditer(piece)), default=None)
                    tags = piece.count(b"<", row) + (tags if row is None else 0)
                    others += sum(1 for _ in OTHERS.finditer(piece))
                    if re.search(rb"<!(DOCTYPE|ENTITY)|<[^>]{%d}" % LONGEST_TAG, before + piece):
                        raise _broken()  # no spreadsheet writes one; they make small files swell
                if unpacked > MOST_UNPACKED or tags > MOST_TAGS or others > MOST_OTHERS:
                    raise _too_much()
                before = piece[-LONGEST_TAG:]


def _too_much() -> Unusable:
    return Unusable(
        say("unpacked, there is too much in the workbook."),
        say("Delete what does not belong there, empty rows with formats too."),
    )


def _opened(data: bytes, *, values: bool = False) -> Any:
    """The workbook by openpyxl: what was typed, or the `values` that formulas came to. Raises Unusable."""
    from openpyxl.reader.excel import ExcelReader

    class Tables(ExcelReader):
        """Reads tables alone: charts on sheets of their own it would stumble over, and names mean nothing here."""

        def read_chartsheet(self, sheet: Any, rel: Any) -> None:
            charts.add(sheet.name)

    charts: set[str] = set()
    try:
        reader = Tables(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        reader.read()
    except Exception as error:  # openpyxl answers a broken part with whatever it stumbled over
        raise _broken() from error
    if {s.name for s in reader.parser.sheets} - charts - set(reader.wb.sheetnames):
        raise _broken()  # a sheet whose part is not there would be passed over
    return reader.wb


def _sheets(data: bytes, parts: ZipFile) -> Iterator[Sheet]:
    book = _opened(data)
    calculated = cache(lambda: {s.title: s for s in _opened(data, values=True).worksheets})
    for typed in book.worksheets:
        title = str(typed.title)
        if title.startswith("#"):  # a remark, as in a line: not a table
            continue
        try:
            yield _sheet(typed, calculated, parts.read(_part_of(typed)))
        except Unusable:
            raise
        except Exception as error:  # as above
            raise _broken() from error


def _part_of(sheet: Any) -> str:
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _sheet(typed: Any, calculated: Callable[[], Mapping[str, Any]], xml: bytes) -> Sheet:
    """A sheet as `typed`, with what its formulas came to when it was `calculated`."""
    title = str(typed.title)
    told: list[Trouble] = []
    hurt: list[tuple[int, int, Trouble]] = []
    formulas: dict[tuple[int, int], str] = {}
    lines = []
    for number, cells in _filled(typed, xml, told):
        for i, cell in enumerate(cells):
            if cell.data_type == "f":
                formulas[number, i] = str(cell.value)
            elif cell.data_type == "e":
                hurt.append((number, i, _error(title, number, i, str(cell.value))))
        lines.append((number, [text_of(_short(c.value)) if c.data_type != "e" else "" for c in cells]))
    if formulas:
        found = _calculated(calculated()[title], formulas, title, hurt)
        lines = [(n, [found.get((n, i), text) for i, text in enumerate(cells)]) for n, cells in lines]
    made = sheet(title, title, ((n, tuple(cells)) for n, cells in lines), "workbook")
    told[:0] = islice(_merged(made, xml), MOST_TOLD)
    return replace(made, troubles=tuple(told), hurt=tuple(sorted(hurt, key=lambda cell: cell[:2])))


def _short(value: object) -> object:
    """What stands in a cell; a text longer than any spreadsheet takes is a trap."""
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise _broken()
    return value


def _filled(sheet: Any, xml: bytes, told: list[Trouble]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a sheet that hold something, with their numbers. What lies too far out to be read is `told`."""
    title = str(sheet.title)
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    blank = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        blank = 0 if any(c.value is not None for c in cells) else blank + 1
        if blank > MOST_BLANK:
            last = _last_row(xml)
            if last > number:
                what = say("it stands below more than {most} empty rows.", most=MOST_BLANK)
                told.append(Trouble(in_row(title, last), what, say("Delete it, or move it up.")))
            return
        if blank:
            continue
        if number > MOST_ROWS:
            told.append(too_long(title))
            return
        if any(c.value is not None for c in cells[MOST_COLUMNS:]):
            told.append(too_wide(in_row(title, number)))
        yield number, cells[:MOST_COLUMNS]


def _last_row(xml: bytes) -> int:
    """The number of the last row in which a value stands; 0 if that is not said."""
    end = max(xml.rfind(b"</v>"), xml.rfind(b"</is>"), xml.rfind(b"v>"))
    found = re.search(rb'\br="(\d{1,10})"', xml[max(0, xml.rfind(b"<row", 0, max(end, 0))) :]) if end > 0 else None
    return int(found[1]) if found else 0


def _calculated(
    values: Any, formulas: dict[tuple[int, int], str], title: str, hurt: list[tuple[int, int, Trouble]]
) -> dict[tuple[int, int], str]:
    """What the formulas came to when the workbook was last saved; what they did not come to is `hurt`."""
    found: dict[tuple[int, int], str] = {}
    rows = {row for row, _ in formulas}
    values.reset_dimensions()
    for number, cells in enumerate(values.iter_rows(max_col=MOST_COLUMNS, max_row=max(rows)), 1):
        for i, cell in enumerate(cells if number in rows else ()):
            if (number, i) in formulas and cell.value is not None:
                found[number, i] = "" if cell.data_type == "e" else text_of(cell.value)
                if cell.data_type == "e":
                    hurt.append((number, i, _error(title, number, i, str(cell.value))))
    for row, i in sorted(formulas.keys() - found.keys()):
        what = say("the formula {formula} was never calculated.", formula=formulas[row, i][:40])
        right = say("Open the workbook in your spreadsheet and save it, or type the value.")
        hurt.append((row, i, Trouble(f"{title}!{letters(i)}{row}", what, right)))
        found[row, i] = ""
    return found


def _error(title: str, row: int, column: int, error: str) -> Trouble:
    what = say("the cell shows {error}.", error=error)
    return Trouble(f"{title}!{letters(column)}{row}", what, say("Type the value."))


def _merged(sheet: Sheet, xml: bytes) -> Iterator[Trouble]:
    """Merged cells in rows of the table: only the first of them holds anything, which a table does not show."""
    rows = {int(sheet.heading_row), *(int(number) for number, _ in sheet.rows)}
    for found in re.finditer(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}(\d{1,7})(?::[A-Z]{1,3}(\d{1,7}))?)"', xml):
        if not rows.isdisjoint(range(int(found[2]), int(found[3] or found[2]) + 1)):
            what = say("the cells are merged; all but the first are empty.")
            where = f"{sheet.title}!{found[1].decode()}"
            yield Trouble(where, what, say("Take the merging back and fill in each cell."))
