"""A person's calendar feed: a published plan and a person in, the bytes of an iCalendar file out. Pure.

One VEVENT for each entry and no repetition rules (calendar programs disagree on them); the whole term, what has passed
too (programs drop what a feed drops). Nothing in the bytes comes from a clock, from chance or from this program's
version: the same published plan is the same file. What is written here was tried with seventeen calendar programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, Parameters, vText
from icalendar.parser import Contentline

from ..errors import InMemory, InputError, Trouble
from ..facts import Settings
from ..words import say
from .event import Entry, visible
from .ledger import Ledger, Published
from .slots import room_name
from .tongues import own_words
from .wording import plain, word
from .zone import vtimezone

PRODUCT = "-//skemaplan//skemaplan//DA"  # without a version: it would change every feed at an upgrade
REFRESH = "PT1H"


def feed(published: Published, person: str) -> bytes:
    """The calendar of a participant, teacher or room, as bytes of `text/calendar; charset=utf-8`.

    Raises `InputError` if nobody with this id was published.
    """
    problem, ledger = published.plan.problem, published.ledger
    if person not in ledger.feeds:
        known = ", ".join(ledger.feeds)
        raise InputError(
            [
                Trouble(
                    InMemory("feed").cell("person"),
                    say("there is no {value}.", value=repr(person)),
                    say("Known: {known}.", known=known),
                )
            ]
        )
    is_room = any(r.id == person for r in problem.rooms)
    own = own_words(problem.participant.get(person), problem.settings.language)
    return _bytes(ledger, person, problem.settings, room_name(person) if is_room else "", own)


def calendar_name(settings: Settings, of: str = "") -> str:
    """What programs call the calendar: never a person's name, and nothing of the term's unless it says so."""
    name = plain(settings.calendar_name) or word(settings.language, "calendar")
    return f"{name} {of}" if of else name


def _bytes(ledger: Ledger, person: str, settings: Settings, of: str, own: Mapping[str, str]) -> bytes:
    entries = [(ledger.uid(person, identity), entry) for identity, entry in ledger.feeds[person].items()]
    entries.sort(key=lambda e: (e[1].slot.date, e[1].slot.start, e[0]))
    calendar = empty_calendar(settings, calendar_name(settings, of))
    return whole(calendar, settings, (_event(uid, entry, settings, own) for uid, entry in entries))


def empty_calendar(settings: Settings, name: str) -> Calendar:
    """A calendar's own properties, and no events yet."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(name))  # the library escapes only what it is told is a text
    calendar.add("name", vText(name))
    calendar.add("x-wr-timezone", settings.timezone)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add("color", "teal")
    calendar.add("x-apple-calendar-color", "#008080")
    return calendar


def whole(calendar: Calendar, settings: Settings, events: Iterable[bytes]) -> bytes:
    """The calendar's bytes: its properties, then the zone's rule letter for letter as `zone` has it, then the events.

    (The library would put the parts of the rule in another order than the one that was tried.)
    """
    end = b"END:VCALENDAR\r\n"
    head: bytes = calendar.to_ical(sorted=False)
    zone = vtimezone(settings.timezone, settings.start, settings.end).replace("\n", "\r\n").encode()
    return b"".join((head.removesuffix(end), zone, *events, end))


def _event(uid: str, entry: Entry, settings: Settings, own: Mapping[str, str]) -> bytes:
    """One VEVENT. Texts are escaped and folded by the library, once for each: a term says the same again and again.

    (Its own Event is ten times slower, which for a region is minutes; a test compares the two.)
    """
    seen, zone = visible(entry, settings, own), settings.timezone
    modified, created = (f"{at:%Y%m%dT%H%M%SZ}" for at in (entry.modified, entry.created))
    start, end = (_local(seen.date, minutes) for minutes in (seen.start, seen.end))
    times = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{modified}\r\nCREATED:{created}\r\nLAST-MODIFIED:{modified}\r\n"
        f"SEQUENCE:{entry.sequence}\r\n"
        f"DTSTART;TZID={zone}:{start}\r\nDTEND;TZID={zone}:{end}\r\n"
    )
    texts = (("SUMMARY", seen.summary), ("LOCATION", seen.location), ("DESCRIPTION", seen.description))
    said = b"".join(_text(name, value) for name, value in texts if value)
    transparency = "TRANSPARENT" if seen.transparent else "OPAQUE"
    state = f"STATUS:{seen.status}\r\nTRANSP:{transparency}\r\n"
    alarm = b"" if seen.reminder is None else _alarm(seen.reminder, word(settings.language, "reminder"))
    return b"".join((times.encode(), said, state.encode(), alarm, b"END:VEVENT\r\n"))


def _local(day: date, minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    return f"{day + timedelta(days=days):%Y%m%d}T{rest // 60:02}{rest % 60:02}00"


@lru_cache(maxsize=10_000)
def _text(name: str, value: str) -> bytes:
    """A property with a text, escaped and folded."""
    line: bytes = Contentline.from_parts(name, Parameters(), vText(value)).to_ical()
    return line + b"\r\n"


@lru_cache
def _alarm(minutes: int, text: str) -> bytes:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-minutes))
    alarm.add("description", text)
    data: bytes = alarm.to_ical(sorted=False)
    return data


def tombstone(settings: Settings, uid: str, day: date, at: datetime, text: str) -> bytes:
    """What a link that is no longer valid serves: one whole-day event saying so, and nothing of anybody.

    A calendar program that gets an error goes on showing the old events for ever; this empties it.
    """
    event = Event()
    event.add("uid", uid)
    for name in ("dtstamp", "created", "last-modified"):
        event.add(name, at)
    event.add("sequence", 0)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", text)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return whole(empty_calendar(settings, calendar_name(settings)), settings, [event.to_ical(sorted=False)])
