"""Days that a calendar knows: public holidays, and the days on which Danish municipalities close early."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .words import Text, say

NOON = 12 * 60
EARLY = {  # municipal staff are off from noon, and all day on 24 December
    "DK": (
        (5, 1, NOON, say("1 May, from 12:00")),
        (6, 5, NOON, say("Constitution Day, from 12:00")),
        (12, 24, 0, say("Christmas Eve")),
    )
}
LANGUAGES = {"da": "da", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day on which nothing is held from `start` on (minutes since midnight)."""

    day: date
    start: int
    reason: Text


def public_holidays(country: str, language: str, first: int, last: int) -> Mapping[date, str]:
    """The public holidays of the years `first` to `last` by date; none if the country is not known."""
    import holidays  # late: it knows every country, and most commands need none

    try:
        found = holidays.country_holidays(
            country, years=range(first, last + 1), language=LANGUAGES.get(language, language)
        )
    except NotImplementedError:
        return {}
    return {day: found[day] for day in found}


def known_days(start: date, end: date, country: str, language: str) -> Iterator[KnownDay]:
    """The weekdays from `start` to `end` that are closed by law or habit, in order."""
    public = public_holidays(country, language, start.year, end.year)
    early = {(month, day): (noon, reason) for month, day, noon, reason in EARLY.get(country, ())}
    for day in (start + timedelta(days=n) for n in range((end - start).days + 1)):
        if day.weekday() > 4:
            continue
        if day in public:
            yield KnownDay(day, 0, Text(public[day].replace("{", "{{").replace("}", "}}")))
        elif (day.month, day.day) in early:
            yield KnownDay(day, *early[day.month, day.day])
