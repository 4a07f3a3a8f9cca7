"""`change`: what happens in a term, each as a command: a row in the tables, then a draft that moves the least."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from ..cells import NotRead, read_days, read_time
from ..dates import clock
from ..editing import Edit, Written, write_row
from ..errors import Refused, SkemaplanError
from ..facts import LANGUAGE_SCHOOL
from ..problem import Problem
from ..stopping import Stop
from ..store import Store
from ..words import say
from .planning import search
from .replanning import again_of, day_of, thaw_option, today_of, today_option
from .speaking import of_term, read_term, tell

LONGEST = 366  # days of one absence: more is a slip of the finger, or somebody who has left
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Verb = TypeVar("Verb", bound=Callable[..., object])


@click.group()
def change() -> None:
    """Say what has happened: a row is written, and a draft made that moves the least.

    The row goes into the term's own tables, and nothing else in them is touched; the file as it was is kept in the
    state folder. Then the term is planned again, and what changes for whom is said. Nobody's calendar changes before
    `publish`.
    """


@dataclass(frozen=True)
class Asked:
    """What all these verbs are told: which term, as of which day, and whether to plan."""

    term: Path
    problem: Problem
    today: date
    today_said: str | None
    thaw: bool
    only_write: bool


def event(verb: Verb) -> Verb:
    """The argument TERM and the options that all these verbs have."""
    for option in (
        click.option("--only-write", is_flag=True, help="Write the row, and plan later."),
        thaw_option,
        today_option,
    ):
        verb = option(verb)
    return verb


def asked(term: Path, today: str | None, thaw: bool, only_write: bool) -> Asked:
    problem = read_term(term)
    return Asked(term, problem, today_of(today, problem), today, thaw, only_write)


@change.command()
@of_term
@click.argument("who")
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--from-time", metavar="TIME", help="From this time each day.")
@click.option("--to-time", metavar="TIME", help="To this time each day.")
@click.option("--title", default="", help="What her calendar says; empty: nothing is shown.")
@event
def absent(
    term: Path,
    who: str,
    first: str,
    last: str | None,
    from_time: str | None,
    to_time: str | None,
    title: str,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """Somebody is away: a teacher, a participant, or a room."""
    a = asked(term, today, thaw, only_write)
    cells = {**span(a.problem, first, last), **times(from_time, to_time), "title": title}
    apply(a, Edit("absences", {"who": anyone(a.problem, who), **cells}))


@change.command("move-class")
@of_term
@click.argument("participant")
@click.argument("days")
@click.option("--from", "first", required=True, metavar="DATE", help="The first day on which it holds.")
@click.option("--from-time", metavar="TIME", help="It starts [default: as until now].")
@click.option("--to-time", metavar="TIME", help="It ends [default: as until now].")
@click.option("--place", help="Where it is [default: as until now].")
@event
def move_class(
    term: Path,
    participant: str,
    days: str,
    first: str,
    from_time: str | None,
    to_time: str | None,
    place: str | None,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """Somebody's language school moves to other DAYS, such as "tue thu"."""
    a = asked(term, today, thaw, only_write)
    who = a_participant(a.problem, participant)
    until_now = [c for c in a.problem.commitments_of.written(who) if c.kind == LANGUAGE_SCHOOL]
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
        "valid_from": day_of(first, "--from").isoformat(),
    }
    apply(a, Edit("commitments", {**cells, **times(from_time, to_time)}))


