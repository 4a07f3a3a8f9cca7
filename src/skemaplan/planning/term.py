"""A whole term: a base week for each stretch of like weeks, and each dated week as its base week says.

Why not one model of all weeks: it was slower and worse. Why a base week at all: the same day, time, room and teacher
week after week is what the programme trains. A base week is chosen with the calendar in view (`Lost`) and near the base
weeks before it (`BaseTime`); a week whose own facts differ for a while is planned against its stretch's base.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from ..candidates import candidates
from ..dates import Week
from ..errors import NoPlan, Refused
from ..free import holds
from ..locked import shown
from ..problem import Problem
from ..rules import DEMANDS, INCONVENIENCE, MUST, MUSTS, STANDARD, UNIVERSE, BaseTime, Lost, Refill, Stay, WeekRule
from ..schedule import BaseWeek, Missing, Schedule, Session, TermPlan, Tier, WeekPlan
from ..solving import TIERS, Effort, Result, price_of, solve, verify
from ..stopping import Stop
from ..unroll import teaching_weeks, week_facts
from ..week import WeekFacts, WeekLock
from ..words import Names, Text, say, say_n
from .bounds import GIVEN_BASE, MOST_FOR_A_BOUND, Bounds, Heard
from .by_hand import still_missing, unkept, with_locked
from .homework import with_all_homework
from .keep import keep
from .made_up import MakingUp
from .scale import solve_week
from .second_round import SecondRound, lost_later
from .stretches import Stretch, stretches

Losses = dict[tuple[str, Session], int]  # minutes a week, by participant and session


def plan(
    problem: Problem,
    *,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 120.0,
    heard: Heard | None = None,
    stop: Stop | None = None,
    executor: Executor | None = None,
) -> TermPlan:
    """Plan every dated week of a term.

    `seconds` limits the clock over all (None: none), `deterministic` the solver's own time on each week, the same on
    every machine: where it or the proof ends every search, equal input gives an equal plan. `heard` hears of progress;
    `stop` can end the search from another thread, with the best plan so far. Where many are planned who do not
    all meet, `executor` does the work (None: threads of this process, one for each core); the plan is the same with
    any. A week for which there was no time is as the one before as far as it can be, or has nothing in it. Raises
    NoPlan if there are locks to keep in it, or at a `stop` before any week had a plan.
    """
    term = Term(problem, seconds, seed, deterministic, heard, stop)
    term.executor = executor
    return with_all_homework(term.plan())


class Term:
    """A term being planned: what is known of its weeks, and the ordinary weeks found so far. See `plan`."""

    def __init__(
        self,
        problem: Problem,
        seconds: float | None,
        seed: int,
        deterministic: float,
        heard: Heard | None,
        stop: Stop | None = None,
    ) -> None:
        self.problem, self.seconds, self.seed, self.heard = problem, seconds, seed, heard
        self.deterministic, self.stop = deterministic, stop
        self.executor: Executor | None = None
        self.began = time.monotonic()
        self.weeks = teaching_weeks(problem)
        self.facts = unique({w: week_facts(problem, w) for w in self.weeks})
        self.standing = unique({w: week_facts(problem, w, standing=True) for w in self.weeks})
        self.stretches = stretches(self.standing, problem.settings.cycle_weeks)
        self.bases: dict[str, BaseWeek] = {}
        self.bounds = Bounds(self._bound_effort, heard)
        self.left = sum(len({id(self.standing[w]) for w in s.weeks}) for s in self.stretches)
        self.of = self.left

    def plan(self) -> TermPlan:
        weeks: dict[Week, WeekPlan] = {}
        with self.bounds:
            for stretch in self.stretches:
                base = self._base_week(stretch)
                for week in stretch.weeks:
                    weeks[week] = self._week(week, self._ordinary_week(week, stretch, base))
                    self.bounds.ask(weeks[week], self._base_of_week(weeks[week]))
            weeks = self.bounds.answered(dict(sorted(weeks.items())))
        weeks = MakingUp(self.problem, self._bound_effort).over(weeks)
        tiers = term_tiers(weeks)
        return TermPlan(self.problem, weeks, self.bases, tiers, self.seed, time.monotonic() - self.began)

    def _base_week(self, stretch: Stretch) -> BaseWeek:
        """The stretch's own week: what sessions lose to its closures, and the times of earlier base weeks, in view."""
        like = tuple(w for w in stretch.weeks if self.standing[w] == stretch.facts)
        return self._ordinary(str(like[0]), like, stretch.facts, tuple(self.bases), len(like))

    def _ordinary_week(self, week: Week, stretch: Stretch, base: BaseWeek) -> BaseWeek:
        """What an ordinary week with this week's standing facts is like: the base week, or one planned against it."""
        facts = self.standing[week]
        for known in self.bases.values():
            if week in known.weeks or (known.anchor == base.name and known.schedule.facts == facts):
                return known
        like = tuple(w for w in stretch.weeks if self.standing[w] == facts)
        return self._ordinary(base.name, like, facts, (base.name,), 1)

    def _ordinary(
        self, anchor: str, weeks: tuple[Week, ...], facts: WeekFacts, near: tuple[str, ...], share: int
    ) -> BaseWeek:
        name, lost = str(weeks[0]), self._lost(facts, weeks)
        schedules = tuple(self.bases[name].schedule for name in near)
        rooms = {s: room for schedule in schedules for s, room in schedule.rooms.items()}
        rules = ordinary_rules(lost, schedules, share)
        result = self._solve(name, facts, rules, schedules[-1] if schedules else None, rooms)
        schedule = self._found(result, name, facts)
        if all(tier.proven for tier in result.tiers):  # else the time is better spent on the weeks to come
            usual = self.bases[anchor].schedule if anchor != name else None
            schedule = self._second_round(schedule, weeks, rules, usual)
        self.bases[name] = BaseWeek(name, anchor, weeks, near, share, schedule, result.tiers, attended(lost, schedule))
        return self.bases[name]

    def _second_round(
        self, first: Schedule, weeks: tuple[Week, ...], rules: list[WeekRule], usual: Schedule | None
    ) -> Schedule:
        """An ordinary week as good as the first, with what is lost in its own weeks and later ones in view."""
        effort = self._effort(1 / (self.left + 2))
        if self.problem.settings.short_weeks != "keep" or effort.seconds == 0 or (self.stop and self.stop.asked):
            return first
        planned = {*weeks, *(w for base in self.bases.values() for w in base.weeks)}
        later = lost_later(first.facts, [(self.standing[w], self.facts[w]) for w in self.weeks if w not in planned])
        dated = {w: self.facts[w] for w in weeks if self.facts[w].locks == first.facts.locks}
        return SecondRound(self.problem, dated, rules, later, usual).after(first, effort)

    def _lost(self, facts: WeekFacts, weeks: tuple[Week, ...]) -> Losses:
        return lost_minutes(facts, {w: self.facts[w] for w in weeks})

    def _week(self, week: Week, ordinary: BaseWeek) -> WeekPlan:
        """A dated week: the ordinary one as far as it can be held; what is lost may be won back if the term says so."""
        facts = self.facts[week]
        kept, lost = keep(self.problem, week, facts, ordinary.schedule)
        missing = (*lost, *unmet_of(facts, ordinary.schedule))
        schedule = self._with_more(week, ordinary, kept, bool(lost))
        if schedule is not kept:
            missing = tuple(still_missing(missing, kept, schedule))
        base = base_of(self.bases, ordinary.name).schedule
        inconvenience = price_of(schedule, [*STANDARD, BaseTime((base,))])[INCONVENIENCE]
        demands = next(t for t in ordinary.tiers if t.name == DEMANDS)
        tiers = (demands, Tier(INCONVENIENCE, inconvenience, 0))
        return WeekPlan(week, schedule, ordinary.name, tiers, missing)

    def _with_more(self, week: Week, ordinary: BaseWeek, kept: Schedule, short: bool) -> Schedule:
        """What is kept of the ordinary week, with the locks of this week; or refilled, if the term says so."""
        if unkept(kept):  # a lock of this week alone, or what is kept is not at its time
            placed = with_locked(kept, ordinary.schedule)
            if placed is None:
                placed = self._refilled(week, ordinary, kept, free=True)
                refuse_unkept(self.problem, placed, str(week))
            return placed
        if short and self.problem.settings.short_weeks == "refill":
            return self._refilled(week, ordinary, kept, free=False)
        return kept

    def _refilled(self, week: Week, ordinary: BaseWeek, kept: Schedule, *, free: bool) -> Schedule:
        """The week planned again: at most so many moves a lesson won back, or the fewest that keep a lock (`free`)."""
        s = self.problem.settings
        rules: list[WeekRule] = [*STANDARD, BaseTime((ordinary.schedule,))]
        rules.append(Stay(kept) if free else Refill(ordinary.schedule, kept, s.moves_per_lesson))
        result = self._solve(str(week), kept.facts, rules, kept, ordinary.schedule.rooms)
        return self._found(result, str(week), kept.facts) if free else result.schedule or kept

    def _solve(
        self, stage: str, facts: WeekFacts, rules: list[WeekRule], hint: Schedule | None, rooms: Mapping[Session, str]
    ) -> Result:
        effort = self._effort(1 / max(1, self.left + 1))  # one part is kept for the bounds
        heard, done = self.heard, self.of - self.left
        self.left -= 1
        if effort.seconds == 0:
            return self._in_no_time(facts, rules, hint)
        result = solve_week(
            facts,
            rules,
            hint=hint,
            usual_rooms=rooms,
            effort=effort,
            executor=self.executor,
            progress=(lambda tier, value, bound: heard(stage, done, self.of, tier, value, bound)) if heard else None,
        )
        given_up = self.stop is not None and self.stop.asked and not self.bases
        return result if result.schedule or result.impossible or given_up else self._in_no_time(facts, rules, hint)

    def _in_no_time(self, facts: WeekFacts, rules: Sequence[WeekRule], hint: Schedule | None) -> Result:
        """A week for which there is no time: as the week before as far as it can be held, or with nothing in it."""
        kept = [keep(self.problem, self.weeks[0], facts, hint)[0]] if hint else []
        for schedule in (*kept, Schedule(facts, {})):
            if not any(verify(schedule, [rule for rule in rules if rule.tier == MUST])):
                price = price_of(schedule, rules)
                tiers = (Tier(t, price[t], 0) for t in TIERS if any(rule.tier == t for rule in rules))
                return Result(schedule, tuple(tiers))
        return Result(None, ())

    def _effort(self, share: float) -> Effort:
        """This share of the clock's time that is left, if there is a limit."""
        left = None if self.seconds is None else max(0.0, self.seconds - (time.monotonic() - self.began))
        return Effort(None if left is None else left * share, self.deterministic, self.seed, self.stop)

    def _bound_effort(self) -> Effort:
        """Half of what is left of the clock's time: there may be more to bound after this."""
        return replace(self._effort(share=0.5), deterministic=min(self.deterministic, MOST_FOR_A_BOUND))

    def _base_of_week(self, plan: WeekPlan) -> Schedule:
        return base_of(self.bases, plan.base).schedule

    def _found(self, result: Result, name: str, facts: WeekFacts) -> Schedule:
        if result.schedule is None:
            if result.impossible:
                raise Refused(no_plan(self.problem, facts, name))
            raise NoPlan(say("The time was up before week {week} had a plan.", week=name))
        refuse_unkept(self.problem, result.schedule, name)
        return result.schedule


