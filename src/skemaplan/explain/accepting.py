"""What it means to change nothing: who has how much less of what, from which day to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from ..amounts import in_teaching, in_weeks
from ..dates import Week
from ..problem import Problem
from ..publishing.wording import word
from ..schedule import Schedule
from ..unroll import teaching_weeks
from ..unrolling.calendar import Calendar
from ..words import Name, Names, Text, say
from .values import Accepted

Stretch = tuple[date, date]  # its first and its last day
FEW = 3  # stretches that are told one by one; of more (every second week) it is told how many weeks


def accepted(schedule: Schedule, weeks: tuple[str, ...], problem: Problem | None) -> Iterator[Accepted]:
    """Who would get how much less, in the plan that is least short; those who lack the same together.

    A single week that is of no term (`problem` is None) has no dates.
    """
    lacking: dict[tuple[str, int], list[str]] = {}
    for p in schedule.facts.participants.values():
        for course, d in p.demands.items():
            if (short := d.wanted - schedule.minutes(p.id, course)) > 0:
                lacking.setdefault((course, short), []).append(p.id)
    dates = tuple(stretches(problem, [Week.parse(name[:8]) for name in weeks])) if problem else ()
    when = told(problem, dates, len(weeks)) if problem else None
    for (course, short), who in lacking.items():
        amount = in_teaching(short, schedule.facts.lesson)
        named = {"amount": amount, "course": course, "who": together(who)}
        text = (
            say("{amount} of {course} less a week for {who} {when}", **named, when=when)
            if when
            else say("{amount} of {course} less a week for {who}", **named)
        )
        yield Accepted(tuple(who), course, short, weeks, dates, text)


def stretches(problem: Problem, weeks: Sequence[Week]) -> Iterator[Stretch]:
    """The dates of these weeks, as long stretches: a week without teaching between two of them is no end."""
    at = {week: n for n, week in enumerate(teaching_weeks(problem))}
    for _, run in groupby(enumerate(sorted(weeks)), key=lambda placed: at[placed[1]] - placed[0]):
        inside = [week for _, week in run]
        yield max(inside[0].monday, problem.settings.start), last_day(problem, inside[-1])


def last_day(problem: Problem, week: Week) -> date:
    """The last day of the week that is in the term and on which somebody teaches in an ordinary week."""
    taught = Calendar(problem, week, standing=True).could_teach
    return min(week.day(max(taught, default=6)), problem.settings.end)


def told(problem: Problem, dates: Sequence[Stretch], weeks: int) -> Text | Names:
    """From which day to which: "until 31 July" where it is so from the beginning of the term."""
    first, last = dates[0][0], dates[-1][1]
    years = first.year != last.year
    if len(dates) > FEW:
        amount = in_weeks(weeks)
        return say("in {amount} from {first} to {last}", amount=amount, first=day(first, years), last=day(last, years))
    if len(dates) == 1 and Week.of(first) == teaching_weeks(problem)[0]:
        return say("until {last}", last=day(last, years))
    each = tuple(say("from {first} to {last}", first=day(a, years), last=day(b, years)) for a, b in dates)
    return together(each)


def together(names: Sequence[str | Text]) -> Text | Names:
    """A; A and B; A, B and C."""
    *others, last = names
    return say("{others} and {last}", others=Names(tuple(others)), last=last) if others else Names((last,))


def day(when: date, year: bool) -> Name:
    """31 July, 31. juli; with its year where a stretch goes over New Year."""
    names = {language: word(language, "months").split()[when.month - 1] for language in ("en", "da")}
    after = f" {when.year}" if year else ""
    return Name(f"{when.day} {names['en']}{after}", f"{when.day}. {names['da']}{after}")
