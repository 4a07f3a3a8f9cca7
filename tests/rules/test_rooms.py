"""Rooms: one room a session, open all the time, a seat for everyone; other places and online need none."""

from dataclasses import replace

from agreement import agree, differences, looks
from tiny import MON, P1, P2, TUE, WED, course, demand, participant, room, sitting, teacher, tiny

from skemaplan.rules.rooms import Rooms

FACTS = tiny(
    {MON: P1, TUE: P1, WED: P1},
    [
        participant("A", {"mat": demand(45)}),
        participant("B", {"mat": demand(45), "eng": demand(45)}),
        participant("C", {"eng": demand(45)}),
    ],
    [teacher("U-ENG", "eng"), teacher("U-MAT", "mat", busy={WED: P1})],
    [course("mat", place="stob"), course("eng", place="stob", online=[WED])],
    rooms=[room("lokale 1", "stob", 1), room("lokale 2", "stob", 2, free={MON: "08:30-09:15", TUE: "09:00-10:00"})],
    places={"stob": {}},
)


def test_posted_and_looked_at_agree() -> None:
    agree(Rooms(), FACTS)


ONE_CLOSES = tiny(
    {MON: f"{P1} {P2}"},
    [participant("A", {"mat": demand(90, sessions=2)}), participant("B", {"eng": demand(45), "talk": demand()})],
    [teacher("KOORD", "talk", busy={MON: P1}), teacher("U-ENG", "eng"), teacher("U-MAT", "mat")],
    [course("mat", place="stob"), course("eng", place="stob", largest=1), course("talk", "talk", place="jobcenter")],
    rooms=[room("lokale 1", "stob", 2), room("lokale 2", "stob", 2, free={MON: P1})],
    places={"stob": {}, "jobcenter": {}},
    prices={("attendance_day", ""): 0, ("alone", ""): 0, ("talk_beside", ""): 0},
)


def test_a_room_that_closes_when_a_session_starts_is_closed_to_it() -> None:
    first = next(differences(Rooms(), ONE_CLOSES), None)
    assert first is None, str(first)


def test_who_needs_a_room_and_has_none_is_named() -> None:
    facts = ONE_CLOSES
    assert looks([Rooms()], sitting(facts, ("talk", MON, P2, "B"))) == 0
    assert looks([Rooms()], sitting(facts, ("mat", MON, P2, "A"))) is None
    one = sitting(facts, ("mat", MON, P2, "A"))
    assert looks([Rooms()], replace(one, rooms={one.sessions[0]: "lokale 1"})) == 0
    assert looks([Rooms()], replace(one, rooms={one.sessions[0]: "lokale 2"})) is None
    two = sitting(facts, ("mat", MON, P1, "A"), ("eng", MON, P1, "B"))
    assert looks([Rooms()], replace(two, rooms=dict.fromkeys(two.sessions, "lokale 1"))) is None
