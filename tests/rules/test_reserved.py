"""Reserved: lessons begun in time that a participant has reserved; breaks inside a session are no lessons."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.reserved import Reserved

FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", {"mat": demand(90)}, reserved={MON: "08:00-10:16", TUE: "09:15-10:00"}),
        participant("B", {"mat": demand(90), "talk": demand(45, kind="talk")}, reserved={MON: "10:45-11:30", TUE: P1}),
    ],
    [teacher("KOORD", "talk", busy={MON: f"{P1} {P2}"}), teacher("U-MAT", "mat")],
    [course("mat", longest=135), course("talk", "talk")],
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("neighbouring_days", ""): 0, ("reserved", "B"): 11},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Reserved(), FACTS)


def test_a_lesson_begun_counts() -> None:
    assert looks([Reserved()], sitting(FACTS, ("mat", MON, P1, "A B"))) == 60
    assert looks([Reserved()], sitting(FACTS, ("mat", MON, P3, "A"))) == 60  # one minute of it
    assert looks([Reserved()], sitting(FACTS, ("mat", MON, P3, "B"), ("talk", TUE, P1, "B"))) == 22
    assert looks([Reserved()], sitting(FACTS, ("mat", TUE, P1, "A"))) == 0


def test_a_break_inside_a_session_is_no_lesson() -> None:
    assert looks([Reserved()], sitting(FACTS, ("mat", MON, "08:30-11:00", "A"))) == 3 * 60
    assert looks([Reserved()], sitting(FACTS, ("mat", MON, "09:15-11:00", "A"))) == 2 * 60
