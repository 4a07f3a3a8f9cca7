"""Busy times out of an `.ics` file: Outlook's, the language school's system's, a participant's phone's.

The only reader of other people's calendars. Of an entry nothing is kept but when it is: no title, no place, no names.
What comes back week after week becomes one weekly commitment (with the weeks it skips, so that a holiday doesn't make
two of it), the rest commitments of a single day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from .cells import NotRead
from .dates import Week
from .errors import Trouble
from .facts import Commitment, Settings
from .opening import TooLarge, whole
from .words import say

if TYPE_CHECKING:
    from icalendar import Calendar, Component

MOST_BYTES = 5_000_000
MOST_ENTRIES = 5_000  # in a term: more is a mistake, or meant to be one
MOST_STEPS = 500_000  # of all rules since they began: daily ones of fifty years
MOST_A_DAY = 24
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
DAY = 24 * 60
NO_TIME, ONE_DAY, WEEK = timedelta(), timedelta(days=1), timedelta(days=7)

Span = tuple[date, int, int]  # minutes of a day, in the term's own zone


def with_calendars(
    rows: Iterable[Commitment], settings: Settings, folder: Path, troubles: list[Trouble]
) -> tuple[Commitment, ...]:
    """The commitments, those of a `calendar` in `folder` read out of it. What can't be read is added to `troubles`."""
    found: list[Commitment] = []
    word = say("Busy").to(settings.language)
    read = cache(lambda name: busy_times(name, folder, settings.timezone, settings.start, settings.end))
    for row in rows:
        if not row.calendar:
            found.append(row)
            continue
        try:
            mine = list(busy_commitments(row, read(row.calendar), word))
        except NotRead as no:
            troubles.append(Trouble(row.origin.cell("calendar"), no.what, no.right))
            mine = [replace(row, days=frozenset())]  # so that the rest of the row is checked too
        if not mine:
            what = say("the calendar {file} has nothing in this term.", file=row.calendar)
            troubles.append(Trouble(row.origin.cell("calendar"), what, say("Is it the right one?"), "warning"))
        found += mine
    return tuple(found)


