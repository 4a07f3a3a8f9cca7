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
from .rings import MANY, Asked, Ring, everything, pairs_in, rings, within
from .short_anyway import short_anyway, short_of

BARE = (*UNIVERSE, *MUSTS, *WISHES)  # the standard rules without comfort
SMALL = 24  # courses of participants in a ring: in larger ones, what they need alone is dear, and says no more
Search = Callable[[WeekFacts, Sequence[WeekRule], Schedule], Result]
Figures = tuple[int, int]  # minutes short, moves


def fewest_moves(asked: Asked, search: Search) -> Result:
    """The week as little short as can be, and of those plans one that moves the fewest; with what is proven of both.

    In a large week a wider ring is only asked if something is short that might not be; the widest is everyone.
    """
    facts, was = asked.was.facts, asked.was
    best, floor = Result(None, ()), (0, 0)  # no plan is below the floor, tier before tier
    its_ring: Ring = {}
    least: list[tuple[Ring, Figures]] = []  # what some rings need alone
    anyway: Mapping[str, int] | None = None  # how short every plan is, by course
    large = pairs_in(everything(facts)) > MANY
    for ring in rings(asked):
        if best.schedule is not None:
            short, moved = figures(best)
            if (short, moved) == floor or (short == floor[0] and large and pairs_in(ring) > SMALL):
                break
        if ring == everything(facts):
            whole = [*asked.rules, *asked.moves, *asked.also]
            last = search(facts, whole, best.schedule or was)
            floor = max(floor, bounds_of(last))
            return proven(asked, best, floor) if better(best, last) else with_floor(last, floor)
        if pairs_in(ring) > MANY and its_ring:
            continue
        rules = BARE if its_ring else asked.rules  # the first most often is the answer: it is asked for comfort too
        found = search(facts, [*rules, *around(asked, ring)], best.schedule or was)
        if better(found, best):
            best, its_ring = found, ring
        if anyway is None and best.schedule is not None:
            anyway = short_anyway(facts, short_of(best.schedule))
        if pairs_in(ring) <= SMALL or not any(within(smaller, ring) for smaller, _ in least):
            wished = frozenset(anyway or ())
            moves = [stay.of(ring) for stay in asked.moves]
            by_itself = search(alone(facts, ring, wished), [*BARE, *moves, *asked.also], best.schedule or was)
            least.append((ring, least_of(asked, ring, by_itself, sum((anyway or {}).values()))))
        known = max(needed for smaller, needed in least if within(smaller, ring))
        floor = max(floor, floor_of(asked, ring, found, known))
    if tier_of(best, INCONVENIENCE).value == 0:
        kind = search(facts, [*asked.rules, *around(asked, its_ring)], best.schedule or was)
        best = best if better(best, kind) else kind
    return proven(asked, best, floor)


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
