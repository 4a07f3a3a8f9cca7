"""A person's calendar entries as the text of a file, an entry a line, and back. What is empty is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from sys import intern

from ..dates import clock
from ..plan_file import Json, minutes
from .event import Change, Entry
from .slots import Slot

_WORDS = ("place", "room", "mode", "title", "location", "people")


def entries_text(person: str, entries: Mapping[str, Entry]) -> str:
    """A person's entries as JSON: the same entries are the same text."""
    rows = ",\n".join(json.dumps(entry_document(e), sort_keys=True, ensure_ascii=False) for e in entries.values())
    return f'{{"person": {json.dumps(person, ensure_ascii=False)}, "entries": [\n{rows}\n]}}\n'


def read_entries(text: str) -> dict[str, Entry]:
    """The way back. Raises KeyError, TypeError or ValueError for what is none."""
    return {e.id: e for e in map(read_entry, json.loads(text)["entries"])}


def entry_document(entry: Entry) -> Json:
    change = entry.change
    row = {
        **_slot(entry.slot),
        "id": entry.id,
        "created": entry.created.isoformat(),
        "modified": entry.modified.isoformat(),
        "seen": entry.seen,
        "sequence": entry.sequence,
    }
    if entry.cancelled:
        row["cancelled"] = True
    if change is not None:
        row["change"] = {"on": change.on.isoformat(), "was_cancelled": change.was_cancelled, "was": _slot(change.was)}
    return row


def read_entry(row: Json) -> Entry:
    """The way back. Raises KeyError, TypeError or ValueError for what is no entry."""
    change = row.get("change")
    return Entry(
        id=row["id"],
        slot=_read_slot(row),
        created=_moment(row["created"]),
        modified=_moment(row["modified"]),
        sequence=int(row["sequence"]),
        cancelled=bool(row.get("cancelled")),
        change=change and Change(date.fromisoformat(change["on"]), _read_slot(change["was"]), change["was_cancelled"]),
        seen=row["seen"],
    )


def _slot(slot: Slot) -> Json:
    words = {name: getattr(slot, name) for name in _WORDS if getattr(slot, name)}
    return {
        **words,
        "date": slot.date.isoformat(),
        "from": clock(slot.start),
        "key": slot.key,
        "to": clock(slot.end),
    }


def _read_slot(row: Json) -> Slot:
    words = {name: intern(str(row.get(name, ""))) for name in _WORDS}
    return Slot(_day(row["date"]), _minutes(row["from"]), _minutes(row["to"]), intern(row["key"]), **words)


# A ledger says the same words, days and times again and again: each is kept once.
_moment = lru_cache(maxsize=10_000)(datetime.fromisoformat)
_day = lru_cache(maxsize=10_000)(date.fromisoformat)
_minutes = lru_cache(maxsize=10_000)(minutes)
