"""A whole term: what is planned, against every other plan of thirty tiny terms, and what must hold of any."""

from dataclasses import replace
from datetime import timedelta

import pytest
from agreement import universe
from terms import MONDAY, random_term, term

from skemaplan.dates import Week
from skemaplan.errors import Refused
from skemaplan.facts import Absence, Availability, Closure, Course, Lock, Pair, Participant, Price
from skemaplan.planning.stretches import stretches
from skemaplan.planning.term import Term, lost_minutes, ordinary_rules, plan
from skemaplan.planning.verified import verify_plan
from skemaplan.rules import DEMANDS, INCONVENIENCE, MUSTS, STANDARD
from skemaplan.solving import price_of, verify
from skemaplan.unroll import teaching_weeks, week_facts


@pytest.mark.parametrize("seed", range(30))
def test_no_other_plan_of_a_tiny_term_is_better(seed: int) -> None:
    """Brute force: each ordinary week is the least of all its schedules, tier after tier."""
    found = plan(random_term(seed))
    assert not list(verify_plan(found))
    for base in found.bases.values():
        facts = base.schedule.facts
        dated = {w: found.weeks[w].schedule.facts for w in base.weeks}
        near = tuple(found.bases[name].schedule for name in base.near)
        rules = ordinary_rules(lost_minutes(facts, dated), near, base.share)
        allowed = [s for s in universe(facts) if not any(verify(s, MUSTS))]
        prices = [price_of(s, rules) for s in allowed]
        least = min((p[DEMANDS], p[INCONVENIENCE]) for p in prices)
        assert {t.name: t.value for t in base.tiers} == dict(zip((DEMANDS, INCONVENIENCE), least, strict=True))
        assert all(t.proven for t in base.tiers)


@pytest.mark.parametrize("seed", range(10))
def test_bounds_are_bounds(seed: int) -> None:
    """No schedule of a dated week that gives everyone as much is cheaper than the bound said."""
    found = plan(random_term(seed))
    for week, dated in found.weeks.items():
        alone = next(t for t in dated.tiers if t.name == INCONVENIENCE)
        given = next(t for t in dated.tiers if t.name == "given_base")
        assert alone.bound <= given.bound <= dated.tiers[1].value, week
        facts, mine = dated.schedule.facts, dated.schedule
        for other in universe(facts):
            enough = all(other.minutes(p, c) >= mine.minutes(p, c) for p in facts.participants for c in facts.courses)
            if enough and not any(verify(other, MUSTS)):
                assert price_of(other, ordinary_rules({}, (), 1))[INCONVENIENCE] >= alone.bound


def test_equal_input_gives_equal_plans_whatever_the_order_of_rows() -> None:
    problem = random_term(3)
    turned = replace(
        problem,
        participants=problem.participants[::-1],
        teachers=problem.teachers[::-1],
        teaches=problem.teaches[::-1],
        takes=problem.takes[::-1],
        availability=problem.availability[::-1],
    )
    one, other = plan(problem), plan(turned)
    assert list(one.sessions()) == list(other.sessions())
    assert one.tiers == other.tiers


def test_what_a_closed_day_takes_is_lost_and_nothing_else_moves() -> None:
    problem = term(weeks=5)
    free = plan(problem)
    monday = MONDAY + timedelta(days=14)
    for closed_day in (monday, monday + timedelta(days=2)):
        closed = Closure(from_date=closed_day, to_date=closed_day, reason="Lukket")
        found = plan(replace(problem, closures=(closed,)))
        week = Week.of(closed_day)
        ordinary = found.bases[found.weeks[week].base].schedule
        gone = [s for s in ordinary.sessions if week.day(s.day) == closed_day]
        lost = [m for m in found.weeks[week].missing if m.kind == "lost"]
        assert sum(m.minutes for m in lost) == sum(s.minutes * len(ordinary.attendance[s]) for s in gone)
        assert all("Lukket" in str(m.reason) for m in lost)
        assert set(found.weeks[week].schedule.sessions) == set(ordinary.sessions) - set(gone)
    assert not any(m for w in free.weeks.values() for m in w.missing)


