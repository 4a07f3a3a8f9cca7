"""One row of an `.xlsx` workbook written, changed or emptied, within the sheet's own XML.

Every other part of the file stays byte for byte: formats, formulas with what they came to, pictures, charts, macros. A
new row takes the formats of the row above it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

from .cells import FIRST_DAY, NotRead, read_date, read_time, word_key
from .columns import DATE, TIME, TITLES, Table
from .editing_csv import with_headings
from .errors import Refused, Trouble
from .sheets import Sheet, letters
from .words import say
from .workbook import sheet_parts, workbook_sheets

Found = Callable[[Mapping[str, str]], bool]


def edited_workbook(file: Path, table: Table, cells: Mapping[str, str], finds: Found | None, remove: bool) -> bytes:
    """The bytes of a workbook with one row new, changed or emptied. Raises `Refused` without such a sheet or row."""
    troubles: list[Trouble] = []
    sheets = [s for s in workbook_sheets(file, troubles) if TITLES.get(word_key(s.title)) is table]
    if not sheets or not any(sheets[0].headings):
        columns = ", ".join(c.name for c in table.columns if c.required)
        raise Refused(
            say(
                "The workbook has no sheet {name}. Add one with the headings {columns}, and try again.",
                name=table.name,
                columns=columns,
            )
        )
    found = sheets[0]
    last = max(i for i, h in enumerate(found.headings) if h)
    headings = list(found.headings[: last + 1])
    names, added, cells = with_headings(headings, table, cells)
    row = _row_of(found, names, finds, table)
    change = {i: ("" if remove else cells[n]) for i, n in enumerate(names) if n and (remove or n in cells)}
    with ZipFile(file) as parts:
        part = sheet_parts(file)[found.title]
        xml = _Xml(parts.read(part).decode("utf-8"), _counts_from_1904(parts))
        for i, heading in enumerate(added, len(headings)):
            xml.put(int(found.heading_row), i, heading, None, table)
        while finds is None and xml.holds(row):  # a remark below the last row
            row += 1
        above = row - 1 if finds is None and row - 1 > int(found.heading_row) else None
        for i, text in change.items():
            xml.put(row, i, text, above, table, names[i])
        return _packed(parts, part, xml.text.encode())


def _row_of(sheet: Sheet, names: list[str], finds: Found | None, table: Table) -> int:
    if finds is None:
        return max([int(sheet.heading_row), *(int(n) for n, _ in sheet.rows)]) + 1
    for number, cells in sheet.rows:
        if finds({n: c for n, c in zip(names, cells, strict=False) if n}):
            return int(number)
    raise Refused(say("There is no such row in {table}. Nothing was changed.", table=table.name))


def _counts_from_1904(parts: ZipFile) -> bool:
    return bool(re.search(rb'date1904="(1|true)"', parts.read("xl/workbook.xml")))


def _packed(parts: ZipFile, changed: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as new:
        for info in parts.infolist():
            new.writestr(info, data if info.filename == changed else parts.read(info.filename), info.compress_type)
    return out.getvalue()


@dataclass
class _Xml:
    """The XML of one sheet as text, in which single cells are put."""

    text: str
    from_1904: bool

    def __post_init__(self) -> None:
        found = re.search(r"<(\w+:)?sheetData\b", self.text)
        self.p = (found[1] or "") if found else ""
        self.text = self.text.replace(f"<{self.p}sheetData/>", f"<{self.p}sheetData></{self.p}sheetData>", 1)

    def holds(self, row: int) -> bool:
        """Whether anything stands in a row."""
        body = self.text[slice(*self._row(row))]
        return f"<{self.p}v>" in body or f"<{self.p}is>" in body

    def put(self, row: int, column: int, text: str, above: int | None, table: Table, name: str = "") -> None:
        """Write one cell (empty text: empty it, its format stays)."""
        start, end = self._row(row)
        body = self.text[start:end]
        ref = f"{letters(column)}{row}"
        old = self._cell(body, ref)
        model = self._cell(self.text[slice(*self._row(above))], f"{letters(column)}{above}") if above else old
        style = self._style(old[2] if old else "") or self._style(model[2] if model else "")
        cell = self._made(ref, text, style, bool(model and self._is_number(model[2])), table, name)
        if old:
            body = body[: old[0]] + cell + body[old[1] :]
        else:
            at = self._place(body, column)
            body = body[:at] + cell + body[at:]
        self.text = self.text[:start] + body + self.text[end:]

    def _made(self, ref: str, text: str, style: str, as_number: bool, table: Table, name: str) -> str:
        p, s = self.p, f' s="{style}"' if style else ""
        if not text:
            return f'<{p}c r="{ref}"{s}/>'
        number = self._number(text, table, name) if as_number else None
        if number is not None:
            return f'<{p}c r="{ref}"{s}><{p}v>{number}</{p}v></{p}c>'
        said = escape(text)
        return f'<{p}c r="{ref}"{s} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is></{p}c>'

    def _number(self, text: str, table: Table, name: str) -> str | None:
        """A date or time as the spreadsheet's own number."""
        kind = table.column[name].kind if name in table.column else None
        try:
            if kind is DATE and not self.from_1904:
                return str((_date(text) - FIRST_DAY).days)
            if kind is TIME:
                return repr(read_time(text, 0) / (24 * 60))
        except NotRead:
            return None
        return None

    def _row(self, row: int | None) -> tuple[int, int]:
        """Where the cells of a row stand in the text; it is made if it is not there."""
        p = self.p
        first = re.search(rf'<{p}row\b[^>]*\br="{row}"[^>]*?(/?)>', self.text)
        if first and first[1]:
            opened = first[0][:-2] + f"></{p}row>"
            self.text = self.text[: first.start()] + opened + self.text[first.end() :]
            return self._row(row)
        if first:
            return first.end(), self.text.index(f"</{p}row>", first.end())
        at = self.text.index(f"</{p}sheetData>")
        for other in re.finditer(rf'<{p}row\b[^>]*\br="(\d+)"', self.text):
            if int(other[1]) > int(row or 0):
                at = other.start()
                break
        self.text = f'{self.text[:at]}<{p}row r="{row}"></{p}row>{self.text[at:]}'
        return self._row(row)

    def _cell(self, body: str, ref: str) -> tuple[int, int, str] | None:
        """Where a cell stands in its row, and its XML."""
        p = self.p
        found = re.search(rf'<{p}c\b[^>]*\br="{ref}"[^>]*?(?:/>|>.*?</{p}c>)', body, re.DOTALL)
        return (found.start(), found.end(), found[0]) if found else None

    def _place(self, body: str, column: int) -> int:
        for other in re.finditer(rf'<{self.p}c\b[^>]*\br="([A-Z]+)\d+"', body):
            if (len(other[1]), other[1]) > (len(letters(column)), letters(column)):
                return other.start()
        return len(body)

    @staticmethod
    def _style(cell: str) -> str:
        found = re.match(r'<[^>]*\bs="(\d+)"', cell)
        return found[1] if found else ""

    @staticmethod
    def _is_number(cell: str) -> bool:
        kind = re.match(r'<[^>]*\bt="(\w+)"', cell)
        return (kind is None or kind[1] == "n") and not re.match(r"<[^>]*/>", cell)


def _date(text: str) -> date:
    found = read_date(text, 0)
    assert isinstance(found, date)
    return found
