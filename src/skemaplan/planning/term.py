"""A whole term: a base week for each stretch of like weeks, and each dated week as its base week says.

Why not one model of all weeks: it was slower and worse. Why a base week at all: the same day, time, room and teacher
week after week is what the programme trains. A base week is chosen with the calendar in view (`Lost`) and near the base
weeks before it (`BaseTime`); a week whose own facts differ for a while is planned against its stretch's base.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..candidates import candidates
from ..dates import Week
from ..errors import NoPlan
from ..problem import Problem
from ..rules import DEMANDS, INCONVENIENCE, STANDARD, BaseTime, Lost, Refill, WeekRule
from ..schedule import BaseWeek, Missing, Schedule, Session, TermPlan, Tier, WeekPlan
from ..solving import Effort, Result, price_of, solve
from ..unroll import teaching_weeks, week_facts
from ..week import WeekFacts
from ..words import say
from .keep import holds, keep
from .stretches import Stretch, stretches

Heard = Callable[[str, int, int, str, int, int], None]  # stage, done, of, tier, value, bound


def plan(
    problem: Problem,
    *,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 120.0,
    heard: Heard | None = None,
) -> TermPlan:
    """Plan every dated week of a term.

    `seconds` limits the clock over all (None: none), `deterministic` the solver's own time on each week, the same on
    every machine: where it or the proof ends every search, equal input gives an equal plan. `heard` hears of progress.
    Raises NoPlan if the time was up before every week had a plan.
    """
    return _Term(problem, seconds, seed, deterministic, heard).plan()


class _Term:
    def __init__(
        self, problem: Problem, seconds: float | None, seed: int, deterministic: float, heard: Heard | None
    ) -> None:
        self.problem, self.seconds, self.seed, self.heard = problem, seconds, seed, heard
        self.deterministic = deterministic
        self.began = time.monotonic()
        self.weeks = teaching_weeks(problem)
        self.facts = unique({w: week_facts(problem, w) for w in self.weeks})
        self.standing = unique({w: week_facts(problem, w, standing=True) for w in self.weeks})
        self.stretches = stretches(self.standing, problem.settings.cycle_weeks)
        self.bases: dict[str, BaseWeek] = {}
        self.left = sum(len({id(self.standing[w]) for w in s.weeks}) for s in self.stretches)
        self.of = self.left

    def plan(self) -> TermPlan:
        weeks: dict[Week, WeekPlan] = {}
        for stretch in self.stretches:
            base = self._base_week(stretch)
            for week in stretch.weeks:
                weeks[week] = self._week(week, self._ordinary_week(week, stretch, base))
        tiers = term_tiers(self.bases, weeks)
        return TermPlan(
            self.problem, dict(sorted(weeks.items())), self.bases, tiers, self.seed, time.monotonic() - self.began
        )

    def _base_week(self, stretch: Stretch) -> BaseWeek:
        """The stretch's own week: what sessions lose to its closures, and the times of earlier base weeks, in view."""
        like = tuple(w for w in stretch.weeks if self.standing[w] == stretch.facts)
        return self._ordinary(stretch, like, stretch.facts, tuple(self.bases), len(like))

    def _ordinary_week(self, week: Week, stretch: Stretch, base: BaseWeek) -> BaseWeek:
        """What an ordinary week with this week's standing facts is like: the base week, or one planned against it."""
        facts = self.standing[week]
        for known in self.bases.values():
            if week in known.weeks or (known.stretch == base.stretch and known.schedule.facts == facts):
                return known
        like = tuple(w for w in stretch.weeks if self.standing[w] == facts)
        return self._ordinary(stretch, like, facts, (base.name,), 1)

    def _ordinary(
        self, stretch: Stretch, weeks: tuple[Week, ...], facts: WeekFacts, near: tuple[str, ...], share: int
    ) -> BaseWeek:
        schedules = tuple(self.bases[name].schedule for name in near)
        rooms = {s: room for schedule in schedules for s, room in schedule.rooms.items()}
        rules = ordinary_rules(facts, {w: self.facts[w] for w in weeks}, schedules, share)
        result = self._solve(str(weeks[0]), facts, rules, schedules[-1] if schedules else None, rooms)
        schedule = self._found(result, str(weeks[0]))
        found = BaseWeek(str(weeks[0]), stretch.name, weeks, near, share, schedule, result.tiers)
        self.bases[found.name] = found
        return found

    def _week(self, week: Week, ordinary: BaseWeek) -> WeekPlan:
        """A dated week: the ordinary one as far as it can be held; what is lost may be won back if the term says so."""
        facts = self.facts[week]
        schedule, lost = keep(self.problem, week, facts, ordinary.schedule)
        moved = facts.locks != ordinary.schedule.facts.locks
        if moved or (lost and self.problem.settings.short_weeks == "refill"):
            schedule = self._refilled(week, ordinary, schedule, free=moved)
            lost = tuple(still(lost, schedule))
        base = next(b for b in self.bases.values() if b.stretch == ordinary.stretch)
        inconvenience = price_of(schedule, [*STANDARD, BaseTime((base.schedule,))])[INCONVENIENCE]
        unmet = tuple(unmet_of(facts, ordinary.schedule))
        demands = next(t for t in ordinary.tiers if t.name == DEMANDS)
        tiers = (demands, Tier(INCONVENIENCE, inconvenience, 0))
        return WeekPlan(week, schedule, ordinary.name, tiers, (*lost, *unmet))

    def _refilled(self, week: Week, ordinary: BaseWeek, kept: Schedule, *, free: bool) -> Schedule:
        """The week planned again: at most so many moves a lesson won back, unless a lock must be kept."""
        s = self.problem.settings
        rules: list[WeekRule] = [*STANDARD, BaseTime((ordinary.schedule,))]
        if not free:
            rules.append(Refill(ordinary.schedule, kept, s.moves_per_lesson))
        result = self._solve(str(week), kept.facts, rules, kept, ordinary.schedule.rooms)
        return result.schedule or kept

    def _solve(
        self, stage: str, facts: WeekFacts, rules: list[WeekRule], hint: Schedule | None, rooms: Mapping[Session, str]
    ) -> Result:
        left = None
        if self.seconds is not None:
            left = max(0.05, (self.seconds - (time.monotonic() - self.began)) / max(1, self.left))
        heard, done = self.heard, self.of - self.left
        self.left -= 1
        return solve(
            facts,
            rules,
            hint=hint,
            usual_rooms=rooms,
            effort=Effort(left, self.deterministic, self.seed),
            progress=(lambda tier, value, bound: heard(stage, done, self.of, tier, value, bound)) if heard else None,
        )

    def _found(self, result: Result, name: str) -> Schedule:
        if result.schedule is None:
            if result.impossible:
                raise NoPlan(say("No plan of week {week} keeps every rule and lock.", week=name))
            raise NoPlan(say("The time was up before week {week} had a plan.", week=name))
        return result.schedule


