"""BaseTime: sessions off the times that the weeks before have for the same person and course."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.base_time import BaseTime

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45, cap=90), "eng": demand()}),
        participant("B", {"mat": demand(45, cap=90)}),
    ],
    [teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
    [course("mat", longest=90), course("eng")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0, ("base_time", "B"): 11},
)
BASE = sitting(FACTS, ("mat", MON, P1, "A B"), ("eng", TUE, P1, "A"))
EARLIER = sitting(FACTS, ("mat", TUE, P1, "B"))


def test_posted_and_looked_at_agree() -> None:
    agree(BaseTime((BASE, EARLIER)), FACTS)


def test_a_time_that_stays_for_three_weeks_costs_a_third_in_each() -> None:
    agree(BaseTime((BASE,), weeks=3), FACTS)
    off = sitting(FACTS, ("mat", MON, P2, "A B"))
    assert looks([BaseTime((BASE,), weeks=3)], off) == 10 + 4
