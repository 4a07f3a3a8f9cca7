"""Who has to move for it: first only those in trouble, then who has what they need, whom they meet, and everyone.

A ring says who may have which courses at other times. It is asked twice. *Around*: a plan in which all other sessions
are frozen; no plan needs more than that. *Alone*: what the ring would need if nothing else were held, which is the best
that any plan can do for it. Any plan that keeps all others is no better than the first, and any that moves one of them
needs that move on top of the second; where they agree, the answer is proven for the whole week, however large it is, by
two searches that are as small as the change. Otherwise the next ring is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..candidates import candidates
from ..demand import Demand
from ..rules import DEMANDS, INCONVENIENCE, MOVES, MUSTS, UNIVERSE, WISHES, Frozen, Stay, WeekRule
from ..rules.frozen import EVERY_DAY
from ..rules.teacher_least import TeacherLeast
from ..schedule import Schedule, Session, Tier
from ..solving import TIERS, Result, price_of, verify
from ..week import CourseWeek, TeacherWeek, WeekFacts
from .keep import holds

BARE = (*UNIVERSE, *MUSTS, *WISHES)  # the standard rules without comfort
FEW = 6  # sessions that may make room for those in trouble
MANY = 60  # courses of participants in a ring: beyond it nothing is proven in a moment
People = frozenset[str]
Ring = Mapping[str, frozenset[str]]  # the courses, by participant, whose sessions may be others
Search = Callable[[WeekFacts, Sequence[WeekRule], Schedule], Result]
Figures = tuple[int, int]  # minutes short, moves


@dataclass(frozen=True)
class Asked:
    """A week to be planned again: what can stay of it (`was`), its rules, and the price of a move.

    `also`: musts beside the standard ones. `troubled`: people who are known to need a change; whoever is short of
    something, or breaks a must, is found.
    """

    was: Schedule
    rules: Sequence[WeekRule]
    moves: Sequence[Stay]
    also: Sequence[WeekRule] = ()
    troubled: People = frozenset()

    def moves_of(self, p: str, s: Session) -> int:
        """How many moves it is if a participant no longer has a session."""
        there = (stay for stay in self.moves if p in stay.published.attendance.get(s, ()) and (p, s) not in stay.gone)
        return sum(stay.weeks for stay in there)


def fewest_moves(asked: Asked, search: Search) -> Result:
    """The week as little short as can be, and of those plans one that moves the fewest; with what is proven of both.

    Of large rings only everyone is asked, and only if something is short that might not be.
    """
    facts, was = asked.was.facts, asked.was
    best, floor = Result(None, ()), (0, 0)  # no plan is below the floor, tier before tier
    its_ring: Ring = {}
    for ring in rings(asked):
        if best.schedule is not None:
            short, moved = figures(best)
            if (short, moved) == floor or (short == floor[0] and pairs_in(ring) > MANY):
                break
        large = pairs_in(ring) > MANY
        if ring == everything(facts):
            whole = [*asked.rules, *asked.moves, *asked.also]
            last = search(facts, whole, best.schedule or was)
            return proven(asked, best, max(floor, bounds_of(last))) if better(best, last) else last
        if large and its_ring:
            continue
        rules = BARE if its_ring else asked.rules  # the first most often is the answer: it is asked for comfort too
        found = search(facts, [*rules, *around(asked, ring)], best.schedule or was)
        if better(found, best):
            best, its_ring = found, ring
        moves = [stay.of(ring) for stay in asked.moves]
        least = search(alone(facts, ring), [*BARE, *moves, *asked.also], best.schedule or was)
        floor = max(floor, floor_of(asked, ring, found, least))
    if tier_of(best, INCONVENIENCE).value == 0:
        kind = search(facts, [*asked.rules, *around(asked, its_ring)], best.schedule or was)
        best = best if better(best, kind) else kind
    return proven(asked, best, floor)


def around(asked: Asked, ring: Ring) -> list[WeekRule]:
    """The rules by which nothing moves outside a ring."""
    return [*asked.moves, *asked.also, Frozen(asked.was, EVERY_DAY, ring)]


def floor_of(asked: Asked, ring: Ring, around: Result, least: Result) -> Figures:
    """What every plan needs: as much as `around` if it keeps the others, else as `least` and a move of theirs."""
    if least.schedule is None:
        return 0, 0
    short, moves = bounds_of(least)
    outside = sum(stay.unavoidable(ring) for stay in asked.moves)
    return min(bounds_of(around), (short, moves + outside + a_move_more(asked, ring))) if around.tiers else (short, 0)


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


def figures(found: Result) -> Figures:
    return tier_of(found, DEMANDS).value, tier_of(found, MOVES).value


def tier_of(result: Result, name: str) -> Tier:
    """A tier of a result; 0 and proven where nothing of it was wished for, or could be."""
    return next((t for t in result.tiers if t.name == name), Tier(name, 0, 0))


def better(a: Result, b: Result) -> bool:
    """Whether a plan is less short than another, or as short with fewer moves."""
    return a.schedule is not None and (b.schedule is None or figures(a) < figures(b))


def rings(asked: Asked) -> Iterator[Ring]:
    """The rings of a week, each wider than the one before; the last is everyone in all courses.

    Those in trouble; a few who have what they need, and could have it at another time; who else takes the courses that
    trouble them, in these courses; all whom they meet; all whom a teacher of theirs teaches.
    """
    was, facts = asked.was, asked.was.facts
    last = everything(facts)
    first = in_trouble(was) | (asked.troubled & facts.participants.keys())
    scarce = troubling(was, first)
    contested = {p: frozenset(who.demands.keys() & scarce) for p, who in facts.participants.items()}
    steps: tuple[Callable[[], Ring], ...] = (
        lambda: of(facts, first),
        lambda: in_the_way(asked, first, scarce),
        lambda: {p: courses for p, courses in contested.items() if courses},
        lambda: of(facts, meeting(facts, first)),
        lambda: of(facts, sharing(facts, first)),
    )
    before: Ring = {}
    for step in steps:
        ring = step()
        wider = {p: before.get(p, frozenset()) | ring.get(p, frozenset()) for p in sorted({*before, *ring})}
        if wider not in (before, last):
            yield wider
        before = wider
    yield last


def in_the_way(asked: Asked, people: People, courses: frozenset[str]) -> Ring:
    """Those in a few sessions that take the times at which these people could have these courses, and could be others.

    Rather in sessions that are few moves.
    """
    was, every = asked.was, list(candidates(asked.was.facts))
    wished = [x for x in every if x.course in courses and any(could_have(was, x, p, courses) for p in people)]
    found: dict[Session, int] = {}
    for s, who in was.attendance.items():
        if any(collide(s, x) for x in wished) and not who & people:
            others = (x for x in every if x.course == s.course and x.minutes == s.minutes and not given(was, x))
            if any(all(could_have(was, x, q, frozenset({s.course})) for q in who) for x in others):
                found[s] = sum(asked.moves_of(q, s) for q in who)
    ring: dict[str, frozenset[str]] = {}
    for s in sorted(found, key=lambda s: (found[s], s))[:FEW]:
        ring |= {q: ring.get(q, frozenset()) | {s.course} for q in was.attendance[s]}
    return ring


def could_have(was: Schedule, x: Session, p: str, moving: frozenset[str]) -> bool:
    """Whether a participant could have a session beside all that she has of other courses than those that move."""
    takes = x.course in was.facts.participants[p].demands
    beside = (s for s in was.of(p, day=x.day) if s.course not in moving)
    return takes and holds(was.facts, x, p) and not any(s.start < x.end and x.start < s.end for s in beside)


def given(was: Schedule, x: Session) -> bool:
    """Whether the teacher of a session gives something at that time."""
    return any(collide(s, x) for s in was.of(x.teacher, day=x.day))


def collide(a: Session, b: Session) -> bool:
    """Whether one teacher can't give both sessions."""
    return (a.teacher, a.day) == (b.teacher, b.day) and a.start < b.end and b.start < a.end


