"""TalkBeside: a talk next to one of her sessions, the way and the bell table's break allowed between."""

import pytest
from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.talk_beside import TalkBeside

FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", {"mat": demand(45), "talk": demand(45, kind="talk")}),
        participant("B", {"mat": demand(45), "talk": demand(45, kind="talk")}, online=[("mat", MON)]),
    ],
    [
        teacher("KOORD", "talk", busy={MON: P1, TUE: P1}),
        teacher("U-MAT", "mat", busy={MON: P2}),
        teacher("U-MAT2", "mat", busy={MON: f"{P1} {P2}", TUE: P1}),
    ],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    places={"stob": {}, "jobcenter": {}},
    travel={("stob", "jobcenter"): 5, ("online", "jobcenter"): 15, ("online", "stob"): 15},
    prices={("attendance_day", ""): 0, ("talk_beside", "A"): 4, ("alone", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(TalkBeside(), FACTS)


BESIDE = tiny(
    {MON: "08:30-09:15 09:15-10:00 10:15-11:00 11:00-11:45", TUE: P1},
    [
        participant("A", {"mat": demand(45), "talk": demand(45, kind="talk")}),
        participant("B", {"mat": demand(45), "talk": demand(45, kind="talk")}, online=[("mat", MON)]),
    ],
    [teacher("KOORD", "talk"), teacher("U-MAT", "mat")],
    [course("mat", place="stob"), course("talk", "talk", place="jobcenter")],
    travel={("stob", "jobcenter"): 15, ("online", "jobcenter"): 20},
)


@pytest.mark.parametrize(
    ("lesson", "talk", "who", "price"),
    [
        ((MON, P2), (MON, P3), "A", 0),  # 15 minutes of break, 15 minutes' way
        ((MON, P3), (MON, P2), "A", 0),
        ((MON, P1), (MON, P3), "A", 15),  # waiting
        ((MON, P1), (MON, P2), "A", 15),  # no time for the way
        ((MON, P2), (MON, P3), "B", 15),  # online herself: too far
        ((TUE, P1), (MON, P3), "A", 15),  # another day
    ],
)
def test_beside_is_with_nothing_but_the_way_or_a_break_between(
    lesson: tuple[int, str], talk: tuple[int, str], who: str, price: int
) -> None:
    day = sitting(BESIDE, ("mat", *lesson, who), ("talk", *talk, who))
    assert looks([TalkBeside()], day) == price


def test_a_talk_beside_another_talk_is_by_itself() -> None:
    assert looks([TalkBeside()], sitting(BESIDE, ("talk", MON, P1, "A"), ("talk", MON, P2, "A"))) == 30
