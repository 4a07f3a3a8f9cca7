"""Why a lesson isn't there: what would break, what it would cost, and the best plan that has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from ..dates import clock
from ..rules import DEMANDS, INCONVENIENCE, STANDARD, Stay, StayNear
from ..rules.loosening import DAYS
from ..schedule import Schedule, Session, TermPlan
from ..solving import Effort, price_of, solve
from ..stopping import Stop
from ..week import WeekLock
from ..words import Text, say, say_n
from .asked import Asked, read_question
from .naming import named
from .placing import Placing, placings
from .values import Reason


@dataclass(frozen=True)
class Move:
    """A participant's session of a course that would lie elsewhere, come in addition, or go."""

    participant: str
    course: str
    before: Session | None
    after: Session | None
    text: Text


@dataclass(frozen=True)
class BestWith:
    """The best ordinary week that has the lesson, moving as little as possible.

    `possible` is None where nothing was found in time; False is proven. `short` and `minutes`: how many minutes more
    are short, and how much more inconvenient the week is. `fewest`: no other moves less, proven.
    """

    possible: bool | None
    short: int = 0
    minutes: int = 0
    moves: tuple[Move, ...] = ()
    fewest: bool = False


@dataclass(frozen=True)
class WhyNot:
    """`there`: it is there already. `reasons`: why it can't simply be put there, from the way that breaks least.

    `placing` is that way; `best` the best week that has it (None if nothing was searched).
    """

    participant: str
    course: str
    week: str
    day: int
    start: int
    there: bool
    reasons: tuple[Reason, ...]
    placing: Placing | None
    best: BestWith | None


def why_not(
    plan: TermPlan,
    person: str,
    course: str,
    when: str,
    *,
    seconds: float | None = 20.0,
    deterministic: float = 20.0,
    search: bool = True,
    stop: Stop | None = None,
) -> WhyNot:
    """Why a participant hasn't a course at a time ("2020-03-03 10:15", "tue 10:15"), and what it would take.

    First by looking only: the lesson is put there and everything that then breaks or costs is named. Then (`search`)
    the best ordinary week that has it is planned, with the fewest moves. Raises InputError with the nearest names.
    """
    asked = read_question(plan, person, course, when)
    dated = plan.weeks[asked.week]
    ordinary = plan.bases[dated.base].schedule
    looked = dated.schedule if asked.dated else ordinary
    mine = looked.of(asked.participant, asked.course, asked.day)
    answer = WhyNot(
        asked.participant,
        asked.course,
        str(asked.week),
        asked.day,
        asked.start,
        there=any(s.start <= asked.start < s.end for s in mine),
        reasons=(),
        placing=None,
        best=None,
    )
    if not answer.there:
        placing = min(placings(looked, asked), key=lambda p: p.rank)
        best = best_with(ordinary, asked, Effort(seconds, deterministic, stop=stop)) if search else None
        answer = replace(answer, placing=placing, reasons=(*placing.breaks, *costs(placing)), best=best)
    return named(answer, plan)


def costs(placing: Placing) -> Iterator[Reason]:
    """What it costs to put it there where nothing breaks."""
    if not placing.breaks:
        if placing.short > 0:
            text = say_n(
                "{n} minute more would be short, weighed.", "{n} minutes more would be short, weighed.", n=placing.short
            )
            yield Reason("demands", "", placing.short, text)
        if placing.minutes > 0:
            text = say_n(
                "It would cost {n} minute of inconvenience more.",
                "It would cost {n} minutes of inconvenience more.",
                n=placing.minutes,
            )
            yield Reason("inconvenience", "", placing.minutes, text)
        elif placing.short <= 0:
            text = say_n(
                "Nothing stands against it: it would be as good ({n} minute).",
                "Nothing stands against it: it would be as good ({n} minutes).",
                n=placing.minutes,
            )
            yield Reason("as_good", "", 0, text)


def best_with(ordinary: Schedule, asked: Asked, effort: Effort) -> BestWith:
    """The best week in which she has it then, found as if it were locked."""
    lock = WeekLock(asked.participant, asked.course, asked.day, asked.start, "", "")
    facts = replace(ordinary.facts, locks=(*ordinary.facts.locks, lock))
    result = solve(
        facts, (*STANDARD, Stay(ordinary), StayNear(ordinary)), hint=ordinary, usual_rooms=ordinary.rooms, effort=effort
    )
    found = result.schedule
    if found is None:
        return BestWith(False if result.impossible else None)
    there = any(s.start == asked.start for s in found.of(asked.participant, asked.course, asked.day))
    if not there:  # no session that she could attend lies there: then no plan has it
        return BestWith(False)
    before, after = price_of(ordinary, STANDARD), price_of(found, STANDARD)
    return BestWith(
        True,
        after[DEMANDS] - before[DEMANDS],
        after[INCONVENIENCE] - before[INCONVENIENCE],
        tuple(moves(ordinary, found)),
        all(t.proven for t in result.tiers if t.name != INCONVENIENCE),
    )


def moves(before: Schedule, after: Schedule) -> Iterator[Move]:
    """What lies elsewhere, participant by participant."""
    for p in sorted(before.facts.participants):
        for course in sorted(before.facts.courses):
            old, new = set(before.of(p, course)), set(after.of(p, course))
            for gone, come in zip_longest(sorted(old - new), sorted(new - old)):
                yield Move(p, course, gone, come, said(p, course, gone, come))


def said(p: str, course: str, gone: Session | None, come: Session | None) -> Text:
    if gone is None:
        return say("{who}: {course} also {to}", who=p, course=course, to=time_of(come))
    if come is None:
        return say("{who}: {course} no longer {at}", who=p, course=course, at=time_of(gone))
    return say("{who}: {course} {to} instead of {at}", who=p, course=course, to=time_of(come), at=time_of(gone))


def time_of(s: Session | None) -> Text:
    return say("{day} {start}-{end}", day=DAYS[s.day], start=clock(s.start), end=clock(s.end)) if s else Text("")
