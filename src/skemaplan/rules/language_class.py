"""Another language class: the same course on other days. The form's own advice for most shortages is to ask for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ..facts import LANGUAGE_SCHOOL, ONLINE
from ..week import Fixed, ParticipantWeek, TeacherWeek, WeekFacts
from ..words import Text, say
from .loosening import DAYS, Loosening, with_participant, with_teacher
from .loosening import LANGUAGE_SCHOOL as ASK_THE_SCHOOL

Class = tuple[tuple[Fixed, ...], ...]  # language school, by day of the week


@dataclass(frozen=True)
class OtherClass(Loosening):
    """A participant is in another language class, one that somebody of the term is in; the amount is one."""

    days: Class

    code: ClassVar[str] = "language_class"
    ask: ClassVar[str] = ASK_THE_SCHOOL

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        p = facts.participants[self.who]
        other = [tuple(f for f in day if f.kind != LANGUAGE_SCHOOL) for day in p.fixed]
        fixed = tuple(
            tuple(sorted((*mine, *new), key=lambda f: (f.start, f.end)))
            for mine, new in zip(other, self.days, strict=True)
        )
        return with_participant(facts, replace(p, fixed=fixed))

    def sentence(self, amount: int) -> Text:
        days = [d for d, school in enumerate(self.days) if school]
        place = next(f.place for day in self.days for f in day)
        on = DAYS[days[0]]
        for d in days[1:]:
            on = say("{first}/{next}", first=on, next=DAYS[d])
        return say("Ask {place} whether {who} can be in the {days} class", who=self.who, days=on, place=place)

    def same_as(self, other: Loosening) -> bool:
        """The same days and hours: a class that is online for a while is the same class."""
        return isinstance(other, OtherClass) and (self.who, hours(self.days)) == (other.who, hours(other.days))

    def excludes(self, other: Loosening) -> bool:
        """Nobody can be in two other language classes."""
        return isinstance(other, OtherClass) and self.who == other.who

    def widest(self, facts: WeekFacts) -> WeekFacts:
        """No language school at all is wider than any class (and days that are full without it may count anew)."""
        p = facts.participants[self.who]
        fixed = tuple(tuple(f for f in day if f.kind != LANGUAGE_SCHOOL) for day in p.fixed)
        return with_participant(facts, replace(p, fixed=fixed, most_days=None))


def other_classes(p: ParticipantWeek, weeks: Sequence[WeekFacts]) -> Iterator[OtherClass]:
    """The classes of the term that `p` could be in: as much a week as hers, clear of whatever else she has."""
    mine = class_of(p)
    if not any(mine):
        return
    for other in sorted({class_of(q) for week in weeks for q in week.participants.values()}, key=repr):
        if any(other) and other != mine and minutes(other) == minutes(mine) and is_online(other) == is_online(mine):
            rest = [[f for f in day if f.kind != LANGUAGE_SCHOOL] for day in p.fixed]
            if not any(f.start < g.end and g.start < f.end for d in range(7) for f in rest[d] for g in other[d]):
                yield OtherClass(p.id, (1,), other)


def class_of(p: ParticipantWeek) -> Class:
    return tuple(tuple(f for f in day if f.kind == LANGUAGE_SCHOOL) for day in p.fixed)


def hours(days: Class) -> list[list[tuple[int, int]]]:
    return [[(f.start, f.end) for f in day] for day in days]


def minutes(days: Class) -> int:
    return sum(f.minutes for day in days for f in day)


def is_online(days: Class) -> bool:
    return any(f.place == ONLINE for day in days for f in day)


def without_fixed(facts: WeekFacts, who: str, title: str, kind: str) -> WeekFacts:
    """As if somebody had not this commitment."""
    person: ParticipantWeek | TeacherWeek = facts.participants.get(who) or facts.teachers[who]
    fixed = tuple(tuple(f for f in day if (f.title, f.kind) != (title, kind)) for day in person.fixed)
    if isinstance(person, ParticipantWeek):
        return with_participant(facts, replace(person, fixed=fixed))
    return with_teacher(facts, replace(person, fixed=fixed))
