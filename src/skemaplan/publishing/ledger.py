"""The ledger of identities: which calendar entry is which, so that it moves instead of vanishing and coming back.

A session gets its identity when it is first published in somebody's calendar, by chance and not from its time, room or
place in a list, and keeps it through every change. What left the plan stays as cancelled. `publish` is a pure function
of plan, ledger and time: the same plan again gives the same ledger. Losing the ledger doubles everybody's calendar.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4, uuid5

from ..errors import Refused
from ..facts import Settings
from ..schedule import TermPlan
from ..store import plan_digest
from ..words import say
from .book import Book, Entries
from .event_file import entries_text
from .slots import slots_by_person
from .sources import sources

SLOW_CLOCK = timedelta(minutes=5)  # so far back a clock may have been set right; more is a wrong clock


def _nothing(digest: str) -> Entries:
    return {}


@dataclass(frozen=True, eq=False)
class Feeds(Mapping[str, Entries]):
    """Every entry ever published, by person and identity. Whoever was not changed is read only when looked at.

    `changed` is at hand; of the others `kept` has the digest of what `read` reads.
    """

    changed: Mapping[str, Entries] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[str], Entries] = _nothing

    def __getitem__(self, person: str) -> Entries:
        return self.changed[person] if person in self.changed else self.read(self.kept[person])

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self.changed, *self.kept}))

    def __len__(self) -> int:
        return len({*self.changed, *self.kept})

    def __contains__(self, person: object) -> bool:
        return person in self.changed or person in self.kept

    def with_(self, changed: Mapping[str, Entries]) -> Feeds:
        return replace(self, changed={**self.changed, **changed})

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The digest of each person's entries as they stand in a file."""
        new = {p: digest_of(entries_text(p, entries)) for p, entries in self.changed.items()}
        return dict(sorted({**self.kept, **new}.items()))


@dataclass(frozen=True)
class Ledger:
    """All identities of one term. `Ledger()` is that of a term that was never published.

    `plan` is the digest of the published plan; `at` when it was published; `namespace` is random, and makes another
    term's identities others. `trail` has a chained hash for each version, which tells an older copy or another
    machine's ledger from this one. `sources` says what each feed was made of, to do nothing twice.
    """

    namespace: UUID = field(default_factory=uuid4)
    term: str = ""
    first: date | None = None
    last: date | None = None
    plan: str = ""
    at: datetime | None = None
    feeds: Feeds = field(default_factory=Feeds)
    trail: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> int:
        """How many times something was published."""
        return len(self.trail)

    def uid(self, person: str, identity: str) -> str:
        """What a calendar program knows an entry by: another in each feed, never to be linked, never used again."""
        return f"{uuid5(self.namespace, f'{person}/{identity}')}@skemaplan"


@dataclass(frozen=True)
class Published:
    """A plan with the ledger that makes it public."""

    plan: TermPlan
    ledger: Ledger


def publish(
    plan: TermPlan,
    ledger: Ledger | None = None,
    now: datetime | None = None,
    *,
    rewrite_history: bool = False,
    fresh: Callable[[], str] = lambda: secrets.token_hex(8),
) -> Published:
    """Make a plan the published one: every entry keeps its identity, and says so where it changed.

    `now` (with a zone; default: the clock) decides what has passed. Raises `Refused` if something that has passed would
    change (unless `rewrite_history`), if the clock went backwards, or if the ledger is that of another term.
    """
    ledger = ledger or Ledger()
    now = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    _refuse_other_term(ledger, plan.problem.settings)
    if ledger.at is not None and not rewrite_history:
        if now < ledger.at - SLOW_CLOCK:
            raise Refused(
                say(
                    "The clock says {now}, but this term was published at {at}. Set the clock right.",
                    now=now,
                    at=ledger.at,
                )
            )
        now = max(now, ledger.at)
    made_of = sources(plan)
    others = {p for p, source in made_of.items() if rewrite_history or source != ledger.sources.get(p)}
    changed: dict[str, Entries] = {}
    troubles: list[str] = []
    for person, slots in slots_by_person(plan, others).items():
        before = ledger.feeds.get(person, {})
        book = Book(plan, person, before, now, rewrite_history, fresh)
        entries = book.entries(slots)
        if person not in ledger.feeds or entries != before:
            changed[person] = entries
        troubles += book.troubles
    if troubles:
        raise Refused(
            say(
                "What has passed would change: {what}. Plan again, or publish with rewrite_history.",
                what="; ".join(troubles[:5]) + (f" (+{len(troubles) - 5})" if len(troubles) > 5 else ""),
            )
        )
    return Published(plan, _next(ledger, plan, changed, {**ledger.sources, **made_of}, now))


def _next(
    ledger: Ledger, plan: TermPlan, changed: Mapping[str, Entries], made_of: Mapping[str, str], now: datetime
) -> Ledger:
    """The ledger after publishing: itself, if nothing changed."""
    digest, s = plan_digest(plan), plan.problem.settings
    if ledger.trail and not changed and digest == ledger.plan:
        return ledger if made_of == ledger.sources else replace(ledger, sources=made_of)
    feeds = ledger.feeds.with_(changed)
    new = replace(ledger, term=s.name, first=s.start, last=s.end, plan=digest, at=now, feeds=feeds, sources=made_of)
    return replace(new, trail=(*ledger.trail, _print(new, ledger.trail[-1] if ledger.trail else "")))


def _print(ledger: Ledger, before: str) -> str:
    """The hash of what a ledger says of its feeds, chained to that of the version before."""
    said = json.dumps([before, str(ledger.namespace), ledger.plan, ledger.feeds.digests], sort_keys=True)
    return digest_of(said)[:32]


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_other_term(ledger: Ledger, settings: Settings) -> None:
    if ledger.first and ledger.last and (settings.end < ledger.first or ledger.last < settings.start):
        raise Refused(
            say(
                "The state folder belongs to {term} ({first} to {last}). Give this term a state folder of its own.",
                term=ledger.term,
                first=ledger.first,
                last=ledger.last,
            )
        )
