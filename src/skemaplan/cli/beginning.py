"""`new`: the tables of a term, to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from ..words import LANGUAGES, say, say_n
from .arguments import NAMED
from .speaking import speak_as, tell


@click.command()
@click.argument("path", type=NAMED, metavar="FOLDER|FILE.xlsx")
@click.option("--language", type=click.Choice(LANGUAGES), default="da", show_default=True, help="Headings and words.")
@click.option("--start", metavar="DATE", help="The first day of the term: holidays from then on are written in.")
@click.option("--end", metavar="DATE", help="The last day of the term.")
@click.option("--example", metavar="NAME", default="", help="A term that comes with skemaplan, with all its rows.")
@click.option("--country", default="DK", show_default=True, help="Whose public holidays.")
def new(path: Path, language: str, start: str | None, end: str | None, example: str, country: str) -> None:
    """Begin a term: tables to fill in.

    A folder of CSV tables, or a workbook if the name ends with .xlsx. Three sheets are enough for a team; the others
    are behind them. Nothing is ever overwritten.
    """
    from ..beginning import new as begin

    speak_as(language)
    files = begin(path, language, start, end, example, country=country)
    tell(
        say_n("{n} file is written in {path}.", "{n} files are written in {path}.", n=len(files), path=path)
        if len(files) > 1
        else str(files[0])
    )
    if example:
        tell(say("All tables are filled in: skemaplan check {path}", path=path))
    else:
        tell(say("Fill in the first three tables, then: skemaplan check {path}", path=path))
