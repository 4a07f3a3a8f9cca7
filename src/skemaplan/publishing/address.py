"""Whose link is whose. A link is like a key: whoever has it reads the calendar, so it is kept like a password.

A link's secret is a token of 192 random bits. It is the name of a folder in the site (`f/<token>/skema.ics`) and stands
nowhere else: the state folder, which people copy, mail and back up, keeps only its SHA-256. The site's writer finds a
person's folder by hashing the folders' names; on the machine that has the site a link can be shown again, and anywhere
else it can only be made anew. A token is random and not derived from a secret of the term, so that one can be
revoked without the others, and a lost state folder opens nothing.

Another site (a trial, another host) has another random id and links of its own; none of them makes those of the first
site invalid.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from ..errors import Refused
from ..plan_file import Json
from ..words import say

LIVE, MOVED, REVOKED, ENDED = "live", "moved", "revoked", "ended"
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def new_token() -> str:
    """192 random bits in 32 characters that may stand in a path."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One person's link on one site. `state`: live; moved (there is a newer one), revoked (there is none) or ended
    (she has left), and then `since` when."""

    person: str
    site: str
    digest: str
    state: str = LIVE
    since: datetime | None = None


@dataclass(frozen=True)
class Addresses:
    """All links ever made for a term. Changed by making new ones."""

    all: tuple[Address, ...] = ()

    def on(self, site: str) -> tuple[Address, ...]:
        return tuple(a for a in self.all if a.site == site)

    def of(self, site: str, person: str) -> Address | None:
        """The link that a person has on a site, or had last: one revoked or ended is hers until it is renewed."""
        return self._last.get((site, person))

    @cached_property
    def _last(self) -> Mapping[tuple[str, str], Address]:
        return {(a.site, a.person): a for a in self.all if a.state != MOVED}

    def made(self, site: str, person: str, token: str) -> Addresses:
        """With a new link for a person. Her earlier ones are not touched: `closed` does that."""
        return Addresses((*self.all, Address(person, site, digest_of(token))))

    def closed(self, addresses: Iterable[Address], state: str, now: datetime) -> Addresses:
        """With these links moved or ended, from now on; those that are so already stay as they are."""
        which = {a.digest for a in addresses if a.state != state}
        return Addresses(tuple(replace(a, state=state, since=now) if a.digest in which else a for a in self.all))

    def opened(self, address: Address) -> Addresses:
        """With a link that had ended live again."""
        return Addresses(tuple(replace(a, state=LIVE, since=None) if a == address else a for a in self.all))


def addresses_document(addresses: Addresses) -> Json:
    rows = [
        {
            "person": a.person,
            "sha256": a.digest,
            "since": a.since and a.since.isoformat(),
            "site": a.site,
            "state": a.state,
        }
        for a in addresses.all
    ]
    return {"links": rows}


def read_addresses(document: Json) -> Addresses:
    """The addresses of a document. Raises `Refused` if it can't be read."""
    try:
        return Addresses(
            tuple(
                Address(
                    r["person"],
                    r["site"],
                    r["sha256"],
                    r["state"],
                    r["since"] and datetime.fromisoformat(r["since"]),
                )
                for r in document["links"]
            )
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(
            say("The links can't be read: {error}. Take the file from the backup.", error=repr(error))
        ) from error
