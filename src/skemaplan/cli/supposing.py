"""`what-if`: some changes tried on a copy of the tables, and what they would mean for whom. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..editing import Edit, Written, put_back
from ..errors import InMemory, InputError, Refused, Trouble
from ..plan_file import fingerprint
from ..problem import Problem
from ..schedule import TermPlan
from ..stopping import Stop
from ..store import Store
from ..tables import read
from ..words import Text, decimal, say
from .arguments import SECONDS
from .changing import tell_written, write_events
from .copying import copied
from .differing import show_changes
from .events import PHRASES, Event
from .planning import search
from .replanning import Again, again_of, day_of, thaw_option, today_option
from .speaking import language_of, of_term, read_term, tell

if TYPE_CHECKING:
    from ..planning.what_if import Figures, WhatIf

FORMAT = 1
BEFORE_EACH = "--"


class Changes(click.Command):
    """A verb with changes after its own words: each begins with `--`, and is said as `change` would be told."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args.index(BEFORE_EACH) if BEFORE_EACH in args else len(args)
        ctx.meta["changes"] = [list(words) for words in _each(args[first:])]
        return super().parse_args(ctx, args[:first])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "-- CHANGE [-- CHANGE]..."]


def _each(words: Sequence[str]) -> Iterator[list[str]]:
    found: list[str] = []
    for word in words:
        if word != BEFORE_EACH:
            found.append(word)
        elif found:
            yield found
            found = []
    if found:
        yield found


@click.command("what-if", cls=Changes)
@of_term
@click.option("--take", is_flag=True, help="Keep it: the rows are written, and the plan is the draft.")
@click.option("--seconds", type=SECONDS, help="Stop after so long [default: when all is proven].")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@today_option
@thaw_option
def what_if(term: Path, take: bool, seconds: float | None, as_json: bool, today: str | None, thaw: bool) -> None:
    """Say what would happen if something changed. Nothing is written.

    Each CHANGE is said as it is to `change`, without TERM, after a `--` of its own. They are tried together, on a copy
    of the tables, and the term is planned again with the fewest moves: from what is published, or from the draft if
    nothing is. Then it is said what changes for whom, and what it would cost.
    """
    problem = read_term(term)
    events = [event_of(words) for words in click.get_current_context().meta["changes"]]
    if not events:
        raise InputError([_nothing_said()])
    supposed = Supposed.of(term, events, problem, today, thaw)
    found = supposed.answer(seconds)
    written = supposed.keep(found.after) if take else ()
    if as_json:
        click.echo(json.dumps(document(supposed, found, take), ensure_ascii=False, indent=2))
        return
    show(supposed, found)
    tell("")
    if take:
        tell_written(written)
    else:
        tell(say("Nothing was written. To do it, say the same with --take."))


def event_of(words: Sequence[str]) -> Event:
    """The event that somebody's words tell of. Raises InputError for a word that is no event's name."""
    from ..explain.naming import meant

    name, *rest = words
    phrase = PHRASES.commands[meant(say("The change"), name, {n: n for n in PHRASES.commands})]
    with phrase.make_context(phrase.name, rest, parent=click.get_current_context()) as ctx:
        event = phrase.invoke(ctx)
    assert isinstance(event, Event)
    return event


def _nothing_said() -> Trouble:
    what = say("no change is named.")
    right = say("For example: skemaplan what-if TERM -- absent U-MAT 2020-03-02 2020-03-13.")
    return Trouble(InMemory("what-if").cell(""), what, right)


@dataclass(frozen=True)
class Supposed:
    """Changes that are not written: their `rows`, the tables with them, and the plan that they are tried on.

    `version` is that of the published plan; 0 where it is the draft, in which nothing has been promised to anybody.
    """

    term: Path
    events: tuple[Event, ...]
    rows: tuple[Edit, ...]
    problem: Problem
    again: Again
    version: int

    @classmethod
    def of(cls, term: Path, events: Sequence[Event], problem: Problem, today: str | None, thaw: bool) -> Supposed:
        """The changes written into a copy of the tables. Raises what writing them would raise."""
        store = Store.of(term)
        day = again_from(store, problem, today, thaw, term).today
        with copied(term, problem) as copy, Store.of(copy).held() as aside:
            written = write_events(copy, events, problem, day, aside)
        then = written[-1].problem
        rows = tuple(row.edit for row in written)
        return cls(term, tuple(events), rows, then, again_from(store, then, today, thaw, term), store.version)

    @property
    def since(self) -> date:
        """From when on changes are told: nobody has been told anything of a plan that is not published."""
        return self.again.today if self.version else date.min

    def answer(self, seconds: float | None) -> WhatIf:
        from ..planning.what_if import WhatIf

        return WhatIf(self.again.published, search(self.problem, seconds, 0, True, Stop(), self.again))

    def keep(self, plan: TermPlan) -> tuple[Written, ...]:
        """Write the rows into the term's own tables, and keep the plan as its draft: both, or neither."""
        store = Store.of(self.term)
        with store.held():
            written = write_events(self.term, self.events, read(self.term), self.again.today, store)
            if fingerprint(written[-1].problem) != fingerprint(self.problem):
                put_back(written, store.disk)
                raise Refused(say("The tables were changed meanwhile. Nothing was changed; ask again."))
            store.write_draft(plan)
        return written


