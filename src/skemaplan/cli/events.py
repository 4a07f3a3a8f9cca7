"""What happens in a term, each as a value: which row it writes follows from the tables that it is written into.

The verbs of `change` and the changes that `what-if` tries are these, with the same words and the same checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import click

from ..dates import clock
from ..editing import Edit
from ..errors import Refused
from ..facts import LANGUAGE_SCHOOL
from ..problem import Problem
from ..words import say
from .typed import (
    DAYS,
    a_course,
    a_date,
    a_participant,
    a_time,
    anyone,
    date_or_day,
    outside,
    some_days,
    span,
    times,
)

Row = TypeVar("Row", bound=Callable[..., Edit])
EVENTS: dict[str, Callable[..., Edit]] = {}
ALWAYS = "9999"  # after every date as it is written
PHRASES = click.Group()  # by name, the commands that read an event's words and give the event


@dataclass(frozen=True)
class Event:
    """Something that has happened, or might: the event's name and its words as they were typed."""

    name: str
    typed: Mapping[str, Any]

    def edit(self, problem: Problem, today: date) -> Edit:
        """The row that it writes into these tables. Raises InputError or `Refused` for what can't be meant."""
        edit = EVENTS[self.name](problem, today, **self.typed)
        if edit.remove:
            return edit
        return Edit(edit.table, {name: text for name, text in edit.cells.items() if text}, edit.finds)


def event(name: str) -> Callable[[Row], Row]:
    """An event under this name; its words are the click parameters of the function that makes its row."""

    def known(row: Row) -> Row:
        def said(**typed: Any) -> Event:
            return Event(name, typed)

        said.__doc__ = row.__doc__
        said.__click_params__ = row.__click_params__  # type: ignore[attr-defined]
        EVENTS[name] = row
        PHRASES.add_command(click.command(name)(said))
        return row

    return known


@event("absent")
@click.argument("who")
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--from-time", metavar="TIME", help="From this time each day.")
@click.option("--to-time", metavar="TIME", help="To this time each day.")
@click.option("--title", default="", help="What her calendar says; empty: nothing is shown.")
def absent(
    problem: Problem,
    today: date,
    who: str,
    first: str,
    last: str | None,
    from_time: str | None,
    to_time: str | None,
    title: str,
) -> Edit:
    """Somebody is away: a teacher, a participant, or a room."""
    cells = {**span(problem, first, last), **times(from_time, to_time), "title": title}
    return Edit("absences", {"who": anyone(problem, who), **cells})


@event("move-class")
@click.argument("participant")
@click.argument("days")
@click.option("--from", "first", required=True, metavar="DATE", help="The first day on which it holds.")
@click.option("--from-time", metavar="TIME", help="It starts [default: as until now].")
@click.option("--to-time", metavar="TIME", help="It ends [default: as until now].")
@click.option("--place", help="Where it is [default: as until now].")
def move_class(
    problem: Problem,
    today: date,
    participant: str,
    days: str,
    first: str,
    from_time: str | None,
    to_time: str | None,
    place: str | None,
) -> Edit:
    """Somebody's language school moves to other DAYS, such as "tue thu"."""
    who = a_participant(problem, participant)
    until_now = [c for c in problem.commitments_of.written(who) if c.kind == LANGUAGE_SCHOOL]
    if not until_now:
        raise Refused(say("{who} has no language school. Write its first row into commitments.", who=who))
    old = until_now[-1]
    cells = {
        "who": who,
        "title": old.title,
        "day": some_days(days),
        "from": clock(old.start),
        "to": clock(old.end),
        "place": place or old.place,
        "kind": LANGUAGE_SCHOOL,
        "valid_from": a_date(problem, first, "--from"),
    }
    return Edit("commitments", {**cells, **times(from_time, to_time)})


@event("online")
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="TO")
@click.option("--course", default="", help="This course only, or language_school.")
@click.option("--who", default="", help="This participant or team only.")
@click.option("--in-person", is_flag=True, help="The other way round: in person.")
def online(problem: Problem, today: date, first: str, last: str, course: str, who: str, in_person: bool) -> Edit:
    """All is online for a while."""
    mode = "in_person" if in_person else "online"
    cells = {**span(problem, first, last), "mode": mode, "course": course, "who": who and anyone(problem, who)}
    return Edit("modes", {**cells, "to_date": cells["to_date"] or cells["from_date"]})


@event("join")
@click.argument("label")
@click.option("--id", "own_id", default="", help="How other tables name her [default: the label].")
@click.option("--from", "first", metavar="DATE", help="Her first day [default: today].")
@click.option("--team", help="Her team [default: the only one there is].")
@click.option("--language-days", default="", help='Her days at the language school, such as "mon wed".')
@click.option("--language-place", default="", help="Where her language school is.")
def join(
    problem: Problem,
    today: date,
    label: str,
    own_id: str,
    first: str | None,
    team: str | None,
    language_days: str,
    language_place: str,
) -> Edit:
    """A new participant comes. LABEL is what she is called everywhere: no names."""
    if (own_id or label) in problem.participant:
        raise Refused(say("There is a participant {who} already.", who=own_id or label))
    teams = sorted(problem.teams)
    cells = {
        "label": label,
        "id": own_id,
        "team": (teams[0] if len(teams) == 1 else "") if team is None else team,
        "start": a_date(problem, first, "--from") if first else today.isoformat(),
        "language_days": some_days(language_days) if language_days else "",
        "language_place": language_place,
    }
    return Edit("participants", cells)


