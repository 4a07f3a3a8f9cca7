"""One cell of a table: from what stands in it to a value.

Every reader takes the text of a cell that is not empty and the minutes of a lesson, and gives the value in the units of
`facts.py`, or raises `NotRead` with what is wrong and what would be right. English and Danish forms are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from unicodedata import category, normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .dates import clock
from .words import Name, Names, Text, say, say_n

LONGEST_TEXT = 200  # characters of a label, name or title
DAY = 24 * 60
FIRST_DAY = date(1899, 12, 30)  # of the serial numbers that a spreadsheet keeps dates as
NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphen, zero width space, word joiner, mark

WEEKDAYS = {
    **dict.fromkeys(("mon", "monday", "man", "mandag"), 0),
    **dict.fromkeys(("tue", "tues", "tuesday", "tir", "tirs", "tirsdag"), 1),
    **dict.fromkeys(("wed", "wednesday", "ons", "onsdag"), 2),
    **dict.fromkeys(("thu", "thur", "thurs", "thursday", "tor", "tors", "torsdag"), 3),
    **dict.fromkeys(("fri", "friday", "fre", "fredag"), 4),
    **dict.fromkeys(("sat", "saturday", "lør", "lor", "lørdag", "lordag"), 5),
    **dict.fromkeys(("sun", "sunday", "søn", "son", "søndag", "sondag"), 6),
}
YES = {"yes": True, "ja": True, "true": True, "sand": True, "x": True, "1": True}
NO = {"no": False, "nej": False, "false": False, "falsk": False, "0": False}


class NotRead(Exception):
    """A cell that can't be read: `what` is wrong with it and what would be `right`."""

    def __init__(self, what: Text, right: Text) -> None:
        super().__init__(str(what))
        self.what = what
        self.right = right


Reader = Callable[[str, int], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds: its name for people, an example of a cell, and how a cell is read."""

    name: str
    example: str
    read: Reader


def text_of(value: object) -> str:
    """The text of whatever a spreadsheet or a frame holds in a cell; dates and times as a person would type them."""
    if isinstance(value, str):
        return tidy(value)
    if value is None or value != value:  # NaN and NaT are not equal to themselves
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _text_of_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _text_of_seconds(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
    if isinstance(value, timedelta):
        return _text_of_seconds(value.total_seconds())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))


def _text_of_moment(value: datetime) -> str:
    """A spreadsheet keeps a date as midnight of it, and a time as a moment of the day before 1900."""
    if value.year < 1900:
        return text_of(value.time())
    if value.time() == time():
        return value.date().isoformat()
    return f"{value.date().isoformat()} {text_of(value.time())}"


def _text_of_seconds(seconds: float) -> str:
    minutes = round(seconds / 60)
    if abs(minutes * 60 - seconds) < 1:  # a time kept as a fraction of a day is off by a hair
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}"


def tidy(text: str) -> str:
    """Without the blanks around it; any white space inside is one blank, so that a label stays on one line.

    What looks alike is alike: `Å` is one letter however it was typed (Unicode NFC), and blanks of no width, which
    come along when text is copied, are none.
    """
    if not text.isascii():
        text = normalize("NFC", text.translate(NO_WIDTH))
    return " ".join(text.split())


def read_text(text: str, lesson: int) -> str:
    if len(text) > LONGEST_TEXT:
        raise NotRead(
            say_n(
                "{start}... has {n} character.", "{start}... has {n} characters.", start=repr(text[:20]), n=len(text)
            ),
            say("Write at most {most}.", most=LONGEST_TEXT),
        )
    return read_note(text, lesson)


def read_note(text: str, lesson: int) -> str:
    """Any text of any length, but nothing invisible that would break a file or a screen."""
    bad = "" if text.isascii() and text.isprintable() else next(filter(_is_no_character, text), "")
    if bad:
        raise NotRead(
            say("it holds the invisible character U+{code}.", code=f"{ord(bad):04X}"),
            say("Type the cell again."),
        )
    return text


def _is_no_character(c: str) -> bool:
    """Control characters, halves of a pair, and what Unicode keeps out of texts: no file of any format takes them."""
    return category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF


def read_time(text: str, lesson: int) -> int:
    match = re.fullmatch(r"(?:kl\.? ?)?(\d{1,2})[:.](\d{2})(?::00)?", text, re.IGNORECASE | re.ASCII)
    if match and int(match[1]) == 0 and "." in text:
        match = None  # 0.35 is a part of a day that a spreadsheet shows as a time, not 00:35
    minutes = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else DAY + 1
    if minutes <= DAY:
        return minutes
    digits = re.fullmatch(r"(\d{1,2})(\d\d)?", text, re.ASCII)
    meant = int(digits[1]) * 60 + int(digits[2] or 0) if digits and int(digits[2] or 0) < 60 else DAY + 1
    if re.fullmatch(r"0[.,]\d{1,20}", text, re.ASCII):
        meant = round(float(text.replace(",", ".")) * DAY)  # a part of a day, as spreadsheets keep times
    raise NotRead(
        say("{value} is not a time.", value=_quote(text)),
        say("Write it as {example}.", example=clock(meant) if meant <= DAY else "08:30"),
    )


def read_date(text: str, lesson: int) -> date:
    """2020-02-03, or day first as 03-02-2020 or 3.2.2020; slashes are not read: they go both ways round."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", text, re.ASCII)
    parts = (match[1], match[2], match[3]) if match else None
    if match := re.fullmatch(r"(\d{1,2})([-.])(\d{1,2})\2(\d{4})", text, re.ASCII):
        parts = (match[4], match[3], match[1])
    try:
        found = date(*map(int, parts)) if parts else None
    except ValueError:
        raise NotRead(say("there is no date {value}.", value=_quote(text)), say("Look it up in a calendar.")) from None
    if found is None or not 1990 <= found.year <= 2200:
        serial = re.fullmatch(r"[3-9]\d{4}", text, re.ASCII)  # days since 1899, as spreadsheets keep dates
        example = FIRST_DAY + timedelta(days=int(text)) if serial else "2020-02-03"
        raise NotRead(say("{value} is not a date.", value=_quote(text)), say("Write it as {example}.", example=example))
    return found


