"""How much faster two one-core workers of a cluster are than one.

    python -m benchmarks.cluster apart              40 teams that share nothing: every unit of work at once
    python -m benchmarks.cluster municipality       12 teams that share teachers: rounds of a few units

A Dask cluster of processes on this machine, one after the other with one worker and with two; the same plan is made by
both, so that the clock's seconds can be compared. Beside it stands what one and two plain processes need, without a
scheduler: what this machine's cores give, however the work is handed out. It says something only while nobody else uses
the machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing import get_context

from benchmarks.specs import LARGE
from skemaplan.planning.cluster import cluster
from skemaplan.planning.scale import solve_week
from skemaplan.rules import STANDARD
from skemaplan.solving import Effort, Result
from skemaplan.week import WeekFacts


@contextmanager
def dask(workers: int) -> Iterator[Executor]:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local,
        cluster(local.scheduler_address) as executor,
    ):
        yield executor


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        yield executor


def timed(facts: WeekFacts, executor: Executor, effort: Effort) -> tuple[float, Result]:
    """The clock's seconds for a week with these workers, who have worked before."""
    list(executor.map(len, [[], []]))
    solve_week(facts, STANDARD, effort=Effort(deterministic=0.1), executor=executor)
    began = time.monotonic()
    result = solve_week(facts, STANDARD, effort=effort, executor=executor)
    return time.monotonic() - began, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", choices=LARGE)
    parser.add_argument("--size", type=int, help="teams, or people (a spec has its own)")
    parser.add_argument("--deterministic", type=float, default=40.0, help="CP-SAT's own seconds in all")
    given = parser.parse_args()
    spec = LARGE[given.spec]
    facts = spec.build(given.size or spec.sizes[0], 1)
    plans = set()
    for name, workers in (("Dask", dask), ("plain processes", processes)):
        seconds = []
        for n in (1, 2):
            with workers(n) as executor:
                took, result = timed(facts, executor, Effort(deterministic=given.deterministic))
            seconds.append(took)
            plans.add(str(result.schedule))
        one, two = seconds
        print(f"{spec.name}, {name}: {one:.1f} s with one, {two:.1f} with two: {one / two:.2f} times as fast")
    assert len(plans) == 1
    print(f"dask {version('distributed')}, Python {platform.python_version()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
