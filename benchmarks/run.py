"""How long until the proof: this project's path model against textbook models, in one run on one machine.

    make bench                       every spec, every peer
    make bench SPEC=case-ordinary    one of them
    python -m benchmarks.run --limit 20 case-ordinary case-july

Each peer gets the same sessions, rules, prices and tiers, and the best of five sets of CP-SAT's parameters counts for
it; HiGHS gets the path model's own rows. A seed shuffles people and courses, which no encoding may profit from. Seconds
are processor seconds, because machines are shared; ratios are what to read. Results go to benchmarks/results.csv, with
the versions and the machine.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from ortools.sat.python import cp_model

from benchmarks import highs
from benchmarks.make_shared import make_shared
from benchmarks.peers import SlotModel, SpanModel
from skemaplan import read
from skemaplan.dates import Week
from skemaplan.model import Model, total
from skemaplan.rules import DEMANDS, FAIR, INCONVENIENCE, STANDARD, Cost, WeekRule
from skemaplan.solving import Effort, price_of, solve
from skemaplan.unroll import week_facts
from skemaplan.week import WeekFacts

HERE = Path(__file__).parent
CASE = HERE.parent / "examples" / "de-internationale"
LIMIT = 60.0  # seconds for one week; more is "not proven"
SEEDS = (0, 1, 2, 3, 4)
PARAMETERS: Mapping[str, Mapping[str, int]] = {
    "1 worker, level 0": {"num_workers": 1, "linearization_level": 0},
    "1 worker, level 1": {"num_workers": 1, "linearization_level": 1},
    "1 worker, level 2": {"num_workers": 1, "linearization_level": 2},
    "8 workers": {"num_workers": 8},
    "defaults": {},
}


Minimise = Callable[[cp_model.CpModel, float], tuple[list[int] | None, bool]]


@dataclass(frozen=True)
class Spec:
    """A week to plan: `build` makes its facts from a seed."""

    name: str
    build: Callable[[int], WeekFacts]


def case(week: str) -> Callable[[int], WeekFacts]:
    return lambda seed: shuffled(week_facts(read(CASE), Week.parse(week), standing=True), seed)


def shared(people: int) -> Callable[[int], WeekFacts]:
    """The ordinary week of so many people who share three teachers."""

    def build(seed: int) -> WeekFacts:
        with TemporaryDirectory() as folder:
            make_shared(people).write(Path(folder))
            return shuffled(week_facts(read(folder), Week.parse("2027-W05"), standing=True), seed)

    return build


Named = TypeVar("Named")


def shuffled(facts: WeekFacts, seed: int) -> WeekFacts:
    """The same week with people and courses in another order (0: as it is)."""
    random = Random(seed)

    def order(rows: Mapping[str, Named]) -> dict[str, Named]:
        return dict(random.sample(list(rows.items()), len(rows)) if seed else rows)

    return replace(
        facts,
        participants=order(facts.participants),
        teachers=order(facts.teachers),
        courses=order(facts.courses),
    )


SPECS = (
    Spec("case-ordinary", case("2020-W06")),
    Spec("case-online", case("2020-W12")),
    Spec("case-short-of-math", case("2020-W24")),
    Spec("case-july", case("2020-W28")),
    *(Spec(f"shared-{people}", shared(people)) for people in (5, 10, 20, 40)),
)


@dataclass(frozen=True)
class Found:
    proven: bool
    demands: int
    inconvenience: int


@dataclass(frozen=True)
class Row:
    spec: str
    peer: str
    seed: int
    seconds: float
    proven: bool
    demands: int
    inconvenience: int


def ours(facts: WeekFacts, limit: float) -> Found:
    result = solve(facts, STANDARD, effort=Effort(seconds=limit, deterministic=1e6))
    values = {t.name: t.value for t in result.tiers}
    return Found(all(t.proven for t in result.tiers), values[DEMANDS], values[INCONVENIENCE])


def tiers(facts: WeekFacts, kind: type[Model], minimise: Minimise, limit: float) -> Found:
    """The same tiers one after the other, each with the one before as a bound and its solution as a hint."""
    clock = time.monotonic()
    model = kind(facts, [r.forbids for r in STANDARD if type(r).forbids is not WeekRule.forbids])
    proven, values = True, {DEMANDS: -1, INCONVENIENCE: -1}
    for tier, objective in objectives(model).items():
        model.cp.minimize(objective)
        solution, optimal = minimise(model.cp, max(0.1, limit - (time.monotonic() - clock)))
        proven = proven and optimal
        if solution is None:
            return Found(False, values[DEMANDS], values[INCONVENIENCE])
        values = dict(price_of(model.schedule(lambda v, at=solution: bool(at[v.index])), STANDARD))  # type: ignore[misc]
        model.add(objective <= values[tier])
        model.hint_all(solution)
    return Found(proven, values[DEMANDS], values[INCONVENIENCE])


def cp_sat(parameters: Mapping[str, int]) -> Minimise:
    def minimise(cp: cp_model.CpModel, seconds: float) -> tuple[list[int] | None, bool]:
        solver = cp_model.CpSolver()
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(cp)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return list(solver.response_proto.solution) if found else None, status == cp_model.OPTIMAL

    return minimise


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


def rows(specs: Sequence[Spec], limit: float) -> Iterator[Row]:
    peers: dict[str, Callable[[WeekFacts], Found]] = {
        f"{kind.__name__}, {label}": partial(tiers, kind=kind, minimise=cp_sat(parameters), limit=limit)
        for kind in (SlotModel, SpanModel)
        for label, parameters in PARAMETERS.items()
    }
    peers["HiGHS on the path"] = partial(tiers, kind=Model, minimise=highs.minimise, limit=limit)
    for spec in specs:
        for seed in SEEDS:
            yield timed(spec, "path (ours)", seed, partial(ours, limit=limit))
        for name, peer in peers.items():
            yield timed(spec, name, 0, peer)


def timed(spec: Spec, name: str, seed: int, peer: Callable[[WeekFacts], Found]) -> Row:
    facts = spec.build(seed)
    began = cpu()
    found = peer(facts)
    return Row(spec.name, name, seed, round(cpu() - began, 3), found.proven, found.demands, found.inconvenience)


def cpu() -> float:
    """Processor seconds of this process, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    call = argparse.ArgumentParser(description="Compare the path model with its peers.")
    call.add_argument("specs", nargs="*", metavar="SPEC", help=", ".join(s.name for s in SPECS))
    call.add_argument("--limit", type=float, default=LIMIT, help="seconds for one week")
    wanted = call.parse_args()
    specs = [s for s in SPECS if not wanted.specs or s.name in wanted.specs]
    where = (version("ortools"), platform.python_version(), platform.machine(), os.cpu_count(), wanted.limit)
    print("ortools {}, Python {}, {}, {} cores, at most {:.0f} s a week".format(*where))
    found: list[Row] = []
    for row in rows(specs, wanted.limit):
        found.append(row)
        done = f"{row.seconds:7.2f} s" if row.proven else f"  not proven ({row.seconds:.0f} s)"
        print(f"{row.spec:20} {row.peer:32} seed {row.seed} {done}  {row.demands:5} {row.inconvenience:6}", flush=True)
    for spec in specs:
        print(compared([r for r in found if r.spec == spec.name]))
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*Row.__dataclass_fields__, "ortools", "python", "machine", "cores", "limit"])
        out.writerows([*vars(r).values(), *where] for r in found)


def compared(found: Sequence[Row]) -> str:
    """The median of ours, and the best of each peer's parameter sets as a multiple of it."""
    mine = [r for r in found if r.peer.startswith("path")]
    own = median(r.seconds for r in mine)
    text = f"{mine[0].spec}: path {own:.2f} s{'' if all(r.proven for r in mine) else ' (not all proven)'}"
    for kind in ("SlotModel", "SpanModel", "HiGHS"):
        best = min((r.seconds for r in found if r.peer.startswith(kind) and r.proven), default=None)
        text += f"; {kind} " + (f"{best / own:.1f} times" if best is not None else "not proven")
    return text


if __name__ == "__main__":
    main()