def read_days(text: str, lesson: int) -> frozenset[int]:
    """`mon wed`, `man,ons`, `mon-fri`; a range may run over the weekend."""
    days: set[int] = set()
    spaced = re.sub(r"\s*[-–]\s*", "-", text.casefold())
    for part in re.split(r"[\s,;/+&]+|\bog\b|\band\b", spaced):
        if not part.strip("."):
            continue
        ends = [_weekday(name, text) for name in part.split("-", 1)]
        first, last = ends[0], ends[-1]
        days |= {d % 7 for d in range(first, last + (7 if last < first else 0) + 1)}
    if not days:
        raise _not_days(text)
    return frozenset(days)


def read_day(text: str, lesson: int) -> int:
    days = read_days(text, lesson)
    if len(days) != 1:
        raise NotRead(say("{value} is more than one day.", value=_quote(text)), say("Write one, such as mon."))
    return min(days)


def _weekday(name: str, text: str) -> int:
    day = WEEKDAYS.get(name.strip("."))
    if day is None:
        raise _not_days(text)
    return day


def _not_days(text: str) -> NotRead:
    return NotRead(
        say("{value} is not a weekday.", value=_quote(text)),
        say("Write days as mon wed or mon-fri (man ons, man-fre)."),
    )


def read_minutes_of_lessons(text: str, lesson: int) -> int:
    """An amount of teaching: `3` or `1,5` lessons, or minutes as `30 min`. Gives minutes."""
    match = re.fullmatch(
        r"(\d{1,4}(?:[.,]\d{1,4})?) ?(min(?:utes|utter|\.)?|lessons?|lektion(?:er)?)?",
        text,
        re.IGNORECASE | re.ASCII,
    )
    if match:
        amount = Fraction(match[1].replace(",", "."))
        minutes = amount * (1 if (match[2] or "").casefold().startswith("min") else lesson)
        if minutes.denominator == 1 and minutes <= 7 * DAY:
            return int(minutes)
    raise NotRead(
        say("{value} is not a number of lessons.", value=_quote(text)),
        say("Write lessons as 3, or minutes as 30 min."),
    )


def read_some_lessons(text: str, lesson: int) -> int:
    """As above, but something: a session of no minutes is none."""
    minutes = read_minutes_of_lessons(text, lesson)
    if not minutes:
        raise NotRead(say("{value} is too little.", value=_quote(text)), say("Write 1 or more."))
    return minutes


def number(low: int, high: int, besides: tuple[int, ...] = ()) -> Reader:
    """A reader of whole numbers from `low` to `high`, but for those of `besides`."""

    def read(text: str, lesson: int) -> int:
        match = re.fullmatch(r"([+-]?\d{1,9})(?:[.,]0+)?", text, re.ASCII)
        if not match:
            raise NotRead(
                say("{value} is not a whole number.", value=_quote(text)),
                say("Write it as {example}.", example=max(low, min(high, 3))),
            )
        if not low <= int(match[1]) <= high or int(match[1]) in besides:
            raise NotRead(
                say("{value} is too much or too little.", value=_quote(text)),
                say("Write a number from {low} to {high}.", low=low, high=high)
                if not besides
                else say(
                    "Write one of: {words}.", words=", ".join(str(n) for n in range(low, high + 1) if n not in besides)
                ),
            )
        return int(match[1])

    return read


def read_decimal(text: str, lesson: int) -> float:
    if not re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", text, re.ASCII):
        raise NotRead(
            say("{value} is not a number.", value=_quote(text)), say("Write it as {example}.", example="12.5")
        )
    return float(text.replace(",", "."))


def read_yes(text: str, lesson: int) -> bool:
    answer = {**YES, **NO}.get(text.casefold())
    if answer is None:
        raise NotRead(say("{value} is neither yes nor no.", value=_quote(text)), say("Write yes or no."))
    return answer


def read_zone(text: str, lesson: int) -> str:
    try:
        return str(ZoneInfo(text))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise NotRead(
            say("{value} is not a time zone.", value=_quote(text)),
            say("Write it as {example}.", example="Europe/Copenhagen"),
        ) from None


def read_words(text: str, lesson: int) -> tuple[str, ...]:
    """Codes side by side (`ar da`), in the order written, each once."""
    return tuple(dict.fromkeys(w for w in re.split(r"[\s,;]+", read_text(text, lesson)) if w))


def one_of(choices: Mapping[str, str]) -> Reader:
    """A reader of one of a few words: canonical -> Danish."""
    known = {word_key(form): word for word, danish in choices.items() for form in (word, danish)}

    def read(text: str, lesson: int) -> str:
        word = known.get(word_key(text))
        if word is None:
            words = Names(tuple(Name(english, danish) for english, danish in choices.items()))
            raise NotRead(
                say("{value} is not one of the words here.", value=_quote(text)),
                say("Write one of: {words}.", words=words),
            )
        return word

    return read


def word_key(text: str) -> str:
    """What spellings of one heading or word have in common: `Gælder fra` and `gaelder-fra` are both gaelder_fra."""
    plain = text.strip().casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[\s_\-]+", "_", plain)


def _quote(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