@change.command()
@of_term
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="TO")
@click.option("--course", default="", help="This course only, or language_school.")
@click.option("--who", default="", help="This participant or team only.")
@click.option("--in-person", is_flag=True, help="The other way round: in person.")
@event
def online(
    term: Path,
    first: str,
    last: str,
    course: str,
    who: str,
    in_person: bool,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """All is online for a while."""
    a = asked(term, today, thaw, only_write)
    mode = "in_person" if in_person else "online"
    cells = {**span(a.problem, first, last), "mode": mode, "course": course, "who": who and anyone(a.problem, who)}
    apply(a, Edit("modes", {"to_date": cells["from_date"], **cells}))


@change.command()
@of_term
@click.argument("label")
@click.option("--id", "own_id", default="", help="How other tables name her [default: the label].")
@click.option("--from", "first", metavar="DATE", help="Her first day [default: today].")
@click.option("--team", help="Her team [default: the only one there is].")
@click.option("--language-days", default="", help='Her days at the language school, such as "mon wed".')
@click.option("--language-place", default="", help="Where her language school is.")
@event
def join(
    term: Path,
    label: str,
    own_id: str,
    first: str | None,
    team: str | None,
    language_days: str,
    language_place: str,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """A new participant comes. LABEL is what she is called everywhere: no names."""
    a = asked(term, today, thaw, only_write)
    if (own_id or label) in a.problem.participant:
        raise Refused(say("There is a participant {who} already.", who=own_id or label))
    teams = sorted(a.problem.teams)
    cells = {
        "label": label,
        "id": own_id,
        "team": (teams[0] if len(teams) == 1 else "") if team is None else team,
        "start": (day_of(first, "--from") if first else a.today).isoformat(),
        "language_days": some_days(language_days) if language_days else "",
        "language_place": language_place,
    }
    apply(a, Edit("participants", cells))


@change.command()
@of_term
@click.argument("participant")
@click.argument("last", metavar="DATE")
@event
def leave(term: Path, participant: str, last: str, today: str | None, thaw: bool, only_write: bool) -> None:
    """A participant leaves; DATE is her last day. What has been stays in the accounts."""
    a = asked(term, today, thaw, only_write)
    who = a_participant(a.problem, participant)

    def is_hers(row: Mapping[str, str]) -> bool:
        return (row.get("id") or row.get("label")) == who

    apply(a, Edit("participants", {"end": day_of(last, "DATE").isoformat()}, is_hers))


@change.command()
@of_term
@click.argument("participant")
@click.argument("course")
@click.argument("when", metavar="DAY")
@click.argument("time")
@click.option("--teacher", default="", help="With this teacher.")
@click.option("--room", default="", help="In this room.")
@event
def lock(
    term: Path,
    participant: str,
    course: str,
    when: str,
    time: str,
    teacher: str,
    room: str,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """A session must be at this TIME, on a date or (DAY is mon, tue ...) every week."""
    a = asked(term, today, thaw, only_write)
    cells = {
        "participant": a_participant(a.problem, participant),
        "course": a_course(a.problem, course),
        **date_or_day(when),
        "start": a_time(time),
        "teacher": teacher and anyone(a.problem, teacher),
        "room": room,
    }
    refuse_bad_lock(a, cells)
    apply(a, Edit("locks", cells))


@change.command()
@of_term
@click.argument("participant")
@click.argument("course")
@click.argument("when", metavar="DAY")
@event
def unlock(
    term: Path, participant: str, course: str, when: str, today: str | None, thaw: bool, only_write: bool
) -> None:
    """Take a lock back: its row goes."""
    a = asked(term, today, thaw, only_write)
    who, what, at = a_participant(a.problem, participant), a_course(a.problem, course), date_or_day(when)

    def is_it(row: Mapping[str, str]) -> bool:
        if (row.get("participant"), row.get("course")) != (who, what):
            return False
        try:
            return date_or_day(row.get("date") or row.get("day") or "") == at
        except Refused:
            return False

    apply(a, Edit("locks", {}, is_it, remove=True))


@change.command()
@of_term
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="[TO]", required=False)
@click.option("--from-time", metavar="TIME", help="From this time.")
@click.option("--to-time", metavar="TIME", help="To this time.")
@click.option("--place", default="", help="This place only.")
@click.option("--reason", default="", help="Why; it stands in the accounts.")
@event
def close(
    term: Path,
    first: str,
    last: str | None,
    from_time: str | None,
    to_time: str | None,
    place: str,
    reason: str,
    today: str | None,
    thaw: bool,
    only_write: bool,
) -> None:
    """Nothing is held for a day or more, or in a part of them."""
    a = asked(term, today, thaw, only_write)
    cells = {**span(a.problem, first, last), **times(from_time, to_time), "place": place, "reason": reason}
    apply(a, Edit("closures", cells))


def apply(a: Asked, edit: Edit) -> None:
    """Write the row, plan again, and say what changes; if no plan keeps it, the tables are as they were."""
    store = Store.of(a.term)
    cells = {name: text for name, text in edit.cells.items() if text}
    with store.held():
        again_of(store, a.problem, a.today_said, a.thaw)  # a wrong clock is refused before anything is written
        written = write_row(a.term, Edit(edit.table, cells, edit.finds, edit.remove), a.problem, store)
    tell(say("Written into {file}.", file=written.file), colour="green")
    if written.kept is not None:
        tell(say("As it was: {file}", file=written.kept))
    if not a.only_write:
        plan_again(a, written, store)


def plan_again(a: Asked, written: Written, store: Store) -> None:
    from .differing import show_changes

    again = again_of(store, written.problem, a.today_said, a.thaw)
    if again is None:
        tell(say("Nothing is published yet. Plan: skemaplan plan {term}", term=a.term))
        return
    try:
        made = search(written.problem, None, 0, True, Stop(), again)
    except SkemaplanError as error:
        with store.held():
            written.put_back(store.disk)
        raise Refused(say("{why} The row was taken back: nothing was changed.", why=error.text)) from error
    with store.held():
        store.write_draft(made)
    tell("")
    show_changes(written.problem, again.published, made, a.today)


def refuse_bad_lock(a: Asked, cells: Mapping[str, str]) -> None:
    """A lock in the past, or two of one participant that can't both be."""
    on = cells.get("date", "")
    if on and on < a.today.isoformat():
        raise Refused(say("{date} has passed: what has been can't be locked.", date=on))
    for other in a.problem.locks:
        when = other.date.isoformat() if other.date else DAYS[other.day or 0]
        same_time = when == (on or cells.get("day")) and clock(other.start) == cells["start"]
        if other.participant == cells["participant"] and same_time:
            raise Refused(
                say(
                    "{who} has a lock at that time already: {course}, {when} {time}.",
                    who=other.participant,
                    course=other.course,
                    when=when,
                    time=clock(other.start),
                )
            )


def span(problem: Problem, first: str, last: str | None) -> dict[str, str]:
    """The cells of a first and a last day. Raises `Refused` for days that can't be meant."""
    start = day_of(first, "FROM")
    end = day_of(last, "TO") if last else start
    s = problem.settings
    if end < start:
        raise Refused(say("{end} is before {start}.", end=end, start=start))
    if (end - start).days >= LONGEST:
        raise Refused(say("{days} days are more than a year. Is it a slip of the finger?", days=(end - start).days + 1))
    if end < s.start or s.end < start:
        raise Refused(say("That is outside the term, which goes from {first} to {last}.", first=s.start, last=s.end))
    return {"from_date": start.isoformat(), "to_date": end.isoformat() if end > start else ""}


def times(start: str | None, end: str | None) -> dict[str, str]:
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


def date_or_day(text: str) -> dict[str, str]:
    """The cell of a date, or of one weekday."""
    if text[:1].isdigit():
        return {"date": day_of(text, "DAY").isoformat()}
    return {"day": some_days(text)}


def anyone(problem: Problem, name: str) -> str:
    """The id of a participant, teacher, room, place or team by its id or label. Raises `Refused`."""
    known = {t.id: t.label for t in problem.teachers} | {p.id: p.label for p in problem.participants}
    known |= {x: x for x in (*(r.id for r in problem.rooms), *problem.place, *problem.teams)}
    return _named(known, name)


def a_participant(problem: Problem, name: str) -> str:
    return _named({p.id: p.label for p in problem.participants}, name)


def a_course(problem: Problem, name: str) -> str:
    return _named({c.id: c.name for c in problem.courses}, name)


def _named(known: Mapping[str, str], name: str) -> str:
    for who, label in known.items():
        if name.casefold() in (who.casefold(), label.casefold()):
            return who
    raise Refused(say("{name} is not known. Known: {names}.", name=repr(name), names=", ".join(known)))
