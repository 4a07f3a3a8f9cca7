"""`why`: what doesn't fit and what would help; why a lesson isn't where somebody wants it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from ..errors import InMemory, InputError, Trouble
from ..stopping import Stop
from ..words import Text, say
from .arguments import SECONDS
from .interrupting import INTERRUPTED, interruptible
from .keeping import any_plan, kept_plan, published_option
from .speaking import language_of, of_term, read_term, tell

Found = TypeVar("Found")
STOPPING = say("Stopping with what is proven so far. Ctrl-C again gives it up.")
LONG = 20.0  # seconds for one lesson's question, if nothing is said


@click.command()
@of_term
@click.argument("person", required=False)
@click.argument("course", required=False)
@click.argument("when", required=False)
@click.option("--conflict", "as_conflict", is_flag=True, help="A least set of facts that can't hold together.")
@click.option("--seconds", type=SECONDS, help="Stop after so long; what is not proven then is said.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@published_option
def why(
    term: Path,
    person: str | None,
    course: str | None,
    when: str | None,
    as_conflict: bool,
    seconds: float | None,
    as_json: bool,
    published: bool,
) -> None:
    """Say what does not fit, and what would help.

    Every single change is tried, and shown by a plan or refuted by proof. With PERSON, COURSE and WHEN (such as
    "tue 10:15" or "2020-03-03 10:15"): why that lesson is not there, what it would cost, and what would move.
    """
    from .. import explain

    problem, stop = read_term(term), Stop()
    if person is not None:
        if course is None or when is None:
            raise InputError([_incomplete()])
        plan = kept_plan(term, problem, published)
        absent = _asked(
            lambda stop: explain.why_not(plan, person, course, when, seconds=seconds or LONG, stop=stop), stop
        )
        _say(absent, explain.tell_why_not(absent), as_json)
    elif as_conflict:
        conflicts = _asked(lambda stop: explain.conflict(problem, seconds=seconds, stop=stop), stop)
        _say(conflicts, explain.tell_conflict(conflicts), as_json)
    else:
        known = any_plan(term, problem, published)
        answer = _asked(lambda stop: explain.why(known or problem, seconds=seconds, stop=stop), stop)
        _say(answer, explain.tell_why(answer), as_json)
    if stop.asked:
        raise click.exceptions.Exit(INTERRUPTED)


def _asked(work: Callable[[Stop], Found], stop: Stop) -> Found:
    """The answer, or after a Ctrl-C what of it is proven by then."""
    return interruptible(work, stop, lambda: tell(STOPPING, err=True))


def _incomplete() -> Trouble:
    return Trouble(
        InMemory("why").cell(""),
        say("a lesson is asked for by person, course and time."),
        say('For example: skemaplan why TERM A mat "tue 10:15".'),
    )


def _say(found: object, lines: Iterable[Text], as_json: bool) -> None:
    from ..explain import as_data

    if as_json:
        click.echo(json.dumps(as_data(found, language_of()), ensure_ascii=False, indent=1, sort_keys=True))
        return
    for line in lines:
        tell(line)
