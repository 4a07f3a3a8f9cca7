"""Tables of many teams with a plan hidden in them, so that they are known to work out.

    python -m benchmarks.make_region FOLDER --teams 200 --municipalities 19 --seed 1

The shape is a region's: 19 municipalities, 200 teams with 1,484 participants, 237 teachers of whom most give several
teams lessons, 76 sites with three rooms each, 9 language schools whose classes are shared across borders. Windows are
cut around the hidden plan; nobody and nothing in it is real.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Literal, TypeVar

BELLS = ("08:30-09:15", "09:15-10:00", "10:15-11:00", "11:00-11:45", "12:15-13:00", "13:00-13:45", "14:00-14:45")
DAYS = ("mon", "tue", "wed", "thu", "fri")
SUBJECTS = ("mat", "eng", "saf")
BLOCKS = (0, 2, 4)  # the periods at which two lessons in a row begin
PATTERNS = tuple(combinations(range(5), 2))
SITES, ROOMS = 4, (12, 8, 8)  # sites of a municipality, seats of a site's rooms
START, END, CHANGE = "2027-02-01", "2027-07-02", "2027-04-12"

Slot = tuple[int, int]  # day, period
Row = dict[str, object]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Staff:
    """Teachers for each team: of each subject, and coordinators.

    `talks`: a team's are all with its `own` coordinator; with `anyone`, so that all have about as many; or with the
    `first` who has an hour left: most give one at every hour of the week then, and the last of them none.
    """

    subjects: tuple[float, float, float]
    coordinators: float
    talks: Literal["own", "anyone", "first"]


CROWDED = Staff((57 / 200, 57 / 200, 57 / 200), 66 / 200, "first")  # hardly an hour for a talk is left over
REGION = replace(CROWDED, talks="anyone")  # 237 for 200 teams
MUNICIPALITY = Staff((5 / 12, 4 / 12, 4 / 12), 6 / 12, "own")  # 19 for 12 teams, 8 to 16 lessons a week each


@dataclass(frozen=True)
class Planted:
    """A session of the hidden plan: `periods` lessons in a row from period `first`."""

    day: int
    first: int
    periods: int
    course: str
    teacher: str
    participants: frozenset[str]

    @property
    def slots(self) -> list[Slot]:
        return [(self.day, self.first + i) for i in range(self.periods)]


@dataclass
class Team:
    name: str
    site: str
    members: list[str]
    days: dict[str, tuple[int, ...]] = field(default_factory=dict)  # language days of each member


@dataclass
class Region:
    """The tables by name, and the plan of an ordinary week that is hidden in them."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    plan: list[Planted] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """One CSV file a table, with the columns that are used."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)


