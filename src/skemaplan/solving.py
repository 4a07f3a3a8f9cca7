"""One week to CP-SAT and back: tier after tier, each with its proof. And `verify`, which knows no solver.

Tiers are never traded against each other: first the demands as well as can be, then, of all such plans, one that moves
the fewest of what was published, what moves as near as can be, then one of least inconvenience.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr, LinearExprT

from .model import Model, total
from .rules import DEMANDS, DISTANCE, FAIR, INCONVENIENCE, MOVES, MUST, Breach, Cost, WeekRule, forbidding
from .schedule import Schedule, Session, Tier
from .seating import seat
from .stopping import Stop
from .week import WeekFacts

TIERS = (DEMANDS, MOVES, DISTANCE, INCONVENIENCE)
Progress = Callable[[str, int, int], None]  # tier, value, bound
MOST_MINUTES = 1_000_000  # of inconvenience to one participant in a week: more than any prices come to
AHEAD = 0.25  # of the effort that is left, at most, is spent on each look ahead
LESSONS_AHEAD = 4  # whether nothing is short, or one lesson, two or three: beyond that the demands have a search
LINEAR = 2  # CP-SAT's level of most linear relaxation: of what is a matter of amounts, it tells nearly all
BRIEF = 1.0  # seconds for a search that begins when the end was asked for


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. `deterministic` is CP-SAT's own time, the same on every machine; `seconds` is the clock's.

    `stop` can end it from another thread: with the best there is, or, in a search not begun yet, a first plan.

    One worker by default: it is the fastest to a proof here and gives the same plan every time. (Two workers, CP-SAT's
    default on two cores, are a trap.)
    """

    seconds: float | None = None
    deterministic: float = 120.0
    seed: int = 0
    stop: Stop | None = None

    def is_over(self, began: float, spent: float, share: float = 1.0) -> bool:
        """Whether this share of it is spent, if it began then (`time.monotonic`), or the end was asked for."""
        late = self.seconds is not None and time.monotonic() - began >= share * self.seconds
        return late or spent >= share * self.deterministic or (self.stop is not None and self.stop.asked)


@dataclass(frozen=True)
class Result:
    """The best schedule found (None: none, and `impossible` says whether that is proven) and what is proven of it.

    `seconds` of the clock and `deterministic` of CP-SAT's own time is what it took.
    """

    schedule: Schedule | None
    tiers: tuple[Tier, ...]
    impossible: bool = False
    seconds: float = 0.0
    deterministic: float = 0.0


