"""Which ways must be known: those that somebody may have to go, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from terms import MONDAY, term

from skemaplan.facts import Absence, Commitment, Participant, Place, Takes
from skemaplan.problem import Problem
from skemaplan.visits import ways_needed

LATER = MONDAY + timedelta(days=7)


def at_places(*commitments: Commitment, absences: tuple[Absence, ...] = (), **changes: object) -> Problem:
    """Math at `stob`, the talk at `jobcenter`; four places in all, and no way known."""
    problem = term(3)
    courses = tuple(replace(c, place="stob" if c.id == "mat" else "jobcenter") for c in problem.courses)
    places = tuple(Place(id=x) for x in ("stob", "jobcenter", "horsens", "vejle"))
    facts = {"courses": courses, "places": places, "commitments": commitments, "absences": absences, **changes}
    return replace(problem, **facts)  # type: ignore[arg-type]


def school(place: str, who: str = "A", first: date | None = None, last: date | None = None) -> Commitment:
    days = frozenset({1})
    return Commitment(
        who=who, title="Sprogskole", days=days, start=510, end=780, place=place, valid_from=first, valid_to=last
    )


def pairs(problem: Problem) -> set[frozenset[str]]:
    return {frozenset((way.start, way.end)) for way in ways_needed(problem)}


def of(*said: str) -> set[frozenset[str]]:
    return {frozenset(pair.split()) for pair in said}


def test_between_her_courses_and_what_she_has() -> None:
    found = list(ways_needed(at_places(school("horsens"))))
    assert {frozenset((w.start, w.end)) for w in found} == of("stob jobcenter", "horsens stob", "horsens jobcenter")
    assert {w.who for w in found} == {"A"}


def test_not_between_what_different_people_have() -> None:
    only_math = at_places(school("vejle", "B"), takes=(Takes(who="A", course="mat"), Takes(who="B", course="talk")))
    assert pairs(only_math) == of("vejle jobcenter")


def test_not_between_two_things_that_are_both_fixed() -> None:
    both = (school("horsens"), Commitment(who="A", title="x", days=frozenset({3}), start=510, end=780, place="vejle"))
    assert pairs(at_places(*both, takes=())) == set()


def test_not_between_what_is_never_in_one_week() -> None:
    until, after = school("horsens", last=LATER - timedelta(days=1)), school("vejle", first=LATER)
    takes = (Takes(who="A", course="mat", valid_from=LATER),)
    assert pairs(at_places(until, after, takes=takes)) == of("vejle stob")
    midweek = (Takes(who="A", course="mat", valid_from=LATER - timedelta(days=3)),)
    assert pairs(at_places(until, after, takes=midweek)) == of("vejle stob", "horsens stob")


def test_while_she_is_here_only() -> None:
    gone = Participant(id="A", label="Deltager A", end=LATER - timedelta(days=1))
    exam = Absence(who="A", from_date=LATER, to_date=LATER, place="vejle", kind="exam")
    assert pairs(at_places(absences=(exam,), participants=(gone,))) == of("stob jobcenter")


def test_between_the_courses_of_a_teacher_too() -> None:
    problem = at_places(takes=())
    assert pairs(problem) == set()
    teaches = tuple(replace(t, teacher="KOORD") for t in problem.teaches)
    assert pairs(replace(problem, teaches=teaches)) == of("stob jobcenter")
