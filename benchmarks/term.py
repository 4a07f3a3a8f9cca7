"""The case's whole term: what each ordinary week takes to its proof, and where the minutes and the gap lie.

    make bench SPEC=case-term

Seconds are CP-SAT's own, the same on every machine; processor seconds of the whole stand at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from skemaplan import read
from skemaplan.planning import scale, term
from skemaplan.planning.bounds import GIVEN_BASE
from skemaplan.rules import INCONVENIENCE
from skemaplan.schedule import TermPlan
from skemaplan.solving import Result

from .spent import counted

CASE = Path(__file__).parents[1] / "examples" / "de-internationale"


@contextmanager
def ordinary_weeks() -> Iterator[list[Result]]:
    """The results of a term's ordinary weeks, in the order in which they are planned."""
    found: list[Result] = []
    solve = scale.solve_week

    def kept(*facts: object, **rest: object) -> Result:
        found.append(solve(*facts, **rest))  # type: ignore[arg-type]
        return found[-1]

    with patch.object(term, "solve_week", kept):
        yield found


def main() -> None:
    began = time.process_time()
    with counted() as spent, ordinary_weeks() as results:
        made = term.plan(read(CASE))
    for name, result in zip(made.bases, results, strict=True):
        proven = "proven" if all(t.proven for t in result.tiers) else "not proven"
        print(f"ordinary week {name}: {proven} in {result.deterministic:.1f}")
    for line in dated(made):
        print(line)
    print(
        f"{sum(spent):.1f} of CP-SAT's seconds in all, {sum(r.deterministic for r in results):.1f} for ordinary weeks"
    )
    print(f"{time.process_time() - began:.1f} processor seconds")


def dated(made: TermPlan) -> Iterator[str]:
    """Each dated week's inconvenience and its two bounds, then the term's."""
    yield "| week | inconvenience | alone | given the base |"
    yield "|---|---|---|---|"
    for week, planned in made.weeks.items():
        tiers = {t.name: t for t in planned.tiers}
        known = tiers[INCONVENIENCE]
        yield f"| {week} | {known.value} | {known.bound} | {tiers[GIVEN_BASE].bound} |"
    for tier in made.tiers:
        gap = (tier.value - tier.bound) / tier.value if tier.value else 0.0
        yield f"{tier.name}: {tier.value}, bound {tier.bound}, gap {gap:.1%}"


if __name__ == "__main__":
    main()
