"""Availability: windows of participants, teachers and places, to the minute."""

from agreement import agree, looks
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, sitting, teacher, tiny

from skemaplan.rules.availability import Availability

FACTS = tiny(
    {MON: f"{P1} {P2} {P3}", TUE: P1},
    [
        participant("A", {"mat": demand(90)}, free={MON: "08:30-09:15 09:20-12:00"}),
        participant("B", {"mat": demand(90)}, free={MON: "08:00-10:15 10:45-12:00", TUE: ""}),
    ],
    [teacher("U-MAT", "mat", free={MON: "08:30-10:59"})],
    [course("mat", place="stob", longest=90)],
    places={"stob": {MON: "08:30-10:00", TUE: "08:30-09:15"}},
)
ONLINE = tiny(
    {MON: f"{P1} {P2}", TUE: P1},
    [participant("A", {"mat": demand()}, free={MON: "08:31-10:00"}), participant("B", {"mat": demand()})],
    [teacher("U-MAT", "mat")],
    [course("mat", place="stob", online=[MON])],
    places={"stob": {MON: "", TUE: "09:00-10:00"}},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Availability(), FACTS)


def test_what_is_online_needs_no_open_place() -> None:
    agree(Availability(), ONLINE)


def test_who_is_not_free_is_named() -> None:
    day = sitting(FACTS, ("mat", MON, P3, "A B"))
    assert [b.about for b in Availability().breaches(day)] == ["stob", "U-MAT", "B"]
    assert looks([Availability()], sitting(FACTS, ("mat", MON, P1, "A B"))) == 0
