"""Which room each session has: the usual one, the course's own, then the smallest that fits; and who is stuck."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from agreement import universe
from random_weeks import random_week
from tiny import MON, P1, P2, TUE, course, demand, participant, room, sitting, teacher, tiny

from skemaplan.dates import covers
from skemaplan.schedule import Schedule, Session
from skemaplan.seating import seat
from skemaplan.week import RoomWeek, WeekFacts, WeekLock

LONG = f"{P1[:5]}-{P2[-5:]}"
TAKES = {c: demand(90, sessions=2) for c in ("mat", "eng", "saf")}


def week(*rooms: RoomWeek) -> WeekFacts:
    return tiny(
        {MON: f"{P1} {P2}", TUE: f"{P1} {P2}"},
        [participant(p, {**TAKES, "talk": demand(kind="talk")}) for p in "ABCDE"],
        [teacher(f"U-{c}", c) for c in (*TAKES, "talk")],
        [*(course(c, place="stob", longest=90) for c in TAKES), course("talk", "talk", place="jobcenter")],
        rooms=rooms,
        places={"stob": {}, "jobcenter": {}},
    )


BIG, SMALL = room("lokale 1", "stob", 4), room("lokale 2", "stob", 2)


def rooms_of(schedule: Schedule) -> list[str]:
    """By session, in their order."""
    return [schedule.rooms.get(s, "") for s in schedule.sessions]


def test_the_smallest_room_that_fits() -> None:
    plan, stuck = seat(sitting(week(BIG, SMALL), ("eng", MON, P1, "A B C"), ("mat", MON, P2, "A B")))
    assert (rooms_of(plan), stuck) == (["lokale 1", "lokale 2"], ())


def test_a_course_keeps_to_one_room_where_it_can() -> None:
    three, two = ("mat", MON, P1, "A B C"), ("mat", TUE, P1, "A B")
    plan, _ = seat(sitting(week(BIG, SMALL), three, two))
    assert rooms_of(plan) == ["lokale 1", "lokale 1"]
    plan, _ = seat(sitting(week(BIG, SMALL), three, two, ("eng", TUE, P1, "C D E")))
    assert rooms_of(plan) == ["lokale 1", "lokale 1", "lokale 2"]


def test_the_usual_room_goes_before_all() -> None:
    plan = sitting(week(BIG, SMALL), ("mat", MON, P1, "A"), ("mat", TUE, P1, "A"))
    monday, tuesday = plan.sessions
    seated, stuck = seat(plan, {monday: "lokale 2", tuesday: "lokale 1"})
    assert (rooms_of(seated), stuck) == (["lokale 2", "lokale 1"], ())
    too_many = sitting(week(BIG, SMALL), ("mat", MON, P1, "A B C"))
    seated, _ = seat(too_many, {too_many.sessions[0]: "lokale 2"})
    assert rooms_of(seated) == ["lokale 1"]


def test_a_locked_room_is_kept() -> None:
    facts = replace(week(BIG, SMALL), locks=(WeekLock("A", "mat", MON, 510, "", "lokale 1"),))
    plan, _ = seat(sitting(facts, ("mat", MON, P1, "A"), ("eng", MON, P1, "B")))
    assert dict(zip((s.course for s in plan.sessions), rooms_of(plan), strict=True)) == {
        "mat": "lokale 1",
        "eng": "lokale 2",
    }


def test_it_looks_further_than_the_first_room() -> None:
    """The first session would like the room that alone is open for the second."""
    closes = room("lokale 2", "stob", 2, free={MON: "08:00-09:30"})
    plan, stuck = seat(sitting(week(BIG, closes), ("eng", MON, P1, "A B"), ("mat", MON, LONG, "C D")))
    assert (rooms_of(plan), stuck) == (["lokale 2", "lokale 1"], ())


def test_who_finds_no_room_is_stuck_and_other_days_are_not() -> None:
    plan, stuck = seat(
        sitting(
            week(SMALL), ("eng", MON, P1, "A"), ("mat", MON, LONG, "B"), ("mat", TUE, P1, "A"), ("talk", MON, P1, "C")
        )
    )
    assert {s.course for s in stuck} == {"eng", "mat"}
    assert {s.day for s in stuck} == {MON}
    assert {s.day for s in plan.rooms} == {TUE}


def test_where_there_are_no_rooms_none_is_needed() -> None:
    plan, stuck = seat(sitting(week(SMALL), ("talk", MON, P1, "A"), ("talk", MON, P1, "B")))
    assert (plan.rooms, stuck) == ({}, ())
    plan, stuck = seat(sitting(week(), ("mat", MON, P1, "A")))
    assert (plan.rooms, stuck) == ({}, ())


def fits(plan: Schedule, rooms: dict[Session, str]) -> bool:
    """Whether these rooms will do, by looking at each alone and at each two together."""
    facts = plan.facts
    alone = all(
        facts.rooms[r].place == s.place
        and facts.rooms[r].seats >= len(plan.attendance[s])
        and covers(facts.rooms[r].free[s.day], s.start, s.end)
        for s, r in rooms.items()
    )
    return alone and not any(
        a != b and rooms[a] == rooms[b] and a.day == b.day and a.start < b.end and b.start < a.end
        for a, b in product(rooms, repeat=2)
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_way_is_found_if_there_is_one(seed: int) -> None:
    facts = random_week(seed)
    rooms = (
        room("lokale 1", "stob", 1 + seed % 3, free={MON: "08:30-10:00"} if seed % 2 else {}),
        room("lokale 2", "stob", 1, free={TUE: "08:00-09:15"} if seed % 3 else {}),
    )
    facts = replace(facts, rooms={r.id: r for r in rooms}, locks=())

    for plan in list(universe(facts))[:60]:
        there = [s for s in plan.sessions if s.place == "stob"]
        ways = (dict(zip(there, way, strict=True)) for way in product(facts.rooms, repeat=len(there)))
        seated, stuck = seat(plan)
        assert bool(stuck) == (not any(fits(plan, way) for way in ways))
        if not stuck:
            assert set(seated.rooms) == set(there)
            assert fits(plan, dict(seated.rooms))
