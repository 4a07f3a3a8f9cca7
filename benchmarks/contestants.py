"""Who plans a week in a benchmark: this project, and others with the same sessions, rules, prices and tiers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from ortools.sat.python import cp_model

from benchmarks import fet, fet_groups, highs, timefold_peer
from benchmarks.choices import unsaid
from benchmarks.peers import SlotModel, SpanModel
from benchmarks.tracing import Point, Trace
from skemaplan.model import Model, total
from skemaplan.planning.scale import solve_week
from skemaplan.rules import DEMANDS, FAIR, INCONVENIENCE, MUST, STANDARD, Cost, forbidding
from skemaplan.schedule import Schedule
from skemaplan.seating import seat
from skemaplan.solving import Effort, Result, price_of, verify
from skemaplan.stopping import Stop
from skemaplan.week import WeekFacts

PARAMETERS: Mapping[str, Mapping[str, int]] = {
    "1 worker, level 1": {"num_workers": 1, "linearization_level": 1},
    "1 worker, level 2": {"num_workers": 1, "linearization_level": 2},
    "8 workers": {"num_workers": 8},
    "defaults": {},
}
Minimise = Callable[[cp_model.CpModel, "Search"], tuple[list[int] | None, bool]]


@dataclass(frozen=True)
class Found:
    """What somebody came to: tiers as our rules price them (None: no plan), and what is proven."""

    demands: int | None
    inconvenience: int | None
    proven: bool
    bound: int = 0


@dataclass
class Search:
    """One tier's search: how long it may go on, whom to tell of what is found, and what the tier before came to."""

    trace: Trace
    limit: float
    short: int | None = None

    def told(self, value: int) -> None:
        if self.short is None:
            self.trace.found(value)
        else:
            self.trace.found(self.short, value)


@dataclass(frozen=True)
class Contestant:
    """Somebody who plans a week. `missing`: why it can't here (empty: it can). `group` has the best of its settings.

    `proves`: whether it ever says that nothing is better; who doesn't is no measure of how long a proof takes.
    """

    name: str
    group: str
    plan: Callable[[WeekFacts, float, Trace], Found]
    threads: int = 1
    proves: bool = True
    missing: Callable[[WeekFacts], str] = lambda _: ""


def ours(facts: WeekFacts, limit: float, trace: Trace) -> Found:
    result = our_plan(facts, limit, trace)
    if result.schedule is None:
        return Found(None, None, result.impossible)
    demands, inconvenience = prices(result.schedule)
    tiers = {t.name: t for t in result.tiers}
    proven = all(t.proven for t in result.tiers)
    return Found(demands, inconvenience, proven, tiers[INCONVENIENCE].bound if tiers[DEMANDS].proven else 0)


def our_plan(facts: WeekFacts, limit: float, trace: Trace) -> Result:
    stop, short = Stop(), -1

    def heard(tier: str, value: int, bound: int) -> None:
        nonlocal short
        if tier == DEMANDS:
            short = value
            trace.found(value)
        elif tier == INCONVENIENCE:
            trace.found(short, value)

    effort = Effort(deterministic=1e6, stop=stop)
    with trace.ends(limit, stop.ask):
        return solve_week(facts, STANDARD, effort=effort, progress=heard)


def tiers(facts: WeekFacts, limit: float, trace: Trace, *, kind: type[Model], minimise: Minimise) -> Found:
    """The same tiers one after the other, each with the one before as a bound and its solution as a hint."""
    model = kind(facts, forbidding(STANDARD))
    proven, search = True, Search(trace, limit)
    found: tuple[int | None, int | None] = (None, None)
    for tier, objective in objectives(model).items():
        model.cp.minimize(objective)
        solution, optimal = minimise(model.cp, search)
        proven = proven and optimal
        if solution is None:
            return Found(*found, found == (None, None) and optimal)
        demands, inconvenience = prices(model.schedule(lambda v, at=solution: bool(at[v.index])))  # type: ignore[misc]
        found = demands, inconvenience
        trace.found(demands, inconvenience)
        search.short = demands
        model.add(objective <= {DEMANDS: demands, INCONVENIENCE: inconvenience}[tier])
        model.hint_all(solution)
    return Found(*found, proven, (found[1] or 0) if proven else 0)


