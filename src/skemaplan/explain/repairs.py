"""Single changes, and pairs, that make everything fit: each shown by a plan, all others refuted by proof.

A loosening's `widest` form allows every plan that any of its amounts allows, and loosenings only ever add freedom. So
where a whole bundle of them does not make a week fit, none in it does: one proof refutes them all, and bundles that
can't be refuted are halved. Proofs are sought in the few courses that already don't fit by themselves (`cores`): a
plan of everything would hold a plan of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, groupby, product
from operator import attrgetter

from ..circles import circles
from ..rules import DEMANDS, STANDARD
from ..rules.loosening import ASKED, Loosening
from ..schedule import Schedule
from ..seating import seat
from ..solving import Result
from ..week import WeekFacts
from .fitting import Fitting, cores, only
from .nearby import Nearby
from .values import HELPS, OPEN, REFUTED, Change, Repair, Tried

MOST_PAIRS = 3  # shown
Narrow = Callable[[WeekFacts], WeekFacts]


class Repairs:
    """The search for what would help one week that does not fit."""

    def __init__(
        self, facts: WeekFacts, fits: Fitting, others: Sequence[WeekFacts] = (), plan: Schedule | None = None
    ) -> None:
        self.facts, self.fits = facts, fits
        self.cores = cores(facts, fits)
        self.many = len(circles(facts)) > 1
        self.near: Nearby | None = None
        if self.many and plan is not None:
            self._begin_from(plan)
        found = [x for rule in STANDARD for x in rule.loosenings(facts, others)]
        self.loosenings = tuple(sorted(found, key=order))

    def _begin_from(self, plan: Schedule) -> None:
        """Look for plans near this one before asking everybody."""
        self.near = Nearby(plan, frozenset().union(*self.cores), self.fits)

    def least_short(self) -> Result:
        """The plan that is least short: of everybody, or of a large week the fullest that was found."""
        if not self.many:
            return self.fits.best(self.facts)
        few = [self.fits.best(only(self.facts, core)) for core in self.cores]
        bound = sum(t.bound for result in few for t in result.tiers if t.name == DEMANDS)
        plans = [result.schedule for result in few if result.schedule is not None]
        nearby = self.near.least_short(self.facts, plans, bound) if self.near else Result(None, ())
        return nearby if nearby.schedule is not None else self.fits.best(self.facts)

    def singles(self) -> tuple[tuple[Repair, ...], tuple[Tried, ...]]:
        """The single repairs, best first, and what became of each loosening that was tried."""
        repairs: list[Repair] = []
        tried: list[Tried] = []
        for _, alike in groupby(self.loosenings, key=attrgetter("late")):
            helping = [r.changes[0].loosening for r in repairs]
            found, became = self._tried([x for x in alike if not any(x.needless(y) for y in helping)])
            repairs += found
            tried += became
        return shown(repairs), tuple(tried)

    def _tried(self, loosenings: Sequence[Loosening]) -> tuple[list[Repair], list[Tried]]:
        left, unknown = self._sift((), loosenings)
        least = [self._least((x,)) for x in left] if self.many else self.fits.all(lambda x: self._least((x,)), left)
        amounts = dict(zip(left, least, strict=True))
        tried = []
        for x in loosenings:
            repair, known = amounts.get(x, (None, True))
            outcome = HELPS if repair else OPEN if x in unknown or not known else REFUTED
            tried.append(Tried(x, outcome))
        return [r for r, _ in amounts.values() if r is not None], tried

    def pairs(self) -> tuple[tuple[Repair, ...], bool]:
        """The cheapest two changes that help together, and whether it is known that none are cheaper.

        Pairs are looked at in the order of what they cost at the least, so that the search may end with the first few.
        """
        every = combinations(self.loosenings, 2)
        pairs = [(x, y) for x, y in every if not any(a.within(b) or a.excludes(b) for a, b in ((x, y), (y, x)))]
        found: list[Repair] = []
        known = True
        for price, level in groupby(sorted(pairs, key=cheapest), key=cheapest):
            if len(found) >= MOST_PAIRS and price > found[MOST_PAIRS - 1].price:
                break
            for x, mine in groupby(sorted(level, key=lambda pair: order(pair[0])), key=lambda pair: pair[0]):
                left, unknown = self._sift((x,), [y for _, y in mine])
                for y in left:
                    repair, sure = self._least((x, y))
                    known = known and sure
                    found += [repair] if repair is not None else []
                known = known and not unknown
            found = list(shown(found))
        return tuple(found[:MOST_PAIRS]), known

    def _sift(self, given: Sequence[Loosening], bundle: Sequence[Loosening]) -> tuple[list[Loosening], set[Loosening]]:
        """Which of a bundle (each together with `given`) could help, and of which nothing is known."""
        left: list[Loosening] = []
        unknown: set[Loosening] = set()
        bundle = [x for x in bundle if self._matters(given, x)]
        groups = [tuple(bundle)] if bundle else []
        while groups:
            answers = self.fits.all(lambda group: self._could(given, group), groups)
            halves: list[tuple[Loosening, ...]] = []
            for group, answer in zip(groups, answers, strict=True):
                if answer is False:
                    continue
                if len(group) > 1 and self.fits.left != 0.0:
                    halves += [group[: len(group) // 2], group[len(group) // 2 :]]
                elif answer is None:
                    unknown |= set(group)
                else:
                    left += group
            groups = halves
        return left, unknown

    def _matters(self, given: Sequence[Loosening], x: Loosening) -> bool:
        """Whether it changes anything about the few courses; else they don't fit with it as they don't without."""
        if given:
            return True
        wider = x.widest(self.facts)
        return all(only(wider, courses) != only(self.facts, courses) for courses in self.cores)

    def _could(self, given: Sequence[Loosening], group: Sequence[Loosening]) -> bool | None:
        """Whether the few courses fit with all of these as wide as they get."""
        facts = self.facts
        for x in (*given, *group):
            facts = x.widest(facts)
        return self._in_parts(facts)

    def _in_parts(self, facts: WeekFacts) -> bool | None:
        """Whether each of the few courses that did not fit does now (False: one is proven not to)."""
        known: bool | None = True
        for courses in self.cores:
            answer = self.fits(only(facts, courses))
            if answer is False:
                return False
            known = answer and known
        return known

    def _least(self, chosen: tuple[Loosening, ...]) -> tuple[Repair | None, bool]:
        """The cheapest amounts at which these help, if any do; and whether everything about it is known."""
        known = True
        steps = sorted(product(*(x.amounts for x in chosen)), key=lambda amounts: (priced(chosen, amounts), amounts))
        for amounts in steps:
            changes = tuple(Change.of(x, n) for x, n in zip(chosen, amounts, strict=True))
            repair = Repair(changes, known)
            answer = self._helps(repair.on(self.facts))
            if answer:
                return repair, True
            known = known and answer is not None
        return None, known

    def _helps(self, facts: WeekFacts) -> bool | None:
        if self._in_parts(facts) is False:
            return False
        if self.near is not None and self.near.full(facts) is not None:
            return True
        answer = self.fits(facts)
        if answer and self.many and self.near is None:
            self._begin_from(seat(Schedule(facts, self.fits.plans[-1]))[0])
        return answer


def shown(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Best first, without those that ask for more of the same than another does."""
    repairs = sorted(repairs, key=lambda r: r.rank)
    return tuple(r for r in repairs if not any(s is not r and asks_less(s, r) for s in repairs))


def asks_less(a: Repair, b: Repair) -> bool:
    """Whether each change of `a` is a part of one that `b` asks for, or the same, and one is less."""
    mine, other = [c.loosening for c in a.changes], [c.loosening for c in b.changes]
    parts = all(any(x == y or x.within(y) for y in other) for x in mine)
    return parts and mine != other


def priced(chosen: Iterable[Loosening], amounts: Iterable[int]) -> int:
    return sum(x.price(n) for x, n in zip(chosen, amounts, strict=True))


def cheapest(chosen: Iterable[Loosening]) -> int:
    return sum(x.price(x.amounts[0]) for x in chosen)


def order(x: Loosening) -> tuple[object, ...]:
    """Cheap ones that ask few people first; those about one person lie together, so that they are refuted together."""
    return x.late, ASKED.index(x.asked), x.code, x.who, x.price(x.amounts[0]), repr(x)
