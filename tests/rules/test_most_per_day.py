"""MostPerDay: lessons a day, what is fixed counted in, even where what is fixed is already too much."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, fixed, participant, school, sitting, teacher, tiny

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


def test_what_is_fixed_takes_of_the_day_but_never_more_than_all_of_it() -> None:
    a_day_of_two = sitting(FACTS, ("mat", MON, f"{P2[:5]}-{P3[-5:]}", "C"))
    assert looks([MostPerDay()], a_day_of_two) == 0
    assert looks([MostPerDay()], sitting(FACTS, ("mat", MON, f"{P2[:5]}-{P3[-5:]}", "A"))) is None
    assert looks([MostPerDay()], sitting(FACTS, ("mat", MON, P2, "A B"))) == 0
    (breach,) = MostPerDay().breaches(sitting(FACTS, ("mat", TUE, P1, "A")))
    assert str(breach.text.facts["minutes"]) == "45 minutes"
