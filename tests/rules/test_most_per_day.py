"""MostPerDay: lessons a day, what is fixed counted in, even where what is fixed is already too much."""

from agreement import agree
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, school, teacher, tiny

from skemaplan.rules.most_per_day import MostPerDay

TAKES = {"mat": demand(90)}
FACTS = tiny(
    {MON: f"{P2} {P3}", TUE: f"{P1} {P2}"},
    [
        participant("A", TAKES, has={MON: [school(P1)], TUE: [fixed("12:00-14:00", minutes=120)]}, most_per_day=90),
        participant("B", TAKES, most_per_day=45),
        participant("C", TAKES),
    ],
    [teacher("U-MAT", "mat", busy={TUE: P2})],
    [course("mat", longest=90)],
    prices={("attendance_day", ""): 0, ("language_day", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(MostPerDay(), FACTS)
