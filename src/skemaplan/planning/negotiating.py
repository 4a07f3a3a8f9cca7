"""Lessons of circles that share teachers: each pays for the times that others want, until nobody collides.

At first each circle's lessons are planned as if it were alone. Those that collide are planned again, and pay for what
collides with others' lessons, more from turn to turn; and a time that was fought over stays dearer. So whoever can do
without it goes elsewhere, and who needs it keeps it. (So wires find their ways on a chip: negotiated congestion,
McMurchie and Ebeling 1995.) What is planned is groups of alike people (`together.py`), in a tenth of a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random

from ..around import alone
from ..candidates import candidates
from ..circles import People
from ..free import collide
from ..rules.rooms import rooms_at
from ..schedule import Schedule, Session
from ..together import one_to_one
from ..week import WeekFacts

TURNS = 30
FIRST = 15.0  # minutes that a collision costs at first,
DEARER = 1.3  # and so much more with each turn
GRUDGE = 15  # minutes more for a time, for each collision that it ever saw
ROUND = 4  # circles that are planned at once, whoever does the work

Charges = Mapping[Session, int]  # minutes
Plan = Callable[[Mapping[People, Charges]], Mapping[People, Schedule | None]]
Lesson = tuple[People, Session]  # a circle's
Collision = tuple[Lesson, Lesson]


class Negotiation:
    """Circles while they negotiate. `plan` plans some of them by themselves, each with its charges."""

    def __init__(self, facts: WeekFacts, circles: Sequence[People], plan: Plan, seed: int) -> None:
        self.facts, self.plan, self.random = facts, plan, Random(seed)
        self.talks = one_to_one(facts)
        self.candidates = {c: self._candidates(c) for c in circles}
        places = {s.place for some in self.candidates.values() for s in some}
        self.rooms = {place: n for place in places if (n := len(rooms_at(facts, place)))}
        self.grudges: Counter[tuple[str, int, int]] = Counter()  # minutes, by teacher, day and time
        self.weeks: dict[People, Schedule] = {}

    def run(self, over: Callable[[], bool]) -> Mapping[People, Schedule]:
        """The weeks of the turn in which the fewest lessons collided, at the latest when it is `over`."""
        self._plan(tuple(self.candidates), 0.0)
        price, collisions = FIRST, self._collisions()
        best, fewest = dict(self.weeks), len(collisions)
        for _ in range(TURNS):
            if not collisions or over():
                break
            for _, s in (lesson for both in collisions for lesson in both):
                self.grudges[s.teacher, s.day, s.start] += GRUDGE
            for some in self._rounds(collisions):
                self._plan(some, price)
            price, collisions = price * DEARER, self._collisions()
            if len(collisions) <= fewest:
                best, fewest = dict(self.weeks), len(collisions)
        return best

    def _candidates(self, circle: People) -> tuple[Session, ...]:
        """The lessons that a circle may have (and more: what rules forbid is not left out)."""
        return tuple(s for s in candidates(alone(self.facts, circle)) if s.course not in self.talks)

    def _plan(self, some: Sequence[People], price: float) -> None:
        found = self.plan({c: self._charges(c, price) for c in some})
        self.weeks |= {c: week for c, week in found.items() if week is not None}

    def _lessons(self) -> Iterator[Lesson]:
        return ((c, s) for c, week in self.weeks.items() for s in week.sessions if s.course not in self.talks)

    def _charges(self, circle: People, price: float) -> Charges:
        """What each lesson costs a circle beside what the others have."""
        at: dict[tuple[str, int], list[Session]] = defaultdict(list)
        for c, s in self._lessons():
            if c != circle:
                at[s.teacher, s.day].append(s)
                at[s.place, s.day].append(s)
        found = {}
        for s in self.candidates[circle]:
            taken = sum(collide(self.facts, s, other) for other in at.get((s.teacher, s.day), ()))
            beside = sum(s.start < other.end and other.start < s.end for other in at.get((s.place, s.day), ()))
            full = beside >= self.rooms.get(s.place, beside + 1)
            minutes = round(price * (taken + full)) + self._grudge(s)
            if minutes:
                found[s] = minutes
        return found

    def _grudge(self, s: Session) -> int:
        starts = {t for t, _ in self.facts.periods[s.day]} | {s.start}
        return sum(self.grudges[s.teacher, s.day, t] for t in starts if s.start <= t < s.end)

    def _collisions(self) -> list[Collision]:
        """The pairs of lessons that can't both be."""
        of_teacher: dict[tuple[str, int], list[Lesson]] = defaultdict(list)
        at_place: dict[tuple[str, int], list[Lesson]] = defaultdict(list)
        for c, s in self._lessons():
            of_teacher[s.teacher, s.day].append((c, s))
            at_place[s.place, s.day].append((c, s))
        pairs = (both for some in of_teacher.values() for both in combinations(some, 2))
        found = [(a, b) for a, b in pairs if a[0] != b[0] and collide(self.facts, a[1], b[1])]
        return found + [both for some in at_place.values() for both in self._crowded(some)]

    def _crowded(self, lessons: Sequence[Lesson]) -> Iterator[Collision]:
        """The last of those that begin or go on when a place has no more rooms, with each of the others."""
        for t in sorted({s.start for _, s in lessons}):
            now = [(c, s) for c, s in lessons if s.start <= t < s.end]
            if len(now) > self.rooms.get(now[0][1].place, len(now)):
                yield from ((now[-1], other) for other in now[:-1] if other[0] != now[-1][0])

    def _rounds(self, collisions: Sequence[Collision]) -> Iterator[Sequence[People]]:
        """All who collide, so that no two of a round collide with each other: both would go elsewhere, or neither."""
        against: dict[People, set[People]] = defaultdict(set)
        for (a, _), (b, _) in collisions:
            against[a].add(b)
            against[b].add(a)
        left = sorted(against, key=min)
        self.random.shuffle(left)
        while left:
            some: list[People] = []
            for c in left:
                if len(some) < ROUND and against[c].isdisjoint(some):
                    some.append(c)
            yield some
            left = [c for c in left if c not in some]
