"""Tables of people who share three teachers and one place, with a plan hidden in them.

    python -m benchmarks.make_shared FOLDER --people 20 --seed 1

They are the teams of `make_region`, but anybody may sit in any session: one course for each subject, not one for each
team and subject. That is the hard core of this problem: nothing in it falls apart.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from benchmarks.make_region import SUBJECTS, Region, Row, course, make_region

SITE = "sted"
TEAM = 7.42  # people for each planted group
DRAWS = 100  # the fuller the teachers' weeks, the fewer draws work out


def make_shared(people: int, seed: int = 1) -> Region:
    """A term of so many people, three teachers of subjects, and one or two for talks."""
    tables, found = _planted(people, seed).tables, Region()
    add = found.tables
    for name in ("term", "participants", "teachers", "commitments", "absences", "availability"):
        add[name] += tables[name]
    add["places"] += [row for row in tables["places"] if not _is_site(str(row["id"]))] + [{"id": SITE, "name": SITE}]
    add["rooms"] += [{**row, "place": SITE} for row in tables["rooms"]]
    add["courses"] += [course(s, SITE) for s in SUBJECTS]
    add["courses"] += [row for row in tables["courses"] if row.get("kind") == "talk"]
    add["takes"] += [{"who": "all", "course": row["id"]} for row in add["courses"]]
    add["teaches"] += _teaches(tables["teaches"])
    schools = [str(row["id"]) for row in add["places"] if row["id"] != SITE]
    add["travel"] += [{"from": a, "to": SITE, "minutes": 15} for a in schools]
    found.tables = defaultdict(list, {name: rows for name, rows in add.items() if rows})
    return found


def _planted(people: int, seed: int) -> Region:
    """The first of some random draws in which three teachers have an hour for everybody."""
    teams = max(1, round(people / TEAM))
    for draw in range(DRAWS):
        try:
            return make_region(teams, 1, seed + draw * DRAWS, people / teams)
        except RuntimeError:
            continue
    raise RuntimeError(f"three teachers are too few for {people} people")


def _is_site(place: str) -> bool:
    return place.startswith(SITE)


def _teaches(rows: list[Row]) -> list[Row]:
    """What each teacher gives of each subject to all teams together."""
    most: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        what = str(row["course"])
        most[str(row["teacher"]), what if what.startswith("talk") else what.split()[0]] += int(str(row["most"]))
    return [
        {"teacher": t, "course": c, "least": "" if c.startswith("talk") else 2, "most": n} for (t, c), n in most.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    make_shared(asked.people, asked.seed).write(asked.folder)


if __name__ == "__main__":
    main()
