"""What is different between two plans of a term, for each person and week: what moved, came, and went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .dates import Week
from .schedule import Session, TermPlan, WeekPlan

# A session, its room, and whether this person is online while the others are not: all that she would notice.
Meeting = tuple[Session, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same for a person in a week. None: it was not there `before`, or is not there `now`."""

    person: str
    week: Week
    before: Meeting | None
    now: Meeting | None


def differences(before: TermPlan, now: TermPlan) -> Iterator[Difference]:
    """Everything that participants, teachers and rooms would notice, in order of week and person.

    What went and what came of the same course in the same week is taken together as a move, nearest first.
    """
    for week in sorted({*before.weeks, *now.weeks}):
        old, new = (meetings(plan.weeks.get(week)) for plan in (before, now))
        for person in sorted({*old, *new}):
            went = sorted(old.get(person, set()) - new.get(person, set()))
            came = sorted(new.get(person, set()) - old.get(person, set()))
            for a, b in _paired(went, came):
                yield Difference(person, week, a, b)


def meetings(plan: WeekPlan | None) -> dict[str, set[Meeting]]:
    """What everybody does in a week: participants, teachers and rooms."""
    found: dict[str, set[Meeting]] = {}
    if plan is None:
        return found
    for s, there in sorted(plan.schedule.whole.attendance.items()):
        room = plan.schedule.rooms.get(s, "")
        for who in sorted(there):
            found.setdefault(who, set()).add((s, room, plan.schedule.place_for(who, s)))
        for who in filter(None, (s.teacher, room)):
            found.setdefault(who, set()).add((s, room, s.place))
    return found


def _paired(went: list[Meeting], came: list[Meeting]) -> Iterator[tuple[Meeting | None, Meeting | None]]:
    left = list(went)
    for new in came:
        alike = [old for old in left if old[0].course == new[0].course]
        if alike:
            old = min(alike, key=lambda old: (abs(_at(old) - _at(new)), old))
            left.remove(old)
            yield old, new
        else:
            yield None, new
    for old in left:
        yield old, None


def _at(meeting: Meeting) -> int:
    return meeting[0].day * 24 * 60 + meeting[0].start
