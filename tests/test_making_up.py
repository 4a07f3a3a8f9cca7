"""Making up: as much as each week holds of what was lost before it, on top of a week that stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from agreement import universe
from terms import MONDAY, random_term, term
from test_overview import data_of

from skemaplan.dates import Week
from skemaplan.differing import changes
from skemaplan.differing_text import sentence
from skemaplan.errors import InputError, Refused
from skemaplan.facts import ONLINE, Absence, Availability, Closure, Lock, Mode, Period, Place
from skemaplan.grid import week_grid
from skemaplan.making_up import MADE_UP, owed_before, won_back
from skemaplan.overview import overview
from skemaplan.plan_file import plan_document, read_plan, to_text
from skemaplan.planning.change import replan
from skemaplan.planning.made_up import KEPT_WITH_MORE, without_made_up
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import DEMANDS, INCONVENIENCE, MOVES, PRICES, MadeUp, Owed
from skemaplan.schedule import Session, TermPlan
from skemaplan.solving import price_of, verify

BEFORE = MONDAY - timedelta(days=14)
SECOND = MONDAY + timedelta(days=7)


def making_up(problem: Problem, **more: Any) -> Problem:
    return replace(problem, settings=replace(problem.settings, make_up=True, **more))


def sick(first: date = MONDAY, days: int = 4) -> Absence:
    return Absence(who="U-MAT", from_date=first, to_date=first + timedelta(days=days))


def a_week_lost(weeks: int = 4) -> Problem:
    """The math teacher is away in the first week; she has a lesson a week to spare."""
    problem = making_up(term(weeks), weekly_tolerance=1)
    return replace(problem, teaches=(replace(problem.teaches[0], most=135), problem.teaches[1]), absences=(sick(),))


def again(published: TermPlan, changed: Problem, today: date = BEFORE) -> TermPlan:
    found = replan(changed, read_plan(plan_document(published), changed), today)
    assert not list(verify_plan(found, today))
    return found


def held(found: TermPlan) -> dict[str, int]:
    """Minutes that are made up, by the week in which they are given."""
    sums: dict[str, int] = {}
    for x in won_back(found):
        sums[str(x.held)] = sums.get(str(x.held), 0) + x.minutes
    return sums


def test_a_lost_lesson_is_given_as_soon_as_there_is_room_for_it() -> None:
    found = plan(a_week_lost())
    assert not list(verify_plan(found))
    assert held(found) == {str(Week.of(SECOND)): 2 * 45}
    assert {(x.participant, x.course, x.lost) for x in won_back(found)} == {(p, "mat", Week.of(MONDAY)) for p in "AB"}
    assert all("away" in str(x.reason) for x in won_back(found))


def test_nothing_else_is_other_than_without_it() -> None:
    problem = a_week_lost()
    without = plan(replace(problem, settings=replace(problem.settings, make_up=False)))
    found = plan(problem)
    assert not any(w.made_up for w in without.weeks.values())
    assert found.bases == without.bases
    assert found.tiers == without.tiers
    own = without_made_up(found)
    assert {w: (d.schedule, d.tiers, d.missing) for w, d in own.weeks.items()} == {
        w: (d.schedule, d.tiers, d.missing) for w, d in without.weeks.items()
    }


def test_a_teacher_without_an_hour_to_spare_makes_nothing_up() -> None:
    problem = a_week_lost()
    short = (replace(problem.teaches[0], most=90), problem.teaches[1])  # A and B have a lesson each
    assert not won_back(plan(replace(problem, teaches=short)))


def test_a_week_takes_no_more_than_the_target_and_its_tolerance() -> None:
    problem = a_week_lost()
    assert not won_back(plan(making_up(problem, weekly_tolerance=0)))


def drawn(seed: int) -> Problem:
    """A random term in which somebody is away in its first week, and some have hours to spare."""
    draw = Random(seed)
    problem = random_term(seed)
    who = draw.choice(("U-MAT", "KOORD", "A"))
    away = Absence(who=who, from_date=MONDAY, to_date=MONDAY + timedelta(days=draw.choice((0, 4))))
    target = {"weekly_target": draw.choice((2, 3)), "weekly_tolerance": draw.choice((0, 1, 2))}
    return making_up(replace(problem, absences=(*problem.absences, away)), **target)


@pytest.mark.parametrize("seed", range(40))
def test_no_other_way_to_make_up_is_better(seed: int) -> None:
    """Brute force: of all schedules on top of a week the one that leaves least owed, and of those the kindest."""
    found = plan(drawn(seed))
    assert not list(verify_plan(found))
    for week, owed in owed_before(found.problem, found.weeks).items():
        dated = found.weeks[week]
        if not any(t.name == MADE_UP for t in dated.tiers):
            assert not any(p in dated.schedule.facts.participants for p, _ in owed)
            continue
        own = dated.own
        rules = [*KEPT_WITH_MORE, MadeUp(own, owed)]
        aims = [*PRICES, Owed(own, owed)]
        prices = [price_of(s, aims) for s in universe(own.facts) if not any(verify(s, rules))]
        mine = price_of(dated.schedule, aims)
        best = min((p[DEMANDS], p[INCONVENIENCE]) for p in prices)
        assert (mine[DEMANDS], mine[INCONVENIENCE]) == best
        assert all(t.proven for t in dated.tiers if t.name == MADE_UP)


def test_random_terms_make_something_up() -> None:
    assert sum(bool(won_back(plan(drawn(seed)))) for seed in range(12)) >= 4


def test_a_plan_with_it_is_read_as_it_was_written() -> None:
    found = plan(a_week_lost())
    text = to_text(plan_document(found))
    assert to_text(plan_document(read_plan(plan_document(found), found.problem))) == text


def test_what_was_promised_stays_when_the_term_is_planned_again() -> None:
    first = plan(a_week_lost())
    later = Absence(who="B", from_date=MONDAY + timedelta(days=21), to_date=MONDAY + timedelta(days=21))
    found = again(first, replace(first.problem, absences=(*first.problem.absences, later)))
    week = Week.of(SECOND)
    assert found.weeks[week] == first.weeks[week]
    assert next(t for t in found.tiers if t.name == MOVES).proven


def test_what_is_no_longer_owed_is_not_given() -> None:
    first = plan(a_week_lost())
    found = again(first, replace(first.problem, absences=()))
    assert not won_back(found)
    assert not any(w.missing or w.made_up for w in found.weeks.values())


def test_what_can_no_longer_be_held_is_made_up_at_another_time() -> None:
    first = plan(a_week_lost())
    week = Week.of(SECOND)
    (extra,) = first.weeks[week].made_up
    day = week.day(extra.day)
    away = Absence(who="U-MAT", from_date=day, to_date=day, start=extra.start, end=extra.end)
    found = again(first, replace(first.problem, absences=(*first.problem.absences, away)))
    assert found.weeks[week].own.attendance == first.weeks[week].own.attendance
    assert extra not in found.weeks[week].schedule.sessions
    assert sum(x.minutes for x in won_back(found)) == 2 * 45
    assert next(t for t in found.tiers if t.name == MOVES).value == 2  # A's and B's


def test_a_lesson_of_the_week_itself_comes_first() -> None:
    """From the second week on the teacher has one day: her ordinary lessons take what was to be made up then."""
    first = plan(a_week_lost())
    (extra,) = first.weeks[Week.of(SECOND)].made_up
    busy = Availability(who="U-MAT", kind="busy", days=frozenset({0, 2} - {extra.day}), valid_from=SECOND)
    found = again(first, replace(first.problem, availability=(*first.problem.availability, busy)))
    assert not any(m.kind == "unmet" for w in found.weeks.values() for m in w.missing)
    assert not won_back(found)  # a course has one lesson a day


def test_nothing_new_comes_to_days_that_are_about_to_be() -> None:
    """Sick in the first week, known on the Sunday before: the second week's Monday is settled, not its Wednesday.

    (There is a third period on Wednesdays, for a second session a day: there is time wherever the first ones lie.)
    """
    third = Period(id="P2", start=630, end=675, days=frozenset({2}))
    there = Availability(who="U-MAT", days=frozenset({2}), start=510, end=675)
    problem = making_up(a_week_lost(), freeze_days=7)
    problem = replace(problem, periods=(*problem.periods, third), availability=(*problem.availability, there))
    problem = replace(problem, courses=tuple(replace(c, different_days=False) for c in problem.courses))
    first = plan(replace(problem, absences=()))
    found = again(first, problem, MONDAY - timedelta(days=1))
    settled = MONDAY + timedelta(days=8)  # the seventh working day after
    assert won_back(found)
    for week, dated in found.weeks.items():
        assert not any(week.day(s.day) <= settled for s in dated.made_up)


def test_what_was_made_up_on_days_that_have_passed_stays() -> None:
    """On the Thursday of the second week it turns out that the teacher was not there on its Monday, or was she?"""
    first = plan(a_week_lost())
    week = Week.of(SECOND)
    (extra,) = first.weeks[week].made_up
    today = week.day(extra.day + 1)
    away = Absence(who="U-MAT", from_date=week.day(extra.day), to_date=week.day(extra.day))
    found = again(first, replace(first.problem, absences=(*first.problem.absences, away)), today)
    assert found.weeks[week].made_up == first.weeks[week].made_up
    assert found.weeks[week].stale


def changes_to(problem: Problem, seed: int) -> Iterator[Problem]:
    """Some things that may happen, one after another."""
    draw = Random(seed)
    weeks = (problem.settings.end - problem.settings.start).days // 7 + 1
    for _ in range(3):
        day = MONDAY + timedelta(days=7 * draw.randrange(weeks) + draw.choice((0, 2)))
        absent = Absence(who=draw.choice(("A", "B", "U-MAT", "KOORD")), from_date=day, to_date=day)
        window = Availability(who="U-MAT", kind="busy", days=frozenset({draw.choice((0, 2))}), start=510, end=560)
        closed = Closure(from_date=day, to_date=day, start=560)
        change = draw.randrange(4)
        if change == 0:
            problem = replace(problem, absences=(*problem.absences, absent))
        elif change == 1:
            problem = replace(problem, availability=(*problem.availability, replace(window, valid_from=day)))
        elif change == 2:
            problem = replace(problem, closures=(*problem.closures, closed))
        else:
            problem = replace(problem, absences=problem.absences[1:])
        yield problem


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_every_plan_holds_and_adds_up(seed: int) -> None:
    found = plan(drawn(seed))
    for n, changed in enumerate(changes_to(found.problem, seed)):
        today = MONDAY + timedelta(days=4 * n)
        before, found = found, again(found, changed, today)
        for week, dated in before.weeks.items():
            passed = {s: who for s, who in dated.made_up.items() if week.day(s.day) < today}
            assert all(found.weeks[week].made_up.get(s) == who for s, who in passed.items())
        unchanged = again(found, changed, today)
        assert list(unchanged.sessions()) == list(found.sessions())
        assert won_back(unchanged) == won_back(found)


def test_it_is_told_in_the_overview_the_week_and_the_changes() -> None:
    problem = a_week_lost()
    first = plan(replace(problem, settings=replace(problem.settings, make_up=False)))
    found = again(first, problem)
    lost, week = (str(w.number) for w in list(found.weeks)[:2])
    rows = data_of(overview(found, language="en"))["weeks"]
    assert [r[3] for r in rows[0]["missing"]] == ["made_up", "made_up"]
    assert rows[0]["missing"][0][4].endswith(f"→ week {week}")
    assert [s[8] for s in rows[1]["sessions"] if s[8]] == [["A", "B"]]
    drawn_weeks = [str(week_grid(found, "A", w, "en")) for w in list(found.weeks)[:2]]
    assert f"lost, made up in week {week}: Matematik" in drawn_weeks[0]
    assert f"makes up for week {lost}: Matematik, 1" in drawn_weeks[1]
    new = [c for c in changes(first, found, MONDAY) if c.before is None]
    assert {c.person for c in new} == {"A", "B", "U-MAT"}
    assert all(sentence(found.problem, c, "en").startswith("To make up: Matematik") for c in new)


def locked_on_top(problem: Problem, s: Session, week: Week) -> Problem:
    """A and B are to have this session in this week to make up for a lost one."""
    on, at = week.day(s.day), (s.start, s.end)
    locks = (Lock(participant=p, course=s.course, date=on, start=at[0], end=at[1], makes_up=True) for p in "AB")
    return replace(problem, locks=(*problem.locks, *locks))


@pytest.mark.parametrize("make_up", [False, True])
def test_what_is_locked_to_be_made_up_is_made_up_then(make_up: bool) -> None:
    """The coordinator decides: in the third week, though the second would do, and whatever the term says."""
    problem = a_week_lost()
    (extra,) = plan(problem).weeks[Week.of(SECOND)].made_up
    problem = replace(problem, settings=replace(problem.settings, make_up=make_up))
    first = plan(problem)
    third = list(first.weeks)[2]
    found = plan(locked_on_top(problem, extra, third))
    assert not list(verify_plan(found))
    assert {w: d.made_up for w, d in found.weeks.items() if d.made_up} == {third: {extra: frozenset("AB")}}
    assert found.bases == first.bases
    assert {w: d.own for w, d in found.weeks.items()} == {w: d.own for w, d in first.weeks.items()}
    without_lock = again(found, problem)
    assert sum(x.minutes for x in won_back(without_lock)) == (90 if make_up else 0)


def test_a_lock_that_makes_up_for_nothing_is_named() -> None:
    problem = a_week_lost()
    (extra,) = plan(problem).weeks[Week.of(SECOND)].made_up
    nothing_lost = replace(problem, absences=())
    with pytest.raises(Refused, match="it is not owed"):
        plan(locked_on_top(nothing_lost, extra, Week.of(SECOND)))
    with pytest.raises(InputError, match="held once"):
        replace(problem, locks=(Lock(participant="A", course="mat", day=0, start=510, makes_up=True),))


def one_at_school(problem: Problem) -> Problem:
    """All is online, and A alone is taught at the place, for half an hour."""
    periods = tuple(Period(id=f"P{s}", start=s, end=s + 45, days=frozenset({0, 2})) for s in (510, 555, 600))
    free = tuple(replace(a, end=645) for a in problem.availability)
    courses = tuple(replace(c, place="stob") if c.id == "mat" else c for c in problem.courses)
    everyone = {"from_date": MONDAY, "to_date": problem.settings.end, "course": "mat"}
    here = Mode(mode="in_person", who="A", wanted=30, shortest=30, longest=30, **everyone)  # type: ignore[arg-type]
    there = Mode(mode=ONLINE, **everyone)  # type: ignore[arg-type]
    return replace(
        problem,
        periods=periods,
        availability=free,
        courses=courses,
        places=(Place(id="stob", name="Støberiet"),),
        modes=(there, here),
        settings=replace(problem.settings, online_after=0),
        teaches=(replace(problem.teaches[0], most=180), problem.teaches[1]),
    )


def test_what_one_makes_up_is_where_and_as_long_as_her_own_mode_says() -> None:
    """Also when it is planned again: what was promised to her is not looked for at the place of the others."""
    problem = one_at_school(a_week_lost())
    found = plan(problem)
    assert not list(verify_plan(found))
    (dated,) = (w for w in found.weeks.values() if w.made_up)
    assert {(s.place, s.minutes, *who) for s, who in dated.made_up.items()} == {("stob", 30, "A"), (ONLINE, 45, "B")}
    for today in (BEFORE, dated.week.day(6), dated.week.day(6) + timedelta(days=1)):
        after = again(found, problem, today)
        assert not any(w.stale for w in after.weeks.values())
        assert list(after.sessions()) == list(found.sessions())


@pytest.mark.parametrize("make_up", [False, True])
def test_what_is_locked_to_be_made_up_follows_each_one_s_mode(make_up: bool) -> None:
    problem = one_at_school(a_week_lost())
    (made_up,) = (w.made_up for w in plan(problem).weeks.values() if w.made_up)
    third = Week.of(MONDAY + timedelta(days=14))
    locks = (
        Lock(participant=p, course="mat", date=third.day(s.day), start=s.start, end=s.end, makes_up=True)
        for s, who in made_up.items()
        for p in who
    )
    settings = replace(problem.settings, make_up=make_up)
    found = plan(replace(problem, settings=settings, locks=tuple(locks)))
    assert not list(verify_plan(found))
    assert {w: d.made_up for w, d in found.weeks.items() if d.made_up} == {third: made_up}
