"""MostDays: her own cap on days, those with something fixed counted in, even more fixed days than the cap."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, WED, course, demand, fixed, participant, school, sitting, teacher, tiny

from skemaplan.rules.most_days import MostDays

TAKES = {"mat": demand(45, cap=135, sessions=3)}
FACTS = tiny(
    {MON: P2, TUE: P1, WED: P1},
    [
        participant("A", TAKES, has={MON: [school(P1)]}, most_days=2),
        participant("B", TAKES, most_days=1),
        participant("C", TAKES, has={MON: [fixed(P1)], TUE: [fixed("12:00-13:00")]}, most_days=1),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat")],
    prices={(name, ""): 0 for name in ("attendance_day", "language_day", "neighbouring_days", "waiting")},
)


def test_posted_and_looked_at_agree() -> None:
    agree(MostDays(), FACTS)


def test_days_with_something_fixed_count_but_are_not_her_plans_fault() -> None:
    assert looks([MostDays()], sitting(FACTS, ("mat", MON, P2, "A B C"), ("mat", TUE, P1, "A C"))) == 0
    assert looks([MostDays()], sitting(FACTS, ("mat", TUE, P1, "A"), ("mat", WED, P1, "A"))) is None
    assert looks([MostDays()], sitting(FACTS, ("mat", WED, P1, "C"))) is None
    assert looks([MostDays()], sitting(FACTS, ("mat", MON, P2, "B"), ("mat", WED, P1, "B"))) is None
