"""MadeUp: everyone keeps her week, and gets no more on top than she is owed and her week and its rooms take."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, room, school, sitting, teacher, tiny

from skemaplan.rules import MadeUp
from skemaplan.schedule import Schedule

FREE = dict.fromkeys((("attendance_day", ""), ("alone", ""), ("neighbouring_days", ""), ("target", "")), 0)
FACTS = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [
        participant("A", {"mat": demand(0, cap=135, sessions=3), "eng": demand(0, cap=45)}, has={TUE: [school(P2)]}),
        participant("B", {"mat": demand(0, cap=135, sessions=3)}),
    ],
    [teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
    [course("mat", different_days=False), course("eng")],
    prices=FREE,
    target=3,
    tolerance=0,
)
KEPT = sitting(FACTS, ("mat", MON, P1, "A"))
SMALL = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand(0, cap=90, sessions=2)}), participant("B", {"mat": demand(0, cap=45)})],
    [teacher("U-MAT", "mat")],
    [course("mat", place="stob", different_days=False)],
    rooms=[room("Lokale 1", "stob", 1), room("Lokale 2", "stob", 2)],
    places={"stob": {}},
    prices=FREE,
)


def test_posted_and_looked_at_agree() -> None:
    for owed in ({("A", "mat"): 45, ("A", "eng"): 45}, {("A", "mat"): 90, ("B", "mat"): 45}, {}):
        agree(MadeUp(KEPT, owed), FACTS)


def test_nothing_is_added_on_days_that_are_settled() -> None:
    agree(MadeUp(KEPT, {("A", "mat"): 90, ("B", "mat"): 90}, frozenset({MON})), FACTS)


def test_no_more_come_than_the_room_of_a_session_has_seats() -> None:
    there = sitting(SMALL, ("mat", MON, P1, "A"))
    for name in ("Lokale 1", "Lokale 2"):
        kept = Schedule(SMALL, there.attendance, dict.fromkeys(there.attendance, name))
        agree(MadeUp(kept, {("B", "mat"): 45}), SMALL)