def pairs_in(ring: Ring) -> int:
    return sum(map(len, ring.values()))


def of(facts: WeekFacts, people: People) -> Ring:
    """These people in all their courses."""
    return {p: frozenset(facts.participants[p].demands) for p in sorted(people)}


def everything(facts: WeekFacts) -> Ring:
    return of(facts, frozenset(facts.participants))


def in_trouble(was: Schedule) -> People:
    """Who is short of something, or is part of what breaks a must."""
    facts, found = was.facts, set[str]()
    for breach in verify(was, [*UNIVERSE, *MUSTS, *WISHES]):
        who = breach.about
        if who in facts.participants:
            found.add(who)
        elif who in facts.teachers and breach.tier == DEMANDS:
            found |= {
                p.id for p in facts.participants.values() if p.demands.keys() & facts.teachers[who].teaches.keys()
            }
        else:
            found |= {p for s in was.sessions if who in (s.teacher, s.course, s.place) for p in was.attendance[s]}
    return frozenset(found)


def troubling(was: Schedule, people: People) -> frozenset[str]:
    """The courses of which these people can't have what they had, or are short."""
    found = set()
    for p in people:
        for course, demand in was.facts.participants[p].demands.items():
            lost = any(not holds(was.facts, s, p) for s in was.of(p, course))
            if lost or was.minutes(p, course) < demand.wanted:
                found.add(course)
    return frozenset(found)


