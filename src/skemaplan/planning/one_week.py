"""One week of a plan, in which something is tried: what may be in it, and what that takes of others.

The week is planned again just as `replan` would: as little short as can be, then the fewest changes, those the nearest
that can be, then comfort. So what is found here is what becomes of the week when it is written down. What is made up,
and homework, go around what is taught: here they are in nobody's way.
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
from ..rules import DEMANDS, INCONVENIENCE, MOVES, STANDARD, BaseTime, Frozen, Stay, StayNear, WeekRule
from ..rules.locks import Locks
from ..schedule import Schedule, TermPlan
from ..solving import Effort, Result, price_of, solve
from ..unroll import week_facts
from ..week import WeekFacts, WeekLock
from .fewest import fewest_moves, tier_of
from .homework import without_homework
from .keep import keep
from .made_up import without_made_up
from .new_tables import now, placed
from .passed import as_it_was, begun_by
from .published import stays, wanting_less
from .rings import Asked
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

    def to_ask(self, participant: str) -> tuple[str, ...]:
        """Everybody else for whom something is different."""
        return tuple(who for who in self.ask if who != participant)

    def rank(self, participant: str) -> tuple[int, int, int, int]:
        """Best first: no others move, nothing is short, little of hers moves, and it costs little."""
        return len(self.of_others(participant)), self.short, len(self.of_hers(participant)), self.minutes


Answer = Taken | Literal["impossible", "unknown"]  # proven, or not found in time


@dataclass(frozen=True)
class OneWeek:
    """A week as it is `now`, under the facts of the tables, and how it is planned again.

    `weeks` are those that are like it; one, if `dated`. `frozen` days stay. `rules` say what it should be like, `moves`
    what a change counts, `also` what else must hold. `cost` is what each tier came to before; no week is less short
    than `least_short`.
    """

    weeks: tuple[Week, ...]
    dated: bool
    now: Schedule
    rules: tuple[WeekRule, ...]
    moves: tuple[Stay, ...]
    cost: Mapping[str, int]
    least_short: int = 0
    frozen: frozenset[int] = frozenset()
    also: tuple[WeekRule, ...] = ()

    @property
    def facts(self) -> WeekFacts:
        return self.now.facts

    @property
    def all_rules(self) -> tuple[WeekRule, ...]:
        return (*self.rules, *self.moves, *self.also)

    @classmethod
    def ordinary(cls, plan: TermPlan, problem: Problem, first: date) -> OneWeek | None:
        """The ordinary week of the first whole week from a date on; None if there is none.

        Its weeks are those that follow each other and have this ordinary week. `problem` may say more than the tables
        of the plan, such as that somebody takes another course.
        """
        plan = without_made_up(without_homework(plan))
        later = [w for w in sorted(plan.weeks) if w.monday >= first]
        if not later:
            return None
        was = plan.bases[plan.weeks[later[0]].base]
        weeks = tuple(takewhile(lambda w: plan.weeks[w].base == was.name, later))
        dated = {w: week_facts(problem, w) for w in weeks}
        facts = week_facts(problem, weeks[0], standing=True)
        published = placed(was.schedule, facts)
        rules = ordinary_rules(lost_minutes(facts, dated), (), 1)
        bound = next((t.bound for t in was.tiers if t.name == DEMANDS), 0)
        return cls(
            weeks,
            False,
            now(was.schedule, facts),
            (*rules, StayNear(published)),
            tuple(stays(facts, ((placed(plan.weeks[w].schedule, facts), dated[w]) for w in weeks))),
            price_of(was.schedule, rules),
            bound if facts == was.schedule.facts and not was.stale else 0,
        )

    @classmethod
    def of(cls, plan: TermPlan, problem: Problem, week: Week, today: date, free_from: date) -> OneWeek:
        """This dated week, in which days before `free_from` stay, and those before `today` whatever the tables say."""
        plan = without_made_up(without_homework(plan))
        old, facts = plan.weeks[week], week_facts(problem, week)
        published = placed(old.schedule, facts)
        can_stay, lost = keep(problem, week, as_it_was(facts, published, begun_by(week, today, 0)), published)
        if problem.settings.short_weeks == "keep":
            gone = (*lost, *(m for m in old.missing if m.kind == "lost"))
            can_stay = replace(can_stay, facts=wanting_less(can_stay.facts, gone))
        rules = [*STANDARD, BaseTime((plan.bases[old.base].schedule,))]
        frozen = frozenset(d for d in range(7) if week.day(d) < free_from)
        return cls(
            (week,),
            True,
            can_stay,
            (*rules, StayNear(published)),
            tuple(stays(can_stay.facts, [(published, can_stay.facts)])),
            price_of(can_stay, rules),
            0,
            frozen,
            (Frozen(can_stay, frozen),) if frozen else (),
        )

    def kept(self, locks: Sequence[WeekLock], effort: Effort) -> Answer:
        """The best week that keeps these locks too, moving as little as possible."""

        def search(facts: WeekFacts, rules: Sequence[WeekRule], hint: Schedule) -> Result:
            return solve(facts, rules, hint=hint, usual_rooms=self.now.rooms, effort=effort)

        facts = replace(self.facts, locks=(*self.facts.locks, *locks))
        result = fewest_moves(Asked(replace(self.now, facts=facts), self.rules, self.moves, self.also), search)
        if result.schedule is None:
            return "impossible" if result.impossible else "unknown"
        if any(Locks().breaches(result.schedule)):  # no session that she could attend lies there: no week has it
            return "impossible"
        return self.taken(result.schedule, all(tier_of(result, name).proven for name in (DEMANDS, MOVES)))

    def taken(self, week: Schedule, fewest: bool) -> Taken:
        """What another week would take."""
        after = price_of(week, self.rules)
        short, minutes = (after[tier] - self.cost[tier] for tier in (DEMANDS, INCONVENIENCE))
        found = tuple(moves(self.now, week))
        teachers = (t for t in sorted(self.facts.teachers) if set(week.of(t)) != set(self.now.of(t)))
        ask = tuple(dict.fromkeys([*(m.participant for m in found), *teachers]))
        return Taken(replace(week, facts=self.facts), short, minutes, found, fewest, ask)
