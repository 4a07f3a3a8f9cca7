"""Rule: there is time for the way. Held by the paths of `path.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from typing import ClassVar

from ..amounts import in_minutes
from ..candidates import candidates
from ..dates import clock
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say
from .loosening import ASKING, Loosening, Premise
from .rule import Breach, WeekRule


@dataclass(frozen=True)
class ShorterWay(Loosening):
    """Somebody drives between two places (the form sets aside a car); amounts are minutes less on the way, either way.

    `now` is how long it takes.
    """

    other: str
    now: int

    code: ClassVar[str] = "travel"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        ways = {(self.who, self.other), (self.other, self.who)}
        return replace(facts, travel={k: max(0, n - amount) if k in ways else n for k, n in facts.travel.items()})

    def sentence(self, amount: int) -> Text:
        return say(
            "Have people driven between {a} and {b}: {minutes} instead of {now}",
            a=self.who,
            b=self.other,
            minutes=in_minutes(self.now - amount),
            now=self.now,
        )

    def price(self, amount: int) -> int:
        return ASKING[self.code] * amount


class Travel(WeekRule):
    """Nobody has less time between two things than the way between their places takes."""

    name = "travel"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for person in sorted(schedule.by_person):
            for day in range(7):
                for a, b in pairwise(schedule.stops(person, day)):
                    way = schedule.facts.way(a.place, b.place)
                    if (a.session or b.session) and a.end <= b.start < a.end + way:
                        yield self.breach(
                            person,
                            say(
                                "{who} needs {way} from {a} to {b} and has {gap} at {time}.",
                                who=person,
                                way=in_minutes(way),
                                a=a.place,
                                b=b.place,
                                gap=in_minutes(b.start - a.end),
                                time=clock(a.end),
                            ),
                        )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for a, b in combinations(sorted(places_in_use(facts)), 2):
            now = max(facts.way(a, b), facts.way(b, a))
            amounts = tuple(sorted(n for n in too_long(facts, a, b) if n <= now // 2))
            if amounts:
                yield ShorterWay(a, amounts, b, now)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        if any(facts.travel.values()):
            text = say("the ways between places take their time")
            yield Premise(self.name, "", text, lambda week: replace(week, travel={}))


def places_in_use(facts: WeekFacts) -> set[str]:
    """Where anybody has anything, or could have."""
    everyone = (*facts.participants.values(), *facts.teachers.values())
    fixed = {f.place for person in everyone for day in person.fixed for f in day}
    return fixed | {day.place for course in facts.courses.values() for day in course.days}


def too_long(facts: WeekFacts, a: str, b: str) -> set[int]:
    """By how many minutes the way between two places is too long for one thing to follow another on the same day."""
    found: set[int] = set()
    sessions = {(s.day, s.start, s.end, s.place) for s in candidates(facts)}
    everyone = (*facts.participants.values(), *facts.teachers.values())
    fixed = {(d, f.start, f.end, f.place) for person in everyone for d in range(7) for f in person.fixed[d]}
    ours = [x for x in sessions if x[3] in (a, b)]
    for one, other in product(ours, [*ours, *(x for x in fixed if x[3] in (a, b))]):
        for first, then in ((one, other), (other, one)):
            gap = then[1] - first[2]
            if first[0] == then[0] and first[3] != then[3] and 0 <= gap < facts.way(first[3], then[3]):
                found.add(facts.way(first[3], then[3]) - gap)
    return found
