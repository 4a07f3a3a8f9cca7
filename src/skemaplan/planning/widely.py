"""A week of many people made better, without a proof: from one that can be held, by neighbourhoods of every kind.

Where a few teams are planned at a time, all of a team moves or nothing of it does. But most of what is left to win lies
across: an hour of a teacher goes from one team to another, and in both a few people move with it. CP-SAT's own large
neighbourhood search finds that: it frees variables that stand together in some constraints, whoever's they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from ..rules import DEMANDS, WeekRule
from ..schedule import Schedule, Session
from ..solving import Effort, Result, Search, Standing, price_of
from ..week import WeekFacts

KINDS = 8  # so many of CP-SAT's workers take turns, in an order that is the same every time
FOR_DEMANDS = 0.5  # of the effort, at most, is spent on what is short


def solve_widely(
    facts: WeekFacts,
    rules: Sequence[WeekRule],
    begin: Schedule,
    usual_rooms: Mapping[Session, str],
    effort: Effort,
) -> Result:
    """Make the week `begin` better, tier by tier.

    Nothing is proven, so the result has no tiers. What can never be is left out of `begin`; if the rest of it breaks a
    must, there is no schedule.
    """
    return _Wide(facts, rules, {}, begin, usual_rooms, effort, None).run()


class _Wide(Search):
    whole = False  # whether the week to begin with is there, every variable of it

    def run(self, ahead: bool = False) -> Result:
        now = Standing()
        self._search(now, 1.0)
        self.whole = now.schedule is not None
        if now.schedule is not None:
            for tier, objective in self.objective.items():
                value = price_of(now.schedule, self.rules)[tier]
                self.model.minimise(objective, 0, value)
                if value:
                    self._search(now, FOR_DEMANDS if tier == DEMANDS else 1.0)
                self.model.add(objective <= price_of(now.schedule, self.rules)[tier])
        return Result(now.schedule, (), deterministic=self.spent)

    def _search(self, now: Standing, share: float) -> None:
        """What one search finds within a share of the effort that is left (what has no rooms is not taken)."""
        if not self._time_is_up:
            solver, status = self._solved(self.model.cp, 0, share * (self.effort.deterministic - self.spent))
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                self._take(solver, now)

    def _solver(self, level: int, *rest: Any) -> cp_model.CpSolver:
        solver = super()._solver(level, *rest)
        if self.whole:
            p = solver.parameters
            p.num_workers, p.interleave_search, p.use_lns_only = KINDS, True, True
        else:
            solver.parameters.fix_variables_to_their_hinted_value = True
        return solver
