"""Circles that negotiate for teachers' times: who can do without one goes elsewhere, and in the end nobody collides."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping

import pytest
from tiny import MON, P1, P2, TUE, course, demand, participant, room, school, sitting, teacher, tiny
from towns import town

from skemaplan.around import alone
from skemaplan.circles import People, circles
from skemaplan.free import collide
from skemaplan.planning.negotiating import Charges, Negotiation
from skemaplan.rules import MUSTS, STANDARD, UNIVERSE
from skemaplan.schedule import Schedule, Session
from skemaplan.solving import Effort, verify
from skemaplan.together import Charged, one_to_one
from skemaplan.week import RoomWeek, WeekFacts

LITTLE = Effort(deterministic=1.0)


def negotiation(facts: WeekFacts) -> Negotiation:
    def plan(charges: Mapping[People, Charges]) -> Mapping[People, Schedule | None]:
        return {
            c: Charged(alone(facts, c), tuple(r.among(c) for r in STANDARD)).plan(due, LITTLE).schedule
            for c, due in charges.items()
        }

    return Negotiation(facts, circles(facts), plan)


def negotiated(facts: WeekFacts) -> Mapping[People, Schedule]:
    return negotiation(facts).all_agree(0, lambda: False)


def lessons(weeks: Mapping[People, Schedule]) -> dict[Session, frozenset[str]]:
    return {
        s: who
        for week in weeks.values()
        for s, who in week.attendance.items()
        if s.course not in one_to_one(week.facts)
    }


def two_teams(bells: Mapping[int, str], rooms: Iterable[RoomWeek] = (), teachers: str = "U U") -> WeekFacts:
    """Teams with one teacher, or two. B has language school on Tuesday: a lesson then would cost her much."""
    people = [
        participant("A", {"a": demand()}),
        participant("B", {"b": demand()}, has={TUE: [school("12:00-13:00")]}),
    ]
    courses = [course("a", place="x"), course("b", place="x")]
    one, other = teachers.split()
    givers = [teacher(one, "a"), teacher(other, "b")] if one != other else [teacher(one, "a", "b")]
    return tiny(bells, people, givers, courses, rooms=rooms, places={"x": {}}, prices={})


def test_who_has_it_as_good_elsewhere_leaves_the_time_to_the_other() -> None:
    weeks = negotiated(two_teams({MON: P1, TUE: P1}))
    assert {(s.course, s.day) for s in lessons(weeks)} == {("a", TUE), ("b", MON)}


def test_whom_the_other_has_made_way_for_is_not_planned_again() -> None:
    facts = two_teams({MON: P1, TUE: P1})
    a, b = sorted(circles(facts), key=min)
    on = {d: {a: sitting(facts, ("a", d, P1, "A")), b: sitting(facts, ("b", d, P1, "B"))} for d in (MON, TUE)}
    asked: list[People] = []

    def plan(charges: Mapping[People, Charges]) -> Mapping[People, Schedule | None]:
        day = TUE if asked else MON
        asked.extend(charges)
        return {c: on[day][c].of_these(c) for c in charges}

    weeks = Negotiation(facts, [a, b], plan).all_agree(0, lambda: False)
    assert {s.day for s in lessons(weeks)} == {MON, TUE}
    assert len(asked) == 3


def test_others_give_way_to_one_if_they_can() -> None:
    facts = two_teams({MON: P1, TUE: P1})
    was = sitting(facts, ("a", MON, P1, "A"), ("b", TUE, P1, "B"))
    weeks = {c: was.of_these(c) for c in circles(facts)}
    a, b = sorted(weeks, key=min)
    found = negotiation(facts).give_way(weeks, b, 0, lambda: False)
    assert {(s.course, s.day) for s in lessons(found)} == {("a", TUE), ("b", MON)}
    one_time = two_teams({MON: P1})
    weeks = {a: sitting(one_time, ("a", MON, P1, "A")).of_these(a), b: Schedule(one_time, {})}
    assert not negotiation(one_time).give_way(weeks, b, 0, lambda: False)


def test_a_room_is_fought_over_too() -> None:
    facts = two_teams({MON: P1, TUE: P1}, [room("r", "x", 5)], "U V")
    assert {(s.course, s.day) for s in lessons(negotiated(facts))} == {("a", TUE), ("b", MON)}


def test_where_there_is_time_for_one_only_it_ends_all_the_same() -> None:
    weeks = negotiated(two_teams({MON: P1}))
    assert len(weeks) == 2
    assert len(lessons(weeks)) == 2


def test_the_way_counts() -> None:
    """Two lessons in a row at places half an hour from each other are none for one teacher."""
    people = [participant("A", {"a": demand()}), participant("B", {"b": demand()})]
    courses = [course("a", place="here"), course("b", place="there")]
    bells = {MON: f"{P1} {P2}", TUE: P1}
    travel, places = {("here", "there"): 30}, ("here", "there")
    givers = [teacher("U", "a", "b")]
    facts = tiny(bells, people, givers, courses, travel=travel, places={place: {} for place in places})
    assert len({s.day for s in lessons(negotiated(facts))}) == 2


@pytest.mark.parametrize("seed", range(10))
def test_a_week_asked_for_again_is_that_of_a_new_model(seed: int) -> None:
    """So the plan is the same with workers elsewhere, who build their own."""
    facts = town(seed)
    for circle in circles(facts):
        week = Charged(alone(facts, circle), tuple(r.among(circle) for r in STANDARD))
        first = week.plan({}, LITTLE).schedule
        due = dict.fromkeys(first.sessions, 100) if first else {}
        again, elsewhere = week.plan(due, LITTLE), pickle.loads(pickle.dumps(week)).plan(due, LITTLE)
        assert str(again.schedule) == str(elsewhere.schedule)
        assert again.deterministic == elsewhere.deterministic


@pytest.mark.parametrize("seed", range(30))
def test_every_circle_has_a_week_and_without_collisions_they_can_be_beside_each_other(seed: int) -> None:
    facts = town(seed)
    weeks, again = negotiated(facts), negotiated(facts)
    assert [str(w) for w in weeks.values()] == [str(w) for w in again.values()]
    assert set(weeks) == set(circles(facts))
    for week in weeks.values():
        broken = {b.rule for b in verify(Schedule(week.facts, lessons({frozenset(): week})), [*UNIVERSE, *MUSTS])}
        assert broken <= {"alone", "group_size", "rooms", "together", "apart"}
    found = sorted(lessons(weeks))
    if not any(collide(facts, a, b) for i, a in enumerate(found) for b in found[:i]):
        teachers = Schedule(facts, lessons(weeks))
        assert not [b for b in verify(teachers, UNIVERSE) if b.about in facts.teachers]