def prices(schedule: Schedule) -> tuple[int, int]:
    """The tiers of a finished plan as our rules see them. A plan that breaks a must would be no answer.

    (A lock where no session could lie is kept by nobody: whoever calls a solver names it.)
    """
    seated, _ = seat(schedule)
    broken = list(verify(seated, [r for r in STANDARD if r.tier == MUST and r.name != "locks"]))
    assert not broken, broken[0]
    found = price_of(seated, STANDARD)
    return found[DEMANDS], found[INCONVENIENCE]


def cp_sat(parameters: Mapping[str, int]) -> Minimise:
    def minimise(cp: cp_model.CpModel, search: Search) -> tuple[list[int] | None, bool]:
        solver = cp_model.CpSolver()
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        with search.trace.ends(search.limit, solver.stop_search):
            status = solver.solve(cp, _Told(search))
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        solution = list(solver.response_proto.solution) if found else None
        return solution, status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)

    return minimise


def by_highs(cp: cp_model.CpModel, search: Search) -> tuple[list[int] | None, bool]:
    return highs.minimise(cp, search.trace, search.limit)


def by_fet(facts: WeekFacts, limit: float, trace: Trace) -> Found:
    """FET is given the groups of a plan of ours, which it needs; that this was made before does not count."""
    known = our_plan(facts, limit, Trace()).schedule
    trace.again()
    found, seconds = fet_groups.timetable(known, limit) if known else (None, 0.0)
    if found is None:
        return Found(None, None, False)
    demands, inconvenience = prices(found)
    trace.points.append(Point(seconds, demands, inconvenience))
    return Found(demands, inconvenience, False)


def by_timefold(facts: WeekFacts, limit: float, trace: Trace) -> Found:
    """What Timefold says of its last plan is held against our prices of it."""
    found, better = timefold_peer.search(facts, limit)
    trace.points += [Point(x.seconds, x.demands, x.inconvenience) for x in better]
    if found is None:
        return Found(None, None, False)
    told = better[-1].demands, better[-1].inconvenience
    assert prices(found) == told, (prices(found), told)
    return Found(*told, False)


def no_timefold(facts: WeekFacts) -> str:
    return told_all(facts) if timefold_peer.version() else "not installed"


def no_fet(facts: WeekFacts) -> str:
    if not fet.program():
        return "not installed"
    if any(p.most_per_day is not None for p in facts.participants.values()):
        return "its hours a day are the clock's, and somebody's lessons a day are not"
    return told_all(facts)


def told_all(facts: WeekFacts) -> str:
    missing = unsaid(facts)
    return f"it is not told of {missing}" if missing else ""


class _Told(cp_model.CpSolverSolutionCallback):
    def __init__(self, search: Search) -> None:
        super().__init__()
        self.search = search

    def on_solution_callback(self) -> None:
        self.search.told(round(self.objective_value))


def objectives(model: Model) -> dict[str, cp_model.LinearExpr]:
    costs: dict[str, list[Cost]] = {DEMANDS: [], INCONVENIENCE: []}
    for rule in STANDARD:
        for posted in rule.post(model):
            if isinstance(posted, Cost):
                costs[rule.tier].append(posted)
    over = []
    for p in model.facts.participants:
        more = model.new_count(100_000, f"{p} above the fair share")
        model.add(more >= total(c.price for c in costs[INCONVENIENCE] if c.about == p) - FAIR)
        over.append(more)
    return {
        DEMANDS: total(c.price for c in costs[DEMANDS]),
        INCONVENIENCE: total([*(c.price for c in costs[INCONVENIENCE]), *over]),
    }


OURS = Contestant("path (ours)", "path", ours)
CONTESTANTS = (
    OURS,
    *(
        Contestant(
            f"{said}, {label}",
            said,
            partial(tiers, kind=kind, minimise=cp_sat(parameters)),
            1 if parameters.get("num_workers") == 1 else (parameters.get("num_workers") or os.cpu_count() or 1),
        )
        for said, kind in (("slot by slot", SlotModel), ("first and last minute", SpanModel))
        for label, parameters in PARAMETERS.items()
    ),
    Contestant("HiGHS on the path", "HiGHS", partial(tiers, kind=Model, minimise=by_highs)),
    Contestant("Timefold", "Timefold", by_timefold, proves=False, missing=no_timefold),
    Contestant("FET, groups given", "FET", by_fet, proves=False, missing=no_fet),
)
