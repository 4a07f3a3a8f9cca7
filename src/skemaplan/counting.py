"""Counting before planning: what the ordinary weeks of a term can't hold, whatever anybody does.

"Five women with five different weeks: mathematics takes at least 6 lessons, and its teacher has 4" says more than any
search that fails, and is there before one begins. `shortage.py` has the arguments; here they walk through the term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from .amounts import in_teaching_weeks
from .attending import Possible, own_times, possible, shortest_session
from .called import names_of, with_names
from .dates import Week, numbers
from .errors import Origin, Trouble, Where
from .problem import Problem
from .shortage import Shortage, of_course, of_homework, of_participant, of_rooms, of_teacher
from .unroll import open_days, teaching_weeks, week_facts
from .week import ParticipantWeek, RoomWeek, TeacherWeek, WeekFacts
from .words import Names, Text, say, say_n

Found = TypeVar("Found")


def shortages(problem: Problem) -> Iterator[Shortage]:
    """Everything that counting finds in the term's ordinary weeks, each with the weeks that it is true of."""
    memory = Memory()
    found: dict[Shortage, list[Week]] = {}
    for week in teaching_weeks(problem):
        for shortage in of_week(week_facts(problem, week, standing=True, by_turn=True), memory, homework=True):
            found.setdefault(shortage, []).append(week)
    for shortage, weeks in found.items():
        yield replace(shortage, weeks=tuple(weeks))
    yield from of_weeks(problem)


