"""PartOfDay: a session runs across short breaks, never across a long one."""

from agreement import agree
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, teacher, tiny

from skemaplan.rules.part_of_day import PartOfDay

FACTS = tiny(
    {MON: f"{P2} {P3} 11:21-12:06", TUE: f"{P1} 09:35-10:20"},
    [participant("A", {"mat": demand(90)}), participant("B", {"mat": demand(90, cap=135)})],
    [teacher("U-MAT", "mat")],
    [course("mat", shortest=90, longest=135)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(PartOfDay(), FACTS)
