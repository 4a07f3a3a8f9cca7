"""A week of many circles: whether a change mends it is looked for near the shortage, around everybody else's sessions.

What is found so is a plan of everybody, checked rule by rule. What is not found so proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ..around import around
from ..circles import People, circles, near
from ..rules import DEMANDS, MUSTS, UNIVERSE, InFull, WeekRule
from ..schedule import Schedule, TermPlan, Tier
from ..solving import Result, price_of, verify
from ..week import WeekFacts
from .fitting import RULES, Fitting

NEAREST = 3  # circles that are planned anew together with those that are short


class Nearby:
    """`plan`: a week to begin from, in which little or nothing is short, perhaps of facts that were changed.

    `courses`: those that don't fit by themselves.
    """

    def __init__(self, plan: Schedule, courses: Iterable[str], fits: Fitting) -> None:
        self.plan, self.fits = plan, fits
        self.rings = tuple(rings(plan, frozenset(courses)))

    def mends(self, facts: WeekFacts) -> bool:
        """Whether a plan was found in which everything fits and most sessions are those of `plan`."""
        held = self._held(facts)
        for people in self.rings:
            found = self.fits.plan(around(held, people)).schedule
            if found is not None and keeps(held.without(people).beside(found), (InFull(), *UNIVERSE, *MUSTS)):
                return True
        return False

    def least_short(self, facts: WeekFacts, bound: int) -> Result:
        """The fullest week that was found with most sessions as in `plan`; none can be less short than `bound`."""
        held = self._held(facts)
        best = Result(None, ())
        for people in self.rings:
            found = self.fits.best(around(held, people)).schedule
            week = held.without(people).beside(found) if found else None
            if week is not None and keeps(week, (*UNIVERSE, *MUSTS)):
                value = price_of(week, RULES)[DEMANDS]
                if not best.tiers or value < best.tiers[0].value:
                    best = Result(week, (Tier(DEMANDS, value, min(value, bound)),))
                if value <= bound:
                    break
        return best

    def _held(self, facts: WeekFacts) -> Schedule:
        """The sessions of `plan` that these facts know."""
        known = {s: who for s, who in self.plan.attendance.items() if s.teacher in facts.teachers}
        return Schedule(facts, known, {s: r for s, r in self.plan.rooms.items() if s in known and r in facts.rooms})


def rings(plan: Schedule, courses: frozenset[str]) -> Iterator[People]:
    """Those who are short, with whoever sits with them; then their nearest, too. (Everybody is not asked here.)"""
    facts = plan.facts
    short = {b.about for b in verify(plan, [InFull()])}
    every = circles(facts)
    takers = {p.id for p in facts.participants.values() if not courses.isdisjoint(p.demands)}
    first = [c for c in every if c & (short | takers)]
    beside = near(facts, every)
    second = dict.fromkeys(chain(first, *(beside[c][:NEAREST] for c in first)))
    for some in (first, list(second)):
        if 0 < len(some) < len(every):
            yield frozenset().union(*some)


def keeps(schedule: Schedule, rules: Iterable[WeekRule]) -> bool:
    """Whether a week keeps all of these rules: by looking."""
    return not any(verify(schedule, rules))


def held_in(plan: TermPlan, part: WeekFacts, weeks: Iterable[str]) -> Schedule | None:
    """The part's week as the plan has it, if that keeps every must of the part as it is now: of several the fullest."""
    bases = {plan.weeks[w].base for w in plan.weeks if str(w) in set(weeks)}
    found = []
    for name in sorted(bases & plan.bases.keys()):
        week = plan.bases[name].schedule
        mine = {s: who for s, all_of_them in week.attendance.items() if (who := all_of_them & part.participants.keys())}
        schedule = Schedule(part, mine, {s: r for s, r in week.rooms.items() if s in mine})
        known = all(s.teacher in part.teachers and s.course in part.courses for s in mine)
        if known and keeps(schedule, (*UNIVERSE, *MUSTS)):
            found.append(schedule)
    return min(found, key=lambda s: sum(1 for _ in verify(s, [InFull()])), default=None)
