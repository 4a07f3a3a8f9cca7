"""`cover`: what can be done about an absent teacher, session by session."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import Refused
from ..problem import Problem
from ..store import Store
from ..words import Text, say, say_n
from .replanning import today_of, today_option
from .speaking import language_of, of_term, read_term, tell

if TYPE_CHECKING:
    from ..planning.cover import Choice, Hit


@click.command()
@of_term
@today_option
def cover(term: Path, today: str | None) -> None:
    """Say what can be done about an absent teacher.

    For each published session whose teacher has no time any more: a substitute who is free, another time at which
    everyone can, a later week in which it can be made up, or to cancel it. Each is for the whole group, moves nothing
    else, and has its price. Take one with `change lock`.
    """
    from ..planning.cover import cover as hits

    problem = read_term(term)
    published = Store.of(term).published(problem)
    if published is None:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    found = list(hits(problem, published, today_of(today, problem)))
    if not found:
        tell(say("No published session has lost its teacher."), colour="green")
    for hit in found:
        show_hit(problem, hit)


def show_hit(problem: Problem, hit: Hit) -> None:
    from ..differing_text import teacher_name
    from ..publishing.slots import title_of
    from ..timetable import label_of

    s, language = hit.session, language_of()
    title = title_of(problem.course[s.course], language)
    people = ", ".join(label_of(problem, p) for p in sorted(hit.participants))
    tell(f"{title} {at(hit.week.day(s.day), s.start)}, {teacher_name(problem, s.teacher)}: {people}", bold=True)
    for n, choice in enumerate(hit.choices, 1):
        tell(say("  {n}. {what}", n=n, what=said(problem, choice)))
    tell("")


def at(day: date, start: int) -> str:
    from ..publishing.wording import long_day, time_of_day

    return f"{long_day(day, language_of())} {time_of_day(start, language_of())}"


def said(problem: Problem, choice: Choice) -> Text:
    """One choice in a sentence, with what it costs."""
    from ..differing_text import teacher_name

    s = choice.session
    if s is None:
        return say_n("cancel it: {n} participant loses it", "cancel it: {n} participants lose it", n=choice.moved)
    when, who = at(choice.week.day(s.day), s.start), teacher_name(problem, s.teacher)
    cost = say_n("{n} minute of inconvenience more", "{n} minutes of inconvenience more", n=choice.price)
    if choice.price < 0:
        cost = say_n("{n} minute of inconvenience less", "{n} minutes of inconvenience less", n=-choice.price)
    if choice.kind == "substitute":
        return say("{teacher} takes it over at its time: nobody moves; {cost}", teacher=who, cost=cost)
    if choice.kind == "move":
        return say_n(
            "move it to {when} with {teacher}: {n} participant moves; {cost}",
            "move it to {when} with {teacher}: {n} participants move; {cost}",
            when=when,
            teacher=who,
            n=choice.moved,
            cost=cost,
        )
    return say("cancel it, and make it up {when} with {teacher}; {cost}", when=when, teacher=who, cost=cost)
