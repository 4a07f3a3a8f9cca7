"""MostTaught: a course's minutes over all its teachers, taught once however many attend."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.most_taught import MostTaught

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45)}),
        participant("B", {"mat": demand(45), "eng": demand(45)}),
    ],
    [
        teacher("U-ENG", "eng", busy={MON: f"{P1} {P2}"}),
        teacher("U-MAT1", "mat"),
        teacher("U-MAT2", "mat", busy={MON: P2}),
    ],
    [course("mat", most_taught=45, different_days=False, largest=1), course("eng", largest=1)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(MostTaught(), FACTS)


def test_what_is_taught_is_counted_once_however_many_attend() -> None:
    assert looks([MostTaught()], sitting(FACTS, ("mat", MON, P1, "A B"), ("eng", TUE, P1, "B"))) == 0
    assert looks([MostTaught()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", TUE, P1, "B"))) is None
