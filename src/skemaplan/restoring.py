"""Going back to an earlier version: what is still to come as it was then, what has passed as it is now. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from .dates import Week, moment
from .errors import Refused
from .schedule import BaseWeek, Schedule, Session, TermPlan, WeekPlan
from .words import say


def restored(earlier: TermPlan, published: TermPlan, now: datetime) -> TermPlan:
    """The plan to publish so that calendars say again what `earlier` said; both read with today's tables.

    Raises `Refused` if the tables no longer know a course that it has.
    """
    unknown = {s.course for dated in earlier.whole.weeks.values() for s in dated.schedule.sessions} - set(
        earlier.problem.course
    )
    if unknown:
        raise Refused(say("The tables know no {course} any more: it can't be published.", course=min(unknown)))
    zone = earlier.problem.settings.timezone
    bases, names = _both(earlier.bases, published.bases)
    weeks: dict[Week, WeekPlan] = {}
    for week in sorted({*earlier.weeks, *published.weeks}):
        old, new = published.weeks.get(week), earlier.weeks.get(week)
        old = old and replace(old, base=names[old.base])
        if old is None or new is None or moment(week.day(6), 24 * 60, zone) <= now:
            week_then = old if old is not None and moment(week.monday, 0, zone) <= now else new
            if week_then is not None:
                weeks[week] = week_then
        elif moment(week.monday, 0, zone) > now:
            weeks[week] = new
        else:
            joined = _joined(week, old.schedule, new.schedule, zone, now)
            weeks[week] = new if same(joined, new.schedule) else replace(new, schedule=joined, stale=True)
    return replace(earlier, weeks=weeks, bases=bases)


def same(a: Schedule, b: Schedule) -> bool:
    """Whether the same people sit in the same sessions, in the same rooms."""
    return (a.attendance, a.study, dict(a.rooms)) == (b.attendance, b.study, dict(b.rooms))


def _joined(week: Week, old: Schedule, new: Schedule, zone: str, now: datetime) -> Schedule:
    """The running week: sessions that have ended from the one, the others from the other."""
    attendance: dict[Session, frozenset[str]] = {}
    study: dict[Session, frozenset[str]] = {}
    rooms: dict[Session, str] = {}
    for schedule, passed in ((old, True), (new, False)):
        for s, who in schedule.whole.attendance.items():
            if (moment(week.day(s.day), s.end, zone) <= now) is passed:
                (study if s in schedule.study else attendance)[s] = who
                if s in schedule.rooms:
                    rooms[s] = schedule.rooms[s]
    return Schedule(new.facts, attendance, rooms, study)


def _both(
    earlier: Mapping[str, BaseWeek], published: Mapping[str, BaseWeek]
) -> tuple[dict[str, BaseWeek], dict[str, str]]:
    """The ordinary weeks of both plans, and what those of the second are called if a name was taken by another."""
    names = {n: n if n not in earlier or earlier[n] == b else f"{n}-published" for n, b in published.items()}
    moved = {
        names[n]: replace(b, name=names[n], anchor=names[b.anchor], near=tuple(names[x] for x in b.near))
        for n, b in published.items()
    }
    return {**moved, **earlier}, names
