"""The term that every client is shown, twice: from October to April, with all that calendars go wrong on.

Both clock changes, New Year, week 53 and a holiday lie in it. The second time one session has moved, one is cancelled,
one has another room, and one is new.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from plans import Row, changed, make_plan, small_problem, with_settings

from skemaplan.facts import Closure, Mode
from skemaplan.publishing.ledger import Published
from skemaplan.publishing.links import links, renew
from skemaplan.publishing.reading import meant
from skemaplan.publishing.release import Release, release
from skemaplan.schedule import TermPlan
from skemaplan.store import Store

T = TypeVar("T")
FIRST = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
SECOND = FIRST + timedelta(days=2)
PERSON = "A"
MOVED = "Dette skema er flyttet. Spørg i administrationen om et nyt link."
ROWS: tuple[Row, ...] = (
    ("2026-10-20", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-10-23", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C"),
    ("2026-10-27", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-10-30", "10:15-11:45", "eng", "U-ENG", "Lokale 2", "A B C"),
    ("2026-12-29", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2026-12-30", "10:15-11:45", "eng", "U-ENG", "Lokale 2", "A B C"),
    ("2027-01-05", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2027-01-08", "12:15-13:00", "talk", "KOORD", "", "A"),
    ("2027-03-23", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2027-03-30", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B"),
    ("2027-04-02", "10:15-11:45", "eng", "U-ENG", "Lokale 2", "A B C"),
)
LATER = (
    *changed(
        ROWS,
        {
            2: ("2026-10-28", "09:15-10:45", "mat", "U-MAT", "Lokale 1", "A B"),  # moved
            5: None,  # cancelled
            9: ("2027-03-30", "08:30-10:00", "mat", "U-MAT", "Lokale 2", "A B"),  # another room
        },
    ),
    ("2027-01-12", "12:15-13:00", "talk", "KOORD", "", "A"),  # new
)
BY_HAND = {  # 8.30 by the clock on the wall is 7.30 UTC in winter and 6.30 in summer
    "2026-10-20T06:30Z Matematik",
    "2026-10-27T07:30Z Matematik",
    "2026-12-29T07:30Z Matematik",
    "2027-01-08T11:15Z Samtale",
    "2027-03-23T07:30Z Matematik",
    "2027-03-30T06:30Z Matematik",
    "2027-04-02T08:15Z Engelsk",
    "2026-12-28T07:30Z Sprogskole",
}


@dataclass(frozen=True, order=True)
class Seen:
    """An event as a client shows it; times in UTC, as `2026-10-20T06:30Z`."""

    start: str
    end: str
    title: str
    place: str
    status: str = "CONFIRMED"
    uid: str = field(default="", compare=False)

    @property
    def brief(self) -> str:
        return f"{self.start} {self.title}"


def seen(row: Mapping[str, str | None]) -> Seen:
    """What a client said of an event, its times in any form that names an instant."""
    start, end = (stamp(datetime.fromisoformat(str(row[name]))) for name in ("start", "end"))
    status = row.get("status") or "CONFIRMED"
    return Seen(start, end, row["title"] or "", row["place"] or "", status, row["uid"] or "")


def plan(rows: tuple[Row, ...], **more: object) -> TermPlan:
    """The term with these sessions; `more` are settings of it."""
    problem = with_settings(small_problem(), start=date(2026, 10, 19), end=date(2027, 4, 2), **more)
    closed = Closure(from_date=date(2026, 12, 19), to_date=date(2026, 12, 27), reason="Jul")
    online = Mode(from_date=date(2027, 4, 1), to_date=date(2027, 4, 2), mode="online", course="eng")
    return make_plan(replace(problem, closures=(closed,), modes=(online,)), rows)


class Term:
    """The term with its site, published when a test says so."""

    def __init__(self, folder: Path) -> None:
        self.store, self.site = Store(folder / "state"), folder / "site"
        self.published = self.publish(ROWS, FIRST).published

    def publish(self, rows: tuple[Row, ...] = LATER, at: datetime = SECOND) -> Release:
        """The second publishing, if nothing else is said."""
        done = release(self.store, self.site, plan(rows), at)
        self.published = done.published
        return done

    def renew(self) -> None:
        """Give her a new link: the old one shows one entry that says so."""
        renew(self.store, self.site, self.published.plan.problem, PERSON, SECOND + timedelta(days=1))

    def path(self, person: str = PERSON) -> str:
        """The path of somebody's feed on the web."""
        [found] = [x.url for x in links(self.store, self.site, self.published.plan.problem) if x.person == person]
        return found

    def file(self, person: str = PERSON) -> Path:
        return self.site / self.path(person)[1:]

    def expected(self, person: str = PERSON) -> list[Seen]:
        return expected(self.published, person)


def expected(published: Published, person: str = PERSON) -> list[Seen]:
    """What every client must show, by the ledger and not by the bytes."""
    return sorted(
        Seen(stamp(e.start), stamp(e.end), e.summary, e.location, e.status, e.uid) for e in meant(published, person)
    )


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


GONE = {
    "2026-10-27T07:30Z Matematik, Støberiet, Lokale 1",
    "2026-12-30T09:15Z Engelsk, Støberiet, Lokale 2",
    "2027-03-30T06:30Z Matematik, Støberiet, Lokale 1",
}
COME = {
    "2026-10-28T08:15Z Matematik, Støberiet, Lokale 1",
    "2026-12-30T09:15Z AFLYST: Engelsk, Støberiet, Lokale 2",
    "2027-03-30T06:30Z Matematik, Støberiet, Lokale 2",
    "2027-01-12T11:15Z Samtale, Støberiet, samtalerum",
}


def check_the_republish(before: list[Seen], after: list[Seen], *, keeps_uids: bool = True) -> None:
    """One moved, one cancelled, one in another room, one new; and nothing else, no ghost and nothing twice."""
    assert len(set(before)) == len(before)
    assert len(set(after)) == len(after) == len(before) + 1
    assert {f"{e.brief}, {e.place}" for e in set(before) - set(after)} == GONE
    assert {f"{e.brief}, {e.place}" for e in set(after) - set(before)} == COME
    if keeps_uids:
        old, new = ({e.uid for e in rows} for rows in (before, after))
        assert (len(old), len(new - old), old - new) == (len(before), 1, set()), "what moved is the same event"


def eventually(look: Callable[[], T], expected: T, tries: int = 120) -> T:
    """What is seen once it is as expected; what was seen last, if it has not come so within a minute."""
    for _ in range(tries):
        got = look()
        if got == expected:
            return got
        time.sleep(0.5)
    assert got == expected
    return got
