"""The fewest moves, found and proven in rings around those in trouble (`rings.py`).

A ring says who may have which courses at other times. It is asked twice. *Around*: a plan in which all other sessions
are frozen; no plan needs more than that. *Alone*: what the ring would need if nothing else were held, which is the best
that any plan can do for it. Any plan that keeps all others is no better than the first, and any that moves one of them
needs that move on top of the second; where they agree, the answer is proven for the whole week, however large it is, by
two searches that are as small as the change. Otherwise the next ring is asked. What no plan could have for want of
hours is counted (`short_anyway.py`), and asked of nobody: else a ring alone would have it, and never agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..demand import Demand
from ..rules import DEMANDS, INCONVENIENCE, MOVES, MUSTS, UNIVERSE, WISHES, Frozen, WeekRule
from ..rules.frozen import EVERY_DAY
from ..rules.teacher_least import TeacherLeast
from ..schedule import Schedule, Tier
from ..solving import TIERS, Result, price_of
from ..week import CourseWeek, TeacherWeek, WeekFacts
from .rings import MANY, Asked, Ring, everything, pairs_in, rings, united, within
from .short_anyway import short_anyway, short_of

BARE = (*UNIVERSE, *MUSTS, *WISHES)  # the standard rules without comfort
SMALL = 24  # courses of participants in a ring: in larger ones, what they need alone is dear, and says no more
Search = Callable[[WeekFacts, Sequence[WeekRule], Schedule], Result]
Figures = tuple[int, int]  # minutes short, moves


def fewest_moves(asked: Asked, search: Search) -> Result:
    """The week as little short as can be, and of those plans one that moves the fewest; with what is proven of both.

    In a large week a wider ring is only asked if something is short that might not be; the widest is everyone.
    """
    facts, known = asked.was.facts, Known(asked, search)
    large = pairs_in(everything(facts)) > MANY
    for ring in rings(asked):
        if known.best.schedule is not None:
            short, moved = figures(known.best)
            if (short, moved) == known.floor or (short == known.floor[0] and large and pairs_in(ring) > SMALL):
                break
        if ring == everything(facts):
            return known.of_everyone()
        if pairs_in(ring) <= MANY or not known.its_ring:
            known.ask(ring)
    known.ask_whoever_moves_cheaper()
    return known.in_comfort()


class Known:
    """What is known while rings are asked: the `best` plan, which of them it is of, and that none is below `floor`."""

    def __init__(self, asked: Asked, search: Search) -> None:
        self.asked, self.search = asked, search
        self.best, self.floor = Result(None, ()), (0, 0)
        self.its_ring: Ring = {}
        self.least: list[tuple[Ring, Figures]] = []  # what some rings need alone
        self.anyway: Mapping[str, int] | None = None  # how short every plan is, by course

    def ask(self, ring: Ring) -> None:
        """Ask a ring around and, if it is small or there is nothing of a smaller one, alone."""
        asked, facts = self.asked, self.asked.was.facts
        rules = BARE if self.its_ring else asked.rules  # the first most often is the answer: asked for comfort too
        found = self.search(facts, [*rules, *around(asked, ring)], self.hint)
        if better(found, self.best):
            self.best, self.its_ring = found, ring
        if self.anyway is None and self.best.schedule is not None:
            self.anyway = short_anyway(facts, short_of(self.best.schedule))
        if pairs_in(ring) <= SMALL or not any(within(smaller, ring) for smaller, _ in self.least):
            self.least.append((ring, self._alone(ring)))
        needed = max(needed for smaller, needed in self.least if within(smaller, ring))
        self.floor = max(self.floor, floor_of(asked, ring, found, needed))

    def _alone(self, ring: Ring) -> Figures:
        asked, anyway = self.asked, self.anyway or {}
        moves = [stay.of(ring) for stay in asked.moves]
        found = self.search(alone(asked.was.facts, ring, frozenset(anyway)), [*BARE, *moves, *asked.also], self.hint)
        return least_of(asked, ring, found, sum(anyway.values()))

    def ask_whoever_moves_cheaper(self) -> None:
        """If the proof only lacks that some sessions are fewer moves than others, ask a ring with these in it.

        Such as those of a woman who has an exam in one of the weeks: what is left outside moves at its full price.
        """
        small = [(ring, moves) for ring, (_, moves) in self.least if pairs_in(ring) <= SMALL]
        short, moved = figures(self.best)
        if short == self.floor[0] and moved > self.floor[1] and small:
            ring, moves = small[-1]
            wider = united(ring, cheaper(self.asked, ring, moved - moves))
            if ring != wider and pairs_in(wider) <= SMALL:
                self.ask(wider)

    def of_everyone(self) -> Result:
        """The answer when everyone is asked."""
        whole = [*self.asked.rules, *self.asked.moves, *self.asked.also]
        last = self.search(self.asked.was.facts, whole, self.hint)
        floor = max(self.floor, bounds_of(last))
        return proven(self.asked, self.best, floor) if better(self.best, last) else with_floor(last, floor)

    def in_comfort(self) -> Result:
        """The answer of the rings: of the best plan's ring, asked for comfort too, if it was not."""
        best = self.best
        if tier_of(best, INCONVENIENCE).value == 0:
            rules = [*self.asked.rules, *around(self.asked, self.its_ring)]
            kind = self.search(self.asked.was.facts, rules, self.hint)
            best = best if better(best, kind) else kind
        return proven(self.asked, best, self.floor)

    @property
    def hint(self) -> Schedule:
        return self.best.schedule or self.asked.was


