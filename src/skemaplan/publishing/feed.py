"""A person's calendar feed: a published plan and a person in, the bytes of an iCalendar file out. Pure.

One VEVENT for each entry and no repetition rules (calendar programs disagree on them); the whole term, what has passed
too (programs drop what a feed drops). Nothing in the bytes comes from a clock, from chance or from this program's
version: the same published plan is the same file. What is written here was tried with seventeen calendar programs.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from ..dates import moment
from ..errors import InMemory, InputError, Trouble
from ..facts import Settings
from ..words import say
from .event import Entry, visible
from .ledger import Ledger, Published
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
    return _bytes(ledger, person, problem.settings, plain(person) if is_room else "")


def calendar_name(settings: Settings, of: str = "") -> str:
    """What programs call the calendar: never a person's name, and nothing of the term's unless it says so."""
    name = plain(settings.calendar_name) or word(settings.language, "calendar")
    return f"{name}, {of}" if of else name


def _bytes(ledger: Ledger, person: str, settings: Settings, of: str) -> bytes:
    calendar = empty_calendar(settings, calendar_name(settings, of))
    entries = [(ledger.uid(person, identity), entry) for identity, entry in ledger.feeds[person].items()]
    for uid, entry in sorted(entries, key=lambda e: (_start(e[1], settings), e[0])):
        calendar.add_component(_event(uid, entry, settings))
    return _whole(calendar, settings)


def _start(entry: Entry, settings: Settings) -> datetime:
    return moment(entry.slot.date, entry.slot.start, settings.timezone)


def empty_calendar(settings: Settings, name: str) -> Calendar:
    """A calendar's own properties, and no events yet."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("x-wr-timezone", settings.timezone)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add("color", "teal")
    calendar.add("x-apple-calendar-color", "#008080")
    return calendar


def _whole(calendar: Calendar, settings: Settings) -> bytes:
    """The calendar's bytes, with the zone's rule before the first event, letter for letter as it is written in `zone`.

    (The library would put the parts of the rule in another order than the one that was tried.)
    """
    data: bytes = calendar.to_ical(sorted=False)
    zone = vtimezone(settings.timezone, settings.start, settings.end).replace("\n", "\r\n").encode()
    after = b"BEGIN:VEVENT\r\n" if calendar.subcomponents else b"END:VCALENDAR\r\n"
    head, _, events = data.partition(b"\r\n" + after)  # a text can't hold this: its lines are escaped and folded
    return head + b"\r\n" + zone + after + events


def _event(uid: str, entry: Entry, settings: Settings) -> Event:
    seen = visible(entry, settings)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", entry.modified)
    event.add("created", entry.created)
    event.add("last-modified", entry.modified)
    event.add("sequence", entry.sequence)
    event.add("dtstart", moment(seen.date, seen.start, settings.timezone))
    event.add("dtend", moment(seen.date, seen.end, settings.timezone))
    event.add("summary", seen.summary)
    if seen.location:
        event.add("location", seen.location)
    if seen.description:
        event.add("description", seen.description)
    event.add("status", seen.status)
    event.add("transp", "TRANSPARENT" if seen.transparent else "OPAQUE")
    if seen.reminder is not None:
        event.add_component(_alarm(seen.reminder, word(settings.language, "reminder")))
    return event


def _alarm(minutes: int, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-minutes))
    alarm.add("description", text)
    return alarm


def tombstone(settings: Settings, uid: str, day: date, at: datetime, text: str) -> bytes:
    """What a link that is no longer valid serves: one whole-day event saying so, and nothing of anybody.

    A calendar program that gets an error goes on showing the old events for ever; this empties it.
    """
    calendar = empty_calendar(settings, calendar_name(settings))
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
    calendar.add_component(event)
    return _whole(calendar, settings)
