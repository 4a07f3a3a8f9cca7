"""PartOfDay: a session runs across short breaks, never across a long one."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.part_of_day import PartOfDay

FACTS = tiny(
    {MON: f"{P2} {P3} 11:21-12:06", TUE: f"{P1} 09:35-10:20"},
    [participant("A", {"mat": demand(90)}), participant("B", {"mat": demand(90, cap=135)})],
    [teacher("U-MAT", "mat")],
    [course("mat", shortest=90, longest=135)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(PartOfDay(), FACTS)


def test_across_a_break_of_twenty_minutes_and_no_longer() -> None:
    assert looks([PartOfDay()], sitting(FACTS, ("mat", TUE, "08:30-10:20", "A"))) == 0
    assert looks([PartOfDay()], sitting(FACTS, ("mat", MON, f"{P2[:5]}-{P3[-5:]}", "A"))) == 0
    assert looks([PartOfDay()], sitting(FACTS, ("mat", MON, f"{P3[:5]}-12:06", "A"))) is None
