"""A first plan of many people: those who are alike sit together, and talks are given out to each group as a number.

One path for each group in place of one for each person, and no talks in it: who of a group has which talk makes no
difference, only how many of them find one beside their lessons. Such a model is small and has no symmetry. The model of
everybody (`many.py`) begins with what it finds, and moves whom it can for the better.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ortools.sat.python.cp_model import IntVar, LinearExpr

from .alike import Group, alike, parted
from .model import Model, total
from .rules import DEMANDS, INCONVENIENCE, WeekRule, forbidding
from .rules.alone import Alone
from .rules.rooms import rooms_at
from .rules.talk_beside import beside
from .schedule import Schedule, Session
from .solving import LINEAR, Effort, Result, Search, Standing
from .week import CourseDay, ParticipantWeek, WeekFacts

GROUP = 8  # of those who are alike sit together, so that two groups may share a room
ELSEWHERE = 30  # minutes: the least that a talk costs beside no lesson (a dearer guess leads the search astray)
RATHER = 8  # the same where most talks find their times elsewhere, as they do when many are given out at once


class Together:
    """The week of groups. `talks_of`: what somebody could have of the courses that are given to one alone.

    `met`: only weeks in which nobody is short. A search that need not look for the least of that is the better one.
    `elsewhere`: minutes that a talk beside no lesson is guessed to cost.
    """

    def __init__(
        self,
        facts: WeekFacts,
        talks_of: Callable[[str], Sequence[Session]],
        rules: Sequence[WeekRule],
        groups: Sequence[Group],
        effort: Effort,
        met: bool,
        elsewhere: int = ELSEWHERE,
    ) -> None:
        self.facts, self.talks_of, self.groups = facts, talks_of, {group[0]: group for group in groups}
        self.talks = one_to_one(facts)
        rules = [rule.among(frozenset(self.groups)) for rule in rules if not isinstance(rule, Alone)]
        weights = {first: len(group) for first, group in self.groups.items()}
        self.search = Search(self._week(), rules, {}, None, {}, effort, None, weights)
        self._seats()
        self.has: dict[tuple[str, Session], IntVar] = {}  # whether somebody of a group has a talk
        self.near: dict[tuple[object, ...], bool] = {}  # whether a talk at one time is beside a lesson at another
        self.elsewhere = total(elsewhere * n for n in self._give_talks())
        self.objectives = {t: self.search.objective[t] for t in (DEMANDS, INCONVENIENCE) if t in self.search.objective}
        if met and DEMANDS in self.objectives:
            self.search.model.add(self.objectives.pop(DEMANDS) <= 0)

    def schedule(self, charges: Mapping[Session, int], amounts: bool) -> Schedule | None:
        """The best week found: lessons, those of a group alike, and talks that cost little. None if there is none.

        `amounts`: whether which week is the best is a matter of amounts, as it is with charges: one search is enough.
        """
        found = None
        for tier, objective in self.objectives.items():
            if tier == INCONVENIENCE:
                objective = total([objective, self.elsewhere, *self._charged(charges)])
            now = self._search(tier, objective, amounts)
            if now.schedule is None or now.value is None:
                break
            found = now.schedule
            if tier == DEMANDS:
                self.search.model.add(objective <= now.value)
        if found is None:
            return None
        lessons = {s: self._all(who) for s, who in found.attendance.items()}
        return Schedule(self.facts, {**lessons, **dict(self._given())})

    def _search(self, tier: str, objective: LinearExpr, amounts: bool) -> Standing:
        return self.search.once(tier, objective, LINEAR) if amounts else self.search.minimise(tier, objective)

    def begin(self, week: Schedule) -> None:
        """Begin with the lessons that the first of each group has there."""
        firsts = frozenset(self.groups)
        lessons = {s: who & firsts for s, who in week.attendance.items() if s.course not in self.talks and who & firsts}
        self.search.model.hint(Schedule(self.search.model.facts, lessons))

    def _all(self, firsts: frozenset[str]) -> frozenset[str]:
        return frozenset(p for first in firsts for p in self.groups[first])

    def _given(self) -> Iterator[tuple[Session, frozenset[str]]]:
        """The talks of each group, given to its members one after the other."""
        demands = self.facts.participants
        left = {
            (first, c): [p for _ in range(demands[first].demands[c].sessions) for p in group]
            for first, group in self.groups.items()
            for c in self.talks & {*demands[first].demands}
        }
        for (first, talk), literal in self.has.items():
            if self.search.values[literal.index] and left[first, talk.course]:
                yield talk, frozenset([left[first, talk.course].pop()])

    def _charged(self, charges: Mapping[Session, int]) -> Iterator[LinearExpr]:
        """What sessions cost because of what others want."""
        for s in self.search.model.sessions:
            if s in charges:
                yield charges[s] * self.search.model.held(s)
        for (_, talk), literal in self.has.items():
            if talk in charges:
                yield charges[talk] * literal

    def _week(self) -> WeekFacts:
        """The week of the first of each group, without talks, and with room for any number (see `_seats`)."""
        facts = self.facts.with_ways(of_any_size)
        firsts = [p for p in facts.participants.values() if p.id in self.groups]
        talks = max((sum(d.wanted for c, d in p.demands.items() if c in self.talks) for p in firsts), default=0)
        return replace(
            facts,
            target=facts.target - talks,
            participants={p.id: self._without_talks(p) for p in firsts},
            rooms={r.id: replace(r, seats=len(facts.participants)) for r in facts.rooms.values()},
        )

    def _without_talks(self, p: ParticipantWeek) -> ParticipantWeek:
        return replace(p, demands={c: d for c, d in p.demands.items() if c not in self.talks})

    def _seats(self) -> None:
        """A group takes as many seats as it has members."""
        model = self.search.model
        for s in model.sessions:
            size = total(len(self.groups[first]) * model.attends(first, s) for first in model.who(s))
            least, most = sizes(self.facts, s)
            model.add(size >= least * model.held(s))
            if most is not None:
                model.add(size <= most * model.held(s))

    def _give_talks(self) -> Iterator[IntVar]:
        """Somebody of a group has a talk beside a lesson; yields how many of it find none there."""
        for first, group in self.groups.items():
            if hers := self.talks_of(first):
                has = {talk: self._talk(first, talk) for talk in hers}
                demands = self.facts.participants[first].demands
                wanted = len(group) * sum(d.sessions for c, d in demands.items() if c in self.talks)
                elsewhere = self.search.model.new_count(wanted, f"talks of {first} elsewhere")
                self.search.model.add(total(has.values()) + elsewhere >= wanted)
                yield elsewhere
                self.has |= {(first, talk): literal for talk, literal in has.items()}
        held: dict[Session, list[IntVar]] = {}
        for (_, talk), literal in self.has.items():
            held.setdefault(talk, []).append(literal)
        self._one_at_a_time(held)

    def _talk(self, first: str, talk: Session) -> IntVar:
        """Whether somebody of a group has this talk: while the group has no lesson, and beside one."""
        model = self.search.model
        has, at = model.new_bool(f"{first} {talk}"), model.place_for(first, talk)
        lessons = model.sessions_of(first, day=talk.day)
        for s in lessons:
            if overlap(s, talk):
                model.cp.add_at_most_one([has, model.literal(first, s)])
        near = [model.literal(first, s) for s in lessons if self._beside(talk, s, at, model.place_for(first, s))]
        model.cp.add_bool_or([*near, has.negated()])
        return has

    def _beside(self, talk: Session, s: Session, at: str, there: str) -> bool:
        """As in the rule, and asked once for all teachers and groups."""
        key = talk.day, talk.start, talk.end, at, s.start, s.end, there
        if key not in self.near:
            self.near[key] = beside(self.facts, talk, s, at, there)
        return self.near[key]

    def _one_at_a_time(self, held: dict[Session, list[IntVar]]) -> None:
        """A teacher gives one talk at a time, no lesson meanwhile, and no more talks than she has hours for."""
        model = self.search.model
        for teacher in sorted({talk.teacher for talk in held}):
            mine = [talk for talk in held if talk.teacher == teacher]
            for one in mine:
                meanwhile = [t for t in mine if t.day == one.day and t.start <= one.start < t.end]
                model.cp.add_at_most_one([literal for t in meanwhile for literal in held[t]])
            for s in model.sessions_of(teacher):
                for talk in mine:
                    if s.day == talk.day and overlap(s, talk):
                        model.cp.add_at_most_one([model.held(s), *held[talk]])
            for course, (_, most) in self.facts.teachers[teacher].teaches.items():
                if most is not None:
                    model.add(total(t.minutes * x for t in mine if t.course == course for x in held[t]) <= most)


def is_one_to_one(facts: WeekFacts, course: str) -> bool:
    return all(how.largest == 1 for how in facts.ways_of(course))


def one_to_one(facts: WeekFacts) -> frozenset[str]:
    """The courses that are always given to one participant alone, such as talks."""
    return frozenset(c for c in facts.courses if is_one_to_one(facts, c))


def of_any_size(how: CourseDay) -> CourseDay:
    return replace(how, smallest=1, largest=None)


def overlap(a: Session, b: Session) -> bool:
    return a.start < b.end and b.start < a.end


def sizes(facts: WeekFacts, s: Session) -> tuple[int, int | None]:
    """How many sit in a session at least, and at most."""
    how, rooms = facts.courses[s.course].days[s.day], rooms_at(facts, s.place)
    most = [how.largest, max((r.seats for r in rooms), default=None)]
    return how.smallest, min((n for n in most if n is not None), default=None)


def by_groups(
    facts: WeekFacts, talks_of: Callable[[str], Sequence[Session]], rules: Sequence[WeekRule], effort: Effort
) -> tuple[Schedule | None, float]:
    """A week in which those who are alike sit together, and nobody is short if that can be; CP-SAT's time for it."""
    groups, spent = parted(alike(facts), GROUP), 0.0
    for met in (True, False):
        together = Together(facts, talks_of, rules, groups, effort, met)
        found = together.schedule({}, False)
        spent += together.search.spent
        if found is not None:
            return found, spent
    return None, spent


