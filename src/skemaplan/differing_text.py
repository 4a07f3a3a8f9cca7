"""The sentences of what changes: for the screen, and as text messages that fit in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from .differing import Change, Meeting
from .facts import ONLINE
from .problem import Problem
from .publishing.slots import Slot, lessen, location_of, title_of
from .publishing.tongues import DAYS, Tongue, catalogue
from .publishing.wording import long_day, plain, time_of_day, weekday, word
from .words import say

LONGEST_SMS = 160
LONGEST_SMS_OTHER = 70  # in an alphabet that phones' own does not have
_PHONES_OWN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


def sentence(problem: Problem, change: Change, language: str) -> str:
    """One change as a short sentence, with no more than its person's calendar shows."""
    old, new = change.before, change.now
    title = _seen(problem, change, old or new, language).title
    if old is None:
        whole = _whole(problem, change, new, language)
        if new is not None and new.made_up:
            return say("To make up: {course} {when}", course=title, when=whole).to(language)
        return say("New: {course} {when}", course=title, when=whole).to(language)
    when = _when(change, old, language)
    if new is None:
        return say("{course} {when} is cancelled", course=title, when=when).to(language)
    kind, where = change.kind, _where(problem, change, new, language)
    if kind == "room" and new.place == ONLINE:
        return say("{course} {when} is online", course=title, when=when).to(language)
    if kind == "room":
        return say("{course} {when} is in {where}", course=title, when=when, where=where or "?").to(language)
    who = teacher_name(problem, new.teacher)
    if kind == "teacher" and (old.date, old.start, old.end) == (new.date, new.start, new.end):
        return say("{course} {when} is with {teacher}", course=title, when=when, teacher=who).to(language)
    now = _now(change, language) + (f", {where}" if where else "")
    if kind == "teacher":
        text = say("{course} {when} moves to {now}, with {teacher}", course=title, when=when, now=now, teacher=who)
        return text.to(language)
    return say("{course} {when} moves to {now}", course=title, when=when, now=now).to(language)


def teacher_name(problem: Problem, teacher: str) -> str:
    return plain((problem.teacher[teacher].label if teacher in problem.teacher else "") or teacher)


def sms(problem: Problem, found: Sequence[Change], language: str) -> str:
    """What changes for one person in one text message: as many sentences as fit, then how many more there are."""
    found = sorted(found, key=lambda c: min(c.days))
    opening = say("New timetable:").to(language)
    for shown in range(len(found), 0, -1):
        parts = [f"{sentence(problem, c, language)}." for c in found[:shown]]
        rest = len(found) - shown
        more = [say("{n} more: see the calendar.", n=rest).to(language)] if rest else []
        text = " ".join([opening, *parts, *more])
        if len(text) <= room_in_sms(text):
            return text
    return say("Your timetable has changed: see the calendar.").to(language)


def room_in_sms(text: str) -> int:
    """How many characters fit in one message: 160, or 70 if one of them is not in the alphabet of phones."""
    return LONGEST_SMS if set(text) <= _PHONES_OWN else LONGEST_SMS_OTHER


def own_sms(problem: Problem, found: Sequence[Change]) -> tuple[str, str] | None:
    """The first change in her own language, for whom there are words in it: the language and the text.

    Words and weekdays only: whatever else is said is said by numbers. Course and place keep their Danish names, as
    they stand in the calendar.
    """
    who = problem.participant.get(found[0].person) if found else None
    tongue = Tongue.of(who.languages if who else (), problem.settings.language)
    known = catalogue(tongue.own) if tongue.own else {}
    first = min(found, key=lambda c: min(c.days), default=None)
    if first is None or not known:
        return None
    kind = {"cancelled": "Cancelled", "new": "New"}.get(first.kind, "Changed")
    needed = [kind, *(DAYS[m.date.weekday()] for m in (first.before, first.now) if m)]
    if any(not known.get(name) for name in needed):
        return None
    title = _seen(problem, first, first.before or first.now, problem.settings.language).title
    ends = [f"{known[DAYS[m.date.weekday()]]} {m.date.day}/{m.date.month} {_clock(m)}" for m in _ends(first)]
    text = f"{known[kind]}: {title} " + " > ".join(ends)
    return (tongue.own, text) if len(text) <= room_in_sms(text) else None


def _ends(change: Change) -> list[Meeting]:
    return [m for m in (change.before, change.now) if m is not None]


def _clock(meeting: Meeting) -> str:
    return f"{meeting.start // 60}:{meeting.start % 60:02}"


def _seen(problem: Problem, change: Change, meeting: Meeting | None, language: str) -> Slot:
    """A meeting as its person's calendar shows it."""
    assert meeting is not None
    course = problem.course.get(change.course)
    title = title_of(course, language) if course else plain(change.course)
    is_online = meeting.place == ONLINE
    where = word(language, "online") if is_online else location_of(problem, meeting.place, meeting.room)
    slot = replace(meeting.slot, title=title, location=where)
    who = problem.participant.get(change.person)
    return lessen(slot, who.detail if who else "full", language)


def _where(problem: Problem, change: Change, new: Meeting | None, language: str) -> str:
    """Where it is, if that is other than before; only the room, if the place before it is still the same."""
    now = _seen(problem, change, new, language).location
    if change.before is None:
        return now
    was = _seen(problem, change, change.before, language).location
    place, comma, room = now.rpartition(", ")
    if now == was:
        return ""
    return room if comma and was.rpartition(", ")[0] == place else now


def _when(change: Change, meeting: Meeting, language: str) -> str:
    """Tuesday 3 March 10:15, or every Tuesday 10:15 from 3 March to 12 May."""
    time = time_of_day(meeting.start, language)
    if len(change.dates) == 1:
        return f"{long_day(meeting.date, language)} {time}"
    return say(
        "every {day} {time} from {first} to {last}",
        day=weekday(meeting.date, language),
        time=time,
        first=_date(change.dates[0], language),
        last=_date(change.dates[-1], language),
    ).to(language)


def _whole(problem: Problem, change: Change, meeting: Meeting | None, language: str) -> str:
    assert meeting is not None
    where = _where(problem, change, meeting, language)
    return ", ".join(part for part in (_when(change, meeting, language), where) if part)


def _now(change: Change, language: str) -> str:
    """The new time, and its day if that is another."""
    old, new = change.before, change.now
    assert old is not None
    assert new is not None
    time = time_of_day(new.start, language)
    if new.end - new.start != old.end - old.start:
        time += f"-{time_of_day(new.end, language)}"
    if old.date == new.date:
        return time
    if len(change.dates) > 1:
        return f"{weekday(new.date, language)} {time}"
    return f"{long_day(new.date, language)} {time}"


def _date(day: date, language: str) -> str:
    return long_day(day, language).partition(" ")[2]


def by_person(found: Iterable[Change]) -> dict[str, list[Change]]:
    people: dict[str, list[Change]] = {}
    for change in found:
        people.setdefault(change.person, []).append(change)
    return people
