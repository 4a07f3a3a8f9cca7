"""One week of a plan, in which something is tried: what may be in it, and what that takes of others.

The week is planned again just as `replan` would: as little short as can be, then the fewest changes, then comfort. So
what is found here is what becomes of the week when it is written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Literal

from ..dates import Week
from ..explain.absent import Move, moves
from ..problem import Problem
from ..rules import DEMANDS, INCONVENIENCE, STANDARD, BaseTime, Frozen, Stay, WeekRule
from ..rules.locks import Locks
from ..schedule import Schedule, TermPlan, WeekPlan
from ..solving import Effort, price_of, solve
from ..unroll import week_facts
from ..week import WeekFacts, WeekLock
from .change import now, placed
from .keep import keep
from .passed import as_it_was
from .term import lost_minutes, ordinary_rules


@dataclass(frozen=True)
class Taken:
    """A week as it would be, and what it takes.

    `short` and `minutes`: how many minutes more it is short (weighed), and how much more inconvenient. `moves` are the
    participants' sessions that are elsewhere; `fewest`: no week that is as little short changes less, proven. `ask`:
    whose timetable is another, participants before teachers.
    """

    week: Schedule
    short: int
    minutes: int
    moves: tuple[Move, ...]
    fewest: bool
    ask: tuple[str, ...]

    def of_others(self, participant: str) -> tuple[Move, ...]:
        return tuple(m for m in self.moves if m.participant != participant)

    def of_hers(self, participant: str) -> tuple[Move, ...]:
        return tuple(m for m in self.moves if m.participant == participant)

    def rank(self, participant: str) -> tuple[int, int, int, int]:
        """Best first: no others move, nothing is short, little of hers moves, and it costs little."""
        return len(self.of_others(participant)), self.short, len(self.of_hers(participant)), self.minutes


Answer = Taken | Literal["impossible", "unknown"]  # proven, or not found in time


@dataclass(frozen=True)
class OneWeek:
    """A week as it is `now`, under the `facts` of the tables, with the `rules` by which it is planned again.

    `weeks` are those that are like it; one, if `dated`. `frozen` days stay. `cost` is what each tier came to before;
    no week is less short than `least_short`.
    """

    weeks: tuple[Week, ...]
    dated: bool
    facts: WeekFacts
    now: Schedule
    rules: tuple[WeekRule, ...]
    cost: Mapping[str, int]
    least_short: int = 0
    frozen: frozenset[int] = frozenset()

    @classmethod
    def ordinary(cls, plan: TermPlan, problem: Problem, first: date) -> OneWeek | None:
        """The ordinary week of the first whole week from a date on; None if there is none.

        Its weeks are those that follow each other and have this ordinary week. `problem` may say more than the tables
        of the plan, such as that somebody takes another course.
        """
        later = [w for w in sorted(plan.weeks) if w.monday >= first]
        if not later:
            return None
        was = plan.bases[plan.weeks[later[0]].base]
        weeks = tuple(takewhile(lambda w: plan.weeks[w].base == was.name, later))
        facts = week_facts(problem, weeks[0], standing=True)
        lost = lost_minutes(facts, {w: week_facts(problem, w) for w in weeks})
        rules = ordinary_rules(lost, (), 1)
        bound = next((t.bound for t in was.tiers if t.name == DEMANDS), 0)
        return cls(
            weeks,
            False,
            facts,
            now(was.schedule, facts),
            (*rules, Stay(placed(was.schedule, facts))),
            price_of(was.schedule, rules),
            bound if facts == was.schedule.facts and not was.stale else 0,
        )

    @classmethod
    def of(cls, plan: TermPlan, problem: Problem, week: Week, today: date, free_from: date) -> OneWeek:
        """This dated week, in which days before `free_from` stay, and those before `today` whatever the tables say."""
        old: WeekPlan = plan.weeks[week]
        frozen = frozenset(d for d in range(7) if week.day(d) < free_from)
        facts = week_facts(problem, week)
        was = placed(old.schedule, facts)
        facts = as_it_was(facts, was, frozenset(d for d in frozen if week.day(d) < today))
        stays = keep(problem, week, facts, was)[0]
        rules = [*STANDARD, BaseTime((plan.bases[old.base].schedule,))]
        again = [*([Frozen(stays, frozen)] if frozen else []), *rules, Stay(stays)]
        return cls((week,), True, facts, stays, tuple(again), price_of(old.schedule, rules), 0, frozen)

    def kept(self, locks: Sequence[WeekLock], effort: Effort) -> Answer:
        """The best week that keeps these locks too, moving as little as possible."""
        facts = replace(self.facts, locks=(*self.facts.locks, *locks))
        result = solve(facts, self.rules, hint=self.now, usual_rooms=self.now.rooms, effort=effort)
        if result.schedule is None:
            return "impossible" if result.impossible else "unknown"
        if any(Locks().breaches(result.schedule)):  # no session that she could attend lies there: no week has it
            return "impossible"
        return self.taken(result.schedule, all(t.proven for t in result.tiers if t.name != INCONVENIENCE))

    def taken(self, week: Schedule, fewest: bool) -> Taken:
        """What another week would take."""
        after = price_of(week, self.rules)
        short, minutes = (after[tier] - self.cost[tier] for tier in (DEMANDS, INCONVENIENCE))
        found = tuple(moves(self.now, week))
        teachers = (t for t in sorted(self.facts.teachers) if set(week.of(t)) != set(self.now.of(t)))
        ask = tuple(dict.fromkeys([*(m.participant for m in found), *teachers]))
        return Taken(replace(week, facts=self.facts), short, minutes, found, fewest, ask)
