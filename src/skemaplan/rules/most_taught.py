"""Rule: a course's hours over all its teachers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..amounts import in_minutes, in_teaching
from ..model import Model, total
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say
from .loosening import Loosening, Premise, with_course
from .rule import Breach, Must, WeekRule
from .teacher_most import MOST_MORE, is_taken


@dataclass(frozen=True)
class MoreTaught(Loosening):
    """More of a course is set aside for all its teachers together; amounts are minutes a week."""

    lesson: int

    code: ClassVar[str] = "most_taught"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        most = facts.courses[self.who].most_taught
        return with_most_taught(facts, self.who, None if most is None else most + amount)

    def sentence(self, amount: int) -> Text:
        more = in_teaching(amount, self.lesson)
        return say("Set aside {amount} more of {course} a week", amount=more, course=self.who)


class MostTaught(WeekRule):
    """All teachers of a course together teach no more of it than is set aside for it."""

    name = "most_taught"

    def post(self, model: Model) -> Iterable[Must]:
        for c in model.facts.courses.values():
            taught = [model.taught(t, c.id) for t in model.facts.teachers if model.sessions_of(t, c.id)]
            if c.most_taught is not None and taught:
                yield Must(c.id, model.add(total(taught) <= c.most_taught))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        taught_of: Counter[str] = Counter()
        for s in schedule.sessions:
            taught_of[s.course] += s.minutes
        for c in schedule.facts.courses.values():
            taught = taught_of[c.id]
            if c.most_taught is not None and taught > c.most_taught:
                yield self.breach(
                    c.id,
                    say(
                        "{course} is taught for {minutes}; {most} is the most.",
                        minutes=in_minutes(taught),
                        course=c.id,
                        most=c.most_taught,
                    ),
                )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for c in facts.courses.values():
            if c.most_taught is not None and is_taken(facts, c.id):
                yield MoreTaught(c.id, tuple(n * facts.lesson for n in range(1, MOST_MORE + 1)), facts.lesson)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for c in facts.courses.values():
            if c.most_taught is not None and is_taken(facts, c.id):
                most = in_teaching(c.most_taught, facts.lesson)
                text = say("at most {amount} of {course} are taught a week", amount=most, course=c.id)
                yield Premise(self.name, c.id, text, partial(with_most_taught, course=c.id, most=None))


def with_most_taught(facts: WeekFacts, course: str, most: int | None) -> WeekFacts:
    return with_course(facts, replace(facts.courses[course], most_taught=most))
