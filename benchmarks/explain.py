"""What explaining takes, what it finds, and whether a second way of proving says the same.

    make bench-explain                     every spec, beside its peers
    make bench-explain SPEC="short-math"   one of them
    python -m benchmarks.explain --prove   and every repair shown or not shown proven again (half an hour)

Seconds are processor seconds of all threads, because machines are shared. Results go to benchmarks/explain.csv with
versions, machine and seed. FET takes part where it is installed (`benchmarks/fet.py`).
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import combinations, product
from pathlib import Path

from benchmarks import fet, second_prover
from benchmarks.shortages import pair_week, same_slot, short_week
from benchmarks.tracing import cpu
from skemaplan import read
from skemaplan.explain import HELPS, REFUTED, Impasse, Repair, conflict, why
from skemaplan.explain.impasses import ordinary_weeks
from skemaplan.rules import STANDARD
from skemaplan.week import WeekFacts

HERE = Path(__file__).parent
SHORT_MATH = HERE.parent / "examples" / "short-math"
SEEDS = range(12)
PAIR_SEEDS = range(4)
LIMIT = 100.0  # seconds of the clock for a peer


@dataclass(frozen=True)
class Row:
    """One question to one program: processor seconds, what was found, and what the second prover says otherwise."""

    spec: str
    peer: str
    seed: int
    seconds: float
    found: str
    repairs: int = 0
    pairs: int = 0
    refuted: int = 0
    open: int = 0
    proven_again: int = 0
    differing: int = 0
    proving_seconds: float = 0.0


@dataclass(frozen=True)
class Proof:
    """How many changes were proven again, and those of which the second prover says otherwise (or nothing)."""

    asked: int
    differing: tuple[str, ...]


# -- the second proof -------------------------------------------------------------------------------------------------


def proven_again(facts: WeekFacts, found: Impasse, *, every_amount: bool = True) -> Proof:
    """Every single change by every amount (or by the largest, and around what is shown), and every pair that is no
    dearer than the cheapest shown."""
    asked = 0
    differing = []
    for changed, expected, said in expectations(facts, found, every_amount):
        asked += 1
        if second_prover.fits(changed) is not expected:
            differing.append(f"{'helps' if expected else 'refuted'}: {said}")
    return Proof(asked, tuple(differing))


def expectations(facts: WeekFacts, found: Impasse, every_amount: bool) -> Iterator[tuple[WeekFacts, bool, str]]:
    """What the answer claims: changed facts, and whether everything fits then."""
    yield facts, False, "as it is"
    least = {r.changes[0].loosening: r.changes[0].amount for r in found.repairs}
    for t in found.tried:
        x = t.loosening
        if t.outcome == REFUTED:
            amounts = x.amounts if every_amount else x.amounts[-1:]
            yield from ((x.on(facts, n), False, str(x.sentence(n))) for n in amounts)
        elif x in least:
            yield from ((x.on(facts, n), n == least[x], str(x.sentence(n))) for n in x.amounts if n <= least[x])
        else:  # it helps, and is not shown because a part of it does
            assert t.outcome == HELPS
            assert any(y.within(x) for y in least)
    for pair in found.pairs:
        yield pair.on(facts), True, said(pair)
    if found.pairs and found.pairs_known:
        yield from cheaper_pairs(facts, min(pair.price for pair in found.pairs))


def cheaper_pairs(facts: WeekFacts, price: int) -> Iterator[tuple[WeekFacts, bool, str]]:
    """Every two changes that together ask for less than this: none of them may help."""
    loosenings = [x for rule in STANDARD for x in rule.loosenings(facts)]
    for x, y in combinations(loosenings, 2):
        for n, m in product(x.amounts, y.amounts) if not (x.excludes(y) or y.excludes(x)) else ():
            if x.price(n) + y.price(m) < price:
                yield y.on(x.on(facts, n), m), False, f"{x.sentence(n)} and: {y.sentence(m)}"


def said(repair: Repair) -> str:
    return " and: ".join(str(c.text) for c in repair.changes)


# -- who is asked what ------------------------------------------------------------------------------------------------


def ours(spec: str, seed: int, facts: WeekFacts, prove: bool) -> Row:
    """All repairs of one week."""
    began = cpu()
    answer = why(facts)
    row = Row(spec, "skemaplan why", seed, cpu() - began, "works out")
    for found in answer.impasses:
        shown = "; ".join(said(r) for r in found.repairs or found.pairs[:1])
        row = replace(row, found=shown, repairs=len(found.repairs), pairs=len(found.pairs))
        row = replace(row, refuted=found.refuted, open=found.open)
        if prove:
            began = cpu()
            proof = proven_again(facts, found)
            for line in proof.differing:
                print("  otherwise:", line)
            row = replace(row, proven_again=proof.asked, differing=len(proof.differing), proving_seconds=cpu() - began)
    return row


def short_math(prove: bool) -> Iterator[Row]:
    """The term in one question, as its user asks it; then each kind of week, for the second proof."""
    problem = read(SHORT_MATH)
    began = cpu()
    answer = why(problem)
    seconds, every = cpu() - began, "; ".join(said(r) for r in answer.repairs)
    told = Row("short-math", "skemaplan why", 0, seconds, every, len(answer.repairs))
    yield replace(told, refuted=sum(x.refuted for x in answer.impasses), open=sum(x.open for x in answer.impasses))
    for facts, weeks in ordinary_weeks(problem) if prove else ():
        yield ours(f"short-math from {weeks[0]}", 0, facts, prove)


def hidden(prove: bool, limit: float) -> Iterator[Row]:
    """The conflict of two who need the same slot, among fifteen lessons: by us, a textbook model, and FET."""
    facts = same_slot()
    began = cpu()
    (found,) = conflict(facts)
    named = ", ".join(str(x.text) for x in found.facts)
    yield Row("same-slot", "skemaplan why --conflict", 0, cpu() - began, named)
    yield ours("same-slot", 0, facts, prove)
    began = cpu()
    core = second_prover.core(facts, limit)
    yield Row("same-slot", "CP-SAT assumptions", 0, cpu() - began, ", ".join(core or ()))
    if fet.program():
        answer = fet.run(fet.Task(facts, SAME_SLOT, facts.periods[0]), limit)
        yield Row("same-slot", fet.version(), 0, answer.seconds, f"nothing in {limit:.0f} s: {answer.said}")


# Who sits together in the week of two who need the same slot, for FET, which is not asked to find that out: with one
# more lesson of the coordinator's on Tuesday these groups have a timetable.
SAME_SLOT = (
    fet.Activity("mat", "U-MAT", ("A", "B", "C"), 2),
    fet.Activity("mat", "U-MAT", ("A", "B"), 1),
    fet.Activity("eng", "U-ENG", ("B", "D"), 2),
    *(fet.Activity("talk", "KOORD", (p,), 1) for p in "ACD"),
)


def cores_of_the_same(seed: int, facts: WeekFacts, limit: float) -> Row:
    """What CP-SAT's own assumptions say of the week that we name repairs for."""
    began = cpu()
    core = second_prover.core(facts, limit)
    named = f"{len(core)} facts: {', '.join(core)}" if core else "nothing"
    return Row("several", "CP-SAT assumptions", seed, cpu() - began, named)


