"""Ending a search early from another thread, with the best it has by then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """A wish to come to an end. Searches at work when it is asked for end at once; later ones are to be brief."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._working: dict[int, Callable[[], None]] = {}
        self._ending: dict[int, Callable[[], None]] = {}

    @property
    def asked(self) -> bool:
        return self._asked

    def ask(self) -> None:
        """Ask for the end. May be called again while waiting: a search may have been too young to hear it."""
        with self._lock:
            if not self._asked:
                self._asked, self._ending = True, dict(self._working)
            for key in self._ending.keys() & self._working.keys():
                self._ending[key]()

    @contextmanager
    def ends(self, end: Callable[[], None]) -> Iterator[None]:
        """While in this block, `end` is called when the end is asked for."""
        key = object()
        with self._lock:
            self._working[id(key)] = end
        try:
            yield
        finally:
            with self._lock:
                del self._working[id(key)]
