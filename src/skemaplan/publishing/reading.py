"""Reads a feed back, by a strict reader of its own and not the library that wrote it; says what it should hold.

It takes only what `feed.py` writes: what another program might read otherwise (a bare newline, a line over 75 octets, a
character cut in two, a second BEGIN) is an error here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..dates import moment
from .event import visible
from .ledger import Published
from .tongues import own_words


@dataclass(frozen=True, slots=True, order=True)
class ReadEvent:
    """One event as a reader finds it; `start` and `end` are instants (of a whole-day event: midnights in UTC)."""

    start: datetime
    end: datetime
    uid: str
    summary: str
    location: str
    description: str
    status: str
    transparent: bool
    sequence: int
    modified: datetime


Property = tuple[str, dict[str, str], str]


def read_feed(data: bytes) -> tuple[ReadEvent, ...]:
    """The events of a feed, in order of time. Raises ValueError, saying what, for anything not as it must be."""
    stack: list[str] = []
    event: dict[str, tuple[dict[str, str], str]] = {}
    found: list[ReadEvent] = []
    done = False
    for name, parameters, value in _properties(data):
        if done:
            raise ValueError(f"{name} after the end")
        if name == "BEGIN":
            if (not stack) != (value == "VCALENDAR"):
                raise ValueError(f"BEGIN:{value} where it can't be")
            stack.append(value)
            event = {} if value == "VEVENT" else event
        elif name == "END":
            if not stack or stack.pop() != value:
                raise ValueError(f"END:{value} without its beginning")
            if value == "VEVENT":
                found.append(_event(event))
            done = not stack
        elif not stack:
            raise ValueError(f"{name} before the beginning")
        elif stack[-1] == "VEVENT":
            if name in event:
                raise ValueError(f"{name} twice in one event")
            event[name] = parameters, value
    if not done:
        raise ValueError("it ends before END:VCALENDAR")
    if len({e.uid for e in found}) != len(found):
        raise ValueError("a UID is used twice")
    return tuple(sorted(found))


def _properties(data: bytes) -> Iterator[Property]:
    """The content lines, unfolded. Lines end in CRLF and in nothing else."""
    if not data.endswith(b"\r\n"):
        raise ValueError("the last line has no end")
    rows = data[:-2].split(b"\r\n")
    if max(map(len, rows)) > 75:
        raise ValueError("a line of more than 75 octets")
    lines: list[str] = []
    for row in rows:
        line = row.decode("utf-8")
        if line.startswith(" ") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    if re.search("[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]", "".join(lines)):
        raise ValueError("a control character")
    for line in lines:
        head, colon, value = line.partition(":")
        name, parameters = _head(head)
        if not colon or not name:
            raise ValueError(f"{line[:40]!r} is no property")
        yield name, parameters, value


# A feed says the same again and again, and so do all feeds of a term: each head, time and text is read once.


@lru_cache(maxsize=1_000)
def _head(head: str) -> tuple[str, dict[str, str]]:
    """The name of a property and its parameters; no name if it can be none."""
    name, *parameters = head.split(";")
    if not re.fullmatch("[A-Z-]+", name):
        return "", {}
    return name, dict(p.split("=", 1) for p in parameters)


def _event(rows: dict[str, tuple[dict[str, str], str]]) -> ReadEvent:
    if "RRULE" in rows or "RDATE" in rows:
        raise ValueError("an event that repeats")
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
        if name not in rows:
            raise ValueError(f"an event without {name}")
    return ReadEvent(
        start=_instant(*rows["DTSTART"]),
        end=_instant(*rows["DTEND"]),
        uid=rows["UID"][1],
        summary=_text(rows["SUMMARY"][1]),
        location=_text(rows.get("LOCATION", ({}, ""))[1]),
        description=_text(rows.get("DESCRIPTION", ({}, ""))[1]),
        status=rows.get("STATUS", ({}, ""))[1],
        transparent=rows.get("TRANSP", ({}, ""))[1] == "TRANSPARENT",
        sequence=int(rows.get("SEQUENCE", ({}, "0"))[1]),
        modified=_instant(*rows.get("LAST-MODIFIED", rows["DTSTAMP"])),
    )


def _instant(parameters: dict[str, str], value: str) -> datetime:
    if parameters.get("VALUE") == "DATE":
        return _moment(value, "%Y%m%d", "UTC")
    if value.endswith("Z"):
        return _moment(value, "%Y%m%dT%H%M%SZ", "UTC")
    if "TZID" not in parameters:
        raise ValueError(f"{value} is a time of no zone")
    return _moment(value, "%Y%m%dT%H%M%S", parameters["TZID"])


@lru_cache(maxsize=10_000)
def _moment(value: str, form: str, zone: str) -> datetime:
    return datetime.strptime(value, form).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    """A text without its escapes. Raises ValueError for one that is none."""

    def meant(match: re.Match[str]) -> str:
        if match[1] not in "\\;,nN":
            raise ValueError(f"an escape that is none: {match[0]!r}")
        return "\n" if match[1] in "nN" else match[1]

    if re.search(r"(?<!\\)(?:\\\\)*[;,]", value):
        raise ValueError(f"a comma or semicolon not escaped in {value[:40]!r}")
    return re.sub(r"\\(.|$)", meant, value)


def meant(published: Published, person: str) -> tuple[ReadEvent, ...]:
    """What a reader must find in a person's feed."""
    problem, ledger = published.plan.problem, published.ledger
    settings, own = problem.settings, own_words(problem.participant.get(person), problem.settings.language)
    found = []
    for identity, entry in ledger.feeds[person].items():
        seen = visible(entry, settings, own)
        found.append(
            ReadEvent(
                start=_planned(seen.date, seen.start, settings.timezone),
                end=_planned(seen.date, seen.end, settings.timezone),
                uid=ledger.uid(person, identity),
                summary=seen.summary,
                location=seen.location,
                description=seen.description,
                status=seen.status,
                transparent=seen.transparent,
                sequence=entry.sequence,
                modified=entry.modified,
            )
        )
    return tuple(sorted(found))


@lru_cache(maxsize=10_000)
def _planned(day: date, minutes: int, zone: str) -> datetime:
    return moment(day, minutes, zone).astimezone(UTC)


def future(events: tuple[ReadEvent, ...], now: datetime) -> int:
    """How many of these are still to be gone to."""
    return sum(e.end > now and not e.transparent for e in events)
