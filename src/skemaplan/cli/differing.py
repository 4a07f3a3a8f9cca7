"""`diff`: what the draft changes of what is published, told to each person."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from ..amounts import in_participants
from ..errors import Refused
from ..problem import Problem
from ..schedule import TermPlan
from ..store import Store
from ..words import say, say_n
from .arguments import NAMED
from .keeping import the_draft
from .replanning import refuse_slow_clock, today_of, today_option
from .speaking import language_of, of_term, read_term, tell


@click.command()
@of_term
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@click.option("--html", "page", type=NAMED, help="Write it as a page, to this file.")
@click.option("--sms", is_flag=True, help="Print a text message for each person, to be copied.")
def diff(term: Path, today: str | None, as_json: bool, page: Path | None, sms: bool) -> None:
    """Say what the draft changes of what is published.

    For each person, in one short sentence each; who must be rung, because it is today or tomorrow and a calendar may
    be a day late; and text messages of at most 160 characters. Nothing that has passed is told.
    """
    problem = read_term(term)
    day, store = today_of(today, problem), Store.of(term)
    published = store.published(problem)
    if published is None:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    refuse_slow_clock(store, problem, day)
    draft = the_draft(term, problem).plan
    if page is not None:
        write_page(page, problem, published, draft, day, store.version)
    if as_json:
        from ..differing import changes
        from ..differing_document import differing_document

        found = changes(published, draft, day)
        document = differing_document(problem, found, day, store.version, language_of())
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    show_changes(problem, published, draft, day, sms=sms)


def show_changes(problem: Problem, published: TermPlan, draft: TermPlan, today: date, *, sms: bool = False) -> None:
    """Who must be rung, and everybody's changes."""
    from ..differing import changes, to_ring
    from ..differing_document import messages
    from ..differing_text import by_person, sentence
    from ..timetable import label_of

    found, language = changes(published, draft, today), language_of()
    tell(in_numbers(problem, published, draft, today), bold=True)
    ring = [label_of(problem, who) for who in to_ring(found, today)]
    if ring:
        tell(say("Ring today: {people}", people=", ".join(ring)), colour="yellow")
    for who, mine in by_person(found).items():
        tell("")
        tell(label_of(problem, who), bold=True)
        for change in mine:
            tell(f"  {sentence(problem, change, language)}")
        for text in messages(problem, mine).values() if sms else ():
            tell(f"  SMS ({len(text)}): {text}")


def in_numbers(problem: Problem, published: TermPlan, draft: TermPlan, today: date) -> str:
    """How many sessions of participants change, and how."""
    from ..differing import changes, counts

    found, language = changes(published, draft, today), language_of()
    if not found:
        return say("Nothing changes for anybody.").to(language)
    many = counts(found, problem)
    names = {
        "room": say("another room: {n}", n=many.get("room")),
        "time": say("another time the same day: {n}", n=many.get("time")),
        "day": say("another day: {n}", n=many.get("day")),
        "teacher": say("another teacher: {n}", n=many.get("teacher")),
        "cancelled": say("cancelled: {n}", n=many.get("cancelled")),
        "new": say("new: {n}", n=many.get("new")),
    }
    people = len({c.person for c in found if c.person not in problem.teacher})
    parts = [names[kind].to(language) for kind in many]
    return say_n(
        "{n} session changes for {people} ({parts}).",
        "{n} sessions change for {people} ({parts}).",
        n=sum(many.values()),
        people=in_participants(people),
        parts=", ".join(parts),
    ).to(language)


def write_page(page: Path, problem: Problem, published: TermPlan, draft: TermPlan, today: date, version: int) -> None:
    from ..differing import changes
    from ..differing_document import differing_page
    from ..disk import Disk, replace_file

    text = differing_page(problem, changes(published, draft, today), today, version, language_of())
    try:
        replace_file(Disk(), page, text.encode())
    except OSError as error:
        raise Refused(say("{file} could not be written ({error}).", file=page, error=error.strerror)) from error


def came_between(store: Store, problem: Problem, old: int, new: int) -> str:
    """What was published after version `old`, up to `new`: when, and how much changed."""
    language, told = language_of(), []
    for version in range(old + 1, new + 1):
        now, before = store.published(problem, version), store.published(problem, version - 1)
        at = store.published_at(version)
        what = in_numbers(problem, before, now, date.min) if before and now else ""
        day = at.date().isoformat() if at else ""
        told.append(say("version {version} ({day}): {what}", version=version, day=day, what=what).to(language))
    return " ".join(told)
