"""Owed: as much as can be of what earlier weeks lost, and rather for her who is owed the most."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules import Owed
from skemaplan.rules.owed import MUCH

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(0, cap=90, sessions=2), "eng": demand(0, cap=45)}),
        participant("B", {"mat": demand(0, cap=90, sessions=2)}),
    ],
    [teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
    [course("mat"), course("eng")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0},
)
KEPT = sitting(FACTS, ("mat", MON, P1, "A"))


def test_posted_and_looked_at_agree() -> None:
    for owed in ({("A", "mat"): 45, ("B", "mat"): 90}, {("A", "eng"): 135, ("A", "mat"): 90}):
        agree(Owed(KEPT, owed), FACTS)


def test_a_minute_counts_more_for_her_who_is_owed_more() -> None:
    rule = Owed(KEPT, {("A", "mat"): 45, ("A", "eng"): 90, ("B", "mat"): 45})
    assert (rule.weight("A"), rule.weight("B")) == (MUCH + 3, MUCH + 1)
