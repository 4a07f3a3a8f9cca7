"""Talks given out beside lessons that stay: everybody's talk is a matching of participants and a coordinator's times.

What a talk costs a participant depends on her own lessons alone, so each is priced by itself, once for all who are
alike and have the same lessons. Who has which is then a small problem with hardly anything to search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExprT

from .alike import Group, alike
from .candidates import candidates, suits
from .circles import only
from .free import collide, holds
from .model import total
from .rules import DEMANDS, INCONVENIENCE, MUST, WeekRule
from .rules.rooms import Rooms
from .rules.teacher_least import TeacherLeast
from .schedule import Schedule, Session
from .solving import price_of, verify
from .together import one_to_one
from .week import WeekFacts

LINEAR = 2  # CP-SAT's level of linear relaxation: of a matching it tells all
LONG = 2.0  # of CP-SAT's deterministic time
SHORT = 1000  # minutes of inconvenience that a minute too little is worse than


def give_talks(lessons: Schedule, rules: Sequence[WeekRule]) -> Schedule:
    """The week of these lessons with talks for as many as can have one, where they cost the least."""
    return _Talks(lessons, rules).schedule()


class _Talks:
    """The matching. `has`: whether somebody of a group has a talk (talks are of one, so it is one of them)."""

    def __init__(self, lessons: Schedule, rules: Sequence[WeekRule]) -> None:
        self.lessons, self.facts, self.rules = lessons, lessons.facts, rules
        self.talks = one_to_one(self.facts)
        self.model = cp_model.CpModel()
        self.has: dict[tuple[Group, Session], IntVar] = {}
        self.costs: list[LinearExprT] = []

    def schedule(self) -> Schedule:
        times = [s for s in candidates(self.facts) if s.course in self.talks and self._could_give(s)]
        for group in self._groups():
            self._wish(group, times)
        self._one_at_a_time()
        self._hours()
        self.model.minimize(total(self.costs))
        solver = cp_model.CpSolver()
        p = solver.parameters
        p.num_workers, p.linearization_level, p.max_deterministic_time = 1, LINEAR, LONG
        p.catch_sigint_signal = False
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return self.lessons
        return Schedule(self.facts, {**self.lessons.attendance, **dict(self._given(solver))})

    def _could_give(self, talk: Session) -> bool:
        return not any(collide(self.facts, talk, s) for s in self.lessons.of(talk.teacher, day=talk.day))

    def _groups(self) -> Iterator[Group]:
        """Those who are alike and have the same lessons, if they want one talk; everybody else is one by herself."""
        for some in alike(self.facts):
            of: dict[tuple[Session, ...], list[str]] = defaultdict(list)
            for p in some:
                of[self.lessons.of(p)].append(p)
            wanted = sum(d.sessions for c, d in self.facts.participants[some[0]].demands.items() if c in self.talks)
            for same in of.values():
                yield from [tuple(same)] if wanted == 1 else ((p,) for p in same)

    def _wish(self, group: Group, times: Sequence[Session]) -> None:
        """As many talks as its members want, when they can, for what each is worth to them then."""
        p, worth = group[0], self._worth(group[0])
        mine: list[Session] = []
        for talk in (s for s in times if s.course in self.facts.participants[p].demands):
            cost = worth(talk) if suits(self.facts, talk, p) and holds(self.facts, talk, p) else None
            if cost is not None:
                self.has[group, talk] = self.model.new_bool_var(f"{p} {talk}")
                self.costs.append(cost * self.has[group, talk])
                mine.append(talk)
        for course, demand in self.facts.participants[p].demands.items():
            there = total(self.has[group, s] for s in mine if s.course == course)
            self.model.add(there <= len(group) * demand.sessions)
        if len(group) == 1:
            for a, b in combinations(mine, 2):
                if a.day == b.day and a.start < b.end and b.start < a.end:
                    self.model.add_at_most_one([self.has[group, a], self.has[group, b]])

    def _worth(self, p: str) -> Callable[[Session], int | None]:
        """What a talk adds to the price of a participant's week, less than nothing where she is less short with it.

        None if she can't have it beside her lessons.
        """
        broken, without = self._price(p, ())
        known: dict[tuple[int, int, int, str, str], int | None] = {}

        def worth(talk: Session) -> int | None:
            key = talk.day, talk.start, talk.end, talk.place, talk.course  # whoever gives it
            if key not in known:
                now, price = self._price(p, [talk])
                known[key] = price - without if now <= broken else None
            return known[key]

        return worth

    def _price(self, p: str, talks: Iterable[Session]) -> tuple[int, int]:
        """Of a participant's week with these talks, as if nobody else were there: how many musts it breaks, its price.

        (Lessons of one are broken musts where groups have a least size: with the talk and without.)
        """
        facts, musts, prices = self._alone(p)
        week = Schedule(facts, dict.fromkeys([*self.lessons.of(p), *talks], frozenset([p])))
        price = price_of(week, prices)
        return sum(1 for _ in verify(week, musts)), SHORT * price[DEMANDS] + price[INCONVENIENCE]

    @cache  # noqa: B019 (as long as the matching is made)
    def _alone(self, p: str) -> tuple[WeekFacts, Sequence[WeekRule], Sequence[WeekRule]]:
        """Her week, the musts, and the prices that are hers. (Rooms are given out afterwards, to all at once.)"""
        her = frozenset([p])
        rules = [rule.among(her) for rule in self.rules if not isinstance(rule, TeacherLeast | Rooms)]
        musts = [rule for rule in rules if rule.tier == MUST]
        return only(self.facts, her), musts, [rule for rule in rules if rule.tier != MUST]

    def _one_at_a_time(self) -> None:
        """A coordinator gives one talk at a time, and has time for the way from one to the next."""
        at: dict[tuple[str, int], dict[Session, list[IntVar]]] = defaultdict(lambda: defaultdict(list))
        for (_, talk), literal in self.has.items():
            at[talk.teacher, talk.day][talk].append(literal)
        for talks in at.values():
            for one in talks:
                meanwhile = [t for t in talks if t.start <= one.start < t.end]
                self.model.add_at_most_one([x for t in meanwhile for x in talks[t]])
            for a, b in combinations(talks, 2):
                if a.place != b.place and collide(self.facts, a, b):
                    self.model.add(total([*talks[a], *talks[b]]) <= 1)

    def _hours(self) -> None:
        """And gives no more than she has hours for; nor is a course taught for more than it may be."""
        minutes: dict[tuple[str, str], list[LinearExprT]] = defaultdict(list)
        for (_, talk), literal in self.has.items():
            for who in (talk.teacher, ""):
                minutes[who, talk.course].append(talk.minutes * literal)
        for (who, course), given in minutes.items():
            most = self.facts.teachers[who].teaches[course][1] if who else self.facts.courses[course].most_taught
            if most is not None:
                self.model.add(total(given) <= most)

    def _given(self, solver: cp_model.CpSolver) -> Iterator[tuple[Session, frozenset[str]]]:
        """The talks of each group, given to its members one after the other."""
        found: dict[Group, list[Session]] = defaultdict(list)
        for (group, talk), literal in self.has.items():
            if solver.boolean_value(literal):
                found[group].append(talk)
        for group, talks in found.items():
            given = (
                zip(group, talks, strict=False)
                if len(group) > 1
                else ((group[0], t) for t in self._kept(group[0], talks))
            )
            yield from ((talk, frozenset([p])) for p, talk in given)

    def _kept(self, p: str, talks: Sequence[Session]) -> Iterator[Session]:
        """Of several talks of one participant those that break nothing together."""
        kept: list[Session] = []
        broken, _ = self._price(p, ())
        for talk in talks:
            if self._price(p, [*kept, talk])[0] <= broken:
                kept.append(talk)
                yield talk
