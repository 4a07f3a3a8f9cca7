"""Which plan a verb is about: the draft, or what was published."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import Refused
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


def the_draft(term: Path, problem: Problem) -> Draft:
    """The draft of a term; says so if the tables have changed since it was made."""
    draft = Store.of(term).draft(problem)
    if draft is None:
        raise Refused(say("There is no plan yet. Plan first: skemaplan plan {term}", term=term))
    if draft.stale:
        tell(say("The tables have changed since this was planned. Plan again."), err=True, colour="yellow")
    return draft
