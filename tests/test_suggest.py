"""Every place for a session: brute force finds the same places, at the same price, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from agreement import universe
from terms import MONDAY, random_term, term

from skemaplan.candidates import candidates
from skemaplan.dates import Week
from skemaplan.facts import Course, Lock, Takes, Teacher, Teaches
from skemaplan.planning.change import replan
from skemaplan.planning.one_week import OneWeek
from skemaplan.planning.suggest import Place, Places, Slot, by_looking, places
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import MUSTS, UNIVERSE
from skemaplan.schedule import Schedule, TermPlan
from skemaplan.solving import TIERS, Effort, price_of, verify
from skemaplan.week import WeekLock

Price = tuple[int, ...]
SEEDS = range(6)


def without_talks(problem: Problem) -> Problem:
    courses = tuple(x for x in problem.courses if x.id != "talk")
    takes = tuple(x for x in problem.takes if x.course != "talk")
    teaches = tuple(x for x in problem.teaches if x.course != "talk")
    return replace(problem, courses=courses, takes=takes, teaches=teaches)


def two_teachers(seed: int) -> Problem:
    """A random term without talks, in which somebody else gives math too."""
    problem = without_talks(random_term(seed))
    return replace(
        problem,
        teachers=(*problem.teachers, Teacher(id="U-TO")),
        teaches=(*problem.teaches, Teaches(teacher="U-TO", course="mat", most=45)),
    )


def weeks_of(problem: Problem, made: TermPlan) -> Iterator[OneWeek]:
    """Its first ordinary week, a dated one, and that one with its first days frozen."""
    ordinary = OneWeek.ordinary(made, problem, problem.settings.start)
    assert ordinary is not None
    yield ordinary
    week = sorted(made.weeks)[-1]
    yield OneWeek.of(made, problem, week, MONDAY, MONDAY)
    yield OneWeek.of(made, problem, week, MONDAY, week.day(1))


def price(week: OneWeek, schedule: Schedule) -> Price:
    found = price_of(schedule, week.all_rules)
    return tuple(found[tier] for tier in TIERS)


def allowed(week: OneWeek) -> list[Schedule]:
    return [s for s in universe(week.facts) if not any(verify(s, [*UNIVERSE, *MUSTS, *week.also]))]


def brute(week: OneWeek, every: list[Schedule], who: str, course: str) -> dict[Slot, Price]:
    """Each place at which any week can have it, but for those where she has it already, and its least price."""
    there = {Slot(s.day, s.start, s.teacher) for s in week.now.of(who, course)}
    found: dict[Slot, Price] = {}
    for schedule in every:
        for s in schedule.of(who, course):
            slot = Slot(s.day, s.start, s.teacher)
            if slot not in there and s.day not in week.frozen:
                found[slot] = min(found.get(slot, (10**9,)), price(week, schedule))
    return found


def proven(least: dict[Slot, Price]) -> dict[Slot, Price]:
    """What is proven of a place: how much is short, and how much moves."""
    return {slot: price[:2] for slot, price in least.items()}


def slot_of(place: Place) -> Slot:
    return Slot(place.session.day, place.session.start, place.session.teacher)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_places_are_those_of_brute_force_and_cost_what_they_say(seed: int) -> None:
    problem = two_teachers(seed) if seed == 1 else random_term(seed)
    made = plan(problem)
    for week in weeks_of(problem, made):
        every = allowed(week)
        for who, course in product("AB", ("mat", "talk")):
            if who not in week.facts.participants or course not in week.facts.participants[who].demands:
                continue
            answer = places(week, who, course)
            assert not answer.open
            assert not answer.unknown
            least = brute(week, every, who, course)
            assert {slot_of(p): price(week, p.taken.week)[:2] for p in answer.places} == proven(least)
            assert all(price(week, p.taken.week) >= least[slot_of(p)] for p in answer.places)
            assert not {*answer.refuted} & {*least}
            all_of_them = {Slot(s.day, s.start, s.teacher) for s in candidates(week.facts) if s.course == course}
            assert {*least, *answer.refuted} <= all_of_them
            for place in answer.places:
                assert place.taken.fewest
                assert not list(verify(place.taken.week, [*UNIVERSE, *MUSTS]))
                assert place.session in place.taken.week.of(who, course)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_looking_finds_is_what_searching_finds(seed: int) -> None:
    problem = two_teachers(seed)
    week = next(weeks_of(problem, plan(problem)))
    seen = 0
    for who, course in product("AB", ("mat", "talk")):
        if who not in week.facts.participants or course not in week.facts.participants[who].demands:
            continue
        for place in places(week, who, course).places:
            slot = slot_of(place)
            looked = by_looking(week, who, course, slot, None)
            searched = week.kept([WeekLock(who, course, slot.day, slot.start, slot.teacher, "")], Effort())
            assert not isinstance(searched, str)
            assert price(week, searched.week)[:2] == price(week, place.taken.week)[:2]
            if looked is not None:
                seen += 1
                assert price(week, looked.week)[:2] == price(week, searched.week)[:2]
                assert not looked.of_others(who)
    assert seen or seed


def best(answer: Places) -> Place:
    return answer.places[0]


def test_those_that_move_nobody_come_first() -> None:
    made = plan(term(4))
    week = next(weeks_of(made.problem, made))
    for who, course in product("AB", ("mat", "talk")):
        answer = places(week, who, course)
        many = [len(p.taken.of_others(who)) for p in answer.places]
        assert many == sorted(many)
        assert answer.now == week.now.of(who, course)


@pytest.mark.parametrize("course", ["mat", "talk"])
def test_locked_there_the_term_is_planned_as_suggested(course: str) -> None:
    """Whatever place is taken: the re-planned weeks are those that were shown, and the others stay."""
    made = plan(term(4))
    week = next(weeks_of(made.problem, made))
    for place in places(week, "A", course).places:
        s = place.session
        lock = Lock(participant="A", course=course, start=s.start, day=s.day, teacher=s.teacher)
        found = replan(replace(made.problem, locks=(lock,)), made, MONDAY, thaw=True)
        assert not list(verify_plan(found, MONDAY))
        for w in week.weeks:
            assert price(week, found.weeks[w].schedule) == price(week, place.taken.week)


def test_for_one_week_only_the_others_stay() -> None:
    made = plan(term(4))
    when = sorted(made.weeks)[2]
    week = OneWeek.of(made, made.problem, when, MONDAY, MONDAY)
    assert (week.weeks, week.dated) == ((when,), True)
    place = best(places(week, "A", "mat"))
    s = place.session
    lock = Lock(participant="A", course="mat", start=s.start, date=when.day(s.day))
    found = replan(replace(made.problem, locks=(lock,)), made, MONDAY, thaw=True)
    assert s in found.weeks[when].schedule.of("A", "mat")
    assert price(week, found.weeks[when].schedule) == price(week, place.taken.week)
    for other in made.weeks.keys() - {when}:
        assert found.weeks[other].schedule.attendance == made.weeks[other].schedule.attendance


def test_only_one_teacher_and_only_one_session_may_be_asked_for() -> None:
    problem = two_teachers(1)
    week = next(weeks_of(problem, plan(problem)))
    assert {p.session.teacher for p in places(week, "A", "mat", teacher="U-TO").places} <= {"U-TO"}
    twice = replace(
        term(4),
        courses=tuple(replace(c, wanted=90, most=90, sessions=2) if c.id == "mat" else c for c in term(4).courses),
    )
    week = next(weeks_of(twice, plan(twice)))
    first, second = week.now.of("A", "mat")
    for place in places(week, "A", "mat", instead=second).places:
        assert place.sessions == tuple(sorted((first, place.session)))


def test_a_new_course_is_fitted_in_with_what_she_has() -> None:
    problem = without_talks(term(4))
    more = Course(id="eng", name="Engelsk", wanted=45, fewest=45, most=45, sessions=1, shortest=45, longest=45)
    takes = (*problem.takes, Takes(who="A", course="eng"))
    problem = replace(
        problem,
        courses=(*problem.courses, more),
        teachers=(*problem.teachers, Teacher(id="U-ENG")),
        teaches=(*problem.teaches, Teaches(teacher="U-ENG", course="eng")),
        takes=takes,
    )
    known = plan(problem)
    hers = replace(problem, takes=(*takes, Takes(who="B", course="eng", valid_from=MONDAY + timedelta(days=7))))
    week = OneWeek.ordinary(known, hers, MONDAY + timedelta(days=7))
    assert week is not None
    assert week.weeks == tuple(sorted(known.weeks)[1:])
    answer = places(week, "B", "eng")
    every = allowed(week)
    assert answer.now == ()
    least = brute(week, every, "B", "eng")
    assert {slot_of(p): price(week, p.taken.week)[:2] for p in answer.places} == proven(least)
    assert not best(answer).taken.of_others("B")
    assert best(answer).taken.short == 0, "what she did not want before was not short before"


def test_no_time_is_the_third_answer() -> None:
    made = plan(term(4))
    week = next(weeks_of(made.problem, made))
    answer = places(week, "A", "mat", seconds=0)
    assert (answer.places, answer.refuted) == ((), ())
    assert len(answer.unknown) == 3


def test_after_the_last_week_there_is_none() -> None:
    made = plan(term(2))
    assert OneWeek.ordinary(made, made.problem, date(2030, 1, 1)) is None
    assert Week.of(MONDAY) in made.weeks
