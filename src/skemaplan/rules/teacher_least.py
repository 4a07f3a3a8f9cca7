"""Demand: a teacher's least. A week in which she can't reach it is reported, never a reason for no plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ..amounts import in_minutes, in_teaching
from ..model import Model
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say
from .loosening import Loosening, Premise, with_teacher
from .rule import DEMANDS, Breach, Cost, WeekRule


@dataclass(frozen=True)
class LowerLeast(Loosening):
    """Less of a course is promised to a teacher; amounts are minutes a week."""

    course: str
    lesson: int

    code: ClassVar[str] = "teacher_least"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        least, _ = facts.teachers[self.who].teaches[self.course]
        return with_least(facts, self.who, self.course, max(0, least - amount))

    def sentence(self, amount: int) -> Text:
        less = in_teaching(amount, self.lesson)
        return say(
            "Agree with {who} on {amount} less of {course} a week than was promised",
            who=self.who,
            amount=less,
            course=self.course,
        )


class TeacherLeast(WeekRule):
    """A teacher gives at least the hours of a course that are set aside for her."""

    name = "teacher_least"
    tier = DEMANDS

    def post(self, model: Model) -> Iterable[Cost]:
        for t in model.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least:
                    short = model.excess(least - model.taught(t.id, course), least, f"{t.id} short of {course}")
                    yield Cost(t.id, short)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in schedule.facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                short = least - schedule.minutes(t.id, course)
                if short > 0:
                    yield self.breach(
                        t.id,
                        say(
                            "{who} teaches {n} of {least} of {course}.",
                            who=t.id,
                            n=least - short,
                            least=in_minutes(least),
                            course=course,
                        ),
                        short,
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for t in facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least:
                    steps = {min(n, least) for n in range(facts.lesson, least + facts.lesson, facts.lesson)}
                    yield LowerLeast(t.id, tuple(sorted(steps)), course, facts.lesson)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for t in facts.teachers.values():
            for course, (least, _) in t.teaches.items():
                if least:
                    text = say(
                        "{who} teaches at least {amount} of {course} a week",
                        who=t.id,
                        amount=in_teaching(least, facts.lesson),
                        course=course,
                    )
                    yield Premise(self.name, t.id, text, asked=(t.id, course))


def with_least(facts: WeekFacts, who: str, course: str, least: int) -> WeekFacts:
    t = facts.teachers[who]
    return with_teacher(facts, replace(t, teaches={**t.teaches, course: (least, t.teaches[course][1])}))
