"""Counting in whole terms, with what takes turns and what is reserved: it never says more than plans show.

What counting calls impossible is compared with a solver's proof, with every schedule there is, and with real plans.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from random import Random

import pytest
from agreement import looks, universe
from terms import MONDAY, language_school, random_term, term
from test_counting import only

from skemaplan.counting import shortages
from skemaplan.dates import Week
from skemaplan.facts import Absence, Participant, Takes
from skemaplan.planning.term import plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS, MUSTS, UNIVERSE, WISHES
from skemaplan.schedule import TermPlan
from skemaplan.shortage import Shortage
from skemaplan.solving import solve
from skemaplan.unroll import week_facts

MOST_SCHEDULES = 1_000


def drawn(seed: int) -> Problem:
    """A random term without closures: courses and a language school that take turns, hours reserved, few hours."""
    draw = Random(seed)
    problem = random_term(seed)
    people = tuple(Participant(id=p, label=f"Deltager {p}") for p in "ABCD"[: draw.randint(2, 4)])
    courses = tuple(
        replace(c, every_weeks=draw.choice((1, 2, 2, 3, 4)), largest_group=draw.choice((None, 1, 2)))
        if c.id == "mat"
        else replace(c, every_weeks=draw.choice((1, 2, 2, 3, 4)))
        for c in problem.courses
    )
    bands = [draw.choice(((0, None), (0, 45), (0, 90), (0, 135), (90, 90), (90, None))) for _ in problem.teaches]
    reserved = Absence(
        who=draw.choice(("all", "A")),
        from_date=MONDAY,
        to_date=draw.choice((problem.settings.end, MONDAY + timedelta(days=draw.randrange(9)))),
        kind="reserved",
        start=draw.choice((0, 510, 560)),
        end=draw.choice((600, 1440)),
    )
    school = replace(language_school(draw), every_weeks=draw.choice((1, 2, 4)))
    cycle, target = draw.choice((1, 2, 4)), draw.choice((1, 2, 3, 9))
    return replace(
        problem,
        settings=replace(problem.settings, cycle_weeks=cycle, weekly_target=target),
        participants=people,
        courses=courses,
        teaches=tuple(replace(t, least=a, most=b) for t, (a, b) in zip(problem.teaches, bands, strict=True)),
        closures=(),
        absences=(reserved,) if draw.random() < 0.6 else (),
        commitments=(school,) if draw.random() < 0.7 else (),
    )


def told(problem: Problem) -> list[tuple[Shortage, Week]]:
    """Everything that counting says of a term, but for its number of weeks."""
    return [(s, week) for s in shortages(problem) for week in s.weeks if s.code != "teaching_weeks"]


def test_no_solver_can_do_it() -> None:
    proven: Counter[str] = Counter()
    for problem in map(drawn, range(120)):
        for shortage, week in told(problem):
            result = solve(only(week_facts(problem, week), shortage), (*UNIVERSE, *MUSTS, *WISHES))
            (demands,) = (t for t in result.tiers if t.name == DEMANDS)
            assert demands.bound > 0, (str(shortage.text), week)
            proven[shortage.code] += 1
    assert set(proven) == {"course", "least", "participant", "free_time"}


def test_no_schedule_there_is_does_it() -> None:
    looked_at = 0
    for problem in map(drawn, range(60)):
        for shortage, week in told(problem):
            facts = only(week_facts(problem, week), shortage)
            schedules = list(islice(universe(facts), MOST_SCHEDULES))
            if len(schedules) < MOST_SCHEDULES:
                assert not any(looks((*MUSTS, *WISHES), s) == 0 for s in schedules), (str(shortage.text), week)
                looked_at += 1
    assert looked_at > 20


def test_no_plan_does_it() -> None:
    found: Counter[str] = Counter()
    for problem in map(drawn, range(30)):
        if short := told(problem):
            made = plan(problem)
            for shortage, week in short:
                assert missed(made, shortage, week), (str(shortage.text), week)
                found[shortage.code] += 1
    assert sum(found.values()) > 20


def missed(made: TermPlan, shortage: Shortage, week: Week) -> bool:
    """Whether a plan's week is short of what counting says it must be short of."""
    dated, who = made.weeks[week], shortage.who
    if shortage.code == "least":
        return dated.schedule.minutes(who) < shortage.need
    return any(m.kind == "unmet" and who in (m.course, m.participant) for m in dated.missing)


@pytest.mark.parametrize("cycle", [1, 2])
def test_two_who_take_turns_need_no_more_than_one_of_them(cycle: int) -> None:
    """A talk every second week for each of two, and one talk a week to give: counting sees that it works out.

    The plan sees it where the term says that weeks take turns.
    """
    problem = term(4)
    courses = tuple(replace(c, every_weeks=2) if c.kind == "talk" else c for c in problem.courses)
    teaches = tuple(replace(t, most=45) if t.course == "talk" else t for t in problem.teaches)
    settings = replace(problem.settings, cycle_weeks=cycle)
    turns = replace(problem, courses=courses, teaches=teaches, settings=settings)
    assert [s for s in shortages(turns) if s.code != "teaching_weeks"] == []
    assert any(w.missing for w in plan(turns).weeks.values()) == (cycle == 1)
    three = replace(turns, participants=(*turns.participants, Participant(id="C", label="Deltager C")))
    short = next(s for s in shortages(three) if s.code == "course")
    assert (short.who, short.need, short.has, len(short.weeks)) == ("talk", 90, 45, 2)


def test_what_is_reserved_takes_no_time_from_anybody() -> None:
    """It is a price: who reserves every hour can still have all her lessons."""
    problem = term(4)
    always = Absence(who="all", from_date=MONDAY, to_date=problem.settings.end, kind="reserved")
    reserved = replace(problem, absences=(always,), takes=(Takes(who="all", course="mat"),))
    assert [s for s in shortages(reserved) if s.code != "teaching_weeks"] == []
    assert not any(w.missing for w in plan(reserved).weeks.values())
