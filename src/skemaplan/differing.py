"""What a draft changes of what is published, told to each person: pure, from two plans to sentences.

Old and new are paired for each person and course as calendars pair them (`publishing.matching`), so that what is said
here to move is what moves in the calendar. The same change week after week is told once. Nothing before today is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .dates import Week
from .facts import ALL, ONLINE
from .problem import Problem
from .publishing.matching import match
from .publishing.slots import Slot
from .schedule import TermPlan

KINDS = ("room", "time", "day", "teacher", "cancelled", "new")  # the least first
TOLD_ONCE = 3  # so many times the same, week after week, are told as one


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One session as one person has it; `place` is `online` if it is online to her.

    `made_up`: it is there to make up for a lesson that was lost; whether it is changes nothing about it.
    """

    date: date
    start: int
    end: int
    course: str
    teacher: str
    place: str
    room: str
    made_up: bool = field(default=False, compare=False)

    @property
    def slot(self) -> Slot:
        is_online = self.place == ONLINE
        place, mode = ("", ONLINE) if is_online else (self.place, "in_person")
        return Slot(self.date, self.start, self.end, self.course, place, "" if is_online else self.room, mode)

    @property
    def weekly(self) -> tuple[object, ...]:
        """What of it is the same a week later."""
        return self.date.weekday(), self.start, self.end, self.teacher, self.place, self.room


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes for a person. None: it was not there `before`, or is not there `now`.

    `dates` are all days it is true of, of what was before (of what is new, if nothing was): more than one if it is
    the same week after week; then `before` and `now` are the first.
    """

    person: str
    course: str
    before: Meeting | None
    now: Meeting | None
    dates: tuple[date, ...]

    @property
    def kind(self) -> str:
        """The gravest of what changes: room, time (the same day), day, teacher, cancelled, new."""
        old, new = self.before, self.now
        if new is None:
            return "cancelled"
        if old is None:
            return "new"
        if old.teacher != new.teacher:
            return "teacher"
        if old.date != new.date:
            return "day"
        return "time" if (old.start, old.end) != (new.start, new.end) else "room"

    @property
    def days(self) -> frozenset[date]:
        """Every day on which something is other than she thinks."""
        shift = self.now.date - self.before.date if self.before and self.now else timedelta()
        return frozenset(self.dates) | {day + shift for day in self.dates}


def changes(published: TermPlan, draft: TermPlan, today: date) -> tuple[Change, ...]:
    """Everything from `today` on that participants and teachers would notice, in order of person and date."""
    old, new = meetings(published, today), meetings(draft, today)
    found: list[Change] = []
    for person, course in sorted({*old, *new}):
        single = list(_paired(person, course, old.get((person, course), []), new.get((person, course), [])))
        found += _told_once(single, _Gaps(published, draft, person))
    return tuple(sorted(found, key=lambda c: (c.person, c.dates[0], c.course, str(c.now))))


def counts(found: tuple[Change, ...], problem: Problem) -> Mapping[str, int]:
    """How many sessions of participants change, by kind."""
    many: Counter[str] = Counter()
    for c in found:
        if c.person not in problem.teacher:
            many[c.kind] += len(c.dates)
    return {kind: many[kind] for kind in KINDS if many[kind]}


def to_ring(found: tuple[Change, ...], today: date) -> tuple[str, ...]:
    """Who must be rung: something changes for them today or tomorrow, and a calendar may be a day late."""
    soon = {today, today + timedelta(days=1)}
    return tuple(sorted({c.person for c in found if c.days & soon}))


def meetings(plan: TermPlan, since: date) -> dict[tuple[str, str], list[Meeting]]:
    """What every participant and teacher has of each course, in order of time."""
    found: dict[tuple[str, str], list[Meeting]] = {}
    for week, dated in sorted(plan.weeks.items()):
        for s, there in sorted(dated.schedule.whole.attendance.items()):
            if week.day(s.day) < since:
                continue
            room = dated.schedule.rooms.get(s, "")
            for who in (*sorted(there), *filter(None, [s.teacher])):
                where = dated.schedule.place_for(who, s)
                back = (there if who == s.teacher else {who}) <= dated.made_up.get(s, frozenset())
                meeting = Meeting(week.day(s.day), s.start, s.end, s.course, s.teacher, where, room, back)
                found.setdefault((who, s.course), []).append(_lessened(plan.problem, who, meeting))
    return found


def _lessened(problem: Problem, person: str, meeting: Meeting) -> Meeting:
    """With no more than her calendar shows: what she does not see does not change for her."""
    who = problem.participant.get(person)
    if who is None or who.detail == "full":
        return meeting
    shows_online = who.detail == "no_places" and meeting.place == ONLINE
    return replace(meeting, teacher="", place=ONLINE if shows_online else "", room="")


def _paired(person: str, course: str, old: list[Meeting], new: list[Meeting]) -> Iterator[Change]:
    pairs = match([(str(i), m.slot) for i, m in enumerate(old)], [], [m.slot for m in new])
    for i, before in enumerate(old):
        now = new[pairs[str(i)]] if str(i) in pairs else None
        if before != now:
            yield Change(person, course, before, now, (before.date,))
    for n, meeting in enumerate(new):
        if n not in pairs.values():
            yield Change(person, course, None, meeting, (meeting.date,))


@dataclass(frozen=True)
class _Gaps:
    """In which weeks nothing could have been for a person: they don't interrupt "every Tuesday"."""

    published: TermPlan
    draft: TermPlan
    person: str

    def between(self, first: date, last: date) -> bool:
        """Whether every week between two dates of one weekday is such a week."""
        day = first + timedelta(days=7)
        while day < last:
            if not self._is_free(day):
                return False
            day += timedelta(days=7)
        return (last - first).days % 7 == 0

    def _is_free(self, day: date) -> bool:
        problem, week = self.draft.problem, Week.of(day)
        if week not in self.draft.weeks and week not in self.published.weeks:
            return True
        away = (a for a in problem.absences if problem.means(a.who, self.person))
        return any(c.covers(day) for c in problem.closures if c.who == ALL) or any(a.covers(day) for a in away)


def _told_once(single: list[Change], gaps: _Gaps) -> Iterator[Change]:
    """The same change in at least so many weeks in a row as one; the others as they are."""
    alike: dict[tuple[object, ...], list[Change]] = {}
    for change in single:
        shift = change.now.date - change.before.date if change.before and change.now else None
        key = (change.before and change.before.weekly, change.now and change.now.weekly, shift)
        alike.setdefault(key, []).append(change)
    for same in alike.values():
        run: list[Change] = []
        for change in sorted(same, key=lambda c: c.dates):
            if run and not gaps.between(run[-1].dates[0], change.dates[0]):
                yield from _run(run)
                run = []
            run.append(change)
        yield from _run(run)


def _run(run: list[Change]) -> Iterator[Change]:
    if len(run) < TOLD_ONCE:
        yield from run
        return
    first = run[0]
    yield Change(first.person, first.course, first.before, first.now, tuple(c.dates[0] for c in run))
