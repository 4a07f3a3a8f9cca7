"""TeacherMost: a teacher's own minutes of a course, taught once however many attend."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.teacher_most import TeacherMost

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45, cap=90)}),
        participant("B", {"mat": demand(90), "eng": demand(0, cap=45)}),
    ],
    [
        teacher("U-ENG", "eng", most=0, busy={MON: f"{P1} {P2}"}),
        teacher("U-MAT", "mat", most=90),
        teacher("U-MAT2", "mat", busy={MON: f"{P1} {P2}"}),
    ],
    [course("mat", longest=90, different_days=False), course("eng", largest=1)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(TeacherMost(), FACTS)


def test_what_is_taught_is_counted_once_however_many_attend() -> None:
    monday = ("mat", MON, f"{P1[:5]}-{P2[-5:]}", "A B")
    assert looks([TeacherMost()], sitting(FACTS, monday)) == 0
    assert looks([TeacherMost()], sitting(FACTS, monday, ("mat", TUE, P1, "A"))) is None
    assert looks([TeacherMost()], sitting(FACTS, ("eng", TUE, P1, "B"))) is None
