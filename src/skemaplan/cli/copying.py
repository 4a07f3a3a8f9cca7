"""A copy of a term's tables in a folder of its own, in which anything may be tried."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..problem import Problem


@contextmanager
def copied(term: Path, problem: Problem) -> Iterator[Path]:
    """A copy of the tables, and of the calendars that they name, gone afterwards. Drafts and versions are not in it."""
    here = term.absolute()
    folder = here if here.is_dir() else here.parent
    tables = sorted(here.glob("*.csv")) if here.is_dir() else [here]
    calendars = (folder / c.calendar for c in problem.commitments if c.calendar and not Path(c.calendar).is_absolute())
    with TemporaryDirectory(prefix="skemaplan-") as made:
        top = Path(made)
        for file in (*tables, *calendars):
            place = top.joinpath(*file.parts[1:])  # the same way from one to the other, `..` too
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
        yield top.joinpath(*here.parts[1:])
