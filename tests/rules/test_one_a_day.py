"""OneADay: two sessions of a course on one day, where the course wants different days."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.one_a_day import OneADay

FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", {"mat": demand(90, sessions=2)}),
        participant("B", {"mat": demand(90, sessions=2), "eng": demand(90, sessions=2)}),
    ],
    [teacher("U-ENG", "eng", busy={MON: P1}), teacher("U-MAT", "mat", busy={MON: P3})],
    [course("mat"), course("eng", different_days=False, largest=1)],
    prices={("attendance_day", ""): 0, ("neighbouring_days", ""): 0},
)


def test_posted_and_looked_at_agree() -> None:
    agree(OneADay(), FACTS)


def test_twice_on_a_day_where_the_course_wants_different_days() -> None:
    assert looks([OneADay()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", MON, P2, "A"))) is None
    assert looks([OneADay()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", MON, P2, "B"))) == 0
    assert looks([OneADay()], sitting(FACTS, ("eng", MON, P2, "B"), ("eng", MON, P3, "B"))) == 0