def test_lost_lessons_are_won_back_where_the_term_says_refill() -> None:
    problem = term(weeks=4)
    days = MONDAY + timedelta(days=7), MONDAY + timedelta(days=16)  # a Monday and a Wednesday: each base loses one
    closures = tuple(Closure(from_date=d, to_date=d) for d in days)
    rows = {}
    for policy in ("keep", "refill"):
        settings = replace(problem.settings, short_weeks=policy)
        found = plan(replace(problem, settings=settings, closures=closures))
        assert not list(verify_plan(found))
        rows[policy] = sum(m.minutes for w in found.weeks.values() for m in w.missing)
    assert rows["refill"] < rows["keep"]


def test_as_many_moves_as_the_term_allows_for_a_lesson() -> None:
    """With none, only what has room at its usual time is won back: nothing."""
    problem = term(weeks=4)
    days = MONDAY + timedelta(days=7), MONDAY + timedelta(days=16)
    problem = replace(problem, closures=tuple(Closure(from_date=d, to_date=d) for d in days))
    missing = []
    for moves in (0, 2):
        settings = replace(problem.settings, short_weeks="refill", moves_per_lesson=moves)
        found = plan(replace(problem, settings=settings))
        missing.append(sum(m.minutes for w in found.weeks.values() for m in w.missing))
    keep = plan(problem)
    assert missing[1] < missing[0] == sum(m.minutes for w in keep.weeks.values() for m in w.missing)


def test_a_talk_every_second_week_is_held_for_half_of_them_each_week() -> None:
    problem = term(weeks=4)
    talk = replace(problem.courses[1], every_weeks=2)
    found = plan(replace(problem, courses=(problem.courses[0], talk)))
    talks = [(s.date.isocalendar().week, s.participants) for s in found.sessions() if s.course == "talk"]
    assert len(talks) == 4
    assert sorted(who for _, who in talks) == [("A",), ("A",), ("B",), ("B",)]
    assert len({week for week, _ in talks}) == 4
    assert not any(w.missing for w in found.weeks.values())
    assert not list(verify_plan(found))


def test_stretches_join_a_neighbour_that_is_like_them() -> None:
    problem = term(weeks=8)
    away = Absence(who="B", from_date=MONDAY, to_date=MONDAY + timedelta(days=27))  # four weeks: standing
    problem = replace(
        problem,
        absences=(away,),
        participants=(*problem.participants, Participant(id="C", label="Deltager C", start=Week.of(MONDAY).day(7 * 6))),
    )
    standing = {w: week_facts(problem, w, standing=True) for w in teaching_weeks(problem)}
    found = stretches(standing)
    assert [len(s.weeks) for s in found] == [4, 4]  # the last two weeks, with C, are too few for a stretch
    assert sorted(w for s in found for w in s.weeks) == sorted(standing)


def test_more_is_wanted_than_can_be_taught_and_there_is_a_plan() -> None:
    problem = term()
    short = (replace(problem.teaches[0], most=0), problem.teaches[1])
    found = plan(replace(problem, teaches=short))
    assert not list(verify_plan(found))
    unmet = [m for w in found.weeks.values() for m in w.missing if m.kind == "unmet"]
    assert {m.course for m in unmet} == {"mat"}
    assert sum(m.minutes for m in unmet) == 3 * 2 * 45
    assert found.tiers[0].value == 10 * 3 * 2 * 45  # below the fewest, which is ten times as bad
    assert found.tiers[0].proven


def test_a_course_nobody_takes_is_no_trouble() -> None:
    problem = term()
    more = Course(id="eng", name="Engelsk", wanted=45, fewest=45, most=45, sessions=1, shortest=45, longest=45)
    teaches = (*problem.teaches, replace(problem.teaches[0], course="eng", least=45))
    found = plan(replace(problem, courses=(*problem.courses, more), teaches=teaches))
    assert found.tiers[0].value == 3 * 45  # the teacher's least, each week: said, never a reason for no plan


