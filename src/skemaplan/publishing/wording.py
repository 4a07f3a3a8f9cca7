"""The few words that stand in a calendar itself, and how any text is made fit to stand there.

They are kept here and not in the message catalogue because they are part of what is published: a word that changes
raises every event's sequence number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

_DA = {
    "calendar": "Ugeskema",
    "cancelled": "AFLYST: {title}",
    "cancelled on": "Aflyst {day}",
    "changed on": "Ændret {day}: før {before}",
    "was cancelled": "aflyst",
    "no place": "uden sted",
    "talk": "Samtale",
    "busy": "Optaget",
    "something": "Aktivitet",
    "online": "Online",
    "one": "1 deltager",
    "many": "{count} deltagere",
    "moved": "Dette skema er flyttet. Spørg i administrationen om et nyt link.",
    "revoked": "Dette skema er flyttet. Spørg i administrationen om et nyt link.",
    "ended": "Dette skema er slut.",
    "reminder": "Husk",
    "days": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "months": "januar februar marts april maj juni juli august september oktober november december",
    "short months": "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
}
_EN = {
    "calendar": "Timetable",
    "cancelled": "CANCELLED: {title}",
    "cancelled on": "Cancelled on {day}",
    "changed on": "Changed on {day}: before {before}",
    "was cancelled": "cancelled",
    "no place": "no place",
    "talk": "Talk",
    "busy": "Busy",
    "something": "Activity",
    "online": "Online",
    "one": "1 participant",
    "many": "{count} participants",
    "moved": "This timetable has moved. Ask the office for a new link.",
    "revoked": "This timetable has moved. Ask the office for a new link.",
    "ended": "This timetable has ended.",
    "reminder": "Reminder",
    "days": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "months": "January February March April May June July August September October November December",
    "short months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"da": _DA, "en": _EN})


def word(language: str, name: str, **values: object) -> str:
    """A word in the term's language; Danish where there is none in it."""
    return WORDS.get(language, _DA)[name].format(**values)


def time_of_day(minutes: int, language: str) -> str:
    """8.30 in Danish, 8:30 in English."""
    return f"{minutes // 60}{':' if language == 'en' else '.'}{minutes % 60:02}"


def weekday(day: date, language: str) -> str:
    return word(language, "days").split()[day.weekday()]


def long_day(day: date, language: str) -> str:
    """torsdag 5. marts, Thursday 5 March."""
    dot = "" if language == "en" else "."
    return f"{weekday(day, language)} {day.day}{dot} {word(language, 'months').split()[day.month - 1]}"


def short_day(day: date, language: str) -> str:
    """1. okt., 1 Oct."""
    dot = "" if language == "en" else "."
    return f"{day.day}{dot} {word(language, 'short months').split()[day.month - 1]}"


_UNSEEN = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile("[\\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+")


def seen(text: str) -> str:
    """A text of several lines without marks of direction and the like, which nobody sees and which turn lines round."""
    return _UNSEEN.sub("", text)


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Any text as one line that every calendar program shows alike.

    Composed letters; no control characters, line separators or marks of direction (a program refuses a whole file for
    one of them); no backslash (two programs unescape it twice); no blanks at the ends (three drop them).
    """
    text = _BLANKS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return text.replace("\\", "/").strip()
