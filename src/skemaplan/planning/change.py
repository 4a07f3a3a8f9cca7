"""Re-planning: what was published moves as little as possible, provably; what has passed stays.

An ordinary week that still holds under the new facts is left as it is. One that does not is planned again with a price
on every change (`Stay`): first as few lessons short as can be, then as few sessions moved, then comfort. Dated weeks
follow from their ordinary week as when the term was first planned, so alike weeks change alike.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date, timedelta

from ..dates import Week
from ..problem import Problem
from ..rules import (
    INCONVENIENCE,
    MOVES,
    STANDARD,
    BaseTime,
    Frozen,
    Place,
    Refill,
    Stay,
    StayNear,
    WeekRule,
)
from ..schedule import BaseWeek, Missing, Schedule, TermPlan, Tier, WeekPlan
from ..solving import Result, price_of
from ..stopping import Stop
from .bounds import Heard
from .by_hand import with_locked
from .fewest import tier_of
from .homework import with_all_homework, without_homework
from .keep import keep
from .made_up import MakingUp, broken, without_made_up
from .new_tables import moved, on_new_tables, placed, same_day
from .ordinary_again import OrdinaryAgain
from .passed import as_it_was, begun_by, with_passed
from .published import missing_of, stays, unavoidable, wanting_less
from .rings import Asked
from .term import base_of, term_tiers


def replan(
    problem: Problem,
    published: TermPlan,
    today: date,
    *,
    minute: int = 0,
    thaw: bool = False,
    seconds: float | None = None,
    seed: int = 0,
    deterministic: float = 120.0,
    prove: bool = False,
    heard: Heard | None = None,
    stop: Stop | None = None,
    executor: Executor | None = None,
) -> TermPlan:
    """Plan again after a change of the tables, moving as little as possible of what was `published`.

    `published` is a plan read with the new tables, or one still in memory. What has begun by this `minute` of `today`
    stays; so do sessions within the term's `freeze_days` working days from today, unless they break a must or `thaw`.
    If all that was published still holds and nothing is short, nothing is solved, and the weeks are those that were
    published.

    What was proven of comfort in weeks that stay as they were stays proven. Of other weeks it is only looked for with
    `prove`, or in what is left of `seconds`: it takes longer than planning again. Raises NoPlan as `plan` does.
    """
    if published.problem is not problem:
        published = on_new_tables(published, problem)
    change = Change(problem, seconds, seed, deterministic, heard, stop)
    change.executor = executor
    change.bounds.prove, change.minute = prove or seconds is not None, minute
    free_from = frozen_until(today, 0 if thaw else problem.settings.freeze_days)
    free_from = max(free_from, today + timedelta(days=minute > 0))
    return with_all_homework(change.after(without_homework(published), today, free_from), published, today, free_from)


def frozen_until(today: date, working_days: int) -> date:
    """The first day that is free to change: so many working days (Monday to Friday) after today."""
    day = today
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day + timedelta(days=1) if day > today else today


class Change(OrdinaryAgain):
    """A term planned again. See `replan`."""

    minute = 0  # of today: what has begun by then has passed

    def after(self, published: TermPlan, today: date, free_from: date) -> TermPlan:
        whole, published = published, without_made_up(published)
        self.again_from(published, free_from)
        self.today = today
        self.alone: dict[Week, Tier] = {}  # of weeks that were planned by themselves
        weeks: dict[Week, WeekPlan] = {}
        for dated in published.weeks.values():
            if not dated.stale:
                self.bounds.know(dated, base_of(published.bases, dated.base).schedule)
        with self.bounds:
            passed = (w for w in published.weeks if w.day(6) < today)  # perhaps the tables have no such week any more
            for week in sorted({*self.weeks, *passed}):
                old = published.weeks.get(week)
                if old is not None and week.day(6) < today:
                    weeks[week] = whole.weeks[week]
                    self._remember(old.base)
                else:
                    weeks[week] = self._again(week, old)
            weeks = self.bounds.answered(weeks)
        moved = self._moved(weeks)
        weeks = MakingUp(self.problem, self._bound_effort, whole.weeks, today, free_from).over(weeks)
        moved = replace(moved, value=moved.value + broken(whole.weeks, weeks))
        tiers = term_tiers(weeks)
        return TermPlan(
            self.problem, weeks, self.bases, (tiers[0], moved, *tiers[1:]), self.seed, time.monotonic() - self.began
        )

    def _again(self, week: Week, old: WeekPlan | None) -> WeekPlan:
        """A week under the new tables: as its ordinary week says; by itself where a part of it is frozen."""
        ordinary = self._ordinary_again(week, old)
        new = self._week(week, ordinary)
        frozen = frozenset(d for d in range(7) if week.day(d) < self.free_from)
        if old is not None and frozen:
            new = self._half_week(week, ordinary, old, new, frozen)
        if old is None or not new.stale:
            self.bounds.ask(new, self._base_of_week(new))
        return new

    def _half_week(
        self, week: Week, ordinary: BaseWeek, old: WeekPlan, new: WeekPlan, frozen: frozenset[int]
    ) -> WeekPlan:
        """A week of which some days are frozen: those stay, and the rest comes as near to its new form as it can.

        Days that have passed stay even against the tables; then the week is marked as stale: it is not what they say.
        """
        published, begun = placed(old.schedule, self.facts[week]), begun_by(week, self.today, self.minute)
        facts = as_it_was(self.facts[week], published, begun)
        can_stay, _ = keep(self.problem, week, facts, published)
        can_stay = with_locked(can_stay, published) or can_stay  # by hand, what is frozen moves too
        missing: tuple[Missing, ...] = new.missing
        if ordinary.name not in self.moves and all(same_day(can_stay, new.schedule, d) for d in frozen):
            planned = new.schedule
        else:
            frozen_days = Frozen(can_stay, frozen)
            result = self._by_itself(week, ordinary, can_stay, published, new.missing, [frozen_days])
            planned = replace(result.schedule or new.schedule, facts=facts)
            missing = tuple(missing_of(with_passed(planned, published, begun), ordinary.schedule, new.missing))
        schedule = with_passed(planned, old.schedule, begun)
        if schedule == new.schedule:
            return new
        value = price_of(replace(schedule, facts=facts), [*STANDARD, BaseTime((ordinary.schedule,))])[INCONVENIENCE]
        tiers = (new.tiers[0], Tier(INCONVENIENCE, value, 0))
        schedule = replace(schedule, facts=self.facts[week])
        against = facts is not self.facts[week] or any(Place().breaches(schedule))
        return replace(new, schedule=schedule, tiers=tiers, missing=missing, stale=against)

    def _by_itself(
        self,
        week: Week,
        ordinary: BaseWeek,
        can_stay: Schedule,
        published: Schedule,
        missing: Sequence[Missing],
        also: Sequence[WeekRule] = (),
    ) -> Result:
        """A dated week planned by itself, near to what was published of it; what is lost stays lost in it."""
        facts = can_stay.facts
        if self.problem.settings.short_weeks == "keep":
            facts = wanting_less(facts, [m for m in missing if m.kind == "lost"])
        asked = Asked(
            replace(can_stay, facts=facts),
            [*STANDARD, StayNear(published), BaseTime((ordinary.schedule,))],
            stays(facts, [(published, facts)]),
            also,
        )
        result = self._fewest(asked, str(week), ordinary.schedule.rooms)
        self.alone[week] = tier_of(result, MOVES)
        return result

    def _refilled(self, week: Week, ordinary: BaseWeek, kept: Schedule, *, free: bool) -> Schedule:
        """A week with a lock of its own, or one that wins back what is lost: near to what was published of it."""
        old = self.published.weeks.get(week)
        if old is None:
            return super()._refilled(week, ordinary, kept, free=free)
        published = placed(old.schedule, self.facts[week])
        if free:
            _, missing = keep(self.problem, week, kept.facts, ordinary.schedule)
            result = self._by_itself(week, ordinary, kept, published, missing)
            return replace(self._found(result, str(week), kept.facts), facts=kept.facts)
        refill = Refill(ordinary.schedule, kept, self.problem.settings.moves_per_lesson)
        rules = [*STANDARD, BaseTime((ordinary.schedule,)), refill, Stay(published), StayNear(published)]
        result = self._solve(str(week), kept.facts, rules, kept, ordinary.schedule.rooms)
        self.alone[week] = tier_of(result, MOVES)
        return result.schedule or kept

    def _moved(self, weeks: Mapping[Week, WeekPlan]) -> Tier:
        """How many sessions of how many people differ from what was published, and how many must."""
        value, bound = 0, 0
        of_ordinary: Counter[str] = Counter()
        for week, new in weeks.items():
            if week not in self.published.weeks or week.day(6) < self.today:
                continue
            published = placed(self.published.weeks[week].schedule, new.schedule.facts)
            moves = moved(published, new.schedule)
            value += moves
            if week in self.alone:
                bound += min(moves, self.alone[week].bound)
            elif new.base in self.moves:
                of_ordinary[new.base] += moves
            else:
                bound += unavoidable(published, new.schedule)
        bound += sum(min(moves, self.moves[name].bound) for name, moves in of_ordinary.items())
        return Tier(MOVES, value, bound)
