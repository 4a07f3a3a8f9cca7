"""Links for people: what to print for each, a new one for whose old one got away, none for who must not have one.

An old link serves one event that says to ask for a new one: a calendar program that gets an error goes on showing what
it has for ever, and one that gets this shows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..errors import Refused
from ..lock import held
from ..problem import Problem
from ..store import Store
from ..words import say
from .address import ENDED, LIVE, MOVED, REVOKED, Address, Addresses, addresses_document, digest_of, new_token
from .feed import feed
from .ledger import Ledger, Published
from .release import kept_addresses, kept_ledger
from .site import grave, prepare, put
from .site_folder import FILE, Site
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
    def webcal(self) -> str:
        """The form that a telephone subscribes to at a tap."""
        scheme, sep, rest = self.url.partition("://")
        return f"webcal://{rest}" if sep and scheme in ("http", "https") else self.url


def links(store: Store, folder: Path, problem: Problem, base: str = "") -> tuple[Link, ...]:
    """Everybody's link on the site in this folder, which is served at the address `base`."""
    site, addresses = Site.at(folder), kept_addresses(store)
    return tuple(_link(site, addresses, problem, person, base.rstrip("/")) for person in people(problem))


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

    Raises `Refused` if she has no link here yet, or has left.
    """
    now = _second(now)
    with _at_work(store, folder) as (site, ledger, addresses):
        old = _own(site, addresses, person)
        if old.state == ENDED:
            raise Refused(say("{who} has left; there is no calendar to link to.", who=person))
        path = site.path(old)
        plan = store.published(problem)
        assert plan is not None  # a ledger names its plan
        as_published = path is not None and old.state == LIVE and path.is_file()
        data = path.read_bytes() if path and as_published else feed(Published(plan, ledger), person)
        token = new_token()
        new = site.folder / "f" / token / FILE
        prepare(store.disk, new, data, now)
        put(store.disk, new)
        addresses = addresses.closed([old], MOVED, now).made(site.id, person, token)
        store.write("addresses.json", addresses_document(addresses))
        _bury(store, site, addresses, old, ledger, problem, now)
        return token


def revoke(store: Store, folder: Path, problem: Problem, person: str, now: datetime | None = None) -> None:
    """Take a person's link away; she has none until `renew` gives her one. Raises `Refused` if she has none here."""
    now = _second(now)
    with _at_work(store, folder) as (site, ledger, addresses):
        old = _own(site, addresses, person)
        addresses = addresses.closed([old], REVOKED, now)
        store.write("addresses.json", addresses_document(addresses))
        _bury(store, site, addresses, old, ledger, problem, now)


@contextmanager
def _at_work(store: Store, folder: Path) -> Iterator[tuple[Site, Ledger, Addresses]]:
    """Both locks, and what is published. Raises `Refused` if that is nothing, or this is not the state it came from."""
    ledger = kept_ledger(store)
    if ledger is None or not folder.is_dir():
        raise Refused(say("Nothing is published there yet. Publish first."))
    try:
        with store.held(), held(folder / ".lock"):
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


def _bury(
    store: Store, site: Site, addresses: Addresses, old: Address, ledger: Ledger, problem: Problem, now: datetime
) -> None:
    """Let the old link serve what a closed one does."""
    path = site.path(old)
    closed = next(a for a in addresses.all if a.digest == old.digest)
    if path is not None:
        prepare(store.disk, path, grave(closed, ledger, problem.settings), now)
        put(store.disk, path)


def _second(now: datetime | None) -> datetime:
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def token_of(store: Store, folder: Path, token: str) -> str | None:
    """Whose link a token is, if it is one of this term's."""
    site = Site.at(folder)
    found = [a.person for a in kept_addresses(store).on(site.id) if a.digest == digest_of(token)]
    return found[0] if found else None
