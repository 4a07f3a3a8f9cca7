"""OneTeacher: each teacher of a course beyond the first, for each participant."""

from agreement import agree, looks
from tiny import MON, P1, TUE, WED, course, demand, participant, spans, teacher, tiny

from skemaplan.rules.one_teacher import OneTeacher
from skemaplan.schedule import Schedule, Session

FACTS = tiny(
    {MON: P1, TUE: P1, WED: P1},
    [
        participant("A", {"mat": demand(90, sessions=2)}),
        participant("B", {"mat": demand(90, sessions=2), "eng": demand(0, cap=45)}),
    ],
    [
        teacher("U-ENG", "eng", busy={TUE: P1, WED: P1}),
        teacher("U-MAT", "mat", busy={TUE: P1}),
        teacher("U-MAT2", "mat", busy={MON: P1, WED: P1}),
        teacher("U-MAT3", "mat", busy={MON: P1, TUE: P1}),
    ],
    [course("mat"), course("eng")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0, ("one_teacher", "B"): 7},
)


def test_posted_and_looked_at_agree() -> None:
    agree(OneTeacher(), FACTS)


def met(*rows: tuple[str, int, str, str]) -> Schedule:
    """Rows of course, day, teacher, participants; at the first bell."""
    ((start, end),) = spans(P1)
    return Schedule(FACTS, {Session(d, start, end, c, t, "", 45): frozenset(who.split()) for c, d, t, who in rows})


def test_each_teacher_beyond_the_first_counts() -> None:
    assert looks([OneTeacher()], met(("mat", MON, "U-MAT", "A B"), ("mat", WED, "U-MAT", "A"))) == 0
    two = met(("mat", MON, "U-MAT", "A B"), ("mat", TUE, "U-MAT2", "A B"))
    assert looks([OneTeacher()], two) == 15 + 7
    three = met(("mat", MON, "U-MAT", "A"), ("mat", TUE, "U-MAT2", "A"), ("mat", WED, "U-MAT3", "A"))
    assert looks([OneTeacher()], three) == 30


def test_another_course_has_another_teacher() -> None:
    assert looks([OneTeacher()], met(("eng", MON, "U-ENG", "B"), ("mat", TUE, "U-MAT2", "B"))) == 0
