"""`link`, `links` and `serve`: who has which link, on paper and on the web."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click

from ..disk import Disk, replace_file
from ..errors import InMemory, InputError, Refused, Trouble
from ..problem import Problem
from ..words import say
from .keeping import writing
from .speaking import of_term, read_term, tell

site_option = click.option(
    "--site", required=True, type=click.Path(path_type=Path), help="The folder that the calendars were published to."
)


@click.command()
@of_term
@click.argument("person")
@site_option
@click.option("--renew", is_flag=True, help="A new link; the old one says from now on to ask for it.")
@click.option("--revoke", is_flag=True, help="No link any more.")
@click.option("--qr", type=click.Path(path_type=Path), help="Write the link as a QR code: an .svg or .png file.")
def link(term: Path, person: str, site: Path, renew: bool, revoke: bool, qr: Path | None) -> None:
    """Show, renew or revoke somebody's link.

    Whoever has a link reads the calendar. An old link never fails: it shows one entry that says to ask for a new one.
    """
    from ..publishing import links as of_links
    from ..store import Store

    problem, store = read_term(term), Store.of(term)
    who = named(problem, person)
    if renew and revoke:
        raise InputError([_both()])
    if renew:
        of_links.renew(store, site, problem, who)
    if revoke:
        of_links.revoke(store, site, problem, who)
        tell(say("{who} has no link any more.", who=who))
        return
    found = next(x for x in of_links.links(store, site, problem) if x.person == who)
    if not found.url:
        raise Refused(say("{who} has no link here. Make one with --renew.", who=who))
    tell(found.url)
    if qr is not None:
        write_qr(found.webcal, qr)


@click.command()
@of_term
@site_option
def links(term: Path, site: Path) -> None:
    """List everybody's link on a site."""
    from ..publishing import links as of_links
    from ..store import Store

    problem = read_term(term)
    found = of_links.links(Store.of(term), site, problem)
    width = max((len(x.label) for x in found), default=0)
    for x in found:
        tell(f"{x.label.ljust(width)}  {x.url or '-'}")


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(site: Path, host: str, port: int) -> None:
    """Serve a site's calendars and pages.

    Small and right for trying out or for a team; for more, let a web server show the folder.
    """
    try:
        from ..serve import serve as run
    except ImportError:
        raise Refused(say("Serving needs more packages: pip install 'skemaplan[serve]'")) from None
    run(site, host, port)


def named(problem: Problem, person: str) -> str:
    """The id of somebody who has a calendar, by id or label. Raises InputError with the nearest names."""
    from ..publishing.slots import people

    known = list(people(problem))
    labels = {p.label: p.id for p in problem.participants}
    if person in known:
        return person
    if person in labels:
        return labels[person]
    near = get_close_matches(person, [*known, *labels], n=3, cutoff=0.4)
    right = (
        say("Did you mean {near}?", near=", ".join(near)) if near else say("Known: {known}.", known=", ".join(known))
    )
    raise InputError([Trouble(InMemory("link").cell(""), say("there is no {value}.", value=repr(person)), right)])


def write_qr(text: str, file: Path) -> None:
    from ..publishing.subscribe import qr_bytes

    if file.suffix.lower() not in (".svg", ".png"):
        what = say("{file} is neither an .svg nor a .png file.", file=file)
        raise InputError([Trouble(InMemory("link").cell("--qr"), what, say("Name one of the two."))])
    with writing(file):
        replace_file(Disk(), file, qr_bytes(text, file.suffix.lower()[1:]))
    tell(str(file))


def _both() -> Trouble:
    return Trouble(
        InMemory("link").cell(""), say("a link is either renewed or revoked."), say("Leave one of the two out.")
    )
