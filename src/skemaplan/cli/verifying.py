"""`verify`: look a plan over again, and a site, without any solver."""

from __future__ import annotations

from pathlib import Path

import click

from ..amounts import in_sessions, in_weeks
from ..errors import Refused
from ..schedule import TermPlan
from ..words import Text, say
from .arguments import NAMED
from .keeping import kept_plan, published_option
from .replanning import minute_of_the_clock, today_of
from .speaking import of_term, read_term, tell


@click.command()
@of_term
@published_option
@click.option("--site", type=NAMED, help="Read every calendar in this folder back, too.")
def verify(term: Path, published: bool, site: Path | None) -> None:
    """Look a plan over again.

    Every rule that must hold, every figure, and what the calendars in a site say. Answers with exit code 3 if
    anything is not as it should be.
    """
    from ..planning.verified import verify_plan

    problem = read_term(term)
    plan = kept_plan(term, problem, published or site is not None)
    found = [
        say("{week}: {what}", week=week, what=breach.text)
        for week, breach in verify_plan(plan, today_of(None, problem), minute_of_the_clock(problem))
    ]
    if site is not None:
        found += _of_site(term, site, plan)
    for text in found:
        tell(text, colour="red")
    if found:
        raise click.exceptions.Exit(Refused.exit_code)
    sessions = sum(1 for _ in plan.sessions())
    tell(
        say(
            "The plan holds: {weeks}, {sessions}.",
            weeks=in_weeks(len(plan.weeks)),
            sessions=in_sessions(sessions),
        ),
        colour="green",
    )
    if site is not None:
        tell(say("The calendars in {site} say what was planned.", site=site), colour="green")


def _of_site(term: Path, site: Path, plan: TermPlan) -> tuple[Text, ...]:
    """What is wrong in a site; Refused if there is none."""
    from ..publishing.ledger import Published
    from ..publishing.ledger_file import kept_ledger
    from ..publishing.release import kept_addresses
    from ..publishing.verifying import verify_site
    from ..store import Store

    store = Store.of(term)
    ledger = kept_ledger(store)
    if ledger is None or not site.is_dir():
        raise Refused(say("There is no site in {site}. Publish first.", site=site))
    return verify_site(site, Published(plan, ledger), kept_addresses(store))
