"""`report` and `print`: the plan as accounts, and on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..disk import Disk, replace_file
from ..errors import InMemory, InputError, Refused, Trouble
from ..store import Store
from ..words import say
from .arguments import NAMED
from .keeping import kept_plan, published_option, writing
from .linking import base_of, named, shown
from .speaking import language_of, of_term, read_term, tell


@click.command()
@of_term
@click.option("--out", required=True, type=NAMED, help="An .xlsx file, or a folder for CSV files.")
@published_option
def report(term: Path, out: Path, published: bool) -> None:
    """Write the accounts of a term.

    Hours by kind against the target, what is held, lost and unmet and why, teachers, days and trips, rooms, what
    each participant's inconvenience consists of, and a summary without names.
    """
    from ..explain import justify
    from ..report import report as frames_of
    from ..report_file import write_csv, write_report

    plan = kept_plan(term, read_term(term), published)
    frames = frames_of(plan, language_of(), justify(plan))
    with writing(out):
        if out.suffix.lower() == ".xlsx":
            write_report(frames, out, language_of())
        else:
            write_csv(frames, out)
    tell(str(out))


@click.command("print")
@of_term
@click.argument("person", required=False)
@click.option("--out", required=True, type=NAMED, help="The PDF file to write.")
@click.option("--since", metavar="DATE", help="From the week of this day on [default: the day of publishing].")
@click.option("--weeks", type=click.IntRange(min=1), help="So many weeks of each [default: all].")
@click.option("--site", type=NAMED, help="Where it was published: each sheet has its link as a code.")
def print_(term: Path, person: str | None, out: Path, since: str | None, weeks: int | None, site: Path | None) -> None:
    """Write week sheets to hang up: what is published, a page for each week.

    For everyone, or for PERSON. Paper says what the telephone says.
    """
    from ..publishing.ledger import Published
    from ..publishing.ledger_file import kept_ledger
    from ..publishing.sheets import week_sheets

    problem = read_term(term)
    plan, ledger = kept_plan(term, problem, published=True), kept_ledger(Store.of(term))
    if ledger is None:
        raise Refused(say("Nothing is published yet. Publish first: skemaplan publish {term} --site DIR", term=term))
    people = [named(problem, person)] if person else [p.id for p in problem.participants]
    urls = {x.person: x.url for x in shown(term, site, problem, people, base_of(term, site))} if site else {}
    data = week_sheets(
        Published(plan, ledger), people, since=day_of(since), weeks=weeks, url_of=lambda who: urls.get(who, "")
    )
    with writing(out):
        replace_file(Disk(), out, data)
    tell(str(out))


def day_of(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = say("{value} is not a date.", value=repr(text))
        raise InputError([Trouble(InMemory("print").cell("--since"), what, say("Write it as 2020-02-03."))]) from None
