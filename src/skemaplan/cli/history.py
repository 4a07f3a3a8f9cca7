"""`history`, `restore`, `next-term`: what was published, going back to it, and going on from it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ..errors import Refused
from ..schedule import TermPlan
from ..store import Store
from ..words import say, say_n
from .arguments import NAMED
from .differing import in_numbers
from .publishing import moment_of, release_to, show_release
from .replanning import day_of
from .speaking import language_of, of_term, read_term, tell


@click.command()
@of_term
def history(term: Path) -> None:
    """List every published version: when, and what it changed."""
    problem = read_term(term)
    store = Store.of(term)
    if not store.versions:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    before = None
    for version in store.versions:
        plan = store.published(problem, version)
        at = store.published_at(version)
        when = f"{at.astimezone(ZoneInfo(problem.settings.timezone)):%Y-%m-%d %H:%M}" if at else ""
        what = say("the first").to(language_of())
        if before is not None and plan is not None:
            what = in_numbers(problem, before, plan, date.min)
        tell(f"{version:4}  {when:16}  {what}")
        before = plan


@click.command()
@of_term
@click.argument("version", type=int)
@click.option("--site", required=True, type=NAMED, help="The folder that the web server shows.")
@click.option("--now", metavar="TIME", help="As if it were this time, such as 2020-01-27T08:00.")
@click.option("--really", is_flag=True, help="Even if calendars lose much of what is still to come.")
def restore(term: Path, version: int, site: Path, now: str | None, really: bool) -> None:
    """Publish an earlier VERSION again, as a new one.

    What is still to come is as it was then; what has passed stays. Entries move back in everybody's calendar. The
    tables stay as they are: put them right, then plan again.
    """
    from ..restoring import restored

    problem = read_term(term)
    when = moment_of(now, problem) or datetime.now(ZoneInfo(problem.settings.timezone))
    store = Store.of(term)

    def earlier_plan() -> TermPlan:
        published, earlier = store.published(problem), store.published(problem, version)
        if published is None or earlier is None:
            raise Refused(say("There is no published version {version}.", version=version))
        return restored(earlier, published, when)

    done = release_to(term, site, earlier_plan, when, really=really)
    show_release(done, problem, site)
    plan = done.published.plan
    with store.held():
        store.write_draft(plan, done.published.ledger.version)
    if any(dated.stale for dated in plan.weeks.values()):
        text = say("The tables say otherwise than version {version}: put them right, then plan again.", version=version)
        tell(text, err=True, colour="yellow")


@click.command("next-term")
@of_term
@click.argument("new", type=NAMED, metavar="NEW")
@click.option("--start", required=True, metavar="DATE", help="The first day of the new term.")
@click.option("--end", required=True, metavar="DATE", help="The last day of the new term.")
@click.option("--name", default="", help="What the new term is called [default: as the old one].")
def next_term(term: Path, new: Path, start: str, end: str, name: str) -> None:
    """Begin the next term out of TERM, in NEW: a folder, or a workbook if it ends with .xlsx.

    Teachers, rooms, bell times and courses are taken over; participants, and what was only for a time, are not. The
    new term has a state, and links, of its own.
    """
    from ..next_term import next_term as write_next

    problem = read_term(term)
    first, last = day_of(start, "--start"), day_of(end, "--end")
    if last < first:
        raise Refused(say("{end} is before {start}.", end=last, start=first))
    if first <= problem.settings.end:
        raise Refused(say("{start} is before the old term ends ({end}).", start=first, end=problem.settings.end))
    files = write_next(term, problem, new, name or problem.settings.name, first, last)
    tell(
        say_n("{n} file is written in {path}.", "{n} files are written in {path}.", n=len(files), path=new)
        if len(files) > 1
        else str(files[0])
    )
    tell(say("Write in the new participants, then: skemaplan check {path}", path=new))
