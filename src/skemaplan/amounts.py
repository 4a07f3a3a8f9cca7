"""Amounts as people say them: "1 lesson", "3 lessons"; each in one place, so that one is never said like many."""

from __future__ import annotations

from .words import Text, say_n


def in_minutes(n: int) -> Text:
    return say_n("{n} minute", "{n} minutes", n=n)


def in_seconds(n: float) -> Text:
    return say_n("{n} second", "{n} seconds", n=n)


def in_lessons(n: float) -> Text:
    return say_n("{n} lesson", "{n} lessons", n=n)


def in_sessions(n: int) -> Text:
    return say_n("{n} session", "{n} sessions", n=n)


def in_days(n: int) -> Text:
    return say_n("{n} day", "{n} days", n=n)


def in_weeks(n: int) -> Text:
    return say_n("{n} week", "{n} weeks", n=n)


def in_teaching_weeks(n: int) -> Text:
    return say_n("{n} teaching week", "{n} teaching weeks", n=n)


def in_participants(n: int) -> Text:
    return say_n("{n} participant", "{n} participants", n=n)


def in_teaching(minutes: int, lesson: int, beside: int = 0) -> Text:
    """Teaching in lessons where it (and what stands `beside` it) is whole lessons, else in minutes."""
    if minutes % lesson or beside % lesson:
        return in_minutes(minutes)
    return in_lessons(minutes // lesson)
