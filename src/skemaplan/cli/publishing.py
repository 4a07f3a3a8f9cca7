"""`publish` and `export`: the plan as calendars for everybody, and as a table."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ..errors import InMemory, InputError, Refused, Trouble
from ..problem import Problem
from ..schedule import TermPlan
from ..words import say, say_n
from .arguments import NAMED
from .differing import came_between
from .keeping import kept_plan, published_option, the_draft
from .speaking import of_term, read_term, tell

if TYPE_CHECKING:
    from ..publishing.release import Release


@click.command()
@of_term
@click.option("--lessons", "file", required=True, type=NAMED, help="The CSV file to write; - is here.")
@published_option
def export(term: Path, file: Path, published: bool) -> None:
    """Write a plan as a table.

    It has a row for each participant in each session.
    """
    problem = read_term(term)
    rows = write_lessons(kept_plan(term, problem, published), file)
    if str(file) != "-":
        tell(say_n("{n} row in {file}.", "{n} rows in {file}.", n=rows, file=file))


def write_lessons(plan: TermPlan, file: Path) -> int:
    """Write the lessons of a plan as CSV, whole or not at all; returns the number of rows."""
    from ..disk import Disk, replace_file
    from ..report import lessons

    frame = lessons(plan)
    text = frame.to_csv(index=False, lineterminator="\n")
    if str(file) == "-":
        click.echo(text, nl=False)
        return len(frame)
    if not file.parent.is_dir() or not file.name:
        raise InputError(
            [
                Trouble(
                    InMemory("export").cell("--lessons"),
                    say("there is no folder {folder}.", folder=file.parent),
                    say("Make it first."),
                )
            ]
        )
    try:
        replace_file(Disk(), file, text.encode())
    except OSError as error:
        raise Refused(
            say("{file} could not be written ({error}).", file=file, error=os.strerror(error.errno or 0))
        ) from error
    return len(frame)


@click.command()
@of_term
@click.option("--site", required=True, type=NAMED, help="The folder that the web server shows.")
@click.option("--url", help="Where that folder is on the web; it is remembered, and pages and links are made with it.")
@click.option("--now", metavar="TIME", help="Publish as if it were this time, such as 2020-01-27T08:00.")
@click.option("--really", is_flag=True, help="Even if calendars lose much of what is still to come.")
@click.option("--rewrite-history", is_flag=True, help="Even if something changes that has passed.")
@click.option("--verify-all", is_flag=True, help="Look every week over again, also those that have not changed.")
def publish(
    term: Path, site: Path, url: str | None, now: str | None, really: bool, rewrite_history: bool, verify_all: bool
) -> None:
    """Make the draft public as calendars.

    There is one in the folder SITE for every participant, teacher and room. Everybody's link stays the same from
    one publishing to the next. New links are shown once: whoever has a link reads the calendar.
    """
    problem = read_term(term)
    when = moment_of(now, problem)

    def draft() -> TermPlan:
        return ready_draft(term, problem, when, verify_all=verify_all)

    done = release_to(term, site, draft, when, url=url, really=really, rewrite_history=rewrite_history)
    show_release(done, problem, site)


def ready_draft(term: Path, problem: Problem, now: datetime | None = None, *, verify_all: bool = False) -> TermPlan:
    """The draft, if it may be published: of today's tables, of the published version, and holding every must.

    Weeks that were looked over before, exactly as they are, are looked at again with `verify_all` only.
    """
    from ..looked_over import known, marks, remember
    from ..planning.verified import verify_plan
    from ..store import Store, plan_digest

    draft, store = the_draft(term, problem), Store.of(term)
    if draft.stale:
        raise Refused(say("The draft is out of date."))
    if draft.based_on != store.version and not store.is_published(draft.plan):
        published = store.published(problem)
        if published is None or plan_digest(published) != plan_digest(draft.plan):
            raise Refused(
                say(
                    "The draft was planned from version {old}, but version {new} is published since. {what} "
                    "Plan again.",
                    old=draft.based_on,
                    new=store.version,
                    what=came_between(store, problem, draft.based_on, store.version),
                )
            )
    zone = ZoneInfo(problem.settings.timezone)
    at = (now or datetime.now(zone)).astimezone(zone)
    found = marks(draft.plan)
    held = frozenset() if verify_all else known(store, found)
    for week, breach in verify_plan(draft.plan, at.date(), at.hour * 60 + at.minute, held):
        raise Refused(say("The draft breaks a rule ({week}: {what}). Plan again.", week=week, what=breach.text))
    remember(store, found)
    return draft.plan


def release_to(
    term: Path,
    site: Path,
    plan: TermPlan | Callable[[], TermPlan],
    now: datetime | None,
    *,
    url: str | None = None,
    really: bool = False,
    rewrite_history: bool = False,
) -> Release:
    from ..publishing.release import release
    from ..store import Store

    return release(Store.of(term), site, plan, now, url=url, really=really, rewrite_history=rewrite_history)


def show_release(release: Release, problem: Problem, site: Path) -> None:
    """What was written, and each new link, once: a link is a folder with a page and a calendar in it."""
    from ..publishing.site_folder import Site

    report, version = release.site, release.published.ledger.version
    changed = say("version {version} is published", version=version)
    if not release.is_new:
        changed = say("version {version} was published already", version=version)
    tell(
        say(
            "{site}: {changed}. Calendars written: {written}, unchanged: {unchanged}.",
            site=site,
            changed=changed,
            written=len(report.written),
            unchanged=report.unchanged,
        ),
        colour="green",
    )
    for note in report.notes:
        tell(note, colour="yellow")
    if report.links:
        tell("")
        tell(say("New links. Each is like a key to one calendar; they are shown here and kept nowhere else:"))
        width = max(len(label_of(problem, person)) for person in report.links)
        base = Site.at(site).url.rstrip("/") or site
        for person, token in report.links.items():
            tell(f"  {label_of(problem, person).ljust(width)}  {base}/f/{token}/")


def label_of(problem: Problem, person: str) -> str:
    if person in problem.participant:
        return problem.participant[person].label
    return problem.teacher[person].label or person if person in problem.teacher else person


def moment_of(text: str | None, problem: Problem) -> datetime | None:
    """A time such as 2020-01-27T08:00 in the term's zone, unless it names its own. Raises InputError."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if not 1900 < moment.year < 2200:  # beyond, zones can't be reckoned with
            raise ValueError
    except ValueError:
        what = say("{value} is not a date and time.", value=repr(text))
        raise InputError([Trouble("--now", what, say("Write it as 2020-01-27T08:00."))]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(problem.settings.timezone))
