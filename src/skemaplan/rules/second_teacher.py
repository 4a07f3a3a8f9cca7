"""Another teacher for a course: one of the term's, within her windows, or somebody who has yet to be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from ..amounts import in_teaching
from ..dates import WHOLE_DAY, Spans
from ..week import TeacherWeek, WeekFacts
from ..words import Text, say
from .loosening import ASKING, COORDINATOR, TEACHER, Loosening, with_course, with_teacher

MOST = 4  # lessons a week


@dataclass(frozen=True)
class SecondTeacher(Loosening):
    """Somebody else gives a course too, beside whatever is set aside for it; amounts are minutes a week.

    `who` is the course, `own` are its teachers. `teacher` is a teacher of other courses, or nobody yet (""): whoever is
    found then comes at some of the times at which anybody teaches (`hours`).
    """

    teacher: str
    own: tuple[str, ...]
    hours: tuple[Spans, ...]
    lesson: int

    code: ClassVar[str] = "second_teacher"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        name = self.teacher or f"{self.who} + 1"
        nobody = TeacherWeek(name, self.hours, ((),) * 7, {})
        t = facts.teachers.get(name, nobody)
        facts = with_teacher(facts, replace(t, teaches={**t.teaches, self.who: (0, amount)}))
        course = facts.courses[self.who]
        most = None if course.most_taught is None else course.most_taught + amount
        return with_course(facts, replace(course, most_taught=most))

    def sentence(self, amount: int) -> Text:
        lessons = in_teaching(amount, self.lesson)
        if self.teacher:
            return say(
                "Ask {who} to teach {amount} of {course} a week", who=self.teacher, amount=lessons, course=self.who
            )
        return say("Find one more teacher for {course}: {amount} a week", course=self.who, amount=lessons)

    def price(self, amount: int) -> int:
        somebody = ASKING["other_teacher" if self.teacher else self.code]
        return somebody + ASKING["teacher_most"] * (self.amounts.index(amount) + 1)

    def needless(self, other: Loosening) -> bool:
        """Where a teacher of the course can give what is missing, or one of the house can, nobody else is asked."""
        of_the_course = other.asked == TEACHER and bool(other.people & set(self.own))
        more_set_aside = other.code == "most_taught" and other.who == self.who
        of_the_house = isinstance(other, SecondTeacher) and (other.who, bool(other.teacher)) == (self.who, True)
        return of_the_course or more_set_aside or (of_the_house and not self.teacher)

    def excludes(self, other: Loosening) -> bool:
        """Two more teachers of one course are not one change and another: the second would do for both."""
        return isinstance(other, SecondTeacher) and self.who == other.who

    @property
    def asked(self) -> str:
        return TEACHER if self.teacher else COORDINATOR

    @property
    def late(self) -> int:
        return 1 if self.teacher else 2


def other_teachers(facts: WeekFacts) -> Iterator[SecondTeacher]:
    """For each course that somebody takes and somebody teaches: whoever else could give it."""
    hours = teaching_hours(facts)
    amounts = tuple(n * facts.lesson for n in range(1, MOST + 1))
    for c in facts.courses.values():
        own = tuple(t.id for t in facts.teachers.values() if c.id in t.teaches)
        taken = any(c.id in p.demands for p in facts.participants.values())
        if taken and own and c.kind != "study":
            for teacher in (*(t for t in facts.teachers if t not in own), ""):
                yield SecondTeacher(c.id, amounts, teacher, own, hours, facts.lesson)


def teaching_hours(facts: WeekFacts) -> tuple[Spans, ...]:
    """The times at which anybody teaches on any day, on each day on which anybody does."""
    free = [t.free for t in facts.teachers.values()]
    spans = [span for days in free for day in days for span in day]
    usual = ((min(a for a, _ in spans), max(b for _, b in spans)),) if spans else WHOLE_DAY
    return tuple(usual if any(days[d] for days in free) else () for d in range(7))
