"""A published plan under new tables: its sessions where the week now has them, and how many of them are others."""

from __future__ import annotations

from dataclasses import replace

from ..problem import Problem
from ..rules import changes
from ..schedule import Schedule, Session, TermPlan
from ..seating import seat
from ..unroll import week_facts
from ..week import WeekFacts


def on_new_tables(plan: TermPlan, problem: Problem) -> TermPlan:
    """A plan with the facts that the tables now give its weeks; what they changed is marked as stale."""
    bases, weeks = {}, {}
    for name, base in plan.bases.items():
        facts = week_facts(problem, base.weeks[0], standing=True)
        stale = base.stale or facts != base.schedule.facts
        bases[name] = replace(base, schedule=replace(base.schedule, facts=facts), stale=stale)
    for week, dated in plan.weeks.items():
        facts = week_facts(problem, week)
        stale = dated.stale or facts != dated.schedule.facts
        weeks[week] = replace(dated, schedule=replace(dated.schedule, facts=facts), stale=stale)
    return replace(plan, problem=problem, bases=bases, weeks=weeks)


def moved(old: Schedule, new: Schedule) -> int:
    """How many (person, session) pairs of a week change."""
    people = old.facts.participants.keys() | new.facts.participants.keys()
    pairs = ((p, old.of(p), new.of(p)) for p in people)
    others = ((p, {s.course for s in (*was, *now)}) for p, was, now in pairs if was != now)
    return sum(changes(old.of(p, c), new.of(p, c)) for p, courses in others for c in courses)


def same_day(old: Schedule, new: Schedule, day: int) -> bool:
    mine = {s: who for s, who in old.attendance.items() if s.day == day}
    return mine == {s: who for s, who in new.attendance.items() if s.day == day}


def placed(schedule: Schedule, facts: WeekFacts) -> Schedule:
    """The same sessions where the week now has them: at their course's place, or online. Nobody decides that."""

    def there(s: Session, p: str) -> Session:
        return replace(s, place=facts.how(p, s.course, s.day).place) if s.course in facts.courses else s

    attendance: dict[Session, frozenset[str]] = {}
    rooms: dict[Session, str] = {}
    for s, who in sorted(schedule.attendance.items()):
        for p in sorted(who):
            new = there(s, p)
            attendance[new] = attendance.get(new, frozenset()) | {p}
            rooms |= {new: schedule.rooms[s]} if s in schedule.rooms else {}
    return Schedule(schedule.facts, attendance, rooms)


def now(schedule: Schedule, facts: WeekFacts) -> Schedule:
    """An ordinary week under new facts: without those who are gone or no longer take the course."""
    schedule = placed(schedule, facts)
    attendance = {}
    for s, who in schedule.attendance.items():
        there = frozenset(p for p in who if p in facts.participants and s.course in facts.participants[p].demands)
        if there and s.course in facts.courses and s.teacher in facts.teachers:
            attendance[s] = there
    return seat(Schedule(facts, attendance), schedule.rooms)[0]
