"""The ledger of identities: which calendar entry is which, so that it moves instead of vanishing and coming back.

A session gets its identity when it is first published in somebody's calendar, by chance and not from its time, room or
place in a list, and keeps it through every change. What left the plan stays as cancelled. `publish` is a pure function
of plan, ledger and time: the same plan again gives the same ledger. Losing the ledger doubles everybody's calendar.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from ..dates import clock, moment
from ..errors import Refused
from ..facts import Settings
from ..plan_file import Json
from ..schedule import TermPlan
from ..store import plan_digest
from ..words import say
from .event import Change, Entry, is_news, visible
from .event_file import entry_document, read_entry
from .matching import match
from .slots import FIXED, Slot, reword, slots_by_person

SLOW_CLOCK = timedelta(minutes=5)  # so far back a clock may have been set right; more is a wrong clock
Entries = Mapping[str, Entry]


@dataclass(frozen=True)
class Ledger:
    """All identities of one term. `Ledger()` is that of a term that was never published.

    `feeds` holds, by person and identity, every entry ever published; `plan` is the digest of the published plan;
    `at` when it was published; `namespace` is random, and makes another term's identities others. `trail` has a chained
    hash for each version, which tells an older copy or another machine's ledger from this one.
    """

    namespace: UUID = field(default_factory=uuid4)
    term: str = ""
    first: date | None = None
    last: date | None = None
    plan: str = ""
    at: datetime | None = None
    feeds: Mapping[str, Entries] = field(default_factory=dict)
    trail: tuple[str, ...] = ()

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
    settings = plan.problem.settings
    _refuse_other_term(ledger, settings)
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
    feeds = dict(ledger.feeds)
    troubles: list[str] = []
    for person, slots in slots_by_person(plan).items():
        book = _Book(plan, person, feeds.get(person, {}), now, rewrite_history, fresh)
        feeds[person] = book.entries(slots)
        troubles += book.troubles
    if troubles:
        raise Refused(
            say(
                "What has passed would change: {what}. Plan again, or publish with rewrite_history.",
                what="; ".join(troubles[:5]) + (f" (+{len(troubles) - 5})" if len(troubles) > 5 else ""),
            )
        )
    return Published(plan, _next(ledger, plan, dict(sorted(feeds.items())), now))


def _next(ledger: Ledger, plan: TermPlan, feeds: Mapping[str, Entries], now: datetime) -> Ledger:
    """The ledger after publishing: itself, if nothing changed."""
    digest, s = plan_digest(plan), plan.problem.settings
    if ledger.trail and feeds == ledger.feeds and digest == ledger.plan:
        return ledger
    new = replace(ledger, term=s.name, first=s.start, last=s.end, plan=digest, at=now, feeds=feeds)
    return replace(new, trail=(*ledger.trail, print_of(new, ledger.trail[-1] if ledger.trail else "")))


def print_of(ledger: Ledger, before: str) -> str:
    """The hash of what a ledger says of its feeds, chained to that of the version before."""
    said = {person: [entry_document(e) for e in entries.values()] for person, entries in ledger.feeds.items()}
    text = json.dumps([before, str(ledger.namespace), ledger.plan, said], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def ledger_document(ledger: Ledger) -> Json:
    """A ledger as plain data, for a file."""
    return {
        "at": ledger.at and ledger.at.isoformat(),
        "feeds": {p: [entry_document(e) for e in entries.values()] for p, entries in ledger.feeds.items()},
        "first": ledger.first and ledger.first.isoformat(),
        "last": ledger.last and ledger.last.isoformat(),
        "namespace": str(ledger.namespace),
        "plan": ledger.plan,
        "term": ledger.term,
        "trail": list(ledger.trail),
    }


def read_ledger(document: Json) -> Ledger:
    """The ledger of a document. Raises `Refused` if it can't be read, or was edited by hand."""
    try:
        feeds = {p: {e.id: e for e in map(read_entry, rows)} for p, rows in document["feeds"].items()}
        first, last = (document[k] and date.fromisoformat(document[k]) for k in ("first", "last"))
        at = document["at"] and datetime.fromisoformat(document["at"])
        trail = tuple(map(str, document["trail"]))
        namespace = UUID(document["namespace"])
        ledger = Ledger(namespace, document["term"], first, last, document["plan"], at, feeds, trail)
        whole = not trail or print_of(ledger, trail[-2] if len(trail) > 1 else "") == trail[-1]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(say("The ledger can't be read: {error}. Take it from the backup.", error=repr(error))) from error
    if not whole:
        raise Refused(say("The ledger was edited by hand. Take it from the backup."))
    return ledger


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