def make_region(
    teams: int = 200, municipalities: int = 19, seed: int = 1, per_team: float = 7.42, staff: Staff = CROWDED
) -> Region:
    """A region of so many teams. The same seed gives the same tables."""
    random, region = Random(seed), Region()
    add = region.tables
    add["term"] += [{"key": k, "value": v} for k, v in (("name", "Region"), ("start", START), ("end", END))]
    add["term"].append({"key": "teaching_weeks", "value": 20})
    schools = [f"sprogskole {n + 1}" for n in range(max(1, round(municipalities * 9 / 19)))]
    add["places"] += [{"id": s, "name": s} for s in schools]
    sizes = [round(per_team * (i + 1)) - round(per_team * i) for i in range(teams)]
    numbers = iter(range(1, sum(sizes) + 1))
    for m in range(municipalities):
        mine = range(m * teams // municipalities, (m + 1) * teams // municipalities)
        built = [
            Team(f"hold {t + 1}", f"sted {m + 1}.{t % SITES + 1}", [f"D{next(numbers):04}" for _ in range(sizes[t])])
            for t in mine
        ]
        near = [schools[(m * len(schools) // municipalities + i) % len(schools)] for i in range(2)]
        _Municipality(region, random, m + 1, built, sorted(set(near)), staff).plant()
    add_ways(region, random)
    return region


class _Municipality:
    """Plants a week for the teams of one municipality, then writes the rows around it."""

    def __init__(
        self, region: Region, random: Random, number: int, teams: list[Team], schools: list[str], staff: Staff
    ) -> None:
        self.region, self.random, self.number, self.teams, self.schools = region, random, number, teams, schools
        self.busy: dict[str, set[Slot]] = defaultdict(set)  # of teachers
        self.sites: dict[tuple[str, Slot], str] = {}  # where they are then
        self.used: dict[tuple[str, Slot], int] = defaultdict(int)  # rooms of a site
        self.load: dict[str, int] = defaultdict(int)
        each = [max(1, round(len(teams) * share)) for share in staff.subjects]
        self.givers = {s: [f"U-{s}-{number}.{i + 1}" for i in range(n)] for s, n in zip(SUBJECTS, each, strict=True)}
        self.coordinators = [f"K-{number}.{i + 1}" for i in range(max(1, round(len(teams) * staff.coordinators)))]
        self.talks = staff.talks
        self.plan: list[Planted] = []

    def plant(self) -> None:
        for team in self.teams:
            self._team(team)
        self._talks()
        self._rows()
        self.region.plan += self.plan

    # -- the hidden plan --------------------------------------------------------------------------------------------

    def _team(self, team: Team) -> None:
        """Two lessons of each subject on a day that all share; the third when the members of one class can."""
        for two in self._shuffled(combinations(PATTERNS, 2)):
            common = [d for d in range(5) if d not in {*two[0], *two[1]}]
            for day in self._shuffled(common):
                found = self._courses(team, two, day)
                if found is not None:
                    self.plan += found
                    return
        raise RuntimeError(f"no plan for {team.name}: too few rooms or teachers")

    def _courses(self, team: Team, two: tuple[tuple[int, ...], ...], common: int) -> list[Planted] | None:
        """The sessions of all subjects, with members parted at random between the two classes; None if they clash."""
        half = self.random.randint(1, len(team.members) - 1)
        groups = {two[0]: frozenset(team.members[:half]), two[1]: frozenset(team.members[half:])}
        singles: dict[int, frozenset[str]] = defaultdict(frozenset)
        for pattern, who in groups.items():
            singles[self.random.choice([d for d in range(5) if d not in pattern and d != common])] |= who
        found: list[Planted] = []
        for subject, block in zip(SUBJECTS, self._shuffled(BLOCKS), strict=True):
            for teacher in sorted(self.givers[subject], key=lambda t: (self.load[t], t)):
                two_lessons = Planted(common, block, 2, f"{subject} {team.name}", teacher, frozenset(team.members))
                sessions = self._course(team, two_lessons, singles, found)
                if sessions is not None:
                    found += sessions
                    break
            else:
                return None
        for w in found:
            self._take(team, w)
        team.days = {p: pattern for pattern, who in groups.items() for p in sorted(who)}
        return found

    def _course(
        self, team: Team, two_lessons: Planted, singles: dict[int, frozenset[str]], others: list[Planted]
    ) -> list[Planted] | None:
        """One subject's sessions with one teacher beside those of `others`, or None."""
        if not self._fits(team, two_lessons, others):
            return None
        found = [two_lessons]
        for day, who in sorted(singles.items()):
            may_be = (replace(two_lessons, day=day, first=p, periods=1, participants=who) for p in range(6))
            session = next((w for w in may_be if self._fits(team, w, [*others, *found])), None)
            if session is None:
                return None
            found.append(session)
        return found

    def _fits(self, team: Team, w: Planted, others: list[Planted]) -> bool:
        taken = {slot for o in others if o.participants & w.participants or o.teacher == w.teacher for slot in o.slots}
        beside = [slot for o in others for slot in o.slots]
        return not any(
            slot in taken
            or slot in self.busy[w.teacher]
            or self.sites.get((w.teacher, beside_it(slot)), team.site) != team.site
            or self.used[team.site, slot] + beside.count(slot) >= len(ROOMS)
            for slot in w.slots
        )

    def _take(self, team: Team, w: Planted) -> None:
        self.load[w.teacher] += w.periods
        self.busy[w.teacher] |= set(w.slots)
        for slot in w.slots:
            self.used[team.site, slot] += 1
            self.sites[w.teacher, slot] = team.site

    def _talks(self) -> None:
        """A talk for everyone on a day without language school: a matching of participants and coordinators' times."""
        taken: dict[str, set[Slot]] = defaultdict(set)
        for planted in self.plan:
            for p in planted.participants:
                taken[p] |= set(planted.slots)
        can = {
            p: [
                (coordinator, (day, period))
                for coordinator, day, period in self._times(team)
                if day not in team.days[p] and (day, period) not in taken[p]
            ]
            for team in self.teams
            for p in team.members
        }
        held: dict[tuple[str, Slot], str] = {}
        for p in can:
            if not _augment(p, can, held, set()):
                raise RuntimeError(f"no time for a talk with {p}")
        self.plan += [
            Planted(day, period, 1, f"talk {self.number}", coordinator, frozenset({p}))
            for (coordinator, (day, period)), p in sorted(held.items())
        ]

    def _times(self, team: Team) -> Iterable[tuple[str, int, int]]:
        """Of whoever may talk with a team, those first that are taken first."""
        if self.talks == "first":
            return product(self.coordinators, range(5), range(7))
        mine = self.coordinators[self.teams.index(team) * len(self.coordinators) // len(self.teams)]
        who = [mine] if self.talks == "own" else self.coordinators
        return self._shuffled(product(who, range(5), range(7)))

    def _shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        return self.random.sample(found := list(things), len(found))

    # -- the rows around it -----------------------------------------------------------------------------------------

    def _rows(self) -> None:
        add = self.region.tables
        sites = [f"sted {self.number}.{i + 1}" for i in range(SITES)]
        add["places"] += [{"id": s, "name": s} for s in sites]
        add["rooms"] += [
            {"id": f"{s} lokale {i + 1}", "place": s, "seats": n} for s in sites for i, n in enumerate(ROOMS)
        ]
        for team in self.teams:
            for p in team.members:
                self._participant(team, p)
            for s in SUBJECTS:
                add["courses"].append(course(f"{s} {team.name}", team.site))
                add["takes"].append({"who": team.name, "course": f"{s} {team.name}"})
            add["takes"].append({"who": team.name, "course": f"talk {self.number}"})
        add["courses"].append({"id": f"talk {self.number}", "name": "Samtale", "kind": "talk", "lessons_per_week": 1})
        for teacher in [*(t for s in SUBJECTS for t in self.givers[s]), *self.coordinators]:
            self._teacher(teacher)

    def _participant(self, team: Team, p: str) -> None:
        add, random = self.region.tables, self.random
        add["participants"].append({"id": p, "label": f"Deltager {p}", "team": team.name, "languages": "ar da"})
        days = " ".join(DAYS[d] for d in team.days[p])
        for first, last in (("", "2027-04-11"), (CHANGE, "")):  # another class with the same days, maybe elsewhere
            at = random.choice(self.schools)
            class_row: Row = {"who": p, "title": "Sprogskole", "day": days, "from": "08:30", "to": "13:00"}
            row = {"place": at, "kind": "language_school", "valid_from": first, "valid_to": last}
            add["commitments"].append(class_row | row)
        if random.random() < 0.1:
            exam: Row = {"who": p, "from_date": "2027-05-12", "to_date": "", "from": "09:00", "to": "13:00"}
            add["absences"].append(exam | {"title": "PD2", "kind": "exam"})

    def _teacher(self, teacher: str) -> None:
        """Windows that hold what is planted, and a little more on some days."""
        add = self.region.tables
        add["teachers"].append({"id": teacher, "label": f"Underviser {teacher}"})
        mine = [w for w in self.plan if w.teacher == teacher]
        lessons: dict[str, int] = defaultdict(int)
        for w in mine:
            lessons[w.course] += w.periods
        for name in sorted(lessons):
            talk = name.startswith("talk")
            least = "" if talk else 2
            add["teaches"].append({"teacher": teacher, "course": name, "least": least, "most": lessons[name]})
        for day in range(5):
            periods = [p for w in mine for d, p in w.slots if d == day]
            if periods:
                first, last = BELLS[min(periods)], BELLS[min(6, max(periods) + self.random.randint(0, 2))]
                window: Row = {"from": first.split("-")[0], "to": last.split("-")[1], "kind": "free"}
                add["availability"].append({"who": teacher, "day": DAYS[day]} | window)
        if self.random.random() < 0.3:
            add["absences"].append({"who": teacher, "from_date": "2027-03-08", "to_date": "2027-03-12", "kind": "away"})


Time = tuple[str, Slot]  # a teacher's


def beside_it(slot: Slot) -> Slot:
    """The period of the same block: between the two there is no break, so nobody goes from one site to another."""
    day, period = slot
    return day, period + 1 if period in BLOCKS else period - 1


def _augment(p: str, can: dict[str, list[Time]], held: dict[Time, str], tried: set[Time]) -> bool:
    """Find a time for p, moving others where that helps."""
    for time in can[p]:
        if time not in tried:
            tried.add(time)
            if time not in held or _augment(held[time], can, held, tried):
                held[time] = p
                return True
    return False


def course(name: str, site: str) -> Row:
    """A subject of one team: three lessons a week as two and one."""
    hours: Row = {"lessons_per_week": 3, "fewest": 2, "most": 4, "sessions_per_week": 2, "shortest": 1, "longest": 2}
    return {"id": name, "name": name.split()[0].capitalize(), "kind": "lesson", **hours, "place": site}


def add_ways(region: Region, random: Random) -> None:
    """Minutes between places that somebody may have to go between: as far as they lie apart on a map.

    The sites of a municipality are within any break of each other.
    """
    places = [str(row["id"]) for row in region.tables["places"]]
    towns = {p: (random.uniform(0, 60), random.uniform(0, 60)) for p in sorted({town(p) for p in places})}
    at = {p: tuple(x + random.uniform(0, 7) for x in towns[town(p)]) for p in places}
    together = _places_of_each(region)
    for a, b in combinations(places, 2):
        if not any({a, b} <= hers for hers in together):
            continue
        minutes = 5 + round(((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5)
        region.tables["travel"].append({"from": a, "to": b, "minutes": minutes})


def _places_of_each(region: Region) -> set[frozenset[str]]:
    """Where each team with its language classes, and where each teacher, may have to be."""
    tables = region.tables
    site = {row["id"]: str(row.get("place", "")) for row in tables["courses"]}
    team = {row["id"]: row["team"] for row in tables["participants"]}
    found: dict[object, set[str]] = defaultdict(set)
    for row in tables["takes"]:
        found[row["who"]].add(site[row["course"]])
    for row in tables["commitments"]:
        found[team[row["who"]]].add(str(row["place"]))
    for row in tables["teaches"]:
        found[row["teacher"]].add(site[row["course"]])
    return set(map(frozenset, found.values()))


def town(place: str) -> str:
    """'sted 3.1' lies in 'sted 3'."""
    return place.split(".")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--teams", type=int, default=200)
    parser.add_argument("--municipalities", type=int, default=19)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    region = make_region(given.teams, given.municipalities, given.seed)
    region.write(given.folder)
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in region.tables.items())
    print(f"{counts}; {len(region.plan)} sessions planted")


if __name__ == "__main__":
    main()
