"""How little teaching a course can do with: the fewest minutes in which everyone finds her sessions.

Two sessions a week on different days, people with different language-school days, and a session that one teaches once
however many come: with five patterns of days among five women, three lessons each take six lessons of teaching in 88 %
of cases. The numbers of a programme's form are not loose, and this says so before anything is planned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, combinations_with_replacement, count
from math import comb, gcd

from .attending import Kind, Possible
from .schedule import Session

Counts = Callable[[Session], bool]
MOST_WAYS = 4_000  # of one participant: beyond, her own minutes are all that is counted for her
MOST_STEPS = 20_000  # of one search: beyond, what is refuted so far is the answer


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """Sessions on one day of one length to which the same people could come; `kinds` numbers those people."""

    day: int
    minutes: int
    kinds: tuple[int, ...]
    counts: bool  # whether its minutes are among those that are counted


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """What people of one kind should have: `sessions` meetings of `wanted` to `cap` minutes in all."""

    wanted: int
    cap: int
    sessions: int


def least_minutes(p: Possible, counts: Counts | None = None) -> int:
    """At least so many minutes of a course must be taught so that everyone who can have her demand has it.

    With `counts`, the minutes of some sessions only (those on a day, say), the others being free.

    Proof. Take any week in which all these people have their demand. Each of them attends `sessions` sessions (no
    more: `sessions_a_week`; no fewer: a session too few leaves its minutes untaught), on different days where the
    course asks for it, of `wanted` to `cap` minutes in all. Replace each session by the offer on its day, of its
    length, to which at least the same people could come. What is held is then a set of offers in which everyone finds
    such a choice, and the search refutes every set of fewer minutes. Besides, at most `seats` people sit in a session,
    so that it gives at most `seats` times its minutes.
    """
    own = {kind: least for kind in p.kinds if (least := own_minutes(p, kind, counts))}
    if not own:
        return 0
    together = by_seats = 0
    if p.seats is not None:  # everyone's own minutes, so many at a time as there are seats, in whole sessions
        step = gcd(*(s.minutes for s, _ in p.sessions))
        by_seats = -(-sum(least * len(kind.people) for kind, least in own.items()) // (p.seats * step)) * step
    if p.seats != 1:
        kinds, offers = _alike(p, list(own), counts)
        together = _least(tuple(kinds), tuple(sorted(offers)), p.course.different_days)
    return max(together, by_seats, *own.values())


def own_minutes(p: Possible, kind: Kind, counts: Counts | None = None) -> int | None:
    """The least minutes that count in which one participant could have all she wants; None if she can't have it."""
    d = kind.demand
    if counts is not None and not any(map(counts, kind.sessions)):
        return 0
    chosen = _choices(p, kind, counts)
    return min((least for (n, total), least in chosen.items() if n == d.sessions and total >= d.wanted), default=None)


def most_of_it(p: Possible, kind: Kind) -> int:
    """The most minutes of a course that one participant could have, if that is less than she wants.

    Each session too few leaves its shortest minutes untaught.
    """
    d = kind.demand
    left = {n: d.wanted - (d.sessions - n) * d.shortest for n in range(d.sessions)} | {d.sessions: d.cap}
    return max((total for n, total in _choices(p, kind, None) if total <= left[n]), default=0)


def _choices(p: Possible, kind: Kind, counts: Counts | None) -> dict[tuple[int, int], int]:
    """What one participant may choose: by number of sessions and minutes in all, the least minutes that count."""
    most, cap = kind.demand.sessions, kind.demand.cap
    spans: dict[int, dict[int, int]] = {}
    for s in kind.sessions:
        of_day = spans.setdefault(s.day, {})
        counted = s.minutes if counts is None or counts(s) else 0
        of_day[s.minutes] = min(counted, of_day.get(s.minutes, counted))
    chosen = {(0, 0): 0}
    for of_day in spans.values():
        for _ in range(1 if p.course.different_days else most):
            for (n, total), least in list(chosen.items()):
                for minutes, counted in of_day.items() if n < most else ():
                    key = n + 1, total + minutes
                    if total + minutes <= cap and least + counted < chosen.get(key, least + counted + 1):
                        chosen[key] = least + counted
    return chosen


