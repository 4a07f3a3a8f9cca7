"""Re-planning: the fewest moves, proven; what has passed stays; what still holds is not touched."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from agreement import universe
from terms import MONDAY, random_term, term

from skemaplan.dates import Week
from skemaplan.facts import Absence, Availability, Closure, Commitment, Mode, Participant, Place
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.change import frozen_until, replan
from skemaplan.planning.new_tables import moved, now
from skemaplan.planning.published import not_held
from skemaplan.planning.term import lost_minutes, ordinary_rules, plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS, MOVES, MUSTS, Stay
from skemaplan.schedule import TermPlan
from skemaplan.solving import price_of, verify

BEFORE = MONDAY - timedelta(days=14)


def reread(plan: TermPlan, problem: Problem) -> TermPlan:
    """A plan as it comes back from its file, with the tables as they are now."""
    return read_plan(plan_document(plan), problem)


def without_a_day(problem: Problem, teacher: str, day: int) -> Problem:
    """The teacher loses a weekday."""
    busy = Availability(who=teacher, days=frozenset({day}), kind="busy")
    return replace(problem, availability=(*problem.availability, busy))


@pytest.mark.parametrize("seed", range(12))
def test_nothing_changed_and_nothing_changes(seed: int) -> None:
    problem = random_term(seed)
    first = plan(problem)
    again = replan(problem, reread(first, problem), MONDAY + timedelta(days=3))
    assert plan_document(again)["weeks"] == plan_document(first)["weeks"]
    assert plan_document(again)["bases"] == plan_document(first)["bases"]
    assert next(t for t in again.tiers if t.name == MOVES).value == 0


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_as_good_moves_less(seed: int) -> None:
    """Brute force on a tiny term that loses a teacher's day: least short, and of those least moved."""
    problem = random_term(seed)
    first = plan(problem)
    changed = without_a_day(problem, "U-MAT" if seed % 2 else "KOORD", (0, 2)[seed // 2 % 2])
    found = replan(changed, reread(first, changed), BEFORE)
    assert not list(verify_plan(found))
    for week, dated in found.weeks.items():
        base, old = found.bases[dated.base], first.bases[first.weeks[week].base].schedule
        if dated.base in first.bases:
            continue  # it was not planned again
        facts = base.schedule.facts
        weeks = {w: found.weeks[w].schedule.facts for w in base.weeks}
        near = ordinary_rules(lost_minutes(facts, weeks), (), 1)
        rules = [*near, *(Stay(old, gone=not_held(facts, dated)) for dated in weeks.values())]
        prices = [price_of(s, rules) for s in universe(facts) if not any(verify(s, MUSTS))]
        mine = price_of(base.schedule, rules)
        assert (mine[DEMANDS], mine[MOVES]) == min((p[DEMANDS], p[MOVES]) for p in prices)


def test_only_from_its_date_and_only_whom_it_touches() -> None:
    problem = term(weeks=8)
    first = plan(problem)
    b_has = [s for s in first.weeks[Week.of(MONDAY)].schedule.of("B") if s.course == "mat"]
    school = Commitment(
        who="B",
        title="Sprogskole",
        kind="language_school",
        days=frozenset({b_has[0].day}),
        start=510,
        end=660,
        valid_from=MONDAY + timedelta(days=28),
    )
    changed = replace(problem, commitments=(school,))
    found = replan(changed, reread(first, changed), BEFORE)
    assert not list(verify_plan(found))
    for i, (week, dated) in enumerate(found.weeks.items()):
        if i < 4:
            assert dated.schedule.attendance == first.weeks[week].schedule.attendance
        else:
            assert moved(first.weeks[week].schedule, dated.schedule) >= 1
            assert dated.schedule.of("B", "mat") != first.weeks[week].schedule.of("B", "mat")
    tier = next(t for t in found.tiers if t.name == MOVES)
    assert tier.proven
    assert tier.value == sum(moved(first.weeks[w].schedule, d.schedule) for w, d in found.weeks.items())


def test_what_has_passed_stays_even_if_the_tables_now_say_otherwise() -> None:
    problem = term(weeks=4)
    first = plan(problem)
    day = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0].day
    changed = without_a_day(problem, "U-MAT", day)
    today = MONDAY + timedelta(days=14)
    found = replan(changed, reread(first, changed), today)
    for week, dated in found.weeks.items():
        if week < Week.of(today):
            assert dated.schedule.attendance == first.weeks[week].schedule.attendance
        else:
            assert not dated.schedule.of("U-MAT", day=day)


def test_the_next_two_working_days_are_frozen() -> None:
    assert frozen_until(date(2026, 8, 13), 2) == date(2026, 8, 18)  # Thursday: Friday and Monday are frozen
    assert frozen_until(date(2026, 8, 10), 2) == date(2026, 8, 13)
    problem = term(weeks=6)
    first = plan(problem)
    week = Week.of(MONDAY + timedelta(days=7))
    monday = {s: who for s, who in first.weeks[week].schedule.attendance.items() if s.day == 0}
    leaves = replace(problem.participants[1], end=week.day(2))
    newcomer = Participant(id="C", label="Deltager C", start=week.monday)
    changed = replace(problem, participants=(problem.participants[0], leaves, newcomer))
    found = replan(changed, reread(first, changed), week.monday)
    frozen = {s: who for s, who in found.weeks[week].schedule.attendance.items() if s.day == 0}
    assert frozen == monday
    assert not [b for w, b in verify_plan(found) if w != str(week)]
    thawed = replan(changed, reread(first, changed), week.monday, thaw=True)
    assert not list(verify_plan(thawed))


def test_as_many_days_are_frozen_as_the_term_says() -> None:
    """On none: as if it were thawed. On five: what was published for the whole week stays."""
    problem = term(weeks=4)
    first = plan(problem)
    week = Week.of(MONDAY + timedelta(days=7))
    newcomer = Participant(id="C", label="Deltager C", start=week.monday)
    changed = replace(problem, participants=(*problem.participants, newcomer))

    def again(days: int, *, thaw: bool = False) -> TermPlan:
        settings = replace(changed.settings, freeze_days=days)
        now = replace(changed, settings=settings)
        return replan(now, reread(first, now), week.monday, thaw=thaw)

    assert again(0).weeks[week].schedule == again(2, thaw=True).weeks[week].schedule
    assert again(0).weeks[week].schedule.of("C")
    assert again(5).weeks[week].schedule.attendance == first.weeks[week].schedule.attendance
    assert again(5).weeks[week.next].schedule.of("C")


def test_a_session_that_breaks_a_must_moves_even_if_it_is_frozen() -> None:
    problem = term(weeks=6)
    first = plan(problem)
    session = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0]
    away = Absence(who="U-MAT", from_date=MONDAY, to_date=MONDAY + timedelta(days=4))
    changed = replace(problem, absences=(away,))
    found = replan(changed, reread(first, changed), MONDAY)
    assert session not in found.weeks[Week.of(MONDAY)].schedule.attendance
    lost = [m for m in found.weeks[Week.of(MONDAY)].missing if m.kind == "lost"]
    assert {(m.participant, m.course) for m in lost} == {("A", "mat"), ("B", "mat")}
    assert [d.schedule.attendance for w, d in found.weeks.items() if w > Week.of(MONDAY)] == [
        d.schedule.attendance for w, d in first.weeks.items() if w > Week.of(MONDAY)
    ]


