"""`check`: everything there is to say of the tables, before anything is planned."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click

from ..errors import InputError, Refused
from ..problem import Problem
from ..words import Text, say
from .speaking import of_term, show_troubles, speak_as, tell


@click.command()
@of_term
@click.option("--rows", is_flag=True, help="Print every row that is planned with, the short form written out.")
def check(term: Path, rows: bool) -> None:
    """Say what is wrong or strange in the tables.

    Everything is said at once. Errors are answered with exit code 2; with warnings only, the term can be planned.
    """
    from ..tables import all_troubles, look_at, rows_of

    found = look_at(term)
    if found.language:
        speak_as(found.language)
    if rows:
        show_rows(rows_of(term))
    troubles = all_troubles(found, since=planned_from(term))
    show_troubles(troubles)
    if found.problem is None or any(t.severity == "error" for t in troubles):
        raise click.exceptions.Exit(InputError.exit_code)
    tell(in_order(found.problem, len(troubles)), colour="green")


def planned_from(term: Path) -> date | None:
    """The day from which a published term can still be planned: what is before it stays as it was."""
    from ..store import Store

    try:
        return date.today() if Store.of(term).version else None
    except Refused:  # what was published can't be read: that is no trouble of the tables
        return None


def in_order(problem: Problem, warnings: int) -> Text:
    """What was read, in numbers: the coordinator sees at a glance that nothing is missing."""
    from ..unroll import teaching_weeks

    verdict = say("The tables are in order") if not warnings else say("The tables can be planned with")
    return say(
        "{verdict}. Participants: {participants}, teachers: {teachers}, courses: {courses}, teaching weeks: {weeks}.",
        verdict=verdict,
        participants=len(problem.participants),
        teachers=len(problem.teachers),
        courses=len(problem.courses),
        weeks=len(teaching_weeks(problem)),
    )


def show_rows(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> None:
    """Every table as CSV, under its file's name."""
    for name, rows in tables.items():
        rows = list(rows)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        tell(f"{name}.csv", bold=True)
        tell(text.getvalue())
