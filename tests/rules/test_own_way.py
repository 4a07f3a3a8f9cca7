"""OwnWay: other lengths for one who is online by herself, another place for one who is back before the others."""

from dataclasses import replace

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, room, teacher, tiny

from skemaplan.facts import ONLINE
from skemaplan.rules.own_way import OwnWay
from skemaplan.week import CourseDay

MAT = {"mat": demand(0, cap=90)}
FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        replace(participant("A", MAT), own={("mat", MON): CourseDay("", 90, 90, 1, None)}),
        participant("B", MAT),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat")],
)
BACK_BEFORE_THE_OTHERS = tiny(
    {MON: P1, TUE: P1},
    [
        replace(participant("A", MAT), own={("mat", d): CourseDay("stob", 45, 45, 1, None) for d in range(7)}),
        participant("B", {"mat": demand(0, cap=45)}),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat", place=ONLINE)],
    places={"stob": {}},
    rooms=[room("lokale", "stob", 5)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(OwnWay(), FACTS)


def test_who_is_back_before_the_others_sits_where_they_do_not() -> None:
    agree(OwnWay(), BACK_BEFORE_THE_OTHERS)
