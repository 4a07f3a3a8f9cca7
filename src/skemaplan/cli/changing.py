"""`change`: what happens in a term, each as a command: a row in the tables, then a draft that moves the least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from ..editing import Written, put_back, write_rows
from ..errors import Refused, SkemaplanError
from ..problem import Problem
from ..stopping import Stop
from ..store import Store
from ..words import say
from .events import PHRASES, Event
from .planning import search
from .replanning import again_of, thaw_option, today_of, today_option
from .speaking import of_term, read_term, tell

Verb = TypeVar("Verb", bound=Callable[..., object])


@click.group()
def change() -> None:
    """Say what has happened: a row is written, and a draft made that moves the least.

    The row goes into the term's own tables, and nothing else in them is touched; the file as it was is kept in the
    state folder. Then the term is planned again, and what changes for whom is said. Nobody's calendar changes before
    `publish`. `what-if` tries the same without writing anything.
    """


@dataclass(frozen=True)
class Asked:
    """What all these verbs are told: which term, as of which day, whether to plan, and whether to write messages."""

    term: Path
    problem: Problem
    today: date
    today_said: str | None
    thaw: bool
    only_write: bool
    sms: bool = False


def verb_of(phrase: click.Command) -> click.Command:
    """The verb of `change` that writes an event down: TERM, the event's own words, and the options of all of them."""

    @of_term
    @click.option("--only-write", is_flag=True, help="Write the row, and plan later.")
    @thaw_option
    @today_option
    def verb(term: Path, today: str | None, thaw: bool, only_write: bool, **typed: Any) -> None:
        problem = read_term(term)
        asked = Asked(term, problem, today_of(today, problem), today, thaw, only_write)
        apply(asked, [Event(phrase.name or "", typed)])

    command = click.command(phrase.name, help=phrase.help)(verb)
    command.params[2:2] = phrase.params  # after TERM and --language
    return command


for known in PHRASES.commands.values():
    change.add_command(verb_of(known))


def apply(a: Asked, events: Sequence[Event]) -> None:
    """Write the rows, plan again, and say what changes; if no plan keeps them, the tables are as they were."""
    store = Store.of(a.term)
    with store.held():
        again_of(store, a.problem, a.today_said, a.thaw)  # a wrong clock is refused before anything is written
        written = write_events(a.term, events, a.problem, a.today, store)
    if a.only_write:
        tell_written(written)
    else:
        plan_again(a, written, store)


def write_events(
    term: Path, events: Sequence[Event], problem: Problem, today: date, store: Store
) -> tuple[Written, ...]:
    """Write the row of each event, in the tables as the one before it left them: all of them, or none."""
    return write_rows(term, [partial(event.edit, today=today) for event in events], problem, store)


def tell_written(written: Sequence[Written]) -> None:
    """Which files were written, and where each is kept as it was before the first row."""
    for file in dict.fromkeys(row.file for row in written):
        tell(say("Written into {file}.", file=file), colour="green")
        kept = next(row.kept for row in written if row.file == file)
        if kept is not None:
            tell(say("As it was: {file}", file=kept))


def plan_again(a: Asked, written: Sequence[Written], store: Store) -> None:
    from .differing import show_changes

    problem = written[-1].problem
    again = again_of(store, problem, a.today_said, a.thaw)
    if again is None:
        tell_written(written)
        tell(say("Nothing is published yet. Plan: skemaplan plan {term}", term=a.term))
        return
    try:
        made = search(problem, None, 0, True, Stop(), again)
    except SkemaplanError as error:
        with store.held():
            put_back(written, store.disk)
        raise Refused(say("{why} The row was taken back: nothing was changed.", why=error.text)) from error
    with store.held():
        store.write_draft(made, again.version)
    tell_written(written)
    tell("")
    show_changes(problem, again.published, made, a.today, sms=a.sms)
