"""The folder that a web server shows; this is the only writer of it.

Every file is made whole, read back and compared with the plan beside the old one, all of them before the first is
replaced; then each is renamed into its place. So a full disk changes nothing, and a kill in the middle of the renames
leaves whole files, some of them old, which the next publishing finishes. Only what differs is written, and a file's
time is later than that of the one before by a second at least, since web servers tell versions apart by it. The site
remembers what each link's files were made of: where that is the same, and the files are as they were made, they are
not made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..disk import Disk, beside, discard, replace_file
from ..errors import Refused
from ..lock import held
from ..words import Text, say
from .address import ENDED, LIVE, MOVED, REVOKED, Address, Addresses, digest_of, new_token
from .contents import FILE, NAMES, contents, source_of
from .ledger import Ledger, Published
from .reading import ReadEvent, future, meant, read_feed
from .site_folder import LOCK, Site
from .slots import people

ROBOTS = b"User-agent: *\nAllow: /\n"


@dataclass(frozen=True)
class SiteReport:
    """What publishing did: whose feeds were `written`, how many were as they should be already, links made anew (person
    -> token, to be shown once), and what the coordinator should know.
    """

    written: tuple[str, ...]
    unchanged: int
    links: Mapping[str, str]
    addresses: Addresses
    notes: tuple[Text, ...] = ()


def publish_to(
    folder: Path,
    published: Published,
    addresses: Addresses | None = None,
    *,
    now: datetime | None = None,
    really: bool = False,
    url: str | None = None,
    known: Ledger | None = None,
    commit: Callable[[Addresses], None] = lambda addresses: None,
    disk: Disk | None = None,
) -> SiteReport:
    """Bring a site folder up to what was published. `commit` is called when every file is ready and none is replaced.

    `url` is where the folder is shown on the web (default: what was said the last time); pages speak of it. `known` is
    the ledger as it was before this publishing (default: the same). Raises `Refused` if a feed would lose
    all, or more than a third, of what is still to come (unless `really`), if the site was published by somebody else,
    or if the disk does not take the files; then the site is as it was.
    """
    disk, now = disk or Disk(), (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    try:
        disk.make(folder / "f")
        with held(folder / LOCK):
            site = Site.at(folder)
            site.claim(disk)
            site.url = site.url if url is None else url
            before = known or published.ledger
            site.refuse_if_ahead(before if before.version else published.ledger)
            site.sweep(addresses or Addresses(), disk)
            work = _Work(site, published, now, really, disk)
            return work.done(addresses or Addresses(), commit)
    except OSError as error:
        raise Refused(say("The site could not be written ({error}).", error=error)) from error


class _Work:
    """One publishing: prepares every file beside its place, then puts all in place."""

    def __init__(self, site: Site, published: Published, now: datetime, really: bool, disk: Disk) -> None:
        self.site, self.published, self.now, self.really, self.disk = site, published, now, really, disk
        self.settings = published.plan.problem.settings
        self.today = now.astimezone(ZoneInfo(self.settings.timezone)).date()
        self.here = frozenset(people(published.plan.problem))
        self.ready: list[tuple[str, Path]] = []
        self.over: list[Path] = []
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
            self.disk.force([*(beside(path) for _, path in self.ready), self.site.folder / "f"])
            commit(addresses)
        except BaseException:
            self.give_up()
            raise
        try:
            self.put_in_place()
            notes = (*self.robots(), *self.strangers())
            self.site.hold(self.published.ledger, self.disk)
        except OSError as error:
            raise Refused(
                say("The plan is published, but the site is not finished ({error}). Publish again.", error=error)
            ) from error
        written = tuple(sorted({who for who, path in self.ready if path.name == FILE}))
        return SiteReport(written, self.unchanged, self.links, addresses, notes)

    def with_ends(self, addresses: Addresses) -> Addresses:
        """With the links of those ended who have left, and of those live again who came back."""
        for person in sorted({a.person for a in addresses.on(self.site.id)}):
            address = addresses.of(self.site.id, person)
            if address is None:
                continue
            participant = self.published.plan.problem.participant.get(person)
            left = person not in self.here or bool(participant and participant.end and participant.end < self.today)
            if left and address.state == LIVE:
                addresses = addresses.closed([address], ENDED, self.now)
            elif not left and address.state == ENDED:
                addresses = addresses.opened(address)
        return addresses

    def with_links(self, addresses: Addresses) -> Addresses:
        """With a link for everybody who has none on this site, or whose folder is not there any more."""
        for person in [p for p in people(self.published.plan.problem) if self.lacks_link(addresses, p)]:
            token = self.links[person] = new_token()
            addresses = addresses.made(self.site.id, person, token)
            self.site.tokens[digest_of(token)] = token
        return addresses

    def lacks_link(self, addresses: Addresses, person: str) -> bool:
        address = addresses.of(self.site.id, person)
        return address is None or (address.state == LIVE and self.site.path(address) is None)

    def prepare(self, address: Address) -> None:
        """Write what a link should serve beside what it serves now, where it differs."""
        feed = self.site.path(address)
        if feed is None:
            return
        if address.state in (MOVED, REVOKED) and self.today > self.settings.end:
            self.over += [feed.with_name(name) for name in NAMES]
            return
        url = self.site.url_of(address)
        made_of = source_of(self.published, address, url)
        if self.site.is_made(address, made_of):
            self.unchanged += 1
            return
        files = contents(self.published, address, url)
        for name, data in files.items():
            path = feed.with_name(name)
            old = path.read_bytes() if path.is_file() else b""
            if data == old:
                self.unchanged += name == FILE
                continue
            if name == FILE:
                self.look_over(address, old, data)
            self.ready.append((address.person, path))
            prepare(self.disk, path, data, self.now)
        self.site.note(address, made_of, files)

    def look_over(self, address: Address, old: bytes, new: bytes) -> None:
        events = self.read_back(address.person, new)
        if address.state == LIVE and events != meant(self.published, address.person):
            raise Refused(say("The feed of {who} does not say what was planned.", who=address.person))
        if address.state == LIVE or (address.state == ENDED and address.person not in self.here):
            self.count_losses(address.person, old, events)

    def read_back(self, person: str, data: bytes) -> tuple[ReadEvent, ...]:
        """Read a feed before it replaces anything. Raises `Refused` if that can't be done."""
        try:
            return read_feed(data)
        except ValueError as error:
            raise Refused(say("The feed of {who} can't be read back: {error}.", who=person, error=error)) from error

    def count_losses(self, person: str, old: bytes, new: tuple[ReadEvent, ...]) -> None:
        try:
            had = future(read_feed(old), self.now)
        except ValueError:  # nothing there yet, or nobody could read it
            return
        if future(new, self.now) * 3 < had * 2:
            self.losses.append(person)

    def put_in_place(self) -> None:
        for _, path in self.ready:
            self.disk.rename(beside(path), path)
        self.disk.force(sorted({path.parent for _, path in self.ready}))
        for path in self.over:
            self.disk.remove(path)

    def give_up(self) -> None:
        for _, path in self.ready:
            discard(self.disk, beside(path))

    def robots(self) -> Iterator[Text]:
        path = self.site.folder / "robots.txt"
        if not path.exists():
            replace_file(self.disk, path, ROBOTS)
        elif re.search(rb"(?im)^\s*disallow:\s*/", path.read_bytes()):
            yield say("robots.txt in the site forbids paths: Google's calendar would not read the feeds.")

    def strangers(self) -> Iterator[Text]:
        found = self.site.strangers()
        if found:
            more = f" (+{len(found) - 5})" if len(found) > 5 else ""
            yield say(
                "Files in the site that are not skemaplan's are left alone; a web server may show them: {files}.",
                files=", ".join(found[:5]) + more,
            )


def prepare(disk: Disk, path: Path, data: bytes, now: datetime) -> None:
    """Lay a file of the site beside its place, with a time later than that of the file it will replace."""
    before = int(path.stat().st_mtime) if path.is_file() else 0
    disk.make(path.parent)
    disk.lay(beside(path), data)
    disk.stamp(beside(path), max(int(now.timestamp()), before + 1))


def put(disk: Disk, path: Path) -> None:
    """Put a prepared file in its place."""
    disk.force([beside(path)])
    disk.rename(beside(path), path)
    disk.sync(path.parent)
