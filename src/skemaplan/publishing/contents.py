"""What a link serves: the files of its folder, by name. Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ..facts import Settings
from ..plan_file import row_text
from .address import LIVE, Address
from .feed import feed, tombstone
from .ledger import Ledger, Published
from .sources import program
from .wording import word

FILE = "skema.ics"
PAGE = "index.html"
NAMES = (FILE, PAGE)


def contents(published: Published, address: Address, url: str) -> dict[str, bytes]:
    """The files of a link whose feed has this full address (empty if nobody knows where the site is shown)."""
    if address.state != LIVE:
        return closed(address, published.ledger, published.plan.problem.settings)
    from .page import page  # templates are slow to load, and the server needs only the names

    return {FILE: feed(published, address.person), PAGE: page(published, address.person, url=url).encode()}


def source_of(published: Published, address: Address, url: str) -> str:
    """The hash of all that the files of a link are made from: the same hash, the same files."""
    ledger = published.ledger
    own = (ledger.sources.get(address.person), ledger.feeds.digests.get(address.person), url)
    others = (address.digest, address.since, row_text(published.plan.problem.settings), program())
    said = (str(ledger.namespace), address.state, *(own if address.state == LIVE else others))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def closed(address: Address, ledger: Ledger, settings: Settings) -> dict[str, bytes]:
    """The files of a link that has moved, was revoked, or has ended: until the term ends, then there are none."""
    from .page import closed_page

    at = address.since or datetime(1970, 1, 1, tzinfo=UTC)
    day = at.astimezone(ZoneInfo(settings.timezone)).date()
    uid = ledger.uid("", address.digest)
    text = word(settings.language, address.state)
    return {
        FILE: tombstone(settings, uid, day, at, text),
        PAGE: closed_page(settings, address.state).encode(),
    }
