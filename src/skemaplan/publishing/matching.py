"""Which new session is which old one: so that a calendar entry moves instead of vanishing and coming back.

Within one person's one course: as many as possible keep their time; then as many as possible stay on their day, then
in their week, moved as little as can be; then the rest go to the nearest week. Each step is exact. (By minutes alone,
Tuesday to Friday beside Wednesday an hour later is no more than Tuesday to Wednesday and Wednesday to Friday.) On a
line, pairs never gain by crossing, so the cheapest pairing of two sorted rows is found by walking along both (a table
of `old` x `new` sums).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from ..dates import Week
from .slots import Slot

DAY = 24 * 60
A = TypeVar("A")
B = TypeVar("B")


def match(
    old: Sequence[tuple[str, Slot]], cancelled: Sequence[tuple[str, Slot]], new: Sequence[Slot]
) -> dict[str, int]:
    """Pair what was published (`old`, and `cancelled` earlier) with what is planned: identity -> place in `new`.

    Something cancelled comes back only at its own time. What is in no pair has gone, or is new.
    """
    pairs: dict[str, int] = {}
    taken: set[int] = set()

    def pair(found: Iterable[tuple[str, int]]) -> None:
        for identity, n in found:
            pairs[identity] = n
            taken.add(n)

    for rows, same in ((old, _whole), (old, _begin), (cancelled, _begin)):
        pair(_at_the_same_time([r for r in rows if r[0] not in pairs], _left(new, taken), same))
    for within in (_day, _week, _term):
        for key in sorted({within(slot) for identity, slot in old if identity not in pairs}):
            mine = [r for r in old if r[0] not in pairs and within(r[1]) == key]
            pair(_nearest(mine, [n for n in _left(new, taken) if within(n[1]) == key]))
    return pairs


def _left(new: Sequence[Slot], taken: set[int]) -> list[tuple[int, Slot]]:
    return [(n, slot) for n, slot in enumerate(new) if n not in taken]


def _whole(slot: Slot) -> tuple[date, int, int]:
    return slot.date, slot.start, slot.end


def _begin(slot: Slot) -> tuple[date, int, int]:
    return slot.date, slot.start, 0


def _day(slot: Slot) -> int:
    return slot.date.toordinal()


def _week(slot: Slot) -> int:
    return Week.of(slot.date).monday.toordinal()


def _term(_: Slot) -> int:
    return 0


def _at_the_same_time(
    old: Iterable[tuple[str, Slot]], new: Iterable[tuple[int, Slot]], same: Callable[[Slot], tuple[date, int, int]]
) -> Iterable[tuple[str, int]]:
    waiting: dict[object, list[str]] = {}
    for identity, slot in sorted(old, key=lambda r: (r[1], r[0]), reverse=True):
        waiting.setdefault(same(slot), []).append(identity)
    return [(waiting[same(slot)].pop(), n) for n, slot in new if waiting.get(same(slot))]


def _nearest(old: Sequence[tuple[str, Slot]], new: Sequence[tuple[int, Slot]]) -> list[tuple[str, int]]:
    """As many pairs as there can be, at the least sum of minutes moved; the earliest such pairing."""
    rows = sorted((_at(slot), identity) for identity, slot in old)
    columns = sorted((_at(slot), n) for n, slot in new)
    if len(rows) > len(columns):
        return [(identity, n) for n, identity in _walk(columns, rows)]
    return _walk(rows, columns)


def _at(slot: Slot) -> int:
    return slot.date.toordinal() * DAY + slot.start


def _walk(few: Sequence[tuple[int, A]], many: Sequence[tuple[int, B]]) -> list[tuple[A, B]]:
    """Each of the few with one of the many, both sorted. `least[j]`: the sum for the few so far with the first j."""
    least = [0] * (len(many) + 1)
    took: list[list[bool]] = []
    for i, (at, _) in enumerate(few):
        row: list[int] = [0] * (len(many) + 1)
        here = [False] * (len(many) + 1)
        for j in range(i + 1, len(many) + 1):
            with_this = least[j - 1] + abs(at - many[j - 1][0])
            here[j] = j == i + 1 or with_this < row[j - 1]
            row[j] = with_this if here[j] else row[j - 1]
        least = row
        took.append(here)
    pairs = []
    j = len(many)
    for i in range(len(few) - 1, -1, -1):
        while not took[i][j]:
            j -= 1
        pairs.append((few[i][1], many[j - 1][1]))
        j -= 1
    return pairs[::-1]
