"""What can go wrong, as the caller sees it.

SkemaplanError            exit code
  InputError              2   the tables or the call are wrong; carries every trouble found
  Refused                 3   it would lose data, someone else holds it, or the draft is out of date
  NoPlan                  4   stopped before there was any plan
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from .words import Name, Names, Text, say, spoken

Where = str | Text | Name | Names  # "Deltagere!D7"; or words, such as those for row and column


class Origin(Protocol):
    """Where a fact was written: how to name one of its cells ("teachers.csv row 3, column most"), and a column."""

    def cell(self, column: str) -> Where: ...

    def heading(self, column: str) -> Where: ...


@dataclass(frozen=True, slots=True)
class InMemory:
    """The origin of a fact that a program made: named by what it is."""

    what: str | Name

    def cell(self, column: str) -> Where:
        return Names((self.what, column)) if column else self.what

    def heading(self, column: str) -> Where:
        return column


def in_column(where: Where, column: Where) -> Text:
    return say("{where}, column {column}", where=where, column=column)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong in the user's own input: where it stands, what is wrong, and what would be right.

    `severity` is "error" (nothing is planned) or "warning" (said, then planned all the same).
    """

    where: Where
    what: Text
    right: Text
    severity: str = "error"

    def to(self, language: str) -> str:
        right = self.right.to(language)
        return f"{spoken(self.where, language)}: {self.what.to(language)}" + (f" {right}" if right else "")

    def __str__(self) -> str:
        return self.to("en")


class SkemaplanError(Exception):
    """Base of everything this package raises on purpose; `exit_code` is what the command line answers with."""

    exit_code = 1

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class InputError(SkemaplanError):
    """The tables or the call are wrong. `troubles` holds all that was found, not the first."""

    exit_code = 2

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__(Text("\n".join(map(str, self.troubles)).replace("{", "{{").replace("}", "}}")))


class Refused(SkemaplanError):
    """Doing it would lose data, or somebody else holds it, or the draft is out of date."""

    exit_code = 3


class NoPlan(SkemaplanError):
    """The time was up, or the search was stopped, before there was any plan."""

    exit_code = 4
