"""One row written into the user's own tables, and nothing else of them touched: or nothing at all.

Whoever changes a term by a command finds the change in the tables, which stay the truth. The file is kept in the state
folder first; afterwards the tables are read again, and if they say anything else than before but for that row, the old
file is put back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from .cells import word_key
from .columns import TABLE, TITLES, Table
from .disk import Disk, discard, replace_file
from .editing_csv import edited_csv, new_csv
from .editing_workbook import edited_workbook
from .errors import InputError, Refused, SkemaplanError
from .problem import Problem
from .store import Store
from .tables import read
from .words import say

BACKUP = "backup"
Found = Callable[[Mapping[str, str]], bool]


@dataclass(frozen=True)
class Edit:
    """A row to write: `cells` by the English names of the columns. Without `finds` it is a new row.

    With `finds` it changes these cells of the one row whose cells (as typed, by English column names) it accepts;
    with `remove` that row goes.
    """

    table: str
    cells: Mapping[str, str]
    finds: Found | None = None
    remove: bool = False


@dataclass(frozen=True)
class Written:
    """What was done: the row, the file, what it held `before` (None: nothing) and `after`, the copy, the tables now."""

    edit: Edit
    file: Path
    before: bytes | None
    after: bytes
    kept: Path | None
    problem: Problem

    def put_back(self, disk: Disk) -> None:
        """Make it undone, the copy too. Raises `Refused` if somebody has written in the file since."""
        if not self.file.exists() or self.file.read_bytes() != self.after:
            raise Refused(say("{file} has been changed since. Take the row out by hand.", file=self.file))
        if self.before is None:
            disk.remove(self.file)
        else:
            replace_file(disk, self.file, self.before)
        if self.kept is not None:
            discard(disk, self.kept)


def write_row(term: Path, edit: Edit, before: Problem, store: Store) -> Written:
    """Write one row into a term's tables and read them again; the state's lock must be held.

    Raises `Refused`, with the tables as they were, if there is no such row, the file can't be written, or the tables
    would then be wrong or say anything else that they did not.
    """
    table = TABLE[edit.table]
    file = term if term.is_file() else _file_of(term, table)
    old = file.read_bytes() if file.exists() else None
    new = _edited(term, file, table, edit, old)
    try:
        kept = _keep(store, file, old) if old is not None else None
        replace_file(store.disk, file, new)
    except OSError as error:
        raise Refused(
            say("{file} could not be written ({error}). Nothing was changed.", file=file, error=error.strerror)
        ) from error
    written = Written(edit, file, old, new, kept, before)
    try:
        problem = read(term)
        _refuse_other_changes(before, problem, edit)
    except InputError as wrong:
        written.put_back(store.disk)
        raise Refused(
            say("The tables would be wrong then: {what} Nothing was changed.", what=str(wrong.troubles[0]))
        ) from wrong
    except Refused:
        written.put_back(store.disk)
        raise
    return Written(edit, file, old, new, kept, problem)


def write_rows(
    term: Path, rows: Iterable[Callable[[Problem], Edit]], before: Problem, store: Store
) -> tuple[Written, ...]:
    """Write rows one after another, each made for the tables as the row before it left them: all of them, or none.

    Raises what making or writing one of them raises (see `write_row`), with the tables as they were; and `Refused` if
    these are not the tables any more that `before` was read from.
    """
    if _counted(read(term)) != _counted(before):
        raise Refused(say("The tables were changed meanwhile. Nothing was changed; ask again."))
    written: list[Written] = []
    try:
        for row in rows:
            problem = written[-1].problem if written else before
            written.append(write_row(term, row(problem), problem, store))
    except SkemaplanError:
        put_back(written, store.disk)
        raise
    return tuple(written)


def put_back(written: Sequence[Written], disk: Disk) -> None:
    """Make rows undone, the last one first."""
    for row in reversed(written):
        row.put_back(disk)


def _edited(term: Path, file: Path, table: Table, edit: Edit, old: bytes | None) -> bytes:
    if term.is_file():
        return edited_workbook(file, table, edit.cells, edit.finds, edit.remove)
    if old is None:
        if edit.finds is not None:
            raise no_such_row(table)
        return new_csv(_sibling(term), table, edit.cells)
    return edited_csv(old, file.name, table, edit.cells, edit.finds, edit.remove)


def no_such_row(table: Table) -> Refused:
    return Refused(say("There is no such row in {table}. Nothing was changed.", table=table.name))


def _file_of(folder: Path, table: Table) -> Path:
    """The file of a table in a folder; where there is none, what it would be called beside the others."""
    files = sorted(f for f in folder.glob("*.csv") if not f.name.startswith((".", "~")))
    known = {t.name: f for f in files if (t := TITLES.get(word_key(f.stem))) is not None}
    if table.name in known:
        return known[table.name]
    danish = "term" in known and word_key(known["term"].stem) == word_key(TABLE["term"].danish)
    return folder / f"{table.danish if danish else table.name}.csv"


def _sibling(folder: Path) -> bytes:
    """A table after whose manner a new one is written."""
    return _file_of(folder, TABLE["term"]).read_bytes()


def _keep(store: Store, file: Path, data: bytes) -> Path:
    """A copy of the file in the state folder, under the next free number."""
    folder = store.folder / BACKUP
    store.disk.make(folder)
    taken = [int(p.name[:4]) for p in folder.iterdir() if p.name[:4].isdigit()]
    kept = folder / f"{max(taken, default=0) + 1:04}-{file.name}"
    replace_file(store.disk, kept, data)
    return kept


def _refuse_other_changes(before: Problem, after: Problem, edit: Edit) -> None:
    """Raise `Refused` unless the facts differ by that row alone (and what the short form writes of it)."""
    gone, came = _counted(before), _counted(after)
    lost, won = gone - came, came - gone
    if not (lost or won):
        raise Refused(say("The tables say that already. Nothing was changed."))
    writes_others = edit.table in ("participants", "teachers")  # the short form: rows of other tables
    others = any(name != edit.table for name, _ in (*lost, *won)) and not writes_others
    if others or lost.total() > (edit.finds is not None) or (won.total() > 1 and not writes_others):
        raise Refused(say("Writing that row would change other rows. Nothing was changed."))


def _counted(problem: Problem) -> Counter[tuple[str, object]]:
    names = [f.name for f in fields(problem) if f.name != "settings"]
    rows = Counter((name, row) for name in names for row in getattr(problem, name))
    rows["settings", problem.settings] += 1
    return rows
