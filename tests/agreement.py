"""The agreement test: what a rule posts to the solver and what it says of a finished schedule are the same.

All schedules of a tiny week are made here without any solver. For each of them the solver is asked, with only that
rule posted and everybody's attendance fixed, whether it may be and for how little; the rule's `breaches` must say the
same. Both ways: an encoding that is too strict shows as well as one that is too lax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

from ortools.sat.python import cp_model

from skemaplan.candidates import candidates
from skemaplan.model import Model, total
from skemaplan.rules import MUST, STANDARD, UNIVERSE, Cost, WeekRule
from skemaplan.schedule import Schedule, Session
from skemaplan.seating import seat
from skemaplan.week import WeekFacts

MOST_SCHEDULES = 4096
CLASH, COMMITMENTS, TRAVEL = UNIVERSE


# -- all schedules of a week, and what a rule says of one -------------------------------------------------------------


def all_schedules(facts: WeekFacts) -> Iterator[Schedule]:
    """Every way to fill a week's sessions with those who take the courses, clashes and all. A session has someone."""
    ways = [(s, list(groups(facts, s))) for s in candidates(facts)]
    yield from (Schedule(facts, attendance) for attendance in _filled(facts, ways, {}, prune=False))


def universe(facts: WeekFacts) -> Iterator[Schedule]:
    """The schedules in which nobody clashes, skips what is fixed, or travels in no time; with rooms where there are."""
    ways = [(s, list(groups(facts, s))) for s in candidates(facts)]
    for attendance in _filled(facts, ways, {}, prune=True):
        schedule = Schedule(facts, attendance)
        if not any(TRAVEL.breaches(schedule)):
            yield seat(schedule)[0] if facts.rooms else schedule


def groups(facts: WeekFacts, s: Session) -> Iterator[frozenset[str]]:
    """Everyone who could sit together in a session; nobody at all comes first."""
    takers = sorted(p.id for p in facts.participants.values() if s.course in p.demands)
    yield from map(frozenset, chain.from_iterable(combinations(takers, n) for n in range(len(takers) + 1)))


def _filled(
    facts: WeekFacts,
    ways: Sequence[tuple[Session, Sequence[frozenset[str]]]],
    so_far: dict[Session, frozenset[str]],
    prune: bool,
) -> Iterator[dict[Session, frozenset[str]]]:
    if not ways:
        yield so_far
        return
    (s, who), *rest = ways
    for group in who:
        more = {**so_far, s: group} if group else so_far
        schedule = Schedule(facts, more)
        if prune and group and (any(CLASH.breaches(schedule)) or any(COMMITMENTS.breaches(schedule))):
            continue  # more sessions never mend a clash
        yield from _filled(facts, rest, more, prune)


def looks(rules: Iterable[WeekRule], schedule: Schedule) -> int | None:
    """The price of a schedule by looking at it: None if it breaks a must of these rules."""
    found = [b for rule in rules for b in rule.breaches(schedule)]
    return None if any(b.tier == MUST for b in found) else sum(b.price for b in found)


# -- and what the solver says -----------------------------------------------------------------------------------------


class Posted:
    """A week's model with only these rules in it, to be asked what a schedule costs."""

    def __init__(self, facts: WeekFacts, rules: Sequence[WeekRule]) -> None:
        self.model = Model(facts, [r.forbids for r in rules if type(r).forbids is not WeekRule.forbids])
        posted = [x for rule in rules for x in rule.post(self.model)]
        self.model.cp.minimize(total(x.price for x in posted if isinstance(x, Cost)))
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.linearization_level = 0
        self.solver.parameters.symmetry_level = 0
        self.solver.parameters.cp_model_probing_level = 0

    def price(self, schedule: Schedule) -> int | None:
        """The least price of a schedule; None if it is not allowed."""
        if not self._fix(schedule):
            return None
        status = self.solver.solve(self.model.cp)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), self.solver.status_name(status)
        return round(self.solver.objective_value) if status == cp_model.OPTIMAL else None

    def _fix(self, schedule: Schedule) -> bool:
        """Let everyone attend just this; False if the model has no such attendance."""
        there = {(s, p) for s, who in schedule.attendance.items() for p in who}
        known = {(s, p) for s in self.model.sessions for p in self.model.who(s)}
        if there - known:
            return False
        values: dict[int, int] = {}
        for s, p in known:
            value = int((s, p) in there)
            if values.setdefault(self.model.literal(p, s).index, value) != value:
                return False
        for index, value in values.items():
            domain = self.model.cp.proto.variables[index].domain
            domain.clear()
            domain.extend([value, value])
        return True


# -- the comparison ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A schedule of which the two halves of a rule say different things (None: not allowed)."""

    schedule: Schedule
    posted: int | None
    looked: int | None

    def __str__(self) -> str:
        return f"the solver says {self.posted}, a look says {self.looked}:\n{self.schedule}"


def differences(rule: WeekRule, facts: WeekFacts, weeks: Iterable[Schedule] | None = None) -> Iterator[Difference]:
    """Where `post` (and `forbids`) and `breaches` of one rule do not agree on a tiny week."""
    rules = (rule, *rule.given)
    model = Posted(facts, rules)
    for schedule in universe(facts) if weeks is None else weeks:
        posted, looked = model.price(schedule), looks(rules, schedule)
        if posted != looked:
            yield Difference(schedule, posted, looked)


def agree(rule: WeekRule, facts: WeekFacts) -> None:
    """The whole agreement test of a rule on its tiny week: both ways, and it bites where no other rule does."""
    weeks = list(universe(facts))
    assert 2 <= len(weeks) <= MOST_SCHEDULES, f"{len(weeks)} schedules"
    assert len({repr(replace(p, id="")) for p in facts.participants.values()}) > 1, "all participants are alike"
    first = next(differences(rule, facts, weeks), None)
    assert first is None, str(first)
    found = next(forbidden_but_not_seen(rule, facts), None)
    assert found is None, found
    prices = [looks((rule,), week) for week in weeks]
    assert len(set(prices)) > 1, f"{rule.name} says {prices[0]} of everything"
    others = [r for r in STANDARD if type(r) is not type(rule)]
    bitten = (week for week, price in zip(weeks, prices, strict=True) if price != 0)
    assert any(looks(others, week) == 0 for week in bitten), f"{rule.name} never bites alone"


def forbidden_but_not_seen(rule: WeekRule, facts: WeekFacts) -> Iterator[tuple[Session, str]]:
    """One person in one session that the rule forbids and does not mind, or minds and neither forbids nor refuses.

    Also those who do not take the course are asked about.
    """
    before = set(rule.breaches(Schedule(facts, {})))
    model = Posted(facts, (rule,))
    for s in candidates(facts):
        for p in facts.participants:
            alone, _ = seat(Schedule(facts, {s: frozenset({p})}))
            minds = any(b.tier == MUST for b in set(rule.breaches(alone)) - before)
            forbids = any(rule.forbids(facts, s, who) for who in (s.teacher, s.place, p))
            if forbids != minds and (forbids or model.price(alone) is not None):
                yield s, p
