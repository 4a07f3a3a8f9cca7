"""Plans that repeat every two or four weeks, and what comes only every second or fourth week."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from terms import MONDAY, term

from skemaplan.checks import troubles
from skemaplan.counting import shortages
from skemaplan.dates import Week, turn
from skemaplan.facts import Availability, Commitment
from skemaplan.planning.change import replan
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.schedule import TermPlan


def repeating(cycle: int, weeks: int = 8, **changes: object) -> Problem:
    problem = term(weeks)
    settings = replace(problem.settings, cycle_weeks=cycle)
    return replace(problem, settings=settings, **changes)  # type: ignore[arg-type]


def practice(who: str, day: int, every: int, first: int) -> Commitment:
    """A whole day somewhere, every so many weeks from the `first` week on."""
    return Commitment(
        who=who,
        title="Praktik",
        days=frozenset({day}),
        start=480,
        end=900,
        every_weeks=every,
        valid_from=MONDAY + timedelta(days=7 * first),
        minutes=0,
    )


def by_turn(made: TermPlan, cycle: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for week, dated in made.weeks.items():
        found.setdefault(turn(week, cycle), set()).add(str(dated.schedule))
    return found


def test_odd_and_even_weeks_have_each_their_own_plan() -> None:
    """A is away on Mondays in the one, on Wednesdays in the other: each is planned for itself, and then repeated."""
    both = (practice("A", 0, 2, 0), practice("A", 2, 2, 1))
    made = plan(repeating(2, commitments=both))
    assert not list(verify_plan(made))
    assert not [m for dated in made.weeks.values() for m in dated.missing]
    assert {n: len(plans) for n, plans in by_turn(made, 2).items()} == {0: 1, 1: 1}
    assert len({base.anchor for base in made.bases.values()}) == 2


def test_a_cycle_of_four_weeks() -> None:
    made = plan(repeating(4, commitments=(practice("A", 0, 4, 0), practice("B", 2, 4, 2))))
    assert not list(verify_plan(made))
    assert not [m for dated in made.weeks.values() for m in dated.missing]
    assert {n: len(plans) for n, plans in by_turn(made, 4).items()} == {0: 1, 1: 1, 2: 1, 3: 1}


@pytest.mark.parametrize("cycle", [2, 4])
def test_a_cycle_is_planned_again_without_a_move(cycle: int) -> None:
    problem = repeating(cycle, commitments=(practice("A", 0, cycle, 0),))
    made = plan(problem)
    again = replan(problem, made, MONDAY + timedelta(days=16))
    assert {w: x.schedule for w, x in again.weeks.items()} == {w: x.schedule for w, x in made.weeks.items()}


def one_talk_a_week(cycle: int, every: int) -> Problem:
    """The coordinator is there for one talk a week; A and B are to have one every so many weeks."""
    problem = repeating(cycle)
    courses = tuple(replace(c, every_weeks=every) if c.id == "talk" else c for c in problem.courses)
    free = (*problem.availability[:1], Availability(who="KOORD", days=frozenset({0}), start=510, end=555))
    return replace(problem, courses=courses, availability=free)


@pytest.mark.parametrize(("cycle", "every"), [(2, 2), (4, 2), (4, 4)])
def test_talks_take_turns_at_the_only_time_there_is(cycle: int, every: int) -> None:
    problem = one_talk_a_week(cycle, every)
    assert not [s for s in shortages(problem) if s.code != "teaching_weeks"]
    made = plan(problem)
    assert not list(verify_plan(made))
    assert not [m for dated in made.weeks.values() for m in dated.missing]
    weeks = [{p for p in "AB" for _ in dated.schedule.of(p, "talk")} for dated in made.weeks.values()]
    assert weeks[:every] == [{"A"}, {"B"}, set(), set()][:every]
    assert weeks == weeks[:every] * (8 // every)


def test_without_a_cycle_everyone_keeps_a_time_and_the_tables_say_so() -> None:
    problem = one_talk_a_week(1, 2)
    (warning,) = (t for t in troubles(problem) if t.severity == "warning" and "talk" in str(t.what))
    assert "cycle_weeks, 2" in str(warning.right)
    assert any(dated.missing for dated in plan(problem).weeks.values())
    assert not [s for s in shortages(problem) if s.code == "course"]  # with a cycle it works out: nothing is impossible
    assert not [t for t in troubles(one_talk_a_week(2, 2)) if "cycle_weeks" in str(t.right)]


def test_turns_go_on_over_a_year_of_53_weeks() -> None:
    """Odd and even weeks are ISO week numbers; four weeks are four weeks."""
    assert [turn(Week(2020, n), 2) for n in (52, 53)] == [0, 1]
    assert turn(Week(2021, 1), 2) == 1
    four = [turn(week, 4) for week in (Week(2020, 52), Week(2020, 53), Week(2021, 1), Week(2021, 2))]
    assert sorted(four) == [0, 1, 2, 3]
