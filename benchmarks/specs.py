"""What is measured: frozen specs, each a name, how it is built from a size and a seed, and its sizes.

A seed shuffles people and courses, which no encoding may profit from; where tables are drawn, it draws them too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.make_borders import make_borders
from benchmarks.make_region import MUNICIPALITY, REGION, Region, make_region
from benchmarks.make_shared import make_shared
from benchmarks.make_tight import make_tight
from benchmarks.shortages import short_week
from skemaplan import read
from skemaplan.dates import Week
from skemaplan.problem import Problem
from skemaplan.unroll import teaching_weeks, week_facts
from skemaplan.week import WeekFacts

CASE = Path(__file__).parents[1] / "examples" / "de-internationale"
Build = Callable[[int, int], WeekFacts]
Named = TypeVar("Named")


@dataclass(frozen=True)
class Spec:
    """A week to plan: `build` makes its facts from a size and a seed.

    `seconds` is what each run may take. `peers`: whether others plan it too; what is larger than a team is ours alone.
    """

    name: str
    build: Build
    sizes: tuple[int, ...] = (1,)
    seconds: float = 30.0
    peers: bool = True


def case(week: str) -> Build:
    """A week of the case; there is one size of it."""
    return lambda _, seed: shuffled(week_facts(read(CASE), Week.parse(week), standing=True), seed)


def grid(step: int, seed: int) -> WeekFacts:
    """The case's ordinary week without bells: a lesson may begin every so many minutes."""
    problem = read(CASE)
    day = {"day_start": 8 * 60 + 30, "day_end": 14 * 60 + 45}
    settings = replace(problem.settings, start_step=step, **day)  # type: ignore[arg-type]
    return shuffled(week_facts(replace(problem, settings=settings, periods=()), Week(2020, 6), standing=True), seed)


def shared(people: int, seed: int) -> WeekFacts:
    """So many people who share three teachers."""
    return shuffled(week_of(make_shared(people)), seed)


def tight(number: int, seed: int) -> WeekFacts:
    """A team whose teachers are there when a hidden plan has them, and at no other time."""
    return shuffled(week_of(make_tight(number)), seed)


def short(number: int, seed: int) -> WeekFacts:
    """A week of the case from which so much is taken that not everything fits."""
    return shuffled(short_week(number), seed)


def town(teams: int, seed: int) -> WeekFacts:
    """So many teams with few teachers: coordinators have hardly an hour that is no talk's."""
    return week_of(make_region(teams, 1, seed))


def municipality(teams: int, seed: int) -> WeekFacts:
    """So many teams with as many people and teachers as the domain counts for twelve: 86 people, 19 teachers."""
    return week_of(make_region(teams, 1, seed, 86 / 12, MUNICIPALITY))


def borders(teams: int, seed: int) -> WeekFacts:
    """Municipalities of three teams, whose teachers help each other out across the border."""
    return week_of(make_borders(teams, teams // 3, seed))


def region(teams: int, seed: int) -> WeekFacts:
    """So many teams, as many people, teachers and municipalities as the domain counts for 200.

    One teacher in thirteen also has hours across a border.
    """
    return week_of(make_borders(teams, round(teams * 19 / 200), seed, REGION))


def week_of(made: Region) -> WeekFacts:
    """The first ordinary week of generated tables, read as a user's are."""
    with TemporaryDirectory() as folder:
        made.write(Path(folder))
        problem: Problem = read(folder)
        return week_facts(problem, teaching_weeks(problem)[0], standing=True)


def shuffled(facts: WeekFacts, seed: int) -> WeekFacts:
    """The same week with people and courses in another order (0: as it is)."""
    random = Random(seed)

    def order(rows: Mapping[str, Named]) -> dict[str, Named]:
        return dict(random.sample(list(rows.items()), len(rows)) if seed else rows)

    return replace(
        facts,
        participants=order(facts.participants),
        teachers=order(facts.teachers),
        courses=order(facts.courses),
    )


SPECS = (
    Spec("case-ordinary", case("2020-W06")),
    Spec("case-online", case("2020-W12")),
    Spec("case-short-of-math", case("2020-W24")),
    Spec("case-july", case("2020-W28")),
    Spec("grid", grid, (30, 15)),
    Spec("tight", tight, (1, 2, 3)),
    Spec("short", short, (1, 2, 3)),
    Spec("shared", shared, (5, 10)),
    Spec("shared", shared, (20, 40), seconds=120.0, peers=False),
    Spec("apart", lambda teams, seed: week_of(make_region(teams, teams, seed)), (40,), 120.0, peers=False),
    Spec("municipality", municipality, (12,), 120.0, peers=False),
    Spec("town", town, (12,), 120.0, peers=False),
    Spec("borders", borders, (12,), 120.0, peers=False),
    Spec("region", region, (200,), 1200.0, peers=False),
)
LARGE = {spec.name: spec for spec in SPECS if not spec.peers}  # of more than a team
