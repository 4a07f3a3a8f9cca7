"""The second round of an ordinary week: against every week that is as good, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from agreement import universe
from terms import MONDAY, language_school, term

from skemaplan.dates import Week
from skemaplan.facts import Absence, Availability, Closure, Commitment, Period, Takes, Teacher, Teaches
from skemaplan.planning.keep import keep
from skemaplan.planning.second_round import SecondRound
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.rules import INCONVENIENCE, MUSTS, STANDARD, BaseTime, Lost
from skemaplan.schedule import Schedule
from skemaplan.solving import Effort, price_of, verify

BELLS = ((510, 555), (555, 600), (600, 645))
TEACHERS = ("U-MAT", "U-ENG", "KOORD")
Round = tuple[SecondRound, Schedule, Schedule]  # with what came before and after it


def three_in_a_row(weeks: int) -> Problem:
    """Math, English and a talk on a Monday of three lessons, for two."""
    problem = term(weeks)
    english = replace(problem.courses[0], id="eng", name="Engelsk")
    monday = frozenset({0})
    return replace(
        problem,
        settings=replace(problem.settings, weekly_target=3),
        periods=tuple(Period(id=f"P{i}", start=s, end=e, days=monday) for i, (s, e) in enumerate(BELLS)),
        courses=(*problem.courses, english),
        teachers=(*problem.teachers, Teacher(id="U-ENG")),
        teaches=(*problem.teaches, Teaches(teacher="U-ENG", course="eng")),
        takes=(*problem.takes, Takes(who="all", course="eng")),
        availability=tuple(Availability(who=t, days=monday, start=510, end=645) for t in TEACHERS),
    )


def away(who: str, week: int) -> Absence:
    day = MONDAY + timedelta(days=7 * week)
    return Absence(who=who, from_date=day, to_date=day)


def drawn(seed: int) -> Problem:
    """Such a term with absences, half days closed, a language school, and perhaps other windows in its second half."""
    draw = Random(seed)
    weeks = draw.randint(3, 8)
    problem = three_in_a_row(weeks)
    absences = tuple(away(draw.choice((*TEACHERS, "A")), draw.randrange(weeks)) for _ in range(draw.randint(1, 3)))
    day = MONDAY + timedelta(days=7 * draw.randrange(weeks))
    half = Closure(from_date=day, to_date=day, start=draw.choice((555, 600)))
    later = MONDAY + timedelta(days=7 * (weeks - weeks // 2))
    narrow = Availability(who=draw.choice(TEACHERS), days=frozenset({0}), start=555, end=645, valid_from=later)
    return replace(
        problem,
        absences=absences,
        closures=(half,) if draw.random() < 0.5 else (),
        commitments=(replace(language_school(draw), days=frozenset({2})),) if draw.random() < 0.3 else (),
        availability=(*problem.availability, narrow) if weeks >= 6 and draw.random() < 0.7 else problem.availability,
    )


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[Round]:
    """All second rounds of the plans that are made in a test."""
    found: list[Round] = []
    search = SecondRound.after

    def after(self: SecondRound, first: Schedule, effort: Effort) -> Schedule:
        second = search(self, first, effort)
        found.append((self, first, second))
        return second

    monkeypatch.setattr(SecondRound, "after", after)
    return found


def test_no_week_that_is_as_good_is_worth_more(rounds: list[Round]) -> None:
    """Brute force, by every schedule there is of the ordinary week, and what each of its dated weeks keeps of it."""
    for seed in range(12):
        assert not list(verify_plan(plan(drawn(seed))))
    better = 0
    searched = [(of, first, second) for of, first, second in rounds if of.short(first) or of.later.minutes]
    for of, first, second in searched:
        least = min(worth(of, first, other) for other in [first, *as_good(of, first)])
        assert worth(of, first, second) == least
        better += second is not first
    assert len(searched) > 5
    assert better > 3


def as_good(of: SecondRound, first: Schedule) -> Iterator[Schedule]:
    """Every week that is in no tier worse, and whose dated weeks lose no more and are not more inconvenient."""
    tiers, lost, comes_to = price_of(first, of.rules), losses(of, first), dated(of, first)
    for other in universe(first.facts):
        now = price_of(other, of.rules)
        if any(now[tier] > tiers[tier] for tier in tiers) or any(verify(other, MUSTS)):
            continue
        if losses(of, other) <= lost and all(a <= b for a, b in zip(dated(of, other), comes_to, strict=True)):
            yield other


def losses(of: SecondRound, ordinary: Schedule) -> int:
    return price_of(ordinary, [rule for rule in of.rules if isinstance(rule, Lost)])[INCONVENIENCE]


def dated(of: SecondRound, ordinary: Schedule, *, short: bool = False) -> tuple[int, int]:
    """Minutes lost and minutes of inconvenience of all dated weeks, or of those that are not as usual."""
    lost = inconvenience = 0
    for week, facts in of.weeks.items():
        if short and facts == ordinary.facts:
            continue
        kept, missing = keep(of.problem, week, facts, ordinary)
        lost += sum(m.minutes for m in missing)
        inconvenience += price_of(kept, [*STANDARD, BaseTime((of.usual or ordinary,))])[INCONVENIENCE]
    return lost, inconvenience


def worth(of: SecondRound, first: Schedule, ordinary: Schedule) -> int:
    """What a second round makes least: what short weeks come to, if a loss leaves any of them worse, and later ones."""
    usually = price_of(first, [*STANDARD, BaseTime((of.usual or first,))])[INCONVENIENCE]
    each = [replace(of, weeks={week: facts}) for week, facts in of.weeks.items()]
    leaves = any(lost and inconvenience > usually for lost, inconvenience in (dated(one, first) for one in each))
    later = price_of(ordinary, [of.later])[INCONVENIENCE]
    return later + (dated(of, ordinary, short=True)[1] if leaves else 0)


def test_what_will_be_lost_lies_at_the_end_of_a_day(rounds: list[Round]) -> None:
    """Who teaches between two others is away for a week: with her at an end nobody waits then."""
    for who in TEACHERS:
        found = plan(replace(three_in_a_row(4), absences=(away(who, 2),)))
        assert not list(verify_plan(found))
        week = found.weeks[Week.of(MONDAY + timedelta(days=14))]
        assert any(m.kind == "lost" for m in week.missing)
        assert not any(b.rule == "waiting" for b in verify(week.schedule, STANDARD))
    assert any(second is not first for _, first, second in rounds)


@pytest.mark.parametrize(("start", "end"), [(510, 555), (600, 645)])
def test_times_that_later_weeks_lose_are_not_made_the_usual_ones(start: int, end: int) -> None:
    """Math, and a talk beside it, in two of three lessons; of the weeks to come two lack the first one, or the last."""
    problem = three_in_a_row(8)
    later = MONDAY + timedelta(days=28)
    first_day, last_day = later + timedelta(days=7), later + timedelta(days=14)
    closed = tuple(Absence(who=t, from_date=first_day, to_date=last_day, start=start, end=end) for t in TEACHERS)
    school = Commitment(who="A", title="Sprogskole", days=frozenset({2}), start=510, end=555, minutes=45)
    problem = replace(
        problem,
        takes=(Takes(who="all", course="mat"), Takes(who="A", course="talk")),
        absences=closed,
        commitments=(replace(school, valid_from=later),),
    )
    found = plan(problem)
    assert len(found.bases) == 2
    for base in found.bases.values():
        assert not [s for s in base.schedule.sessions if s.start < end and start < s.end]
    assert not any(week.missing for week in found.weeks.values())
