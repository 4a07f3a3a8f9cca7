"""Homework in a whole term: it moves nobody's lesson, stays where it is, and stands wherever a week is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from terms import MONDAY, random_term, term

from skemaplan.accounts import attendance, hours
from skemaplan.accounts import courses as accounted
from skemaplan.checks import troubles
from skemaplan.circles import only
from skemaplan.counting import of_week, shortages
from skemaplan.dates import Week
from skemaplan.differing import changes
from skemaplan.errors import InputError, Refused
from skemaplan.facts import STUDY, Absence, Availability, Closure, Course, Lock, Mode, Period, Place, Takes, Teaches
from skemaplan.overview import overview
from skemaplan.plan_file import plan_document, read_plan, to_text
from skemaplan.planning.change import replan
from skemaplan.planning.homework import without_homework
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.publishing.ledger import publish
from skemaplan.publishing.slots import slots_by_person
from skemaplan.publishing.sources import sources
from skemaplan.schedule import Schedule, TermPlan
from skemaplan.summary import summarise
from skemaplan.summary_text import summary_text
from skemaplan.timetable import timetable
from skemaplan.unroll import week_facts

HW = Course(
    id="hw",
    name="Hjemmearbejde",
    name_en="Homework",
    kind="study",
    wanted=45,
    fewest=45,
    most=45,
    sessions=1,
    shortest=45,
    longest=45,
)
FIRST = Week.of(MONDAY)
BEFORE = MONDAY - timedelta(days=14)


def with_study(problem: Problem, course: Course = HW, who: str = "all", **more: object) -> Problem:
    courses, takes = (*problem.courses, course), (*problem.takes, Takes(who=who, course=course.id))
    return replace(problem, courses=courses, takes=takes, **more)  # type: ignore[arg-type]


def when(schedule: Schedule, p: str) -> list[tuple[int, int]]:
    return [(s.day, s.start) for s in schedule.studies(p)]


def reread(made: TermPlan, problem: Problem) -> TermPlan:
    return read_plan(plan_document(made), problem)


@pytest.mark.parametrize("seed", range(8))
def test_it_never_changes_what_is_taught(seed: int) -> None:
    """The same lessons, with the same proof, whether she has homework or not; and every plan holds."""
    problem = random_term(seed)
    bare, made = plan(problem), plan(with_study(problem))
    assert not list(verify_plan(made))
    taught = without_homework(made)
    for week, dated in bare.weeks.items():
        other = taught.weeks[week]
        assert (dated.schedule.attendance, dated.schedule.rooms) == (other.schedule.attendance, other.schedule.rooms)
        assert (dated.missing, dated.tiers) == (other.missing, other.tiers)
    assert bare.tiers == made.tiers


def test_everyone_has_it_every_week_at_the_same_time() -> None:
    made = plan(with_study(term(4)))
    for p in "AB":
        weeks = {tuple(when(dated.schedule, p)) for dated in made.weeks.values()}
        assert len(weeks) == 1
        assert weeks != {()}


@pytest.mark.parametrize("seed", range(8))
def test_nothing_changed_and_nothing_changes(seed: int) -> None:
    problem = with_study(random_term(seed))
    first = plan(problem)
    assert to_text(plan_document(reread(first, problem))) == to_text(plan_document(first))
    again = replan(problem, reread(first, problem), MONDAY + timedelta(days=3))
    assert plan_document(again)["weeks"] == plan_document(first)["weeks"]
    assert plan_document(again)["bases"] == plan_document(first)["bases"]
    assert not list(verify_plan(again))


def test_it_moves_only_where_it_must() -> None:
    """Of one whose window closes over it, and from the day on which it closes."""
    problem = with_study(term(4))
    first = plan(problem)
    ((day, start),) = when(first.weeks[FIRST].schedule, "A")
    later = MONDAY + timedelta(days=14)
    busy = Availability(who="A", days=frozenset({day}), start=start, end=start + 45, kind="busy", valid_from=later)
    changed = replace(problem, availability=(*problem.availability, busy))
    again = replan(changed, reread(first, changed), MONDAY)
    for week, dated in again.weeks.items():
        for p in "AB":
            stays = p == "B" or week.monday < later
            assert (when(dated.schedule, p) == when(first.weeks[week].schedule, p)) == stays
    told = changes(first, again, MONDAY)
    assert {(c.person, c.course) for c in told} == {("A", "hw")}


def test_what_has_passed_stays_even_when_nobody_has_homework_any_more() -> None:
    problem = with_study(term(3))
    first = plan(problem)
    none = replace(problem, takes=tuple(t for t in problem.takes if t.course != "hw"))
    again = replan(none, reread(first, none), MONDAY + timedelta(days=7))
    assert again.weeks[FIRST].schedule.study == first.weeks[FIRST].schedule.study
    assert not any(dated.schedule.study for week, dated in again.weeks.items() if week > FIRST)


def test_a_day_that_has_passed_keeps_it_within_the_running_week() -> None:
    problem = with_study(term(2))
    first = plan(problem)
    days = {p: when(first.weeks[FIRST].schedule, p)[0][0] for p in "AB"}
    gone = tuple(Absence(who=p, from_date=MONDAY, to_date=MONDAY + timedelta(days=13)) for p in "AB")
    changed = replace(problem, absences=gone)
    after = MONDAY + timedelta(days=min(days.values()) + 1)
    again = replan(changed, reread(first, changed), after, thaw=True)
    assert not list(verify_plan(again, after))
    for p, day in days.items():
        assert bool(when(again.weeks[FIRST].schedule, p)) == (MONDAY + timedelta(days=day) < after)


def test_a_closed_day_moves_it_to_another_of_her_own() -> None:
    problem = with_study(term(3))
    third = Period(id="P2", start=630, end=675, days=frozenset({0, 2}))
    problem = replace(problem, periods=(*problem.periods, third))
    first = plan(problem)
    ((day, _),) = when(first.weeks[FIRST].schedule, "A")
    closed = FIRST.next.day(day)
    made = plan(replace(problem, closures=(Closure(from_date=closed, to_date=closed),)))
    ((other, _),) = when(made.weeks[FIRST.next].schedule, "A")
    assert other != day
    assert not [m for m in made.weeks[FIRST.next].missing if m.course == "hw"]


def test_what_her_time_has_no_room_for_is_missing_and_said() -> None:
    """Two lessons and a talk in four periods leave one free; she should have three lessons of homework."""
    problem = with_study(term(3), replace(HW, wanted=135, fewest=45, most=135, sessions=3, different_days=False))
    away = Absence(who="A", from_date=MONDAY + timedelta(days=9), to_date=MONDAY + timedelta(days=9))
    made = plan(replace(problem, absences=(away,)))
    assert not list(verify_plan(made))
    assert sum(m.minutes for m in made.weeks[FIRST].missing if (m.participant, m.course) == ("A", "hw")) == 45
    summary = summarise(made)
    (a,) = (p for p in summary.persons if p.id == "A")
    assert a.study["hw"].wanted == 3 * 135
    assert a.study["hw"].lost_minutes > 0
    assert summary.works_out  # all lessons and talks have their place
    assert "Hjemmearbejde" in summary_text(summary, "da")
    assert summary.all.wanted == sum(x.wanted for p in summary.persons for x in p.courses.values())


def test_it_is_no_part_of_the_twenty_lessons() -> None:
    facts = week_facts(with_study(term(), replace(HW, wanted=450, most=450, sessions=9)), FIRST)
    assert facts.participants["A"].demands == week_facts(term(), FIRST).participants["A"].demands


def test_she_has_time_for_it_on_days_when_nobody_teaches() -> None:
    problem = term()
    every_day = tuple(replace(p, days=frozenset(range(5))) for p in problem.periods)
    facts = week_facts(with_study(replace(problem, periods=every_day)), FIRST)
    a = facts.participants["A"]
    assert not a.free[1]
    assert a.study.free[1]


def test_it_follows_its_own_row_of_modes_only() -> None:
    problem = with_study(term())
    online = Mode(
        from_date=MONDAY, to_date=MONDAY + timedelta(days=6), mode="online", wanted=0, shortest=30, longest=30
    )
    same = week_facts(replace(problem, modes=(online,)), FIRST)
    assert same.courses["hw"] == week_facts(problem, FIRST).courses["hw"]
    assert same.participants["A"].study == week_facts(problem, FIRST).participants["A"].study
    own = replace(online, course="hw", wanted=60)
    facts = week_facts(replace(problem, modes=(own,)), FIRST)
    assert (facts.courses["hw"].days[0].shortest, facts.participants["A"].study.demands["hw"].wanted) == (30, 60)
    assert facts.courses["hw"].days[0].place == ""


def test_a_lock_on_it_keeps_lessons_off_its_time() -> None:
    problem = with_study(term(2))
    lock = Lock(participant="A", course="hw", day=0, start=510)
    made = plan(replace(problem, locks=(lock,)))
    assert not list(verify_plan(made))
    assert all(when(dated.schedule, "A") == [(0, 510)] for dated in made.weeks.values())


def test_a_lock_on_it_that_nothing_can_keep_is_named() -> None:
    lock = Lock(participant="A", course="hw", day=0, start=1000)
    with pytest.raises(Refused, match="hw at 16:40"):
        plan(with_study(term(1), locks=(lock,)))


def test_a_place_for_it_must_be_open() -> None:
    place = Place(id="cafe", name="Lektiecafé")
    problem = with_study(term(2), replace(HW, place="cafe"), places=(place,))
    free = next(d for d in (0, 2) if not plan(problem).weeks[FIRST].schedule.of("A", day=d))
    for day, there in ((free, {free}), (1, set())):
        open_on = Availability(who="cafe", days=frozenset({day}))
        made = plan(replace(problem, availability=(*problem.availability, open_on)))
        assert not list(verify_plan(made))
        assert {d for d, _ in when(made.weeks[FIRST].schedule, "A")} == there


def test_counting_says_when_it_does_not_fit_beside_what_is_taught() -> None:
    """Four periods a week hold a lesson, a talk and two lessons of homework, and not three."""
    two, three = (replace(HW, wanted=n * 45, most=n * 45, sessions=n, different_days=False) for n in (2, 3))
    assert not list(of_week(week_facts(with_study(term(), two), FIRST, standing=True), homework=True))
    facts = week_facts(with_study(term(), three), FIRST, standing=True)
    assert {(s.code, s.who, s.need, s.has) for s in of_week(facts, homework=True)} == {
        ("homework", p, 225, 180) for p in "AB"
    }


def test_counting_a_part_of_the_week_counts_its_homework() -> None:
    facts = week_facts(with_study(term(), replace(HW, wanted=135, most=135, sessions=3)), FIRST, standing=True)
    assert of_week(only(facts, frozenset("A")), homework=True)
    assert not of_week(facts)  # what is taught fits


@pytest.mark.parametrize("seed", range(30))
def test_counting_never_cries_wolf(seed: int) -> None:
    """Where it finds too little time, a plan has no room for everything."""
    problem = with_study(random_term(seed), replace(HW, wanted=90, most=90, sessions=2, different_days=seed % 2 == 0))
    short = {(s.code, s.who, week) for s in shortages(problem) for week in s.weeks if s.code == "homework"}
    made = plan(problem) if short else None
    for _, who, week in short:
        assert made is not None
        ordinary = made.bases[made.weeks[week].base].schedule.whole
        facts = week_facts(problem, week, standing=True)
        hers = facts.participants[who]
        wanted = sum(d.wanted for d in (*hers.demands.values(), *hers.study.demands.values()))
        assert ordinary.minutes(who) < wanted


def test_only_homework_at_a_place_takes_her_there() -> None:
    """At home it is no day of attendance and no trip; in a café it is."""
    here = (Place(id="stob", name="Støberiet"), Place(id="cafe", name="Lektiecafé"))
    problem = term(1)
    courses = tuple(replace(c, place="stob") for c in problem.courses)
    bare = replace(problem, courses=courses, places=here)
    at_home, there = (
        with_study(bare, replace(HW, place=place, wanted=90, most=90, sessions=2)) for place in ("", "cafe")
    )

    def travelled(made: TermPlan) -> list[int]:
        (row,) = (row for row in attendance(made) if row["participant"] == "A")
        return [int(str(row[name])) for name in ("days", "online_days", "trips")]

    assert travelled(plan(at_home)) == travelled(plan(bare))
    assert travelled(plan(there))[2] > travelled(plan(bare))[2]


def test_a_group_of_those_who_study_is_told_to_be_none() -> None:
    found = troubles(with_study(term(), replace(HW, largest_group=3, most_taught=90)))
    assert [str(t.where) for t in found if "by herself" in str(t.what)] == [
        "a fact, largest_group",
        "a fact, most_taught",
    ]


def test_nobody_teaches_it() -> None:
    problem = with_study(term())
    assert not [t for t in troubles(problem) if t.severity == "error"]
    wrong = Teaches(teacher="KOORD", course="hw")
    with pytest.raises(InputError, match="hw is study"):
        replace(problem, teaches=(*problem.teaches, wrong))


# -- where it is seen --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> TermPlan:
    return plan(with_study(term(2)))


def seen_in_her_feed(made: TermPlan) -> bool:
    slots = slots_by_person(made)
    mine = [s for s in slots["A"] if s.key == "hw"]
    nobody = not any(s.key == "hw" for t in made.problem.teachers for s in slots[t.id])
    return len(mine) == 2 and nobody and {(s.title, s.people, s.location) for s in mine} == {("Hjemmearbejde", "", "")}


def seen_in_her_week(made: TermPlan) -> bool:
    mine = timetable(made, "A", FIRST, "da")
    (item,) = (i for i in mine.items if i.course == "hw")
    return item.who == "" and mine.minutes[STUDY] == 45


def seen_in_lessons(made: TermPlan) -> bool:
    return sum(s.course == "hw" and s.teacher == "" for s in made.sessions()) > 0


def seen_in_accounts(made: TermPlan) -> bool:
    of_a = next(row for row in hours(made) if row["participant"] == "A")
    hers = [row for row in accounted(summarise(made)) if row["course"] == "hw" and row["participant"] == "A"]
    return of_a["homework"] == 1 and of_a["total"] == 2 and hers[0]["held"] == 2


def seen_in_the_overview(made: TermPlan) -> bool:
    return '"hw","",""' in overview(made)


SHOWN = (seen_in_her_feed, seen_in_her_week, seen_in_lessons, seen_in_accounts, seen_in_the_overview)


@pytest.mark.parametrize("seen", SHOWN, ids=lambda f: f.__name__)
def test_it_is(seen: Callable[[TermPlan], bool], made: TermPlan) -> None:
    assert seen(made)


def test_whose_homework_moves_is_published_anew() -> None:
    problem = with_study(term(2))
    first = plan(problem)
    ((day, start),) = when(first.weeks[FIRST].schedule, "A")
    busy = Availability(who="A", days=frozenset({day}), start=start, end=start + 45, kind="busy")
    changed = replace(problem, availability=(*problem.availability, busy))
    again = replan(changed, reread(first, changed), BEFORE)
    old, new = sources(first), sources(again)
    assert {who for who in old if old[who] != new[who]} == {"A"}
    now = datetime(2026, 8, 1, tzinfo=UTC)
    once = publish(first, None, now)
    twice = publish(again, once.ledger, now + timedelta(days=1))
    seen = {
        (entry.slot.date.weekday(), entry.slot.start)
        for entry in twice.ledger.feeds["A"].values()
        if entry.slot.key == "hw"
    }
    assert (day, start) not in seen


def test_publishing_again_changes_nothing(made: TermPlan) -> None:
    now = datetime(2026, 8, 1, tzinfo=UTC)
    once = publish(made, None, now)
    assert publish(reread(made, made.problem), once.ledger, now + timedelta(days=1)).ledger == once.ledger
