"""The events of a term that concern re-planning, each as a test: what must move moves, and nothing else does.

The numbers are those of `docs/do/events.md`. The term is tiny (two participants, two days, two times a day), so that
each runs in a moment; eight weeks long, planned and published before it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from terms import MONDAY, term

from skemaplan.dates import Week
from skemaplan.facts import (
    ALL,
    LANGUAGE_SCHOOL,
    Absence,
    Availability,
    Closure,
    Commitment,
    Lock,
    Mode,
    Pair,
    Participant,
    Place,
    Room,
    Teacher,
    Teaches,
)
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.change import replan
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import MOVES
from skemaplan.schedule import Session, TermPlan

WEEKS = tuple(Week.of(MONDAY + timedelta(days=7 * n)) for n in range(8))
BEFORE = MONDAY - timedelta(days=14)
FIRST_DAY = WEEKS[3].monday  # of what begins in the middle of the term


@pytest.fixture(scope="module")
def problem() -> Problem:
    return term(len(WEEKS))


@pytest.fixture(scope="module")
def first(problem: Problem) -> TermPlan:
    return plan(problem)


@pytest.fixture(scope="module")
def housed() -> TermPlan:
    """The same term in two places, one of them with two rooms."""
    base = term(len(WEEKS))
    courses = tuple(replace(c, place="stob" if c.id == "mat" else "job") for c in base.courses)
    rooms = (Room(id="Lokale 1", place="stob", seats=4), Room(id="Lokale 2", place="stob", seats=4))
    places = (Place(id="stob", name="Støberiet"), Place(id="job", name="Jobcentret"))
    return plan(replace(base, courses=courses, places=places, rooms=rooms))


def again(published: TermPlan, changed: Problem, today: date = BEFORE) -> TermPlan:
    """The term planned again under other tables, looked over, and with its moves proven."""
    found = replan(changed, read_plan(plan_document(published), changed), today)
    assert not list(verify_plan(found, today))
    assert next(t for t in found.tiers if t.name == MOVES).proven
    return found


def same(old: TermPlan, new: TermPlan, people: Iterable[str] = "AB", weeks: Iterable[Week] = WEEKS) -> bool:
    """Whether these people have the very same sessions in these weeks."""
    return all(old.weeks[w].schedule.of(p) == new.weeks[w].schedule.of(p) for w in weeks for p in people)


def has(plan: TermPlan, week: Week, person: str, course: str) -> Session:
    """The one session of a course that a person has in a week."""
    (session,) = plan.weeks[week].schedule.of(person, course)
    return session


def one_day(week: Week, session: Session) -> date:
    return week.day(session.day)


def test_event_1_the_teacher_is_sick_for_two_weeks(problem: Problem, first: TermPlan) -> None:
    away = Absence(who="U-MAT", from_date=WEEKS[2].monday, to_date=WEEKS[3].day(4))
    found = again(first, replace(problem, absences=(away,)), WEEKS[2].monday)
    assert same(first, found, weeks=(*WEEKS[:2], *WEEKS[4:]))
    for week in WEEKS[2:4]:
        assert not found.weeks[week].schedule.of("U-MAT")
        assert found.weeks[week].schedule.of("KOORD") == first.weeks[week].schedule.of("KOORD")
        assert {m.kind for m in found.weeks[week].missing} == {"lost"}


def test_event_2_her_language_class_moves_from_a_date(problem: Problem, first: TermPlan) -> None:
    day = has(first, WEEKS[0], "B", "mat").day
    school = Commitment(
        who="B",
        title="Sprogskole",
        kind=LANGUAGE_SCHOOL,
        days=frozenset({day}),
        start=510,
        end=615,
        valid_from=FIRST_DAY,
    )
    found = again(first, replace(problem, commitments=(school,)))
    assert same(first, found, weeks=WEEKS[:3])
    assert all(has(found, w, "B", "mat").day != day for w in WEEKS[3:])


def test_event_3_others_have_the_room(housed: TermPlan) -> None:
    """The other room on that day, and nothing else."""
    session = has(housed, WEEKS[0], "A", "mat")
    room = housed.weeks[WEEKS[0]].schedule.rooms[session]
    taken = Availability(who=room, days=frozenset({session.day}), kind="busy", valid_from=FIRST_DAY)
    found = again(housed, replace(housed.problem, availability=(*housed.problem.availability, taken)))
    assert same(housed, found)
    for i, week in enumerate(WEEKS):
        assert (found.weeks[week].schedule.rooms[session] == room) is (i < 3)


@pytest.mark.parametrize("start", [0, 560])
def test_events_4_and_5_a_day_or_half_a_day_is_closed(start: int, problem: Problem, first: TermPlan) -> None:
    """Only what reaches into the closed time goes."""
    closed = Closure(from_date=FIRST_DAY, to_date=FIRST_DAY, start=start)
    found = again(first, replace(problem, closures=(closed,)))
    assert same(first, found, weeks=(*WEEKS[:3], *WEEKS[4:]))
    old = first.weeks[WEEKS[3]].schedule.sessions
    assert found.weeks[WEEKS[3]].schedule.sessions == tuple(s for s in old if s.day or s.end <= start)


def test_events_6_and_7_online_for_a_while_and_back(problem: Problem, first: TermPlan) -> None:
    online = Mode(from_date=WEEKS[2].monday, to_date=WEEKS[5].day(4), mode="online")
    found = again(first, replace(problem, modes=(online,)), WEEKS[1].monday)
    for week in WEEKS:
        places = {s.place for s in found.weeks[week].schedule.sessions}
        assert places == {"online" if week in WEEKS[2:6] else ""}
        bare = {replace(s, place="") for s in found.weeks[week].schedule.sessions}
        assert bare == set(first.weeks[week].schedule.sessions)


def test_event_8_she_leaves_and_nobody_else_notices(problem: Problem, first: TermPlan) -> None:
    a, b = problem.participants
    found = again(first, replace(problem, participants=(a, replace(b, end=WEEKS[3].day(6)))), WEEKS[3].monday)
    assert same(first, found, "A")
    assert same(first, found, "B", WEEKS[:4])
    assert not any(found.weeks[w].schedule.of("B") for w in WEEKS[4:])


def test_event_8_what_falls_before_her_last_day_is_held(problem: Problem, first: TermPlan) -> None:
    """She leaves in the middle of a week: only what comes after it is gone."""
    had = first.weeks[WEEKS[3]].schedule.of("B")
    last = had[0].day
    a, b = problem.participants
    changed = replace(problem, participants=(a, replace(b, end=WEEKS[3].day(last))))
    found = again(first, changed, WEEKS[2].monday)
    assert found.weeks[WEEKS[3]].schedule.of("B") == tuple(s for s in had if s.day == last)
    assert not found.weeks[WEEKS[4]].schedule.of("B")
    assert same(first, found, "A")


def test_event_9_a_newcomer_is_fitted_in_and_nobody_moves(problem: Problem, first: TermPlan) -> None:
    new = Participant(id="C", label="Deltager C", start=FIRST_DAY)
    found = again(first, replace(problem, participants=(*problem.participants, new)), WEEKS[2].monday)
    assert same(first, found)
    assert all(found.weeks[w].schedule.of("C", "mat") for w in WEEKS[3:])


def test_event_10_an_exam_is_moved(problem: Problem, first: TermPlan) -> None:
    session = has(first, WEEKS[1], "A", "mat")
    day = one_day(WEEKS[1], session)
    exam = Absence(who="A", from_date=day, to_date=day, kind="exam", title="PD2")
    second = again(first, replace(problem, absences=(exam,)))
    assert not second.weeks[WEEKS[1]].schedule.of("A", "mat")
    later = replace(exam, from_date=day + timedelta(days=21), to_date=day + timedelta(days=21))
    third = again(second, replace(problem, absences=(later,)))
    assert has(third, WEEKS[1], "A", "mat") == session, "its old day is free again"
    assert not third.weeks[WEEKS[4]].schedule.of("A", "mat")
    assert same(first, third, "B")


def test_event_11_an_oral_exam_some_time_in_two_weeks(problem: Problem, first: TermPlan) -> None:
    """Reserved is a price and a mark, not a block: what was published stays."""
    window = Absence(who="A", from_date=WEEKS[4].monday, to_date=WEEKS[5].day(4), kind="reserved", title="PD2")
    assert same(first, again(first, replace(problem, absences=(window,))))


def test_event_12_an_admission_test_for_all(problem: Problem, first: TermPlan) -> None:
    test = Absence(who=ALL, from_date=FIRST_DAY, to_date=FIRST_DAY, start=480, end=560, kind="exam", title="VUC")
    found = again(first, replace(problem, absences=(test,)))
    assert same(first, found, weeks=(*WEEKS[:3], *WEEKS[4:]))
    assert not [s for s in found.weeks[WEEKS[3]].schedule.sessions if s.day == 0 and s.start < 560]


@pytest.mark.parametrize("event", [13, 20, 22])
def test_events_13_20_and_22_she_alone_is_away(event: int, problem: Problem, first: TermPlan) -> None:
    """A day at home, two weeks without child care, an hour at the hospital: nobody else is touched."""
    session = has(first, WEEKS[3], "A", "mat")
    day = one_day(WEEKS[3], session)
    away = {
        13: Absence(who="A", from_date=day, to_date=day),
        20: Absence(who="A", from_date=WEEKS[3].monday, to_date=WEEKS[4].day(4)),
        22: Absence(who="A", from_date=day, to_date=day, start=session.start, end=session.start + 30),
    }[event]
    found = again(first, replace(problem, absences=(away,)), WEEKS[3].monday)
    assert same(first, found, "B")
    touched = WEEKS[3:5] if event == 20 else WEEKS[3:4]
    assert same(first, found, "A", [w for w in WEEKS if w not in touched])
    assert all(not found.weeks[w].schedule.of("A", "mat") for w in touched)


def test_event_14_a_teacher_has_half_the_hours(problem: Problem, first: TermPlan) -> None:
    """It does not work out, and that is an answer: as little short as can be, told by person."""
    less = Teaches(teacher="U-MAT", course="mat", most=45, valid_from=FIRST_DAY)
    alone = replace(problem.courses[0], largest_group=1)
    problem = replace(problem, courses=(alone, *problem.courses[1:]))
    first = plan(problem)
    found = again(first, replace(problem, teaches=(*problem.teaches, less)))
    assert same(first, found, weeks=WEEKS[:3])
    for week in WEEKS[3:]:
        unmet = [m for m in found.weeks[week].missing if m.kind == "unmet"]
        assert sum(m.minutes for m in unmet) == 45
        assert found.weeks[week].schedule.minutes("U-MAT") == 45


def test_event_15_a_teacher_has_more_hours(problem: Problem, first: TermPlan) -> None:
    more = Teaches(teacher="U-MAT", course="mat", most=180, valid_from=FIRST_DAY)
    assert same(first, again(first, replace(problem, teaches=(*problem.teaches, more))))


@pytest.mark.parametrize("kind", ["together", "apart"])
def test_events_16_and_17_two_who_must_or_must_not_meet(kind: str, problem: Problem, first: TermPlan) -> None:
    found = again(first, replace(problem, pairs=(Pair(a="A", b="B", kind=kind),)))
    for week in WEEKS:
        meet = has(found, week, "A", "mat") == has(found, week, "B", "mat")
        assert meet is (kind == "together")


@pytest.mark.parametrize("event", [18, 21, 24])
def test_events_18_21_and_24_her_own_hours_from_a_date(event: int, problem: Problem, first: TermPlan) -> None:
    """Another bus (18), work placement (21), shorter days for a while (24)."""
    session = has(first, WEEKS[0], "A", "mat")
    if event == 21:
        work = Commitment(
            who="A",
            title="Praktik",
            kind="work",
            days=frozenset({session.day}),
            start=session.start,
            end=session.end,
            valid_from=FIRST_DAY,
        )
        changed = replace(problem, commitments=(work,))
    else:
        busy = Availability(
            who="A",
            days=frozenset({session.day}),
            start=session.start,
            end=session.end,
            kind="busy",
            valid_from=FIRST_DAY,
            valid_to=WEEKS[5].day(6) if event == 24 else None,
        )
        changed = replace(problem, availability=(*problem.availability, busy))
    found = again(first, changed)
    assert same(first, found, weeks=WEEKS[:3])
    assert all(has(found, w, "A", "mat") != session for w in WEEKS[3:6])
    if event == 24:
        assert same(first, found, weeks=WEEKS[6:]), "afterwards all is as it was"


def test_event_19_no_bus_in_the_school_holidays(problem: Problem, first: TermPlan) -> None:
    """Two weeks in which she can't come: hers are lost, the others' stay, and afterwards all is as it was."""
    no_bus = Availability(
        who="A", days=frozenset(range(5)), kind="busy", valid_from=WEEKS[4].monday, valid_to=WEEKS[5].day(6)
    )
    found = again(first, replace(problem, availability=(*problem.availability, no_bus)))
    assert same(first, found, "B")
    assert same(first, found, "A", (*WEEKS[:4], *WEEKS[6:]))
    assert not any(found.weeks[w].schedule.of("A") for w in WEEKS[4:6])


def test_event_23_maternity_leave(problem: Problem, first: TermPlan) -> None:
    """From a date to the end of the term: ordinary weeks without her, in which nobody else moves."""
    leave = Absence(who="A", from_date=FIRST_DAY, to_date=WEEKS[7].day(6))
    found = again(first, replace(problem, absences=(leave,)))
    assert same(first, found, "B")
    assert same(first, found, "A", WEEKS[:3])
    assert not any(found.weeks[w].schedule.of("A") for w in WEEKS[3:])


def test_event_25_an_interpreter_who_can_come_at_one_time_only(problem: Problem, first: TermPlan) -> None:
    """Her talk is locked there, and no more moves than that takes."""
    talk = has(first, WEEKS[0], "B", "talk")
    day, start = next((d, t) for d in (2, 0) for t in (510, 570) if (d, t) != (talk.day, talk.start))
    lock = Lock(participant="B", course="talk", day=day, start=start, valid_from=FIRST_DAY)
    found = again(first, replace(problem, locks=(lock,)))
    assert same(first, found, weeks=WEEKS[:3])
    assert all((has(found, w, "B", "talk").day, has(found, w, "B", "talk").start) == (day, start) for w in WEEKS[3:])


def test_event_29_another_takes_over_as_coordinator(problem: Problem, first: TermPlan) -> None:
    """The id stays and the label changes: every session stays."""
    teachers = tuple(replace(t, label="Beskæftigelsesrådgiver") if t.id == "KOORD" else t for t in problem.teachers)
    assert same(first, again(first, replace(problem, teachers=teachers)))


def test_event_33_she_moves_and_has_other_buses(problem: Problem, first: TermPlan) -> None:
    """Her window ends before her sessions from a date on: hers move, and what others need not change stays."""
    day = has(first, WEEKS[0], "A", "mat").day
    bus = Availability(who="A", days=frozenset({day}), kind="busy", valid_from=FIRST_DAY)
    found = again(first, replace(problem, availability=(*problem.availability, bus)))
    assert same(first, found, weeks=WEEKS[:3])
    assert all(s.day != day for w in WEEKS[3:] for s in found.weeks[w].schedule.of("A"))
    assert all(found.weeks[w].schedule.minutes("A") == first.weeks[w].schedule.minutes("A") for w in WEEKS[3:])


def test_event_26_the_language_school_closes_for_the_summer(problem: Problem) -> None:
    school = Commitment(
        who="A", title="Sprogskole", kind=LANGUAGE_SCHOOL, days=frozenset({4}), start=510, end=780, minutes=45
    )
    problem = replace(problem, commitments=(school,))
    first = plan(problem)
    closed = Closure(from_date=WEEKS[5].monday, to_date=WEEKS[7].day(4), who=LANGUAGE_SCHOOL)
    assert same(first, again(first, replace(problem, closures=(closed,))))


def test_event_27_a_staff_day_in_one_building(housed: TermPlan) -> None:
    day = one_day(WEEKS[3], has(housed, WEEKS[3], "A", "mat"))
    closed = Closure(from_date=day, to_date=day, place="stob")
    found = again(housed, replace(housed.problem, closures=(closed,)))
    assert not found.weeks[WEEKS[3]].schedule.of("A", "mat")
    old = housed.weeks[WEEKS[3]].schedule
    assert all(has(found, WEEKS[3], p, "talk") == old.of(p, "talk")[0] for p in "AB"), "the other building goes on"
    assert same(housed, found, weeks=(*WEEKS[:3], *WEEKS[4:]))


def test_event_28_an_excursion_of_all(problem: Problem, first: TermPlan) -> None:
    trip = Absence(who=ALL, from_date=FIRST_DAY, to_date=FIRST_DAY, kind="excursion", title="Aarhus")
    found = again(first, replace(problem, absences=(trip,)))
    assert {s.day for s in found.weeks[WEEKS[3]].schedule.sessions} <= {2}
    assert same(first, found, weeks=(*WEEKS[:3], *WEEKS[4:]))


def test_event_30_wrong_all_the_time_and_put_right(problem: Problem, first: TermPlan) -> None:
    """A row without a date, in the middle of the term: the past stays; what is to come is as the tables now say."""
    session = has(first, WEEKS[0], "A", "mat")
    never = Availability(who="A", days=frozenset({session.day}), start=session.start, end=session.end, kind="busy")
    found = again(first, replace(problem, availability=(*problem.availability, never)), WEEKS[4].monday)
    assert same(first, found, weeks=WEEKS[:4])
    assert all(has(found, w, "A", "mat") != session for w in WEEKS[5:])
    assert session not in found.weeks[WEEKS[4]].schedule.of("A"), "it breaks a must, so not even freezing holds it"


def test_event_34_a_teacher_is_replaced_for_good(problem: Problem, first: TermPlan) -> None:
    """Another name at the same times."""
    old = replace(problem.teaches[0], valid_to=FIRST_DAY - timedelta(days=1))
    new = replace(problem.teaches[0], teacher="U-NY", valid_from=FIRST_DAY)
    hours = replace(problem.availability[0], who="U-NY")
    changed = replace(
        problem,
        teachers=(*problem.teachers, Teacher(id="U-NY")),
        teaches=(old, new, *problem.teaches[1:]),
        availability=(*problem.availability, hours),
    )
    found = again(first, changed)
    assert same(first, found, weeks=WEEKS[:3])
    for week in WEEKS[3:]:
        for p in "AB":
            assert replace(has(found, week, p, "mat"), teacher="U-MAT") == has(first, week, p, "mat")


def test_event_36_nothing_happens(problem: Problem, first: TermPlan) -> None:
    for week in WEEKS:
        found = again(first, problem, week.day(2))
        assert plan_document(found)["weeks"] == plan_document(first)["weeks"]


def test_every_event_that_concerns_planning_is_a_test_named_after_it() -> None:
    """The others are 31 and 35 (tests/test_cli_history.py) and 32 (tests/test_links.py)."""
    names = re.findall(r"^def (test_events?_\w+)", Path(__file__).read_text("utf-8"), re.MULTILINE)
    numbers = {int(n) for name in names for n in re.findall(r"_(\d+)(?=_)", name)}
    assert numbers == set(range(1, 37)) - {31, 32, 35}
