"""Weeks of several circles: small random weeks side by side, which share places, rooms, and sometimes teachers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from random_weeks import random_week

from skemaplan.week import WeekFacts


def town(seed: int, circles: int = 3, bits: int = 8) -> WeekFacts:
    """A week of so many small ones. Places, rooms, bell times and the target are those of the first."""
    draw = Random(seed)
    first, *others = [_renamed(random_week(draw.randrange(10**6), bits), str(n + 1)) for n in range(circles)]
    for other in others:
        first = _beside(first, other)
    return _shared(first, draw) if draw.random() < 0.7 else first


def _renamed(facts: WeekFacts, n: str) -> WeekFacts:
    """The same week, and everyone and every course in it with this number behind the name."""
    people = {
        p + n: replace(row, id=p + n, demands={c + n: d for c, d in row.demands.items()})
        for p, row in facts.participants.items()
    }
    people = {p: replace(row, online=frozenset((c + n, d) for c, d in row.online)) for p, row in people.items()}
    teachers = {
        t + n: replace(row, id=t + n, teaches={c + n: band for c, band in row.teaches.items()})
        for t, row in facts.teachers.items()
    }
    return replace(
        facts,
        participants=people,
        teachers=teachers,
        courses={c + n: replace(row, id=c + n) for c, row in facts.courses.items()},
        pairs=tuple((a + n, b + n, kind, hard) for a, b, kind, hard in facts.pairs),
        locks=(),
        prices={(rule, who and who + n): minutes for (rule, who), minutes in facts.prices.items() if who},
    )


def _beside(a: WeekFacts, b: WeekFacts) -> WeekFacts:
    return replace(
        a,
        participants={**a.participants, **b.participants},
        teachers={**a.teachers, **b.teachers},
        courses={**a.courses, **b.courses},
        pairs=(*a.pairs, *b.pairs),
        prices={**a.prices, **b.prices},
    )


def _shared(facts: WeekFacts, draw: Random) -> WeekFacts:
    """One teacher gives what another gave, too."""
    one, other = draw.sample(sorted(facts.teachers), 2)
    teachers = dict(facts.teachers)
    gone = teachers.pop(other)
    teachers[one] = replace(teachers[one], teaches={**teachers[one].teaches, **gone.teaches})
    return replace(facts, teachers=teachers)