def meeting(facts: WeekFacts, people: People) -> People:
    """These people, those who take a course in groups with one of them, and those who are paired with one."""
    groups = {c.id for c in facts.courses.values() if any(day.largest != 1 for day in c.days)}
    courses = {course for p in people for course in facts.participants[p].demands} & groups
    found = {p.id for p in facts.participants.values() if p.demands.keys() & courses}
    paired = {p for a, b, _, _ in facts.pairs if {a, b} & people for p in (a, b)}
    return people | found | (paired & facts.participants.keys())


def sharing(facts: WeekFacts, people: People) -> People:
    """These people, and those who take a course of a teacher who gives one that one of them takes."""
    courses = {course for p in people for course in facts.participants[p].demands}
    given = {c for t in facts.teachers.values() if t.teaches.keys() & courses for c in t.teaches}
    return people | {p.id for p in facts.participants.values() if p.demands.keys() & given}


def alone(facts: WeekFacts, ring: Ring) -> WeekFacts:
    """The week as if nothing else were held, with nothing asked that others could help to reach.

    Whatever all can do together, these do here: nobody else takes hours or rooms, and no group is too small.
    """
    people = {p: replace(facts.participants[p], demands=_of(facts.participants[p].demands, ring[p])) for p in ring}
    return replace(
        facts,
        participants=people,
        teachers={t.id: _owing_nothing(t) for t in facts.teachers.values()},
        courses={c.id: _of_any_size(c) for c in facts.courses.values()},
        pairs=tuple(pair for pair in facts.pairs if {pair[0], pair[1]} <= ring.keys()),
        locks=tuple(lock for lock in facts.locks if lock.course in ring.get(lock.participant, ())),
    )


def _of(demands: Mapping[str, Demand], courses: frozenset[str]) -> dict[str, Demand]:
    return {course: demand for course, demand in demands.items() if course in courses}


def _owing_nothing(t: TeacherWeek) -> TeacherWeek:
    return replace(t, teaches={course: (0, most) for course, (_, most) in t.teaches.items()})


def _of_any_size(c: CourseWeek) -> CourseWeek:
    return replace(c, days=tuple(replace(day, smallest=min(1, day.smallest)) for day in c.days))
