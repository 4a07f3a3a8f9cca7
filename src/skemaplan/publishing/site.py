"""The folder that a web server shows; this is the only writer of it.

  f/<token>/skema.ics   one feed for each participant, teacher and room (the token is a folder, never the file's name)
  robots.txt            allows: Google's calendar obeys it (the pages say noindex in their headers)
  .skemaplan.json       which version of which term is here; no names, no tokens

Every file is made whole, read back and compared with the plan beside the old one, all of them before the first is
replaced; then each is renamed into its place. So a full disk changes nothing, and a kill in the middle of the renames
leaves whole files, some of them old, which the next publishing finishes. Only what differs is written, and a file's
time is later than that of the one before by a second at least, since web servers tell versions apart by it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..disk import Disk, beside, discard, replace_file
from ..errors import Refused
from ..lock import held
from ..words import Text, say
from .address import ENDED, LIVE, TOKEN, Address, Addresses, digest_of, new_token
from .feed import feed, tombstone
from .ledger import Ledger, Published
from .reading import future, meant, read_feed
from .slots import people
from .wording import word

FILE = "skema.ics"
STAMP = ".skemaplan.json"
ROBOTS = b"User-agent: *\nAllow: /\n"


@dataclass(frozen=True)
class SiteReport:
    """What publishing did: whose feeds were `written`, how many were as they should be already, links made anew
    (person -> token, to be shown once), and what the coordinator should know."""

    written: tuple[str, ...]
    unchanged: int
    links: Mapping[str, str]
    addresses: Addresses
    notes: tuple[Text, ...] = ()


@dataclass
class Site:
    """A site folder as it stands: its id, which versions it holds, and the tokens found in it by their digest."""

    folder: Path
    id: str
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path) -> Site:
        """Read a site folder; a new one gets an id. Raises `Refused` for a stamp that it can't read."""
        stamp: dict[str, Any] = {"format": 1, "site": secrets.token_hex(8), "terms": {}}
        try:
            stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
            if stamp["format"] > 1:
                raise Refused(say("The site was written by a newer skemaplan. Update skemaplan."))
            terms = dict(stamp["terms"])
        except FileNotFoundError:
            terms = {}
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(say("{file} in the site can't be read ({error}).", file=STAMP, error=repr(error))) from error
        found = folder / "f"
        names = [p.name for p in found.iterdir() if TOKEN.fullmatch(p.name)] if found.is_dir() else []
        return cls(folder, str(stamp["site"]), terms, {digest_of(name): name for name in names})

    def path(self, address: Address) -> Path | None:
        """Where a link's file lies; None if the site has no folder for it."""
        token = self.tokens.get(address.digest)
        return self.folder / "f" / token / FILE if token else None

    def stamp(self) -> bytes:
        """What the site says of itself: its id, and for each term (a hash) the version it holds."""
        stamp = {"format": 1, "site": self.id, "terms": self.terms}
        return (json.dumps(stamp, sort_keys=True, indent=1) + "\n").encode()

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


