"""Tables with one pattern of solutions: teachers are there when the hidden plan has them, and at no other time.

Who sits in which of two sessions at the same time, and which of two alike weeks somebody has, is all that is left.
"""

from __future__ import annotations

from benchmarks.make_region import BELLS, DAYS, Region, Row, make_region


def make_tight(seed: int = 1) -> Region:
    """One team, each teacher's windows cut to what she gives in the hidden plan."""
    region = make_region(1, 1, seed)
    windows: list[Row] = []
    for w in sorted(region.plan, key=lambda w: (w.teacher, w.day, w.first)):
        start, end = BELLS[w.first].split("-")[0], BELLS[w.first + w.periods - 1].split("-")[1]
        windows.append({"who": w.teacher, "day": DAYS[w.day], "from": start, "to": end, "kind": "free"})
    region.tables["availability"] = windows
    return region
