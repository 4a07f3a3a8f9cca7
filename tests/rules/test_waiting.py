"""Waiting: holes between two things of a day, without the way and the bell table's own breaks."""

from agreement import agree, differences, looks
from tiny import MON, P1, P2, P3, P4, TUE, course, demand, fixed, participant, school, sitting, teacher, tiny

from skemaplan.rules.waiting import Waiting

TAKES = {"mat": demand(45), "talk": demand(45, kind="talk")}
FACTS = tiny(
    {MON: f"{P1} {P2} {P3} {P4}", TUE: P4},
    [
        participant("A", TAKES, has={TUE: [school(P1, "horsens"), fixed("09:30-10:00"), fixed("12:00-12:30")]}),
        participant("B", {"mat": demand(45)}, has={MON: [fixed("08:00-08:20", "horsens")]}, online=[("mat", TUE)]),
    ],
    [teacher("U-MAT", "mat", busy={MON: f"{P2} {P4}"}), teacher("KOORD", "talk", busy={TUE: P4, MON: f"{P1} {P2}"})],
    [course("mat", place="stob", different_days=False), course("talk", "talk", place="jobcenter")],
    places={"stob": {}, "jobcenter": {}, "horsens": {}},
    travel={("stob", "jobcenter"): 5, ("horsens", "stob"): 10, ("horsens", "jobcenter"): 10, ("online", "horsens"): 30},
    prices={("attendance_day", ""): 0, ("waiting", "B"): 2, ("language_day", ""): 0, ("talk_beside", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Waiting(), FACTS)


def test_nobody_walks_away_and_back_to_wait_less() -> None:
    facts = tiny(
        {MON: "08:30-09:15 09:15-10:00 10:00-10:45 10:45-11:30"},
        [
            participant("A", {"mat": demand(90, sessions=2), "talk": demand(kind="talk")}),
            participant("B", {"mat": demand()}),
        ],
        [teacher("U-MAT", "mat", busy={MON: "09:15-10:45"}), teacher("KOORD", "talk", busy={MON: P1})],
        [course("mat", place="stob", different_days=False), course("talk", "talk", place="jobcenter")],
        places={"stob": {}, "jobcenter": {}},
        travel={("stob", "jobcenter"): 5},
    )
    first = next(differences(Waiting(), facts), None)
    assert first is None, str(first)


def test_a_hole_counts_without_the_way_and_the_bells_own_break() -> None:
    one = ("mat", MON, P1, "A")
    assert looks([Waiting()], sitting(FACTS, one, ("mat", MON, P3, "A"))) == 60 - 15
    assert looks([Waiting()], sitting(FACTS, one, ("talk", MON, P3, "A"))) == 60 - 15 - 5
    assert looks([Waiting()], sitting(FACTS, one, ("mat", MON, P3, "B"))) == 2 * (10 * 60 + 15 - 500 - 10 - 15)
    assert looks([Waiting()], sitting(FACTS, ("mat", TUE, P4, "A"))) == 60 + 15  # after one fixed thing, before another
