"""An absent teacher: which published sessions are hit, what can be done about each, and what a plan is with it done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from ..facts import ONLINE, Mode
from ..free import is_free
from ..making_up import still_missing as settled
from ..problem import Problem
from ..schedule import Missing, Session, TermPlan, WeekPlan, without
from ..seating import seat
from ..unroll import week_facts
from .by_hand import still_missing
from .choices import KINDS, Choice, Hit, Looking
from .made_up import with_more
from .new_tables import placed

__all__ = ["KINDS", "Choice", "Hit", "cover", "taken"]


def cover(problem: Problem, published: TermPlan, now: TermPlan, today: date) -> Iterator[Hit]:
    """Every published session from `today` on whose teacher has no time by these tables, with its choices, ranked.

    `now` is the plan again under these tables, with all that was decided since: what it already holds again, in its
    own week or made up in a later one, is not asked about.
    """
    looking = Looking(problem, now, today)
    open_again = {week: [m for m, _ in found if m.minutes] for week, found in settled(now).items()}
    for week, dated in sorted(published.weeks.items()):
        if week.day(6) < today or week not in now.weeks:
            continue
        facts = now.weeks[week].schedule.facts
        for s, there in sorted(dated.own.attendance.items()):
            if week.day(s.day) < today or (s.teacher in facts.teachers and is_free(facts, s, s.teacher)):
                continue
            who = frozenset(p for p in there if p in facts.participants and _misses(s, p, open_again[week]))
            if who and s.course in facts.courses:
                yield looking.hit(week, s, who)


def _misses(s: Session, p: str, missing: Iterable[Missing]) -> bool:
    """Whether a participant goes without this session: what she misses is it, or there is no telling which it is."""
    mine = (m.session for m in missing if (m.participant, m.course) == (p, s.course))
    return any(at is None or (at.day, at.start) == (s.day, s.start) for at in mine)


def taken(problem: Problem, now: TermPlan, hit: Hit, choice: Choice) -> TermPlan:
    """The plan in which exactly that happened: the week of the choice has it, and everything else is as it was."""
    dated = now.weeks[choice.week]
    if choice.kind == "cancel":
        return now
    if choice.kind == "make_up":
        new = with_more(dated, dict(choice.held))
    else:
        new = _with(dated, choice, _online_or_not(problem, dated, hit, choice))
    return replace(now, weeks={**now.weeks, choice.week: new})


def _online_or_not(problem: Problem, dated: WeekPlan, hit: Hit, choice: Choice) -> WeekPlan:
    """The week, with the course online that day if that is the choice."""
    if choice.kind != "online":
        return dated
    day = dated.week.day(hit.session.day)
    mode = Mode(from_date=day, to_date=day, mode=ONLINE, course=hit.session.course)
    facts = week_facts(replace(problem, modes=(*problem.modes, mode)), dated.week)
    return replace(dated, schedule=replace(placed(dated.schedule, facts), facts=facts))


def _with(before: WeekPlan, choice: Choice, dated: WeekPlan) -> WeekPlan:
    left = without(dated.schedule, dict(choice.gone))
    attendance = dict(left.attendance)
    for s, who in choice.held:
        attendance[s] = attendance.get(s, frozenset()) | who
    schedule = seat(replace(left, attendance=attendance), dated.schedule.rooms)[0]
    new = replace(dated, schedule=schedule)
    missing = tuple(still_missing(before.missing, before.own, new.own))
    return replace(new, missing=missing)
