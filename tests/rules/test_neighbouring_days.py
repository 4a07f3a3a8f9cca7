"""NeighbouringDays: each two days in a row with the same course; talks and weekends apart are all right."""

from agreement import agree
from tiny import MON, P1, P2, TUE, WED, course, demand, participant, teacher, tiny

from skemaplan.rules.neighbouring_days import NeighbouringDays

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1, WED: P1},
    [
        participant("A", {"mat": demand(90, sessions=2)}),
        participant("B", {"mat": demand(90, sessions=2), "eng": demand(45)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1, WED: P1}), teacher("U-MAT", "mat", busy={MON: P2})],
    [course("mat"), course("eng", different_days=False)],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", "B"): 9},
)


def test_posted_and_looked_at_agree() -> None:
    agree(NeighbouringDays(), FACTS)
