"""Two textbook encodings of a person's day, to be compared with the path of `model.py`: same sessions, same rules,
same prices, same tiers; only the day is encoded otherwise.

`SlotModel`: a boolean for each stretch of time between two events of the day: busy, or idle between two things.
`SpanModel`: the day's first and last minute as integers; waiting is the span less what it is filled with.

Both forbid what clashes, and two things with too little time for the way between them, by pairs. A gap that holds a
way from place to place is paid for less: `_discounts` says by how much, exactly as `WeekFacts.waiting` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from ortools.sat.python.cp_model import IntVar, LinearExpr, LinearExprT

from skemaplan.model import NOTHING, Model, total

SURE = LinearExpr.constant(1)


@dataclass(frozen=True)
class Thing:
    """A session that somebody may be in, or something fixed (then `there` is SURE)."""

    start: int
    end: int
    place: str
    there: LinearExpr
    is_fixed: bool


class TextbookModel(Model):
    """What both have in common: pairs that can't both be, and plain sums where the path model counts by length."""

    def _live_their_days(self) -> None:
        self._waiting: dict[tuple[str, int], LinearExpr] = {}
        for person in (*self.facts.participants, *self.facts.teachers):
            for d in range(7):
                things = self._things(person, d)
                if any(not t.is_fixed for t in things):
                    self._no_clash(things)
                    if person in self.facts.participants:
                        self._waiting[person, d] = self._day(f"{person}/{d}", d, things)

    def _things(self, person: str, day: int) -> list[Thing]:
        mine = [s for s in self._of[person] if s.day == day]
        things = [Thing(s.start, s.end, self.place_for(person, s), self.literal(person, s), False) for s in mine]
        fixed = self.facts.person(person).fixed[day]
        return sorted([*things, *(Thing(f.start, f.end, f.place, SURE, True) for f in fixed)], key=lambda t: t.start)

    def _no_clash(self, things: list[Thing]) -> None:
        for a, b in combinations(things, 2):
            too_near = b.start < a.end + (self.facts.way(a.place, b.place) if b.start >= a.end else 0)
            if too_near and not (a.is_fixed and b.is_fixed):
                self.cp.add(a.there + b.there <= 1)

    def _day(self, name: str, day: int, things: list[Thing]) -> LinearExpr:
        raise NotImplementedError

    def _discounts(self, name: str, day: int, things: list[Thing]) -> Iterator[LinearExprT]:
        """For two things at different places with nothing between them: what the way takes off the idle minutes."""
        for a, b in combinations(things, 2):
            idle = self.facts.waiting(day, a.end, b.start) if b.start >= a.end else 0
            less = idle - self.facts.waiting(day, a.end, b.start, self.facts.way(a.place, b.place)) if idle else 0
            if less:
                follows = self.new_bool(f"{name}: {a.end} to {b.start}")
                for t in (a, b):
                    self.cp.add(follows <= t.there)
                for between in things:
                    if a.end <= between.start and between.end <= b.start:
                        self.cp.add(follows + between.there <= 1)
                yield less * follows

    def waiting(self, person: str, day: int) -> LinearExpr:
        return self._waiting.get((person, day), NOTHING)

    def _any_session(self, person: str, day: int) -> LinearExpr:
        literals = [self.literal(person, s) for s in self._of[person] if s.day == day]
        if not literals:
            return NOTHING
        there = self.new_bool(f"{person} has a session on day {day}")
        for literal in literals:
            self.cp.add_implication(literal, there)
        return there

    def count(self, p: str, course: str | None = None, day: int | None = None) -> LinearExpr:
        return total(self._attends[p, s] for s in self.sessions_of(p, course, day))

    def minutes(self, p: str, course: str | None = None, day: int | None = None) -> LinearExpr:
        return total(s.minutes * self._attends[p, s] for s in self.sessions_of(p, course, day))

    def taught(self, teacher: str, course: str) -> LinearExpr:
        return total(s.minutes * self._held[s] for s in self.sessions_of(teacher, course))


class SlotModel(TextbookModel):
    """Slot by slot: idle is what lies after something and before something and is not busy."""

    def _day(self, name: str, day: int, things: list[Thing]) -> LinearExpr:
        times = sorted({t for thing in things for t in (thing.start, thing.end)})
        idle: list[LinearExprT] = []
        for a, b in pairwise(times):
            weight = self.facts.waiting(day, a, b)
            before = [t for t in things if t.end <= a]
            after = [t for t in things if t.start >= b]
            if not weight or not before or not after:
                continue
            busy = total(t.there for t in things if t.start <= a and b <= t.end)
            began, goes_on = self._any(f"{name} before {a}", before), self._any(f"{name} after {b}", after)
            gap = self.new_bool(f"{name} idle {a}")
            self.cp.add(gap >= began + goes_on - 1 - busy)
            idle.append(weight * gap)
        return total(idle) - total(self._discounts(name, day, things))

    def _any(self, name: str, things: list[Thing]) -> LinearExpr:
        if any(t.is_fixed for t in things):
            return SURE
        there: IntVar = self.new_bool(name)
        for t in things:
            self.cp.add(there >= t.there)
        return there


class SpanModel(TextbookModel):
    """First and last minute of the day as integers."""

    def _day(self, name: str, day: int, things: list[Thing]) -> LinearExpr:
        first, last = min(t.start for t in things), max(t.end for t in things)
        begin = self.cp.new_int_var(first, last, f"{name} begins")
        end = self.cp.new_int_var(first, last, f"{name} ends")
        for t in things:  # without anything that day, both may be the same
            self.cp.add(begin <= t.start + (last - t.start) * (1 - t.there))
            self.cp.add(end >= first + (t.end - first) * t.there)
        resting = []
        for a, b in self.facts.breaks[day]:
            inside = self.new_bool(f"{name} rests at {a}")
            self.cp.add(begin <= a + (last - a) * (1 - inside))
            self.cp.add(end >= first + (b - first) * inside)
            self.cp.add(inside <= 1 - total(t.there for t in things if t.start <= a and b <= t.end))
            resting.append((b - a) * inside)
        busy = total((t.end - t.start) * t.there for t in things)
        found = self.new_count(last - first, f"{name} waits")
        self.cp.add(end >= begin)
        self.cp.add(found >= end - begin - busy - total(resting) - total(self._discounts(name, day, things)))
        return total([found])
