"""How a search goes on: what it had found after how many processor seconds, and an end when it has had its share.

Processor seconds, because machines are shared. What works with several threads is counted as if all of them had worked
all the time on cores of their own, so it loses nothing by it.
"""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

GLANCE = 0.05  # seconds between two looks at the processor's time


@dataclass(frozen=True, slots=True)
class Point:
    """After so many seconds: minutes short, and minutes of inconvenience if those are looked at already."""

    seconds: float
    demands: int
    inconvenience: int | None


@dataclass
class Trace:
    """What was found when. `threads`: on how many cores the search could be at work at once."""

    threads: int = 1
    points: list[Point] = field(default_factory=list)
    began: float = field(default_factory=lambda: cpu())
    ended: float = 0.0

    @property
    def seconds(self) -> float:
        return (cpu() - self.began) / min(self.threads, os.cpu_count() or 1)

    def again(self) -> None:
        """Begin to count only now."""
        self.began = cpu()

    def found(self, demands: int, inconvenience: int | None = None) -> None:
        self.points.append(Point(self.seconds, demands, inconvenience))

    def until(self, demands: int, inconvenience: float = float("inf")) -> float | None:
        """When a plan was there that is no shorter and no more inconvenient than this (None: never)."""
        for point in self.points:
            if point.demands <= demands:
                known = point.inconvenience if inconvenience < float("inf") else 0
                if known is not None and known <= inconvenience:
                    return point.seconds
        return None

    @contextmanager
    def ends(self, after: float, end: Callable[[], None]) -> Iterator[None]:
        """While in this block, `end` is called once the trace has this many seconds (and again, until it is heard)."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(GLANCE):
                if self.seconds > after:
                    end()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def cpu() -> float:
    """Processor seconds of this process, all threads, and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)
