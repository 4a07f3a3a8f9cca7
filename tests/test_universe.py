"""The universe: the paths of a day are exactly the day plans without a clash, a skipped commitment or a lack of time.

No rule posts Clash, Commitments or Travel; what a day *is* belongs to the model. Here every way to fill a tiny week,
clashes and all, is held against the three.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from agreement import MOST_SCHEDULES, Posted, all_schedules, looks, universe
from random_weeks import random_week
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, school, teacher, tiny

from skemaplan.facts import ONLINE
from skemaplan.rules import UNIVERSE, WeekRule
from skemaplan.schedule import Schedule
from skemaplan.week import WeekFacts

PLACES: dict[str, dict[int, str]] = {"stob": {}, "jobcenter": {}, "horsens": {}}
MAT = {"mat": demand()}
BOTH = {"mat": demand(), "talk": demand(kind="talk")}
TRAVEL_TIMES = {("stob", "jobcenter"): 15, ("stob", "horsens"): 45, (ONLINE, "stob"): 20, (ONLINE, "horsens"): 30}

PLACES_AND_FIXED_THINGS = tiny(
    {MON: f"{P1} {P2} {P3}"},
    [
        participant("A", BOTH, has={MON: [school("07:00-08:29", "jobcenter"), fixed("10:15-10:30", "stob")]}),
        participant("B", MAT, has={MON: [school("07:00-08:15", "jobcenter"), fixed("11:15-12:00", "jobcenter")]}),
    ],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk", busy={MON: "08:00-09:15"})],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places=PLACES,
    travel=TRAVEL_TIMES,
)
ONE_OF_THEM_ONLINE = tiny(
    {MON: P1, TUE: "08:30-09:15 09:35-10:20"},
    [
        participant("A", BOTH, online=[("mat", TUE)], has={MON: [fixed("09:44-12:00", "horsens")]}),
        participant("B", MAT, has={TUE: [fixed("11:05-12:00", "horsens", title="eksamen", kind="exam")]}),
    ],
    [teacher("U-MAT", "mat", busy={TUE: "08:30-09:15", MON: P1}), teacher("KOORD", "talk", busy={TUE: "09:35-10:20"})],
    [course("mat", place="stob", online=[MON]), course("talk", "talk", place="stob")],
    places=PLACES,
    travel=TRAVEL_TIMES,
)
A_SHORT_CUT = tiny(  # the way over a third place is shorter than the way straight there
    {MON: f"{P1} {P2} 10:00-10:45"},
    [
        participant("A", BOTH, has={MON: [fixed("10:45-11:30", "horsens")]}),
        participant("B", {"talk": demand(kind="talk")}, has={MON: [fixed("08:00-08:30", "horsens")]}),
    ],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk")],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places=PLACES,
    travel={("stob", "horsens"): 100, ("stob", "jobcenter"): 0, ("jobcenter", "horsens"): 10},
)
A_LATE_TABLE = tiny(  # two fixed things without time for the way between: not ours, and no reason for no plan
    {MON: f"{P1} {P2}"},
    [
        participant("A", BOTH, has={MON: [school("07:00-08:30", "stob"), fixed("10:00-11:00", "horsens")]}),
        participant("B", BOTH, has={MON: [school("07:00-09:15", "horsens"), fixed("09:15-09:30", "stob")]}),
    ],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk", busy={MON: P1})],
    [course("mat", place="stob", longest=90), course("talk", "talk", place="")],
    places=PLACES,
    travel=TRAVEL_TIMES,
)
A_TEACHER_ON_THE_WAY = tiny(
    {MON: f"{P1} {P2} {P3}"},
    [participant("A", BOTH), participant("B", MAT)],
    [teacher("U-MAT", "mat", "talk")],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places=PLACES,
    travel=TRAVEL_TIMES,
)
WEEKS = {
    "places and fixed things": PLACES_AND_FIXED_THINGS,
    "one of them online": ONE_OF_THEM_ONLINE,
    "a short cut": A_SHORT_CUT,
    "a late table": A_LATE_TABLE,
    "a teacher on the way": A_TEACHER_ON_THE_WAY,
}


def assert_paths_are_day_plans(facts: WeekFacts) -> None:
    model = Posted(facts, ())
    for schedule in all_schedules(facts):
        posted, looked = model.price(schedule), looks(UNIVERSE, schedule)
        assert posted == looked, f"the solver says {posted}, a look says {looked}:\n{schedule}"


@pytest.mark.parametrize("facts", WEEKS.values(), ids=list(WEEKS))
def test_paths_are_exactly_the_day_plans(facts: WeekFacts) -> None:
    assert len(list(all_schedules(facts))) <= MOST_SCHEDULES
    assert_paths_are_day_plans(facts)


@pytest.mark.parametrize("seed", range(20))
def test_paths_are_exactly_the_day_plans_of_random_weeks(seed: int) -> None:
    assert_paths_are_day_plans(random_week(seed, bits=8))


@pytest.mark.parametrize("rule", UNIVERSE, ids=lambda r: r.name)
def test_each_of_the_three_is_needed(rule: WeekRule) -> None:
    others = [r for r in UNIVERSE if r is not rule]

    def only_this(schedules: Iterable[Schedule]) -> bool:
        return any(looks([rule], s) is None and looks(others, s) == 0 for s in schedules)

    assert any(only_this(all_schedules(facts)) for facts in WEEKS.values())


def test_the_universe_made_here_is_what_the_three_let_pass() -> None:
    for facts in WEEKS.values():
        let_pass = [s for s in all_schedules(facts) if not any(b for r in UNIVERSE for b in r.breaches(s))]
        assert [s.attendance for s in universe(facts)] == [s.attendance for s in let_pass]
