"""The sheets of an `.xlsx` workbook, as typed: values instead of formulas, and every cell by its name (`Deltagere!D7`).

A workbook comes from anywhere: what is locked, broken or blown up is told in a sentence, before much is read of it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from .cells import text_of
from .errors import Trouble
from .sheets import MOST_COLUMNS, MOST_ROWS, Sheet, cannot_open, letters, sheet, too_long
from .words import Text, say

MOST_UNPACKED = 50_000_000  # bytes of all parts together; a region of 200 teams has two million
MOST_BLANK = 10_000  # after so many empty rows nothing more is looked for
MOST_TOLD = 5  # merged ranges or formulas of one sheet: the rest is the same mistake
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an encrypted workbook or an .xls begins


def workbook_sheets(file: Path, troubles: list[Trouble]) -> list[Sheet]:
    """The sheets of a workbook in their order. What can't be read is added to `troubles`."""
    try:
        refused = _refused(file)
    except OSError as error:
        troubles.append(cannot_open(file.name, error))
        return []
    if refused is not None:
        troubles.append(Trouble(file.name, *refused))
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about colours and dropdowns it does not keep
            return list(_sheets(file))
    except Exception as error:  # openpyxl answers a broken part with whatever it stumbled over
        troubles.append(Trouble(file.name, *_broken(type(error).__name__)))
        return []


def sheet_parts(file: Path) -> dict[str, str]:
    """Which part of the file holds which sheet, by the sheet's title."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, keep_links=False)
    try:
        return {str(s.title): str(getattr(s, "_worksheet_path", "")).lstrip("/") for s in book.worksheets}
    finally:
        book.close()


def _broken(reason: str) -> tuple[Text, Text]:
    return (
        say("this is not an .xlsx workbook, or it is broken ({reason}).", reason=reason),
        say("Open it in your spreadsheet and save it again as .xlsx."),
    )


def _refused(file: Path) -> tuple[Text, Text] | None:
    """Why this file is not even opened: what is wrong and what would be right."""
    with file.open("rb") as opened:
        start = opened.read(len(OLD))
    if start == OLD:
        return (
            say("the workbook has a password, or it is an old .xls file."),
            say("Save it as .xlsx without a password."),
        )
    try:
        with ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                return (
                    say("unpacked, the workbook is larger than {most} MB.", most=MOST_UNPACKED // 1_000_000),
                    say("Delete what does not belong there, empty rows with formats too."),
                )
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", parts.read(part)):
                    return _broken("DOCTYPE")  # no spreadsheet writes one; they make small files swell
    except (BadZipFile, ValueError, RuntimeError, EOFError, NotImplementedError, OverflowError) as error:
        return _broken(type(error).__name__)
    except Exception as error:  # zlib.error is not named in its module's stubs everywhere
        if isinstance(error, OSError):
            raise
        return _broken(type(error).__name__)
    return None


def _sheets(file: Path) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    written = load_workbook(file, read_only=True, keep_links=False)
    shown = load_workbook(file, read_only=True, keep_links=False, data_only=True)
    try:
        for typed, values in zip(written.worksheets, shown.worksheets, strict=True):
            if not str(typed.title).startswith("#"):  # a remark, as in a line: not a table
                yield _sheet(file, typed, values)
    finally:
        written.close()
        shown.close()


def _sheet(file: Path, typed: Any, values: Any) -> Sheet:
    title = str(typed.title)
    told = list(islice(_merged(file, title, str(getattr(typed, "_worksheet_path", ""))), MOST_TOLD))
    formulas: dict[tuple[int, int], str] = {}
    lines = []
    for number, cells in _filled(typed):
        if number > MOST_ROWS:
            told.append(too_long(title))
            break
        for i, cell in enumerate(cells):
            if cell.data_type == "f":
                formulas[number, i] = str(cell.value)
            elif cell.data_type == "e":
                told.append(_error(title, number, i, str(cell.value)))
        lines.append((number, [text_of(c.value) if c.data_type != "e" else "" for c in cells]))
    if formulas:
        found = _calculated(values, formulas, title, told)
        lines = [(n, [found.get((n, i), text) for i, text in enumerate(cells)]) for n, cells in lines]
    return sheet(title, title, ((n, tuple(cells)) for n, cells in lines), "workbook", tuple(told))


def _filled(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows of a sheet that hold something, with their numbers."""
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    blank = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        blank = 0 if any(c.value is not None for c in cells) else blank + 1
        if blank > MOST_BLANK:
            return
        if not blank:
            yield number, cells


def _calculated(
    values: Any, formulas: dict[tuple[int, int], str], title: str, told: list[Trouble]
) -> dict[tuple[int, int], str]:
    """What the formulas came to when the workbook was last saved."""
    found: dict[tuple[int, int], str] = {}
    rows = {row for row, _ in formulas}
    values.reset_dimensions()
    for number, cells in enumerate(values.iter_rows(max_col=MOST_COLUMNS, max_row=max(rows)), 1):
        for i, cell in enumerate(cells if number in rows else ()):
            if (number, i) in formulas and cell.value is not None:
                found[number, i] = "" if cell.data_type == "e" else text_of(cell.value)
                if cell.data_type == "e":
                    told.append(_error(title, number, i, str(cell.value)))
    for row, i in sorted(formulas.keys() - found.keys()):
        what = say("the formula {formula} was never calculated.", formula=formulas[row, i][:40])
        right = say("Open the workbook in your spreadsheet and save it, or type the value.")
        told.append(Trouble(f"{title}!{letters(i)}{row}", what, right))
        found[row, i] = ""
    return found


def _error(title: str, row: int, column: int, error: str) -> Trouble:
    what = say("the cell shows {error}.", error=error)
    return Trouble(f"{title}!{letters(column)}{row}", what, say("Type the value."))


def _merged(file: Path, title: str, part: str) -> Iterator[Trouble]:
    """Merged cells: only the first of them holds anything, which a table does not show."""
    with ZipFile(file) as parts:
        name = part.lstrip("/")
        text = parts.read(name) if name in parts.namelist() else b""
    for found in re.finditer(rb'<mergeCell\b[^>]*\bref="([A-Z0-9:]{1,20})"', text):
        what = say("the cells are merged; all but the first are empty.")
        yield Trouble(f"{title}!{found[1].decode()}", what, say("Take the merging back and fill in each cell."))
