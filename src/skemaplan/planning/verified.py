"""Looking a whole plan over again without any solver: every must, every price, every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ..making_up import MADE_UP, owed_before
from ..rules import (
    DEMANDS,
    INCONVENIENCE,
    MUST,
    MUSTS,
    STANDARD,
    UNIVERSE,
    BaseTime,
    Breach,
    MadeUp,
    Owed,
)
from ..schedule import BaseWeek, TermPlan, Tier, WeekPlan
from ..solving import price_of, verify
from ..unroll import week_facts
from ..words import say
from .bounds import GIVEN_BASE
from .by_hand import DATED
from .made_up import KEPT_WITH_MORE
from .passed import HasBegun, as_it_was, begun_by
from .term import base_of, ordinary_rules


def verify_plan(
    plan: TermPlan, today: date | None = None, minute: int = 0, known: Collection[str] = ()
) -> Iterator[tuple[str, Breach]]:
    """Every must that a plan breaks, with its week (none: the plan holds), and every figure that is not what it says.

    What had begun by this minute of `today` is as it was published, whatever the tables say of it now; the rest of its
    week is looked at. Shares no code with the solver: facts are read from the tables again, schedules only looked at.
    What is `known` to hold (weeks by name, and "base NAME"; see `looked_over.py`) is passed over.
    """
    for name, base in plan.bases.items():
        if base.stale or f"base {name}" in known:
            continue  # a stale one is only remembered: no week that is planned now is like it
        for breach in verify(base.schedule, [*UNIVERSE, *MUSTS]):
            yield name, breach
        for text in base_figures(plan, base):
            yield name, text
    owed = owed_before(plan.problem, plan.weeks)
    for week, dated in plan.weeks.items():
        if str(week) in known:
            continue
        if dated.stale and today is not None and (week.monday, 0) < (today, minute):
            yield from ((str(week), breach) for breach in to_come(plan, dated, begun_by(week, today, minute)))
            continue
        if dated.stale or dated.schedule.facts != week_facts(plan.problem, week):
            yield (
                str(week),
                Breach("facts", MUST, str(week), say("The tables have changed since this week was planned.")),
            )
            continue
        for breach in (*verify(dated.own, DATED), *week_figures(plan, dated), *made_up_figures(dated, owed[week])):
            yield str(week), breach


def to_come(plan: TermPlan, dated: WeekPlan, begun: HasBegun) -> Iterator[Breach]:
    """The musts that the rest of a running week breaks; what has begun breaks none, and had its time."""
    facts = as_it_was(week_facts(plan.problem, dated.week), dated.own, begun)
    whole = replace(dated.own, facts=facts)
    passed = replace(whole, attendance={s: who for s, who in whole.attendance.items() if begun(s)})
    excused = set(verify(passed, DATED))
    yield from (breach for breach in verify(whole, DATED) if breach not in excused)


def base_figures(plan: TermPlan, base: BaseWeek) -> Iterator[Breach]:
    """The tiers of an ordinary week, from the breaches alone."""
    near = tuple(plan.bases[name].schedule for name in base.near)
    now = price_of(base.schedule, ordinary_rules(dict(base.lost), near, base.share))
    for tier in base.tiers:
        yield from differs(base.name, tier, now[tier.name])


def week_figures(plan: TermPlan, dated: WeekPlan) -> Iterator[Breach]:
    """A dated week's inconvenience; and wanted = held + lost + unmet for everyone and every course."""
    base = base_of(plan.bases, dated.base).schedule
    schedule = dated.own
    now = price_of(schedule, [*STANDARD, BaseTime((base,))])
    for tier in dated.tiers:
        if tier.name in (INCONVENIENCE, GIVEN_BASE):
            yield from differs(str(dated.week), tier, now[INCONVENIENCE])
    ordinary = plan.bases[dated.base].schedule
    missing = missing_minutes(dated)
    yield from homework_sums(dated, missing)
    for p in dated.schedule.facts.participants.values():
        for course, demand in p.demands.items():
            planned = max(demand.wanted, ordinary.minutes(p.id, course), schedule.minutes(p.id, course))
            if schedule.minutes(p.id, course) + missing[p.id, course] != planned:
                text = say("{who}: held, lost and unmet {course} are not what was wanted.", who=p.id, course=course)
                yield Breach("sums", MUST, p.id, text)


def missing_minutes(dated: WeekPlan) -> Counter[tuple[str, str]]:
    """What is lost or unmet in a week, by participant and course."""
    found: Counter[tuple[str, str]] = Counter()
    for m in dated.missing:
        found[m.participant, m.course] += m.minutes
    return found


def homework_sums(dated: WeekPlan, missing: Mapping[tuple[str, str], int]) -> Iterator[Breach]:
    """Of homework too, what is wanted is held or missing."""
    for p in dated.schedule.facts.participants.values():
        for course, demand in p.study.demands.items():
            held = sum(s.minutes for s in dated.schedule.studies(p.id) if s.course == course)
            if held + missing[p.id, course] != demand.wanted:
                text = say("{who}: held, lost and unmet {course} are not what was wanted.", who=p.id, course=course)
                yield Breach("sums", MUST, p.id, text)


def made_up_figures(dated: WeekPlan, owed: Mapping[tuple[str, str], int]) -> Iterator[Breach]:
    """What is made up is owed, moves nothing and breaks nothing; and what is left owed is what the tier says."""
    if dated.made_up:
        yield from verify(dated.schedule, [*KEPT_WITH_MORE, MadeUp(dated.own, owed)])
    for tier in dated.tiers:
        if tier.name == MADE_UP:
            yield from differs(str(dated.week), tier, price_of(dated.schedule, [Owed(dated.own, owed)])[DEMANDS])


def differs(where: str, tier: Tier, value: int) -> Iterator[Breach]:
    if tier.value != value:
        text = say("{tier} is {value}, not {said}.", tier=tier.name, value=value, said=tier.value)
        yield Breach("figures", MUST, where, text)
