"""TeacherHole: minutes that a teacher waits, in one place or between places, without the way and the bells' breaks."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, P4, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.teacher_hole import TeacherHole

FACTS = tiny(
    {MON: f"{P1} {P2} {P3} {P4}", TUE: P3},
    [
        participant("A", {"mat": demand(45), "talk": demand(45, kind="talk")}),
        participant("B", {"mat": demand(45)}),
    ],
    [
        teacher("U-MAT", "mat", busy={TUE: "11:30-12:00"}),
        teacher("KOORD", "talk", busy={MON: P1, TUE: P3}),
    ],
    [course("mat", place="stob", different_days=False), course("talk", "talk", place="jobcenter")],
    places={"stob": {}, "jobcenter": {}},
    travel={("stob", "jobcenter"): 5},
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("teacher_hole", ""): 1, ("teacher_hole", "KOORD"): 2},
)


def test_posted_and_looked_at_agree() -> None:
    agree(TeacherHole(), FACTS)


def test_a_hole_counts_without_the_bells_own_break() -> None:
    assert looks([TeacherHole()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", MON, P2, "B"))) == 0
    assert looks([TeacherHole()], sitting(FACTS, ("mat", MON, P1, "A"), ("mat", MON, P3, "B"))) == 45
    assert looks([TeacherHole()], sitting(FACTS, ("mat", MON, P2, "A"), ("mat", MON, P3, "A"))) == 0
    assert looks([TeacherHole()], sitting(FACTS, ("mat", TUE, P3, "A"))) == 30  # before something fixed
    assert looks([TeacherHole()], sitting(FACTS, ("talk", MON, P2, "A"), ("talk", MON, P4, "A"))) == 2 * 45
