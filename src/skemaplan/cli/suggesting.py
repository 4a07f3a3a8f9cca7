"""`suggest`: every place that somebody's session could have, best first; and putting it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..dates import clock
from ..errors import InputError, Trouble
from ..words import say
from .arguments import SECONDS
from .changing import Asked, apply
from .events import Event
from .questioned import Question, Typed
from .replanning import thaw_option, today_option
from .speaking import of_term, read_term, tell
from .supposing import Changes, event_of
from .typed import DAYS, a_teacher

if TYPE_CHECKING:
    from ..planning.suggest import Place, Places
    from ..schedule import Session

FEW = 5  # places that are listed, if not all are asked for


@click.command(cls=Changes)
@of_term
@click.argument("participant")
@click.argument("course", required=False)
@click.argument("when", metavar="[DAY]", required=False)
@click.option("--from", "first", metavar="DATE", help="In the weeks from this day on [default: the next free one].")
@click.option("--teacher", help="Only with this teacher.")
@click.option("--all", "every", is_flag=True, help="List all places, not only the best.")
@click.option("--take", type=click.IntRange(min=1), metavar="N", help="Put it there: the number of a place.")
@click.option("--seconds", type=SECONDS, help="Stop after so long [default: when all is proven].")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object, with all places.")
@today_option
@thaw_option
def suggest(
    term: Path,
    participant: str,
    course: str | None,
    when: str | None,
    first: str | None,
    teacher: str | None,
    every: bool,
    take: int | None,
    seconds: float | None,
    as_json: bool,
    today: str | None,
    thaw: bool,
) -> None:
    """List every place that somebody's session could have, best first.

    For each place: with whom, who else has to move for it (as few as can be), and what it costs. What is not listed
    can't be had, proven. COURSE may be one that she does not take yet; without it, all her courses are gone through,
    as for a newcomer. DAY says which of her sessions is to move, such as "tue" or "tue 10:15"; with a date, that week
    only is asked about.

    Each CHANGE, after a `--` of its own, is said as it is to `change`, and thought of as done. Nothing is written but
    with --take: then the changes are, and a lock for the place, and a draft is made.
    """
    from ..planning.suggest import places

    problem = read_term(term)
    changes = tuple(event_of(words) for words in click.get_current_context().meta["changes"])
    question = Question.of(Typed(term, participant, course, when, first, today, thaw, changes), problem)
    if take is not None and course is None:
        raise InputError([Trouble("--take", say("each course has a list of its own."), say("Name the course."))])
    only = a_teacher(question.problem, teacher) if teacher else ""
    found = [
        places(question.week, question.participant, c, teacher=only, instead=question.instead, seconds=seconds)
        for c in question.courses
    ]
    if take is not None:
        from .suggested import where

        place = chosen(found[0], take)
        tell(say("Taken:"), bold=True)
        tell(f"  {where(question, found[0], place)}")
        changes = (*question.changes, *locks(question, found[0], place))
        apply(Asked(term, problem, question.again.today, today, thaw, False, sms=True), changes)
    elif as_json:
        from .suggested import document

        click.echo(json.dumps(document(question, found), ensure_ascii=False, indent=2))
    else:
        from .suggested import show

        show(question, found, None if every else FEW)
        tell("")
        tell(say("Nothing was written. To put it there, say the same with --take and its number."))


def chosen(found: Places, number: int) -> Place:
    """The place with this number. Raises InputError if there is none."""
    if number <= len(found.places):
        return found.places[number - 1]
    what = say("there is no place {n}.", n=number)
    right = say("They are numbered 1 to {most}.", most=len(found.places)) if found.places else say("There is none.")
    raise InputError([Trouble("--take", what, right)])


def locks(question: Question, found: Places, place: Place) -> Iterator[Event]:
    """The rows that put her session there, and keep her others of the course if only one of them was to move."""
    yield lock(question, found, place.session)
    if question.instead is not None:
        yield from (lock(question, found, s) for s in found.now if s != question.instead)


def lock(question: Question, found: Places, s: Session) -> Event:
    first, last = found.weeks[0], found.weeks[-1]
    ends = last.day(6) < question.problem.settings.end
    cells = {
        "participant": found.participant,
        "course": found.course,
        "when": first.day(s.day).isoformat() if found.dated else DAYS[s.day],
        "time": clock(s.start),
        "to_time": clock(s.end),
        "teacher": s.teacher,
        "room": "",
        "makes_up": False,
        "first": "" if found.dated else first.monday.isoformat(),
        "last": last.day(6).isoformat() if ends and not found.dated else "",
    }
    return Event("lock", cells)
