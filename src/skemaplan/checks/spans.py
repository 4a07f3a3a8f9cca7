"""Times and dates: what ends after it starts, what overlaps, and whether windows leave any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..amounts import in_weeks
from ..dates import clock, cut
from ..errors import Trouble
from ..facts import LANGUAGE_SCHOOL, Commitment
from ..words import say, say_n

if TYPE_CHECKING:
    from ..problem import Problem


def spans_end_after_they_start(p: Problem) -> Iterator[Trouble]:
    columns = (("start", "end"), ("from_date", "to_date"), ("valid_from", "valid_to"))
    shown = {"start": "from", "end": "to"}
    for fact in p.facts():
        for a, b in columns:
            first, last = getattr(fact, a, None), getattr(fact, b, None)
            if first is None or last is None or isinstance(first, str):
                continue
            is_time = isinstance(first, int)
            if first > last or (is_time and first == last):
                named = type(fact).__name__ in ("Period", "Participant", "Settings")
                column = b if named or not is_time else shown[b]
                right = say("It must be after {first}.", first=clock(first) if is_time else first)
                what = say("{last} is before the start.", last=clock(last) if is_time else last)
                yield Trouble(fact.origin.cell(column), what, right)
    s = p.settings
    if s.day_start is not None and s.day_end is not None and s.day_start >= s.day_end:
        yield Trouble(
            s.origin.cell("day_end"),
            say("{last} is before the start.", last=clock(s.day_end)),
            say("It must be after {first}.", first=clock(s.day_start)),
        )
    for who in p.participants:
        if who.earliest is not None and who.latest is not None and who.earliest >= who.latest:
            yield Trouble(
                who.origin.cell("latest"),
                say("{last} is before the start.", last=clock(who.latest)),
                say("It must be after {first}.", first=clock(who.earliest)),
            )


LONGEST_TERM = 106  # weeks: two years


def a_term_is_not_endless(p: Problem) -> Iterator[Trouble]:
    weeks = (p.settings.end - p.settings.start).days // 7
    if weeks > LONGEST_TERM:
        yield Trouble(
            p.settings.origin.cell("end"),
            say_n("the term is {n} week long.", "the term is {n} weeks long.", n=weeks),
            say("Look at the years; a term has at most {weeks}.", weeks=in_weeks(LONGEST_TERM)),
        )


def periods_do_not_overlap(p: Problem) -> Iterator[Trouble]:
    for i, a in enumerate(p.periods):
        for b in p.periods[:i]:
            if a.days & b.days and a.start < b.end and b.start < a.end:
                yield Trouble(
                    a.origin.cell("start"),
                    say(
                        "period {a} lies inside period {b} ({start}-{end}).",
                        a=a.id,
                        b=b.id,
                        start=clock(b.start),
                        end=clock(b.end),
                    ),
                    say("Periods follow each other."),
                )
                break  # of many that lie over each other each is told once


def weekly_commitments_do_not_overlap(p: Problem) -> Iterator[Trouble]:
    """Two weekly commitments of one person may not overlap, unless a newer row replaces an older one.

    A calendar may: hers also has what the tables have, and what overlaps blocks their union.
    """
    by_person = defaultdict(list)
    for c in (c for c in p.commitments if not c.calendar):
        for who in _persons(p, c.who):
            by_person[who].append(c)
    for who, mine in by_person.items():
        for i, b in enumerate(mine):
            for a in mine[:i]:
                both = a.days & b.days and a.start < b.end and b.start < a.end
                if not both or not _meet(a.valid_from, a.valid_to, b.valid_from, b.valid_to) or _replaces(a, b):
                    continue
                if a.every_weeks > 1 and b.every_weeks > 1:
                    continue  # odd and even weeks may lie over each other
                yield Trouble(
                    b.origin.cell("from"),
                    say("{title} overlaps {other} for {who}.", title=b.title, other=a.title, who=who),
                    say("Change the times, or give the newer one a valid_from."),
                )


def _replaces(a: Commitment, b: Commitment) -> bool:
    """Whether one is the newer form of the other: the same thing (or both the language school) from another date."""
    same = a.title == b.title or a.kind == b.kind == LANGUAGE_SCHOOL
    return same and (a.valid_from, a.valid_to is None) != (b.valid_from, b.valid_to is None)


def _persons(p: Problem, who: str) -> tuple[str, ...]:
    return tuple(sorted(p.teams[who])) if who in p.teams else (who,)


def _meet(a0: date | None, a1: date | None, b0: date | None, b1: date | None) -> bool:
    return (a0 or date.min) <= (b1 or date.max) and (b0 or date.min) <= (a1 or date.max)


def everyone_can_come_at_some_time(p: Problem) -> Iterator[Trouble]:
    """Undated windows of one person that leave no time at all are a slip of the pen."""
    windows = defaultdict(list)
    for a in p.availability:
        if a.valid_from is None and a.valid_to is None:
            windows[a.who].append(a)
    for who in sorted({*p.participant, *p.teacher} & windows.keys()):
        rows = windows[who]
        free = [a for a in rows if a.kind == "free"]
        person = p.participant.get(who)
        earliest, latest = (person and person.earliest) or 0, (person and person.latest) or 24 * 60
        left = [
            window
            for a in free
            for d in a.days
            for window in cut(
                ((max(a.start, earliest), min(a.end, latest)),),
                [(b.start, b.end) for b in rows if b.kind == "busy" and d in b.days],
            )
            if window[0] < window[1]
        ]
        if free and not left:
            yield Trouble(
                free[0].origin.cell("from"),
                say("the windows of {who} leave no time at all.", who=who),
                say("Look at from, to and day, and at earliest and latest."),
                "warning",
            )
