"""What a participant's week should hold: near twenty lessons in all, decided before anything is planned.

The programme's form says "ca. 20 timer" a week with 10 of language school and 2-4 of each subject; 10 + 3 + 3 + 3 + 1
is the only even split. A woman with three language days gets less of each subject, and one without language school may
get more. All amounts are minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Demand:
    """One course in one participant's week: `wanted` is asked for, less than `fewest` is ten times as bad.

    She never gets more than `cap`, which may rise to `most`. It comes in `sessions` meetings, none under `shortest`.
    """

    wanted: int
    fewest: int
    cap: int
    most: int
    sessions: int
    shortest: int
    kind: str = "lesson"

    def share(self, days: int, of: int) -> Demand:
        """This demand in a week of which she is here `days` of `of` days, in whole shortest sessions, rounded down."""
        if days >= of:
            return self
        wanted = self.wanted * days // of // self.shortest * self.shortest
        sessions = min(self.sessions, wanted // self.shortest)
        return replace(self, wanted=wanted, fewest=min(self.fewest, wanted), cap=wanted, most=wanted, sessions=sessions)

    def as_wish(self) -> Demand:
        """As much may be had and no more, and nothing is asked for: nobody else's lessons move for it."""
        return replace(self, wanted=0, fewest=0, most=self.cap)


def wanted_of_a_week(
    takes: Mapping[str, Demand], committed: int, target: int, tolerance: int, lesson: int
) -> dict[str, Demand]:
    """The demands of one week. `takes` by course as the tables say, `committed` the minutes her commitments count for.

    More than target + tolerance lessons in all: lessons come off evenly (the largest first), never below `fewest`.
    Less than target - tolerance: up to `most` is allowed, as a wish that the target's price speaks for. Talks stay.
    """
    demands = dict(takes)
    total = committed + sum(d.wanted for d in demands.values())
    while total > (target + tolerance) * lesson:
        loose = [c for c, d in demands.items() if d.kind == "lesson" and d.wanted > d.fewest]
        if not loose:
            break
        course = max(sorted(loose), key=lambda c: demands[c].wanted)
        d = demands[course]
        off = min(lesson, d.wanted - d.fewest)
        demands[course] = replace(d, wanted=d.wanted - off, cap=d.wanted - off)
        total -= off
    if total < (target - tolerance) * lesson:
        demands = {c: replace(d, cap=d.most) if d.kind == "lesson" else d for c, d in demands.items()}
    return {c: fitted(d) for c, d in demands.items() if d.cap > 0}


def fitted(d: Demand) -> Demand:
    """Two lessons can be two sessions, one cannot: as many sessions as the wanted minutes allow, and at least one."""
    return replace(d, sessions=max(1, min(d.sessions, d.wanted // d.shortest)))
