"""How windows can be wider: somebody is there a little longer on a day, or on a day more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import ClassVar

from ..amounts import in_minutes
from ..candidates import candidates
from ..dates import WHOLE_DAY, Span, Spans, clock, merge
from ..schedule import Session
from ..week import WeekFacts
from ..words import Text, say
from .loosening import ASKING, BUILDING, ON_DAYS, Loosening, with_participant, with_teacher

# What to ask for, by whether it is of a building, and whether the window ends later (it begins earlier else).
LONGER = {
    (False, True): say("Ask {who} to stay {minutes} longer {when}: until {time} instead of {now}"),
    (False, False): say("Ask {who} to come {minutes} earlier {when}: at {time} instead of {now}"),
    (True, True): say("Ask for {who} {minutes} longer {when}: until {time} instead of {now}"),
    (True, False): say("Ask for {who} {minutes} earlier {when}: from {time} instead of {now}"),
}
MOST_LONGER = 120  # minutes; who must stay longer than that rather comes on another day
WORKDAYS = range(5)


@dataclass(frozen=True)
class LongerWindow(Loosening):
    """Somebody's window on these days begins earlier, or ends later; amounts are minutes.

    `spans`: by day, the window that grows.
    """

    spans: tuple[tuple[int, Span], ...]
    later: bool
    kind: str

    code: ClassVar[str] = "availability"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        free = list(free_of(facts, self.who))
        for day, (start, end) in self.spans:
            more = (end, end + amount) if self.later else (start - amount, start)
            free[day] = merge([*free[day], more])
        return with_free(facts, self.who, tuple(free))

    def sentence(self, amount: int) -> Text:
        day, (start, end) = self.spans[0]
        time, now = (end + amount, end) if self.later else (start - amount, start)
        said = LONGER[self.kind == BUILDING, self.later]
        when = ON_DAYS[day] if len(self.spans) == 1 else say("every day")
        values = {"who": self.who, "minutes": in_minutes(amount), "when": when, "time": clock(time), "now": clock(now)}
        return replace(said, values=tuple(values.items()))

    def price(self, amount: int) -> int:
        return ASKING[self.code] * amount * len(self.spans)

    def same_as(self, other: Loosening) -> bool:
        same = isinstance(other, LongerWindow) and (self.who, self.later) == (other.who, other.later)
        return same and isinstance(other, LongerWindow) and [d for d, _ in self.spans] == [d for d, _ in other.spans]

    def within(self, other: Loosening) -> bool:
        same = isinstance(other, LongerWindow) and (self.who, self.later) == (other.who, other.later)
        return same and isinstance(other, LongerWindow) and set(self.spans) < set(other.spans)

    @property
    def asked(self) -> str:
        return self.kind


@dataclass(frozen=True)
class AnotherDay(Loosening):
    """Somebody is there on a day on which she is not; the amount is how long, in minutes."""

    day: int
    span: Span
    kind: str

    code: ClassVar[str] = "another_day"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        free = list(free_of(facts, self.who))
        free[self.day] = merge([*free[self.day], self.span])
        return with_free(facts, self.who, tuple(free))

    def sentence(self, amount: int) -> Text:
        start, end = clock(self.span[0]), clock(self.span[1])
        when = ON_DAYS[self.day]
        if self.kind == BUILDING:
            return say("Ask for {who} {when} too, {start}-{end}", who=self.who, when=when, start=start, end=end)
        return say("Ask {who} to come {when} too, {start}-{end}", who=self.who, when=when, start=start, end=end)

    @property
    def asked(self) -> str:
        return self.kind


def wider_windows(facts: WeekFacts, who: str, kind: str) -> Iterator[Loosening]:
    """What could be asked of one person's (or room's or place's) windows, as far as sessions could use it."""
    free, sessions = free_of(facts, who), usable(facts, who)
    for later in (False, True):
        days = [(d, span) for d in WORKDAYS for span in free[d]]
        by_span: dict[Span, list[tuple[int, Span]]] = {}
        for d, span in days:
            if any(amounts(d, span, later, sessions)):
                by_span.setdefault(span, []).append((d, span))
                yield LongerWindow(who, tuple(amounts(d, span, later, sessions)), ((d, span),), later, kind)
        for span, alike in by_span.items():
            if len(alike) > 1:
                every = sorted({n for d, _ in alike for n in amounts(d, span, later, sessions)})
                yield LongerWindow(who, tuple(every), tuple(alike), later, kind)
    usual = max(chain.from_iterable(free), key=lambda span: span[1] - span[0], default=None)
    for d in WORKDAYS if usual else ():
        there = then(usual, [s for s in sessions if s.day == d]) if usual and not free[d] else None
        if there is not None:
            yield AnotherDay(who, (there[1] - there[0],), d, there, kind)


def then(usual: Span, sessions: list[Session]) -> Span | None:
    """The usual window on another day, if a session can lie in it: of a whole day as much as sessions may need."""
    inside = [s for s in sessions if usual[0] <= s.start and s.end <= usual[1]]
    if inside and usual == WHOLE_DAY[0]:
        return min(s.start for s in inside), max(s.end for s in inside)
    return usual if inside else None


def amounts(day: int, span: Span, later: bool, sessions: list[Session]) -> list[int]:
    """By how many minutes a window must grow for one more session to lie in it, up to `MOST_LONGER`."""
    start, end = span
    here = [s for s in sessions if s.day == day]
    by = {s.end - end for s in here if s.start >= start} if later else {start - s.start for s in here if s.end <= end}
    return sorted(n for n in by if 0 < n <= MOST_LONGER)


def usable(facts: WeekFacts, who: str) -> list[Session]:
    """The sessions that have anything to do with somebody, on days on which anybody comes at all."""
    open_days = {d for d in range(7) if any(p.free[d] for p in facts.participants.values())}
    p, room = facts.participants.get(who), facts.rooms.get(who)
    return [
        s
        for s in candidates(facts)
        if s.day in open_days
        and (
            s.teacher == who
            or s.place == who
            or (p is not None and s.course in p.demands)
            or (room is not None and s.place == room.place)
        )
    ]


def free_of(facts: WeekFacts, who: str) -> tuple[Spans, ...]:
    if who in facts.places:
        return facts.places[who]
    return facts.rooms[who].free if who in facts.rooms else facts.person(who).free


def with_free(facts: WeekFacts, who: str, free: tuple[Spans, ...]) -> WeekFacts:
    if who in facts.places:
        return replace(facts, places={**facts.places, who: free})
    if who in facts.rooms:
        return replace(facts, rooms={**facts.rooms, who: replace(facts.rooms[who], free=free)})
    if who in facts.participants:
        return with_participant(facts, replace(facts.participants[who], free=free))
    return with_teacher(facts, replace(facts.teachers[who], free=free))
