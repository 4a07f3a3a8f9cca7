"""NeighbouringDays: each two days in a row with the same course; talks and weekends apart are all right."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, WED, course, demand, participant, sitting, teacher, tiny

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


def test_two_days_in_a_row_cost_and_a_day_between_does_not() -> None:
    assert looks([NeighbouringDays()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", TUE, P1, "A"))) == 15
    assert looks([NeighbouringDays()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", WED, P1, "A"))) == 0
    three = [("mat", day, P1, "A B") for day in (MON, TUE, WED)]
    assert looks([NeighbouringDays()], sitting(FACTS, *three)) == 2 * 15 + 2 * 9
    assert looks([NeighbouringDays()], sitting(FACTS, ("mat", MON, P1, "B"), ("eng", TUE, P1, "B"))) == 0
