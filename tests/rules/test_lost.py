"""Lost: what the calendar takes of a session in the average week, for each who sits in it."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.candidates import candidates
from skemaplan.rules.lost import Lost

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(90)}), participant("B", {"mat": demand(45, cap=90)})],
    [teacher("U-MAT", "mat")],
    [course("mat", longest=90)],
    prices={("attendance_day", ""): 0, ("lost", "B"): 3},
)
MINUTES = {("A", s): 6 for s in candidates(FACTS) if s.day == MON} | {
    ("B", s): 5 for s in candidates(FACTS) if s.day == TUE
}


def test_posted_and_looked_at_agree() -> None:
    agree(Lost(MINUTES), FACTS)


def test_the_minutes_lost_are_the_price() -> None:
    assert looks([Lost(MINUTES)], sitting(FACTS, ("mat", MON, P1, "A B"))) == 6
    assert looks([Lost(MINUTES)], sitting(FACTS, ("mat", TUE, P1, "A B"))) == 3 * 5
