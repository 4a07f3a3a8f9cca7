"""Reads a whole site back and compares it with what was published: every instant of every feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..dates import clock
from ..words import Text, say
from .address import LIVE, Address, Addresses
from .ledger import Published
from .reading import ReadEvent, meant, read_feed
from .site_folder import Site
from .slots import people, slots_by_person


def verify_site(folder: Path, published: Published, addresses: Addresses) -> tuple[Text, ...]:
    """What is not as it should be, a sentence for each; nothing if all is well.

    Two things are compared: the plan with the ledger (what is published), and the ledger with what another reader than
    the one that wrote them finds in the files.
    """
    site = Site.at(folder)
    found = list(_plan_is_published(published))
    for person in people(published.plan.problem):
        address = addresses.of(site.id, person)
        if address is None or site.path(address) is None:
            found.append(say("{who} has no calendar in the site.", who=person))
    for address in addresses.on(site.id):
        found += _file(site, published, address)
    return tuple(found)


def _plan_is_published(published: Published) -> Iterator[Text]:
    """Every session of the plan stands in the ledger as held, and no other does."""
    for person, slots in slots_by_person(published.plan).items():
        planned = Counter(s.facts for s in slots if s.is_session)
        entries = published.ledger.feeds.get(person, {}).values()
        held = Counter(e.slot.facts for e in entries if e.slot.is_session and not e.cancelled)
        for date, start, *_ in sorted((planned - held) + (held - planned), key=str):
            at = clock(start) if isinstance(start, int) else ""
            yield say("{who}, {date} {at}: the plan and what was published differ.", who=person, date=date, at=at)


def _file(site: Site, published: Published, address: Address) -> Iterator[Text]:
    path = site.path(address)
    if path is None or not path.is_file():
        if address.state == LIVE:
            yield say("The calendar of {who} is missing.", who=address.person)
        return
    try:
        events = read_feed(path.read_bytes())
    except (ValueError, OSError) as error:
        yield say("The calendar of {who} can't be read: {error}.", who=address.person, error=error)
        return
    if address.state != LIVE:
        if len(events) != 1 or not events[0].transparent:
            yield say("An old link of {who} still shows a calendar.", who=address.person)
        return
    there, right = set(events), set(meant(published, address.person))
    for event in sorted(there ^ right):
        what = say("is too much") if event in there else say("is missing")
        yield say("The calendar of {who}: {event} {what}.", who=address.person, event=_named(event), what=what)


def _named(event: ReadEvent) -> str:
    return f"{event.start:%Y-%m-%d %H:%M} UTC {event.summary}"
