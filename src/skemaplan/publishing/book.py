"""One person's calendar, brought from what was published to what is planned: the past stays, the rest is matched.

An entry keeps its identity through every change; its sequence and time rise exactly when something visible changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..dates import clock, moment
from ..schedule import TermPlan
from .event import Change, Entry, is_news, visible
from .matching import match
from .slots import FIXED, Slot, reword
from .tongues import own_words

Entries = Mapping[str, Entry]


class Book:
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
        self.own = own_words(who, self.settings.language)
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
        return replace(entry, seen=visible(entry, self.settings, self.own).digest)

    def settled(self, old: Entry, new: Entry) -> Entry:
        """The new entry with sequence and modified risen, if and only if something visible changed."""
        change = new.change and replace(new.change, was=reword(new.change.was, self.problem))
        new = self.lessened(replace(new, slot=reword(new.slot, self.problem), change=change))
        seen = visible(new, self.settings, self.own).digest
        if seen == old.seen:
            return new
        modified = max(self.now, old.modified + timedelta(seconds=1))
        return replace(new, seen=seen, sequence=old.sequence + 1, modified=modified)

    def lessened(self, entry: Entry) -> Entry:
        return entry.lessened(self.detail, self.settings.language)
