"""A minimal set of named facts that can't hold together, for an auditor. Repairs say more to everyone else.

Found by taking facts away and asking again, in halves first and then one by one, so that the last round is the proof:
without any one fact of the set the others do fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..problem import Problem
from ..rules import STANDARD
from ..rules.loosening import Premise
from ..schedule import TermPlan
from ..stopping import Stop
from ..week import WeekFacts
from .fitting import Fitting, cores, only
from .impasses import ordinary_weeks
from .naming import named
from .parts import parts_of
from .values import Conflict, Reason


def conflict(
    facts: Problem | TermPlan | WeekFacts,
    *,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 20.0,
    stop: Stop | None = None,
) -> tuple[Conflict, ...]:
    """For each part of an ordinary week that does not fit: facts that can't hold together (none: everything fits).

    Nobody's days are looked at beyond what the rules call facts. Where the time is up, a set may not be minimal.
    """
    fits = Fitting(seconds, deterministic, seed, stop)
    found = [conflict_of(week, weeks, fits) for week, weeks in parts_of(ordinary_weeks(facts)) if fits(week) is False]
    return tuple(named(c, facts) for c in found)


def conflict_of(facts: WeekFacts, weeks: tuple[str, ...], fits: Fitting) -> Conflict:
    """One minimal set, of a week that is known not to fit."""
    few = only(facts, cores(facts, fits)[0])
    premises = [x for rule in STANDARD for x in rule.premises(few)]
    kept, minimal = fewest(few, premises, fits)
    reasons = tuple(Reason(x.code, x.who, 0, x.text) for x in kept)
    return Conflict(reasons, minimal, weeks)


def fewest(facts: WeekFacts, premises: Sequence[Premise], fits: Fitting) -> tuple[list[Premise], bool]:
    """Facts of which none can be spared, and whether that is proven of each."""
    kept = list(premises)
    size = len(kept)
    known = True
    while size:
        size //= 2
        at = 0
        known = True
        while size and at < len(kept):
            without = [*kept[:at], *kept[at + size :]]
            answer = fits(*facts_of(facts, premises, without))
            if answer is False:
                kept = without
            else:
                known = known and answer is not None
                at += size
    return kept, known


def facts_of(
    facts: WeekFacts, premises: Sequence[Premise], kept: Sequence[Premise]
) -> tuple[WeekFacts, frozenset[tuple[str, str]]]:
    """The week in which only the `kept` facts hold, and the demands that are not asked for."""
    gone = [x for x in premises if x not in kept]
    for x in gone:
        facts = x.without(facts)
    return facts, frozenset(x.asked for x in gone if x.asked)
