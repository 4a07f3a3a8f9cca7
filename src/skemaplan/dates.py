"""ISO weeks and clock spans: the arithmetic of dates and times, and nothing about anyone.

Weeks are those of ISO 8601, Monday first; a year has 52 or 53 of them. Spans are pairs of minutes since midnight,
half open, sorted and disjoint within a tuple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import total_ordering
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

Span = tuple[int, int]
Spans = tuple[Span, ...]
WHOLE_DAY: Spans = ((0, 24 * 60),)


@total_ordering
@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week, written `2020-W06`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        return cls(*day.isocalendar()[:2])

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2020-W06` or `2020W6`. Raises ValueError if it is none, or the year has no such week."""
        match = re.fullmatch(r"(\d{4})-?W(\d{1,2})", text.strip(), re.IGNORECASE)
        if not match:
            raise ValueError(f"{text!r} is not a week such as 2020-W06")
        week = cls(int(match[1]), int(match[2]))
        date.fromisocalendar(week.year, week.number, 1)
        return week

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def day(self, weekday: int) -> date:
        """The date of a weekday, 0 (Monday) to 6."""
        return self.monday + timedelta(days=weekday)

    @property
    def days(self) -> tuple[date, ...]:
        monday = self.monday
        return tuple(monday + timedelta(days=d) for d in range(7))

    @property
    def next(self) -> Week:
        return Week.of(self.monday + timedelta(days=7))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    def __lt__(self, other: Week) -> bool:
        return (self.year, self.number) < (other.year, other.number)


def weeks_between(start: date, end: date) -> Iterator[Week]:
    """The weeks that hold a day from `start` to `end`, both included."""
    week = Week.of(start)
    while week.monday <= end:
        yield week
        week = week.next


def numbers(weeks: Iterable[Week]) -> str:
    """The numbers of weeks as people say them: 6-9, 11."""
    ordered = sorted(weeks)
    runs = groupby(enumerate(ordered), key=lambda placed: (placed[1].monday.toordinal() // 7) - placed[0])
    ends = [(run[0][1].number, run[-1][1].number) for run in (list(found) for _, found in runs)]
    return ", ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in ends)


def turn(week: Week, every_weeks: int) -> int:
    """Which turn a week is in a cycle of so many weeks. Odd and even weeks are ISO week numbers."""
    return week.number % 2 if every_weeks == 2 else week.monday.toordinal() // 7 % every_weeks


def moment(day: date, minutes: int, zone: str) -> datetime:
    """A wall-clock time as an instant in `zone` (minutes may be 1440: the next midnight)."""
    days, rest = divmod(minutes, 24 * 60)
    local = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    return local.replace(tzinfo=ZoneInfo(zone))


def clock(minutes: int) -> str:
    """510 -> '08:30'."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def merge(spans: Iterable[Span]) -> Spans:
    """The union of spans as sorted, disjoint spans that don't touch."""
    merged: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def cut(spans: Spans, holes: Iterable[Span]) -> Spans:
    """What is left of the spans without the holes."""
    left = list(spans)
    for start, end in holes:
        if start < end:
            left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return tuple(left)


def overlap(a: Spans, b: Spans) -> Spans:
    """What lies in both."""
    return merge((max(s, t), min(e, f)) for s, e in a for t, f in b)


def covers(spans: Spans, start: int, end: int) -> bool:
    """Whether one of the spans holds start to end whole."""
    return any(s <= start and end <= e for s, e in spans)


def minutes_in(spans: Spans, start: int, end: int) -> int:
    """How many minutes of start to end lie in the spans."""
    return sum(max(0, min(e, end) - max(s, start)) for s, e in spans)


def gaps(spans: Spans) -> Spans:
    """The holes between spans that follow each other."""
    return tuple((a[1], b[0]) for a, b in pairwise(spans) if a[1] < b[0])
