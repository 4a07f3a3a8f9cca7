"""Units of work: weeks to plan that know nothing of each other, done by whoever is there: threads or a cluster.

A worker can die. Then its unit is given out again, three times in all; a unit that nobody lives through has no result,
and whatever it was about stays as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from os import cpu_count
from types import TracebackType

from ..circles import circles
from ..few import Floors, least_of
from ..many import solve_circle
from ..rules import WeekRule
from ..schedule import Schedule, Session
from ..solving import Effort, Result, solve
from ..stopping import Stop
from ..talks import give_talks
from ..together import Charged, again_by_groups
from ..week import WeekFacts
from .widely import solve_widely

ROUND = 4  # units of work about neighbours that are handed out at once, whoever works
WIDTH = 16  # units handed out at once in all
LIVES = 3  # how often a unit is given out before it counts as one that kills
GLANCE = 0.2  # seconds between two looks at whether the end was asked for
GRACE = 2.0  # seconds that a unit may come too late
NEVER = 1e9  # seconds


def best(unit: Unit) -> Result:
    """The best week, and what is proven of it."""
    planned = solve_circle if len(circles(unit.facts)) == 1 else solve
    return planned(unit.facts, unit.rules, hint=unit.hint, usual_rooms=unit.usual_rooms, effort=unit.effort)


def widely(unit: Unit) -> Result:
    """The hint, which can be held, made better."""
    return solve_widely(unit.facts, unit.rules, _begun(unit), unit.usual_rooms, unit.effort)


def talks(unit: Unit) -> Result:
    """Talks beside the hint's lessons."""
    return Result(give_talks(_begun(unit), unit.rules), ())


def together(unit: Unit, week: Charged, charges: Mapping[Session, int]) -> Result:
    """The unit's week by groups of alike people, in which sessions cost their charges."""
    return week.plan(charges, unit.effort)


def grouped(unit: Unit) -> Result:
    """The unit's week by groups of alike people, begun with the hint's lessons."""
    return again_by_groups(_begun(unit), unit.rules, unit.effort)


def few(unit: Unit, floors: Floors) -> Result:
    """A bound by a few of the people, where the week is at most as short as the hint."""
    return least_of(unit.facts, unit.rules, _begun(unit), unit.effort, floors)


def _begun(unit: Unit) -> Schedule:
    return unit.hint or Schedule(unit.facts, {})


@dataclass(frozen=True)
class Unit:
    """A week to plan, with all that is needed for it, so that it can be planned anywhere. `how`: what is done."""

    facts: WeekFacts
    rules: tuple[WeekRule, ...]
    hint: Schedule | None
    usual_rooms: Mapping[Session, str]
    effort: Effort
    how: Callable[[Unit], Result] = best


def work(unit: Unit) -> Result | Exception:
    """What a worker does. What goes wrong in it is an answer, so that whatever is raised is the worker's own end."""
    try:
        return unit.how(unit)
    except Exception as error:
        return error


def in_time(unit: Unit, until: float) -> Result | Exception | None:
    """What a thread of this process does: others were before it, so less may be left of the unit's seconds."""
    if unit.effort.seconds is None:
        return work(unit)
    left = until - time.monotonic()
    return work(replace(unit, effort=replace(unit.effort, seconds=left))) if left > 0 else None


class Crew:
    """Those who do the work: an `executor` of the caller's, or threads of this process, one for each core.

    (CP-SAT lets go of Python while it searches, so threads do; processes would have to be begun and told everything.)
    """

    def __init__(self, executor: Executor | None = None, stop: Stop | None = None) -> None:
        self.threads = ThreadPoolExecutor(cpu_count()) if executor is None else None
        self.executor, self.stop = executor, stop

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.threads:
            self.threads.shutdown(wait=False, cancel_futures=True)

    def do(self, units: Sequence[Unit]) -> list[Result | None]:
        """The result of each unit, in their order; None for one that no worker lived through, or that was stopped.

        Nobody is waited for much longer than the units' own seconds: a cluster may have lost all its workers.
        """
        found: dict[int, Result] = {}
        until = time.monotonic() + max((u.effort.seconds or NEVER for u in units), default=0.0)
        for _ in range(LIVES):
            found |= self._tried({i: unit for i, unit in enumerate(units) if i not in found}, until)
            if len(found) == len(units) or self._stopped or time.monotonic() > until:
                break
        return [found.get(i) for i in range(len(units))]

    def _tried(self, units: Mapping[int, Unit], until: float) -> dict[int, Result]:
        """The results of those units that came to an end."""
        found = {}
        try:
            begun = {i: self._begin(unit, until) for i, unit in units.items()}
        except RuntimeError:  # all its workers have died, and it takes no more work
            return {}
        for i, future in begun.items():
            result = self._result(future, until + GRACE)
            if isinstance(result, Exception):
                raise result
            if result is not None:
                found[i] = result
        return found

    def _begin(self, unit: Unit, until: float) -> Future[Result | Exception | None]:
        if self.threads:
            return self.threads.submit(in_time, unit, until)
        assert self.executor
        return self.executor.submit(work, replace(unit, effort=replace(unit.effort, stop=None)))

    def _result(self, future: Future[Result | Exception | None], until: float) -> Result | Exception | None:
        while True:
            try:
                return future.result(timeout=None if self.threads else GLANCE)
            except NotYet:
                if future.done() or self._stopped or time.monotonic() > until:
                    future.cancel()
                    return None
            except Exception:  # a worker's end has many names: each kind of executor has its own
                return None

    @property
    def _stopped(self) -> bool:
        return self.stop is not None and self.stop.asked


class Here:
    """Does units by itself, one after the other: within a unit that has others of its own."""

    def do(self, units: Sequence[Unit]) -> list[Result | None]:
        return [unit.how(unit) for unit in units]
