"""Links for people: what to print for each, a new one for whose old one got away, none for who must not have one.

An old link serves one event that says to ask for a new one: a calendar program that gets an error goes on showing what
it has for ever, and one that gets this shows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..dates import moment
from ..disk import beside, discard
from ..errors import Refused
from ..facts import Settings
from ..lock import held
from ..problem import Problem
from ..store import Store
from ..words import say
from .address import ENDED, LIVE, MOVED, REVOKED, Address, Addresses, addresses_document, digest_of, new_token
from .contents import FILE, closed, contents
from .ledger import Ledger, Published
from .ledger_file import kept_ledger
from .release import kept_addresses
from .site import prepare, put
from .site_folder import LOCK, Site
from .slots import people


@dataclass(frozen=True, slots=True)
class Link:
    """One person's link on a site, for a hand-out. `url` is empty if she has none (revoked, ended, or not here).

    `kind` is participant, teacher or room; `languages` are those she reads. Whoever has the link reads the calendar.
    """

    person: str
    label: str
    kind: str
    languages: tuple[str, ...]
    state: str
    url: str

    @property
    def page(self) -> str:
        """The page beside the calendar: what to give to somebody, on paper or as a code."""
        return self.url.removesuffix(FILE)


@dataclass(frozen=True, slots=True)
class Ending:
    """Whose links were `ended`, and who has left by the tables and not by what is published (`waiting`)."""

    ended: tuple[str, ...]
    waiting: tuple[str, ...]


def links(store: Store, folder: Path, problem: Problem, url: str | None = None) -> tuple[Link, ...]:
    """Everybody's link on the site in this folder, shown at `url` (default: what was said when it was published)."""
    site, addresses = Site.at(folder), kept_addresses(store)
    base = (site.url if url is None else url).rstrip("/")
    return tuple(_link(site, addresses, problem, person, base) for person in people(problem))


def _link(site: Site, addresses: Addresses, problem: Problem, person: str, base: str) -> Link:
    address = addresses.of(site.id, person)
    token = site.tokens.get(address.digest) if address and address.state == LIVE else None
    url = f"{base}/f/{token}/{FILE}" if token else ""
    state = address.state if address else ""
    if person in problem.participant:
        who = problem.participant[person]
        return Link(person, who.label, "participant", who.languages, state, url)
    if person in problem.teacher:
        return Link(person, problem.teacher[person].label or person, "teacher", (), state, url)
    return Link(person, person, "room", (), state, url)


def renew(store: Store, folder: Path, problem: Problem, person: str, now: datetime | None = None) -> str:
    """Give a person a new link, and let the old one say so. Returns the new token.

    Raises `Refused` if she has no link here yet, or has left; then, and if the disk is full, nothing has changed.
    """
    now = _second(now)
    with _at_work(store, folder) as (site, ledger, addresses):
        old = _own(site, addresses, person)
        if old.state == ENDED:
            raise Refused(say("{who} has left; there is no calendar to link to.", who=person))
        plan = store.published(problem)
        if plan is None:
            raise Refused(say("Nothing is published there yet. Publish first."))
        token = new_token()
        site.tokens[digest_of(token)] = token
        addresses = addresses.closed([old], MOVED, now).made(site.id, person, token)
        new = addresses.all[-1]
        files = {new: contents(Published(plan, ledger), new, site.url_of(new))}
        _change(store, site, addresses, files | _grave(addresses, old, ledger, problem), now)
        return token


def revoke(store: Store, folder: Path, problem: Problem, person: str, now: datetime | None = None) -> None:
    """Take a person's link away; she has none until `renew` gives her one. Raises `Refused` if she has none here."""
    now = _second(now)
    with _at_work(store, folder) as (site, ledger, addresses):
        old = _own(site, addresses, person)
        addresses = addresses.closed([old], REVOKED, now)
        _change(store, site, addresses, _grave(addresses, old, ledger, problem), now)


def end(store: Store, folder: Path, problem: Problem, now: datetime | None = None) -> Ending:
    """End the links of participants whose last day has passed: for a job that runs every night.

    Nothing is planned or published by it, whatever waits in the draft. Whose published calendar still holds something
    to come is left alone: by what was published she has not left. `now` has a zone; default: the clock.
    """
    now = _second(now)
    today = now.astimezone(ZoneInfo(problem.settings.timezone)).date()
    with _at_work(store, folder) as (site, ledger, addresses):
        left = [p.id for p in problem.participants if p.end and p.end < today]
        found = [a for a in (addresses.of(site.id, person) for person in left) if a and a.state == LIVE]
        waiting = [a for a in found if _to_come(ledger, a.person, problem.settings, now)]
        ended = [a for a in found if a not in waiting]
        if ended:
            addresses = addresses.closed(ended, ENDED, now)
            graves = [_grave(addresses, old, ledger, problem) for old in ended]
            _change(store, site, addresses, {a: files for grave in graves for a, files in grave.items()}, now)
        return Ending(tuple(a.person for a in ended), tuple(a.person for a in waiting))


def _to_come(ledger: Ledger, person: str, settings: Settings, now: datetime) -> bool:
    """Whether somebody's published calendar holds anything that has not ended and is not cancelled."""
    return any(
        not e.cancelled and moment(e.slot.date, e.slot.end, settings.timezone) > now
        for e in ledger.feeds.get(person, {}).values()
    )


@contextmanager
def _at_work(store: Store, folder: Path) -> Iterator[tuple[Site, Ledger, Addresses]]:
    """Both locks, and what is published. Raises `Refused` if that is nothing, or this is not the state it came from."""
    ledger = kept_ledger(store)
    if ledger is None or not folder.is_dir():
        raise Refused(say("Nothing is published there yet. Publish first."))
    try:
        with store.held(), held(folder / LOCK):
            site = Site.at(folder)
            site.refuse_if_ahead(ledger)
            yield site, ledger, kept_addresses(store)
    except OSError as error:
        raise Refused(say("The site could not be written ({error}).", error=error)) from error


def _own(site: Site, addresses: Addresses, person: str) -> Address:
    address = addresses.of(site.id, person)
    if address is None:
        raise Refused(say("{who} has no link on this site. Publish first.", who=person))
    return address


def _grave(addresses: Addresses, old: Address, ledger: Ledger, problem: Problem) -> dict[Address, dict[str, bytes]]:
    """What a link that is closed in these addresses serves from now on."""
    over = next(a for a in addresses.all if a.digest == old.digest)
    return {over: closed(over, ledger, problem.settings)}


def _change(
    store: Store, site: Site, addresses: Addresses, files: Mapping[Address, Mapping[str, bytes]], now: datetime
) -> None:
    """Change links in the order that a kill can't harm: every file beside its place, then the state, then the places.

    Killed before the state is written, nothing has changed; after it, the next publishing finishes the site.
    """
    ready: list[Path] = []
    try:
        for address, named in files.items():
            feed = site.path(address)
            if feed is None:
                continue
            for name, data in named.items():
                ready.append(feed.with_name(name))
                prepare(store.disk, ready[-1], data, now)
        store.write("addresses.json", addresses_document(addresses))
    except (OSError, Refused):
        for path in ready:
            discard(store.disk, beside(path))
        site.sweep(kept_addresses(store), store.disk)
        raise
    for path in ready:
        put(store.disk, path)


def _second(now: datetime | None) -> datetime:
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def token_of(store: Store, folder: Path, token: str) -> str | None:
    """Whose link a token is, if it is one of this term's."""
    site = Site.at(folder)
    found = [a.person for a in kept_addresses(store).on(site.id) if a.digest == digest_of(token)]
    return found[0] if found else None
