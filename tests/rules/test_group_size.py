"""GroupSize: smallest and largest group, day by day; a talk is one to one."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.group_size import GroupSize

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


def test_posted_and_looked_at_agree() -> None:
    agree(GroupSize(), FACTS)


def test_a_smallest_group_larger_than_the_team_is_never_held() -> None:
    agree(GroupSize(), FEW)
