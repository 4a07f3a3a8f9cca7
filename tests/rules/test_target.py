"""Target: lessons begun outside target and tolerance, above and below, what is fixed counted in."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, fixed, participant, school, sitting, teacher, tiny

from skemaplan.rules.target import Target

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45, cap=135)}, has={TUE: [school("12:00-14:00", minutes=100)]}),
        participant("B", {"mat": demand(45, cap=135)}),
        participant("C", {"mat": demand(0)}, has={TUE: [fixed("12:00-14:00", minutes=225)]}),
    ],
    [teacher("U-MAT", "mat")],
    [course("mat", longest=90)],
    target=3,
    tolerance=1,
    prices={("attendance_day", ""): 0, ("language_day", ""): 0, ("waiting", ""): 0, ("target", "B"): 13},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Target(), FACTS)


def test_each_lesson_begun_outside_counts() -> None:
    over_by_ten_minutes, over_by_a_lesson = 20, 20
    always = over_by_a_lesson + 2 * 13  # C has 225 minutes of something fixed, and B nothing yet
    assert looks([Target()], sitting(FACTS)) == always
    assert looks([Target()], sitting(FACTS, ("mat", MON, P1, "A B"))) == always - 13
    assert looks([Target()], sitting(FACTS, ("mat", MON, f"{P1[:5]}-{P2[-5:]}", "A"))) == always + over_by_ten_minutes
