"""The ledger on the disk: a file for each person; who changed is written; what is lost or edited is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from plans import ROWS, changed, make_plan

from skemaplan.errors import Refused
from skemaplan.plan_file import Json, to_text
from skemaplan.publishing.book import Entries
from skemaplan.publishing.event_file import entry_document
from skemaplan.publishing.ledger import Ledger, digest_of, publish
from skemaplan.publishing.ledger_file import kept_ledger, sweep, write_ledger
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MOVED = changed(ROWS, {3: ("2026-04-01", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B")})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "state")
    write_ledger(store, publish(make_plan(), None, NOW).ledger)
    return store


def kept(store: Store) -> Ledger:
    ledger = kept_ledger(store)
    assert ledger is not None
    return ledger


def names(store: Store) -> set[str]:
    return set(store.files("ledger"))


def test_a_ledger_is_written_and_read_back(store: Store) -> None:
    two = publish(make_plan(rows=ROWS[2:]), kept(store), LATER).ledger
    write_ledger(store, two)
    assert kept(store) == two
    assert kept(store).sources == two.sources
    assert Store(store.folder).version == 2


def test_only_those_who_changed_are_written_and_the_old_are_removed(store: Store) -> None:
    before = names(store)
    two = publish(make_plan(rows=MOVED), kept(store), LATER).ledger
    assert set(two.feeds.changed) == {"A", "B", "U-MAT", "Lokale 1"}
    write_ledger(store, two)
    assert len(names(store) - before) == 4
    assert before < names(store)
    sweep(store, two)
    assert len(names(store)) == len(before)
    assert kept(store) == two


def test_who_did_not_change_is_not_even_read(store: Store) -> None:
    looked: list[str] = []
    ledger = kept(store)
    read = ledger.feeds.read

    def watched(digest: str) -> Entries:
        looked.append(digest)
        return read(digest)

    watching = replace(ledger, feeds=replace(ledger.feeds, read=watched))
    two = publish(make_plan(rows=MOVED), watching, LATER)
    assert set(looked) == {ledger.feeds.kept[p] for p in ("A", "B", "U-MAT", "Lokale 1")}
    assert two.ledger.version == 2


@pytest.mark.parametrize("how", ["entry", "plan", "trail", "lost", "namespace", "person", "file lost", "no file"])
def test_a_ledger_edited_by_hand_or_torn_is_refused(store: Store, how: str) -> None:
    path = store.folder / "ledger.json"
    document: Json = json.loads(path.read_text())
    hers = store.folder / "ledger" / f"{document['feeds']['A']['file']}.json"
    if how == "entry":
        hers.write_text(hers.read_text().replace("2026-03-24", "2026-03-25"))
    elif how == "plan":
        document["plan"] = "0"
    elif how == "trail":
        document["trail"] = ["0"]
    elif how == "namespace":
        document["namespace"] = "00000000-0000-0000-0000-000000000000"
    elif how == "person":
        document["feeds"]["B"] = document["feeds"]["A"]
    elif how == "file lost":
        hers.unlink()
    elif how == "no file":
        shutil.rmtree(store.folder / "ledger")
    else:
        del document["feeds"]
    path.write_text(to_text(document))
    with pytest.raises(Refused, match=r"by hand|can't be read|is missing"):
        kept(store).feeds["A"]


def in_one_file(ledger: Ledger) -> Json:
    """A ledger as it was written up to format 1."""
    said = {p: [entry_document(e) for e in entries.values()] for p, entries in ledger.feeds.items()}
    trail = digest_of(json.dumps(["", str(ledger.namespace), ledger.plan, said], sort_keys=True))[:32]
    days = {"first": ledger.first and ledger.first.isoformat(), "last": ledger.last and ledger.last.isoformat()}
    more = {"at": NOW.isoformat(), "term": ledger.term, "plan": ledger.plan, "namespace": str(ledger.namespace)}
    return {"format": 1, "version": 1, "feeds": said, "trail": [trail], **days, **more}


def test_a_ledger_that_is_one_file_goes_on(tmp_path: Path) -> None:
    first = publish(make_plan(), None, NOW).ledger
    store = Store(tmp_path)
    store.write("ledger.json", in_one_file(first))
    old = kept(store)
    assert old.feeds == first.feeds
    same = publish(make_plan(), old, LATER).ledger
    assert same.trail == old.trail
    write_ledger(store, same)
    assert kept(store) == same
    two = publish(make_plan(rows=MOVED), kept(store), LATER).ledger
    assert two.feeds == publish(make_plan(rows=MOVED), first, LATER).ledger.feeds
    assert two.trail[0] == old.trail[0]


@pytest.mark.parametrize("how", ["entry", "trail"])
def test_a_ledger_that_is_one_file_edited_by_hand_is_refused(tmp_path: Path, how: str) -> None:
    document = in_one_file(publish(make_plan(), None, NOW).ledger)
    if how == "entry":
        document["feeds"]["A"][0]["date"] = "2026-03-25"
    else:
        document["trail"] = ["0"]
    store = Store(tmp_path)
    store.write("ledger.json", document)
    with pytest.raises(Refused, match="by hand"):
        kept(store)