def no_plan(problem: Problem, facts: WeekFacts, week: str) -> Text:
    """Which locks no plan can keep: taken away one by one as long as there is no plan, what is left is named.

    Without locks there always is a plan (an empty one breaks no must), so there is a lock to name.
    """
    musts = [*UNIVERSE, *MUSTS]
    locks = list(facts.locks)
    for lock in facts.locks:
        fewer = [other for other in locks if other is not lock]
        if solve(replace(facts, locks=tuple(fewer)), musts).schedule is None:
            locks = fewer
    return no_plan_keeps(problem, locks, week)


def no_plan_keeps(problem: Problem, locks: Sequence[WeekLock], week: str) -> Text:
    return say_n(
        "No plan of week {week} can keep this lock: {locks}.",
        "No plan of week {week} can keep these locks together: {locks}.",
        n=len(locks),
        week=week,
        locks=Names(tuple(shown(problem, lock) for lock in locks)),
    )


def refuse_unkept(problem: Problem, schedule: Schedule, week: str) -> None:
    """Raise Refused for locks that the best plan does not keep: they are named, never dropped."""
    if locks := unkept(schedule):
        raise Refused(no_plan_keeps(problem, locks, week))


def ordinary_rules(lost: Losses, near: tuple[Schedule, ...], share: int) -> list[WeekRule]:
    """The rules of an ordinary week: the standard ones, what its weeks lose, the times of the weeks before."""
    return [*STANDARD, Lost(lost), *([BaseTime(near, share)] if near else [])]