@event("leave")
@click.argument("participant")
@click.argument("last", metavar="DATE")
def leave(problem: Problem, today: date, participant: str, last: str) -> Edit:
    """A participant leaves; DATE is her last day. What has been stays in the accounts."""
    who = a_participant(problem, participant)

    def is_hers(row: Mapping[str, str]) -> bool:
        return (row.get("id") or row.get("label")) == who

    return Edit("participants", {"end": a_date(problem, last, "DATE")}, is_hers)


@event("takes")
@click.argument("participant")
@click.argument("course")
@click.option("--from", "first", default="", metavar="DATE", help="From this day on [default: today].")
@click.option("--to", "last", default="", metavar="DATE", help="Up to this day.")
@click.option("--lessons", default="", metavar="NUMBER", help="So many lessons a week [default: as the course says].")
def takes(problem: Problem, today: date, participant: str, course: str, first: str, last: str, lessons: str) -> Edit:
    """A participant takes one more course, or more or fewer lessons of one."""
    cells = {
        "who": a_participant(problem, participant),
        "course": a_course(problem, course),
        "lessons_per_week": lessons,
        "valid_from": a_date(problem, first, "--from") if first else today.isoformat(),
        "valid_to": last and a_date(problem, last, "--to"),
    }
    return Edit("takes", cells)


@event("lock")
@click.argument("participant")
@click.argument("course")
@click.argument("when", metavar="DAY")
@click.argument("time")
@click.option("--teacher", default="", help="With this teacher.")
@click.option("--room", default="", help="In this room.")
@click.option("--to-time", metavar="TIME", help="It ends at this time.")
@click.option("--makes-up", is_flag=True, help="It makes up for a lesson lost before, on top of the week's own.")
@click.option("--from", "first", default="", metavar="DATE", help="If it is every week: from this day on.")
@click.option("--to", "last", default="", metavar="DATE", help="If it is every week: up to this day.")
def lock(
    problem: Problem,
    today: date,
    participant: str,
    course: str,
    when: str,
    time: str,
    teacher: str,
    room: str,
    to_time: str | None,
    makes_up: bool,
    first: str,
    last: str,
) -> Edit:
    """A session must be at this TIME, on a date or (DAY is mon, tue ...) every week."""
    cells = {
        "participant": a_participant(problem, participant),
        "course": a_course(problem, course),
        **date_or_day(when),
        "start": a_time(time),
        "teacher": teacher and anyone(problem, teacher),
        "room": room,
        **times(None, to_time),
        "makes_up": "yes" if makes_up else "",
        "valid_from": first and a_date(problem, first, "--from"),
        "valid_to": last and a_date(problem, last, "--to"),
    }
    refuse_bad_lock(problem, today, cells)
    return Edit("locks", cells)


@event("unlock")
@click.argument("participant")
@click.argument("course")
@click.argument("when", metavar="DAY")
def unlock(problem: Problem, today: date, participant: str, course: str, when: str) -> Edit:
    """Take a lock back: its row goes."""
    who, what, at = a_participant(problem, participant), a_course(problem, course), date_or_day(when)

    def is_it(row: Mapping[str, str]) -> bool:
        if (row.get("participant"), row.get("course")) != (who, what):
            return False
        try:
            return date_or_day(row.get("date") or row.get("day") or "") == at
        except Refused:
            return False

    return Edit("locks", {}, is_it, remove=True)


@event("close")
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--from-time", metavar="TIME", help="From this time.")
@click.option("--to-time", metavar="TIME", help="To this time.")
@click.option("--place", default="", help="This place only.")
@click.option("--reason", default="", help="Why; it stands in the accounts.")
def close(
    problem: Problem,
    today: date,
    first: str,
    last: str | None,
    from_time: str | None,
    to_time: str | None,
    place: str,
    reason: str,
) -> Edit:
    """Nothing is held for a day or more, or in a part of them."""
    return Edit(
        "closures", {**span(problem, first, last), **times(from_time, to_time), "place": place, "reason": reason}
    )


def refuse_bad_lock(problem: Problem, today: date, cells: Mapping[str, str]) -> None:
    """A lock in the past or after the term, or two of one participant that can't both be."""
    on = cells.get("date", "")
    if on > problem.settings.end.isoformat():
        raise outside(problem)
    if on and on < today.isoformat():
        raise Refused(say("{date} has passed: what has been can't be locked.", date=on))
    for other in problem.locks:
        when = other.date.isoformat() if other.date else DAYS[other.day or 0]
        same_time = when == (on or cells.get("day")) and clock(other.start) == cells["start"]
        ends, begins = str(other.valid_to or ALWAYS), str(other.valid_from or "")
        meets = cells["valid_from"] <= ends and begins <= (cells["valid_to"] or ALWAYS)
        if other.participant == cells["participant"] and same_time and meets:
            raise Refused(
                say(
                    "{who} has a lock at that time already: {course}, {when} {time}.",
                    who=other.participant,
                    course=other.course,
                    when=when,
                    time=clock(other.start),
                )
            )
