"""A week of many circles: whether a change mends it is looked for near the shortage, around everybody else's sessions.

What is found so is a plan of everybody, checked rule by rule. What is not found so proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ..around import around
from ..circles import People, circles, near
from ..rules import DEMANDS, MUSTS, UNIVERSE, InFull, WeekRule
from ..schedule import Schedule, TermPlan, Tier
from ..solving import Result, price_of, verify
from ..week import WeekFacts
from .fitting import RULES, Fitting

NEAREST = 3  # circles that are planned anew together with those that are short


class Nearby:
    """`plan`: a week to begin from, in which little or nothing is short, perhaps of facts that were changed.

    `courses`: those that don't fit by themselves.
    """

    def __init__(self, plan: Schedule, courses: Iterable[str], fits: Fitting) -> None:
        self.plan, self.fits = plan, fits
        self.rings = tuple(rings(plan, frozenset(courses)))

    def full(self, facts: WeekFacts) -> Schedule | None:
        """A week in which everything fits and most sessions are those of `plan`, if one was found."""
        held = self._held(facts)
        for people in self.rings:
            found = self.fits.plan(around(held, people)).schedule
            week = held.without(people).beside(found) if found else None
            if week is not None and keeps(week, (InFull(), *UNIVERSE, *MUSTS)):
                return week
        return None

    def least_short(self, facts: WeekFacts, few: Sequence[Schedule], bound: int) -> Result:
        """The fullest week that was found with most sessions as in `plan`; none can be less short than `bound`.

        `few`: plans of those few courses that don't fit, as little short as can be. A week that lacks just what they
        lack is looked for first: that is a smaller question than which is the fullest.
        """
        lacking = self.full(lowered(facts, few))
        week = replace(lacking, facts=facts) if lacking else None
        if week is not None and keeps(week, (*UNIVERSE, *MUSTS)):
            value = price_of(week, RULES)[DEMANDS]
            return Result(week, (Tier(DEMANDS, value, min(value, bound)),))
        held = self._held(facts)
        best = Result(None, ())
        for people in self.rings:
            found = self.fits.best(around(held, people)).schedule
            week = held.without(people).beside(found) if found else None
            if week is not None and keeps(week, (*UNIVERSE, *MUSTS)):
                value = price_of(week, RULES)[DEMANDS]
                if not best.tiers or value < best.tiers[0].value:
                    best = Result(week, (Tier(DEMANDS, value, min(value, bound)),))
                if value <= bound:
                    break
        return best

    def _held(self, facts: WeekFacts) -> Schedule:
        """The sessions of `plan` that these facts know."""
        known = {s: who for s, who in self.plan.attendance.items() if s.teacher in facts.teachers}
        return Schedule(facts, known, {s: r for s, r in self.plan.rooms.items() if s in known and r in facts.rooms})


def lowered(facts: WeekFacts, few: Iterable[Schedule]) -> WeekFacts:
    """The week in which nobody asks for more of these courses than she gets in these plans."""
    people, teachers = dict(facts.participants), dict(facts.teachers)
    for plan in few:
        for p in plan.facts.participants.values():
            mine = dict(people[p.id].demands)
            for course, d in p.demands.items():
                got = plan.minutes(p.id, course)
                if got < d.wanted:
                    n = max(1, len(plan.of(p.id, course)))
                    mine[course] = replace(d, wanted=got, fewest=min(d.fewest, got), cap=got, sessions=n)
            people[p.id] = replace(people[p.id], demands={c: d for c, d in mine.items() if d.cap})
        for t in plan.facts.teachers.values():
            least = {c: (min(low, plan.minutes(t.id, c)), most) for c, (low, most) in t.teaches.items()}
            teachers[t.id] = replace(teachers[t.id], teaches={**teachers[t.id].teaches, **least})
    return replace(facts, participants=people, teachers=teachers)


def rings(plan: Schedule, courses: frozenset[str]) -> Iterator[People]:
    """Those who are short, with whoever sits with them; then their nearest, too. (Everybody is not asked here.)"""
    facts = plan.facts
    short = {b.about for b in verify(plan, [InFull()])}
    every = circles(facts)
    takers = {p.id for p in facts.participants.values() if not courses.isdisjoint(p.demands)}
    first = [c for c in every if c & (short | takers)]
    beside = near(facts, every)
    second = dict.fromkeys(chain(first, *(beside[c][:NEAREST] for c in first)))
    for some in (first, list(second)):
        if 0 < len(some) < len(every):
            yield frozenset().union(*some)


def keeps(schedule: Schedule, rules: Iterable[WeekRule]) -> bool:
    """Whether a week keeps all of these rules: by looking."""
    return not any(verify(schedule, rules))


def held_in(plan: TermPlan, part: WeekFacts, weeks: Iterable[str]) -> Schedule | None:
    """The part's week as the plan has it, as far as that keeps every must of the part as it is now: of several the
    fullest."""
    bases = {plan.weeks[w].base for w in plan.weeks if str(w) in set(weeks)}
    found = []
    for name in sorted(bases & plan.bases.keys()):
        week = plan.bases[name].schedule
        mine = {s: who for s, all_of_them in week.attendance.items() if (who := all_of_them & part.participants.keys())}
        mine = {s: who for s, who in mine.items() if s.teacher in part.teachers and s.course in part.courses}
        kept = as_far_as_it_holds(Schedule(part, mine, {s: r for s, r in week.rooms.items() if s in mine}))
        if kept is not None:
            found.append(kept)
    return min(found, key=lambda s: sum(1 for _ in verify(s, [InFull()])), default=None)


def as_far_as_it_holds(schedule: Schedule) -> Schedule | None:
    """A week without the sessions of whoever and whatever breaks a must, until none is broken: None, if that is all."""
    while schedule.attendance:
        wrong = {b.about for b in verify(schedule, (*UNIVERSE, *MUSTS))}
        if not wrong:
            return schedule
        left = {
            s: who
            for s, who in schedule.attendance.items()
            if wrong.isdisjoint({s.course, s.teacher, s.place, schedule.rooms.get(s, ""), *who})
        }
        if len(left) == len(schedule.attendance):
            return None
        schedule = replace(schedule, attendance=left, rooms={s: r for s, r in schedule.rooms.items() if s in left})
    return None
