"""Rule: a teacher's hours. The form sets aside "2-4 timer om ugen" of each subject: taught, however many attend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..amounts import in_minutes, in_teaching
from ..model import Model
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say
from .loosening import TEACHER, Loosening, Premise, with_teacher
from .rule import Breach, Must, WeekRule
from .second_teacher import other_teachers

MOST_MORE = 4  # lessons a week; who needs more than that needs another teacher


@dataclass(frozen=True)
class MoreHours(Loosening):
    """A teacher teaches more of a course; amounts are minutes a week."""

    course: str
    lesson: int

    code: ClassVar[str] = "teacher_most"
    ask: ClassVar[str] = TEACHER

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        _, most = facts.teachers[self.who].teaches[self.course]
        return with_most(facts, self.who, self.course, None if most is None else most + amount)

    def sentence(self, amount: int) -> Text:
        more = in_teaching(amount, self.lesson)
        return say("Ask {who} for {amount} more of {course} a week", who=self.who, amount=more, course=self.course)


class TeacherMost(WeekRule):
    """A teacher teaches no more of a course than her hours for it."""

    name = "teacher_most"

    def post(self, model: Model) -> Iterable[Must]:
        for t in model.facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                if most is not None and model.sessions_of(t.id, course):
                    yield Must(t.id, model.add(model.taught(t.id, course) <= most))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for t in schedule.facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                taught = schedule.minutes(t.id, course)
                if most is not None and taught > most:
                    yield self.breach(
                        t.id,
                        say(
                            "{who} teaches {minutes} of {course}; {most} is the most.",
                            who=t.id,
                            minutes=in_minutes(taught),
                            course=course,
                            most=most,
                        ),
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for t in facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                if most is not None and is_taken(facts, course):
                    steps = tuple(n * facts.lesson for n in range(1, MOST_MORE + 1))
                    yield MoreHours(t.id, steps, course, facts.lesson)
        yield from other_teachers(facts)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for t in facts.teachers.values():
            for course, (_, most) in t.teaches.items():
                if most is not None and is_taken(facts, course):
                    text = say(
                        "{who} teaches at most {amount} of {course} a week",
                        who=t.id,
                        amount=in_teaching(most, facts.lesson),
                        course=course,
                    )
                    yield Premise(self.name, t.id, text, partial(with_most, who=t.id, course=course, most=None))


def with_most(facts: WeekFacts, who: str, course: str, most: int | None) -> WeekFacts:
    t = facts.teachers[who]
    return with_teacher(facts, replace(t, teaches={**t.teaches, course: (t.teaches[course][0], most)}))


def is_taken(facts: WeekFacts, course: str) -> bool:
    return any(course in p.demands for p in facts.participants.values())
