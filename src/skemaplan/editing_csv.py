"""One row of a CSV file written, changed or removed; every other byte stays: encoding, line ends, quotes, remarks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .blank import called, spoken
from .cells import text_of, word_key
from .columns import Table
from .errors import Refused
from .sheets import decoded, delimiter_of, is_remark
from .words import say

Found = Callable[[Mapping[str, str]], bool]
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True)
class _Manner:
    """How a file is written."""

    encoding: str
    delimiter: str
    end: str
    quoting: int

    @classmethod
    def of(cls, raw: bytes, text: str) -> _Manner:
        encoding = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "utf-8")
        first = text.lstrip("\r\n ").splitlines(keepends=True)[0] if text.strip() else ""
        end = first[len(first.rstrip("\r\n")) :] or "\n"
        delimiter = delimiter_of(text)
        cells = first.rstrip("\r\n").split(delimiter)
        all_quoted = all(c.strip().startswith('"') for c in cells)
        return cls(encoding, delimiter, end, csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL)

    def line(self, cells: list[str]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.end).writerow(cells)  # type: ignore[arg-type]
        return text.getvalue()

    def cells(self, record: str) -> list[str]:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=self.delimiter), [])

    def encoded(self, text: str) -> bytes:
        mark = next((m for m, name in _MARKS.items() if name == self.encoding), b"")
        return mark + text.encode("utf-8" if self.encoding == "utf-8-sig" else self.encoding)


def edited_csv(
    raw: bytes, name: str, table: Table, cells: Mapping[str, str], finds: Found | None, remove: bool
) -> bytes:
    """The bytes of a CSV file with one row new, changed or gone. Raises `Refused` if there is no such row."""
    text = decoded(name, raw)
    if not isinstance(text, str):
        raise Refused(say("{file} can't be read: {what}", file=name, what=text.what))
    manner = _Manner.of(raw, text)
    records = split(text, manner.delimiter)
    filled = [i for i, r in enumerate(records) if is_table_row(manner.cells(r))]
    if not filled:
        raise Refused(say("{file} has no headings. Nothing was changed.", file=name))
    heading = filled[0]
    names, line, cells = with_headings(manner.cells(records[heading]), table, cells)
    if line:
        bare = records[heading].rstrip("\r\n")
        records[heading] = bare + manner.delimiter + manner.line(line).rstrip("\r\n") + records[heading][len(bare) :]
    if finds is None:
        last = max(i for i, r in enumerate(records) if r.strip())
        if not records[last].endswith(("\r", "\n")):
            records[last] += manner.end
        records.insert(last + 1, manner.line([cells.get(name, "") for name in names]))
        return manner.encoded("".join(records))
    place = _place(records, filled[1:], manner, names, finds, table)
    if remove:
        del records[place]
    else:
        typed = manner.cells(records[place])
        typed += [""] * (len(names) - len(typed))
        changed = [cells.get(n, old) if n else old for n, old in zip(names, typed, strict=False)] + typed[len(names) :]
        bare = records[place].rstrip("\r\n")
        records[place] = manner.line(changed).rstrip("\r\n") + records[place][len(bare) :]
    return manner.encoded("".join(records))


def _place(records: list[str], rows: list[int], manner: _Manner, names: list[str], finds: Found, table: Table) -> int:
    for i in rows:
        typed = {n: text_of(c) for n, c in zip(names, manner.cells(records[i]), strict=False) if n}
        if finds(typed):
            return i
    raise Refused(say("There is no such row in {table}. Nothing was changed.", table=table.name))


def new_csv(sibling: bytes, table: Table, cells: Mapping[str, str]) -> bytes:
    """A table of one row, written as the sibling is."""
    text = decoded("", sibling)
    manner = _Manner.of(sibling, text if isinstance(text, str) else "")
    first = manner.cells(split(text, manner.delimiter)[0]) if isinstance(text, str) and text else []
    danish = any(word_key(h) in ("noegle", "vaerdi") for h in first)
    names = [c for c in table.columns if c.required or c.name in cells]
    language = "da" if danish else "en"
    row = [spoken(c, cells.get(c.name, ""), language) for c in names]
    return manner.encoded(manner.line([called(c, language) for c in names]) + manner.line(row))


def with_headings(
    headings: list[str], table: Table, cells: Mapping[str, str]
) -> tuple[list[str], list[str], dict[str, str]]:
    """The English name of each column ("": not known), those that must be added at the end too; and their headings.

    And the cells to write, in the language of the headings: `man ons` under Danish ones.
    """
    known = [table.headings.get(word_key(text_of(h))) for h in headings]
    names = [c.name if c else "" for c in known]
    pairs = [(c, word_key(text_of(h))) for c, h in zip(known, headings, strict=True) if c]
    danish = any(key == word_key(c.danish) != word_key(c.name) for c, key in pairs)
    language = "da" if danish else "en"
    added = [table.column[n] for n in cells if cells[n] and n not in names]
    said = {n: spoken(table.column[n], text, language) for n, text in cells.items()}
    return [*names, *(c.name for c in added)], [called(c, language) for c in added], said


def is_table_row(cells: list[str]) -> bool:
    tidy = tuple(text_of(c) for c in cells)
    return any(tidy) and not is_remark(tidy)


def split(text: str, delimiter: str) -> list[str]:
    """The records of a CSV text, each with its own line end; a quoted cell may run over lines."""
    records: list[str] = []
    start, i, quoted, fresh = 0, 0, False, True
    while i < len(text):
        c = text[i]
        if quoted:
            if c == '"' and text[i + 1 : i + 2] == '"':
                i += 1
            elif c == '"':
                quoted = False
        elif c == '"' and fresh:
            quoted = True
        elif c in "\r\n":
            i += text[i : i + 2] == "\r\n"
            records.append(text[start : i + 1])
            start = i + 1
        fresh = not quoted and c in (delimiter, "\r", "\n")
        i += 1
    return [*records, text[start:]] if start < len(text) else records
