"""Modes in whole plans: one person online by herself, and one team back before the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from terms import MONDAY, term

from skemaplan.attending import shortest_session
from skemaplan.counting import shortages
from skemaplan.dates import Week
from skemaplan.facts import ONLINE, Lock, Mode, Period, Place, Room
from skemaplan.locked import impossible_locks
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.change import replan
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.publishing.slots import slots_by_person
from skemaplan.schedule import TermPlan
from skemaplan.unroll import week_facts

LAST = MONDAY + timedelta(days=20)
FIRST = Week.of(MONDAY)


def mode(kind: str = ONLINE, first: date = MONDAY, **more: object) -> Mode:
    return Mode(from_date=first, to_date=LAST, mode=kind, **more)  # type: ignore[arg-type]


def at_a_place(*modes: Mode) -> Problem:
    """The tiny term with its math at a place with one room, where nobody has anything else; long bells."""
    problem = term(3)
    courses = tuple(replace(c, place="stob") if c.id == "mat" else c for c in problem.courses)
    return replace(
        problem,
        courses=courses,
        places=(Place(id="stob", name="Støberiet", link="https://stob.example"),),
        rooms=(Room(id="lokale", place="stob", seats=5),),
        modes=modes,
    )


def of(made: TermPlan, p: str, course: str = "mat", week: Week = FIRST) -> list[tuple[int, str]]:
    return [(s.minutes, s.place) for s in made.weeks[week].schedule.of(p, course)]


def test_one_has_half_an_hour_by_herself_online_and_the_others_their_lesson() -> None:
    problem = at_a_place(mode(who="A", course="mat", wanted=30, shortest=30, longest=30, largest_group=1))
    made = plan(problem)
    assert not list(verify_plan(made))
    assert (of(made, "A"), of(made, "B")) == ([(30, "stob")], [(45, "stob")])
    (hers,) = made.weeks[FIRST].schedule.of("A", "mat")
    assert made.weeks[FIRST].schedule.attendance[hers] == {"A"}
    slots = slots_by_person(made)
    assert {s.mode for s in slots["A"] if s.key == "mat"} == {ONLINE}
    assert {s.mode for s in slots["B"] if s.key == "mat"} == {"in_person"}


def test_one_is_back_a_week_before_the_others() -> None:
    back = mode("in_person", MONDAY + timedelta(days=7), who="A")
    made = plan(at_a_place(mode(), back))
    assert not list(verify_plan(made))
    assert of(made, "A") == of(made, "B") == [(45, ONLINE)]
    assert of(made, "A", week=FIRST.next) == [(45, "stob")]
    assert of(made, "B", week=FIRST.next) == [(45, ONLINE)]
    (there,) = made.weeks[FIRST.next].schedule.of("A", "mat")
    assert made.weeks[FIRST.next].schedule.rooms[there] == "lokale"


@pytest.mark.parametrize("who", ["A", "all"])
def test_a_switch_of_a_published_term_changes_where_and_not_when(who: str) -> None:
    first = plan(at_a_place())
    changed = at_a_place(mode(who="" if who == "all" else who))
    again = replan(changed, read_plan(plan_document(first), changed), MONDAY - timedelta(days=14))
    assert not list(verify_plan(again))
    for week, dated in again.weeks.items():
        old = first.weeks[week].schedule
        for p in "AB":
            assert [(s.day, s.start) for s in dated.schedule.of(p)] == [(s.day, s.start) for s in old.of(p)]
            where = {dated.schedule.place_for(p, s) for s in dated.schedule.of(p, "mat")}
            assert where == ({ONLINE} if who in ("all", p) else {"stob"})


def test_counting_knows_that_hers_are_shorter() -> None:
    """Half an hour for her and a lesson for the other can't be one session: 75 minutes, where 45 did for both."""
    problem = at_a_place()
    teaches = tuple(replace(t, most=45) if t.course == "mat" else t for t in problem.teaches)
    assert "course" not in {s.code for s in shortages(replace(problem, teaches=teaches))}
    alone = at_a_place(mode(who="A", course="mat", wanted=30, shortest=30, longest=30))
    short = {(s.code, s.who, s.need, s.has) for s in shortages(replace(alone, teaches=teaches))}
    assert ("course", "mat", 75, 45) in short


def test_a_lock_on_her_own_form_is_no_mistake() -> None:
    """Half an hour that begins where the others' lessons can't: back to back, at 9:00."""
    alone = at_a_place(mode(who="A", course="mat", wanted=30, shortest=30, longest=30, largest_group=1))
    problem = replace(alone, periods=(Period(id="P0", start=510, end=615, days=frozenset({0, 2})),))
    lock = Lock(participant="A", course="mat", day=0, start=540)
    assert not list(impossible_locks(replace(problem, locks=(lock,))))
    assert [t.severity for t in impossible_locks(replace(problem, locks=(replace(lock, participant="B"),)))] == [
        "error"
    ]


def test_what_is_one_persons_only_is_one_of_the_ways_of_the_course() -> None:
    facts = week_facts(at_a_place(mode(who="A", course="mat", wanted=30, shortest=30, longest=30)), FIRST)
    assert {how.shortest for how in facts.ways_of("mat")} == {30, 45}
    assert shortest_session(facts) == 30
