"""What was typed on the command line, as tables write it: people, courses, days and times."""

from __future__ import annotations

from collections.abc import Mapping

from ..cells import NotRead, read_days, read_time
from ..dates import clock
from ..errors import InputError, Refused
from ..problem import Problem
from ..words import Text, say
from .helping import PLACES
from .replanning import day_of

LONGEST = 366  # days of one absence: more is a slip of the finger, or somebody who has left
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def span(problem: Problem, first: str, last: str | None) -> dict[str, str]:
    """The cells of a first and a last day. Raises `Refused` for days that can't be meant."""
    start = day_of(first, PLACES["FROM"])
    end = day_of(last, PLACES["TO"]) if last else start
    s = problem.settings
    if end < start:
        raise Refused(say("{end} is before {start}.", end=end, start=start))
    if (end - start).days >= LONGEST:
        raise Refused(say("{first} to {last} is more than a year. Is it a slip of the finger?", first=start, last=end))
    if end < s.start or s.end < start:
        raise outside(problem)
    return {"from_date": start.isoformat(), "to_date": end.isoformat() if end > start else ""}


def times(start: str | None, end: str | None) -> dict[str, str]:
    """The cells of a first and a last time of day, of those that were typed."""
    return {name: a_time(text) for name, text in (("from", start), ("to", end)) if text}


def a_time(text: str) -> str:
    try:
        return clock(read_time(text.strip(), 0))
    except NotRead as wrong:
        raise Refused(say("{what} {right}", what=wrong.what, right=wrong.right)) from None


def some_days(text: str) -> str:
    try:
        return " ".join(DAYS[d] for d in sorted(read_days(text, 0)))
    except NotRead as wrong:
        raise Refused(say("{what} {right}", what=wrong.what, right=wrong.right)) from None


def a_date(problem: Problem, text: str, where: str) -> str:
    """A date of the term, typed at `where`. Raises InputError for what is none, `Refused` for another term's."""
    day, s = day_of(text, where), problem.settings
    if not s.start <= day <= s.end:
        raise outside(problem)
    return day.isoformat()


def outside(problem: Problem) -> Refused:
    s = problem.settings
    return Refused(say("That is outside the term, which goes from {first} to {last}.", first=s.start, last=s.end))


def date_or_day(text: str) -> dict[str, str]:
    """The cell of a date, or of one weekday."""
    if text[:1].isdigit():
        return {"date": day_of(text, PLACES["DAY"]).isoformat()}
    return {"day": some_days(text)}


def anyone(problem: Problem, name: str) -> str:
    """The id of a participant, teacher, room, place or team by its id or label. Raises `Refused`."""
    known = {t.id: t.label for t in problem.teachers} | {p.id: p.label for p in problem.participants}
    known |= {x: x for x in (*(r.id for r in problem.rooms), *problem.place, *problem.teams)}
    return _meant(say("The name"), name, known)


def a_participant(problem: Problem, name: str) -> str:
    return _meant(say("The participant"), name, {p.id: p.label for p in problem.participants})


def a_teacher(problem: Problem, name: str) -> str:
    return _meant(say("The teacher"), name, {t.id: t.label for t in problem.teachers})


def a_course(problem: Problem, name: str) -> str:
    return _meant(say("The course"), name, {c.id: c.name for c in problem.courses})


def _meant(what: Text, name: str, known: Mapping[str, str]) -> str:
    from ..explain.naming import meant

    try:
        return meant(what, name, {id: label or id for id, label in known.items()})
    except InputError as error:  # what has happened to nobody that is known is refused, as whatever can't be meant
        (trouble,) = error.troubles
        text = say("{name}: {what} {right}", name=trouble.where, what=trouble.what, right=trouble.right)
        raise Refused(text) from None
