"""How long until everything fits, until 1 % from the best, until the proof: this project and others, in one run.

    make bench                          every spec of one team, all who plan it
    make bench SPEC=case-ordinary       one spec; SPEC="town region" two
    python -m benchmarks.run --seconds 20 --seeds 2 case-july shared

Everybody gets the same sessions, rules, prices and tiers, and the best of four sets of CP-SAT's parameters counts for
the textbook models. Timefold proves nothing; it takes part where TIMEFOLD_PYTHON names a Python that has `timefold`.
FET is given the groups of our plan and minimises nothing; it takes part where `fet-cl` is installed.

A seed shuffles people and courses; others than ours are run on the first seed only. Seconds are processor seconds,
because machines are shared; of what works with several threads, those of one core. Ratios are what to read. Results go
to benchmarks/results.csv, with versions and machine, and a plot beside it. A spec that is run again takes the place of
its rows. SPEC="case-term case-replay" says what those two take; they have others of their own.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import fet, replay, term, timefold_peer
from benchmarks.contestants import CONTESTANTS, OURS, Contestant, Found
from benchmarks.plot import plot
from benchmarks.results import Row, read_rows, table, write_rows
from benchmarks.specs import SPECS, Spec
from benchmarks.tracing import Trace

HERE = Path(__file__).parent
NEAR = 1.01  # of the best value known: "1 %"
WHOLE_TERMS: dict[str, Callable[[], None]] = {
    "case-term": term.main,
    "case-replay": lambda: replay.replay(replay.EFFORT, print),
}


@dataclass(frozen=True)
class Measure:
    """What is run: how long, on how many seeds of ours, and by whom (no groups: by everybody)."""

    seconds: float | None = None
    seeds: int = 5
    groups: Sequence[str] = ()

    def rows(self, spec: Spec, known: Sequence[Row]) -> Iterator[Row]:
        """Every size of a spec, by everybody who plans it. `known`: rows of others that stay."""
        limit = self.seconds or spec.seconds
        for size in spec.sizes:
            runs = [
                _run(spec, size, seed, who, limit) for who in self._who(spec, size) for seed in self._seeds(spec, who)
            ]
            best = min(
                [
                    *((f.demands, f.inconvenience) for *_, f, _ in runs if f.demands is not None),
                    *(
                        (r.demands, r.inconvenience)
                        for r in known
                        if r.key == (spec.name, size) and r.demands is not None
                    ),
                ]
            )
            for run in runs:
                yield _row(spec, size, run, best, limit)

    def _who(self, spec: Spec, size: int) -> Iterator[Contestant]:
        for who in CONTESTANTS if spec.peers else (OURS,):
            if self.groups and who.group not in self.groups:
                continue
            if missing := who.missing(spec.build(size, 0)):
                print(f"{spec.name:20} {size:4} {who.name:36} - skipped: {missing}", flush=True)
            else:
                yield who

    def _seeds(self, spec: Spec, who: Contestant) -> range:
        return range(self.seeds if spec.peers and who is OURS else 1)


Run = tuple[Contestant, int, Found, Trace]


def _run(spec: Spec, size: int, seed: int, peer: Contestant, seconds: float) -> Run:
    facts = spec.build(size, seed)
    trace = Trace(peer.threads)
    found = peer.plan(facts, seconds, trace)
    trace.ended = trace.seconds
    said = f"{trace.ended:7.2f} s" if found.proven else f"   not proven ({trace.ended:.0f} s)"
    print(f"{spec.name:20} {size:4} {peer.name:36} {seed} {said} {found.demands} {found.inconvenience}", flush=True)
    return peer, seed, found, trace


def _row(spec: Spec, size: int, run: Run, best: tuple[int | None, int | None], limit: float) -> Row:
    peer, seed, found, trace = run
    demands, inconvenience = best
    assert demands is not None
    assert inconvenience is not None
    return Row(
        spec.name,
        size,
        peer.name,
        peer.group,
        seed,
        trace.until(demands),
        trace.until(demands, inconvenience * NEAR),
        trace.ended if found.proven else None,
        trace.ended,
        limit if peer.proves else None,
        found.demands,
        found.inconvenience,
        found.bound,
    )


def main() -> None:
    call = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [*dict.fromkeys(s.name for s in SPECS), *WHOLE_TERMS]
    call.add_argument("specs", nargs="*", metavar="SPEC", help=", ".join(names))
    call.add_argument("--seconds", type=float, help="for each run (a spec has its own)")
    call.add_argument("--seeds", type=int, default=5, help="of ours, where others run too")
    groups = [*dict.fromkeys(c.group for c in CONTESTANTS)]
    call.add_argument(
        "--who", action="append", choices=groups, help="only this one (again for more); rows of others stay"
    )
    call.add_argument("--results", type=Path, default=HERE / "results.csv")
    asked = call.parse_args()
    if unknown := sorted(set(asked.specs) - set(names)):
        call.error(f"no such spec: {', '.join(unknown)}")
    chosen = [s for s in SPECS if (s.name in asked.specs if asked.specs else s.peers)]
    where = {
        "ortools": version("ortools"),
        "python": platform.python_version(),
        "timefold": timefold_peer.version(),
        "fet": fet.version() if fet.program() else "",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "commit": commit(),
    }
    print(", ".join(f"{name} {value}" for name, value in where.items()), flush=True)
    if chosen:
        run_and_write(chosen, Measure(asked.seconds, asked.seeds, asked.who or ()), asked.results, where)
        print(table(read_rows(asked.results)))
    for name in asked.specs:
        if name in WHOLE_TERMS:
            WHOLE_TERMS[name]()


def commit() -> str:
    """Which version of this project is measured (empty: not known)."""
    call = ["git", "-C", str(HERE), "describe", "--always", "--dirty"]
    return subprocess.run(call, capture_output=True, text=True, check=False).stdout.strip()


def run_and_write(specs: Sequence[Spec], measure: Measure, path: Path, where: dict[str, str]) -> None:
    """Measure, and write after each spec, so that what is done is not lost."""
    for spec in specs:
        write_rows(path, list(measure.rows(spec, read_rows(path) if path.exists() else ())), where)
    plot(read_rows(path), path.with_suffix(".svg"))


if __name__ == "__main__":
    main()
