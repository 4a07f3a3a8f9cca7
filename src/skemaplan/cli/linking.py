"""`link`, `links` and `serve`: who has which link, on paper and on the web."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..disk import Disk, beside, replace_file
from ..errors import InMemory, InputError, Refused, Trouble
from ..problem import Problem
from ..words import say
from .arguments import NAMED
from .keeping import writing
from .speaking import of_term, read_term, tell

if TYPE_CHECKING:
    from ..publishing.links import Link

site_option = click.option("--site", required=True, type=NAMED, help="The folder that the calendars were published to.")


@click.command()
@of_term
@click.argument("person")
@site_option
@click.option("--renew", is_flag=True, help="A new link; the old one says from now on to ask for it.")
@click.option("--revoke", is_flag=True, help="No link any more.")
@click.option("--qr", metavar="FILE", help="Write the link as a QR code: an .svg or .png file; - draws it here.")
def link(term: Path, person: str, site: Path, renew: bool, revoke: bool, qr: str | None) -> None:
    """Show, renew or revoke somebody's link.

    Whoever has a link reads the calendar. An old link never fails: it shows one entry that says to ask for a new one.
    """
    from ..publishing import links as of_links
    from ..store import Store

    problem, store = read_term(term), Store.of(term)
    who = named(problem, person)
    if revoke and (renew or qr is not None):
        raise InputError([_both()])
    if qr is not None:
        _refuse_no_picture(qr)
        base_of(term, site)
    if renew:
        of_links.renew(store, site, problem, who)
    if revoke:
        of_links.revoke(store, site, problem, who)
        tell(say("{who} has no link any more.", who=who))
        return
    [found] = shown(term, site, problem, [who])
    if not found.url:
        raise Refused(say("{who} has no link here. Make one with --renew.", who=who))
    tell(say("The page, for her telephone: {url}", url=found.page))
    tell(say("The calendar, for a program: {url}", url=found.url))
    if qr is not None:
        write_qr(found.page, qr, site)


@click.command()
@of_term
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@site_option
@click.option(
    "--sheet",
    type=NAMED,
    help="Write the hand-out instead: an .html file to print, with a slip for each participant.",
)
@click.option("--end", is_flag=True, help="End the links of all whose last day has passed: for a job every night.")
def links(term: Path, people: tuple[str, ...], site: Path, sheet: Path | None, end: bool) -> None:
    """List everybody's link on a site, or print the hand-out.

    On a slip are the link as a code, and three steps in Danish and in the language that she reads. The hand-out is for
    all participants, or for each PERSON named.
    """
    problem = read_term(term)
    if end:
        if people or sheet is not None:
            raise InputError([_end_alone()])
        end_links(term, site, problem)
        return
    who = [named(problem, person) for person in people]
    if sheet is not None:
        found = shown(term, site, problem, who or [p.id for p in problem.participants], base=base_of(term, site))
        write_handout(found, problem, sheet, site)
        return
    found = shown(term, site, problem, who)
    width = max((len(x.label) for x in found), default=0)
    for x in found:
        tell(f"{x.label.ljust(width)}  {x.page or '-'}")


def end_links(term: Path, site: Path, problem: Problem) -> None:
    """End the links of those who have left, and say whose."""
    from ..publishing.links import end
    from ..store import Store

    done = end(Store.of(term), site, problem)
    for who in done.ended:
        tell(say("{who} has left: the link says so from now on.", who=problem.participant[who].label))
    for who in done.waiting:
        tell(
            say(
                "{who} has left, but the published calendar goes on: plan and publish.",
                who=problem.participant[who].label,
            ),
            err=True,
            colour="yellow",
        )


def shown(term: Path, site: Path, problem: Problem, who: list[str], base: str = "") -> tuple[Link, ...]:
    """The links of these people (none named: of everybody), at the site's own address or else as files."""
    from ..publishing.links import links as all_links
    from ..publishing.site_folder import STAMP, Site
    from ..store import Store

    if not (site / STAMP).is_file():
        raise Refused(say("There is no site in {site}. Publish first.", site=site))
    found = all_links(Store.of(term), site, problem, base or Site.at(site).url or str(site))
    return tuple(x for x in found if x.person in who) if who else found


def base_of(term: Path, site: Path) -> str:
    """Where the site is on the web. Raises Refused if nobody has said so: a code would lead nowhere."""
    from ..publishing.site_folder import Site

    base = Site.at(site).url
    if not base:
        raise Refused(
            say(
                "Nobody has said where {site} is shown on the web. Say it once: "
                "skemaplan publish {term} --site {site} --url https://…",
                site=site,
                term=term,
            )
        )
    return base


@click.command()
@click.argument("site", type=NAMED)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(site: Path, host: str, port: int) -> None:
    """Serve a site's calendars and pages.

    Small and right for trying out or for a team; for more, let a web server show the folder.
    """
    if not site.is_dir():
        what = say("there is no folder {folder}.", folder=site)
        raise InputError([Trouble(InMemory("serve").cell(""), what, say("Publish first."))])
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


def write_handout(found: tuple[Link, ...], problem: Problem, sheet: Path, site: Path) -> None:
    """Write the slips, and say who has none and which languages still wait for their words."""
    from ..publishing.handout import handout, languages_without_steps

    given = [x for x in found if x.url]
    if not given:
        raise Refused(say("Nobody here has a link."))
    write_secret(sheet, handout(given, problem.settings).encode(), site)
    tell(str(sheet))
    tell(say("Every link is on it: print it, hand out the slips, and delete the file."), err=True, colour="yellow")
    for x in found:
        if not x.url:
            tell(say("{who} has no link here. Make one with --renew.", who=x.label), err=True, colour="yellow")
    waiting = languages_without_steps(given, problem.settings)
    if waiting:
        tell(
            say(
                "The steps stand in Danish only, until somebody confirms them in: {languages}.",
                languages=", ".join(waiting),
            ),
            err=True,
        )


def write_qr(text: str, file: str, site: Path) -> None:
    from ..publishing.subscribe import qr_bytes, qr_drawn

    if file == "-":
        tell(qr_drawn(text))
        return
    write_secret(Path(file), qr_bytes(text, Path(file).suffix.lower()[1:]), site)
    tell(file)


def write_secret(file: Path, data: bytes, site: Path) -> None:
    """Write a file with links in it: for its owner alone, and never where a web server shows it."""
    if file.resolve().is_relative_to(site.resolve()):
        raise Refused(say("{file} lies in the site, where everybody could read it. Name another place.", file=file))
    with writing(file):
        beside(file).touch(mode=0o600)
        replace_file(Disk(), file, data)


def _refuse_no_picture(file: str) -> None:
    if file != "-" and Path(file).suffix.lower() not in (".svg", ".png"):
        what = say("{file} is neither an .svg nor a .png file.", file=file)
        raise InputError([Trouble(InMemory("link").cell("--qr"), what, say("Name one of the two."))])


def _both() -> Trouble:
    what = say("a link that is revoked is not renewed, and has no code.")
    return Trouble(InMemory("link").cell("--revoke"), what, say("Leave one of the two out."))


def _end_alone() -> Trouble:
    what = say("the links of those who have left are ended for all at once.")
    return Trouble(InMemory("links").cell("--end"), what, say("Give it without names and without --sheet."))
