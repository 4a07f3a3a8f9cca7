"""The time zone's own rule as it stands in a feed, written by hand: generated ones are read wrongly.

With the block that the iCalendar library would write, Thunderbird shows every summer lesson an hour late; Outlook
leaves out its kind of dates. One line for each change, repeated every year, is what everybody reads alike.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import Refused
from ..words import say

COPENHAGEN = """\
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def vtimezone(zone: str, first: date, last: date) -> str:
    """The VTIMEZONE block of a zone for a term from `first` to `last`, lines ending in a bare newline.

    Copenhagen's is held against the time zone database for the term, so that a change of the law is noticed. Raises
    `Refused` if there is no such zone, or its changes in those years follow no yearly rule.
    """
    if zone == "Europe/Copenhagen" and copenhagen_holds(first, last):
        return COPENHAGEN
    return _written(zone, first.year - 1, last.year + 1)


@cache
def copenhagen_holds(first: date, last: date, zone: str = "Europe/Copenhagen") -> bool:
    """Whether the rule written by hand gives the zone's own time at noon of each day, and around both changes."""
    there = ZoneInfo(zone)
    changes = {_falls(rule, year) for rule in (_SPRING, _AUTUMN) for year in range(first.year, last.year + 1)}
    noons = (
        datetime(first.year, first.month, first.day, 12) + timedelta(days=n) for n in range((last - first).days + 1)
    )
    beside = (at + timedelta(hours=h) for at in changes for h in (-1, 1))
    return all(at.replace(tzinfo=there).utcoffset() == _offset(at) for at in (*noons, *beside))


def _offset(at: datetime) -> timedelta:
    """How far ahead of UTC Copenhagen's clocks are by the rule written by hand, at a time that is there once."""
    is_summer = _falls(_SPRING, at.year) <= at < _falls(_AUTUMN, at.year)
    return timedelta(hours=2 if is_summer else 1)


@cache
def _written(zone: str, first: int, last: int) -> str:
    changes = _changes(zone, first, last)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if not changes:
        there = datetime(first, 1, 1, tzinfo=ZoneInfo(zone))
        lines += _observance("STANDARD", datetime(1970, 1, 1), there, there, "")
    else:
        rules = {_rule(c, n): c for n in (-1, 1, 2, 3, 4) for c in _year(changes, first)}
        chosen = [r for r in rules if all(_falls(r, y) in {_wall(c) for c in changes} for y in range(first, last + 1))]
        chosen = [r for i, r in enumerate(chosen) if all(_falls(r, first) != _falls(q, first) for q in chosen[:i])]
        if len(chosen) != len(_year(changes, first)) or len(changes) != len(chosen) * (last - first + 1):
            raise Refused(say("The clock changes of {zone} follow no yearly rule; no feed could say them.", zone=zone))
        for rule in chosen:
            before, after = rules[rule]
            name = "DAYLIGHT" if (after.dst() or timedelta()) else "STANDARD"
            yearly = f"RRULE:FREQ=YEARLY;BYMONTH={rule[0]};BYDAY={rule[1]}{DAYS[rule[2]]}"
            lines += _observance(name, _falls(rule, 1970), before, after, yearly)
    return "\n".join([*lines, "END:VTIMEZONE", ""])


def _changes(zone: str, first: int, last: int) -> list[tuple[datetime, datetime]]:
    """Each change of the clocks as the local moments before and at it, found by looking at every hour, then minute."""
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused(say("There is no time zone {zone}.", zone=zone)) from error
    found = []
    hours = (datetime(last + 1, 1, 1) - datetime(first, 1, 1)) // timedelta(hours=1)
    start = datetime(first, 1, 1, tzinfo=UTC)
    for a, b in pairwise(start + timedelta(hours=h) for h in range(hours + 1)):
        if a.astimezone(there).utcoffset() != b.astimezone(there).utcoffset():
            minutes = [(a + timedelta(minutes=m)).astimezone(there) for m in range(61)]
            found += [(x, y) for x, y in pairwise(minutes) if x.utcoffset() != y.utcoffset()]
    return found


def _wall(change: tuple[datetime, datetime]) -> datetime:
    """The wall-clock time of a change as the clocks went before it, which is how the standard writes it."""
    return change[0].replace(tzinfo=None) + timedelta(minutes=1)


def _year(changes: list[tuple[datetime, datetime]], year: int) -> list[tuple[datetime, datetime]]:
    return [c for c in changes if _wall(c).year == year]


Rule = tuple[int, int, int, int]  # month, which one in it (-1: the last), weekday, minutes since midnight
_SPRING: Rule = (3, -1, 6, 2 * 60)  # COPENHAGEN's, as it is written above
_AUTUMN: Rule = (10, -1, 6, 3 * 60)


def _rule(change: tuple[datetime, datetime], n: int) -> Rule:
    at = _wall(change)
    return at.month, n, at.weekday(), at.hour * 60 + at.minute


def _falls(rule: Rule, year: int) -> datetime:
    """When a rule falls in a year."""
    month, n, weekday, minutes = rule
    if n > 0:
        first = datetime(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    else:
        last = datetime(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    return day + timedelta(minutes=minutes)


def _observance(name: str, start: datetime, before: datetime, after: datetime, rule: str) -> list[str]:
    lines = [
        f"BEGIN:{name}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{before:%z}",
        f"TZOFFSETTO:{after:%z}",
        f"TZNAME:{after:%Z}",
        rule,
        f"END:{name}",
    ]
    return [line for line in lines if line]
