"""Read a term into a checked `Problem`: from a folder of CSV tables, a workbook, or frames in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .building import build
from .cells import text_of
from .columns import KEY
from .counting import as_troubles, shortages
from .errors import InputError, Trouble
from .locked import impossible_locks
from .plausible import warnings as plausible_warnings
from .problem import Problem
from .rows import Tables, rows_of_sheets
from .sheets import WORKBOOKS, Sheet, folder_sheets, sheet
from .short import full, setting
from .words import say
from .workbook import workbook_sheets

if TYPE_CHECKING:
    import pandas as pd

    Source = str | PathLike[str] | Mapping[str, pd.DataFrame]


def read(source: Source) -> Problem:
    """The facts of a term from a folder of CSV tables, an `.xlsx` workbook, or frames by table name.

    Raises InputError with everything that is wrong, each with its file, row and column. Warnings are passed over; see
    `read_with_warnings`.
    """
    return read_with_warnings(source)[0]


def read_with_warnings(source: Source) -> tuple[Problem, tuple[Trouble, ...]]:
    """As `read`, and what is strange but no error: unknown tables and columns, with the nearest known name."""
    found = look_at(source)
    if found.problem is None:
        raise InputError(found.troubles)
    return found.problem, found.troubles


@dataclass(frozen=True, slots=True)
class Found:
    """What there is in the tables: the term, if there is no error among the troubles.

    `language` is the one that the tables name, whatever else is wrong with them: Danish if none; empty without any
    table.
    """

    problem: Problem | None
    troubles: tuple[Trouble, ...]
    language: str


def look_at(source: Source) -> Found:
    """Read tables once, for all that is to be known of them. Nothing is raised."""
    troubles: list[Trouble] = []
    sheets = sheets_of(source, troubles)
    if troubles:  # there is nothing to read
        return Found(None, tuple(troubles), "")
    typed = rows_of_sheets(sheets, troubles)
    problem = build(typed, full(typed.rows, troubles), troubles, _beside(source))
    said = sorted(dict.fromkeys(troubles), key=lambda t: t.severity) if problem is None else dict.fromkeys(troubles)
    return Found(problem, tuple(said), _language(typed.rows) if sheets else "")


def check(source: Source, since: date | None = None) -> tuple[Trouble, ...]:
    """Everything there is to say of the tables before planning: errors first, then warnings. Nothing is raised.

    Besides what `read` finds, this takes a second look at dates (a wrong year, a holiday that moved), looks for locks
    that no plan can keep (but for weeks before `since`), and counts what no ordinary week can hold (`counting.py`).
    """
    return all_troubles(look_at(source), since)


def all_troubles(found: Found, since: date | None = None) -> tuple[Trouble, ...]:
    """As `check`, of tables that have been read."""
    problem = found.problem
    if problem is None:
        return found.troubles
    locks = sorted(impossible_locks(problem, since), key=lambda t: t.severity)
    return (*locks, *found.troubles, *plausible_warnings(problem), *as_troubles(problem, shortages(problem)))


def rows_of(source: Source) -> dict[str, tuple[dict[str, str], ...]]:
    """Every row that is planned with, by table, as text: what was typed, and what the short form stands for.

    Raises InputError if a file can't be read or a needed table or column is missing; cells are not judged here.
    """
    troubles: list[Trouble] = []
    typed = rows_of_sheets(sheets_of(source, troubles), troubles)
    written = full(typed.rows, troubles)
    errors = [t for t in troubles if t.severity == "error"]
    if errors:
        raise InputError(errors)
    return {name: tuple(dict(row.cells) for row in rows) for name, rows in written.items() if rows}


def typed_language(source: Source) -> str:
    """The language that the tables name; see `Found`."""
    sheets = sheets_of(source, [])
    return _language(rows_of_sheets(sheets, []).rows) if sheets else ""


def _language(rows: Tables) -> str:
    words = {word: english for english, danish in KEY["language"].words for word in (english, danish)}
    return words.get(setting(rows, "language").casefold(), "da")


def sheets_of(source: Source, troubles: list[Trouble]) -> list[Sheet]:
    """The sheets of a term as typed. What can't be read is added to `troubles`."""
    if isinstance(source, Mapping):
        return [s for s in (_frame(str(name), frame, troubles) for name, frame in source.items()) if s]
    path = Path(source)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError):
        is_folder, exists = False, False
    if is_folder:
        return folder_sheets(path, troubles)
    if exists and path.suffix.lower() in WORKBOOKS:
        return workbook_sheets(path, troubles)
    what = say("this is neither a folder of tables nor an .xlsx workbook.") if exists else say("there is no such file.")
    troubles.append(Trouble(str(source), what, say("Name the folder that holds term.csv, or a workbook.")))
    return []


def _beside(source: Source) -> Path:
    """The folder in which the tables name other files."""
    if isinstance(source, Mapping):
        return Path()
    path = Path(source)
    return path if path.is_dir() else path.parent


def _frame(name: str, frame: Any, troubles: list[Trouble]) -> Sheet | None:
    """A frame as a sheet; its rows are named by their index."""
    if not hasattr(frame, "to_dict") or not hasattr(frame, "columns"):
        what = say("{kind} is not a DataFrame.", kind=type(frame).__name__)
        troubles.append(Trouble(name, what, say("Give tables as pandas frames.")))
        return None
    headings = tuple(text_of(h) for h in frame.columns)
    empty = frame.isna().to_numpy()
    cells = frame.to_numpy(dtype=object)

    def lines() -> Iterator[tuple[int | str, tuple[str, ...]]]:
        yield "headings", headings
        for i, index in enumerate(frame.index):
            yield str(index), tuple("" if empty[i, j] else text_of(v) for j, v in enumerate(cells[i]))

    return sheet(name, name, lines(), "frame")
