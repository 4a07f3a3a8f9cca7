"""What a question about somebody's sessions means: whose, which courses, in which week, and after which changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..blank import DAY_NAMES
from ..called import names_of, with_names
from ..cells import NotRead, read_date, read_day, read_time
from ..dates import Week, clock
from ..errors import InputError, Refused, Trouble
from ..facts import STUDY
from ..problem import Problem
from ..store import Store
from ..words import Name, Names, Text, say
from .events import Event
from .replanning import Again, day_of
from .supposing import Supposed, again_from
from .typed import a_course, a_participant

if TYPE_CHECKING:
    from ..planning.one_week import OneWeek
    from ..schedule import Session


@dataclass(frozen=True)
class Typed:
    """What was typed of a question; `changes` are thought of as done, and `today` is that of `plan`."""

    term: Path
    participant: str
    course: str | None
    when: str | None
    first: str | None
    today: str | None
    thaw: bool
    changes: tuple[Event, ...]


@dataclass(frozen=True)
class Question:
    """Whose sessions of which courses are asked about, in which week, with the `changes` done in `problem`.

    `instead`: the one session that is to move, if one was named.
    """

    changes: tuple[Event, ...]
    problem: Problem
    again: Again
    participant: str
    courses: tuple[str, ...]
    week: OneWeek
    instead: Session | None

    @classmethod
    def of(cls, typed: Typed, problem: Problem) -> Question:
        """What is meant. Raises InputError with the nearest names there are, Refused for what can't be asked.

        A course that she does not take yet is asked about as if she took it, from the week in question on.
        """
        changes = typed.changes
        then, again = supposed(typed, problem, changes)
        who = a_participant(then, typed.participant)
        at = When.read(typed.when)
        week = week_of(then, again, who, typed.first, at)
        course = a_course(then, typed.course) if typed.course else None
        if course is not None and course not in week.facts.participants[who].demands:
            changes = (*changes, takes(then, who, course, week))
            then, again = supposed(typed, problem, changes)
            week = week_of(then, again, who, typed.first, at)
        hers = week.facts.participants[who].demands
        if not hers or (course is not None and course not in hers):
            raise Refused(has_none(then, who, course or ""))
        instead = at.session(then, week, who, course) if at and course else None
        return cls(changes, then, again, who, (course,) if course else tuple(sorted(hers)), week, instead)


def supposed(typed: Typed, problem: Problem, changes: Sequence[Event]) -> tuple[Problem, Again]:
    """The tables with these changes in them, and what is planned again from. Nothing is written."""
    if not changes:
        return problem, again_from(Store.of(typed.term), problem, typed.today, typed.thaw, typed.term)
    then = Supposed.of(typed.term, changes, problem, typed.today, typed.thaw)
    return then.problem, then.again


def takes(problem: Problem, who: str, course: str, week: OneWeek) -> Event:
    """That she takes a course from this week on. Raises Refused for homework, which has no place of its own."""
    if problem.course[course].kind == STUDY:
        text = say("{course} goes around what is taught: it has no place of its own.", course=course)
        raise Refused(with_names(text, names_of(problem)))
    first = week.weeks[0].monday.isoformat()
    return Event("takes", {"participant": who, "course": course, "lessons": "", "first": first, "last": ""})


def week_of(problem: Problem, again: Again, who: str, first: str | None, at: When | None) -> OneWeek:
    """The week that is asked about: the one of a date, or the ordinary one from a day on."""
    from ..planning.change import frozen_until
    from ..planning.one_week import OneWeek

    free_from = frozen_until(again.today, 0 if again.thaw else problem.settings.freeze_days)
    if at is not None and at.date is not None:
        return dated_week(problem, again, who, at.date, free_from)
    start = max(filter(None, [day_of(first, "--from") if first else free_from, problem.participant[who].start]))
    week = OneWeek.ordinary(again.published, problem, start)
    if week is None:
        raise Refused(say("No whole week begins on {day} or later. Ask about a date.", day=start))
    if who not in week.facts.participants:
        raise Refused(not_there(problem, who, week.weeks[0]))
    return week


def dated_week(problem: Problem, again: Again, who: str, day: date, free_from: date) -> OneWeek:
    """The week of this date. Raises Refused for a day that stays as it is, InputError for a week she has not."""
    from ..planning.one_week import OneWeek

    week = Week.of(day)
    if week not in again.published.weeks:
        near = sorted(again.published.weeks, key=lambda w: abs((w.monday - week.monday).days))[:3]
        right = say("The nearest are {weeks}.", weeks=", ".join(map(str, sorted(near))))
        raise InputError([Trouble(str(day), say("{week} is no teaching week.", week=week), right)])
    if day < free_from:
        raise Refused(
            say("{day} stays as it is. What is free to move begins on {first}; see --thaw.", day=day, first=free_from)
        )
    found = OneWeek.of(again.published, problem, week, again.today, free_from)
    if who not in found.facts.participants:
        raise Refused(not_there(problem, who, week))
    return found


def not_there(problem: Problem, who: str, week: Week) -> Text:
    return with_names(say("{who} is not there in {week}.", who=who, week=week), names_of(problem))


def has_none(problem: Problem, who: str, course: str) -> Text:
    """That she has nothing of a course then; of no course at all, if none is named."""
    if not course:
        return with_names(say("{who} takes no course then.", who=who), names_of(problem))
    return with_names(say("{who} has no {course} then.", who=who, course=course), names_of(problem))


@dataclass(frozen=True)
class When:
    """A weekday, perhaps a time, and perhaps a date: which session is meant."""

    day: int
    start: int | None
    date: date | None

    @classmethod
    def read(cls, text: str | None) -> When | None:
        """ "tue", "tue 10:15", "2020-03-17" or "2020-03-17 10:15". Raises InputError for what is none of these."""
        if text is None:
            return None
        day, _, time = text.strip().partition(" ")
        try:
            start = read_time(time.strip(), 0) if time.strip() else None
            on = read_date(day, 0) if day[:1].isdigit() else None
            return cls(on.weekday() if on else read_day(day, 0), start, on)
        except NotRead:
            example = Name("2020-03-03 10:15, tue 10:15, tue", "2020-03-03 10:15, tir 10:15, tir")
            right = say("Write it as {example}.", example=example)
            raise InputError(
                [Trouble(text, say("{value} is not a day and a time.", value=repr(text)), right)]
            ) from None

    def session(self, problem: Problem, week: OneWeek, who: str, course: str) -> Session | None:
        """Her session of the course then; None for a date on which she has none.

        Raises InputError with those that she has.
        """
        hers = week.now.of(who, course)
        found = [s for s in hers if s.day == self.day and self.start in (None, s.start)]
        if found or (self.date is not None and self.start is None):
            return found[0] if found else None
        had = Names(tuple(time_of(s.day, s.start) for s in hers))
        right = say("She has it {times}.", times=had) if hers else say("There is none.")
        raise InputError([Trouble(self._text, has_none(problem, who, course), right)])

    @property
    def _text(self) -> Name:
        on_date = f"{self.date}{_at(self.start)}"
        return Name(on_date, on_date) if self.date else time_of(self.day, self.start)


def time_of(day: int, start: int | None) -> Name:
    """A weekday, and perhaps a time, as it is typed in each language."""
    return Name(*(DAY_NAMES[language][day] + _at(start) for language in ("en", "da")))


def _at(start: int | None) -> str:
    return "" if start is None else f" {clock(start)}"