def again_from(store: Store, problem: Problem, today: str | None, thaw: bool, term: Path) -> Again:
    """The published plan, to plan again from; the draft, of which everything may move, where nothing is published.

    Raises Refused if there is neither.
    """
    again = again_of(store, problem, today, thaw)
    if again is not None:
        return again
    draft = store.draft(problem)
    if draft is None:
        raise Refused(say("There is no plan yet. Plan first: skemaplan plan {term}", term=term))
    day = day_of(today, "--today") if today else problem.settings.start
    return Again(draft.plan, day, True, False)


def show(supposed: Supposed, found: WhatIf) -> None:
    """Everybody's changes, then the figures before and after."""
    from ..summary_text import columns

    problem, language = supposed.problem, language_of()
    show_changes(problem, found.before, found.after, supposed.since)
    tell("")

    def row(name: Text, old: float, new: float) -> list[str]:
        return [name.to(language), decimal(old, language), decimal(new, language)]

    was, would_be, lesson = found.was, found.would_be, problem.settings.lesson_minutes
    rows = [
        ["", say("now").to(language), say("then").to(language)],
        row(say("lessons held"), was.held / lesson, would_be.held / lesson),
        row(say("lost"), was.lost / lesson, would_be.lost / lesson),
        row(say("unmet"), was.unmet / lesson, would_be.unmet / lesson),
        row(say("minutes of inconvenience"), was.inconvenience, would_be.inconvenience),
    ]
    for line in columns(rows):
        tell(line)
    for more in misses(problem, found, language):
        tell(f"  {more}")
    if not found.moves.proven:
        tell(say("It is not proven that fewer sessions could not move."), colour="yellow")
    if supposed.version and not Store.of(supposed.term).published_of(read(supposed.term)):
        tell(say("What was changed in the tables since the last version counts too."), colour="yellow")


def misses(problem: Problem, found: WhatIf, language: str) -> Iterator[str]:
    """Who would miss more, or less, of what."""
    from ..publishing.slots import title_of
    from ..timetable import label_of

    for m in found.misses:
        who = f"{label_of(problem, m.participant)}, {title_of(problem.course[m.course], language)}"
        n = decimal(abs(m.minutes) / problem.settings.lesson_minutes, language)
        if m.kind == "lost":
            text = (
                say("{who}: {n} more lost", who=who, n=n)
                if m.minutes > 0
                else say("{who}: {n} fewer lost", who=who, n=n)
            )
        else:
            text = (
                say("{who}: {n} more unmet", who=who, n=n)
                if m.minutes > 0
                else say("{who}: {n} fewer unmet", who=who, n=n)
            )
        yield text.to(language)


def document(supposed: Supposed, found: WhatIf, taken: bool) -> dict[str, Any]:
    """All of it for a program; amounts of teaching are lessons."""
    from ..differing import changes
    from ..differing_document import differing_document

    problem = supposed.problem
    told = changes(found.before, found.after, supposed.since)
    lesson = problem.settings.lesson_minutes

    def sums(f: Figures) -> dict[str, float]:
        held, lost, unmet = (round(n / lesson, 2) for n in (f.held, f.lost, f.unmet))
        return {"held": held, "lost": lost, "unmet": unmet, "inconvenience": f.inconvenience}

    return {
        **differing_document(problem, told, supposed.since, supposed.version, language_of()),
        "format": FORMAT,
        "today": supposed.again.today.isoformat(),
        "rows": [{"table": r.table, "cells": dict(r.cells), "removed": r.remove} for r in supposed.rows],
        "now": sums(found.was),
        "then": sums(found.would_be),
        "misses": [
            {"participant": m.participant, "course": m.course, "kind": m.kind, "lessons": round(m.minutes / lesson, 2)}
            for m in found.misses
        ],
        "moves": {"value": found.moves.value, "bound": found.moves.bound, "proven": found.moves.proven},
        "taken": taken,
    }
