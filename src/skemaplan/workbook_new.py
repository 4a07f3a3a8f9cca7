"""The sheets of a new term as an `.xlsx` workbook that is pleasant to fill in.

Headings stay in sight, a line below explains each column, dates are dates and times are times, and where only certain
words or ids may stand there is a list to choose from. Ids come from the other sheets, through lists that a hidden sheet
keeps (its name begins with a hash, so that it is not read as a table).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .blank import DAY_NAMES, REMARK, YES_NO, Blank, called
from .cells import NotRead, read_date, read_time
from .columns import DATE, DAY, DAYS, TABLE, TERM, TIME, YES, Column
from .words import say

FIRST_ROW, LAST_ROW = 3, 300  # where people write; the headings and their explanation stand above
LIST_ROWS = 60  # of each sheet, in the lists to choose from
LISTS = "# lister"
DATE_FORMAT = {"da": "[$-406]ddd dd-mm-yyyy", "en": "[$-409]ddd yyyy-mm-dd"}
TIME_FORMAT = "hh:mm"
COMMON_DAYS = ("0", "1", "2", "3", "4", "0-4", "0 1", "0 2", "0 3", "1 3", "1 4", "2 4")
SHORT_COURSES = ("mat", "eng", "saf", "talk")  # while the sheet of courses is empty

DARK, PALE, PAPER, GREY = "1F4E79", "DCE6F1", "F7F7F7", "7F7F7F"
TITLE = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
HEADING = Font(name="Calibri", size=11, bold=True, color=DARK)
SMALL = Font(name="Calibri", size=9, italic=True, color=GREY)
EXAMPLE = Font(name="Calibri", size=11, italic=True, color=GREY)
LINE = Border(bottom=Side(style="thin", color=DARK))


def workbook_bytes(sheets: Sequence[Blank]) -> bytes:
    """The whole workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for blank in sheets:
        _sheet(book.create_sheet(_shown(blank.title)), blank)
    _Lists(book, sheets).write()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(name: str) -> str:
    """A name as people write it; it is read all the same."""
    return name.replace("_", " ").capitalize()


def _sheet(sheet: Worksheet, blank: Blank) -> None:
    sheet.append([_shown(h) for h in blank.headings])
    sheet.append(blank.explained)
    rows = blank.rows if blank.rows or not blank.example else (blank.example,)
    for row in rows:
        sheet.append([_value(c, text, blank.language) for c, text in zip(blank.columns, row, strict=True)])
    _dress(sheet, blank, example=not blank.rows)
    if blank.table is TERM:
        _dress_settings(sheet, blank)
    else:
        for at, column in enumerate(blank.columns, 1):
            _dress_column(sheet, letter(at), column, blank.language)


def _value(column: Column, text: str, language: str) -> date | time | int | str | None:
    """What a spreadsheet holds for a cell: dates, times and numbers as such, all else as text."""
    if text.startswith(REMARK) and column.kind is DATE:
        day = date.fromisoformat(text.removeprefix(REMARK))
        shown = day.strftime("%d-%m-%Y" if language == "da" else "%Y-%m-%d")
        return f"{REMARK}{DAY_NAMES[language][day.weekday()]} {shown}"
    try:
        if column.kind is DATE:
            return read_date(text, 0)
        if column.kind is TIME:
            minutes = read_time(text, 0)
            return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else text
    except NotRead:
        return text or None
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) and column.kind.name not in ("id", "text") else text or None


def _dress(sheet: Worksheet, blank: Blank, *, example: bool) -> None:
    """Colours, widths, and what stays in sight."""
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.sheet_properties.tabColor = "A6A6A6" if blank.is_advanced else "2E8B57"
    sheet.sheet_view.zoomScale = 110
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    lines = 1
    for at, column in enumerate(blank.columns, 1):
        heading, about = sheet.cell(1, at), sheet.cell(2, at)
        width = _width(blank, at - 1)
        sheet.column_dimensions[letter(at)].width = width
        lines = max(lines, len(wrap(str(about.value), int(width * 1.1))))
        heading.font = TITLE if column.required else HEADING
        heading.fill = PatternFill("solid", fgColor=DARK if column.required else PALE)
        heading.alignment = Alignment(vertical="center", wrap_text=True)
        about.font, about.border = SMALL, LINE
        about.fill, about.alignment = PatternFill("solid", fgColor=PAPER), Alignment(wrap_text=True, vertical="top")
        if example and blank.example:
            sheet.cell(FIRST_ROW, at).font = EXAMPLE
    sheet.row_dimensions[1].height = 34
    sheet.row_dimensions[2].height = 12 * lines + 6
    note = Comment(blank.about, "skemaplan")
    note.width, note.height = 320, 90
    sheet.cell(1, 1).comment = note


def _width(blank: Blank, at: int) -> int:
    """Characters: enough for the longest word of the heading, and for what stands in the column."""
    longest = max(len(word) for word in re.split("_", blank.headings[at])) + 4
    filled = [row[at] for row in (*blank.rows, blank.example) if row]
    dates = [16] if blank.columns[at].kind is DATE else []
    return max(longest, 12, *dates, *(min(len(text) + 2, 34) for text in filled))