def attended(lost: Losses, schedule: Schedule) -> Losses:
    """What of the losses a schedule really has."""
    return {(p, s): n for (p, s), n in lost.items() if p in schedule.attendance.get(s, ())}


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


def lost_minutes(facts: WeekFacts, weeks: Mapping[Week, WeekFacts]) -> Losses:
    """What each participant would lose of each session: minutes a week on the average, rounded up."""
    lost = {}
    takers: dict[str, list[str]] = {}
    for p in facts.participants.values():
        for course in p.demands:
            takers.setdefault(course, []).append(p.id)
    alike = {id(dated): dated for dated in weeks.values()}  # weeks of the same facts are asked once
    times = Counter(id(dated) for dated in weeks.values())
    for s in candidates(facts):
        for who in takers.get(s.course, ()):
            if holds(facts, s, who):
                here = (i for i, dated in alike.items() if who in dated.participants)
                gone = sum(times[i] for i in here if not holds(alike[i], s, who))
                if gone:
                    lost[who, s] = -(-gone * s.minutes // len(weeks))
    return lost


def unmet_of(facts: WeekFacts, ordinary: Schedule) -> Iterable[Missing]:
    """What the ordinary week is short of what this week wants of it."""
    for p in facts.participants.values():
        for course, d in p.demands.items():
            short = d.wanted - ordinary.minutes(p.id, course)
            if short > 0:
                yield Missing(p.id, course, short, "unmet", say("an ordinary week has no more"))


def base_of(bases: Mapping[str, BaseWeek], ordinary: str) -> BaseWeek:
    """The base week of the stretch that an ordinary week belongs to (often itself)."""
    return bases[bases[ordinary].anchor]


def term_tiers(weeks: Mapping[Week, WeekPlan]) -> tuple[Tier, ...]:
    """The term's figures: demands as the ordinary weeks meet them, inconvenience as the dated weeks have it."""
    found = []
    for name in (DEMANDS, INCONVENIENCE, GIVEN_BASE):
        mine = [t for w in weeks.values() for t in w.tiers if t.name == name]
        found.append(Tier(name, sum(t.value for t in mine), sum(t.bound for t in mine)))
    return tuple(found)