def solve(
    facts: WeekFacts,
    rules: Sequence[WeekRule],
    *,
    fixed: Mapping[Session, Iterable[str]] | None = None,
    hint: Schedule | None = None,
    usual_rooms: Mapping[Session, str] | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> Result:
    """Plan one week.

    `fixed`: who must attend what. `hint`: a schedule to start from (it changes the time, never the quality).
    `usual_rooms`: the room each session has in other weeks. `progress` hears of each better schedule.
    """
    return Search(facts, rules, fixed or {}, hint, usual_rooms or {}, effort or Effort(), progress).run(ahead=True)


@dataclass(slots=True)
class Standing:
    """How far the search of a tier has come: no schedule is worth less than `bound`. `ended`: there is no other.

    `turns`: how many of the searches that take turns it has had.
    """

    schedule: Schedule | None = None
    value: int | None = None
    bound: int = 0
    ended: bool = False
    turns: int = 0

    @property
    def over(self) -> bool:
        return self.ended or self.value == self.bound

    @property
    def impossible(self) -> bool:
        return self.ended and self.schedule is None


class Search:
    """A week's model while its tiers are minimised one after the other.

    `weights`: for how many a participant stands; what is inconvenient for her, or short, counts for each of them.
    """

    def __init__(
        self,
        facts: WeekFacts,
        rules: Sequence[WeekRule],
        fixed: Mapping[Session, Iterable[str]],
        hint: Schedule | None,
        usual_rooms: Mapping[Session, str],
        effort: Effort,
        progress: Progress | None,
        weights: Mapping[str, int] | None = None,
    ) -> None:
        self.rules, self.usual_rooms, self.effort, self.progress = rules, usual_rooms, effort, progress
        self.weights = weights or {}
        self.began = time.monotonic()
        self.spent = 0.0
        self.values: Sequence[int] = ()  # of all variables, in the best solution so far
        self.begun: dict[str, Standing] = {}  # tiers of which something is known before their turn
        self.model = Model(facts, forbidding(rules))
        self.costs: dict[str, list[Cost]] = {tier: [] for tier in TIERS}
        self.hers: dict[str, LinearExpr] = {}  # the inconvenience of each participant, counted for all she stands for
        for rule in rules:
            for posted in rule.post(self.model):
                if isinstance(posted, Cost):
                    self.costs[rule.tier].append(posted)
        self.objective = {tier: self._sum(found) for tier, found in self.costs.items() if found}
        if INCONVENIENCE in self.objective:
            self.objective[INCONVENIENCE] = self._fair(self.costs[INCONVENIENCE])
        self.model.fix(fixed)
        if hint is not None:
            self.model.hint(hint)

    def of(self, tier: str, people: Iterable[str]) -> LinearExpr:
        """What a tier costs these people."""
        some = frozenset(people)
        if tier == INCONVENIENCE:
            return total(price for who, price in self.hers.items() if who in some)
        return self._sum(c for c in self.costs[tier] if c.about in some)

    def _sum(self, costs: Iterable[Cost]) -> LinearExpr:
        return total(self.weights.get(c.about, 1) * c.price for c in costs)

    def _fair(self, costs: list[Cost]) -> LinearExpr:
        """All inconvenience; a participant's minutes above `FAIR` count twice. One number each, to learn from."""
        by_person: dict[str, list[LinearExprT]] = {}
        for c in costs:
            by_person.setdefault(c.about, []).append(c.price)
        whole: list[LinearExprT] = []
        for who, prices in by_person.items():
            minutes = total(prices)
            if who in self.model.facts.participants:
                hers = self.model.new_count(MOST_MINUTES, f"{who}'s inconvenience")
                self.model.add(hers >= minutes)
                self.model.add(hers >= 2 * minutes - FAIR)
                self.hers[who] = self.weights.get(who, 1) * hers
                whole.append(self.hers[who])
            else:
                whole.append(minutes)
        return total(whole)

    def run(self, ahead: bool = False) -> Result:
        """All tiers, one after the other. `ahead`: see first whether nothing need be short at all."""
        if ahead and DEMANDS in self.objective:
            self._look_ahead()
        schedule: Schedule | None = None
        tiers: list[Tier] = []
        for tier in TIERS:
            if tier not in self.objective:
                continue
            found = self.minimise(tier, self.objective[tier])
            if found.schedule is None:
                if schedule is None:
                    return Result(None, (), found.impossible, time.monotonic() - self.began, self.spent)
                value = self._value(tier, schedule)
                tiers.append(self._done(Tier(tier, value, min(value, found.bound))))
                continue
            schedule = found.schedule
            value = self._value(tier, schedule)
            tiers.append(self._done(Tier(tier, value, min(value, found.bound))))
            self.model.add(self.objective[tier] <= value)
        if not self.objective:  # nothing is wished for and nothing costs anything: nobody is there
            found = self.minimise(DEMANDS, total(()))
            if found.schedule is None:
                return Result(None, (), found.impossible, time.monotonic() - self.began, self.spent)
            schedule = found.schedule
            tiers.append(Tier(DEMANDS, 0, 0))
        if schedule is not None:  # a later tier may have bettered an earlier one that was stopped
            now = price_of(schedule, self.rules)
            tiers = [replace(t, value=now[t.name]) for t in tiers]
        return Result(schedule, tuple(tiers), False, time.monotonic() - self.began, self.spent)

    def _value(self, tier: str, schedule: Schedule) -> int:
        """What a schedule comes to in one tier."""
        return price_of(schedule, [rule for rule in self.rules if rule.tier == tier])[tier]

    def _done(self, tier: Tier) -> Tier:
        """A tier that is over, told to whoever hears of the progress."""
        if self.progress:
            self.progress(tier.name, tier.value, tier.bound)
        return tier

    def _look_ahead(self) -> None:
        """Begin with the second tier, among the weeks in which nothing is short, then a lesson, two, three.

        Most weeks have one in which nothing is, and then the demands need no search of their own. That there is none is
        mostly seen before any search. It takes a part of the effort only: what is left is to meet what can be.
        """
        tier = next((t for t in TIERS if t != DEMANDS and t in self.objective), None)
        if tier is None or (self.effort.stop is not None and self.effort.stop.asked):
            return
        least, (level, most) = 0, next(turns())
        for short in range(0, LESSONS_AHEAD * self.model.facts.lesson, self.model.facts.lesson):
            now = Standing()
            self._turn(tier, self.objective[tier], now, level, most, short)
            if now.schedule is not None:
                value = self._value(DEMANDS, now.schedule)
                if value <= least or self._none_is_short_by_less_than(value, level, most):
                    self.begun = {DEMANDS: Standing(now.schedule, value, value), tier: replace(now, turns=1)}
                    return
            if not now.ended:
                break
            least = short + 1
        self.begun = {DEMANDS: Standing(bound=least)}

    def _none_is_short_by_less_than(self, value: int, level: int, most: float) -> bool:
        """Whether that is proven by one search."""
        cp = self.model.also(self.objective[DEMANDS] < value)
        cp.proto.clear_objective()
        return self._solved(cp, level, most, share=AHEAD)[1] == cp_model.INFEASIBLE

    def minimise(self, tier: str, objective: LinearExpr) -> Standing:
        """The best schedule of a tier with rooms for all, its bound, and whether there is proven to be none."""
        now = self.begun.pop(tier, Standing())
        if not self.values:
            self._help(tier, objective, now)
        for level, most in islice(turns(), now.turns, None):
            if now.over or (now.schedule is not None and self._time_is_up):
                return now
            self._turn(tier, objective, now, level, most)
            if now.over or self._time_is_up:
                return now
        raise AssertionError("turns do not end")

    def again(self, effort: Effort) -> None:
        """Forget what was found, and begin anew with this effort."""
        self.effort, self.began, self.spent, self.values = effort, time.monotonic(), 0.0, ()
        self.begun.clear()
        self.model.cp.proto.clear_solution_hint()

    def once(self, tier: str, objective: LinearExpr, level: int) -> Standing:
        """The best schedule that a single search finds, at one level of linear relaxation."""
        now = Standing()
        self._turn(tier, objective, now, level, self.effort.deterministic)
        return now

    def _help(self, tier: str, objective: LinearExpr, now: Standing) -> None:
        """What another way of looking finds, where there is no plan yet (this search knows of none)."""

    def _turn(
        self, tier: str, objective: LinearExpr, now: Standing, level: int, most: float, short: int | None = None
    ) -> None:
        """One search of the whole week. `short`: ahead of time, with a part of the effort, among weeks no shorter."""
        self.model.minimise(objective, now.bound, now.value)
        told = _Told(tier, self.progress, short) if self.progress else None
        cp = self.model.cp if short is None else self.model.also(self.objective[DEMANDS] <= short)
        solver, status = self._solved(cp, level, most, told, 1.0 if short is None else AHEAD)
        if status == cp_model.INFEASIBLE:
            now.ended = True
            return
        if status != cp_model.MODEL_INVALID:
            now.bound = max(now.bound, ceil(solver.best_objective_bound - 1e-6))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            stuck = self._take(solver, now)
            if stuck:
                self._forbid(*stuck)

    def _solved(
        self,
        cp: cp_model.CpModel,
        level: int,
        most: float,
        told: cp_model.CpSolverSolutionCallback | None = None,
        share: float = 1.0,
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """One call of CP-SAT, which can be stopped."""
        solver = self._solver(level, most, share)
        with self.effort.stop.ends(solver.stop_search) if self.effort.stop else nullcontext():
            status = solver.solve(cp, told)
        self.spent += solver.response_proto.deterministic_time
        return solver, status

    def _take(self, solver: cp_model.CpSolver, now: Standing) -> tuple[Schedule, Sequence[Session]] | None:
        """Go on from a solution. If its sessions can't all have rooms, the schedule and which are stuck."""
        values = list(solver.response_proto.solution)
        self.model.hint_all(values)
        schedule, stuck = seat(self.model.schedule(solver.boolean_value), self.usual_rooms)
        if stuck:
            return schedule, stuck
        self.values, now.schedule, now.value = values, schedule, round(solver.objective_value)
        return None

    @property
    def _time_is_up(self) -> bool:
        return self.effort.is_over(self.began, self.spent)

    def _solver(self, level: int, most: float, share: float = 1.0) -> cp_model.CpSolver:
        """A search with this much of the linear relaxation and of CP-SAT's own time, and this share of what is left."""
        solver = cp_model.CpSolver()
        p = solver.parameters
        p.num_workers = 1
        p.linearization_level = level
        p.random_seed = self.effort.seed
        p.catch_sigint_signal = False  # Ctrl-C is for the program that called, not for this one search
        p.max_presolve_iterations = 1  # probing everything a second and a third time finds little more
        p.max_deterministic_time = max(0.01, min(most, share * (self.effort.deterministic - self.spent)))
        if self.effort.seconds is not None:
            p.max_time_in_seconds = max(0.01, share * (self.effort.seconds - (time.monotonic() - self.began)))
        if self.effort.stop and self.effort.stop.asked:
            p.max_time_in_seconds = min(p.max_time_in_seconds, BRIEF)
        return solver

    def _forbid(self, schedule: Schedule, stuck: Sequence[Session]) -> None:
        """These sessions can't all have rooms: at least one of those in them must not be there."""
        literals: list[IntVar] = [self.model.literal(p, s) for s in stuck for p in sorted(schedule.attendance[s])]
        self.model.cp.add_bool_or([literal.negated() for literal in literals])


def turns() -> Iterator[tuple[int, float]]:
    """One search after the other until the proof: how much linear relaxation (CP-SAT's level), how much of its time.

    Without the relaxation a search learns from ten times as many conflicts a second, and a week whose value is a matter
    of combinations is proven at once; with it, one whose value is a matter of amounts. Which of them a week is, is not
    seen from outside. So they take turns, longer and longer, and each begins with what the last ones found and proved.
    """
    most = 0.7
    while True:
        yield 0, most
        yield LINEAR, most
        yield 1, 2 * most
        most *= 4


class _Told(cp_model.CpSolverSolutionCallback):
    """Tells of each better schedule while the search goes on. `short`: how short these are, told first."""

    def __init__(self, tier: str, progress: Progress, short: int | None) -> None:
        super().__init__()
        self.tier, self.progress, self.short = tier, progress, short

    def on_solution_callback(self) -> None:
        if self.short is not None:
            self.progress(DEMANDS, self.short, 0)
            self.short = None
        self.progress(self.tier, round(self.objective_value), max(0, ceil(self.best_objective_bound - 1e-6)))


def verify(schedule: Schedule, rules: Iterable[WeekRule]) -> Iterator[Breach]:
    """Every breach of these rules in a finished schedule, by looking only; a price comes with its minutes."""
    for rule in rules:
        yield from rule.breaches(schedule)


def price_of(schedule: Schedule, rules: Iterable[WeekRule]) -> Mapping[str, int]:
    """Each tier's value, from the breaches alone: minutes short, minutes of inconvenience (above `FAIR` twice)."""
    values: Counter[str] = Counter(dict.fromkeys(TIERS, 0))
    carried: Counter[str] = Counter()
    for b in verify(schedule, [r for r in rules if r.tier != MUST]):
        values[b.tier] += b.price
        if b.tier == INCONVENIENCE and b.about in schedule.facts.participants:
            carried[b.about] += b.price
    values[INCONVENIENCE] += sum(max(0, minutes - FAIR) for minutes in carried.values())
    return values
