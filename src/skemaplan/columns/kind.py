"""What kinds of cells there are: the name of each, a cell of it, and how it is read."""

from __future__ import annotations

from ..cells import (
    Kind,
    number,
    read_date,
    read_day,
    read_days,
    read_decimal,
    read_minutes_of_lessons,
    read_note,
    read_some_lessons,
    read_text,
    read_time,
    read_words,
    read_yes,
    read_zone,
)

TEXT = Kind("text", "Deltager A", read_text)

NOTE = Kind("note", "ring first", read_note)

ID = Kind("id", "mat", read_text)

ZONE = Kind("time zone", "Europe/Copenhagen", read_zone)

TIME = Kind("time", "08:30", read_time)

DATE = Kind("date", "2020-02-03", read_date)

DAYS = Kind("days", "mon wed", read_days)

DAY = Kind("day", "mon", read_day)

LESSONS = Kind("lessons", "3", read_minutes_of_lessons)

SOME_LESSONS = Kind("lessons", "2", read_some_lessons)

MINUTES = Kind("minutes", "45", number(0, 1440))

COUNT = Kind("number", "1", number(1, 1000))

AMOUNT = Kind("number", "2", number(0, 1000))

WEEKS = Kind("weeks", "1", number(1, 26))

KM = Kind("kilometres", "12.5", read_decimal)

YES = Kind("yes or no", "yes", read_yes)

WORDS = Kind("words", "ar da", read_words)
