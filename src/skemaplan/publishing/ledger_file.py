"""The ledger on the disk: one file that says which version is published, and a file for each person beside it.

  ledger.json            the version, and for each person the SHA-256 of her file and of what it was made of
  ledger/<sha256>.json   a person's entries; a file is named by what is in it, and so never changes

A publishing writes new files for whoever has changed, then replaces `ledger.json`: that moment publishes. Killed before
it, the old ledger names the old files, which are all there still; what is named no more is removed after it. Up to
format 1 everything stood in `ledger.json`: such a ledger is read, and split when the next version is published.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from ..errors import Refused
from ..plan_file import Json
from ..store import Store
from ..words import say
from .book import Entries
from .event_file import entries_text, entry_document, read_entries, read_entry
from .ledger import Feeds, Ledger, digest_of

FILE, FOLDER, FORMAT = "ledger.json", "ledger", 2


def kept_ledger(store: Store) -> Ledger | None:
    """The ledger in the state folder; None before the first publishing.

    Raises `Refused` if it can't be read, was edited by hand, or has lost a file.
    """
    document = store.read(FILE)
    if document is None:
        return None
    try:
        return _all_in_one(document) if document["format"] == 1 else _split(document, store)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(say("The ledger can't be read: {error}. Take it from the backup.", error=repr(error))) from error


def write_ledger(store: Store, ledger: Ledger) -> None:
    """Make a ledger the kept one: at the last of these writes, and not before."""
    feeds = ledger.feeds
    new = ((f"{feeds.digests[p]}.json", entries_text(p, entries)) for p, entries in feeds.changed.items())
    store.add(FOLDER, new)
    rows = {p: {"file": digest, "of": ledger.sources.get(p, "")} for p, digest in feeds.digests.items()}
    document = {**_head(ledger), "feeds": rows, "format": FORMAT, "version": ledger.version}
    store.write(FILE, {**document, "digest": _digest(document)})


def sweep(store: Store, ledger: Ledger) -> None:
    """Remove the files of versions before this one, which is the kept one."""
    named = {_path(digest) for digest in ledger.feeds.digests.values()}
    store.remove(path for path in store.files(FOLDER) if path not in named)


def _path(digest: str) -> str:
    return f"{FOLDER}/{digest}.json"


def _head(ledger: Ledger) -> Json:
    return {
        "at": ledger.at and ledger.at.isoformat(),
        "first": ledger.first and ledger.first.isoformat(),
        "last": ledger.last and ledger.last.isoformat(),
        "namespace": str(ledger.namespace),
        "plan": ledger.plan,
        "term": ledger.term,
        "trail": list(ledger.trail),
    }


def _read_head(document: Json, feeds: Feeds, sources: Mapping[str, str]) -> Ledger:
    first, last = (document[k] and date.fromisoformat(document[k]) for k in ("first", "last"))
    at = document["at"] and datetime.fromisoformat(document["at"])
    namespace, trail = UUID(document["namespace"]), tuple(map(str, document["trail"]))
    return Ledger(namespace, document["term"], first, last, document["plan"], at, feeds, trail, sources)


def _split(document: Json, store: Store) -> Ledger:
    digest = document.pop("digest")
    if digest != _digest(document):
        raise _edited()
    kept = {p: str(row["file"]) for p, row in document["feeds"].items()}
    lost = {_path(digest) for digest in kept.values()} - set(store.files(FOLDER))
    if lost:
        raise Refused(say("{file} is missing. Take the state folder from the backup.", file=min(lost)))

    sources = {p: str(row["of"]) for p, row in document["feeds"].items()}
    return _read_head(document, Feeds(kept=kept, read=_Reader(store)), sources)


class _Reader:
    """Reads a person's entries by the digest of her file; one person's are looked at several times in a row."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.last: tuple[str, Entries] = ("", {})

    def __call__(self, digest: str) -> Entries:
        if digest != self.last[0]:
            text = self.store.text(_path(digest))
            if digest_of(text) != digest:
                raise _edited()
            self.last = (digest, read_entries(text))
        return self.last[1]


def _all_in_one(document: Json) -> Ledger:
    """A ledger of format 1. Its trail was chained over the entries themselves."""
    feeds = {p: {e.id: e for e in map(read_entry, rows)} for p, rows in document["feeds"].items()}
    ledger = _read_head(document, Feeds(feeds), {})
    if ledger.trail:
        before = ledger.trail[-2] if len(ledger.trail) > 1 else ""
        said = {person: [entry_document(e) for e in entries.values()] for person, entries in feeds.items()}
        text = json.dumps([before, str(ledger.namespace), ledger.plan, said], sort_keys=True)
        if digest_of(text)[:32] != ledger.trail[-1]:
            raise _edited()
    return ledger


def _digest(document: Json) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _edited() -> Refused:
    return Refused(say("The ledger was edited by hand. Take it from the backup."))
