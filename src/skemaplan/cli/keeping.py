"""Which plan a verb is about, the draft or what was published; and files that may not be writable."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import InMemory, InputError, Refused, Trouble
from ..problem import Problem
from ..schedule import TermPlan
from ..store import Draft, Store
from ..words import say
from .speaking import tell

published_option = click.option("--published", is_flag=True, help="What was published last, not the draft.")


def kept_plan(term: Path, problem: Problem, published: bool) -> TermPlan:
    """The draft of a term, or its published plan. Raises Refused if there is none."""
    if not published:
        return the_draft(term, problem).plan
    plan = Store.of(term).published(problem)
    if plan is None:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    return plan


def any_plan(term: Path, problem: Problem, published: bool) -> TermPlan | None:
    """The draft of a term, else its published plan, of whatever tables it was made; None if none can be read."""
    store = Store.of(term)
    try:
        draft = None if published else store.draft(problem)
        return draft.plan if draft else store.published(problem)
    except Refused:
        return None


def the_draft(term: Path, problem: Problem) -> Draft:
    """The draft of a term; says so if the tables have changed since it was made."""
    draft = Store.of(term).draft(problem)
    if draft is None:
        raise Refused(say("There is no plan yet. Plan first: skemaplan plan {term}", term=term))
    if draft.stale:
        tell(say("The tables have changed since this was planned. Plan again."), err=True, colour="yellow")
    return draft


class writing:
    """Turns a file that can't be written into a sentence."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        if not self.file.absolute().parent.is_dir():
            what = say("there is no folder {folder}.", folder=self.file.parent)
            raise InputError([Trouble(InMemory(str(self.file)).cell(""), what, say("Make it first."))])

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise Refused(
                say("{file} could not be written ({error}).", file=self.file, error=error.strerror)
            ) from error