def test_locks_that_no_plan_can_keep_are_named() -> None:
    """One session a week, locked twice; the lock of somebody else is not named."""
    problem = term()
    first = Lock(participant="A", course="mat", day=0, start=510)
    second = Lock(participant="A", course="mat", day=2, start=510)
    other = Lock(participant="B", course="mat", day=0, start=570)
    with pytest.raises(Refused) as refused:
        plan(replace(problem, locks=(first, other, second)))
    assert "Deltager A: mat Mondays 08:30 (a fact), Deltager A: mat Wednesdays 08:30 (a fact)" in str(refused.value)
    assert "B" not in str(refused.value).partition(":")[2]
    kept = plan(replace(problem, locks=(first, other)))
    assert [s.start for s in kept.weeks[Week.of(MONDAY)].schedule.of("B", "mat", 0)] == [570]


def test_a_lock_on_a_date_moves_nobody_who_need_not_move() -> None:
    """Even where it would be kinder: B would rather sit with A, and another time costs her nothing."""
    costs = (Price(name="base_time", minutes=0), Price(name="alone", minutes=60))
    problem = replace(term(3), prices=costs)
    first = plan(problem)
    week = sorted(first.weeks)[1]
    (usual,) = first.weeks[week].schedule.of("A", "mat")
    assert first.weeks[week].schedule.attendance[usual] == {"A", "B"}
    lock = Lock(participant="A", course="mat", start=usual.start, date=week.day(2 - usual.day))
    found = plan(replace(problem, locks=(lock,)))
    assert [s.day for s in found.weeks[week].schedule.of("A", "mat")] == [2 - usual.day]
    assert found.weeks[week].schedule.of("B") == first.weeks[week].schedule.of("B")
    assert not list(verify_plan(found))


def test_an_exam_without_the_break_she_needs_takes_the_session_beside_it() -> None:
    only = Availability(who="U-MAT", days=frozenset({0}), start=570, end=615)
    quiet = replace(term(3), availability=(only, *term(3).availability[1:]))
    quiet = replace(quiet, participants=(replace(quiet.participants[0], shortest_break=20), quiet.participants[1]))
    week = sorted(plan(quiet).weeks)[1]
    for pause, is_lost in ((19, True), (20, False)):
        exam = Absence(who="A", from_date=week.monday, to_date=week.monday, start=480, end=570 - pause, kind="exam")
        found = plan(replace(quiet, absences=(exam,)))
        assert not list(verify_plan(found))
        assert ["mat" in m.course for m in found.weeks[week].missing] == [True] * is_lost


def test_who_must_sit_together_has_her_lesson_when_the_other_is_away() -> None:
    pair = Pair(a="A", b="B", kind="together")
    together = plan(replace(term(3), pairs=(pair,)))
    week = sorted(together.weeks)[1]
    (s,) = together.weeks[week].schedule.of("A", "mat")
    assert together.weeks[week].schedule.attendance[s] == {"A", "B"}
    away = [Absence(who="B", from_date=week.day(d), to_date=week.day(d)) for d in range(5)]
    found = plan(replace(term(3), pairs=(pair,), absences=tuple(away)))
    assert not list(verify_plan(found))
    assert len(found.weeks[week].schedule.of("A", "mat")) == 1
    assert not found.weeks[week].schedule.of("B")


@pytest.mark.parametrize("seconds", [0, 0.001, 0.05])
@pytest.mark.parametrize("seed", range(5))
def test_without_time_there_is_a_plan_too_and_it_says_what_it_lacks(seed: int, seconds: float) -> None:
    problem = random_term(seed)
    hurried = plan(problem, seconds=seconds)
    assert not list(verify_plan(hurried))
    if seconds == 0:
        people = [p for w in hurried.weeks.values() for p in w.schedule.facts.participants.values()]
        wanted = sum(demand.wanted for p in people for demand in p.demands.values())
        assert sum(m.minutes for w in hurried.weeks.values() for m in w.missing if m.kind == "unmet") == wanted


def test_a_week_without_time_is_as_the_one_before_as_far_as_it_can_be() -> None:
    """Planned in a hurry with the other plan's first week known: what that week holds is there."""
    problem = term()
    whole = plan(problem)
    base = next(iter(whole.bases.values()))
    search = Term(problem, 0.0, 0, 120.0, None)
    found = search._in_no_time(base.schedule.facts, STANDARD, base.schedule).schedule
    assert found is not None
    assert found.attendance == base.schedule.attendance
