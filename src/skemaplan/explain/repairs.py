"""Single changes, and pairs, that make everything fit: each shown by a plan, all others refuted by proof.

A loosening's `widest` form allows every plan that any of its amounts allows, and loosenings only ever add freedom. So
where a whole bundle of them does not make a week fit, none in it does: one proof refutes them all, and bundles that
can't be refuted are halved. Proofs are sought in a few courses that already don't fit (`core`): a plan of everything
would hold a plan of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from ..rules import STANDARD
from ..rules.loosening import ASKED, Loosening
from ..week import WeekFacts
from .fitting import Fitting, core, only
from .values import HELPS, OPEN, REFUTED, Change, Repair, Tried

MOST_PAIRS = 3  # shown
Narrow = Callable[[WeekFacts], WeekFacts]


class Repairs:
    """The search for what would help one week that does not fit."""

    def __init__(self, facts: WeekFacts, fits: Fitting, others: Sequence[WeekFacts] = ()) -> None:
        self.facts, self.fits = facts, fits
        self.courses = core(facts, fits)
        found = [x for rule in STANDARD for x in rule.loosenings(facts, others)]
        self.loosenings = tuple(sorted(found, key=order))

    def singles(self) -> tuple[tuple[Repair, ...], tuple[Tried, ...]]:
        """The single repairs, best first, and what became of each loosening."""
        left, unknown = self._sift((), self.loosenings)
        amounts = dict(zip(left, self.fits.all(lambda x: self._least((x,)), left), strict=True))
        repairs = [r for r, _ in amounts.values() if r is not None]
        tried = []
        for x in self.loosenings:
            repair, known = amounts.get(x, (None, True))
            outcome = HELPS if repair else OPEN if x in unknown or not known else REFUTED
            tried.append(Tried(x, outcome))
        return shown(repairs), tuple(tried)

    def pairs(self) -> tuple[Repair, ...]:
        """The cheapest two changes that help together. (Those found in time; a pair has no part that helps alone.)"""
        possible: list[tuple[Loosening, Loosening]] = []
        for i, x in enumerate(self.loosenings):
            partners = [y for y in self.loosenings[i + 1 :] if not y.within(x) and not x.within(y) and together(x, y)]
            left, _ = self._sift((x,), partners)
            possible += [(x, y) for y in left]
        possible.sort(key=lambda pair: (cheapest(pair), *map(order, pair)))
        found: list[Repair] = []
        for pair in possible:
            if len(found) >= MOST_PAIRS and cheapest(pair) > sorted(r.price for r in found)[MOST_PAIRS - 1]:
                break
            repair, _ = self._least(pair)
            if repair is not None:
                found.append(repair)
        return shown(found)[:MOST_PAIRS]

    def _sift(self, given: Sequence[Loosening], bundle: Sequence[Loosening]) -> tuple[list[Loosening], set[Loosening]]:
        """Which of a bundle (each together with `given`) could help, and of which nothing is known."""
        left: list[Loosening] = []
        unknown: set[Loosening] = set()
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

    def _could(self, given: Sequence[Loosening], group: Sequence[Loosening]) -> bool | None:
        """Whether the few courses fit with all of these as wide as they get."""
        facts = self.facts
        for x in (*given, *group):
            facts = x.widest(facts)
        return self.fits(only(facts, self.courses))

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
        few = self.fits(only(facts, self.courses))
        return few if few is False else self.fits(facts)


def shown(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Best first, without those that ask for more of the same than another does."""
    repairs = sorted(repairs, key=lambda r: r.rank)
    return tuple(r for r in repairs if not any(s is not r and asks_less(s, r) for s in repairs))


def asks_less(a: Repair, b: Repair) -> bool:
    """Whether each change of `a` is a part of one that `b` asks for, or the same, and one is less."""
    mine, other = [c.loosening for c in a.changes], [c.loosening for c in b.changes]
    parts = all(any(x == y or x.within(y) for y in other) for x in mine)
    return parts and mine != other


def together(x: Loosening, y: Loosening) -> bool:
    """Whether two changes can be made at once: nobody can be in two other language classes."""
    return not (x.code == y.code == "language_class" and x.who == y.who)


def priced(chosen: Iterable[Loosening], amounts: Iterable[int]) -> int:
    return sum(x.price(n) for x, n in zip(chosen, amounts, strict=True))


def cheapest(chosen: Iterable[Loosening]) -> int:
    return sum(x.price(x.amounts[0]) for x in chosen)


def order(x: Loosening) -> tuple[object, ...]:
    """Cheap ones that ask few people first; those about one person lie together, so that they are refuted together."""
    return ASKED.index(x.asked), x.code, x.who, x.price(x.amounts[0]), repr(x)
