"""Whether there is enough to plan with: bell times, somebody who learns, somebody who teaches, ways between places."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from ..errors import InMemory, Trouble
from ..facts import STUDY
from ..visits import ways_needed
from ..words import Name, say
from .ids import MOST_SEARCHED

if TYPE_CHECKING:
    from ..problem import Problem


def a_term_has_something_to_plan(p: Problem) -> Iterator[Trouble]:
    s = p.settings
    if not p.periods and not s.start_step:
        yield Trouble(
            s.origin.cell("start_step"),
            say("there are no bell times."),
            say("Fill in periods, or start_step, day_start and day_end."),
        )
    if s.start_step and (s.day_start is None or s.day_end is None):
        yield Trouble(
            s.origin.cell("start_step"),
            say("start_step needs day_start and day_end."),
            say("For example 08:30 and 14:45."),
        )
    study = {c.id for c in p.courses if c.kind == STUDY}
    for row in (t for t in p.teaches if t.course in study):
        yield Trouble(
            row.origin.cell("course"),
            say("{course} is study, which nobody teaches.", course=row.course),
            say("Delete the row, or make the course a lesson."),
        )


# What is empty has no row.
PARTICIPANTS, TEACHERS = Name("participants", "deltagere"), Name("teachers", "undervisere")
TRAVEL = Name("travel", "rejsetider")


def somebody_has_something_to_learn(p: Problem) -> Iterator[Trouble]:
    if not p.participants:
        yield Trouble(PARTICIPANTS, say("there are no participants."), say("Write each of them in a row."))
    if not p.courses:
        yield Trouble(TEACHERS, say("nobody teaches anything."), say("Say what each teacher gives, in column course."))


def somebody_teaches_it(p: Problem) -> Iterator[Trouble]:
    """Every course has a teacher; but that a name is misspelt is told where it stands, not here once more."""
    known = {c.id for c in p.courses}
    misspelt = {t.course for t in p.teaches} - known
    searched = islice(sorted(misspelt), MOST_SEARCHED)
    meant = {near for name in searched for near in get_close_matches(name, known, n=1, cutoff=0.5)}
    taught = {t.course for t in p.teaches} | meant
    for course in p.courses:
        is_own = isinstance(course.origin, InMemory)  # the programme's, which are there as long as a name is misspelt
        if course.kind != STUDY and course.id not in taught and not (is_own and misspelt):
            yield Trouble(
                course.origin.cell("id"),
                say("nobody teaches {course}.", course=course.id),
                say("Add a row to teaches."),
            )


def ways_are_known(p: Problem) -> Iterator[Trouble]:
    """Between two places that one person may have to visit in one week, the minutes must be known."""
    known = {frozenset((t.start, t.end)) for t in p.travel}
    needed = [way for way in ways_needed(p) if frozenset((way.start, way.end)) not in known]
    if not p.travel:
        places = {x.place for rows in (p.commitments, p.absences) for x in rows} - {""}
        if needed or (places and not any(c.place for c in p.courses)):
            what = say("no way between places is known, so all are counted as 0 minutes.")
            yield Trouble(TRAVEL, what, say("Add rows to travel."), "warning")
        return
    for way in needed:
        yield Trouble(
            way.fact.origin.cell("place"),
            say("the minutes from {a} to {b} are not known.", a=way.start, b=way.end),
            say("Add a row to travel: {who} has something at both in one week.", who=way.who),
        )