def publish_to(
    folder: Path,
    published: Published,
    addresses: Addresses | None = None,
    *,
    now: datetime | None = None,
    really: bool = False,
    known: Ledger | None = None,
    commit: Callable[[Addresses], None] = lambda addresses: None,
    disk: Disk | None = None,
) -> SiteReport:
    """Bring a site folder up to what was published. `commit` is called when every file is ready and none is replaced.

    `known` is the ledger as it was before this publishing (default: the same). Raises `Refused` if a feed would lose
    all, or more than a third, of what is still to come (unless `really`), if the site was published by somebody else,
    or if the disk does not take the files; then the site is as it was.
    """
    disk, now = disk or Disk(), (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    try:
        disk.make(folder / "f")
        with held(folder / ".lock"):
            site = Site.at(folder)
            if not (folder / STAMP).exists():  # so that a first publishing that is killed can go on with its links
                replace_file(disk, folder / STAMP, site.stamp())
            _refuse_strangers(site, known or published.ledger, published.ledger)
            _sweep(site, addresses or Addresses(), disk)
            work = _Work(site, published, now, really, disk)
            return work.done(addresses or Addresses(), commit)
    except OSError as error:
        raise Refused(say("The site could not be written ({error}).", error=error)) from error


def _refuse_strangers(site: Site, known: Ledger, new: Ledger) -> None:
    site.refuse_if_ahead(known if known.version else new)


def _sweep(site: Site, addresses: Addresses, disk: Disk) -> None:
    """Remove the folders that a publishing made and was killed before it gave the links to anybody."""
    known = {a.digest for a in addresses.on(site.id)}
    for digest in sorted(set(site.tokens) - known):
        folder = site.folder / "f" / site.tokens[digest]
        if folder.is_dir() and all(p == beside(folder / FILE) for p in folder.iterdir()):
            disk.remove(beside(folder / FILE))
            disk.remove_folder(folder)
            del site.tokens[digest]


class _Work:
    """One publishing: prepares every file beside its place, then puts all in place."""

    def __init__(self, site: Site, published: Published, now: datetime, really: bool, disk: Disk) -> None:
        self.site, self.published, self.now, self.really, self.disk = site, published, now, really, disk
        self.settings = published.plan.problem.settings
        self.today = now.astimezone(ZoneInfo(self.settings.timezone)).date()
        self.ready: list[tuple[str, Path]] = []
        self.links: dict[str, str] = {}
        self.losses: list[str] = []
        self.unchanged = 0

    def done(self, addresses: Addresses, commit: Callable[[Addresses], None]) -> SiteReport:
        try:
            addresses = self.with_links(self.with_ends(addresses))
            for address in addresses.on(self.site.id):
                self.prepare(address)
            if self.losses and not self.really:
                raise Refused(
                    say(
                        "These calendars would lose more than a third of what is still to come: {who}. "
                        "If that is meant, publish with --really.",
                        who=", ".join(self.losses),
                    )
                )
            commit(addresses)
        except BaseException:
            self.give_up()
            raise
        try:
            self.put_in_place()
            notes = tuple(self.robots())
            self.stamp()
        except OSError as error:
            raise Refused(
                say("The plan is published, but the site is not finished ({error}). Publish again.", error=error)
            ) from error
        return SiteReport(tuple(sorted({who for who, _ in self.ready})), self.unchanged, self.links, addresses, notes)

    def with_ends(self, addresses: Addresses) -> Addresses:
        """With the links of those ended who have left, and of those live again who came back."""
        here = set(people(self.published.plan.problem))
        for person in sorted({a.person for a in addresses.on(self.site.id)}):
            address = addresses.live(self.site.id, person)
            if address is None:
                continue
            participant = self.published.plan.problem.participant.get(person)
            left = person not in here or bool(participant and participant.end and participant.end < self.today)
            if left and address.state == LIVE:
                addresses = addresses.closed([address], ENDED, self.now)
            elif not left and address.state == ENDED:
                addresses = addresses.opened(address)
        return addresses

    def with_links(self, addresses: Addresses) -> Addresses:
        """With a link for everybody who has none on this site, or whose folder is not there any more."""
        for person in people(self.published.plan.problem):
            address = addresses.live(self.site.id, person)
            if address is None or self.site.path(address) is None:
                token = self.links[person] = new_token()
                addresses = addresses.made(self.site.id, person, token)
                self.site.tokens[digest_of(token)] = token
        return addresses

    def prepare(self, address: Address) -> None:
        """Write what a link should serve beside what it serves now, if it differs."""
        path = self.site.path(address)
        if path is None:
            return
        data = self.content(address)
        old = path.read_bytes() if path.is_file() else b""
        if data == old:
            self.unchanged += 1
            return
        if address.state == LIVE:
            self.compare(address.person, data)
            self.count_losses(address.person, old, data)
        self.disk.make(path.parent)
        self.ready.append((address.person, path))
        self.disk.write(beside(path), data)
        before = int(path.stat().st_mtime) if path.is_file() else 0
        self.disk.stamp(beside(path), max(int(self.now.timestamp()), before + 1))

    def content(self, address: Address) -> bytes:
        if address.state == LIVE:
            return feed(self.published, address.person)
        return grave(self.published, address)

    def compare(self, person: str, data: bytes) -> None:
        """Read a feed back before it replaces anything. Raises `Refused` if it does not say what was planned."""
        try:
            same = read_feed(data) == meant(self.published, person)
        except ValueError as error:
            raise Refused(say("The feed of {who} can't be read back: {error}.", who=person, error=error)) from error
        if not same:
            raise Refused(say("The feed of {who} does not say what was planned.", who=person))

    def count_losses(self, person: str, old: bytes, new: bytes) -> None:
        try:
            had = future(read_feed(old), self.now)
        except ValueError:  # nothing there yet, or nobody could read it
            return
        if future(read_feed(new), self.now) * 3 < had * 2:
            self.losses.append(person)

    def put_in_place(self) -> None:
        for _, path in self.ready:
            self.disk.rename(beside(path), path)
            self.disk.sync(path.parent)

    def give_up(self) -> None:
        for _, path in self.ready:
            discard(self.disk, beside(path))

    def robots(self) -> Iterator[Text]:
        path = self.site.folder / "robots.txt"
        if not path.exists():
            replace_file(self.disk, path, ROBOTS)
        elif re.search(rb"(?im)^\s*disallow:\s*/", path.read_bytes()):
            yield say("robots.txt in the site forbids paths: Google's calendar would not read the feeds.")

    def stamp(self) -> None:
        """Say in the site what it holds now, so that nobody publishes an older version over it."""
        ledger = self.published.ledger
        self.site.terms[_name(ledger)] = {
            "print": ledger.trail[-1],
            "term": _term(ledger),
            "version": ledger.version,
        }
        path, data = self.site.folder / STAMP, self.site.stamp()
        if path.read_bytes() != data:
            replace_file(self.disk, path, data)


def grave(published: Published, address: Address) -> bytes:
    """What a link serves that has moved or ended."""
    settings = published.plan.problem.settings
    at = address.since or datetime(1970, 1, 1, tzinfo=UTC)
    day = at.astimezone(ZoneInfo(settings.timezone)).date()
    uid = published.ledger.uid("", address.digest)
    return tombstone(settings, uid, day, at, word(settings.language, address.state))


def _name(ledger: Ledger) -> str:
    return hashlib.sha256(ledger.namespace.bytes).hexdigest()[:16]


def _term(ledger: Ledger) -> str:
    return hashlib.sha256(f"{ledger.term}|{ledger.first}|{ledger.last}".encode()).hexdigest()[:16]
