"""From rows to facts: every cell is read as its column says, and what is wrong is told where it stands.

A row with something wrong still becomes a fact, made harmless, so that the rest of the term can be checked too: people
want to hear of everything at once, and of nothing that only follows from a mistake told already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from . import columns as c
from .busy import with_calendars
from .cells import DAY, NotRead, word_key
from .columns import KEY, KEYS, TABLES, TERM, Column, Table
from .errors import InputError, Trouble, Where
from .facts import Fact, Settings
from .problem import Problem
from .rows import Row, Tables, Typed
from .short import own_id
from .words import Names, say

Values = dict[str, Any]
LESSON = 45
NAMED = ("participants", "teachers", "courses", "places", "rooms")
STILL_TOLD = frozenset(("there is no {value}.", "the id {id} is used twice."))  # of a row with another mistake in it
FOLLOWS: Mapping[str, tuple[str, ...]] = {  # what may only follow from a mistake in one of these tables
    "nobody teaches {course}.": ("teachers", "teaches"),
    "the minutes from {a} to {b} are not known.": ("travel",),
}
NOWHERE = date(2000, 1, 3)
EXAMPLES = {
    "participants": "Deltager A",
    "teachers": "Underviser matematik",
    "courses": "mat",
    "places": "skolen",
    "rooms": "lokale 1",
    "periods": "P1",
}


@dataclass(frozen=True, slots=True)
class SettingsOrigin:
    """Where each key of the term table stands."""

    cells: Mapping[str, Where]

    def cell(self, column: str) -> Where:
        return self.cells.get(column) or (Names((TERM.called, self.heading(column))) if column else TERM.called)

    def heading(self, column: str) -> Where:
        return KEY[column].called if column in KEY else column


def build(typed: Typed, tables: Tables, troubles: list[Trouble], folder: Path) -> Problem | None:
    """All facts of `tables` (what was `typed`, and what that stands for), checked together.

    None if there are errors, which are added to `troubles`. Calendars of busy times lie in `folder`.
    """
    before = len(troubles)
    settings = _settings(tables["term"], troubles, known=TERM.name not in {table for table, _ in typed.missing})
    builder = _Builder(
        settings.lesson_minutes,
        {t: _names(tables[t]) for t in NAMED},
        typed.missing,
        troubles,
        {t.where for t in troubles},
    )
    builder.told |= {c.TABLE[table].called for table, _ in typed.missing}  # what is said of a whole table
    if any(t.severity == "error" for t in troubles[before:]):
        builder.told |= {settings.origin.cell(key.name) for key in KEYS}
    facts = {t.name: builder.facts(t, tables[t.name]) for t in TABLES if t is not TERM}
    facts["teachers"] = _once(facts["teachers"])
    if settings.start < settings.end:
        facts["commitments"] = with_calendars(facts["commitments"], settings, folder, troubles)
    if not typed.whole:
        return None
    try:
        problem = Problem(settings=settings, **facts)
    except InputError as error:
        hurt = builder.hurt | {table for table, _ in typed.missing}
        told = (t for t in error.troubles if t.where not in builder.told or t.what.msgid in STILL_TOLD)
        troubles += [t for t in told if hurt.isdisjoint(FOLLOWS.get(t.what.msgid, ()))]
        return None
    troubles += [t for t in problem.troubles() if t.severity == "warning" and t.where not in builder.told]
    return None if any(t.severity == "error" for t in troubles) else problem


def _settings(rows: list[Row], troubles: list[Trouble], *, known: bool) -> Settings:
    """The settings, and what is wrong with them; what is missing is only told if it is `known` what there is."""
    values: Values = {}
    cells: dict[str, Where] = {}
    for row in rows:
        key = KEY.get(word_key(row.get("key")))
        if key is None:
            near = get_close_matches(word_key(row.get("key")), KEY, n=1, cutoff=0.6)
            right = say("Did you mean {near}?", near=KEY[near[0]].called) if near else say("Delete the row.")
            what = say("there is no setting {name}; it is not read.", name=repr(row.get("key")))
            troubles.append(Trouble(row.origin.cell("key"), what, right, "warning"))
        elif key.name in cells:
            what = say("the setting {name} is there twice.", name=key.called)
            troubles.append(Trouble(row.origin.cell("key"), what, say("Keep one of them.")))
        else:
            cells[key.name] = row.origin.cell("value")
            if row.get("value"):
                _read(key, row.get("value"), LESSON, cells[key.name], values, troubles)
    for key in KEYS:
        if key.required and key.fact not in values:
            told = {
                cells.get(key.name),
                *([TERM.called] if not rows else []),
            }  # a cell told already, or no table at all
            if known and not any(t.where in told for t in troubles):
                where = cells.get(key.name) or (
                    rows[-1].origin.cell("key") if rows else Names((TERM.called, key.called))
                )
                what = say("the setting {name} is missing.", name=key.called)
                example = "Forår 2020" if key.kind is c.TEXT else key.kind.example
                right = say("Write it as {example}.", example=Names((key.called, example)))
                troubles.append(Trouble(where, what, right))
            values[key.fact] = "?" if key.kind is c.TEXT else NOWHERE
    return Settings(origin=SettingsOrigin(cells), **values)


def _read(column: Column, text: str, lesson: int, where: Where, into: Values, troubles: list[Trouble]) -> bool:
    try:
        into[column.fact] = column.kind.read(text, lesson)
    except NotRead as no:
        troubles.append(Trouble(where, no.what, no.right))
        return False
    return True


@dataclass(slots=True)
class _Builder:
    lesson: int
    names: Mapping[str, Mapping[str, str]]
    missing: frozenset[tuple[str, str]]
    troubles: list[Trouble]
    told: set[Where]  # where rows stand that have a mistake which is told already
    hurt: set[str] = field(default_factory=set)  # tables that have such rows

    def facts(self, table: Table, rows: list[Row]) -> tuple[Any, ...]:
        made = (self.fact(table, row) for row in rows)
        return tuple(f for f in made if f is not None)

    def fact(self, table: Table, row: Row) -> Fact | None:
        """The fact of a row; None for a row without an id, which nothing else can name."""
        values: Values = {"origin": row.origin}
        bad = [column for column in table.columns if not self.cell(table, column, row, values)]
        values |= {b.fact: HARMLESS.get(b.kind.name, _first)(b) for b in bad if b.required and b.fact}
        if table.name in ("participants", "teachers"):
            values.setdefault("id", row.get("label"))
        DEFAULTS.get(table.name, _as_it_is)(values, self.lesson)
        if bad:
            self.hurt.add(table.name)
            self.told |= {row.origin.cell(column.name) for column in table.columns} | {row.origin.cell("")}
            values |= {"days": frozenset()} if "days" in {f.name for f in fields(table.fact)} else {}
        return table.fact(**values) if values.get("id", "-") else None

    def cell(self, table: Table, column: Column, row: Row, values: Values) -> bool:
        """Read one cell into the values; whether all is well with it."""
        if column.short:
            return True  # it is read with the row that it writes
        text = row.get(column.name)
        if not text:
            waived = row.get("calendar") and column.name in ("day", "from", "to", "title")
            if not column.required or waived:
                return True
            if (table.name, column.name) not in self.missing and row.origin.cell(column.name) not in self.told:
                what = say("the cell is empty.")
                right = say("Write it as {example}.", example=example_of(table, column))
                self.troubles.append(Trouble(row.origin.cell(column.name), what, right))
            return False
        read: Values = {}
        if not _read(column, text, self.lesson, row.origin.cell(column.name), read, self.troubles):
            return False
        if column.fact:
            value = read[column.fact]
            values[column.fact] = self.meant(column, value) if column.refers else value
        return True

    def meant(self, column: Column, value: str) -> str:
        """The id that is meant: people also write labels and names, and other cases."""
        key = word_key(value)
        for word, danish in column.words:
            if key in (word, danish):
                return word
        known = [self.names[table] for table in column.refers if table in self.names]
        if any(names.get(value) == value for names in known):
            return value
        found = {names[key] for names in known if key in names}
        return next(iter(found)) if len(found) == 1 else value


def example_of(table: Table, column: Column) -> str:
    """A cell that would be right: an id of the table that the column refers to, else as its kind is written."""
    named = column.refers[0] if column.refers else table.name if column.name == "id" else ""
    return EXAMPLES.get(named, column.kind.example)


def _names(rows: list[Row]) -> dict[str, str]:
    """What each id of a table may be called: itself, a label, a name; nothing that could mean two."""
    ids = {own_id(row) for row in rows} - {""}
    called = {(word_key(i), i) for i in ids}
    called |= {(word_key(row.get(x)), own_id(row)) for row in rows for x in ("label", "name", "name_en") if row.get(x)}
    counts = Counter(key for key, _ in called)
    return {key: meant for key, meant in called if counts[key] == 1} | {i: i for i in ids}


def _once(teachers: tuple[Any, ...]) -> tuple[Any, ...]:
    """A teacher with several rows (courses, windows) is one teacher; two labels for one id stay two, and are told."""
    return tuple(dict.fromkeys(teachers))


def _as_it_is(values: Values, lesson: int) -> None:
    """Nothing to fill in."""


def _one_day(values: Values, lesson: int) -> None:
    if "from_date" in values:
        values.setdefault("to_date", values["from_date"])


def _course(values: Values, lesson: int) -> None:
    """The canonical week: 3 lessons as 2 + 1; a talk is one meeting of one participant; study is one stretch."""
    kind = values.get("kind", "lesson")
    given = [values[x] for x in ("longest", "shortest") if kind == "talk" and x in values]
    wanted = values.setdefault("wanted", 3 * lesson if kind == "lesson" else (given or [lesson])[0])
    values.setdefault("fewest", wanted)
    values.setdefault("most", max(wanted, values["fewest"]))
    if kind == "lesson":
        values.setdefault("sessions", 2 if wanted >= 2 * lesson else 1)
        values.setdefault("shortest", min(lesson, wanted, values.get("longest", lesson)))
        values.setdefault("longest", max(2 * lesson, values["shortest"]))
        return
    values.setdefault("sessions", 1)
    values.setdefault("longest", max(wanted // values["sessions"], values.get("shortest", 0)))
    values.setdefault("shortest", values["longest"] if kind == "talk" else min(lesson, values["longest"]))
    if kind == "talk":
        values["largest_group"] = 1


def _commitment(values: Values, lesson: int) -> None:
    """With a calendar, the calendar says when."""
    values.setdefault("title", "")
    values.setdefault("days", frozenset())
    values.setdefault("start", 0)
    values.setdefault("end", DAY)


DEFAULTS: Mapping[str, Callable[[Values, int], None]] = {
    "absences": _one_day,
    "closures": _one_day,
    "courses": _course,
    "commitments": _commitment,
}


def _first(column: Column) -> object:
    return column.words[0][0] if column.words else ""


HARMLESS: Mapping[str, Callable[[Column], object]] = {
    "time": lambda column: DAY if column.fact == "end" else 0,
    "date": lambda column: NOWHERE,
    "days": lambda column: frozenset(),
    "number": lambda column: 1,
    "minutes": lambda column: 1,
    "lessons": lambda column: LESSON,
}
