"""What stands on somebody's page, week by week and day by day: the entries of the ledger, as a page shows them. Pure.

Nothing here knows the clock, nor when others' plans were published: a page is of the day on which something in its own
calendar last changed. What had passed then is left out; the feed keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from ..dates import Week, clock, weeks_between
from ..facts import ONLINE
from ..problem import Problem
from .event import Entry, before
from .ledger import Published
from .signs import ANYTHING, Sign, sign_of, signs
from .wording import plain

NEWS_DAYS = 14  # so long a change is news
LastDay = date | None  # None: never


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page. `link` is where it is met online; `before` is what was different before it changed.

    `told_until` is the last day on which it is news that it is new, changed or cancelled; None: it is not.
    """

    date: date
    start: str
    end: str
    title: str
    where: str
    people: str
    sign: Sign
    is_online: bool = False
    link: str = ""
    is_cancelled: bool = False
    is_changed: bool = False
    is_new: bool = False
    before: str = ""
    told_until: LastDay = None

    @property
    def is_news(self) -> bool:
        """Whether it is told at the top of a page, until `told_until`."""
        return self.told_until is not None


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PageWeek:
    """An ISO week and the days on which something is. It may be empty."""

    week: Week
    days: tuple[Day, ...]

    @property
    def monday(self) -> date:
        return self.week.monday

    @property
    def last(self) -> date:
        """The last day that is worth naming: Friday, or the day of the weekend on which something is."""
        return max([self.week.day(4), *(d.date for d in self.days)])


def agenda(published: Published, person: str, since: date | None = None) -> tuple[PageWeek, ...]:
    """Somebody's weeks from that of `since` (default: of the newest change) to the last with something in it."""
    items = tuple(items_of(published, person))
    if not items:
        return ()
    first = max(since or changed_on(published, person), items[0].date)
    by_day = {day: tuple(found) for day, found in groupby(items, key=lambda item: item.date)}
    return tuple(
        PageWeek(week, tuple(Day(day, by_day[day]) for day in week.days if day in by_day))
        for week in weeks_between(first, max(by_day))
    )


def changed_at(published: Published, person: str) -> datetime | None:
    """When somebody's calendar last changed, by the clock of the term's place; None if there is nothing in it."""
    zone = ZoneInfo(published.plan.problem.settings.timezone)
    return max((e.modified.astimezone(zone) for e in published.ledger.feeds[person].values()), default=None)


def changed_on(published: Published, person: str) -> date:
    at = changed_at(published, person)
    return at.date() if at else published.plan.problem.settings.start


def news(weeks: Iterable[PageWeek]) -> tuple[Item, ...]:
    """What is new, changed or cancelled, of what was still to come."""
    return tuple(item for week in weeks for day in week.days for item in day.items if item.is_news)


def items_of(published: Published, person: str) -> Iterable[Item]:
    """Everything in somebody's calendar, in order of time."""
    problem, ledger = published.plan.problem, published.ledger
    entries = sorted(ledger.feeds[person].values(), key=lambda e: (e.slot, e.id))
    who = problem.participant.get(person)
    hidden = who is not None and who.detail == "times_only"
    of_course: Mapping[str, Sign] = {} if hidden else signs(problem)
    first = min((e.created for e in entries), default=None)
    news_from = changed_on(published, person) - timedelta(days=NEWS_DAYS)
    for entry in entries:
        is_late = entry.created != first and entry.created.date() >= news_from
        sign = ANYTHING if hidden else sign_of(entry.slot, of_course)
        yield _item(entry, problem, sign, news_from, is_new=is_late and entry.change is None)


def _item(entry: Entry, problem: Problem, sign: Sign, news_from: date, *, is_new: bool) -> Item:
    slot, change = entry.slot, entry.change
    is_news = change is not None and change.on >= news_from
    is_online = slot.mode == ONLINE
    link = slot.location if is_online and slot.location.startswith(("https://", "http://")) else ""
    said = ""
    if change is not None and is_news and not entry.cancelled:
        said = before(change, slot, problem.settings.language)
    return Item(
        date=slot.date,
        start=clock(slot.start),
        end=clock(slot.end),
        title=plain(slot.title),
        where="" if is_online else slot.location,
        people=slot.people,
        sign=sign,
        is_online=is_online,
        link=link,
        is_cancelled=entry.cancelled,
        is_changed=is_news and not entry.cancelled,
        is_new=is_new and not entry.cancelled,
        before=said,
        told_until=_told_until(entry, is_news, is_new),
    )


def _told_until(entry: Entry, is_changed: bool, is_new: bool) -> LastDay:
    """What is cancelled is told until its day has passed, what is new or changed for a while at most."""
    if entry.cancelled:
        return entry.slot.date
    since = entry.change.on if entry.change else entry.created.date()
    return min(entry.slot.date, since + timedelta(days=NEWS_DAYS)) if is_changed or is_new else None