def _dress_settings(sheet: Worksheet, blank: Blank) -> None:
    """The term: settings in rows, each value of its own kind."""
    for width, name in ((26, "A"), (30, "B"), (90, "C")):
        sheet.column_dimensions[name].width = width
    sheet.row_dimensions[2].height = 18
    for row, key in enumerate(blank.keys, FIRST_ROW):
        value = sheet.cell(row, 2)
        value.value = _value(key, str(value.value or ""), blank.language)
        value.alignment = Alignment(horizontal="left")
        sheet.cell(row, 1).value = _shown(called(key, blank.language))
        sheet.cell(row, 1).font = Font(name="Calibri", size=11, bold=key.required)
        sheet.cell(row, 3).font = SMALL
        if key.required:
            value.fill = PatternFill("solid", fgColor="FFF8DC")
        _dress_cells(sheet, value.coordinate, key, blank.language)
        if key.kind is DATE:
            value.number_format = DATE_FORMAT[blank.language]
        if key.kind is TIME:
            value.number_format = TIME_FORMAT


def _dress_column(sheet: Worksheet, name: str, column: Column, language: str) -> None:
    """What is typed looks as what stands there already: dates as dates, all of it to the left."""
    shape = {DATE: DATE_FORMAT[language], TIME: TIME_FORMAT}.get(column.kind, "General")
    for cells in (sheet.column_dimensions[name], *(sheet[f"{name}{r}"] for r in range(FIRST_ROW, sheet.max_row + 1))):
        cells.number_format, cells.alignment = shape, Alignment(horizontal="left")
    _dress_cells(sheet, f"{name}{FIRST_ROW}:{name}{LAST_ROW}", column, language)


def _dress_cells(sheet: Worksheet, cells: str, column: Column, language: str) -> None:
    """A list to choose from, where there is one; whatever else is typed is judged by `check`."""
    words: Iterable[str] = ()
    if column.kind in (DAYS, DAY):
        words = (_days(code, language) for code in (COMMON_DAYS if column.kind is DAYS else COMMON_DAYS[:5]))
    elif column.kind is YES:
        words = YES_NO[language].values()
    elif column.words and not column.refers:
        words = (danish if language == "da" else english for english, danish in column.words)
    choice = ",".join(words)
    formula = f'"{choice}"' if choice else f"={_list_name(column)}" if column.refers else ""
    if formula:
        rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(rule)
        rule.add(cells)


def _days(code: str, language: str) -> str:
    return re.sub(r"\d", lambda d: DAY_NAMES[language][int(d[0])], code)


def _list_name(column: Column) -> str:
    return "_".join(("list", *column.refers, *(word for word, _ in column.words)))


class _Lists:
    """The hidden sheet: for each combination of sheets that a column refers to, the ids that stand there now.

    Each list takes three columns: the ids with holes between, their numbers, and the ids without holes.
    """

    def __init__(self, book: Workbook, sheets: Sequence[Blank]) -> None:
        self.book, self.blanks = book, {b.table.name: b for b in sheets}
        self.language = sheets[0].language
        columns = [c for b in sheets for c in b.columns if c.refers]
        self.wanted = {_list_name(c): c for c in columns}

    def write(self) -> None:
        sheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        sheet["A1"] = say("Lists to choose from; skemaplan does not read this sheet.").to(self.language)
        for n, (name, column) in enumerate(self.wanted.items()):
            self._list(sheet, 3 * n + 1, name, column)

    def _list(self, sheet: Worksheet, at: int, name: str, column: Column) -> None:
        raw, number, dense = letter(at), letter(at + 1), letter(at + 2)
        formulas = [danish if self.language == "da" else word for word, danish in column.words]
        formulas += [f for table in column.refers for f in self._ids(table, raw, len(formulas))]
        last = len(formulas) + 1
        for row, formula in enumerate(formulas, 2):
            sheet[f"{raw}{row}"] = formula
            known = f"COUNTIF({raw}$1:{raw}{row - 1},{raw}{row})>0"
            sheet[f"{number}{row}"] = f'=IF(OR({raw}{row}="",{known}),"",MAX({number}$1:{number}{row - 1})+1)'
            place = f"MATCH(ROW()-1,{number}$2:{number}${last},0)"
            sheet[f"{dense}{row}"] = f'=IFERROR(INDEX({raw}$2:{raw}${last},{place}),"")'
        whole = f"OFFSET('{LISTS}'!${dense}$2,0,0,MAX(1,MAX('{LISTS}'!${number}$2:${number}${last})),1)"
        self.book.defined_names[name] = DefinedName(name, attr_text=whole)

    def _ids(self, table: str, raw: str, before: int) -> Iterable[str]:
        """Formulas for the ids of a sheet, row by row: the id, or the label where there is none."""
        blank = self.blanks["participants" if table == "teams" else table]
        names = ["team"] if table == "teams" else [n for n in ("id", "label") if n in TABLE[table].column]
        columns = [c.name for c in blank.columns]
        sheet = f"'{_shown(blank.title)}'!"
        first = f"{sheet}$A"
        for row in range(FIRST_ROW, FIRST_ROW + LIST_ROWS):
            cells = [f"{sheet}${letter(columns.index(n) + 1)}{row}" for n in names]
            filled = cells[-1] if len(cells) == 1 else f'IF({cells[0]}<>"",{cells[0]},{cells[1]})'
            yield f'=IF(LEFT({first}{row},2)="# ","",{filled}&"")'
        if table == "courses":
            empty = f"COUNTA({sheet}$A${FIRST_ROW + 1}:$A${LAST_ROW})=0"
            yield from (f'=IF({empty},"{course}","")' for course in SHORT_COURSES)
