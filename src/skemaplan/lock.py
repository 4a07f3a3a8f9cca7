"""A lock that dies with its owner: the operating system's own, on a file, so no kill leaves it behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import Refused
from .words import say


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock in this file, whose folder must be there. Raises `Refused`, naming the holder, if it is taken."""
    with path.open("a+b") as file:
        if not _take(file):
            file.seek(0)
            who = file.read().decode("utf-8", "replace").strip() or "?"
            raise Refused(
                say(
                    "Somebody else is writing in {folder} ({who}). Try again when done.",
                    folder=path.parent.name,
                    who=who,
                )
            )
        file.truncate(0)
        file.write(f"process {os.getpid()}".encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0x7FFF0000)  # far behind the text, which others may then still read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
