"""One circle of many people around few teachers: a plan of groups first, then bettered a part at a time.

Such a week does not fall apart, and one search of all of it finds its way slowly: what somebody has, others have with
her. But lessons of groups of alike people are soon found (`together.py`), and from a whole plan it is quick to better
what a few people, a day or a course have while everything else stays. Searches of the whole take turns with that, for
the proof; what a few could have without all others (`few.py`) is a bound.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from random import Random

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import LinearExpr

from .alike import alike, parted
from .few import least
from .rules import DEMANDS, DISTANCE, MOVES, WeekRule
from .schedule import Schedule, Session
from .seating import seat
from .solving import Effort, Progress, Result, Search, Standing, price_of, solve, turns, verify
from .together import Together, is_one_to_one
from .week import WeekFacts

MANY = 12  # people; fewer are planned by one search
GROUP = 8  # of those who are alike sit together in the first plan, so that two groups may share a room
FIRST = 6.0  # CP-SAT's deterministic time, at most, for the plan of groups, and for the bound of a few
STEP = 1.0  # the same for each part that is planned again
LINEAR = 2  # CP-SAT's level of linear relaxation for a part: with most of a week fixed, it tells nearly all
TIRED = 16  # parts in a row of which none was bettered: then the whole is searched
FEWEST, MOST = 4, 12  # people of a part
PLACING = 0.5  # of all effort, at most, is spent on what is short

Free = Callable[[str, Session], bool]


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
    if len(facts.participants) < MANY or any(rule.tier in (MOVES, DISTANCE) for rule in rules):
        return solve(facts, rules, hint=hint, usual_rooms=usual_rooms, effort=effort, progress=progress)
    return Many(facts, rules, {}, hint, usual_rooms or {}, effort or Effort(), progress).run()


class Many(Search):
    """The search of everybody's week."""

    def minimise(self, tier: str, objective: LinearExpr) -> Standing:
        now, share = self._start(tier, objective), PLACING if tier == DEMANDS else 1.0
        if now.value:
            now.bound = min(now.value, self._least(tier, now))
        parts = Parts(self.model.facts, self.model.sessions, Random(self.effort.seed))
        if now.schedule is not None:
            self._plan_again(tier, objective, now, now.schedule, parts.talks_of_all)
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
        groups = parted(alike(self.model.facts), GROUP)
        for met in (True, False):
            together = Together(self.model, self.rules, groups, self._effort(0.2))
            first = together.schedule(met)
            self.spent += together.search.spent
            if first is not None:
                self._plan_again(tier, objective, now, first, talks_to_give(first, together.talks))
                break
        return now

    def _least(self, tier: str, now: Standing) -> int:
        """The bound that a few give, where the demands are met as well as they are."""
        short = None if tier == DEMANDS or now.schedule is None else price_of(now.schedule, self.rules)[DEMANDS]
        bound, spent = least(self.model.facts, self.rules, tier, short, self._effort(0.1))
        self.spent += spent
        return bound

    def _effort(self, share: float) -> Effort:
        """So much of the effort that is left, at most."""
        effort = self.effort
        left = None if effort.seconds is None else effort.seconds - (time.monotonic() - self.began)
        return replace(
            effort,
            seconds=None if left is None else max(0.01, share * left),
            deterministic=max(0.01, min(FIRST, share * (effort.deterministic - self.spent))),
        )

    def _over(self, now: Standing, share: float) -> bool:
        """Whether a tier is proven, or so much of all effort is spent."""
        effort = self.effort
        late = effort.seconds is not None and time.monotonic() - self.began >= share * effort.seconds
        return now.over or late or self.spent >= share * effort.deterministic or self._time_is_up

    def _better(self, tier: str, objective: LinearExpr, now: Standing, share: float, parts: Parts) -> None:
        """Plan one part after the other again, until for a while none is bettered."""
        tired = 0
        while now.schedule is not None and self.model.sessions and tired < TIRED and not self._over(now, share):
            was = now.value
            free = parts.next(self._carried(tier, now.schedule))
            parts.heard(self._plan_again(tier, objective, now, now.schedule, free))
            tired = 0 if now.value != was else tired + 1

    def _plan_again(self, tier: str, objective: LinearExpr, now: Standing, like: Schedule, free: Free) -> bool:
        """Search for a better week in which all is as in this one but for what is free; whether all was tried.

        As good is taken, too: from another week of the same value there is another way on.
        """
        self.model.minimise(objective, now.bound, now.value)
        cp = self.model.partly(lambda p, s: None if free(p, s) else p in like.attendance.get(s, ()))
        solver, status = self._solved(cp, LINEAR, STEP)
        was = now.value
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._take(solver, now)
        if self.progress and now.value is not None and now.value != was:
            self.progress(tier, now.value, now.bound)
        return status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)

    def _carried(self, tier: str, schedule: Schedule) -> Counter[str]:
        """What each participant's week costs in this tier."""
        carried = Counter(dict.fromkeys(schedule.facts.participants, 0))
        for b in verify(schedule, [rule for rule in self.rules if rule.tier == tier]):
            if b.about in carried:
                carried[b.about] += b.price
        return carried


