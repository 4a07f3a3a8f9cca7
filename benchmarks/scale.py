"""How long until many teams have all that fits, and how near to the best their week is then.

    python -m benchmarks.scale municipality            12 teams, 86 people, 19 shared teachers
    python -m benchmarks.scale town                    12 teams, 89 people, 13 shared teachers: hardly a spare hour
    python -m benchmarks.scale apart                   40 teams that share nothing
    python -m benchmarks.scale shared --size 20        20 people who share three teachers
    python -m benchmarks.scale region --seconds 1200   200 teams in 19 municipalities

Each line is a better plan: seconds of the clock, processor seconds, lessons placed of those wanted, minutes of
inconvenience, and the bound of the whole week. The last lines say versions, machine and memory.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from importlib.metadata import version

from benchmarks.specs import LARGE
from skemaplan.circles import circles, components
from skemaplan.planning.scale import solve_week
from skemaplan.rules import DEMANDS, INCONVENIENCE, MUSTS, STANDARD, UNIVERSE
from skemaplan.solving import Effort, verify


class Told:
    """Prints each better plan: the demands tier is heard first, then inconvenience."""

    def __init__(self) -> None:
        self.began, self.worked = time.monotonic(), time.process_time()
        self.short = (-1, -1)
        self.said: tuple[int, ...] = ()

    def __call__(self, tier: str, value: int, bound: int) -> None:
        if tier == DEMANDS:
            self.short = value, bound
        elif tier == INCONVENIENCE and (*self.short, value, bound) != self.said:
            self.said = (*self.short, value, bound)
            clock, worked = time.monotonic() - self.began, time.process_time() - self.worked
            print(f"{clock:7.1f} s {worked:7.1f} cpu  short {self.short}  inconvenience {value} of {bound}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", choices=LARGE)
    parser.add_argument("--size", type=int, help="teams, or people (a spec has its own)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, help="of the clock (a spec has its own)")
    given = parser.parse_args()
    spec = LARGE[given.spec]
    facts = spec.build(given.size or spec.sizes[0], given.seed)
    print(f"{len(facts.participants)} people, {len(circles(facts))} circles, {len(components(facts))} components")
    told = Told()
    result = solve_week(facts, STANDARD, effort=Effort(given.seconds or spec.seconds, deterministic=1e6), progress=told)
    assert result.schedule is not None
    assert not any(verify(result.schedule, [*UNIVERSE, *MUSTS]))
    for tier in result.tiers:
        gap = (tier.value - tier.bound) / tier.value if tier.value else 0.0
        print(f"{tier.name}: {tier.value}, bound {tier.bound}, gap {gap:.1%}")
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{result.seconds:.1f} s, {time.process_time() - told.worked:.1f} cpu, {used.ru_maxrss / 1024:.0f} MB")
    print(
        f"ortools {version('ortools')}, Python {platform.python_version()}, {os.cpu_count()} cores, seed {given.seed}"
    )


if __name__ == "__main__":
    main()
