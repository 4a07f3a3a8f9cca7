"""Talks as a matching: beside given lessons nothing that CP-SAT finds is better, and no must is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from random_weeks import random_week
from tiny import MON, P1, P2, P3, TUE, course, demand, participant, room, school, sitting, teacher, tiny
from towns import town

from skemaplan.rules import MUSTS, STANDARD, UNIVERSE, Frozen
from skemaplan.rules.frozen import EVERY_DAY
from skemaplan.rules.teacher_least import TeacherLeast
from skemaplan.schedule import Schedule
from skemaplan.solving import Effort, price_of, solve, verify
from skemaplan.talks import give_talks
from skemaplan.together import one_to_one
from skemaplan.week import WeekFacts

TALK = demand(kind="talk")


def with_lessons_only(facts: WeekFacts) -> Schedule | None:
    """The lessons of a good week, in which no rule binds two people."""
    found = solve(facts, STANDARD, effort=Effort(deterministic=2)).schedule
    talks = one_to_one(facts)
    there = {s: who for s, who in found.attendance.items() if s.course not in talks} if found else None
    return None if there is None else Schedule(facts, there)


@pytest.mark.parametrize("seed", range(60))
def test_no_way_to_give_out_the_talks_is_better(seed: int) -> None:
    facts = random_week(seed) if seed % 2 else town(seed)
    facts = replace(facts, pairs=(), locks=(), rooms={})
    lessons, talks = with_lessons_only(facts), one_to_one(facts)
    wanted = [sum(d.sessions for c, d in p.demands.items() if c in talks) for p in facts.participants.values()]
    if lessons is None or max(wanted) > 1:  # what two talks of one are worth together is not asked
        return
    rules = [rule for rule in STANDARD if not isinstance(rule, TeacherLeast)]
    given = give_talks(lessons, rules)
    assert {s: who for s, who in given.attendance.items() if s.course not in talks} == lessons.attendance
    assert not list(verify(given, [*UNIVERSE, *MUSTS]))
    stays = Frozen(lessons, EVERY_DAY, dict.fromkeys(facts.participants, talks))
    best = solve(facts, [*rules, stays]).schedule
    assert best is not None
    assert price_of(given, rules) == price_of(best, rules)


def test_a_talk_goes_to_whom_it_costs_least() -> None:
    """Both could talk right after the lesson; B has language school until then, and could later too."""
    people = [
        participant("A", {"mat": demand(), "talk": TALK}),
        participant("B", {"mat": demand(), "talk": TALK}, has={TUE: [school("08:30-10:00")]}),
    ]
    bells = {MON: f"{P1} {P2}", TUE: f"{P1} {P2} {P3}"}
    free = {MON: "09:15-10:00", TUE: "10:15-11:00"}
    teachers = [teacher("U", "mat"), teacher("K", "talk", free={d: free.get(d, "") for d in range(7)})]
    week = tiny(bells, people, teachers, [course("mat"), course("talk", "talk")], prices={})
    given = give_talks(sitting(week, ("mat", MON, P1, "A B")), STANDARD)
    assert {(s.day, *who) for s, who in given.attendance.items() if s.course == "talk"} == {(MON, "A"), (TUE, "B")}


def test_a_talk_in_a_place_with_rooms_is_given_out_too() -> None:
    people = [participant("A", {"talk": TALK})]
    courses, rooms = [course("talk", "talk", place="x")], [room("r", "x", 4)]
    week = tiny({MON: P1}, people, [teacher("K", "talk")], courses, places={"x": {}}, rooms=rooms)
    assert len(give_talks(Schedule(week, {}), STANDARD).attendance) == 1


def test_there_are_no_more_talks_than_hours_for_them() -> None:
    people = [participant(p, {"talk": TALK}) for p in "ABC"]
    week = tiny({MON: f"{P1} {P2} {P3}"}, people, [teacher("K", "talk", most=90)], [course("talk", "talk")])
    given = give_talks(Schedule(week, {}), STANDARD)
    assert len(given.attendance) == 2
    assert not list(verify(given, [*UNIVERSE, *MUSTS]))


def test_a_coordinator_has_time_for_the_way() -> None:
    """Two places half an hour from each other: of two talks in a row only one can be given."""
    people = [participant("A", {"a": TALK}), participant("B", {"b": TALK})]
    courses = [course("a", "talk", place="here"), course("b", "talk", place="there")]
    travel, places = {("here", "there"): 30}, ("here", "there")
    givers = [teacher("K", "a", "b")]
    week = tiny({MON: f"{P1} {P2}"}, people, givers, courses, travel=travel, places={place: {} for place in places})
    given = give_talks(Schedule(week, {}), STANDARD)
    assert len(given.attendance) == 1
    assert not list(verify(given, [*UNIVERSE, *MUSTS]))


def test_who_wants_several_talks_has_them_one_after_the_other() -> None:
    people = [participant("A", {"a": TALK, "b": TALK})]
    courses = [course("a", "talk"), course("b", "talk")]
    week = tiny({MON: f"{P1} {P2}"}, people, [teacher("K", "a"), teacher("L", "b")], courses)
    given = give_talks(Schedule(week, {}), STANDARD)
    assert len(given.attendance) == 2
    assert not list(verify(given, [*UNIVERSE, *MUSTS]))