class _Book:
    """The entries of one person, brought from what was published to what is planned."""

    def __init__(
        self,
        plan: TermPlan,
        person: str,
        published: Entries,
        now: datetime,
        rewrite: bool,
        fresh: Callable[[], str],
    ) -> None:
        self.problem, self.settings = plan.problem, plan.problem.settings
        who = plan.problem.participant.get(person)
        self.detail = who.detail if who else "full"
        self.person, self.now, self.rewrite, self.fresh = person, now, rewrite, fresh
        self.today = now.astimezone(ZoneInfo(self.settings.timezone)).date()
        self.published = published
        self.troubles: list[str] = []

    def entries(self, slots: tuple[Slot, ...]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        keys = {e.slot.key for e in self.published.values()} | {s.key for s in slots}
        for key in sorted(keys):
            mine = {i: e for i, e in self.published.items() if e.slot.key == key}
            for entry in self.of_key(key, mine, [s for s in slots if s.key == key]):
                found[entry.id] = entry
        return {i: found[i] for i in sorted(found, key=lambda i: (found[i].slot, i))}

    def of_key(self, key: str, published: Entries, slots: list[Slot]) -> list[Entry]:
        """One course (or one kind of commitment): the past as it was, the future matched."""
        past = {i: e for i, e in published.items() if self.has_passed(e.slot)}
        passed = [s for s in slots if self.has_passed(s)]
        done, to_come = self.past(key, past, passed), [s for s in slots if not self.has_passed(s)]
        if not self.published or (key.startswith(FIXED) and not published):
            to_come = slots  # a calendar that is new tells the whole term, and so does a new kind of commitment
        ahead = {i: e for i, e in published.items() if i not in past}
        pairs = match(
            [(i, e.slot) for i, e in ahead.items() if not e.cancelled],
            [(i, e.slot) for i, e in ahead.items() if e.cancelled],
            to_come,
        )
        kept = [self.updated(e, to_come[pairs[i]] if i in pairs else None) for i, e in ahead.items()]
        new = [self.first(slot) for n, slot in enumerate(to_come) if n not in pairs.values()]
        return [*done, *kept, *new]

    def has_passed(self, slot: Slot) -> bool:
        return not self.rewrite and moment(slot.date, slot.end, self.settings.timezone) <= self.now

    def past(self, key: str, entries: Entries, slots: list[Slot]) -> list[Entry]:
        """What has passed stays as it was published, but for its wording. Says what the plan has otherwise.

        Commitments are not ours: a row put right afterwards leaves what was published, and is no trouble.
        """
        by_facts = {s.facts: s for s in slots}
        done = []
        for entry in entries.values():
            slot = None if entry.cancelled else by_facts.pop(entry.slot.facts, None)
            if slot is not None:
                slot = replace(slot, people=entry.slot.people)
            elif not entry.cancelled:
                self.trouble(key, entry.slot)
            done.append(self.settled(entry, replace(entry, slot=slot or entry.slot)))
        if self.published:
            for slot in by_facts.values():
                self.trouble(key, slot)
        return done

    def trouble(self, key: str, slot: Slot) -> None:
        if not key.startswith(FIXED):
            self.troubles.append(f"{self.person} {key} {slot.date} {clock(slot.start)}")

    def updated(self, entry: Entry, slot: Slot | None) -> Entry:
        """An entry that is still to come, as it is now planned (None: it is not any more)."""
        if slot is None:
            if entry.cancelled:
                return self.settled(entry, entry)
            return self.settled(entry, replace(entry, cancelled=True, change=Change(self.today, entry.slot)))
        change = entry.change
        if entry.cancelled or is_news(self.lessened(replace(entry, slot=reword(entry.slot, self.problem))).slot, slot):
            change = Change(self.today, entry.slot, entry.cancelled)
        return self.settled(entry, replace(entry, slot=slot, cancelled=False, change=change))

    def first(self, slot: Slot) -> Entry:
        entry = Entry(self.fresh(), slot, self.now, self.now)
        return replace(entry, seen=visible(entry, self.settings).digest)

    def settled(self, old: Entry, new: Entry) -> Entry:
        """The new entry with sequence and modified risen, if and only if something visible changed."""
        change = new.change and replace(new.change, was=reword(new.change.was, self.problem))
        new = self.lessened(replace(new, slot=reword(new.slot, self.problem), change=change))
        seen = visible(new, self.settings).digest
        if seen == old.seen:
            return new
        modified = max(self.now, old.modified + timedelta(seconds=1))
        return replace(new, seen=seen, sequence=old.sequence + 1, modified=modified)

    def lessened(self, entry: Entry) -> Entry:
        return entry.lessened(self.detail, self.settings.language)
