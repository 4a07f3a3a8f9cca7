"""What a column and a table are, and the columns that several tables have.

A column's `field` is the fact's own name for it. `short` columns only write rows of other tables (see `short.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..cells import Kind, one_of, word_key
from ..facts import ALL, LANGUAGE_SCHOOL, Fact
from ..words import Name, Text, say
from .kind import DATE, ID, NOTE, TIME


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a key of `term`."""

    name: str
    danish: str
    kind: Kind
    about: Text
    field: str = ""
    required: bool = False
    short: bool = False
    refers: tuple[str, ...] = ()  # the tables whose ids may stand here
    words: tuple[tuple[str, str], ...] = ()  # English and Danish words that may stand here
    also: tuple[str, ...] = ()  # other headings that are understood

    @property
    def fact(self) -> str:
        """The name of the fact's field; empty where the column is no part of the fact."""
        return "" if self.short or self.kind is NOTE else self.field or self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.danish, *self.also)

    @property
    def called(self) -> Name:
        return Name(self.name, self.danish)


@dataclass(frozen=True)
class Table:
    """A table and its columns in the order in which `new` writes them."""

    name: str
    danish: str
    fact: type[Fact]
    about: Text
    columns: tuple[Column, ...]
    required: bool = False
    also: tuple[str, ...] = ()

    @cached_property
    def column(self) -> Mapping[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def headings(self) -> Mapping[str, Column]:
        """Every heading that is understood, as `word_key` spells it."""
        return {word_key(name): c for c in self.columns for name in c.names}

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.danish, *self.also)

    @property
    def called(self) -> Name:
        return Name(self.name, self.danish)

    @cached_property
    def called_columns(self) -> Mapping[str, Name]:
        return {c.name: c.called for c in self.columns}


def choice(
    name: str, danish: str, words: dict[str, str], about: Text, *, required: bool = False, field: str = ""
) -> Column:
    kind = Kind("word", next(iter(words)), one_of(words))
    return Column(name, danish, kind, about, field=field, required=required, words=tuple(words.items()))


def ref(
    name: str, danish: str, tables: str, about: Text, *, field: str = "", required: bool = False, words: str = ""
) -> Column:
    """A column that holds an id of one of `tables` (or one of a few words that mean more than one)."""
    spoken = {ALL: "alle", LANGUAGE_SCHOOL: "sprogskole"}
    pairs = tuple((w, spoken[w]) for w in words.split())
    return Column(name, danish, ID, about, field=field, required=required, refers=tuple(tables.split()), words=pairs)


PERSONS = "participants teachers"

ANYONE = "participants teachers teams rooms places"

NOTE_COLUMN = Column("note", "bemærkning", NOTE, say("Anything you want to remember."), also=("noter",))

VALID = (
    Column("valid_from", "gælder_fra", DATE, say("First day the row holds; empty: from the start.")),
    Column("valid_to", "gælder_til", DATE, say("Last day the row holds; empty: to the end.")),
)

FROM = Column("from", "fra", TIME, say("From this time; empty: from the morning."), field="start")

TO = Column("to", "til", TIME, say("To this time; empty: to the night."), field="end")

FROM_DATE = Column("from_date", "fra_dato", DATE, say("First day."), required=True, also=("date", "dato"))

TO_DATE = Column("to_date", "til_dato", DATE, say("Last day; empty: one day only."))
