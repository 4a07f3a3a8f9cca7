"""The case: one lesson of mathematics too few has one remedy, and all others are refuted."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from skemaplan.dates import Week
from skemaplan.explain import Answer, as_data, why
from skemaplan.explain.fitting import Fitting
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS
from skemaplan.rules.language_class import OtherClass
from skemaplan.tables import read
from skemaplan.unroll import week_facts

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def short() -> Problem:
    return read(EXAMPLES / "short-math")


@pytest.fixture(scope="module")
def answer(short: Problem) -> Answer:
    return why(short)


def test_one_more_lesson_of_mathematics_is_the_only_single_repair(answer: Answer) -> None:
    (repair,) = answer.repairs
    (change,) = repair.changes
    assert (change.code, change.who, change.ask, change.amount) == ("teacher_most", "U-MAT", "teacher", 45)
    in_person, online = answer.impasses
    assert in_person.repairs == (replace(repair, weeks=in_person.weeks),)
    assert in_person.refuted == len(in_person.tried) - 1 > 50
    assert online.open == in_person.open == 0
    assert repair.least
    assert not answer.unknown


def test_the_tables_with_the_repair_in_them_work_out(short: Problem) -> None:
    more = tuple(replace(t, most=(t.most or 0) + 45) if t.teacher == "U-MAT" else t for t in short.teaches)
    assert why(replace(short, teaches=more)).works_out


def test_planned_with_the_repair_nothing_is_short_and_without_it_something_is(short: Problem) -> None:
    """The first weeks of the term, planned and verified, with the repair in the tables and without."""
    first = replace(short, settings=replace(short.settings, end=short.settings.start + timedelta(days=11)))
    more = tuple(replace(t, most=(t.most or 0) + 45) if t.teacher == "U-MAT" else t for t in short.teaches)
    for problem, missing in ((first, 90), (replace(first, teaches=more), 0)):
        made = plan(problem, deterministic=3.0)
        demands = next(t for t in made.tiers if t.name == DEMANDS)
        assert (demands.value, demands.proven) == (missing, True)
        assert not list(verify_plan(made))


def test_the_answer_is_plain_data_too(answer: Answer) -> None:
    assert pickle.loads(pickle.dumps(answer)) == answer
    data = json.loads(json.dumps(as_data(answer, "da")))
    assert data["repairs"][0]["changes"][0]["who"] == "U-MAT"
    assert "Matematik" in data["repairs"][0]["changes"][0]["text"]


def test_counting_comes_first(answer: Answer) -> None:
    for impasse in answer.impasses:
        assert (impasse.reasons[0].code, impasse.reasons[0].who) == ("counted_course", "mat")
    assert answer.impasses[0].reasons[0].amount == 45


def test_what_cannot_be_had_is_counted_and_accepting_it_is_an_answer(answer: Answer) -> None:
    in_person, _ = answer.impasses
    assert (in_person.short, in_person.proven) == (90, True)
    assert sum(a.minutes * len(a.participants) for a in in_person.accept) == 90
    assert {a.course for a in in_person.accept} == {"mat"}
    assert {a.weeks for a in in_person.accept} == {in_person.weeks}


def test_two_lessons_too_few_need_two_changes(short: Problem) -> None:
    """Where mathematics and English both lack a lesson no single change helps; a lesson of each is the cheapest."""
    less = tuple(replace(t, most=135) if t.teacher == "U-ENG" else t for t in short.teaches)
    ordinary = week_facts(replace(short, teaches=less), Week(2020, 6), standing=True)
    (found,) = why(ordinary).impasses
    assert not found.repairs
    assert found.pairs_known
    assert [(c.who, c.amount) for c in found.pairs[0].changes] == [("U-ENG", 45), ("U-MAT", 45)]
    fits = Fitting()
    assert all(fits(pair.on(ordinary)) for pair in found.pairs)


def test_in_june_another_class_for_e_would_do() -> None:
    """The stretch in which mathematics is down to three lessons: E on the Mon/Wed class makes it fit."""
    problem = read(EXAMPLES / "de-internationale")
    june = Week.of(date(2020, 6, 8))
    (found,) = why(problem).impasses
    assert found.weeks == (str(june), str(june.next), str(june.next.next))
    wishes = [c.loosening for r in found.repairs for c in r.changes]
    classes = [x.days for x in wishes if isinstance(x, OtherClass) and x.who == "E"]
    assert [0, 2] in [[d for d, school in enumerate(days) if school] for days in classes]
    facts = week_facts(problem, june, standing=True)
    fits = Fitting()
    assert not fits(facts)
    assert all(fits(r.on(facts)) for r in found.repairs)
