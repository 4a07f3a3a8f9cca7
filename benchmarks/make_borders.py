"""Tables of several municipalities whose teachers help each other out: some of them travel across a border.

    python -m benchmarks.make_borders FOLDER --teams 12 --municipalities 4 --seed 1

They are those of `make_region`, in which only language schools are shared across borders. Here one teacher of each
municipality may also give her subject in the next one, as many lessons as she gives at home.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

from benchmarks.make_region import CROWDED, SUBJECTS, Region, Row, Staff, add_ways, make_region


def make_borders(teams: int = 12, municipalities: int = 4, seed: int = 1, staff: Staff = CROWDED) -> Region:
    """A region in which a teacher of municipality n also has windows and hours in municipality n + 1."""
    region = make_region(teams, municipalities, seed, staff=staff)
    for home in range(1, municipalities):
        subject = SUBJECTS[home % len(SUBJECTS)]
        region.tables["teaches"] += _abroad(region, f"U-{subject}-{home}.1", subject, home + 1)
    region.tables["travel"] = []
    add_ways(region, Random(seed))
    return region


def _abroad(region: Region, teacher: str, subject: str, there: int) -> list[Row]:
    """She may give the subject to any team of the municipality; her hours at home are the most for each."""
    home = [int(str(row["most"])) for row in region.tables["teaches"] if row["teacher"] == teacher]
    courses = [
        str(row["id"])
        for row in region.tables["courses"]
        if str(row["id"]).startswith(f"{subject} ") and str(row["place"]).startswith(f"sted {there}.")
    ]
    return [{"teacher": teacher, "course": c, "least": 0, "most": max(home)} for c in courses]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--teams", type=int, default=12)
    parser.add_argument("--municipalities", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    make_borders(asked.teams, asked.municipalities, asked.seed).write(asked.folder)


if __name__ == "__main__":
    main()
