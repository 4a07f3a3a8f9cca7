"""Rooms: one room a session, open all the time, a seat for everyone; other places and online need none."""

from agreement import agree
from tiny import MON, P1, P2, TUE, course, demand, participant, room, teacher, tiny

from skemaplan.rules.rooms import Rooms

FACTS = tiny(
    {MON: P1, TUE: f"{P1} {P2}"},
    [
        participant("A", {"mat": demand(45)}),
        participant("B", {"mat": demand(45), "eng": demand(45)}),
        participant("C", {"mat": demand(45), "eng": demand(45)}),
    ],
    [teacher("U-ENG", "eng", busy={TUE: P1}), teacher("U-MAT", "mat", busy={TUE: P2})],
    [course("mat", place="stob"), course("eng", place="stob", online=[MON])],
    rooms=[room("lokale 1", "stob", 2), room("lokale 2", "stob", 1, free={TUE: "08:30-09:55"})],
    places={"stob": {}},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Rooms(), FACTS)
