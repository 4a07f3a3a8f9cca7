"""How long until the proof: this project's path model against textbook models, in one run on one machine.

    make bench                       every spec, every peer
    make bench SPEC=case-ordinary    one of them

Each peer gets the same sessions, rules, prices and tiers, and the best of four sets of CP-SAT's parameters counts for
it. Seconds are processor seconds, because machines are shared; ratios are what to read. Results go to
benchmarks/results.csv, with the versions and the machine.
"""

from __future__ import annotations

import csv
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from ortools.sat.python import cp_model

from benchmarks.peers import SlotModel, SpanModel, TextbookModel
from skemaplan import read
from skemaplan.dates import Week
from skemaplan.model import total
from skemaplan.rules import DEMANDS, FAIR, INCONVENIENCE, STANDARD, Cost, WeekRule
from skemaplan.solving import Effort, price_of, solve
from skemaplan.unroll import week_facts
from skemaplan.week import WeekFacts

HERE = Path(__file__).parent
LIMIT = 60.0  # processor seconds for one solve; more is "not proven"
SEEDS = (0, 1, 2)
PARAMETERS: Mapping[str, Mapping[str, int]] = {
    "1 worker, level 1": {"num_workers": 1, "linearization_level": 1},
    "1 worker, level 2": {"num_workers": 1, "linearization_level": 2},
    "8 workers": {"num_workers": 8},
    "defaults": {},
}


@dataclass(frozen=True)
class Spec:
    """A week to plan: `build` makes its facts from a seed."""

    name: str
    build: Callable[[int], WeekFacts]


def case(week: str) -> Callable[[int], WeekFacts]:
    problem = read(HERE.parent / "examples" / "de-internationale")
    return lambda seed: week_facts(problem, Week.parse(week), standing=True)


SPECS = (
    Spec("case-ordinary", lambda seed: case("2020-W06")(seed)),
    Spec("case-online", lambda seed: case("2020-W12")(seed)),
    Spec("case-short-of-math", lambda seed: case("2020-W24")(seed)),
    Spec("case-july", lambda seed: case("2020-W28")(seed)),
)


@dataclass(frozen=True)
class Row:
    spec: str
    peer: str
    seed: int
    seconds: float
    proven: bool
    demands: int
    inconvenience: int


def ours(facts: WeekFacts, seed: int) -> tuple[float, bool, int, int]:
    began = cpu()
    result = solve(facts, STANDARD, effort=Effort(seconds=LIMIT, seed=seed, deterministic=1e6))
    values = {t.name: t.value for t in result.tiers}
    return cpu() - began, all(t.proven for t in result.tiers), values[DEMANDS], values[INCONVENIENCE]


def textbook(
    kind: type[TextbookModel], parameters: Mapping[str, int], facts: WeekFacts, seed: int
) -> tuple[float, bool, int, int]:
    """The same tiers one after the other, each with the one before as a bound and its solution as a hint."""
    began, clock = cpu(), time.monotonic()
    model = kind(facts, [r.forbids for r in STANDARD if type(r).forbids is not WeekRule.forbids])
    proven, values = True, {DEMANDS: -1, INCONVENIENCE: -1}
    for tier, objective in objectives(model).items():
        model.cp.minimize(objective)
        solver = cp_model.CpSolver()
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = max(0.1, LIMIT - (time.monotonic() - clock))
        status = solver.solve(model.cp)
        proven = proven and status == cp_model.OPTIMAL
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return cpu() - began, False, values[DEMANDS], values[INCONVENIENCE]
        values = dict(price_of(model.schedule(solver.boolean_value), STANDARD))
        model.add(objective <= values[tier])
        model.hint_all(list(solver.response_proto.solution))
    return cpu() - began, proven, values[DEMANDS], values[INCONVENIENCE]


def objectives(model: TextbookModel) -> dict[str, cp_model.LinearExpr]:
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


def rows(specs: Sequence[Spec]) -> Iterator[Row]:
    for spec in specs:
        for seed in SEEDS:
            yield Row(spec.name, "path (ours)", seed, *ours(spec.build(seed), seed))
        for kind in (SlotModel, SpanModel):
            for label, parameters in PARAMETERS.items():
                found = textbook(kind, parameters, spec.build(0), 0)
                yield Row(spec.name, f"{kind.__name__}, {label}", 0, *found)


def cpu() -> float:
    """Processor seconds of this process, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    wanted = sys.argv[1:]
    specs = [s for s in SPECS if not wanted or s.name in wanted]
    ortools, cores = version("ortools"), os.cpu_count()
    print(f"ortools {ortools}, Python {platform.python_version()}, {platform.machine()}, {cores} cores")
    found: list[Row] = []
    for row in rows(specs):
        found.append(row)
        done = f"{row.seconds:7.1f} s" if row.proven else f"  not proven ({row.seconds:.0f} s)"
        print(f"{row.spec:20} {row.peer:32} seed {row.seed} {done}  {row.demands:5} {row.inconvenience:6}", flush=True)
    for spec in specs:
        print(compared([r for r in found if r.spec == spec.name]))
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*Row.__dataclass_fields__, "ortools", "cores"])
        out.writerows([*vars(r).values(), ortools, cores] for r in found)


def compared(found: Sequence[Row]) -> str:
    """The median of ours, and the best of each peer's parameter sets as a multiple of it."""
    mine = [r for r in found if r.peer.startswith("path")]
    own = median(r.seconds for r in mine)
    text = f"{mine[0].spec}: path {own:.1f} s{'' if all(r.proven for r in mine) else ' (not all proven)'}"
    for kind in ("SlotModel", "SpanModel"):
        best = min((r.seconds for r in found if r.peer.startswith(kind) and r.proven), default=None)
        text += f"; {kind} " + (f"{best / own:.1f} times" if best is not None else f"not proven in {LIMIT:.0f} s")
    return text


if __name__ == "__main__":
    main()
