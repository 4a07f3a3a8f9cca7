"""Whose row is it: the rows of each table by the person they are about, found once for a whole term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, Protocol, TypeVar

from .facts import ALL


class Whose(Protocol):
    @property
    def who(self) -> str: ...


Row = TypeVar("Row", bound=Whose)


class About(Generic[Row]):
    """The rows of a table that are about somebody: her own, her team's and everybody's, in the order of the table.

    `team`: the team of each participant who has one. `everyone`: the words that mean all of them.
    """

    def __init__(self, rows: Iterable[Row], team: Mapping[str, str], everyone: tuple[str, ...] = (ALL,)) -> None:
        self._team, self._everyone = team, everyone
        self._written: dict[str, list[tuple[int, Row]]] = {}
        for place, row in enumerate(rows):
            self._written.setdefault(row.who, []).append((place, row))
        self._found: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, who: str) -> tuple[Row, ...]:
        """The rows about a participant or teacher."""
        if who not in self._found:
            whose = {who, self._team.get(who, who), *self._everyone}
            rows = [placed for name in whose for placed in self._written.get(name, ())]
            self._found[who] = tuple(row for _, row in sorted(rows, key=lambda placed: placed[0]))
        return self._found[who]

    def written(self, who: str) -> tuple[Row, ...]:
        """The rows that name exactly this person, room, place or team."""
        return tuple(row for _, row in self._written.get(who, ()))
