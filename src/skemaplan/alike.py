"""Participants whose weeks are the same but for their names: the same free time, language school and wishes.

What one of them can have, any other can. So a first plan may seat them together, and what all of them can have at best
is told by a few of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .week import ParticipantWeek, WeekFacts

Group = tuple[str, ...]


def alike(facts: WeekFacts) -> tuple[Group, ...]:
    """Everybody by group of those who are alike. Who is locked somewhere, or paired with somebody, is like nobody."""
    special = {who for a, b, _, _ in facts.pairs for who in (a, b)} | {lock.participant for lock in facts.locks}
    found: list[tuple[tuple[ParticipantWeek, dict[str, int]], list[str]]] = []
    for p in facts.participants.values():
        like = replace(p, id=""), {rule: price for (rule, who), price in facts.prices.items() if who == p.id}
        group = next((group for other, group in found if other == like and p.id not in special), None)
        if group is None:
            found.append((like if p.id not in special else (p, {}), [p.id]))
        else:
            group.append(p.id)
    return tuple(tuple(group) for _, group in found)


def parted(groups: Sequence[Group], most: int) -> tuple[Group, ...]:
    """The same groups in parts of at most so many, as even as can be."""
    found: list[Group] = []
    for group in groups:
        parts = -(-len(group) // most)
        found += [group[i::parts] for i in range(parts)]
    return tuple(found)