class Memory:
    """What was counted before: a week that is like the last one, for a course or a person, is not counted again."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def once(self, name: Hashable, count: Callable[..., Found], *given: Any) -> Found:
        """`count(*given)`, or what it was if the same was given under this name last time."""
        known = self._known.get(name)
        if known is None or known[0] != given:
            known = self._known[name] = given, count(*given)
        found: Found = known[1]
        return found

    def forget_unless(self, *given: Any) -> None:
        """Forget everything unless the same was given last time."""
        known = self._known.get("")
        if known is None or known[0] != given:
            self._known = {"": (given, None)}


def of_week(facts: WeekFacts, memory: Memory | None = None, *, homework: bool = False) -> list[Shortage]:
    """What one week can't hold of what is taught; with `homework`, of that too.

    With a `memory` of the weeks before, only what has changed is counted.
    """
    memory = memory or Memory()
    shortest, lesson = shortest_session(facts), facts.lesson
    hours = (facts.periods, facts.step, facts.longest_break_inside, lesson, shortest)
    memory.forget_unless(*hours, facts.travel, facts.rooms, facts.places)
    found: list[Shortage] = []
    courses = _courses(facts, shortest, memory)
    for name, course in courses.items():
        found += memory.once(("course", name), _listed(of_course), course, lesson)
    for t in facts.teachers.values():
        mine = tuple(courses[c] for c in sorted(t.teaches) if c in courses)
        found += memory.once(("teacher", t.id), _listed(of_teacher), t, mine, lesson)
    for p in facts.participants.values():
        hers = tuple(courses[c] for c in sorted(p.demands) if c in courses)
        found += memory.once(("participant", p.id), _listed(of_participant), p, hers, lesson)
        if homework and p.study.demands:
            found += memory.once(("homework", p.id), _listed(of_homework), p, hers, own_times(facts, p), lesson)
    rooms: dict[str, list[RoomWeek]] = defaultdict(list)
    for r in facts.rooms.values():
        rooms[r.place].append(r)
    at: dict[str, list[Possible]] = defaultdict(list)
    for course in courses.values():
        for place in sorted({how.place for how in facts.ways_of(course.course.id)}):
            at[place].append(course)
    for place, its in rooms.items():
        found += memory.once(("rooms", place), _listed(of_rooms), place, tuple(its), tuple(at[place]), lesson)
    return found


def _listed(argument: Callable[..., Iterator[Shortage]]) -> Callable[..., list[Shortage]]:
    return lambda *given: list(argument(*given))


def _courses(facts: WeekFacts, shortest: int, memory: Memory) -> dict[str, Possible]:
    """What is possible of each course that somebody takes and that needs a teacher."""
    teachers: dict[str, list[TeacherWeek]] = defaultdict(list)
    takers: dict[str, list[ParticipantWeek]] = defaultdict(list)
    for t in facts.teachers.values():
        for course in t.teaches:
            teachers[course].append(t)
    for p in facts.participants.values():
        for course in p.demands:
            takers[course].append(p)
    find = partial(possible, facts, shortest)
    return {
        c.id: memory.once(("possible", c.id), find, c, tuple(teachers[c.id]), tuple(takers[c.id]))
        for c in facts.courses.values()
        if c.id in takers
    }


def of_weeks(problem: Problem) -> Iterator[Shortage]:
    """The teaching weeks of each participant, where they aren't what is meant (`teaching_weeks`); like ones together.

    Proof. In a week without an open day while she is here, nothing is taught to her.
    """
    meant = problem.settings.teaching_weeks
    days = {w: [w.day(d) for d in sorted(open_days(problem, w))] for w in teaching_weeks(problem)}
    by_count: dict[int, list[str]] = defaultdict(list)
    for p in problem.participants:
        by_count[sum(any(map(p.is_here, of_week)) for of_week in days.values())].append(p.id)
    for count, who in sorted(by_count.items()):
        if count != meant:
            names = Names((*who[:3], *(["..."] if len(who) > 3 else [])))
            text = say_n(
                "{who} has {weeks}; {need} are meant.",
                "{n} participants ({who}) have {weeks}; {need} are meant.",
                n=len(who),
                who=names,
                weeks=in_teaching_weeks(count),
                need=meant,
            )
            yield Shortage("teaching_weeks", who[0], meant, count, text)


def as_troubles(problem: Problem, found: Iterable[Shortage]) -> Iterator[Trouble]:
    """The shortages as warnings, each where the row stands that could be changed."""
    every, names = set(teaching_weeks(problem)), names_of(problem)
    for s in found:
        what = with_names(s.text, names)
        if s.weeks and set(s.weeks) != every:
            what = say("{weeks}: {what}", weeks=_named(s.weeks), what=what)
        yield Trouble(_where(problem, s), what, HELP[s.code], "warning")


HELP: dict[str, Text] = {
    "course": say("Find more hours, ask for fewer lessons, or ask the language school for another class."),
    "teacher": say("Give the teacher more time, or find another."),
    "least": say("Give the teacher more time, or ask for less."),
    "participant": say("Look at her windows, and at the teacher's."),
    "homework": say("Ask for less homework, or for more of her time."),
    "free_time": say("Ask for fewer lessons, or for more of her time."),
    "rooms": say("Find another room, or hold some of it elsewhere."),
    "at_once": say("Find another room then, or other times for some."),
    "teaching_weeks": say("Look at start and end and at the closures."),
}


def _where(problem: Problem, s: Shortage) -> Where:
    if s.code == "teaching_weeks":
        return problem.settings.origin.cell("teaching_weeks")
    origins: dict[str, list[tuple[Origin, str]]] = {
        "course": [(t.origin, "most") for t in problem.teaches if t.course == s.who],
        "teacher": [(a.origin, "from") for a in problem.windows_of.written(s.who)],
        "least": [(t.origin, "least") for t in problem.teaches_by.get(s.who, ()) if t.least],
        "rooms": [(r.origin, "place") for r in problem.rooms if r.place == s.who],
        "at_once": [(r.origin, "place") for r in problem.rooms if r.place == s.who],
    }
    person = problem.participant.get(s.who) or problem.teacher.get(s.who) or problem.course.get(s.who)
    known = origins.get(s.code, [])
    origin, column = known[-1] if known else (person.origin if person else problem.settings.origin, "id")
    return origin.cell(column)


def _named(weeks: Collection[Week]) -> Text:
    """Weeks as people say them: weeks 6-9, 11."""
    return say_n("Week {weeks}", "Weeks {weeks}", n=len(weeks), weeks=numbers(weeks))
