"""`show`: somebody's week, or everybody's, drawn in the terminal; or every week of everybody as one file."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..dates import Week
from ..errors import InputError, Trouble
from ..problem import Problem
from ..schedule import TermPlan
from ..store import Store
from ..words import say
from .arguments import NAMED
from .keeping import kept_plan, published_option, writing
from .speaking import language_of, of_term, read_term, tell

if TYPE_CHECKING:
    from rich.console import Console


@click.command()
@of_term
@click.argument("person", required=False)
@click.option("--week", metavar="WEEK", help="Such as 2020-W12 [default: this week, or the first that is planned].")
@click.option("--html", type=NAMED, help="Write the coordinator's overview to this file instead.")
@published_option
def show(term: Path, person: str | None, week: str | None, html: Path | None, published: bool) -> None:
    """Draw somebody's week, or everybody's.

    PERSON is a participant, a teacher or a room, by id or label; without it the whole team is drawn.

    With --html, every week of everybody is one file that opens by itself: what is missing and why, what was
    proven, and what a draft changes. It is for the coordinator alone and never part of a site.
    """
    if html is not None and (person or week):
        what = say("the overview holds everybody and every week.")
        raise InputError([Trouble("--html", what, say("Leave out PERSON and --week."))])
    problem = read_term(term)
    who = None if person is None else nearest(problem, person)
    plan = kept_plan(term, problem, published)
    if html is not None:
        write_overview(html, plan, None if published else Store.of(term).published(problem))
        return
    which = week_of(week, plan, date.today())
    if who is None:
        show_team(plan, which)
    else:
        show_person(plan, who, which)


def write_overview(file: Path, plan: TermPlan, before: TermPlan | None) -> None:
    """Write the overview of a plan, with what it changes of the plan `before`."""
    from ..disk import Disk, replace_file
    from ..overview import overview

    with writing(file):
        replace_file(Disk(), file, overview(plan, before, language_of()).encode())
    tell(str(file))


def show_person(plan: TermPlan, who: str, week: Week) -> None:
    from ..grid import week_grid

    console = terminal()
    console.print(week_grid(plan, who, week, language_of(), console.width), crop=False)


def show_team(plan: TermPlan, week: Week) -> None:
    from ..grid import team_grid

    console = terminal()
    console.print(team_grid(plan, week, language_of(), console.width))


def terminal() -> Console:
    """Where to draw; colours only where they can be seen."""
    from rich.console import Console

    return Console(highlight=False)


def nearest(problem: Problem, name: str) -> str:
    """The id of whom a name means: an id or a label, however it is cased. Raises InputError with the nearest names."""
    people = {r.id: r.id for r in problem.rooms}
    people |= {t.id: t.label for t in problem.teachers} | {p.id: p.label for p in problem.participants}
    for who, label in people.items():
        if name.casefold() in (who.casefold(), label.casefold()):
            return who
    known = {**{label.casefold(): label for label in people.values()}, **{who.casefold(): who for who in people}}
    begins = [known[n] for n in known if n and n.startswith(name.casefold())]
    close = difflib.get_close_matches(name.casefold(), [k for k in known if k], n=3, cutoff=0.5)
    near = sorted(begins[:5] or [known[n] for n in close])
    what = say("there is nobody called {name}.", name=repr(name))
    if near:
        right = say("Did you mean {names}?", names=either(near))
    else:
        right = say("Known: {names}.", names=", ".join(people))
    raise InputError([Trouble("PERSON", what, right)])


def either(names: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(names))


def week_of(text: str | None, plan: TermPlan, today: date) -> Week:
    """The week that is meant. Raises InputError for one that is none, or not in the term."""
    s = plan.problem.settings
    weeks = sorted(plan.weeks) or [Week.of(s.start)]  # nothing is ever held in a term that is all closed
    if text is None:
        return Week.of(today) if Week.of(today) in plan.weeks else weeks[0]
    try:
        week = Week.parse(text)
    except ValueError:
        what = say("{value} is not a week.", value=repr(text))
        raise InputError([Trouble("--week", what, say("Write it as {week}.", week=weeks[0]))]) from None
    if not Week.of(s.start) <= week <= Week.of(s.end):
        what = say("week {week} is not in the term.", week=week)
        right = say("It has the weeks {first} to {last}.", first=Week.of(s.start), last=Week.of(s.end))
        raise InputError([Trouble("--week", what, right)])
    return week
