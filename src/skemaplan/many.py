"""One circle of many people around few teachers: a plan of groups first, then bettered a part at a time.

Such a week does not fall apart, and one search of all of it finds its way slowly: what somebody has, others have with
her. But lessons of groups of alike people are soon found (`together.py`), and from a whole plan it is quick to better
what a few people, a day or a course have while everything else stays. Searches of the whole take turns with that, for
the proof; what a few could have without all others (`few.py`) is a bound.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from ortools.sat.python.cp_model import LinearExpr

from .few import least
from .parts import Again, Parts, talks_of_all, talks_to_give
from .rules import DEMANDS, DISTANCE, MOVES, WeekRule
from .schedule import Schedule, Session
from .seating import seat
from .solving import Effort, Progress, Result, Standing, price_of, solve, turns, verify
from .talks import give_talks
from .together import by_groups, one_to_one
from .week import WeekFacts

MANY = 12  # people; fewer are planned by one search
FIRST = 6.0  # CP-SAT's deterministic time, at most, for the plan of groups, and for the bound of a few
TIRED = 16  # parts in a row of which none was bettered: then the whole is searched
HELP = 0.1  # of all effort that is left, at most, is spent on a week by groups for a few people
PLACING = 0.5  # of all effort, at most, is spent on what is short


def solve_circle(
    facts: WeekFacts,
    rules: Sequence[WeekRule],
    *,
    hint: Schedule | None = None,
    usual_rooms: Mapping[Session, str] | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> Result:
    """Plan the week of people who could meet each other, as `solve` does, in the way that suits their number.

    (What moves the fewest of a published plan begins with that plan, and everything in it is somebody's own.)
    """
    rooms, effort = usual_rooms or {}, effort or Effort()
    if any(rule.tier in (MOVES, DISTANCE) for rule in rules):
        return solve(facts, rules, hint=hint, usual_rooms=rooms, effort=effort, progress=progress)
    if len(facts.participants) < MANY:
        return Helped(facts, rules, {}, hint, rooms, effort, progress).run(ahead=True)
    return Many(facts, rules, {}, hint, rooms, effort, progress).run()


class ByGroups(Again):
    """A search that knows how to plan a week by groups: lessons first, then everybody's talks beside them."""

    def week_of_groups(self, effort: Effort) -> Schedule | None:
        """A week in which those who are alike have the same lessons."""
        facts, talks = self.model.facts, one_to_one(self.model.facts)

        def talks_of(p: str) -> Sequence[Session]:
            return [s for s in self.model.sessions_of(p) if s.course in talks]

        found, spent = by_groups(facts, talks_of, self.rules, effort)
        self.spent += spent
        if found is None:
            return None
        lessons = {s: who for s, who in found.attendance.items() if s.course not in talks}
        return give_talks(Schedule(facts, lessons), self.rules)

    def _effort(self, share: float) -> Effort:
        """So much of the effort that is left, at most."""
        effort = self.effort
        left = None if effort.seconds is None else effort.seconds - (time.monotonic() - self.began)
        return replace(
            effort,
            seconds=None if left is None else max(0.01, share * left),
            deterministic=max(0.01, min(FIRST, share * (effort.deterministic - self.spent))),
        )


class Helped(ByGroups):
    """The search of a few people's week: where looking ahead comes to no plan at all, one by groups is asked for."""

    def _help(self, tier: str, objective: LinearExpr, now: Standing) -> None:
        if self._time_is_up or not self.model.sessions:
            return
        week = self.week_of_groups(self._effort(HELP))
        if week is not None:
            self.plan_again(tier, objective, now, week, talks_to_give(week, one_to_one(week.facts)))


class Many(ByGroups):
    """The search of everybody's week."""

    def minimise(self, tier: str, objective: LinearExpr) -> Standing:
        now, share = self._start(tier, objective), PLACING if tier == DEMANDS else 1.0
        if now.value:
            now.bound = min(now.value, self._least(tier, now))
        parts = Parts(self.model.facts, self.model.sessions, Random(self.effort.seed))
        if now.schedule is not None:
            self.plan_again(tier, objective, now, now.schedule, talks_of_all(self.model.facts))
        for level, most in turns():
            self._better(tier, objective, now, share, parts)
            if now.schedule is None or not self._over(now, share):
                self._turn(tier, objective, now, level, most)
            if self._over(now, share):
                return now
        raise AssertionError("turns do not end")

    def _start(self, tier: str, objective: LinearExpr) -> Standing:
        """Where a tier begins: at the week that the one before it found, or at that of groups."""
        now = Standing()
        if self.values:
            now.schedule, _ = seat(self.model.schedule(lambda x: bool(self.values[x.index])), self.usual_rooms)
            now.value = price_of(now.schedule, self.rules)[tier]
            return now
        first = self.week_of_groups(self._effort(0.2))
        if first is not None:
            self.plan_again(tier, objective, now, first, talks_to_give(first, one_to_one(first.facts)))
        return now

    def _least(self, tier: str, now: Standing) -> int:
        """The bound that a few give, where the demands are met as well as they are."""
        short = None if tier == DEMANDS or now.schedule is None else price_of(now.schedule, self.rules)[DEMANDS]
        bound, spent = least(self.model.facts, self.rules, tier, short, self._effort(0.1), {})
        self.spent += spent
        return bound

    def _over(self, now: Standing, share: float) -> bool:
        """Whether a tier is proven, or so much of all effort is spent."""
        return now.over or self.effort.is_over(self.began, self.spent, share)

    def _better(self, tier: str, objective: LinearExpr, now: Standing, share: float, parts: Parts) -> None:
        """Plan one part after the other again, until for a while none is bettered."""
        tired = 0
        while now.schedule is not None and self.model.sessions and tired < TIRED and not self._over(now, share):
            was = now.value
            free = parts.next(self._carried(tier, now.schedule))
            parts.heard(self.plan_again(tier, objective, now, now.schedule, free))
            tired = 0 if now.value != was else tired + 1

    def _carried(self, tier: str, schedule: Schedule) -> Counter[str]:
        """What each participant's week costs in this tier."""
        carried = Counter(dict.fromkeys(schedule.facts.participants, 0))
        for b in verify(schedule, [rule for rule in self.rules if rule.tier == tier]):
            if b.about in carried:
                carried[b.about] += b.price
        return carried
