"""Rule: how many sit together. A talk is one participant and one teacher; online groups are small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..dates import clock
from ..model import Model
from ..schedule import Schedule, Session
from ..week import CourseDay, WeekFacts
from ..words import Text, say
from .loosening import Loosening, Premise, with_course
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class SmallerGroup(Loosening):
    """Fewer may sit together in a session of a course; amounts are participants."""

    smallest: int

    code: ClassVar[str] = "group_size"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        return with_groups(facts, self.who, smaller=amount)

    def sentence(self, amount: int) -> Text:
        return say(
            "Hold {course} with as few as {n} at a time instead of at least {now}",
            course=self.who,
            n=self.smallest - amount,
            now=self.smallest,
        )


@dataclass(frozen=True)
class LargerGroup(Loosening):
    """More may sit together in a session of a course; amounts are participants."""

    largest: int

    code: ClassVar[str] = "group_size"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        return with_groups(facts, self.who, larger=amount)

    def sentence(self, amount: int) -> Text:
        return say(
            "Hold {course} with up to {n} at a time instead of at most {now}",
            course=self.who,
            n=self.largest + amount,
            now=self.largest,
        )


class GroupSize(WeekRule):
    """A session has at least the smallest and at most the largest group of its course."""

    name = "group_size"

    def post(self, model: Model) -> Iterable[Must]:
        for s in model.sessions:
            if (s.course, s.day) in model.facts.own_ways:
                yield from self._for_each(model, s)
                continue
            how = model.facts.courses[s.course].days[s.day]
            held, group = model.held(s), model.group(s)
            if how.largest is not None and how.largest < len(model.who(s)):
                yield Must(s.course, model.add(group <= how.largest * held))
            if how.smallest > 1:
                yield Must(s.course, model.add(group >= how.smallest * held))

    def _for_each(self, model: Model, s: Session) -> Iterator[Must]:
        """Where the group may be of another size for some: as whoever is in it needs it to be."""
        group, most = model.group(s), len(model.who(s))
        for p in model.who(s):
            how, there = model.facts.how(p, s.course, s.day), model.attends(p, s)
            if how.largest is not None and how.largest < most:
                yield Must(p, model.add(group <= most - (most - how.largest) * there))
            if how.smallest > 1:
                yield Must(p, model.add(group >= how.smallest * there))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for s in schedule.sessions:
            size, ways = len(schedule.attendance[s]), ways_of(schedule, s)
            smallest = max(how.smallest for how in ways)
            largest = min((how.largest for how in ways if how.largest is not None), default=size)
            if not smallest <= size <= largest:
                yield self.breach(
                    s.course,
                    say(
                        "{course} at {time} has a group of {size}; it may be {smallest} to {largest}.",
                        course=s.course,
                        time=clock(s.start),
                        size=size,
                        smallest=smallest,
                        largest=largest,
                    ),
                )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for c in facts.courses.values():
            takers = sum(c.id in p.demands for p in facts.participants.values())
            smallest = max(day.smallest for day in c.days)
            largest = min((day.largest for day in c.days if day.largest is not None), default=takers)
            if takers and smallest > 1:
                yield SmallerGroup(c.id, tuple(range(1, smallest)), smallest)
            if c.kind != "talk" and largest < takers:
                yield LargerGroup(c.id, tuple(range(1, takers - largest + 1)), largest)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for c in facts.courses.values():
            smallest = max(day.smallest for day in c.days)
            largest = min((day.largest for day in c.days if day.largest is not None), default=None)
            if smallest > 1:
                text = say("at least {n} sit together in {course}", n=smallest, course=c.id)
                yield Premise(self.name, c.id, text, partial(with_groups, course=c.id, smaller=smallest))
            if largest is not None:
                text = say("at most {n} sit together in {course}", n=largest, course=c.id)
                yield Premise(self.name, c.id, text, partial(with_groups, course=c.id, larger=None))


def ways_of(schedule: Schedule, s: Session) -> list[CourseDay]:
    """How the course is held for each of those in a session."""
    return [schedule.facts.how(p, s.course, s.day) for p in schedule.attendance[s]]


def with_groups(facts: WeekFacts, course: str, smaller: int = 0, larger: int | None = 0) -> WeekFacts:
    """Groups of a course that may be so many smaller, or larger (None: of any size)."""

    def wider(day: CourseDay) -> CourseDay:
        most = None if larger is None or day.largest is None else day.largest + larger
        return replace(day, smallest=max(1, day.smallest - smaller), largest=most)

    c = facts.courses[course]
    return with_course(facts, replace(c, days=tuple(wider(day) for day in c.days)))
