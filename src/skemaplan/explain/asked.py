"""What a question about one lesson means: whose, which course, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..candidates import candidates
from ..cells import NotRead, read_date, read_day, read_time
from ..dates import Week, clock
from ..errors import InputError, Trouble
from ..schedule import TermPlan
from ..words import Name, Names, say
from .naming import meant


@dataclass(frozen=True)
class Asked:
    """A participant's course on a weekday (0-6) at `start`, in a `dated` week or in ordinary ones of its kind."""

    participant: str
    course: str
    week: Week
    day: int
    start: int
    dated: bool


def read_question(plan: TermPlan, person: str, course: str, when: str) -> Asked:
    """What is meant by labels or ids and by "2020-03-03 10:15" or "tue 10:15" (the first week that has such a day).

    Raises InputError with the nearest names, dates or times that there are.
    """
    problem = plan.problem
    p = meant(say("The participant"), person, {x.id: x.label for x in problem.participants})
    c = meant(say("The course"), course, {x.id: x.name for x in problem.courses})
    day_text, _, time_text = when.strip().rpartition(" ")
    start = _read(time_text, when, minutes=True)
    try:
        day = read_date(day_text.strip(), 0)
    except NotRead:
        weekday = _read(day_text.strip(), when, minutes=False)
        return _possible(plan, Asked(p, c, _first_week(plan, p, when), weekday, start, dated=False))
    week = Week.of(day)
    here = [w for w, x in sorted(plan.weeks.items()) if p in x.schedule.facts.participants]
    if week not in here:
        near = sorted(here, key=lambda w: abs((w.monday - week.monday).days))[:3]
        right = (
            say("The nearest are {weeks}.", weeks=", ".join(map(str, sorted(near)))) if near else say("There is none.")
        )
        what = say("{who} has no teaching week {week}.", who=problem.participant[p].label, week=week)
        raise InputError([Trouble(when, what, right)])
    return _possible(plan, Asked(p, c, week, day.weekday(), start, dated=True))


def _read(text: str, when: str, *, minutes: bool) -> int:
    try:
        return read_time(text, 0) if minutes else read_day(text, 0)
    except NotRead:
        example = say(
            "Write it as {example}.", example=Name("2020-03-03 10:15, tue 10:15", "2020-03-03 10:15, tir 10:15")
        )
        raise InputError([Trouble(when, say("{value} is not a day and a time.", value=when), example)]) from None


def _first_week(plan: TermPlan, p: str, when: str) -> Week:
    for week, dated in sorted(plan.weeks.items()):
        if p in dated.schedule.facts.participants:
            return week
    raise InputError([Trouble(when, say("{who} has no teaching weeks.", who=p), say("Look at her start and end."))])


def _possible(plan: TermPlan, asked: Asked) -> Asked:
    """The question, if a session of the course can begin then at all."""
    facts = plan.bases[plan.weeks[asked.week].base].schedule.facts
    starts = {s.start for s in candidates(facts) if (s.course, s.day) == (asked.course, asked.day)}
    if asked.start not in starts:
        near = sorted(starts, key=lambda t: (abs(t - asked.start), t))[:3]
        known: Mapping[int, str] = {t: clock(t) for t in sorted(near)}
        what = say("{course} can't begin at {time} that day.", course=asked.course, time=clock(asked.start))
        right = (
            say("The nearest times are {times}.", times=Names(tuple(known.values())))
            if known
            else say("No session of it can lie on that day.")
        )
        raise InputError([Trouble(clock(asked.start), what, right)])
    return asked
