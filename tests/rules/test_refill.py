"""Refill: nobody gets less than was left, and each lesson won back moves only so many attendances."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.refill import Refill

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
    [
        participant("A", {"mat": demand(0, cap=90, sessions=2)}),
        participant("B", {"mat": demand(0, cap=45), "eng": demand(0, cap=45)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: f"{P1} {P2}"}), teacher("U-MAT", "mat")],
    [course("mat"), course("eng")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0},
)
ORDINARY = sitting(FACTS, ("mat", MON, P1, "A B"), ("mat", TUE, P1, "A"), ("eng", TUE, P1, "B"))
KEPT = sitting(FACTS, ("mat", TUE, P1, "A"), ("eng", TUE, P1, "B"))


def test_posted_and_looked_at_agree() -> None:
    for moves in (0, 1, 2):
        agree(Refill(ORDINARY, KEPT, moves), FACTS)