def busy_commitments(row: Commitment, spans: Iterable[Span], word: str) -> Iterator[Commitment]:
    """The commitments that a row with a `calendar` stands for. `word` is what they are called if the row doesn't say.

    A calendar of any kind of thing (`other`) counts for nothing in her week, unless the row says for what.
    """
    minutes = 0 if row.minutes is None and row.kind == "other" else row.minutes
    usual = replace(row, title=row.title or word, minutes=minutes)
    by_slot: dict[tuple[int, int, int], list[date]] = {}
    for day, start, end in sorted(set(spans)):
        if row.holds(day):
            by_slot.setdefault((day.weekday(), start, end), []).append(day)
    for (weekday, start, end), days in sorted(by_slot.items()):
        for run, weeks in runs(days):
            every = {run[0] + i * weeks * WEEK for i in range((run[-1] - run[0]) // (weeks * WEEK))}
            yield replace(
                usual,
                days=frozenset({weekday}),
                start=start,
                end=end,
                valid_from=run[0],
                valid_to=run[-1],
                every_weeks=weeks,
                skips=frozenset(every.difference(run)),
            )


def runs(days: Sequence[date]) -> Iterator[tuple[list[date], int]]:
    """Dates of one weekday as runs of every week or every other week, with a holiday of two in between; else singly."""
    for run in cut_where(days, lambda a, b: b - a > 3 * WEEK):
        if len(run) > 1 and all((b - a) % (2 * WEEK) == NO_TIME for a, b in pairwise(run)):
            # odd weeks become even ones at the turn of some years
            yield from ((r, 2) for r in cut_where(run, lambda a, b: (Week.of(a).number - Week.of(b).number) % 2 == 1))
        elif 2 * len(run) > (run[-1] - run[0]) // WEEK + 1:
            yield run, 1
        else:
            yield from (([day], 1) for day in run)


def cut_where(days: Sequence[date], apart: Callable[[date, date], bool]) -> list[list[date]]:
    """Dates cut between each two that are apart."""
    found: list[list[date]] = []
    for day in days:
        if found and not apart(found[-1][-1], day):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def busy_times(name: str, folder: Path, zone: str, first: date, last: date) -> tuple[Span, ...]:
    """When a calendar's owner is busy from one day to another, recurrences and exceptions worked out, in this zone.

    Entries that are cancelled, or marked as free, don't count. Raises NotRead, in one sentence, if it can't be read.
    """
    text = _text(name, folder)
    try:
        return tuple(sorted(set(_spans(text, ZoneInfo(zone), first, last))))
    except NotRead:
        raise
    except Exception as broken:  # a file from anywhere can break its reader in any way
        raise NotRead(
            say("the calendar {file} can't be read.", file=name), say("Save it again, as an .ics file.")
        ) from broken


def _text(name: str, folder: Path) -> bytes:
    try:
        return whole(folder / name, MOST_BYTES)
    except TooLarge:
        raise NotRead(
            say("the calendar {file} is larger than {n} MB.", file=name, n=MOST_BYTES // 1_000_000),
            say("Save only this term's entries."),
        ) from None
    except (OSError, ValueError):
        raise NotRead(
            say("there is no calendar {file} that can be read.", file=name),
            say("Save it as an .ics file beside the tables, and write its name."),
        ) from None


def _spans(text: bytes, zone: ZoneInfo, first: date, last: date) -> Iterator[Span]:
    from icalendar import Calendar
    from recurring_ical_events import of  # type: ignore[import-untyped]

    calendars = Calendar.from_ical(text, multiple=True)
    if not any(c.name == "VCALENDAR" for c in calendars):
        raise ValueError("no calendar")
    entries = 0
    for calendar in calendars:
        _refuse_bombs(calendar, first, last)
        for event in of(calendar).between(first - ONE_DAY, last + 2 * ONE_DAY):
            entries += 1
            if entries > MOST_ENTRIES:
                raise NotRead(
                    say("the calendar has more than {most} entries in this term.", most=MOST_ENTRIES),
                    say("Save only those that matter."),
                )
            if _is_busy(event):
                yield from _days(event.start, event.end, zone, first, last)
        for period in _free_busy(calendar):
            yield from _days(*period, zone, first, last)


def _refuse_bombs(calendar: Calendar, first: date, last: date) -> None:
    """Rules are worked out step by step from their start: such as take too many steps are refused.

    One that never holds is too: it would be looked for to the end of time.
    """
    all_steps = steps_in_term = 0.0
    for event in calendar.walk("VEVENT"):
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            often = str(*rule.get("FREQ", [])).upper()
            step = _DAYS.get(often, 0) * int(*rule.get("INTERVAL", [1]))
            at_once = prod(len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
            if step < 1 or at_once > MOST_A_DAY:
                raise NotRead(
                    say("an entry of the calendar comes back every hour or oftener."),
                    say("Take it out of the calendar."),
                )
            start: Any = event["DTSTART"]
            begun, end = _day(start.dt), last + 2 * ONE_DAY
            if _never(rule):
                raise NotRead(
                    say("an entry of the calendar comes back on days that there never are."),
                    say("Take it out of the calendar."),
                )
            all_steps += max(0, (end - begun).days) / step * at_once
            steps_in_term += (end - max(first, begun)).days / step * at_once
        if all_steps > MOST_STEPS or steps_in_term > 4 * MOST_ENTRIES:
            raise _too_many()


def _never(rule: Mapping[str, Any]) -> bool:
    """Whether a rule holds on no day of any year: the 31st of February, the 400th day."""
    months = [abs(int(month)) for month in rule.get("BYMONTH", range(1, 13))]
    days = [abs(int(day)) for day in rule.get("BYMONTHDAY", [1])]
    there = any(day <= monthrange(2020, month)[1] for month in months if month in range(1, 13) for day in days)
    most = {"BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
    return not there or any(abs(int(x)) > n for part, n in most.items() for x in rule.get(part, []))


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _too_many() -> NotRead:
    return NotRead(
        say("the calendar has more than {most} entries in this term.", most=MOST_ENTRIES),
        say("Save only those that matter."),
    )


def _is_busy(event: Component) -> bool:
    said = {str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return not said & {"CANCELLED", "TRANSPARENT", "FREE"}


def _free_busy(calendar: Calendar) -> Iterator[tuple[Any, Any]]:
    """The busy periods of a calendar that tells nothing but those."""
    for part in calendar.walk("VFREEBUSY"):
        told = part.get("FREEBUSY", [])
        for periods in told if isinstance(told, list) else [told]:
            if str(periods.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield periods.start, periods.end


def _days(start: date, end: date, zone: ZoneInfo, first: date, last: date) -> Iterator[Span]:
    """An entry day by day, as the clock on the wall shows it; without times it takes the whole day."""
    (day, begin), (final, finish) = _local(start, zone), _local(end, zone)
    day, begin = (day, begin) if day >= first else (first, 0)
    while day <= min(final, last):
        until = finish if day == final else DAY
        if begin < until:
            yield day, begin, until
        day, begin = day + ONE_DAY, 0


def _local(when: date, zone: ZoneInfo) -> tuple[date, int]:
    """A date and minutes since its midnight; a time without a zone is meant here."""
    if not isinstance(when, datetime):
        return when, 0
    here = when.astimezone(zone) if when.tzinfo else when
    return here.date(), here.hour * 60 + here.minute
