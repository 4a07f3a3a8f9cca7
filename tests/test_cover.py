"""An absent teacher: which sessions are hit, and what can be done about each; every choice holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cli_terms import BEFORE, change, run, smallest
from terms import MONDAY, term

from skemaplan.dates import Week
from skemaplan.facts import Absence, Availability, Teacher, Teaches
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.cover import cover
from skemaplan.planning.keep import keep
from skemaplan.planning.term import plan
from skemaplan.planning.verified import DATED
from skemaplan.problem import Problem
from skemaplan.schedule import Schedule, TermPlan
from skemaplan.solving import verify
from skemaplan.unroll import week_facts


def with_a_second_teacher(problem: Problem) -> Problem:
    """Somebody else gives math too, on Wednesdays."""
    free = Availability(who="U-TO", days=frozenset({2}), start=510, end=615)
    return replace(
        problem,
        teachers=(*problem.teachers, Teacher(id="U-TO")),
        teaches=(*problem.teaches, Teaches(teacher="U-TO", course="mat", most=90)),
        availability=(*problem.availability, free),
    )


def away(problem: Problem, teacher: str) -> Problem:
    absent = Absence(who=teacher, from_date=MONDAY, to_date=MONDAY + timedelta(days=4))
    return replace(problem, absences=(absent,))


def published(problem: Problem, changed: Problem) -> TermPlan:
    return read_plan(plan_document(plan(problem)), changed)


def test_nobody_is_away_and_nothing_is_hit() -> None:
    problem = term(3)
    assert list(cover(problem, published(problem, problem), MONDAY)) == []


def test_every_session_of_the_absent_teacher_is_hit_and_every_choice_holds() -> None:
    problem = with_a_second_teacher(term(4))
    first = plan(problem)
    week = Week.of(MONDAY)
    teacher = first.weeks[week].schedule.of("A", "mat")[0].teacher
    changed = away(problem, teacher)
    hits = list(cover(changed, published(problem, changed), MONDAY))
    assert [h.session for h in hits] == list(first.weeks[week].schedule.of(teacher))
    for hit in hits:
        assert hit.choices[-1].kind == "cancel"
        assert {c.kind for c in hit.choices} & {"substitute", "move"}
        for choice in hit.choices[:-1]:
            assert choice.session is not None
            assert choice.session.teacher != teacher or choice.week != week
            facts = week_facts(changed, choice.week)
            held = keep(changed, choice.week, facts, first.weeks[choice.week].schedule)[0]
            schedule = Schedule(facts, {**held.attendance, choice.session: hit.participants})
            assert not list(verify(schedule, DATED))
            same = (choice.session.day, choice.session.start) == (hit.session.day, hit.session.start)
            if choice.week == week:
                assert (choice.moved == 0) is same
        assert [c.moved for c in hit.choices] == sorted(c.moved for c in hit.choices)


def test_without_anybody_else_it_can_only_be_cancelled() -> None:
    problem = term(2)
    changed = away(problem, "U-MAT")
    kinds = {c.kind for h in cover(changed, published(problem, changed), MONDAY) for c in h.choices}
    assert kinds == {"cancel"}


def test_what_has_passed_is_not_asked_about() -> None:
    problem = term(2)
    changed = away(problem, "U-MAT")
    assert list(cover(changed, published(problem, changed), MONDAY + timedelta(days=5))) == []


def test_cover_from_the_command_line(tmp_path: Path) -> None:
    folder = smallest(tmp_path / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("cover", folder, "--language", "en").exit_code == 3
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", BEFORE).exit_code == 0
    assert "No published session" in run("cover", folder, "--today", "2027-02-01", "--language", "en").output
    (folder / "absences.csv").write_text("who,from_date\nUnderviser 1,2027-02-09\n", encoding="utf-8")
    told = run("cover", folder, "--today", "2027-02-01", "--language", "en")
    assert told.exit_code == 0, told.output
    assert "Matematik Tuesday 9 February" in told.output
    assert "1. move it to" in told.output
    assert "cancel it: 1 participant loses it" in told.output
