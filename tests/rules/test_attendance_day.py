"""AttendanceDay: each day with a session beyond the language days; language days are free of charge."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, school, sitting, teacher, tiny

from skemaplan.rules.attendance_day import AttendanceDay

TAKES = {"mat": demand(45)}
FACTS = tiny(
    {MON: f"{P2} {P3}", TUE: f"{P1} {P2}"},
    [
        participant("A", TAKES, has={MON: [school(P1)], TUE: [fixed("09:15-12:00")]}),
        participant("B", TAKES, has={MON: [fixed(P1)]}),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat")],
    prices={("attendance_day", "B"): 25},
)


def test_posted_and_looked_at_agree() -> None:
    agree(AttendanceDay(), FACTS)


def test_each_day_costs_once_and_language_days_nothing() -> None:
    assert looks([AttendanceDay()], sitting(FACTS, ("mat", MON, P2, "A"), ("mat", TUE, P1, "A"))) == 60
    assert looks([AttendanceDay()], sitting(FACTS, ("mat", TUE, P1, "A B"), ("mat", TUE, P2, "B"))) == 60 + 25
    assert looks([AttendanceDay()], sitting(FACTS, ("mat", MON, P2, "B"), ("mat", TUE, P1, "B"))) == 50
