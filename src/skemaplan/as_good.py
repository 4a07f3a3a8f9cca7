"""Of all ordinary weeks as good as a first one, that whose dated weeks are the least inconvenient, all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python.cp_model import LinearExpr

from .kept import Holds, Kept
from .model import Model, total
from .rules import INCONVENIENCE, Cost, Lost, WeekRule
from .schedule import Schedule
from .solving import Effort, Search, Standing, price_of, turns
from .week import WeekFacts


@dataclass(frozen=True)
class Kind:
    """So many dated weeks (`times`) with the same facts."""

    facts: WeekFacts
    times: int


class AsGood(Search):
    """The search for one that is in no tier of its `rules` worse than the `first`, and loses no more.

    Its dated weeks are those of these `kinds`, each with what it `holds` of the ordinary week; `prices` are theirs.
    `later` is what counts besides.
    """

    def __init__(
        self,
        first: Schedule,
        rules: Sequence[WeekRule],
        kinds: Iterable[Kind],
        prices: Sequence[WeekRule],
        later: Lost,
        holds: Holds,
        effort: Effort,
    ) -> None:
        super().__init__(first.facts, rules, {}, first, first.rooms, effort, None)
        self.first = first
        for tier, objective in self.objective.items():
            self.model.add(objective <= self._value(tier, first))
        for lost in (rule for rule in rules if isinstance(rule, Lost)):
            self.model.add(minutes(lost, self.model) <= price_of(first, [lost])[INCONVENIENCE])
        kept = [(kind.times, Kept(self.model, kind.facts, holds)) for kind in kinds]
        weeks = total(times * self._inconvenience(week, prices) for times, week in kept)
        self.worth = weeks + minutes(later, self.model)

    def _inconvenience(self, week: Kept, prices: Sequence[WeekRule]) -> LinearExpr:
        return self._fair([x for rule in prices for x in rule.post(week) if isinstance(x, Cost)])

    def least(self, value: int) -> Schedule:
        """The best that is found; the first itself, which is worth this `value`, if none is better."""
        now = Standing(self.first, value)
        for level, most in turns():
            self._turn(INCONVENIENCE, self.worth, now, level, most)
            if now.over or self._time_is_up:
                break
        return now.schedule or self.first


def minutes(lost: Lost, model: Model) -> LinearExpr:
    return total(cost.price for cost in lost.post(model))
