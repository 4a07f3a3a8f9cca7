"""`demo`: the whole job on the case that comes with the package."""

from __future__ import annotations

import shlex
import shutil
from datetime import datetime
from pathlib import Path

import click

from ..errors import Refused
from ..stopping import Stop
from ..words import say, say_n
from .arguments import NAMED
from .checking import in_order
from .planning import search
from .publishing import release_to, show_release, write_lessons
from .showing import show_person
from .speaking import language_of, read_term, speaks, tell

CASE = "de-internationale"
PUBLISHED_AT = "2020-01-27T08:00+01:00"  # a week before the term: nothing of it has passed


@click.command()
@click.argument("folder", type=NAMED, default="demo", metavar="[DIR]")
@speaks
def demo(folder: Path) -> None:
    """Do the whole job on a real case.

    The case is De internationale (2020), the place DIR [default: demo]. Copies the tables, checks and plans them,
    publishes everybody's calendar to DIR/site, and says where all lies. Doing it again gives the same plan and the
    same calendars.
    """
    from ..store import Store
    from ..summary import summarise
    from ..summary_text import summary_text

    copied = copy_case(folder)
    problem = read_term(folder)
    tell(
        say("The tables are in {folder}.", folder=folder)
        if copied
        else say("Using the tables in {folder}.", folder=folder)
    )
    tell(in_order(problem, 0), colour="green")
    stop = Stop()
    plan = search(problem, None, 0, False, stop)
    if stop.asked:
        raise KeyboardInterrupt
    store = Store.of(folder)
    with store.held():
        store.write_draft(plan)
    tell("")
    tell(summary_text(summarise(plan), language_of()))
    tell("")
    person = min(problem.participant)
    weeks = sorted(plan.weeks)
    show_person(plan, person, weeks[min(1, len(weeks) - 1)])
    tell("")
    (folder / "export").mkdir(exist_ok=True)
    rows = write_lessons(plan, folder / "export" / "lessons.csv")
    tell(say_n("{n} row in {file}.", "{n} rows in {file}.", n=rows, file=folder / "export" / "lessons.csv"))
    release = release_to(folder, folder / "site", plan, datetime.fromisoformat(PUBLISHED_AT))
    show_release(release, problem, folder / "site")
    tell("")
    tell(
        say(
            "Everybody's calendar (skema.ics) and page (index.html) lie in {folder}, a folder for each link.",
            folder=folder / "site" / "f",
        )
    )
    see = shlex.join(["skemaplan", "show", str(folder), person, "--week", str(weeks[min(5, len(weeks) - 1)])])
    tell(say("See another week: {call}", call=see))


def copy_case(folder: Path) -> bool:
    """Copy the case into a new or empty folder; a folder that has the tables already is left as it is.

    Returns whether anything was copied. Raises Refused if the folder holds something else.
    """
    if (folder / "term.csv").is_file():
        return False
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(say("{folder} holds something else. Name a new folder for the demo.", folder=folder))
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(case_folder().iterdir()):
            if file.suffix in (".csv", ".md"):
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise Refused(say("The tables could not be copied ({error}).", error=error)) from error
    return True


def case_folder() -> Path:
    """Where the case lies: in the installed package, or in the repository that an editable install points to."""
    package = Path(__file__).resolve().parents[1]
    places = (package / "examples" / CASE, package.parents[1] / "examples" / CASE)
    for place in places:
        if (place / "term.csv").is_file():
            return place
    raise Refused(say("The example is not in this installation of skemaplan."))
