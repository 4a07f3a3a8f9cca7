"""How a rule can be loosened, and which facts it rests on: what `explain` needs, said in the rule's own file.

A `Loosening` changes a week's facts by an amount and knows its sentence, whom to ask, and a price; a `Premise` is a
named fact that can be taken away altogether. Neither knows a solver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ..week import CourseWeek, ParticipantWeek, TeacherWeek, WeekFacts
from ..words import Text, say

# Whom one must ask, nearest first: nobody else, a teacher, a participant, who has the rooms, the language school.
COORDINATOR, TEACHER, PARTICIPANT, BUILDING, LANGUAGE_SCHOOL = (
    "coordinator",
    "teacher",
    "participant",
    "building",
    "language_school",
)
ASKED = (COORDINATOR, TEACHER, PARTICIPANT, BUILDING, LANGUAGE_SCHOOL)

# What a loosening asks of people, in minutes a week to one person, as the prices of a plan are: what a step costs.
ASKING = {
    "teacher_least": 15,  # a lesson that was set aside and is not taught
    "group_size": 20,  # a place less, or more, in a group
    "locks": 30,  # a promise that is taken back
    "availability": 1,  # a minute longer
    "sessions_a_week": 45,  # a session less of a course that should come often
    "teacher_most": 45,  # a lesson taught
    "most_taught": 45,
    "most_per_day": 45,
    "rooms": 60,
    "most_days": 60,
    "travel": 2,  # a minute less on the way: somebody drives, and waits
    "other_teacher": 90,  # a course that is new to a teacher of the house
    "another_day": 90,  # a day on which somebody was not there before
    "swap": 90,  # two who move their other work
    "language_class": 120,  # another class, teacher and way
    "second_teacher": 135,  # somebody who has to be found, and gets to know everybody
    "pairs": 240,  # a reason that is not recorded
}


@dataclass(frozen=True)
class Loosening:
    """One thing that could be otherwise: `who` it is about, and the `amounts` to try, the smallest first.

    `code` names it for programs, `ask` says what sort of person one must ask. What its amounts count, its own docstring
    says.
    """

    who: str
    amounts: tuple[int, ...]

    code: ClassVar[str]
    ask: ClassVar[str] = COORDINATOR

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        """The week's facts with this much more freedom. Loosenings may be applied one after the other."""
        raise NotImplementedError

    def sentence(self, amount: int) -> Text:
        """What to do about it, as one would say it: "Ask Sprogcenter Midt whether ..."."""
        raise NotImplementedError

    def widest(self, facts: WeekFacts) -> WeekFacts:
        """Facts that allow every plan which any of the amounts allows: where these don't do, none of them does."""
        return self.on(facts, self.amounts[-1])

    def price(self, amount: int) -> int:
        """What it asks of people, in minutes a week."""
        return ASKING[self.code] * (self.amounts.index(amount) + 1)

    def within(self, other: Loosening) -> bool:
        """Whether this is a part of what the other asks for, so that the other need not be shown beside it."""
        return False

    def needless(self, other: Loosening) -> bool:
        """Whether nobody need think of this where the other helps by itself: then it isn't even tried."""
        return False

    def excludes(self, other: Loosening) -> bool:
        """Whether the two can't be asked for at once."""
        return False

    def same_as(self, other: Loosening) -> bool:
        """Whether it is the same thing to ask for, perhaps by other amounts (in another week)."""
        return replace(self, amounts=()) == replace(other, amounts=())

    @property
    def asked(self) -> str:
        return self.ask

    @property
    def people(self) -> frozenset[str]:
        """Whom it is about, one or more."""
        return frozenset({self.who})

    @property
    def late(self) -> int:
        """How late one thinks of it: what is later is tried later, and not at all where it is `needless`."""
        return 0


def unchanged(facts: WeekFacts) -> WeekFacts:
    return facts


@dataclass(frozen=True)
class Premise:
    """A fact that a rule rests on, in a sentence; `without` gives the week's facts as if it were not so.

    A demand stays allowed when nobody asks for it any longer: then `asked` says whose demand of which course it is.
    """

    code: str
    who: str
    text: Text
    without: Callable[[WeekFacts], WeekFacts] = unchanged
    asked: tuple[str, str] | None = None


ON_DAYS = (
    say("on Mondays"),
    say("on Tuesdays"),
    say("on Wednesdays"),
    say("on Thursdays"),
    say("on Fridays"),
    say("on Saturdays"),
    say("on Sundays"),
)
DAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))


def with_participant(facts: WeekFacts, p: ParticipantWeek) -> WeekFacts:
    """The facts with this participant's week in place of what was known of her."""
    return replace(facts, participants={**facts.participants, p.id: p})


def with_teacher(facts: WeekFacts, t: TeacherWeek) -> WeekFacts:
    return replace(facts, teachers={**facts.teachers, t.id: t})


def with_course(facts: WeekFacts, c: CourseWeek) -> WeekFacts:
    return replace(facts, courses={**facts.courses, c.id: c})