def talks_to_give(schedule: Schedule, talks: Set[str]) -> Free:
    """The talks of those who have none yet."""
    without = {(p, c) for p in schedule.facts.participants for c in talks if not schedule.of(p, c)}
    return lambda p, s: (p, s.course) in without


class Parts:
    """What of a week is planned again: some people, one course or one day of all, or a day and some people.

    Talks may always follow a course or a day. The number of people grows while all of a part is soon tried.
    """

    def __init__(self, facts: WeekFacts, sessions: Sequence[Session], random: Random) -> None:
        self.random, self.people, self.count, self.turn = random, FEWEST, len(facts.participants), 0
        self.talks = {c for c in facts.courses if is_one_to_one(facts, c)}
        self.days = sorted({s.day for s in sessions})
        self.courses = sorted({s.course for s in sessions} - self.talks)
        self.kinds = (self._some, self._talks, self._course, self._some, self._day, self._two_days)

    def next(self, carried: Counter[str]) -> Free:
        """What is free of a week in which each participant's own costs so much."""
        kind = self.kinds[self.turn % len(self.kinds)]
        self.turn += 1
        return kind(carried)

    def heard(self, whole: bool) -> None:
        """Whether all of the last part was tried: then the next may be larger."""
        if self.turn % len(self.kinds) in (1, 4):  # it was a part of people
            self.people = max(FEWEST, min(MOST, self.count, self.people + (1 if whole else -2)))

    def talks_of_all(self, p: str, s: Session) -> bool:
        return s.course in self.talks

    def _chosen(self, carried: Counter[str], n: int) -> frozenset[str]:
        """Half of those whose week costs the most, with some chance, and others."""
        draw = {p: (cost + 30) * self.random.random() for p, cost in sorted(carried.items())}
        dear = sorted(draw, key=lambda p: -draw[p])[: n // 2]
        others = [p for p in sorted(carried) if p not in dear]
        return frozenset([*dear, *self.random.sample(others, min(len(others), n - len(dear)))])

    def _some(self, carried: Counter[str]) -> Free:
        people = self._chosen(carried, self.people)
        return lambda p, s: p in people

    def _talks(self, carried: Counter[str]) -> Free:
        people = self._chosen(carried, self.people // 2)
        return lambda p, s: p in people or s.course in self.talks

    def _course(self, carried: Counter[str]) -> Free:
        free = {*self.talks, *self.random.sample(self.courses, min(1, len(self.courses)))}  # there may be only talks
        return lambda p, s: s.course in free

    def _day(self, carried: Counter[str]) -> Free:
        people, day = self._chosen(carried, self.people // 2), self.random.choice(self.days)
        return lambda p, s: p in people or s.day == day

    def _two_days(self, carried: Counter[str]) -> Free:
        days = self.random.sample(self.days, min(2, len(self.days)))
        return lambda p, s: s.day in days or s.course in self.talks