def _alike(p: Possible, able: list[Kind], counts: Counts | None) -> tuple[list[Need], set[Offer]]:
    """The best offers, each with the kinds of people who could come; kinds that want the same of them are one."""
    by_span: dict[tuple[int, int, bool], dict[tuple[int, str], set[int]]] = {}
    for i, kind in enumerate(able):
        for s in kind.sessions:
            span = (s.day, s.minutes, counts is None or counts(s))
            by_span.setdefault(span, {}).setdefault((s.start, s.teacher), set()).add(i)
    best = [
        (span, who)
        for span, found in sorted(by_span.items())
        for groups in [{frozenset(g) for g in found.values()}]
        for who in sorted(groups, key=sorted)
        if not any(who < g for g in groups)
    ]
    need = [Need(k.demand.wanted, k.demand.cap, k.demand.sessions) for k in able]
    mine = [(need[i], tuple(n for n, (_, who) in enumerate(best) if i in who)) for i in range(len(able))]
    numbers = {kind: n for n, kind in enumerate(sorted(set(mine)))}
    offers = {Offer(*span[:2], tuple(sorted({numbers[mine[i]] for i in who})), span[2]) for span, who in best}
    return [need for need, _ in numbers], offers


@lru_cache(maxsize=10_000)
def _least(kinds: tuple[Need, ...], offers: tuple[Offer, ...], different_days: bool) -> int:
    """The least minutes of offers that count, such that every kind finds its sessions among them."""
    return _Search(kinds, offers, different_days).least()


class _Search:
    """Offers are bits of a number (an offer that may be held n times has n bits); a way of a kind is a set of bits."""

    def __init__(self, kinds: tuple[Need, ...], offers: tuple[Offer, ...], different_days: bool) -> None:
        copies = 1 if different_days else max(k.sessions for k in kinds)
        self.minutes = [o.minutes if o.counts else 0 for o in offers for _ in range(copies)]
        self.copies = copies
        self.steps = 0
        self.costs: dict[int, int] = {0: 0}
        self.failed: dict[int, int] = {}  # what was held, and for how much more it was not enough
        self.ways = [self._ways(i, k, offers, different_days) for i, k in enumerate(kinds)]

    def _ways(self, i: int, kind: Need, offers: tuple[Offer, ...], different_days: bool) -> list[int]:
        """The sets of offers in which one kind has what it wants; none if they are too many to look at."""
        mine = [(n, o) for n, o in enumerate(offers) if i in o.kinds]
        if comb(len(mine) + kind.sessions, kind.sessions) > MOST_WAYS:
            return []
        choose = combinations if different_days else combinations_with_replacement
        found = set()
        for way in choose(mine, kind.sessions):
            apart = len({o.day for _, o in way}) == len(way)
            if kind.wanted <= sum(o.minutes for _, o in way) <= kind.cap and (apart or not different_days):
                numbers = [n for n, _ in way]
                bits = {n * self.copies + numbers[:at].count(n) for at, n in enumerate(numbers)}
                found.add(sum(1 << b for b in bits))
        return sorted(found)

    def least(self) -> int:
        self.ways = [ways for ways in self.ways if ways]
        held = sum(1 << b for b, minutes in enumerate(self.minutes) if not minutes)
        low = max((min(self.cost(w & ~held) for w in ways) for ways in self.ways), default=0)
        step = gcd(*self.minutes)
        for budget in count(low, step or 1):
            if self._enough(held, budget) or self.steps > MOST_STEPS:
                return budget
        raise AssertionError

    def cost(self, way: int) -> int:
        if way not in self.costs:
            bit = way & -way
            self.costs[way] = self.minutes[bit.bit_length() - 1] + self.cost(way ^ bit)
        return self.costs[way]

    def _enough(self, held: int, left: int) -> bool:
        """Whether offers of `left` more minutes can satisfy everyone. The kind with the fewest ways is tried first."""
        self.steps += 1
        if self.failed.get(held, -1) >= left or self.steps > MOST_STEPS:
            return False
        narrowest: list[int] | None = None
        for ways in self.ways:
            missing = {w & ~held for w in ways}
            if 0 in missing:
                continue
            affordable = sorted(m for m in missing if self.cost(m) <= left)
            if narrowest is None or len(affordable) < len(narrowest):
                narrowest = affordable
            if not narrowest:
                break
        if narrowest is None or any(self._enough(held | m, left - self.cost(m)) for m in narrowest):
            return True
        self.failed[held] = max(left, self.failed.get(held, -1))
        return False
