"""Which sessions may be held at all in a week: every teacher of a course, every day, every start, every length.

Whether anybody can come is not asked here: that is what rules are for. A session of whole lessons fills bell periods
that follow each other; one of other lengths (30 minutes online) starts with a period, or back to back from where
periods that touch begin; without bell times it starts every `start_step` minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from .dates import Spans, merge
from .schedule import Session
from .week import CourseDay, CourseWeek, WeekFacts


def candidates(facts: WeekFacts) -> Iterator[Session]:
    """Every session that may be held, in the order of course, teacher, day, start and length."""
    for course in facts.courses.values():
        for teacher in facts.teachers.values():
            if course.id in teacher.teaches:
                for day in range(7):
                    for start, end, place, minutes in ways(facts, course, day):
                        yield Session(day, start, end, course.id, teacher.id, place, minutes)


def ways(facts: WeekFacts, course: CourseWeek, day: int) -> Iterator[tuple[int, int, str, int]]:
    """When, where and for how many minutes of teaching a course may be held on a day, for all or for some."""
    how = course.days[day]
    own = facts.own_ways.get((course.id, day), ())
    if not own:
        yield from ((start, end, how.place, minutes) for start, end, minutes in times(facts, day, how))
        return
    found = {(start, end, x.place, minutes) for x in (how, *own) for start, end, minutes in times(facts, day, x)}
    yield from sorted(found)


def suits(facts: WeekFacts, s: Session, participant: str) -> bool:
    """Whether a session is as long, and held where, as its course is for a participant on the day."""
    how = facts.how(participant, s.course, s.day)
    return s.place == how.place and s.minutes in lengths_between(how.shortest, how.longest, facts.lesson)


def study_times(facts: WeekFacts, course: str, day: int) -> Iterator[Session]:
    """When homework may be done on a day: at the same times as everything else, by anybody, with nobody."""
    how = facts.courses[course].days[day]
    for start, end, minutes in times(facts, day, how):
        yield Session(day, start, end, course, "", how.place, minutes)


def times(facts: WeekFacts, day: int, how: CourseDay) -> Iterator[tuple[int, int, int]]:
    """(start, end, minutes of teaching) of each possible session of a day."""
    lengths = lengths_between(how.shortest, how.longest, facts.lesson)
    if facts.step:
        yield from on_a_grid(facts.periods[day], lengths)
    elif all(n % facts.lesson == 0 for n in lengths):
        yield from whole_periods(facts.periods[day], lengths, facts.lesson)
    else:
        yield from back_to_back(facts.periods[day], lengths)


def lengths_between(shortest: int, longest: int, lesson: int) -> list[int]:
    """Whole lessons from shortest to longest where both are whole, else the shortest and what it goes into."""
    step = lesson if shortest % lesson == 0 and longest % lesson == 0 else shortest
    return list(range(shortest, longest + 1, step))


def whole_periods(periods: Spans, lengths: list[int], lesson: int) -> Iterator[tuple[int, int, int]]:
    for i in range(len(periods)):
        for minutes in lengths:
            run = periods[i : i + minutes // lesson]
            if len(run) * lesson == minutes:
                yield run[0][0], run[-1][1], minutes


def back_to_back(periods: Spans, lengths: list[int]) -> Iterator[tuple[int, int, int]]:
    for first, last in merge(periods):
        for minutes in lengths:
            starts = {*range(first, last, minutes), *(s for s, _ in periods if first <= s < last)}
            yield from ((s, s + minutes, minutes) for s in sorted(starts) if s + minutes <= last)


def on_a_grid(periods: Spans, lengths: list[int]) -> Iterator[tuple[int, int, int]]:
    end = max((e for _, e in periods), default=0)
    yield from ((s, s + n, n) for s, _ in periods for n in lengths if s + n <= end)
