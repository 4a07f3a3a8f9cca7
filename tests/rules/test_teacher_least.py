"""TeacherLeast: what a teacher should give and doesn't, counted once however many attend."""

from agreement import agree, looks
from tiny import MON, P1, P2, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.teacher_least import TeacherLeast

FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(45, cap=90)}),
        participant("B", {"mat": demand(0, cap=90)}),
    ],
    [teacher("U-MAT", "mat", least=90), teacher("U-MAT2", "mat", least=30, busy={MON: P1})],
    [course("mat", longest=90)],
)


def test_posted_and_looked_at_agree() -> None:
    agree(TeacherLeast(), FACTS)


def test_what_is_short_is_the_price() -> None:
    assert looks([TeacherLeast()], sitting(FACTS)) == 90 + 30
    assert looks([TeacherLeast()], sitting(FACTS, ("mat", MON, P1, "A B"))) == 45 + 30
