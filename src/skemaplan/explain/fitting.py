"""Whether everything fits: yes by a plan, no by a proof, and a third answer when the time is up."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from ..candidates import candidates
from ..counting import of_week
from ..rules import MUSTS, UNIVERSE, WISHES, InFull
from ..rules.locks import Locks
from ..schedule import Schedule, Session
from ..seating import seat
from ..solving import Effort, Result, solve, verify
from ..stopping import Stop
from ..week import WeekFacts

RULES = (*UNIVERSE, *MUSTS, *WISHES)
REMEMBERED = 24  # plans that may answer the next question without a search
Attendance = Mapping[Session, frozenset[str]]
Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Fitting:
    """Asks the solver whether weeks work out in full, within a limit on the clock over all (None: none).

    `deterministic` limits each question by the solver's own time. Prices play no part: only what must be and what
    should be had.
    """

    def __init__(
        self,
        seconds: float | None = None,
        deterministic: float = 20.0,
        seed: int = 0,
        stop: Stop | None = None,
    ) -> None:
        self.until = None if seconds is None else time.monotonic() + seconds
        self.deterministic, self.seed, self.stop = deterministic, seed, stop
        self.plans: deque[Attendance] = deque(maxlen=REMEMBERED)

    @property
    def left(self) -> float | None:
        """Seconds of the clock's time; none where the end was asked for."""
        if self.stop is not None and self.stop.asked:
            return 0.0
        return None if self.until is None else max(0.0, self.until - time.monotonic())

    def __call__(self, facts: WeekFacts, but: frozenset[tuple[str, str]] = frozenset()) -> bool | None:
        """Whether everything fits, `but` for some demands (None: not known in time).

        Counting is asked first: it proves most shortages in a hundredth of the time. A lock that no session could keep
        is not kept.
        """
        if self.left == 0.0:
            return None
        if not but and can_be_counted(facts) and of_week(facts):
            return False
        if any(self._is_one(facts, but, plan) for plan in reversed([*self.plans])):
            return True
        result = self.plan(facts, but)
        if result.schedule is not None:
            self.plans.append(result.schedule.attendance)
            return not any(Locks().breaches(result.schedule))
        return False if result.impossible else None

    def _is_one(self, facts: WeekFacts, but: frozenset[tuple[str, str]], plan: Attendance) -> bool:
        """Whether a plan of an earlier question, as far as it is about these courses, answers this one: by looking."""
        there = {s: who for s in candidates(facts) if (who := self._those(facts, s, plan))}
        schedule, stuck = seat(Schedule(facts, there))
        return not stuck and not any(verify(schedule, (InFull(but), *UNIVERSE, *MUSTS)))

    @staticmethod
    def _those(facts: WeekFacts, s: Session, plan: Attendance) -> frozenset[str]:
        who = plan.get(s, frozenset())
        return frozenset(p for p in who if p in facts.participants and s.course in facts.participants[p].demands)

    def plan(self, facts: WeekFacts, but: frozenset[tuple[str, str]] = frozenset()) -> Result:
        """A plan in which everything fits, if there is one."""
        return solve(facts, (*RULES, InFull(but)), effort=self._effort())

    def best(self, facts: WeekFacts) -> Result:
        """The plan that is least short, prices aside."""
        return solve(facts, RULES, effort=self._effort())

    def all(self, ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
        """The answers in the order of the items, as many at a time as there are cores."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return list(threads.map(ask, items))

    def _effort(self) -> Effort:
        return Effort(self.left, self.deterministic, self.seed, self.stop)


def can_be_counted(facts: WeekFacts) -> bool:
    """Counting takes each course in its number of sessions. (As if in any number, it counts nothing.)"""
    return all(d.shortest > 0 for p in facts.participants.values() for d in p.demands.values())


def only(facts: WeekFacts, courses: Iterable[str]) -> WeekFacts:
    """The week as if only these courses were wanted: whatever does not fit here does not fit in the whole week."""
    wanted = frozenset(courses)
    people = {
        p.id: replace(p, demands={c: d for c, d in p.demands.items() if c in wanted})
        for p in facts.participants.values()
        if not wanted.isdisjoint(p.demands)
    }
    teachers = {
        t.id: replace(t, teaches={c: band for c, band in t.teaches.items() if c in wanted})
        for t in facts.teachers.values()
        if not wanted.isdisjoint(t.teaches)
    }
    pairs = tuple(pair for pair in facts.pairs if {pair[0], pair[1]} <= people.keys())
    locks = tuple(lock for lock in facts.locks if lock.course in wanted and lock.participant in people)
    kept = {c.id: c for c in facts.courses.values() if c.id in wanted}
    return replace(facts, participants=people, teachers=teachers, courses=kept, pairs=pairs, locks=locks)


def cores(facts: WeekFacts, fits: Fitting) -> tuple[frozenset[str], ...]:
    """Few courses that by themselves do not fit: each single one, or else one set found by taking courses away.

    All courses together, if nothing smaller is proven.
    """
    kept = sorted({c for p in facts.participants.values() for c in p.demands} | taught_at_least(facts))
    singles = fits.all(lambda course: fits(only(facts, [course])), kept)
    alone = [c for c, answer in zip(kept, singles, strict=True) if answer is False]
    if alone:
        return tuple(frozenset([c]) for c in alone)
    size = len(kept)
    while size > 1:
        size = (size + 1) // 2 if size > 2 else 1
        at = 0
        while at < len(kept):
            fewer = [*kept[:at], *kept[at + size :]]
            if fewer and fits(only(facts, fewer)) is False:
                kept = fewer
            else:
                at += size
    return (frozenset(kept),)


def taught_at_least(facts: WeekFacts) -> set[str]:
    return {c for t in facts.teachers.values() for c, (least, _) in t.teaches.items() if least}