def ordinary_rules(
    facts: WeekFacts, weeks: Mapping[Week, WeekFacts], near: tuple[Schedule, ...], share: int
) -> list[WeekRule]:
    """The rules of an ordinary week: the standard ones, what its `weeks` lose, the times of the weeks before."""
    return [*STANDARD, Lost(lost_minutes(facts, weeks)), *([BaseTime(near, share)] if near else [])]


def unique(facts: Mapping[Week, WeekFacts]) -> dict[Week, WeekFacts]:
    """The same facts, equal ones as one object: weeks that are alike to the solver are one."""
    kinds: list[WeekFacts] = []
    found = {}
    for week, mine in facts.items():
        same = next((f for f in kinds if f == mine), None)
        if same is None:
            kinds.append(mine)
        found[week] = mine if same is None else same
    return found


def lost_minutes(facts: WeekFacts, weeks: Mapping[Week, WeekFacts]) -> dict[tuple[str, Session], int]:
    """What each participant would lose of each session: minutes a week on the average, rounded up."""
    lost = {}
    for s in candidates(facts):
        for p in facts.participants.values():
            if s.course in p.demands and holds(facts, s, p.id):
                gone = sum(not holds(w, s, p.id) for w in weeks.values() if p.id in w.participants)
                if gone:
                    lost[p.id, s] = -(-gone * s.minutes // len(weeks))
    return lost


def unmet_of(facts: WeekFacts, ordinary: Schedule) -> Iterable[Missing]:
    """What the ordinary week is short of what this week wants of it."""
    for p in facts.participants.values():
        for course, d in p.demands.items():
            short = d.wanted - ordinary.minutes(p.id, course)
            if short > 0:
                yield Missing(p.id, course, short, "unmet", say("an ordinary week has no more"))


def still(lost: Iterable[Missing], schedule: Schedule) -> Iterable[Missing]:
    """What stays lost when a week was planned again: a participant's lost minutes less those she won back."""
    won: dict[tuple[str, str], int] = {}
    lost = list(lost)
    for p, course in sorted({(m.participant, m.course) for m in lost}):
        missing = sum(m.minutes for m in lost if (m.participant, m.course) == (p, course))
        wanted = schedule.facts.participants[p].demands[course].wanted
        won[p, course] = max(0, missing - max(0, wanted - schedule.minutes(p, course)))
    for m in lost:
        back = min(m.minutes, won[m.participant, m.course])
        won[m.participant, m.course] -= back
        if m.minutes > back:
            yield replace(m, minutes=m.minutes - back)


def term_tiers(bases: Mapping[str, BaseWeek], weeks: Mapping[Week, WeekPlan]) -> tuple[Tier, ...]:
    """The term's figures: demands as the ordinary weeks meet them, inconvenience as the dated weeks have it."""
    found = []
    for name in (DEMANDS, INCONVENIENCE):
        mine = [t for w in weeks.values() for t in w.tiers if t.name == name]
        found.append(Tier(name, sum(t.value for t in mine), sum(t.bound for t in mine)))
    return tuple(found)
