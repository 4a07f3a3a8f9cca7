"""How much of CP-SAT's own time searches take: the same on every machine, however busy it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from skemaplan import solving


@contextmanager
def counted() -> Iterator[list[float]]:
    """CP-SAT's own seconds of every search."""
    spent: list[float] = []
    run = solving.Search.run

    def counting(search: solving.Search) -> solving.Result:
        result = run(search)
        spent.append(search.spent)
        return result

    with patch.object(solving.Search, "run", counting):
        yield spent
