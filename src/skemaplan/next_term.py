"""The next term out of the last: teachers, rooms, grid and courses; nobody who was planned for, and nothing dated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from .beginning import write_tables
from .blank import closure_rows
from .cells import NotRead, read_date, word_key
from .columns import KEY
from .errors import InputError, Trouble
from .known_days import known_days
from .problem import Problem
from .rows import Row, rows_of_sheets
from .tables import sheets_of

KEPT = ("teachers", "periods", "places", "travel", "rooms", "courses", "teaches", "takes", "availability", "prices")
ABOUT = {"takes": "who", "availability": "who", "prices": "who"}  # tables with rows about one participant


def next_term(old: Path, problem: Problem, new: Path, name: str, start: date, end: date) -> tuple[Path, ...]:
    """Write the tables of a term that goes on where this one ends; returns the files.

    `problem` is the old term as it was read. Rows that only held for a time before `start` are left behind, those of
    participants always. The new dates' public holidays stand in the closures. Raises `Refused` if a file is there.
    """
    troubles: list[Trouble] = []
    typed = rows_of_sheets(sheets_of(old, troubles), troubles)
    errors = [t for t in troubles if t.severity == "error"]
    if errors:
        raise InputError(errors)
    s = problem.settings
    rows = {table: [dict(row.cells) for row in _kept(typed.rows[table], problem, start)] for table in KEPT}
    dates = {"name": name, "start": start.isoformat(), "end": end.isoformat()}
    kept = {_key(row): row.get("value") for row in typed.rows["term"]}
    rows["term"] = [{"key": key, "value": value} for key, value in (kept | dates).items()]
    closed = closure_rows(known_days(start, end, s.country, s.language))
    return write_tables(new, s.language, {**rows, "closures": closed})


def _key(row: Row) -> str:
    known = KEY.get(word_key(row.get("key")))
    return known.name if known else row.get("key")


def _kept(rows: list[Row], problem: Problem, start: date) -> Iterator[Row]:
    people = {p.id for p in problem.participants} | {p.label for p in problem.participants} | set(problem.teams)
    for row in rows:
        who = row.get(ABOUT.get(row.table, ""))
        if who not in people and not _is_over(row.cells, start):
            yield row


def _is_over(cells: Mapping[str, str], start: date) -> bool:
    try:
        return bool(cells.get("valid_to")) and str(read_date(cells["valid_to"], 0)) < start.isoformat()
    except NotRead:
        return False
