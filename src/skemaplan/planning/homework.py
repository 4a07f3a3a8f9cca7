"""Homework in a term: every week's, when the weeks are planned; at the same times as long as that works.

It is taken out of a published plan before the plan is made again, and put in afterwards, so that planning what is
taught never sees it: it costs no proof, no teacher's hour and nobody's lesson.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date

from ..dates import Week
from ..errors import Refused
from ..facts import STUDY
from ..rules.study import Study
from ..schedule import BaseWeek, Missing, Schedule, Session, TermPlan, WeekPlan
from ..words import Text, say
from .studying import Kept, Own, with_homework

Usual = Mapping[str, frozenset[Session]]


def without_homework(plan: TermPlan) -> TermPlan:
    """The plan of what is taught."""
    weeks = {w: replace(x, schedule=replace(x.schedule, study={}), missing=taught(x)) for w, x in plan.weeks.items()}
    bases = {name: replace(b, schedule=replace(b.schedule, study={})) for name, b in plan.bases.items()}
    return replace(plan, weeks=weeks, bases=bases)


def taught(dated: WeekPlan) -> tuple[Missing, ...]:
    """What is missing of a week's teaching."""
    courses = dated.schedule.facts.courses
    return tuple(m for m in dated.missing if m.course not in courses or courses[m.course].kind != STUDY)


def with_all_homework(
    plan: TermPlan, published: TermPlan | None = None, today: date | None = None, free_from: date | None = None
) -> TermPlan:
    """The plan with homework in it. Of what was `published`, what has passed by `today` stays, and what lies before
    `free_from` does if there is still room for it; the rest stays at its times as far as it can.

    Raises Refused for homework that is locked where nobody could do it.
    """
    if not has_homework(plan) and (published is None or not has_homework(published)):
        return plan
    bases = ordinary_homework(plan, published)
    weeks: dict[Week, WeekPlan] = {}
    known: list[tuple[Schedule, Usual, Mapping[str, Kept], Schedule]] = []  # like weeks are filled once
    for week, dated in plan.weeks.items():
        old = published.weeks.get(week) if published else None
        if old is not None and today is not None and week.day(6) < today:
            weeks[week] = old
            continue
        usual = when_of(old.schedule if old else bases[dated.base].schedule)
        kept = kept_days(week, dated.schedule, old.schedule, today, free_from) if old and today and free_from else {}
        like = (done for s, u, k, done in known if is_alike(s, dated.schedule) and (u, k) == (usual, kept))
        schedule = next(like, None) or with_homework(dated.schedule, usual, kept)
        known.append((dated.schedule, usual, kept, schedule))
        against = {b.text for b in Study().breaches(as_passed(schedule, week, today))} if kept and today else set()
        if not dated.stale:
            refuse_unkept(schedule, str(week), against)
        missing = (*dated.missing, *missing_homework(schedule, bases[dated.base].schedule))
        weeks[week] = replace(dated, schedule=schedule, missing=missing, stale=dated.stale or bool(against))
    return replace(plan, weeks=weeks, bases=bases)


def is_alike(a: Schedule, b: Schedule) -> bool:
    return a.facts is b.facts and (a.attendance, a.rooms) == (b.attendance, b.rooms)


def has_homework(plan: TermPlan) -> bool:
    """Whether anybody has homework, or should have."""
    schedules = [dated.schedule for dated in plan.weeks.values()]
    return any(x.study or any(p.study.demands for p in x.facts.participants.values()) for x in schedules)


def ordinary_homework(plan: TermPlan, published: TermPlan | None) -> dict[str, BaseWeek]:
    """The ordinary weeks with their homework: those that were published as they were, the others near to those."""
    done: dict[str, BaseWeek] = {}

    def with_its_own(name: str) -> BaseWeek:
        if name not in done:
            base, known = plan.bases[name], published.bases.get(name) if published else None
            if known is not None:
                schedule = replace(base.schedule, study=known.schedule.study)
            else:
                schedule = with_homework(base.schedule, usual(base))
            done[name] = replace(base, schedule=schedule)
        return done[name]

    def usual(base: BaseWeek) -> Usual:
        old = published.weeks.get(base.weeks[0]) if published and base.weeks else None
        before = [old.schedule] if old else [with_its_own(near).schedule for near in base.near]
        return {p: frozenset(s for b in before for s in b.studies(p)) for p in base.schedule.facts.participants}

    return {name: with_its_own(name) for name in plan.bases}


def when_of(schedule: Schedule) -> Usual:
    return {p: frozenset(schedule.studies(p)) for p in schedule.facts.participants}


def kept_days(week: Week, schedule: Schedule, old: Schedule, today: date, free_from: date) -> dict[str, Kept]:
    """Everybody's homework of the days that have passed, and of frozen days what of it there is still room for."""
    days = [d for d in range(7) if week.day(d) < free_from]
    found: dict[str, Kept] = {}
    for p in schedule.facts.participants:
        hers: dict[int, tuple[Session, ...]] = {}
        for d in days:
            mine = tuple(s for s in old.studies(p) if s.day == d)
            hers[d] = mine if week.day(d) < today else Own(schedule, p).still(mine)
        found[p] = hers
    return found


def missing_homework(schedule: Schedule, ordinary: Schedule) -> Iterator[Missing]:
    """What a week has no free time for: lost where an ordinary week has it, else unmet."""
    for p in schedule.facts.participants.values():
        for course, demand in p.study.demands.items():
            got = sum(s.minutes for s in schedule.studies(p.id) if s.course == course)
            usual = sum(s.minutes for s in ordinary.studies(p.id) if s.course == course)
            lost = max(0, min(usual, demand.wanted) - got)
            unmet = max(0, demand.wanted - got) - lost
            for minutes, kind in ((lost, "lost"), (unmet, "unmet")):
                if minutes:
                    yield Missing(p.id, course, minutes, kind, say("she has no free time for it"))


def as_passed(schedule: Schedule, week: Week, today: date) -> Schedule:
    """The homework of the days that have passed: it stays even against the tables. (A lock may be on another day.)"""
    people = {p.id: replace(p, study=replace(p.study, locks=())) for p in schedule.facts.participants.values()}
    passed = {s: who for s, who in schedule.study.items() if week.day(s.day) < today}
    return replace(schedule, facts=replace(schedule.facts, participants=people), study=passed)


def refuse_unkept(schedule: Schedule, week: str, against: Set[Text]) -> None:
    """Raise Refused for a lock on homework that no week can keep: it is named, never dropped.

    `against`: what is against the tables because it has passed.
    """
    for breach in Study().breaches(schedule):
        if breach.text not in against:
            raise Refused(say("{weeks}: {what}", weeks=week, what=breach.text))
