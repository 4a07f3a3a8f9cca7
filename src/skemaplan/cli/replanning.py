"""Planning a term again that has a published version: against which plan, and as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from ..errors import InputError, Refused, Trouble, Where
from ..problem import Problem
from ..schedule import TermPlan
from ..store import Store
from ..words import say

today_option = click.option(
    "--today", metavar="DATE", help="As of this day, such as 2020-03-02 [default: the clock]. What is before it stays."
)
thaw_option = click.option(
    "--thaw", is_flag=True, help="Let what is about to be held move too, not only what breaks a must."
)


@dataclass(frozen=True)
class Again:
    """What a term is planned again from. `holds`: it was planned with these very tables, so nothing is to be done.

    `minute`: of today, by which what has begun has passed; 0 if a day was named. `version`: which one it is.
    """

    published: TermPlan
    today: date
    thaw: bool
    holds: bool
    minute: int = 0
    version: int = 0


def again_of(store: Store, problem: Problem, today: str | None, thaw: bool) -> Again | None:
    """What to plan again from; None if nothing is published.

    Raises Refused for a clock that went backwards, and for a draft that a newer skemaplan wrote.
    """
    day = today_of(today, problem)
    store.refuse_newer("draft.json")
    version = store.version
    published = store.published(problem, version)
    if published is None:
        return None
    refuse_slow_clock(store, problem, day)
    holds = store.published_of(problem) and not any(d.stale for w, d in published.weeks.items() if w.monday >= day)
    return Again(published, day, thaw, holds, 0 if today else minute_of_the_clock(problem), version)


def refuse_slow_clock(store: Store, problem: Problem, day: date) -> None:
    at = store.published_at(store.version)
    if at is not None and day < at.astimezone(ZoneInfo(problem.settings.timezone)).date():
        raise Refused(
            say(
                "Today is {today}, but version {version} was published on {at}. Set the clock right, or say --today.",
                today=day,
                version=store.version,
                at=at.astimezone(ZoneInfo(problem.settings.timezone)).date(),
            )
        )


def today_of(text: str | None, problem: Problem) -> date:
    """The day that is meant: the clock's, in the term's zone, if none is said. Raises InputError."""
    if text is None:
        return datetime.now(ZoneInfo(problem.settings.timezone)).date()
    return day_of(text, "--today")


def minute_of_the_clock(problem: Problem) -> int:
    now = datetime.now(ZoneInfo(problem.settings.timezone))
    return now.hour * 60 + now.minute


def day_of(text: str, where: Where) -> date:
    """A date as tables write it. Raises InputError that names where it stood."""
    from ..cells import NotRead, read_date

    try:
        return read_date(text.strip(), 0)
    except NotRead as wrong:
        raise InputError([Trouble(where, wrong.what, wrong.right)]) from None
