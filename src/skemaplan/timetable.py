"""One person's week as a list of things with times: what a grid in a terminal shows. Nothing is drawn here.

This is the coordinator's own view: places by the names they are shown with, people by their labels (by their ids where
a label is too long for a narrow cell).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .dates import Week
from .facts import ALL, LANGUAGE_SCHOOL, ONLINE, STUDY
from .problem import Problem
from .schedule import Session, Stop, TermPlan, WeekPlan
from .unroll import teaching_weeks
from .words import say

MOST_LETTERS = 12  # of a label in a cell of a grid
SESSION, SCHOOL, EXAM, OTHER, CLOSED, AWAY = "session", "school", "exam", "other", "closed", "away"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a week: `day` 0 (Monday) to 6, minutes since midnight. `kind` is one of the words above.

    `short` is its id or its title, for narrow cells; `course` is empty for what is no session.
    """

    day: int
    start: int
    end: int
    kind: str
    title: str
    short: str
    where: str = ""
    who: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class Timetable:
    """One person's (or room's) week. `minutes` counts by kind what her week holds; `nth` of `of` teaching weeks."""

    who: str
    label: str
    week: Week
    items: tuple[Item, ...]
    minutes: dict[str, int]
    nth: int
    of: int

    @property
    def days(self) -> tuple[int, ...]:
        """Monday to Friday, and those of the weekend that hold something."""
        return tuple(d for d in range(7) if d < 5 or any(i.day == d and i.kind != CLOSED for i in self.items))


def timetable(plan: TermPlan, who: str, week: Week, language: str) -> Timetable:
    """The week of a participant, teacher or room."""
    problem, dated = plan.problem, plan.weeks.get(week)
    weeks = teaching_weeks(problem, who if who in problem.participant else "")
    items = [*(_items(problem, dated, who, language) if dated else ()), *_closed(problem, week, who, language)]
    return Timetable(
        who=who,
        label=label_of(problem, who),
        week=week,
        items=tuple(sorted(items, key=lambda i: (i.day, i.start, i.end))),
        minutes=_minutes(dated, who) if dated else {},
        nth=sum(w <= week for w in weeks) if week in weeks else 0,
        of=len(weeks),
    )


def label_of(problem: Problem, who: str) -> str:
    """What somebody is called: a label, else the id."""
    person = problem.participant.get(who) or problem.teacher.get(who)
    return (person.label if person else "") or who


def brief_name(problem: Problem, who: str) -> str:
    """What somebody is called in a narrow cell: the label, or the id where the label is too long for one."""
    label = label_of(problem, who)
    return label if len(label) <= MOST_LETTERS else who


def brief_names(problem: Problem, people: Iterable[str]) -> str:
    """Several in a narrow cell, without the first word that they all have: A, B, E are Deltager A and so on."""
    names = [brief_name(problem, who) for who in sorted(people)]
    first = names[0].split(" ")[0] + " " if len(names) > 1 else ""
    return ", ".join(name.removeprefix(first) if all(n.startswith(first) for n in names) else name for name in names)


def title_of(problem: Problem, course: str, language: str) -> str:
    c = problem.course[course]
    return (c.name_en if language == "en" and c.name_en else c.name) or c.id


def _items(problem: Problem, dated: WeekPlan, who: str, language: str) -> Iterator[Item]:
    schedule = dated.schedule.whole
    if who not in problem.participant and who not in problem.teacher:  # a room
        for s in schedule.sessions:
            if schedule.rooms.get(s) == who:
                yield _of_session(problem, dated, s, s.place, _with_teacher(problem, dated, s), language)
        return
    if who not in schedule.facts.participants and who not in schedule.facts.teachers:  # she is not here this week
        return
    for day in range(7):
        for stop in schedule.stops(who, day):
            if stop.session is not None:
                s = stop.session
                others = (
                    brief_name(problem, s.teacher)
                    if who in problem.participant
                    else brief_names(problem, dated.schedule.attendance[s])
                )
                yield _of_session(problem, dated, s, stop.place, others, language)
            else:
                yield _of_fixed(problem, day, stop, language)


def _with_teacher(problem: Problem, dated: WeekPlan, s: Session) -> str:
    return f"{brief_name(problem, s.teacher)}: {brief_names(problem, dated.schedule.attendance[s])}"


def _of_session(problem: Problem, dated: WeekPlan, s: Session, place: str, who: str, language: str) -> Item:
    title, room = title_of(problem, s.course, language), dated.schedule.rooms.get(s, "")
    where = place_name(problem, place, language) if place == ONLINE or not room else room
    return Item(s.day, s.start, s.end, SESSION, title, s.course, where, who, s.course)


def _of_fixed(problem: Problem, day: int, stop: Stop, language: str) -> Item:
    f = stop.fixed
    assert f is not None  # a stop is a session or something fixed
    kind = SCHOOL if f.kind == LANGUAGE_SCHOOL else f.kind if f.kind in (EXAM, AWAY) else OTHER
    title = f.title or say("busy").to(language)
    return Item(day, f.start, f.end, kind, title, title, place_name(problem, f.place, language))


def place_name(problem: Problem, place: str, language: str) -> str:
    """What a place is called where others may look on."""
    if place == ONLINE:
        return say("online").to(language)
    known = problem.place.get(place)
    return known.shown_as or known.name or known.id if known else place


def _closed(problem: Problem, week: Week, who: str, language: str) -> Iterator[Item]:
    """What closes a day for everyone, and when she is away."""
    for day in range(7):
        date = week.day(day)
        for c in problem.closures:
            if c.covers(date) and c.who == ALL and not c.place:
                title = say("closed").to(language)
                yield Item(day, c.start, c.end, CLOSED, title, title, c.reason)
        for a in problem.absences:
            if a.kind == AWAY and not a.place and a.covers(date) and (a.who == ALL or problem.means(a.who, who)):
                title = say("away").to(language)
                yield Item(day, a.start, a.end, AWAY, title, title, a.title)


def _minutes(dated: WeekPlan, who: str) -> dict[str, int]:
    """What a week holds for somebody: minutes of language school, other commitments, lessons, talks, homework."""
    schedule, counted = dated.schedule, {SCHOOL: 0, OTHER: 0, SESSION: 0, "talk": 0, STUDY: 0}
    counted[STUDY] = sum(s.minutes for s in schedule.studies(who))
    for s in schedule.of(who):
        counted["talk" if schedule.facts.courses[s.course].kind == "talk" else SESSION] += s.minutes
    person = schedule.facts.participants.get(who)
    for day in person.fixed if person else ():
        for f in day:
            counted[SCHOOL if f.kind == LANGUAGE_SCHOOL else OTHER] += f.minutes
    return counted
