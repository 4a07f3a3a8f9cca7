"""What a week is short of whatever anybody does, by counting: so many seats in so many hours, and more are asked for.

A search of the whole week would have to find that out by trying who goes without; counting knows it at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..attending import possible, shortest_session
from ..rules.lessons import BELOW_FEWEST
from ..schedule import Schedule
from ..shortage import taught_at_most
from ..week import WeekFacts


def short_anyway(facts: WeekFacts, courses: Iterable[str]) -> dict[str, int]:
    """How short (weighed, as in `Lessons`) every plan is of these courses: those of which something is short.

    Proof. The teachers of a course give at most `taught_at_most` minutes, to as many at a time as there are seats. What
    is wanted beyond that is missing, and it weighs least where what is missing is above somebody's `fewest`.
    """
    found = {course: _short(facts, course) for course in sorted(courses)}
    return {course: short for course, short in found.items() if short}


def _short(facts: WeekFacts, course: str) -> int:
    takers = tuple(p for p in facts.participants.values() if course in p.demands)
    teachers = tuple(t for t in facts.teachers.values() if course in t.teaches)
    p = possible(facts, shortest_session(facts), facts.courses[course], teachers, takers)
    if p.seats is None:
        return 0
    demands = [who.demands[course] for who in takers]
    missing = max(0, sum(d.wanted for d in demands) - p.seats * taught_at_most(p))
    light = min(missing, sum(max(0, d.wanted - d.fewest) for d in demands))
    return light + BELOW_FEWEST * (missing - light)


def short_of(schedule: Schedule) -> frozenset[str]:
    """The courses of which somebody has less than she should."""
    people = schedule.facts.participants.values()
    wanted = ((p.id, course, d.wanted) for p in people for course, d in p.demands.items())
    return frozenset(course for p, course, minutes in wanted if schedule.minutes(p, course) < minutes)