def again_by_groups(week: Schedule, rules: Sequence[WeekRule], effort: Effort) -> Result:
    """A week in which those who are alike sit together, begun with the lessons of this one. It has no tiers."""
    facts, began = week.facts, time.monotonic()
    groups = parted(alike(facts), GROUP)
    together = Together(facts, _only_talks(facts, rules).sessions_of, rules, groups, effort, True, RATHER)
    together.begin(week)
    found = together.schedule({}, True)
    return Result(found, (), False, time.monotonic() - began, together.search.spent)


class Charged:
    """A week by groups that is asked for again and again, while sessions cost more and more for others' sake.

    The model in which nobody is short is kept meanwhile: only what it minimises changes. (A copy that is sent elsewhere
    builds its own.)
    """

    def __init__(self, facts: WeekFacts, rules: Sequence[WeekRule]) -> None:
        self.facts, self.rules = facts, tuple(rules)
        self.kept: Together | None = None

    def __reduce__(self) -> tuple[type[Charged], tuple[WeekFacts, Sequence[WeekRule]]]:
        return Charged, (self.facts, self.rules)

    def plan(self, charges: Mapping[Session, int], effort: Effort) -> Result:
        """A week with these charges. Nothing is proven, so the result has no tiers."""
        began, spent = time.monotonic(), 0.0
        for met in (True, False):
            together = self._groups(effort, met)
            together.search.again(effort)
            found = together.schedule(charges, bool(charges))
            spent += together.search.spent
            if found is not None:
                break
        return Result(found, (), False, time.monotonic() - began, spent)

    def _groups(self, effort: Effort, met: bool) -> Together:
        if met and self.kept:
            return self.kept
        talks_of = _only_talks(self.facts, self.rules).sessions_of
        together = Together(self.facts, talks_of, self.rules, parted(alike(self.facts), GROUP), effort, met)
        self.kept = together if met else self.kept
        return together


def _only_talks(facts: WeekFacts, rules: Sequence[WeekRule]) -> Model:
    """A model of nothing but the talks that the first of each group could have."""
    talks = one_to_one(facts)
    firsts = [facts.participants[group[0]] for group in parted(alike(facts), GROUP)]
    mine = {p.id: replace(p, demands={c: d for c, d in p.demands.items() if c in talks}) for p in firsts}
    return Model(replace(facts, participants=mine), forbidding(rules))
