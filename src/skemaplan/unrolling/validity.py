"""Which of several rows holds: the newest valid one wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from ..facts import Dated

Row = TypeVar("Row", bound=Dated)
Thing = TypeVar("Thing")


def newest(rows: list[Row]) -> list[Row]:
    """The rows that win: those with the latest `valid_from` (an undated row is the oldest), whatever their order."""
    if len(rows) <= 1:  # most often, and a region asks a million times
        return list(rows)
    latest = max((age(r) for r in rows), default=None)
    return sorted((r for r in rows if age(r) == latest), key=repr)


def age(row: Dated) -> tuple[bool, date]:
    return row.valid_from is not None or row.valid_to is not None, row.valid_from or date.min


def usual(things: Sequence[Thing]) -> Thing:
    """What holds on most days; the latest of them if two hold on equally many."""
    counts = Counter(id(x) for x in things)
    return max(reversed(things), key=lambda x: counts[id(x)])