def several(prove: bool, limit: float) -> Iterator[Row]:
    for seed in SEEDS:
        facts = short_week(seed)
        yield ours("several", seed, facts, prove)
        yield cores_of_the_same(seed, facts, limit)


def pairs(prove: bool) -> Iterator[Row]:
    for seed in PAIR_SEEDS:
        yield ours("pairs", seed, pair_week(seed), prove)


def main() -> None:
    call = argparse.ArgumentParser(description="What explaining takes, and whether it is right.")
    call.add_argument("specs", nargs="*", metavar="SPEC", help="short-math, same-slot, several, pairs")
    call.add_argument("--prove", action="store_true", help="prove every change again in a second way")
    call.add_argument("--limit", type=float, default=LIMIT, help="seconds for a peer")
    asked = call.parse_args()
    specs: dict[str, Callable[[], Iterator[Row]]] = {
        "short-math": partial(short_math, asked.prove),
        "same-slot": partial(hidden, asked.prove, asked.limit),
        "several": partial(several, asked.prove, asked.limit),
        "pairs": partial(pairs, asked.prove),
    }
    found: list[Row] = []
    for name, rows in specs.items():
        for row in rows() if not asked.specs or name in asked.specs else ():
            found.append(row)
            print(told(row), flush=True)
    write(found)


def told(row: Row) -> str:
    counts = f"{row.repairs} repairs, {row.pairs} pairs, {row.refuted} refuted, {row.open} open"
    again = f"; {row.proven_again} proven again in {row.proving_seconds:.0f} s, {row.differing} otherwise"
    return (
        f"{row.spec:28} {row.peer:26} {row.seed:2} {row.seconds:6.2f} s  "
        f"{counts}{again if row.proven_again else ''}\n    {row.found}"
    )


def write(found: Sequence[Row]) -> None:
    where = (version("ortools"), platform.python_version(), platform.machine(), os.cpu_count())
    with (HERE / "explain.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*Row.__dataclass_fields__, "ortools", "python", "machine", "cores"])
        for row in found:
            rounded = (round(v, 2) if isinstance(v, float) else v for v in vars(row).values())
            out.writerow([*rounded, *where])


if __name__ == "__main__":
    main()
