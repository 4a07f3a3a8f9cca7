"""Talks given out beside lessons that stay: everybody's talk is a matching of participants and a coordinator's times.

What a talk costs a participant depends on her own lessons alone, so each is priced by itself, once for all who are
alike and have the same lessons. Who has which is then a small problem with hardly anything to search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
from .solving import LINEAR, price_of, verify
from .together import one_to_one, overlap

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
        self.own: dict[str, _Own] = {}  # the week of the first of each group
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
        p = group[0]
        own = self.own[p] = _Own(self.lessons, self.rules, p)
        mine: list[Session] = []
        for talk in (s for s in times if s.course in self.facts.participants[p].demands):
            cost = own.cost(talk) if suits(self.facts, talk, p) and holds(self.facts, talk, p) else None
            if cost is not None:
                self.has[group, talk] = self.model.new_bool_var(f"{p} {talk}")
                self.costs.append(cost * self.has[group, talk])
                mine.append(talk)
        for course, demand in self.facts.participants[p].demands.items():
            there = total(self.has[group, s] for s in mine if s.course == course)
            self.model.add(there <= len(group) * demand.sessions)
        if len(group) == 1:
            for a, b in combinations(mine, 2):
                if a.day == b.day and overlap(a, b):
                    self.model.add_at_most_one([self.has[group, a], self.has[group, b]])

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
            if len(group) == 1:
                yield from ((talk, frozenset(group)) for talk in self.own[group[0]].kept(talks))
            else:
                yield from ((talk, frozenset([p])) for p, talk in zip(group, talks, strict=False))


class _Own:
    """A participant's own week, as if nobody else were there.

    (Lessons of one are broken musts where groups have a least size: with a talk and without. Rooms are given out
    afterwards, to all at once.)
    """

    def __init__(self, lessons: Schedule, rules: Sequence[WeekRule], p: str) -> None:
        self.her, self.lessons = frozenset([p]), lessons.of(p)
        self.facts = only(lessons.facts, self.her)
        mine = [rule.among(self.her) for rule in rules if not isinstance(rule, TeacherLeast | Rooms)]
        self.musts = [rule for rule in mine if rule.tier == MUST]
        self.prices = [rule for rule in mine if rule.tier != MUST]
        self.broken, self.price = self._worth(())
        self.known: dict[tuple[int, int, int, str, str], int | None] = {}

    def cost(self, talk: Session) -> int | None:
        """What a talk adds to the price of her week, less than nothing where she is less short with it.

        None if she can't have it beside her lessons.
        """
        key = talk.day, talk.start, talk.end, talk.place, talk.course  # whoever gives it
        if key not in self.known:
            broken, price = self._worth([talk])
            self.known[key] = price - self.price if broken <= self.broken else None
        return self.known[key]

    def kept(self, talks: Sequence[Session]) -> list[Session]:
        """Of several talks those that break nothing together."""
        kept: list[Session] = []
        for talk in talks:
            if self._worth([*kept, talk])[0] <= self.broken:
                kept.append(talk)
        return kept

    def _worth(self, talks: Iterable[Session]) -> tuple[int, int]:
        """How many musts her week breaks with these talks, and its price."""
        week = Schedule(self.facts, dict.fromkeys([*self.lessons, *talks], self.her))
        price = price_of(week, self.prices)
        return sum(1 for _ in verify(week, self.musts)), SHORT * price[DEMANDS] + price[INCONVENIENCE]
