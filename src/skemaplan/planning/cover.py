"""An absent teacher: for each session that is hit, what can be done, cheapest first. No solver: each is looked at.

A choice is for the whole group and moves nothing else, so that it can be taken on the phone. What takes more than that
is found by planning again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from ..candidates import candidates
from ..dates import Week
from ..problem import Problem
from ..rules import INCONVENIENCE, STANDARD
from ..schedule import Schedule, Session, TermPlan
from ..seating import seat
from ..solving import price_of, verify
from ..unroll import week_facts
from .by_hand import DATED
from .keep import is_free, keep

KINDS = ("substitute", "move", "make_up", "cancel")  # in this order, where as many have to move
LATER = 4  # weeks in which a lost session may be made up
MOST = 3  # choices of one kind


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do. `session` is what is held instead, in `week` (None: nothing is).

    `moved`: how many people come at another time or not at all; `price`: minutes of inconvenience more in that week.
    """

    kind: str
    week: Week
    session: Session | None
    moved: int
    price: int


@dataclass(frozen=True)
class Hit:
    """A published session whose teacher can't, who is in it, and what can be done."""

    week: Week
    session: Session
    participants: frozenset[str]
    choices: tuple[Choice, ...]


def cover(problem: Problem, published: TermPlan, today: date) -> Iterator[Hit]:
    """Every published session from `today` on whose teacher has no time by these tables, with its choices, ranked."""
    for week, dated in sorted(published.weeks.items()):
        if week.day(6) < today:
            continue
        facts = week_facts(problem, week)
        held = keep(problem, week, facts, dated.schedule)[0]
        for s in dated.schedule.sessions:
            if week.day(s.day) < today or (s.teacher in facts.teachers and is_free(facts, s, s.teacher)):
                continue
            who = frozenset(p for p in dated.schedule.attendance[s] if p in facts.participants)
            if who and s.course in facts.courses:
                found = [*_instead(week, held, s, who, today), *_made_up(problem, published, week, s, who)]
                found.append(Choice("cancel", week, None, len(who), 0))
                ranked = sorted(
                    found, key=lambda c: (c.moved if c.kind != "cancel" else 99, KINDS.index(c.kind), c.price)
                )
                yield Hit(week, s, who, tuple(ranked))


def _instead(week: Week, held: Schedule, s: Session, who: frozenset[str], today: date) -> Iterator[Choice]:
    """The same session with somebody else, or at another time of this week."""
    choices = []
    for new, price in _possible(held, s, who):
        if week.day(new.day) < today:
            continue
        same_time = (new.day, new.start, new.end) == (s.day, s.start, s.end)
        kind, moved = ("substitute", 0) if same_time else ("move", len(who))
        choices.append(Choice(kind, week, new, moved, price))
    for kind in KINDS[:2]:
        mine = [c for c in choices if c.kind == kind]
        yield from sorted(mine, key=lambda c: (c.price, c.session or s))[:MOST]


def _made_up(problem: Problem, published: TermPlan, week: Week, s: Session, who: frozenset[str]) -> Iterator[Choice]:
    """One more session in a later week: the cheapest of the first week that has room for it."""
    for later in islice((w for w in sorted(published.weeks) if w > week), LATER):
        facts = week_facts(problem, later)
        if not who <= facts.participants.keys():
            continue
        held = keep(problem, later, facts, published.weeks[later].schedule)[0]
        found = sorted((price, new) for new, price in _possible(held, s, who))
        if found:
            yield Choice("make_up", later, found[0][1], len(who), found[0][0])
            return


def _possible(held: Schedule, s: Session, who: frozenset[str]) -> Iterator[tuple[Session, int]]:
    """Where a week has room for a session like this for these people, breaking nothing; and the minutes it costs."""
    before = {(b.rule, b.about) for b in verify(held, DATED)}
    cost = price_of(held, STANDARD)[INCONVENIENCE]
    for new in candidates(held.facts):
        if (new.course, new.minutes) != (s.course, s.minutes) or new in held.attendance:
            continue
        if not all(is_free(held.facts, new, p) for p in (new.teacher, *who)):
            continue
        with_it, stuck = seat(Schedule(held.facts, {**held.attendance, new: who}), held.rooms)
        if not stuck and {(b.rule, b.about) for b in verify(with_it, DATED)} <= before:
            yield new, price_of(with_it, STANDARD)[INCONVENIENCE] - cost
