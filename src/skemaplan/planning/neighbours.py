"""A component of several circles: placed beside each other, mended and bettered a few at a time, bounded one by one.

One model of them all is slow long before it is large. But circles meet only through teachers and rooms, so a few of
them at a time can be planned again while all others' sessions stay (`around`), and what each could have with all
teachers and rooms to itself (`alone`) bounds what it has.

Work is handed out in rounds whose size does not depend on who works. Two units of a round may take the same hour of a
teacher; then what collides of the later one is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations

from ..around import alone, around
from ..circles import People, circles, near, only
from ..free import is_free
from ..rules import INCONVENIENCE, MUST, WeekRule
from ..schedule import Schedule, Session, Tier
from ..seating import seat
from ..solving import TIERS, Effort, Progress, Result, price_of, verify
from ..together import one_to_one
from ..week import WeekFacts
from .negotiating import Charges, Negotiation
from .units import Crew, Unit

ROUND = 4  # units of work handed out at once, whoever works
UNIT = 2.0  # CP-SAT's deterministic time for each circle of a unit
FOR_A_GROUP = 0.3  # the same for a circle's lessons while it negotiates
FOR_A_BOUND = 5.0  # the same for a circle alone, whose bound counts for as long as the search goes on
NEAR = 7  # how many of the circles near one are tried together with it
MOST_TURNS = 4  # in which a circle finds a place beside the others
TOGETHER = (0, 1, 2, 3)  # how many of those near a circle are planned again with it
WIDE = 11  # how many are made better widely with it, where there are more than can be planned again at once
PLACING = 0.4  # of all effort, at most, is spent when lessons are negotiated,
MENDING = 0.6  # of all effort, at most, is spent when what is short is mended
BETTERING = 0.7  # and when each circle, by itself and with one near it, is as good as it can be beside the others

Value = tuple[int, ...]  # one of each tier


class Circles:
    """A component while its circles are being planned: `current` is the best schedule so far, and can be held.

    `bounds`: the least that each circle's week can be, tier by tier.
    """

    def __init__(
        self,
        facts: WeekFacts,
        rules: tuple[WeekRule, ...],
        usual_rooms: Mapping[Session, str],
        effort: Effort,
        crew: Crew,
        progress: Progress | None = None,
    ) -> None:
        self.facts, self.rules, self.usual_rooms = facts, rules, usual_rooms
        self.effort, self.crew, self.progress = effort, crew, progress
        self.began, self.spent = time.monotonic(), 0.0
        self.circles = circles(facts)
        self.near = near(facts, self.circles)
        self.rough = tuple(r for r in rules if r.tier != INCONVENIENCE)
        self.musts = tuple(r for r in rules if r.tier == MUST)
        self.bounds: dict[People, Value] = {}
        self.impossible = False
        self.current = Schedule(facts, {})

    def run(self, hint: Schedule | None) -> Result:
        if hint is not None:
            for circle in self.circles:
                self._accept(circle, hint.of_these(circle), self.rules)
        self._negotiate()
        self._place()
        self._bound_by_few()
        self._search(self.rough, MENDING, sizes=(2, 3))
        self._widely(self.rough, MENDING)
        self._search(self.rules, BETTERING, sizes=(0, 1))
        self._bound()
        self._widely(self.rules, 1.0)
        self._search(self.rules, 1.0, sizes=TOGETHER)
        return self._result()

    # -- a first plan ------------------------------------------------------------------------------------------------

    def _negotiate(self) -> None:
        """Lessons for all who are short, beside each other, and then talks beside these."""
        short = [c for c in self.circles if self._gap(c, self.rough)]
        if len(short) < 2:
            return
        facts = around(self.current, frozenset().union(*short))

        def plan(charges: Mapping[People, Charges]) -> Mapping[People, Schedule | None]:
            units = [
                replace(self._unit(alone(facts, c), c, self.rules, FOR_A_GROUP), how="together", charges=charges[c])
                for c in charges
            ]
            return {c: result.schedule if result else None for c, result in zip(charges, self._do(units), strict=True)}

        talks = one_to_one(facts)
        for circle, week in Negotiation(facts, short, plan, self.effort.seed).run(lambda: self._over(PLACING)).items():
            lessons = {s: who for s, who in week.attendance.items() if s.course not in talks}
            self._accept(circle, Schedule(week.facts, lessons), self.rough)
        self._give_talks(short)

    def _give_talks(self, some: Sequence[People]) -> None:
        """Talks for circles near each other at once, beside the lessons that they have."""
        left = list(some) if one_to_one(self.facts) else []
        while left and not self._over(1.0):
            together = [c for c in (left[0], *self.near[left[0]]) if c in left][: WIDE + 1]
            people = frozenset().union(*together)
            [result] = self._do([replace(self._around(people, self.rules), how="talks")])
            if result and result.schedule:
                for c in together:
                    self._accept(c, result.schedule.of_these(c), self.rough)
            left = [c for c in left if c not in together]

    def _bound_by_few(self) -> None:
        """A first bound for each circle, soon known: what one of each kind of people could have there."""
        for some in in_rounds(self.circles):
            units = [replace(self._alone(c, self.rules), how="few") for c in some]
            for circle, result in zip(some, self._do(units), strict=True):
                self._learn(circle, result)

    def _place(self) -> None:
        """Whoever is short of something gets what she can: first as if alone, then beside those who have theirs.

        The largest circles go first. Who comes too late for a teacher's hour keeps the rest, and has another turn.
        """
        left = [c for c in sorted(self.circles, key=lambda c: (-len(c), min(c))) if self._gap(c, self.rough)]
        unit, turns = self._alone, dict.fromkeys(left, MOST_TURNS)
        while left and not self._over(1.0):
            now = left if unit == self._alone else self._strangers(left)
            for circle, result in zip(now, self._do([unit(c, self.rough) for c in now]), strict=True):
                turns[circle] -= 1
                if unit == self._alone:
                    self._learn(circle, result)
                if result and result.schedule:
                    self._accept(circle, result.schedule, self.rough)
                    if self.current.of_these(circle).attendance == result.schedule.attendance:
                        turns[circle] = 0
            left = [c for c in left if turns[c] and self._gap(c, self.rough)]
            unit = self._around

    def _strangers(self, some: Sequence[People]) -> list[People]:
        """The first of these, and others that share so little with it and with each other that they hardly collide."""
        found: list[People] = []
        for c in some:
            if len(found) < ROUND and all(other not in self.near[c][:NEAR] for other in found):
                found.append(c)
        return found

    # -- bounds ------------------------------------------------------------------------------------------------------

    def _bound(self) -> None:
        """What each circle could have alone; if it can have just that beside the others, it does."""
        for some in in_rounds(self.circles):
            if self._over(1.0):
                return
            for circle, result in zip(some, self._do([self._alone(c, self.rules) for c in some]), strict=True):
                self._learn(circle, result)
                if result:
                    self._accept(circle, result.schedule, self.rules)

    def _learn(self, circle: People, result: Result | None) -> None:
        """A bound for each tier; a later tier's counts only where the earlier ones are at theirs (see `_tiers`)."""
        if result is None:
            return
        self.impossible |= result.impossible
        found = {t.name: t.bound for t in result.tiers}
        old = self.bounds.get(circle, (0,) * len(TIERS))
        self.bounds[circle] = tuple(max(b, found.get(tier, 0)) for tier, b in zip(TIERS, old, strict=True))

    # -- neighbourhoods ----------------------------------------------------------------------------------------------

    def _search(self, rules: tuple[WeekRule, ...], until: float, sizes: tuple[int, ...]) -> None:
        """Plan a circle again together with so many near it, those with the most to win first, till all is tried.

        Where a plan is changed, all there is to try for its circles begins anew.
        """
        to_try = {c: self._neighbourhoods(c, sizes) for c in self.circles}
        while not self._over(until):
            some = self._round(to_try, {c: self._gap(c, rules) for c in self.circles})
            if not some:
                return
            for people, result in zip(some, self._do([self._around(p, rules) for p in some]), strict=True):
                if result and self._accept(people, result.schedule, rules):
                    to_try |= {c: self._neighbourhoods(c, sizes) for c in self.circles if c <= people}

    def _round(self, to_try: Mapping[People, Iterator[People]], gaps: Mapping[People, int]) -> list[People]:
        """The next neighbourhoods, of which no two share a circle."""
        found: list[People] = []
        for circle in sorted((c for c, gap in gaps.items() if gap), key=lambda c: (-gaps[c], min(c))):
            if len(found) < ROUND and all(circle.isdisjoint(p) for p in found):
                some = next((p for p in to_try[circle] if all(p.isdisjoint(other) for other in found)), None)
                found += [some] if some else []
        return found

    def _widely(self, rules: tuple[WeekRule, ...], until: float) -> None:
        """Make the week of many circles better at once, those with the most to win first, till nothing is found."""
        tried: set[People] = set()
        while len(self.circles) > 1 + max(TOGETHER) and not self._over(until):
            gaps = {c: self._gap(c, rules) for c in self.circles}
            around_it = {c: iter({c.union(*self.near[c][:WIDE])} - tried) for c in self.circles}
            some = self._round(around_it, gaps)
            if not some:
                return
            for people, result in zip(some, self._do([self._wide(p, rules) for p in some]), strict=True):
                if result and self._accept(people, result.schedule, rules):
                    tried = {other for other in tried if other.isdisjoint(people)}
                else:
                    tried.add(people)

    def _neighbourhoods(self, circle: People, sizes: tuple[int, ...]) -> Iterator[People]:
        """The circle with so many of those near it, nearest first; where there are too few, with all there are."""
        near_it = self.near[circle][:NEAR]
        seen = set()
        for others in chain.from_iterable(combinations(near_it, min(n, len(near_it))) for n in sizes):
            if others not in seen:
                yield circle.union(*others)
            seen.add(others)

    # -- units of work -----------------------------------------------------------------------------------------------

    def _alone(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return self._unit(alone(self.facts, people), people, rules, FOR_A_BOUND)

    def _around(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return self._unit(around(self.current, people), people, rules, UNIT * sum(c <= people for c in self.circles))

    def _wide(self, people: People, rules: tuple[WeekRule, ...]) -> Unit:
        return replace(self._around(people, rules), how="widely")

    def _unit(self, facts: WeekFacts, people: People, rules: tuple[WeekRule, ...], most: float) -> Unit:
        seconds = self.effort.seconds
        left = None if seconds is None else max(0.01, seconds - (time.monotonic() - self.began))
        effort = replace(self.effort, seconds=left, deterministic=most)
        hint = Schedule(facts, self.current.of_these(people).attendance)
        return Unit(facts, tuple(r.among(people) for r in rules), hint, self.usual_rooms, effort)

    def _do(self, units: Sequence[Unit]) -> list[Result | None]:
        results = self.crew.do(units)
        self.spent += sum(r.deterministic for r in results if r)
        return results

    def _over(self, share: float) -> bool:
        """Whether this share of the effort is spent, or the end was asked for."""
        effort = self.effort
        late = effort.seconds is not None and time.monotonic() - self.began >= share * effort.seconds
        return late or self.spent >= share * effort.deterministic or (effort.stop is not None and effort.stop.asked)

    # -- what is better ----------------------------------------------------------------------------------------------

    def _accept(self, people: People, found: Schedule | None, rules: tuple[WeekRule, ...]) -> bool:
        """Take a new week for these if it can be held and is as good by these rules, and say whether it is better.

        (As good is taken too: from another plan of the same value there is another way on.)
        """
        if found is None or not (seated := self._seated(people, found)):
            return False
        new = self.current.without(people).beside(seated)
        was, now = (values(self._about(schedule, people), rules) for schedule in (self.current, new))
        if now > was:
            return False
        self.current = new
        if now < was:
            self._tell()
        return now < was

    def _seated(self, people: People, found: Schedule) -> Schedule | None:
        """What of the schedule can be held beside the others now, in rooms that are free now; None if a must breaks."""
        facts = around(self.current, people)
        there = {s: who for s, who in found.attendance.items() if is_free(facts, s, s.teacher)}
        seated, stuck = seat(Schedule(facts, there), {**self.usual_rooms, **found.rooms})
        return None if stuck or any(verify(seated, (r.among(people) for r in self.musts))) else seated

    def _about(self, schedule: Schedule, people: People) -> Schedule:
        """All that the price of these people's week depends on: their sessions, and all of their teachers'."""
        part = only(self.facts, people)
        there = {s: who for s, who in schedule.attendance.items() if s.teacher in part.teachers}
        courses = {s.course: self.facts.courses[s.course] for s in there} | dict(part.courses)
        teachers = {t: self.facts.teachers[t] for t in part.teachers}
        return Schedule(replace(part, courses=courses, teachers=teachers), there, schedule.rooms)

    def _gap(self, circle: People, rules: tuple[WeekRule, ...]) -> int:
        """How far a circle is from what it could be alone: in the first tier in which it is."""
        part = Schedule(alone(self.facts, circle), self.current.of_these(circle).attendance)
        bounds = self.bounds.get(circle, (0,) * len(TIERS))
        return next((v - b for v, b in zip(values(part, rules), bounds, strict=True) if v > b), 0)

    def _tell(self) -> None:
        if self.progress:
            for tier in self._tiers():
                self.progress(tier.name, tier.value, tier.bound)

    def _tiers(self) -> Iterator[Tier]:
        bounds = [sum(b[i] for b in self.bounds.values()) for i in range(len(TIERS))]
        yield from tiers(values(self.current, self.rules), bounds, self.rules)

    def _result(self) -> Result:
        spent = time.monotonic() - self.began
        if self.impossible:
            return Result(None, (), True, spent, self.spent)
        return Result(self.current, tuple(self._tiers()), False, spent, self.spent)


def values(schedule: Schedule, rules: Sequence[WeekRule]) -> Value:
    """What a schedule is worth, tier by tier: of two, the one that is less in the first tier that differs is better."""
    price = price_of(schedule, rules)
    return tuple(price[tier] for tier in TIERS)


def tiers(found: Value, bounds: Sequence[int], rules: Sequence[WeekRule]) -> Iterator[Tier]:
    """The tiers that these rules have. A bound says nothing where an earlier tier is not at its own."""
    proven = True
    for name, value, bound in zip(TIERS, found, bounds, strict=True):
        if any(rule.tier == name for rule in rules):
            yield Tier(name, value, min(value, bound) if proven else 0)
            proven = proven and value <= bound


def in_rounds(some: Sequence[People]) -> Iterator[Sequence[People]]:
    yield from (some[i : i + ROUND] for i in range(0, len(some), ROUND))
