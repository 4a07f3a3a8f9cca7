"""One entry of a calendar: what it is, what it was before, and what its reader sees of it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from ..facts import ONLINE, Settings
from .slots import Slot, lessen
from .wording import long_day, short_day, time_of_day, weekday, word

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry was before it last changed, and the local day on which that was published."""

    on: date
    was: Slot
    was_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in one person's calendar, with its identity (`id`) and its book-keeping.

    `sequence` and `modified` rise exactly when something visible changes; `seen` is the hash of what is visible.
    """

    id: str
    slot: Slot
    created: datetime
    modified: datetime
    sequence: int = 0
    cancelled: bool = False
    change: Change | None = None
    seen: str = ""

    def lessened(self, detail: str, language: str) -> Entry:
        """This entry with no more than this level of detail, in what it was before too."""
        was = self.change and replace(self.change, was=lessen(self.change.was, detail, language))
        return replace(self, slot=lessen(self.slot, detail, language), change=was)


@dataclass(frozen=True, slots=True)
class Visible:
    """What a reader sees of an entry. `start` and `end` are wall-clock minutes since midnight of `date`."""

    date: date
    start: int
    end: int
    summary: str
    location: str
    description: str
    status: str
    transparent: bool
    reminder: int | None

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def visible(entry: Entry, settings: Settings, own: Mapping[str, str] = _NONE) -> Visible:
    """What is seen of an entry in a term with these settings, by a reader with these words of her own language.

    Titles stay in the term's language, so that others can read them on her telephone; her own words stand below, each
    on a line of its own, since a line has one direction. Something cancelled stays and says so in its title: a program
    may hide what is only marked as cancelled, and an empty place in a calendar could as well be a broken feed.
    """
    slot, language = entry.slot, settings.language
    return Visible(
        date=slot.date,
        start=slot.start,
        end=slot.end,
        summary=word(language, "cancelled", title=slot.title) if entry.cancelled else slot.title,
        location=slot.location,
        description="\n".join(line for line in (_news(entry, language), slot.people, *_own(entry, own)) if line),
        status=settings.cancelled_status if entry.cancelled else "CONFIRMED",
        transparent=entry.cancelled,
        reminder=None if entry.cancelled else settings.reminder,
    )


def _news(entry: Entry, language: str) -> str:
    """What last happened to an entry: "Ændret 1. okt.: før torsdag 8.30, Lokale 2"; empty if nothing did."""
    if entry.change is None:
        return ""
    day = short_day(entry.change.on, language)
    if entry.cancelled:
        return word(language, "cancelled on", day=day)
    return word(language, "changed on", day=day, before=before(entry.change, entry.slot, language))


def _own(entry: Entry, own: Mapping[str, str]) -> Iterator[str]:
    """In her own language: that it is cancelled or was changed, and that it is online."""
    if entry.change is not None:
        yield own.get("Cancelled" if entry.cancelled else "Changed", "")
    if entry.slot.mode == ONLINE and not entry.cancelled:
        yield own.get("Online", "")


def before(change: Change, now: Slot, language: str) -> str:
    """What is different from before, in as few words as will do."""
    was = change.was
    if change.was_cancelled:
        return word(language, "was cancelled")
    parts = []
    if (was.date, was.start, was.end) != (now.date, now.start, now.end):
        same_week = was.date.isocalendar()[:2] == now.date.isocalendar()[:2]
        day = weekday(was.date, language) if same_week else long_day(was.date, language)
        times = time_of_day(was.start, language)
        if was.end - was.start != now.end - now.start:
            times += f"-{time_of_day(was.end, language)}"
        parts.append(f"{day} {times}")
    if was.location != now.location:
        parts.append(_where(was, now) or word(language, "no place"))
    return ", ".join(parts)


def _where(was: Slot, now: Slot) -> str:
    """The old location; only the room, if the place before it is still the same."""
    place, comma, room = was.location.rpartition(", ")
    return room if comma and now.location.rpartition(", ")[0] == place else was.location


def is_news(was: Slot, now: Slot) -> bool:
    """Whether a reader must be told: another time or location, and not only another word for the same."""
    return was.facts != now.facts and (was.date, was.start, was.end, was.location) != (
        now.date,
        now.start,
        now.end,
        now.location,
    )