def cheaper(asked: Asked, ring: Ring, most: int) -> Ring:
    """The courses outside a ring of which a session is fewer moves than `most`."""
    found: dict[str, frozenset[str]] = {}
    for s, who in asked.was.attendance.items():
        for p in who:
            if s.course not in ring.get(p, ()) and asked.moves_of(p, s) < most:
                found[p] = found.get(p, frozenset()) | {s.course}
    return found


def around(asked: Asked, ring: Ring) -> list[WeekRule]:
    """The rules by which nothing moves outside a ring."""
    return [*asked.moves, *asked.also, Frozen(asked.was, EVERY_DAY, ring)]


def least_of(asked: Asked, ring: Ring, found: Result, anyway: int) -> Figures:
    """What a ring needs alone, and what nobody can avoid beside it: no plan needs less.

    `anyway`: how short every plan is of courses that were only wished for in `found`.
    """
    if found.schedule is None:
        return anyway, 0
    short, moves = bounds_of(found)
    return anyway + short, moves + sum(stay.unavoidable(ring) for stay in asked.moves)


def floor_of(asked: Asked, ring: Ring, around: Result, least: Figures) -> Figures:
    """What every plan needs: as much as `around` if it keeps the others, else as `least` and a move of theirs.

    `least` may be that of a smaller ring.
    """
    short, moves = least
    return min(bounds_of(around), (short, moves + a_move_more(asked, ring))) if around.tiers else least


def a_move_more(asked: Asked, ring: Ring) -> int:
    """The moves of the session outside a ring that moves the fewest, of those that could make room for the ring.

    None, if somebody outside could help in another way: by sitting beside them, or with a teacher who has too little.
    """
    was, facts = asked.was, asked.was.facts
    attendance = {s: frozenset(p for p in who if s.course not in ring.get(p, ())) for s, who in was.attendance.items()}
    others = replace(was, attendance={s: who for s, who in attendance.items() if who})
    groups = any(day.smallest > 1 for c in facts.courses.values() for day in c.days)
    if facts.pairs or groups or any(TeacherLeast().breaches(others)):
        return 0
    return min((asked.moves_of(p, s) for s, who in others.attendance.items() for p in who), default=0)


def bounds_of(found: Result) -> Figures:
    """What is proven of a search: of its moves only where nothing can be less short."""
    short = tier_of(found, DEMANDS)
    return short.bound, tier_of(found, MOVES).bound if short.proven else 0


def proven(asked: Asked, found: Result, floor: Figures) -> Result:
    """A plan with what is proven of it; of comfort nothing is, beyond the ring."""
    if found.schedule is None:
        return found
    values = price_of(found.schedule, [*asked.rules, *asked.moves])
    bounds = {DEMANDS: floor[0], MOVES: floor[1] if values[DEMANDS] == floor[0] else 0}
    return replace(found, tiers=tuple(Tier(name, values[name], bounds.get(name, 0)) for name in TIERS))


def with_floor(found: Result, floor: Figures) -> Result:
    """The same plan with no less proven of what is short and moves than is known; what it says of comfort stays."""
    value = tier_of(found, DEMANDS).value
    bounds = {DEMANDS: floor[0], MOVES: floor[1] if value == floor[0] else 0}
    tiers = tuple(replace(t, bound=max(t.bound, bounds.get(t.name, 0))) for t in found.tiers)
    return replace(found, tiers=tiers)


def figures(found: Result) -> Figures:
    return tier_of(found, DEMANDS).value, tier_of(found, MOVES).value


def tier_of(result: Result, name: str) -> Tier:
    """A tier of a result; 0 and proven where nothing of it was wished for, or could be."""
    return next((t for t in result.tiers if t.name == name), Tier(name, 0, 0))


def better(a: Result, b: Result) -> bool:
    """Whether a plan is less short than another, or as short with fewer moves."""
    return a.schedule is not None and (b.schedule is None or figures(a) < figures(b))


def alone(facts: WeekFacts, ring: Ring, wished: frozenset[str] = frozenset()) -> WeekFacts:
    """The week as if nothing else were held, with nothing asked that others could help to reach.

    Whatever all can do together, these do here: nobody else takes hours or rooms, and no group is too small. Courses
    that are `wished` may be had, and are not asked for.
    """
    mine = ((p, facts.participants[p]) for p in ring)
    people = {p: replace(who, demands=_of(who.demands, ring[p], wished)) for p, who in mine}
    return replace(
        facts,
        participants=people,
        teachers={t.id: _owing_nothing(t) for t in facts.teachers.values()},
        courses={c.id: _of_any_size(c) for c in facts.courses.values()},
        pairs=tuple(pair for pair in facts.pairs if {pair[0], pair[1]} <= ring.keys()),
        locks=tuple(lock for lock in facts.locks if lock.course in ring.get(lock.participant, ())),
    )


def _of(demands: Mapping[str, Demand], courses: frozenset[str], wished: frozenset[str]) -> dict[str, Demand]:
    return {course: d.as_wish() if course in wished else d for course, d in demands.items() if course in courses}


def _owing_nothing(t: TeacherWeek) -> TeacherWeek:
    return replace(t, teaches={course: (0, most) for course, (_, most) in t.teaches.items()})


def _of_any_size(c: CourseWeek) -> CourseWeek:
    return replace(c, days=tuple(replace(day, smallest=min(1, day.smallest)) for day in c.days))
