"""Circles that share teachers negotiate: each pays for the times that others want, until nobody collides.

At first each circle's week is planned as if it were alone. Those that collide are planned again, and pay for what
collides with others' sessions, more from turn to turn; and a time that was fought over stays dearer. So whoever can do
without it goes elsewhere, and who needs it keeps it. (So wires find their ways on a chip: negotiated congestion,
McMurchie and Ebeling 1995.) What is planned is groups of alike people (`together.py`), in a tenth of a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from ..around import alone
from ..candidates import candidates
from ..circles import People
from ..free import collide
from ..rules.rooms import rooms_at
from ..schedule import Schedule, Session
from ..together import overlap
from ..week import WeekFacts
from .units import ROUND, WIDTH

FIRST = 30.0  # minutes that a collision costs at first
PATIENT = 5  # turns in which whoever others give way to stays

Charges = Mapping[Session, int]  # minutes
Plan = Callable[[Mapping[People, Charges]], Mapping[People, Schedule | None]]
Held = tuple[People, Session]  # a circle's
Collision = tuple[Held, Held]


@dataclass(frozen=True)
class Pace:
    """For how many turns, how much dearer a collision is from turn to turn, and for how long it is remembered.

    `grudge`: minutes by which a time stays dearer for each collision that it ever saw.
    """

    turns: int
    dearer: float
    grudge: int


QUICK = Pace(30, 1.5, 30)
PATIENTLY = Pace(30, 1.2, 60)  # comes to an agreement more often, and to a dearer one
BRIEFLY = Pace(10, 1.5, 30)


class Negotiation:
    """Circles while they negotiate. `plan` plans some of them by themselves, each with its charges."""

    def __init__(self, facts: WeekFacts, circles: Sequence[People], plan: Plan) -> None:
        self.facts, self.plan, self.random = facts, plan, Random()
        self.candidates = {c: tuple(candidates(alone(facts, c))) for c in circles}
        places = {s.place for some in self.candidates.values() for s in some}
        self.rooms = {place: n for place in places if (n := len(rooms_at(facts, place)))}
        wanted = {c: {x for s in some for x in (s.teacher, s.place)} for c, some in self.candidates.items()}
        self.stakes = {c: some - (places - self.rooms.keys()) for c, some in wanted.items()}
        self.grudges: Counter[tuple[str, int, int]] = Counter()  # minutes, by teacher, day and time
        self.weeks: dict[People, Schedule] = {}

    def all_agree(self, seed: int, over: Callable[[], bool]) -> Mapping[People, Schedule]:
        """Everybody's week in the turn in which the fewest sessions collided, at the latest when it is `over`."""
        self._begin({}, seed)
        self._plan(tuple(self.candidates), 0.0)
        for pace in (QUICK, PATIENTLY):
            if self._collisions():
                self._agree(pace, over)
        return self.weeks

    def give_way(
        self, weeks: Mapping[People, Schedule], to: People, seed: int, over: Callable[[], bool]
    ) -> Mapping[People, Schedule]:
        """The weeks that are others than these if one circle has its best; none if they come to no agreement."""
        self._begin(weeks, seed)
        self._plan([to], 0.0)
        self._agree(BRIEFLY, over, to)
        return {} if self._collisions() else {c: week for c, week in self.weeks.items() if week is not weeks[c]}

    def _begin(self, weeks: Mapping[People, Schedule], seed: int) -> None:
        self.weeks, self.random, self.grudges = dict(weeks), Random(seed), Counter()

    def _agree(self, pace: Pace, over: Callable[[], bool], first: People = frozenset()) -> None:
        """Plan those who collide again, in the first turns all but the `first`; keep what collides the least."""
        price, collisions = FIRST, self._collisions()
        best, fewest = dict(self.weeks), len(collisions)
        for turn in range(pace.turns):
            if not collisions or over():
                break
            for _, s in (held for both in collisions for held in both):
                self.grudges[s.teacher, s.day, s.start] += pace.grudge
            for some in self._rounds(first if turn < PATIENT else frozenset()):
                self._plan(some, price)
            price, collisions = price * pace.dearer, self._collisions()
            if len(collisions) <= fewest:
                best, fewest = dict(self.weeks), len(collisions)
        self.weeks = best

    def _plan(self, some: Sequence[People], price: float) -> None:
        found = self.plan({c: self._charges(c, price) for c in some})
        self.weeks |= {c: week for c, week in found.items() if week is not None}

    def _held(self) -> Iterator[Held]:
        return ((c, s) for c, week in self.weeks.items() for s in week.sessions)

    def _charges(self, circle: People, price: float) -> Charges:
        """What each lesson costs a circle beside what the others have."""
        at: dict[tuple[str, int], list[Session]] = defaultdict(list)
        for c, s in self._held():
            if c != circle:
                at[s.teacher, s.day].append(s)
                at[s.place, s.day].append(s)
        found = {}
        for s in self.candidates[circle]:
            taken = sum(collide(self.facts, s, other) for other in at.get((s.teacher, s.day), ()))
            beside = sum(overlap(s, other) for other in at.get((s.place, s.day), ()))
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
        of_teacher: dict[tuple[str, int], list[Held]] = defaultdict(list)
        at_place: dict[tuple[str, int], list[Held]] = defaultdict(list)
        for c, s in self._held():
            of_teacher[s.teacher, s.day].append((c, s))
            at_place[s.place, s.day].append((c, s))
        pairs = (both for some in of_teacher.values() for both in combinations(some, 2))
        found = [(a, b) for a, b in pairs if a[0] != b[0] and collide(self.facts, a[1], b[1])]
        return found + [both for some in at_place.values() for both in self._crowded(some)]

    def _crowded(self, lessons: Sequence[Held]) -> Iterator[Collision]:
        """The last of those that begin or go on when a place has no more rooms, with each of the others."""
        for t in sorted({s.start for _, s in lessons}):
            now = [(c, s) for c, s in lessons if s.start <= t < s.end]
            if len(now) > self.rooms.get(now[0][1].place, len(now)):
                yield from ((now[-1], other) for other in now[:-1] if other[0] != now[-1][0])

    def _rounds(self, first: People) -> Iterator[Sequence[People]]:
        """All who collide but for the `first`, in rounds. Whom others have made way for by her turn stays.

        No two of a round collide with each other: both would go elsewhere, or neither.
        """
        left = sorted(self._against().keys() - {first}, key=min)
        self.random.shuffle(left)
        while left:
            against = self._against()
            left = [c for c in left if c in against]
            some: list[People] = []
            for c in left:
                if len(some) < WIDTH and against[c].isdisjoint(some) and self._rivals(c, some) < ROUND:
                    some.append(c)
            if some:
                yield some
            left = [c for c in left if c not in some]

    def _rivals(self, circle: People, some: Iterable[People]) -> int:
        """How many of these could want what a circle wants."""
        return sum(not self.stakes[circle].isdisjoint(self.stakes[other]) for other in some)

    def _against(self) -> Mapping[People, set[People]]:
        """Whom each one who collides collides with."""
        found: dict[People, set[People]] = defaultdict(set)
        for (a, _), (b, _) in self._collisions():
            found[a].add(b)
            found[b].add(a)
        return found
