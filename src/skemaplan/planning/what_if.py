"""What would become of a plan if the tables said something else: planned again with the fewest moves, and compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..problem import Problem
from ..rules import INCONVENIENCE, MOVES
from ..schedule import TermPlan, Tier
from ..stopping import Stop
from .bounds import Heard
from .change import replan


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to over the whole term, in minutes.

    `held`, `lost` and `unmet` are teaching, summed over the participants; `inconvenience` is as `Tier` has it.
    """

    held: int
    lost: int
    unmet: int
    inconvenience: int


@dataclass(frozen=True, slots=True)
class Misses:
    """How many `minutes` more (or, below 0, less) of a course a participant misses; `kind` is lost or unmet."""

    participant: str
    course: str
    kind: str
    minutes: int


@dataclass(frozen=True)
class WhatIf:
    """A plan as people have it, `before`, and as it would be, `after`."""

    before: TermPlan
    after: TermPlan

    @cached_property
    def was(self) -> Figures:
        return figures(self.before)

    @cached_property
    def would_be(self) -> Figures:
        return figures(self.after)

    @property
    def moves(self) -> Tier:
        """How many participants' sessions would change, and whether none could change fewer."""
        return next(t for t in self.after.tiers if t.name == MOVES)

    @cached_property
    def misses(self) -> tuple[Misses, ...]:
        """Where participants would miss more, or less, than they do now."""
        old, new = _missing(self.before), _missing(self.after)
        keys = sorted({*old, *new})
        return tuple(Misses(*key, new[key] - old[key]) for key in keys if new[key] != old[key])


def what_if(
    problem: Problem,
    known: TermPlan,
    today: date,
    *,
    thaw: bool = False,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 120.0,
    heard: Heard | None = None,
    stop: Stop | None = None,
) -> WhatIf:
    """What would become of the plan that is `known` under the facts of `problem`, as of `today`. Nothing is written.

    Everything is as `replan` has it: what has passed stays, and as little as can be of the rest moves. Raises NoPlan
    if the time was up before there was a plan, and Refused if no plan keeps the locks.
    """
    after = replan(
        problem,
        known,
        today,
        thaw=thaw,
        seconds=seconds,
        seed=seed,
        deterministic=deterministic,
        heard=heard,
        stop=stop,
    )
    return WhatIf(known, after)


def figures(plan: TermPlan) -> Figures:
    """The figures of a plan."""
    sessions = ((s, who) for w in plan.weeks.values() for s, who in w.schedule.attendance.items())
    missing = _missing(plan)
    return Figures(
        held=sum(s.minutes * len(who) for s, who in sessions),
        lost=sum(n for (_, _, kind), n in missing.items() if kind == "lost"),
        unmet=sum(n for (_, _, kind), n in missing.items() if kind == "unmet"),
        inconvenience=next((t.value for t in plan.tiers if t.name == INCONVENIENCE), 0),
    )


def _missing(plan: TermPlan) -> Counter[tuple[str, str, str]]:
    """Minutes missed, by participant, course and kind."""
    found: Counter[tuple[str, str, str]] = Counter()
    for week in plan.weeks.values():
        for m in week.missing:
            found[m.participant, m.course, m.kind] += m.minutes
    return found
