"""An absent teacher: which sessions are hit, what can be done about each, and a plan in which exactly that happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from cli_terms import BEFORE, change, run, smallest
from terms import MONDAY, random_term, term

from skemaplan.cli import covering
from skemaplan.dates import Week
from skemaplan.facts import ONLINE, Absence, Availability, Course, Lock, Mode, Place, Takes, Teacher, Teaches, Travel
from skemaplan.making_up import won_back
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.by_hand import DATED
from skemaplan.planning.change import replan
from skemaplan.planning.choices import KINDS, Choice, Hit
from skemaplan.planning.cover import cover, taken
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.schedule import TermPlan
from skemaplan.solving import verify

EVE = MONDAY - timedelta(days=1)


def with_a_second_teacher(problem: Problem) -> Problem:
    """Somebody else gives math too, on Wednesdays."""
    free = Availability(who="U-TO", days=frozenset({2}), start=510, end=615)
    return replace(
        problem,
        teachers=(*problem.teachers, Teacher(id="U-TO")),
        teaches=(*problem.teaches, Teaches(teacher="U-TO", course="mat", most=90)),
        availability=(*problem.availability, free),
    )


def away(problem: Problem, teacher: str, first: date = MONDAY, days: int = 4) -> Problem:
    absent = Absence(who=teacher, from_date=first, to_date=first + timedelta(days=days))
    return replace(problem, absences=(*problem.absences, absent))


def as_published(first: TermPlan, changed: Problem) -> TermPlan:
    return read_plan(plan_document(first), changed)


SEEDS = range(72)


def hits_of(first: TermPlan, changed: Problem, today: date = EVE) -> tuple[TermPlan, list[Hit]]:
    """What is published under new tables, planned again; and the sessions that are hit."""
    now = replan(changed, as_published(first, changed), today)
    return now, list(cover(changed, as_published(first, changed), now, today))


def with_rows(problem: Problem, hit: Hit, choice: Choice) -> Problem:
    """The tables with the rows of a choice."""
    locks = tuple(
        Lock(
            participant=p,
            course=s.course,
            date=choice.week.day(s.day),
            start=s.start,
            end=s.end,
            teacher=s.teacher,
            makes_up=choice.kind == "make_up",
        )
        for s, who in choice.held
        for p in sorted(who)
    )
    problem = replace(problem, locks=(*problem.locks, *locks))
    if choice.kind == "online":
        day = choice.week.day(hit.session.day)
        mode = Mode(from_date=day, to_date=day, mode=ONLINE, course=hit.session.course)
        problem = replace(problem, modes=(*problem.modes, mode))
    return problem


def exactly_that_happens(first: TermPlan, changed: Problem, hit: Hit, choice: Choice, now: TermPlan) -> None:
    """With its rows in the tables and planned again, a choice is all that is other than without it."""
    expected = taken(changed, now, hit, choice)
    rows = with_rows(changed, hit, choice)
    found = replan(rows, as_published(first, rows), EVE)
    assert not list(verify_plan(found, EVE))
    assert {w: d.schedule.attendance for w, d in found.weeks.items()} == {
        w: d.schedule.attendance for w, d in expected.weeks.items()
    }
    missed = sum(m.minutes for d in now.weeks.values() for m in d.missing) - sum(x.minutes for x in won_back(now))
    left = sum(m.minutes for d in found.weeks.values() for m in d.missing) - sum(x.minutes for x in won_back(found))
    won = 0 if choice.kind == "cancel" else hit.session.minutes * len(hit.participants)
    assert left == missed - won
    assert not any(h.session == hit.session and h.week == hit.week for h in hits_again(first, rows)) or not won


def hits_again(first: TermPlan, rows: Problem) -> list[Hit]:
    return hits_of(first, rows)[1]


def drawn(seed: int) -> tuple[Problem, Problem]:
    """A random term with two teachers of math and one of English; and the same with one away in its first week."""
    draw = Random(seed)
    problem = with_a_second_teacher(random_term(seed))
    english = Course(id="eng", name="Engelsk", wanted=45, fewest=45, most=45, sessions=1, shortest=45, longest=45)
    windows = tuple(
        Availability(who="U-ENG", days=frozenset({d}), start=draw.choice((510, 570)), end=615) for d in (0, 2)
    )
    problem = replace(
        problem,
        courses=(*problem.courses, english),
        teachers=(*problem.teachers, Teacher(id="U-ENG")),
        teaches=(*problem.teaches, Teaches(teacher="U-ENG", course="eng", most=90)),
        takes=(*problem.takes, replace(problem.takes[0], course="eng")),
        availability=(*problem.availability, *windows),
        settings=replace(problem.settings, weekly_target=3, weekly_tolerance=2, freeze_days=0),
    )
    hours = tuple(replace(x, most=draw.choice((90, 135))) if x.most else x for x in problem.teaches)
    problem = replace(problem, teaches=hours, courses=tuple(replace(c, different_days=False) for c in problem.courses))
    first, days = draw.choice(((0, 4), (0, 0), (2, 0)))
    return problem, away(problem, draw.choice(("U-MAT", "U-ENG")), MONDAY + timedelta(days=first), days)


def test_nobody_is_away_and_nothing_is_hit() -> None:
    problem = term(3)
    assert hits_of(plan(problem), problem)[1] == []


def test_every_session_of_the_absent_teacher_is_hit_and_every_choice_holds() -> None:
    problem = with_a_second_teacher(term(4))
    first = plan(problem)
    week = Week.of(MONDAY)
    teacher = first.weeks[week].schedule.of("A", "mat")[0].teacher
    now, hits = hits_of(first, away(problem, teacher))
    assert [h.session for h in hits] == list(first.weeks[week].schedule.of(teacher))
    for hit in hits:
        assert hit.choices[-1].kind == "cancel"
        assert {c.kind for c in hit.choices} & {"substitute", "move"}
        for choice in hit.choices[:-1]:
            assert choice.session is not None
            assert choice.session.teacher != teacher or choice.week != week
            with_it = taken(now.problem, now, hit, choice)
            assert not list(verify(with_it.weeks[choice.week].own, DATED))
            same = (choice.session.day, choice.session.start) == (hit.session.day, hit.session.start)
            if choice.week == week and choice.kind != "swap":
                assert (choice.moved == 0) is same
        moved = [c.moved for c in hit.choices if c.kind != "cancel"]
        assert moved == sorted(moved)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_taken_is_all_that_happens(seed: int) -> None:
    problem, changed = drawn(seed)
    first = plan(problem)
    now, hits = hits_of(first, changed)
    for hit in hits:
        for choice in hit.choices:
            exactly_that_happens(first, changed, hit, choice, now)


def test_among_random_terms_there_is_every_kind_of_choice() -> None:
    kinds = set()
    for seed in SEEDS:
        problem, changed = drawn(seed)
        kinds |= {c.kind for h in hits_of(plan(problem), changed)[1] for c in h.choices}
    assert kinds >= {*KINDS} - {"online"}


def test_online_is_for_who_could_not_be_there_in_time() -> None:
    """The second teacher, a new one, is elsewhere until ten minutes before; online she needs no way."""
    places = (Place(id="stob", name="Støberiet"), Place(id="hus", name="Et andet hus"))
    problem = replace(
        with_a_second_teacher(term(2)), places=places, travel=(Travel(start="hus", end="stob", minutes=90),)
    )
    problem = replace(
        problem,
        courses=(replace(problem.courses[0], place="stob", largest_group=2), problem.courses[1]),
        settings=replace(problem.settings, online_after=0, freeze_days=0),
    )
    takes = (Takes(who="A", course="mat"), Takes(who="all", course="talk"))  # or B's session would be online, too
    problem = replace(problem, takes=takes)
    first = plan(replace(problem, teaches=tuple(t for t in problem.teaches if t.teacher != "U-TO")))
    week = Week.of(MONDAY)
    session = first.weeks[week].schedule.of("A", "mat")[0]
    busy = Absence(
        who="U-TO", from_date=MONDAY, to_date=MONDAY + timedelta(days=4), start=400, end=500, place="hus", kind="exam"
    )
    changed = away(replace(problem, absences=(busy,)), session.teacher)
    now, hits = hits_of(first, changed)
    online = [(h, c) for h in hits for c in h.choices if c.kind == "online"]
    for hit, choice in online:
        exactly_that_happens(first, changed, hit, choice, now)
    assert all(c.held[0][0].place == ONLINE for _, c in online)
    assert online or session.day == 0  # the second teacher is there on Wednesdays


def test_why_nobody_can_take_it_over() -> None:
    problem = with_a_second_teacher(term(3))
    first = plan(problem)
    week = Week.of(MONDAY)
    for session in first.weeks[week].schedule.of("A", "mat"):
        other = next(t for t in ("U-MAT", "U-TO") if t != session.teacher)
        both = away(away(problem, session.teacher), other)
        assert {h.others[other] for h in hits_of(first, both)[1] if h.session == session} == {"away"}
        none_left = tuple(replace(t, most=0) if t.teacher == other else t for t in problem.teaches)
        full = away(replace(problem, teaches=none_left), session.teacher)
        assert {h.others[other] for h in hits_of(first, full)[1] if h.session == session} <= {"full", "away"}


def test_without_anybody_else_it_is_made_up_or_cancelled() -> None:
    problem = term(2)
    kinds = {c.kind for h in hits_of(plan(problem), away(problem, "U-MAT"))[1] for c in h.choices}
    assert kinds <= {"make_up", "cancel"}


def test_what_has_passed_is_not_asked_about() -> None:
    problem = term(2)
    changed = away(problem, "U-MAT")
    assert hits_of(plan(problem), changed, MONDAY + timedelta(days=5))[1] == []


@pytest.fixture
def hit_term(tmp_path: Path) -> Path:
    """The smallest term, published; its teacher is away on 9 February."""
    folder = smallest(tmp_path / "term")
    change(folder / "teachers.csv", "tue fri", "tue thu fri")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    (folder / "absences.csv").write_text("who,from_date\nUnderviser 1,2027-02-09\n", encoding="utf-8")
    return folder


CALL = ("--today", "2027-02-01", "--language", "en")


def test_cover_from_the_command_line(tmp_path: Path) -> None:
    folder = smallest(tmp_path / "term")
    assert run("cover", folder, "--language", "en").exit_code == 3
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", tmp_path / "site", "--now", BEFORE).exit_code == 0
    assert "No published session" in run("cover", folder, *CALL).output


def test_choices_are_told_with_their_reasons_and_nothing_is_written(hit_term: Path) -> None:
    before = {f.name: f.read_bytes() for f in hit_term.glob("*.csv")}
    told = run("cover", hit_term, *CALL)
    assert told.exit_code == 0, told.output
    assert "1. Matematik Tuesday 9 February" in told.output
    assert "Nobody else gives Matematik." in told.output
    assert "1. move it to Friday 12 February" in told.output
    assert "cancel it: 1 participant loses it" in told.output
    assert {f.name: f.read_bytes() for f in hit_term.glob("*.csv")} == before


def test_a_choice_is_taken_and_who_must_be_told_is_told(hit_term: Path) -> None:
    told = run("cover", hit_term, *CALL, "--take", "1=1")
    assert told.exit_code == 0, told.output
    assert "Written into" in told.output
    assert "1 session changes for 1 participant (another day: 1)." in told.output
    assert "SMS (" in told.output
    assert "More than that changes" not in told.output
    locks = (hit_term / "locks.csv").read_text(encoding="utf-8").splitlines()
    assert len(locks) == 2
    assert "2027-02-12,08:30,10:00" in locks[1]
    assert "No published session" in run("cover", hit_term, *CALL).output  # it is settled


def test_what_is_cancelled_needs_no_row(hit_term: Path) -> None:
    told = run("cover", hit_term, *CALL, "--take", "all=cancel")
    assert told.exit_code == 0, told.output
    assert "(cancelled: 1)" in told.output
    assert not (hit_term / "locks.csv").exists()
    assert "is cancelled" in run("diff", hit_term, *CALL).output


@pytest.mark.parametrize(
    ("take", "what", "code"),
    [
        ("1", "'1' is not a session and a choice", 2),
        ("2=1", "there is no session 2", 2),
        ("1=9", "session 1 has no choice 9", 2),
        ("1=teleport", "'teleport' is no kind of choice", 2),
        ("1=substitute", "Session 1 has no such choice: substitute", 3),
        ("all=substitute", "There is no such choice for any of them", 3),
    ],
)
def test_what_can_not_be_taken_is_named_and_nothing_is_written(hit_term: Path, take: str, what: str, code: int) -> None:
    told = run("cover", hit_term, *CALL, "--take", take)
    assert told.exit_code == code, told.output
    assert what in told.output
    assert not (hit_term / "locks.csv").exists()
    twice = run("cover", hit_term, *CALL, "--take", "1=cancel", "--take", "1=1")
    assert "1 is taken twice" in twice.output


def test_somebody_at_a_terminal_is_asked(hit_term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "1")
    assert "another day: 1" in run("cover", hit_term, *CALL).output
    assert (hit_term / "locks.csv").exists()
