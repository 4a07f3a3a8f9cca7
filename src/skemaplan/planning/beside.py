"""Circles beside each other: the week that they have so far, what each could have alone, and what may take its place.

Circles meet only through teachers and rooms. So a few of them at a time can be planned again while all others' sessions
stay (`around`); and what each could have with all teachers and rooms to itself (`alone`) bounds what it has.

Work is handed out in rounds whose size does not depend on who works: many units about strangers, few about circles that
share teachers. Two of these may take the same hour of a teacher; then what collides of the later one is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..around import alone, around
from ..circles import People, circles, near, only
from ..free import is_free
from ..rules import INCONVENIENCE, MUST, WeekRule
from ..schedule import Schedule, Session, Tier
from ..seating import seat
from ..solving import TIERS, Effort, Progress, Result, price_of, verify
from ..together import one_to_one
from ..week import WeekFacts
from .least import NOTHING, Least, Value, less, plus
from .units import ROUND, WIDTH, Crew, Here, Unit, widely

UNIT = 2.0  # CP-SAT's deterministic time for each circle of a unit
FOR_A_BOUND = 5.0  # the same for a circle alone, whose bound counts for as long as the search goes on


class Beside:
    """A component while its circles are being planned: `current` is the best schedule so far, and can be held.

    `least`: what is known of the least that the circles' weeks cost.
    """

    def __init__(
        self,
        facts: WeekFacts,
        rules: tuple[WeekRule, ...],
        usual_rooms: Mapping[Session, str],
        effort: Effort,
        crew: Crew | Here,
        progress: Progress | None = None,
    ) -> None:
        self.facts, self.rules, self.usual_rooms = facts, rules, usual_rooms
        self.effort, self.crew, self.progress = effort, crew, progress
        self.began, self.spent = time.monotonic(), 0.0
        self.circles = circles(facts)
        self.near = near(facts, self.circles)
        self.rivals = {p: c.union(*self.near[c]) for c in self.circles for p in c}  # who shares teachers with her
        self.rough = tuple(r for r in rules if r.tier != INCONVENIENCE)
        self.musts = tuple(r for r in rules if r.tier == MUST)
        self.least = Least(self.circles)
        self.impossible = False
        self.current = Schedule(facts, {})
        self.worth = values(self.current, rules)
        self.worths: dict[People, Value] = {}  # of the circles' own weeks, as if they were alone

    # -- units of work -----------------------------------------------------------------------------------------------

    def _alone(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return self._unit(alone(self.facts, people), people, rules, FOR_A_BOUND)

    def _around(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return self._unit(around(self.current, people), people, rules, UNIT * sum(c <= people for c in self.circles))

    def _wide(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return replace(self._around(people, rules), how=widely)

    def _unit(self, facts: WeekFacts, people: People, rules: tuple[WeekRule, ...], most: float) -> Unit:
        seconds = self.effort.seconds
        left = None if seconds is None else max(0.01, seconds - (time.monotonic() - self.began))
        effort = replace(self.effort, seconds=left, deterministic=most)
        hint = replace(self.current.of_these(people), facts=facts)
        return Unit(facts, tuple(r.among(people) for r in rules), hint, self.usual_rooms, effort)

    def _do(self, units: Sequence[Unit]) -> list[Result | None]:
        results = self.crew.do(units)
        self.spent += sum(r.deterministic for r in results if r)
        return results

    def _over(self, share: float) -> bool:
        """Whether this share of the effort is spent, or the end was asked for."""
        return self.effort.is_over(self.began, self.spent, share)

    def _may_join(self, people: People, now: Sequence[People]) -> bool:
        """Whether these can be planned at once with a round of others: nobody twice, and few who share teachers."""
        if len(now) == WIDTH or not all(people.isdisjoint(other) for other in now):
            return False
        rivals = frozenset[str]().union(*{self.rivals[p] for p in people})
        return sum(not rivals.isdisjoint(other) for other in now) < ROUND

    # -- what is better ----------------------------------------------------------------------------------------------

    def _accept(self, people: People, found: Schedule | None, rules: tuple[WeekRule, ...]) -> bool:
        """Take a new week for these if it can be held and is as good by these rules, and say whether it is better.

        (As good is taken too: from another plan of the same value there is another way on.)
        """
        if found is None or not (seated := self._seated(people, found)):
            return False
        new = self.current.without(people).beside(seated)
        was, now = (self._worth(schedule, people) for schedule in (self.current, new))
        if by(rules, now) > by(rules, was):
            return False
        self._take(new, people, was, now)
        if by(rules, now) < by(rules, was):
            self._tell()
        return by(rules, now) < by(rules, was)

    def _take(self, new: Schedule, people: People, was: Value, now: Value) -> None:
        """Go on with another week of these people, who were worth this and are worth that."""
        change = zip(self.worth, was, now, strict=True)
        self.current, self.worth = new, tuple(whole - before + after for whole, before, after in change)
        self.worths = {c: worth for c, worth in self.worths.items() if c.isdisjoint(people)}

    def take_lessons(self, schedule: Schedule) -> None:
        """Begin anew with what is taught in groups there."""
        talks = one_to_one(self.facts)
        held = {s: who for s, who in schedule.attendance.items() if s.course not in talks}
        self.current = Schedule(self.facts, held, {s: r for s, r in schedule.rooms.items() if s in held})
        self.worth, self.worths = values(self.current, self.rules), {}

    def _seated(self, people: People, found: Schedule) -> Schedule | None:
        """What of the schedule can be held beside the others now, in rooms that are free now; None if a must breaks."""
        facts = around(self.current, people)
        there = {s: who for s, who in found.attendance.items() if is_free(facts, s, s.teacher)}
        seated, stuck = seat(Schedule(facts, there), {**self.usual_rooms, **found.rooms})
        return None if stuck or any(verify(seated, (r.among(people) for r in self.musts))) else seated

    def _worth(self, schedule: Schedule, people: People) -> Value:
        """What all that the price of these people's week depends on costs: their sessions, and all of their teachers'.

        If only their week is changed, the whole costs as much more or less as this does.
        """
        part = only(self.facts, people)
        there = {s: who for s, who in schedule.attendance.items() if s.teacher in part.teachers}
        courses = {s.course: self.facts.courses[s.course] for s in there} | dict(part.courses)
        teachers = {t: self.facts.teachers[t] for t in part.teachers}
        return values(Schedule(replace(part, courses=courses, teachers=teachers), there, schedule.rooms), self.rules)

    def _above(self, circle: People) -> Value:
        """How far a circle is from what it could be alone, and those it is bounded with from what they could be."""
        hers = less(self._own(circle), self.least.own.get(circle, NOTHING))
        if people := self.least.beside(circle):
            theirs = less(plus(map(self._own, self.least.among(people))), self.least.of(people))
            hers = theirs if self.least.all_short(people) else tuple(map(min, hers, theirs))
        return tuple(max(0, n) for n in hers)

    def _own(self, circle: People) -> Value:
        """What a circle's week is worth as if it were alone."""
        if circle not in self.worths:
            part = replace(self.current.of_these(circle), facts=alone(self.facts, circle))
            self.worths[circle] = values(part, self.rules)
        return self.worths[circle]

    def _gap(self, circle: People, rules: tuple[WeekRule, ...]) -> int:
        """How far it is in the first tier of these rules in which it is."""
        return next((n for n in by(rules, self._above(circle)) if n), 0)

    def _tell(self) -> None:
        if self.progress:
            for tier in self._tiers():
                self.progress(tier.name, tier.value, tier.bound)

    def _tiers(self) -> Iterator[Tier]:
        yield from tiers(self.worth, self.least.of(frozenset(self.facts.participants)), self.rules)

    def _result(self) -> Result:
        spent = time.monotonic() - self.began
        if self.impossible:
            return Result(None, (), True, spent, self.spent)
        return Result(self.current, tuple(self._tiers()), False, spent, self.spent)

    def _learn(self, people: People, result: Result | None) -> None:
        """What is proven of a circle's week, or of several circles'."""
        if result is not None:
            self.impossible |= result.impossible
            self.least.learn(people, {t.name: t.bound for t in result.tiers})


def values(schedule: Schedule, rules: Sequence[WeekRule]) -> Value:
    """What a schedule is worth, tier by tier: of two, the one that is less in the first tier that differs is better."""
    price = price_of(schedule, rules)
    return tuple(price[tier] for tier in TIERS)


def by(rules: Sequence[WeekRule], worth: Value) -> Value:
    """What of it counts by these rules: nothing in a tier that they do not have."""
    asked = {rule.tier for rule in rules}
    return tuple(n if tier in asked else 0 for tier, n in zip(TIERS, worth, strict=True))


def tiers(found: Value, bounds: Sequence[int], rules: Sequence[WeekRule]) -> Iterator[Tier]:
    """The tiers that these rules have. A bound says nothing where an earlier tier is not at its own."""
    proven = True
    for name, value, bound in zip(TIERS, found, bounds, strict=True):
        if any(rule.tier == name for rule in rules):
            yield Tier(name, value, min(value, bound) if proven else 0)
            proven = proven and value <= bound


def in_rounds(some: Sequence[People]) -> Iterator[Sequence[People]]:
    """Circles by so many as are looked at at once, each by itself."""
    yield from (some[i : i + WIDTH] for i in range(0, len(some), WIDTH))