def test_what_was_proven_of_a_week_stays_proven_and_nothing_else_is_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day away: bounds of the other weeks are those in the published plan; the week itself is bounded if asked."""
    problem = term(weeks=6)
    first = plan(problem)
    day = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0].day
    away = Absence(who="A", from_date=MONDAY + timedelta(days=14 + day), to_date=MONDAY + timedelta(days=14 + day))
    changed = replace(problem, absences=(away,))
    proven = replan(changed, reread(first, changed), BEFORE, prove=True)
    assert all(t.proven for dated in proven.weeks.values() for t in dated.tiers)

    def nothing(*args: object, **kwargs: object) -> None:
        raise AssertionError("nothing is to be solved")

    for module in ("bounds", "term"):
        monkeypatch.setattr(f"skemaplan.planning.{module}.solve", nothing)
    found = replan(changed, reread(first, changed), BEFORE)
    for week, dated in found.weeks.items():
        assert dated.schedule == proven.weeks[week].schedule
        if week != Week.of(away.from_date):
            assert dated.tiers == first.weeks[week].tiers
        else:
            assert [t.bound for t in dated.tiers if t.name != DEMANDS] == [0, 0]


def test_an_exam_that_is_moved_frees_its_old_day() -> None:
    problem = term(weeks=4)
    first = plan(problem)
    session = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0]
    day = Week.of(MONDAY).day(session.day)
    exam = Absence(who="A", from_date=day, to_date=day, kind="exam", title="PD2")
    with_exam = replace(problem, absences=(exam,))
    second = replan(with_exam, reread(first, with_exam), BEFORE)
    assert not second.weeks[Week.of(MONDAY)].schedule.of("A", "mat")
    later = replace(exam, from_date=day + timedelta(days=7), to_date=day + timedelta(days=7))
    moved_exam = replace(problem, absences=(later,))
    third = replan(moved_exam, reread(second, moved_exam), BEFORE)
    assert third.weeks[Week.of(MONDAY)].schedule.of("A", "mat") == (session,)
    assert not third.weeks[Week.of(MONDAY).next].schedule.of("A", "mat")


def test_someone_who_is_gone_is_gone_from_what_was_ordinary() -> None:
    problem = term()
    first = plan(problem)
    alone = replace(problem, participants=problem.participants[:1])
    facts = first.bases[next(iter(first.bases))].schedule
    found = replan(alone, reread(first, alone), BEFORE)
    assert not list(verify_plan(found))
    week = next(iter(found.weeks.values()))
    assert "B" not in week.schedule.by_person
    assert now(facts, week.schedule.facts).of("A") == facts.of("A")


def test_all_online_for_a_week_and_nothing_else_changes() -> None:
    problem = term(weeks=4)
    first = plan(problem)
    online = Mode(from_date=MONDAY + timedelta(days=7), to_date=MONDAY + timedelta(days=11), mode="online")
    changed = replace(problem, modes=(online,))
    found = replan(changed, reread(first, changed), BEFORE)
    assert not list(verify_plan(found))
    for week, dated in found.weeks.items():
        is_online = week == Week.of(online.from_date)
        assert {s.place for s in dated.schedule.sessions} == {"online" if is_online else ""}
        old = {replace(s, place="") for s in first.weeks[week].schedule.sessions}
        assert {replace(s, place="") for s in dated.schedule.sessions} == old
    assert next(t for t in found.tiers if t.name == MOVES).value == 0


def test_online_from_today_on_frozen_days_stay_at_their_times() -> None:
    problem = term(weeks=4)
    first = plan(problem)
    online = Mode(from_date=MONDAY, to_date=MONDAY + timedelta(days=4), mode="online")
    changed = replace(problem, modes=(online,))
    found = replan(changed, reread(first, changed), MONDAY)
    assert not list(verify_plan(found))
    week = Week.of(MONDAY)
    assert {s.place for s in found.weeks[week].schedule.sessions} == {"online"}
    assert len(found.weeks[week].schedule.sessions) == len(first.weeks[week].schedule.sessions)


def test_the_days_of_this_week_that_have_passed_stay_against_the_tables() -> None:
    """A row without a date, typed two days later: what she gave was as it was, and counts as held."""
    problem = term(weeks=4)
    first = plan(problem)
    week = Week.of(MONDAY + timedelta(days=7))
    day = first.weeks[week].schedule.of("U-MAT")[0].day
    today = week.day(day + 2)
    there = {s: who for s, who in first.weeks[week].schedule.attendance.items() if s.day == day}
    changed = without_a_day(problem, "U-MAT", day)
    found = replan(changed, reread(first, changed), today)
    assert {s: who for s, who in found.weeks[week].schedule.attendance.items() if s.day == day} == there
    gone = {(m.participant, m.course) for m in found.weeks[week].missing}
    for s, who in there.items():
        assert not {(p, s.course) for p in who} & gone
    assert not list(verify_plan(found, today))
    assert not found.weeks[week.next].schedule.of("U-MAT", day=day)
    again = replan(changed, reread(found, changed), today)
    assert plan_document(again)["weeks"] == plan_document(found)["weeks"]


def test_a_week_that_has_passed_stays_even_if_the_tables_now_have_none() -> None:
    problem = term(weeks=4)
    first = plan(problem)
    shut = Closure(from_date=MONDAY, to_date=MONDAY + timedelta(days=6))
    changed = replace(problem, closures=(shut,))
    found = replan(changed, reread(first, changed), MONDAY + timedelta(days=14))
    assert found.weeks[Week.of(MONDAY)].schedule.attendance == first.weeks[Week.of(MONDAY)].schedule.attendance
    assert not list(verify_plan(found, MONDAY + timedelta(days=14)))


def test_what_began_today_stays_against_the_tables_and_the_rest_of_the_day_goes() -> None:
    """The teachers call in sick at half past nine: what has begun by then was held, what comes later is lost."""
    problem = term(weeks=3)
    first = plan(problem)
    week = Week.of(MONDAY)
    day = next(d for d in (0, 2) if len({s.start for s in first.weeks[week].schedule.sessions if s.day == d}) == 2)
    today = [s for s in first.weeks[week].schedule.sessions if s.day == day]
    ill = tuple(Absence(who=t.id, from_date=week.day(day), to_date=week.day(day)) for t in problem.teachers)
    changed = replace(problem, absences=ill)
    found = replan(changed, reread(first, changed), week.day(day), minute=9 * 60 + 20)
    there = [s for s in found.weeks[week].schedule.sessions if s.day == day]
    assert there == [s for s in today if s.start < 9 * 60 + 20]
    assert len(there) < len(today)
    assert not list(verify_plan(found, week.day(day), 9 * 60 + 20))
    before = replan(changed, reread(first, changed), week.day(day))
    assert not [s for s in before.weeks[week].schedule.sessions if s.day == day]


def test_what_was_held_elsewhere_was_held_there() -> None:
    """The course moves to another building, by a row without a date, a day later: what was held was in the old one."""
    base = term(weeks=3)
    places = (Place(id="stob", name="Stob"), Place(id="job", name="Job"))
    problem = replace(base, places=places, courses=tuple(replace(c, place="stob") for c in base.courses))
    first = plan(problem)
    changed = replace(problem, courses=tuple(replace(c, place="job") for c in base.courses))
    week = Week.of(MONDAY)
    today = first.weeks[week].schedule.of("U-MAT")[0].day + 1
    found = replan(changed, reread(first, changed), week.day(today))
    places_of = [(s.day, s.place) for s in found.weeks[week].schedule.sessions]
    assert {place for day, place in places_of if day < today} == {"stob"}
    assert {place for day, place in places_of if day >= today} <= {"job"}
    assert {s.place for s in found.weeks[week.next].schedule.sessions} == {"job"}
    assert not list(verify_plan(found, week.day(today)))


def test_the_days_to_come_of_a_running_week_are_looked_at() -> None:
    """A week against the tables is not taken on trust: only what has begun is."""
    problem = term(weeks=3)
    first = plan(problem)
    week = Week.of(MONDAY)
    never = tuple(Availability(who=t.id, days=frozenset({0, 2}), kind="busy") for t in problem.teachers)
    later = replace(problem, availability=(*problem.availability, *never))
    stale = reread(first, later)
    there = stale.weeks[week].schedule.sessions
    first_one, last_one = there[0], there[-1]
    assert (first_one.day, first_one.start) < (last_one.day, last_one.start)
    running = [b for w, b in verify_plan(stale, week.day(last_one.day), last_one.start) if w == str(week)]
    assert any(b.rule == "availability" for b in running)
    monday_too = [b for w, b in verify_plan(stale, week.day(0), 0) if w == str(week)]
    assert {b.rule for b in monday_too} == {"facts"}
    assert not [b for w, b in verify_plan(stale, week.day(3)) if w == str(week)]
