"""A week of any number of people: component by component, which is exact, and within one circle by circle.

The plan is the same whoever does the work, one thread, ten processes or a cluster: no unit of work knows of another
that is done at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

from ..circles import People, circles, components, only
from ..many import solve_circle
from ..rules import WeekRule
from ..schedule import Schedule, Session
from ..seating import seat
from ..solving import TIERS, Effort, Progress, Result
from ..week import TeacherWeek, WeekFacts
from .beside import tiers, values
from .neighbours import Circles
from .units import Crew, Unit

FEW = 12  # people whose week is one model, and proven, even where they never meet


def solve_week(
    facts: WeekFacts,
    rules: Sequence[WeekRule],
    *,
    hint: Schedule | None = None,
    usual_rooms: Mapping[Session, str] | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Result:
    """Plan one week of any number of people: as `solve_circle` does if they are one circle, else circle by circle.

    `executor` does the units of work (None: threads of this process). `effort` is for each component; its seconds are
    the same for all of them. The same facts, rules, hint and seed give the same plan with any executor, unless the
    clock ends it.
    """
    effort, rooms = effort or Effort(), usual_rooms or {}
    if len(circles(facts)) < 2:
        return solve_circle(facts, rules, hint=hint, usual_rooms=rooms, effort=effort, progress=progress)
    with Crew(executor, effort.stop) as crew:
        return Components(facts, tuple(rules), hint, rooms, effort, progress, crew).run()


class Components:
    """A week that falls into components.

    Those of one circle or of few people are units of work; others are searched side by side.
    """

    def __init__(
        self,
        facts: WeekFacts,
        rules: tuple[WeekRule, ...],
        hint: Schedule | None,
        rooms: Mapping[Session, str],
        effort: Effort,
        progress: Progress | None,
        crew: Crew,
    ) -> None:
        self.facts, self.rules, self.hint, self.rooms = facts, rules, hint, rooms
        self.effort, self.crew = effort, crew
        self.began = time.monotonic()
        self.parts = {people: only(facts, people) for people in components(facts)}
        self.told = Together(progress, facts, self.parts, rules)

    def run(self) -> Result:
        single = [p for p, part in self.parts.items() if len(p) <= FEW or len(circles(part)) == 1]
        several = [p for p in self.parts if p not in single]
        found = dict(zip(single, self.crew.do([self._unit(p) for p in single]), strict=True))
        for people, result in found.items():
            self.told.part(people, result)
        if several:
            with ThreadPoolExecutor(len(several)) as drivers:
                found |= dict(zip(several, drivers.map(self._searched, several), strict=True))
        return self._result([found[people] for people in self.parts])

    def _unit(self, people: People) -> Unit:
        return Unit(self.parts[people], self._rules(people), self._hint(people), self.rooms, self._effort())

    def _searched(self, people: People) -> Result:
        search = Circles(
            self.parts[people], self._rules(people), self.rooms, self._effort(), self.crew, self.told.of(people)
        )
        return search.run(self._hint(people))

    def _rules(self, people: People) -> tuple[WeekRule, ...]:
        return tuple(rule.among(people) for rule in self.rules)

    def _hint(self, people: People) -> Schedule | None:
        return None if self.hint is None else self.hint.of_these(people)

    def _effort(self) -> Effort:
        if self.effort.seconds is None:
            return self.effort
        return replace(self.effort, seconds=max(0.01, self.effort.seconds - (time.monotonic() - self.began)))

    def _result(self, results: Sequence[Result | None]) -> Result:
        """All parts beside each other; nothing for a part that nobody lived to plan."""
        schedule, bounds = Schedule(self.facts, {}), list(self.told.idle)
        spent, deterministic = time.monotonic() - self.began, sum(r.deterministic for r in results if r)
        for result in (r for r in results if r):
            if result.impossible:
                return Result(None, (), True, spent, deterministic)
            schedule = schedule.beside(result.schedule) if result.schedule else schedule
            for tier in result.tiers:
                bounds[TIERS.index(tier.name)] += tier.bound
        schedule = self._in_rooms_of_their_own(schedule)
        found = tuple(tiers(values(schedule, self.rules), bounds, self.rules))
        return Result(schedule, found, False, spent, deterministic)

    def _in_rooms_of_their_own(self, schedule: Schedule) -> Schedule:
        """Parts that know nothing of each other may have chosen one room at once, where there are enough for all."""
        seated, stuck = seat(schedule, {**self.rooms, **schedule.rooms})
        return schedule if stuck else seated


class Together:
    """Tells of the progress of all parts as of one. Parts tell from threads of their own."""

    def __init__(
        self,
        progress: Progress | None,
        facts: WeekFacts,
        parts: Mapping[People, WeekFacts],
        rules: Sequence[WeekRule],
    ) -> None:
        self.progress, self.lock = progress, Lock()
        nobody = replace(facts, participants={}, teachers=idle(facts))
        self.idle = values(Schedule(nobody, {}), rules)
        self.now = {
            people: {tier: (n, 0) for tier, n in zip(TIERS, values(Schedule(part, {}), rules), strict=True)}
            for people, part in parts.items()
        }

    def of(self, people: People) -> Progress:
        """What hears of one part."""

        def heard(tier: str, value: int, bound: int) -> None:
            with self.lock:
                self.now[people][tier] = value, bound
                whole, least = (sum(part[tier][i] for part in self.now.values()) for i in (0, 1))
                constant = self.idle[TIERS.index(tier)]
                if self.progress:
                    self.progress(tier, whole + constant, least + constant)

        return heard

    def part(self, people: People, result: Result | None) -> None:
        """A part that is done."""
        heard = self.of(people)
        for tier in result.tiers if result else ():
            heard(tier.name, tier.value, tier.bound)


def idle(facts: WeekFacts) -> dict[str, TeacherWeek]:
    """The teachers with the courses that nobody takes: what these cost, no plan can change."""
    taken = {c for p in facts.participants.values() for c in p.demands}
    return {
        t.id: replace(t, teaches={c: band for c, band in t.teaches.items() if c not in taken})
        for t in facts.teachers.values()
    }
