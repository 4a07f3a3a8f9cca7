"""Publishing a term: the state and a site brought from one version to the next, in the order that a kill can't harm.

Everything is prepared first; replacing `ledger.json` is the moment of publishing; then the site's files are renamed
into place. Killed before that moment, nothing has happened; after it, the next publishing finishes the site. Whoever
has not changed is not looked at: neither her entries nor her files are made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import Refused
from ..schedule import TermPlan
from ..store import Store
from ..words import say
from .address import Addresses, addresses_document, read_addresses
from .ledger import Ledger, Published, publish
from .ledger_file import kept_ledger, sweep, write_ledger
from .site import SiteReport, publish_to


@dataclass(frozen=True)
class Release:
    """What was published, and what that did to the site. `is_new`: there is a new version."""

    published: Published
    site: SiteReport
    is_new: bool


def kept_addresses(store: Store) -> Addresses:
    document = store.read("addresses.json")
    return Addresses() if document is None else read_addresses(document)


def release(
    store: Store,
    site: Path,
    plan: TermPlan | Callable[[], TermPlan],
    now: datetime | None = None,
    *,
    url: str | None = None,
    really: bool = False,
    rewrite_history: bool = False,
) -> Release:
    """Make a plan the published version and bring the site up to it. Takes the state's lock.

    A plan that is to be looked for, or looked at, is asked for when nobody else can write any more: it may raise, too.
    `url` is where the site is shown. Raises `Refused`, with nothing changed, for all the reasons of `publish` and of
    `publish_to`.
    """
    if store.folder.resolve().is_relative_to(site.resolve()):
        raise Refused(
            say("{site} holds the term itself, and a web server would show all of it. Name another folder.", site=site)
        )
    with store.held():
        plan = plan() if callable(plan) else plan
        ledger = kept_ledger(store)
        published = publish(plan, ledger, now, rewrite_history=rewrite_history)
        is_new = ledger is None or published.ledger.version != ledger.version

        def commit(addresses: Addresses) -> None:
            store.write("addresses.json", addresses_document(addresses))
            if is_new:
                store.write_published(published.ledger.version, plan, published.ledger.at)
            if published.ledger is not ledger:
                write_ledger(store, published.ledger)

        report = publish_to(
            site,
            published,
            kept_addresses(store),
            now=now,
            really=really,
            url=url,
            known=ledger or Ledger(),
            commit=commit,
            disk=store.disk,
        )
        sweep(store, published.ledger)
        return Release(published, report, is_new)
