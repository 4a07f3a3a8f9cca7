"""A site folder as it stands: whose links lie in it, and which versions of which terms it holds.

f/<token>/skema.ics   one feed for each participant, teacher and room (the token is a folder, never the file's name)
robots.txt            allows: Google's calendar obeys it (the pages say noindex in their headers)
.skemaplan.json       which version of which term is here, and what each link's files were made of; no names, no tokens
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..disk import Disk, beside, replace_file
from ..errors import Refused
from ..words import say
from .address import TOKEN, Address, Addresses, digest_of
from .contents import FILE as FILE
from .contents import NAMES
from .ledger import Ledger

STAMP = ".skemaplan.json"
LOCK = ".lock"


@dataclass
class Site:
    """A site folder as it stands: its id, the address it is shown at (if that is known), which versions it holds, the
    tokens found in it by their digest, and by the same digest what each link's files were `made` of, and their own
    hashes."""

    folder: Path
    id: str
    url: str = ""
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path) -> Site:
        """Read a site folder; a new one gets an id. Raises `Refused` for a stamp that it can't read."""
        stamp: dict[str, Any] = {"format": 1, "site": secrets.token_hex(8), "terms": {}}
        try:
            stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
            if stamp["format"] > 1:
                raise Refused(say("The site was written by a newer skemaplan. Update skemaplan."))
            terms, made = dict(stamp["terms"]), {str(k): list(map(str, v)) for k, v in stamp.get("made", {}).items()}
        except FileNotFoundError:
            terms, made = {}, {}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(say("{file} in the site can't be read ({error}).", file=STAMP, error=repr(error))) from error
        found = folder / "f"
        names = [p.name for p in found.iterdir() if TOKEN.fullmatch(p.name)] if found.is_dir() else []
        tokens = {digest_of(name): name for name in names}
        return cls(folder, str(stamp["site"]), str(stamp.get("url", "")), terms, tokens, made)

    def path(self, address: Address) -> Path | None:
        """Where a link's feed lies; None if the site has no folder for it."""
        token = self.tokens.get(address.digest)
        return self.folder / "f" / token / FILE if token else None

    def url_of(self, address: Address) -> str:
        """A feed's full address; empty if the site's own is not known, or it has no folder for it."""
        token = self.tokens.get(address.digest)
        return f"{self.url.rstrip('/')}/f/{token}/{FILE}" if token and self.url else ""

    def is_made(self, address: Address, of: str) -> bool:
        """Whether a link's files were made of this, and are still as they were made."""
        feed, made = self.path(address), self.made.get(address.digest)
        if feed is None or made is None or made[0] != of:
            return False
        files = [feed.with_name(name) for name in NAMES]
        return all(p.is_file() for p in files) and made[1:] == [_hash(p.read_bytes()) for p in files]

    def note(self, address: Address, of: str, files: Mapping[str, bytes]) -> None:
        """Remember what a link's files were made of. It is kept when the site is said to hold the version."""
        self.made[address.digest] = [of, *(_hash(files[name]) for name in NAMES)]

    def claim(self, disk: Disk) -> None:
        """Give a new site its id for good, so that a first publishing that is killed can go on with its links."""
        if not (self.folder / STAMP).exists():
            self.write_stamp(disk)

    def hold(self, ledger: Ledger, disk: Disk) -> None:
        """Say in the site what it holds now, so that nobody publishes an older version over it."""
        print_, version = ledger.trail[-1], ledger.version
        self.terms[_name(ledger)] = {"print": print_, "term": _term(ledger), "version": version}
        self.write_stamp(disk)

    def write_stamp(self, disk: Disk) -> None:
        made = {digest: self.made[digest] for digest in sorted(self.made.keys() & self.tokens.keys())}
        stamp = {"format": 1, "made": made, "site": self.id, "terms": self.terms, "url": self.url}
        data = (json.dumps(stamp, sort_keys=True, indent=1) + "\n").encode()
        path = self.folder / STAMP
        if not path.is_file() or path.read_bytes() != data:
            replace_file(disk, path, data)

    def sweep(self, addresses: Addresses, disk: Disk) -> None:
        """Remove the folders that a publishing made and was killed before it gave the links to anybody."""
        known = {a.digest for a in addresses.on(self.id)}
        for digest in sorted(set(self.tokens) - known):
            folder = self.folder / "f" / self.tokens[digest]
            half = [beside(folder / name) for name in NAMES]
            if folder.is_dir() and all(p in half for p in folder.iterdir()):
                for path in half:
                    disk.remove(path)
                disk.remove_folder(folder)
                del self.tokens[digest]

    def strangers(self) -> tuple[str, ...]:
        """What lies in the site and is nobody's calendar, by its path. It is left alone; a web server may show it."""
        ours = {"f", "robots.txt", STAMP, LOCK}
        ours |= {beside(Path(name)).name for name in ours}
        there = [p.name for p in self.folder.iterdir() if p.name not in ours]
        return tuple(sorted([*there, *(f"f/{p.name}" for p in (self.folder / "f").iterdir() if not _is_link(p))]))

    def refuse_if_ahead(self, ledger: Ledger) -> None:
        """Raises `Refused` if this site was published from a ledger that this one does not come from."""
        here = self.terms.get(_name(ledger))
        same = [k for k, t in self.terms.items() if t.get("term") == _term(ledger) and k != _name(ledger)]
        if here is None and same:
            raise Refused(
                say(
                    "The site holds this term, published with another ledger. Bring back the state folder from the "
                    "backup: with a new ledger every calendar would show everything twice."
                )
            )
        if here is not None and here["print"] not in ledger.trail:
            raise Refused(
                say(
                    "The site holds version {theirs} of this term, unknown to this state folder (version {ours}): it "
                    "is an older copy, or somebody published from another machine. Use the newest state folder.",
                    theirs=here["version"],
                    ours=ledger.version,
                )
            )


def _is_link(path: Path) -> bool:
    return bool(TOKEN.fullmatch(path.name)) and path.is_dir()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _name(ledger: Ledger) -> str:
    return hashlib.sha256(ledger.namespace.bytes).hexdigest()[:16]


def _term(ledger: Ledger) -> str:
    return hashlib.sha256(f"{ledger.term}|{ledger.first}|{ledger.last}".encode()).hexdigest()[:16]
