"""GroupSize: smallest and largest group, day by day; a talk is one to one."""

from dataclasses import replace

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.group_size import GroupSize
from skemaplan.week import CourseDay

FACTS = tiny(
    {MON: P1, TUE: f"{P1} {P2}"},
    [
        participant("A", {"mat": demand(), "talk": demand(kind="talk")}),
        participant("B", {"mat": demand(), "talk": demand(kind="talk")}),
        participant("C", {"mat": demand()}),
    ],
    [teacher("U-MAT", "mat"), teacher("KOORD", "talk", busy={MON: P1, TUE: P1})],
    [course("mat", smallest=2, largest=2, online=[MON]), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("talk_beside", ""): 0},
)
FEW = tiny(
    {MON: P1, TUE: P1},
    [participant("A", {"mat": demand()}), participant("B", {"mat": demand(0, cap=45)})],
    [teacher("U-MAT", "mat")],
    [course("mat", smallest=3)],
)
ONE_ALONE = replace(
    FACTS,
    participants={
        **FACTS.participants,
        "A": replace(FACTS.participants["A"], own={("mat", TUE): CourseDay("", 45, 45, 1, 1)}),
        "C": replace(FACTS.participants["C"], own={("mat", TUE): CourseDay("", 45, 45, 3, None)}),
    },
)


def test_a_group_is_as_small_as_any_of_it_needs() -> None:
    agree(GroupSize(), ONE_ALONE)


def test_posted_and_looked_at_agree() -> None:
    agree(GroupSize(), FACTS)


def test_a_smallest_group_larger_than_the_team_is_never_held() -> None:
    agree(GroupSize(), FEW)
