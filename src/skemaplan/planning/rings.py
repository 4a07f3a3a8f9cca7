"""Who has to move for it: first only those in trouble, then whom they meet, whom their teachers teach, and everyone.

Each ring of people is asked twice. *Around*: a plan in which only they change, everybody else's sessions frozen; no
plan needs more. *Alone*: what they would need if nobody else were there, which is all that any plan can do for them;
no plan needs less. Where both agree the answer is proven for the whole week, however large it is, by two searches that
are as small as the change. Otherwise the next ring is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..rules import DEMANDS, MOVES, MUSTS, UNIVERSE, WISHES, Frozen, Stay, WeekRule
from ..rules.frozen import EVERY_DAY
from ..schedule import Schedule, Tier
from ..solving import Result, verify
from ..week import CourseWeek, TeacherWeek, WeekFacts

People = frozenset[str]
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


def fewest_moves(asked: Asked, search: Search) -> Result:
    """The week as little short as can be, and of those plans one that moves the fewest; with what is proven of both."""
    facts, was = asked.was.facts, asked.was
    everyone = frozenset(facts.participants)
    best: Result | None = None
    short, moved = 0, 0  # no plan has less; of those that are as little short none moves less
    for people in rings(was, asked.troubled):
        if people == everyone:
            last = search(facts, [*asked.rules, *asked.moves, *asked.also], (best and best.schedule) or was)
            return last if best is None or not better(best, last) else proven(best, short, moved, last)
        others = everyone - people
        frozen = Frozen(was, EVERY_DAY, others)
        around = search(facts, [*asked.rules, *asked.moves, *asked.also, frozen], was)
        if around.schedule is not None and (best is None or better(around, best)):
            best = around
        least = search(alone(facts, people), [*UNIVERSE, *MUSTS, *WISHES, *asked.moves, *asked.also], was)
        theirs = tier_of(least, DEMANDS)
        if least.schedule is not None and theirs.bound >= short:
            moves = tier_of(least, MOVES).bound if theirs.proven else 0
            short, moved = theirs.bound, moves + sum(r.unavoidable(p) for r in asked.moves for p in others)
        if best is not None and figures(best) == (short, moved):
            return proven(best, short, moved)
    raise AssertionError("the last ring is everyone")


def proven(found: Result, short: int, moved: int, whole: Result | None = None) -> Result:
    """A plan with the bounds that hold for the whole week (of the search of it all too, if there was one)."""
    if whole is not None and tier_of(whole, DEMANDS).bound >= short:
        short, moved = tier_of(whole, DEMANDS).bound, max(moved, tier_of(whole, MOVES).bound)
    moved = moved if tier_of(found, DEMANDS).value == short else 0
    known = {DEMANDS: short, MOVES: moved}
    return replace(found, tiers=tuple(Tier(t.name, t.value, min(t.value, known.get(t.name, 0))) for t in found.tiers))


def figures(found: Result) -> Figures:
    return tier_of(found, DEMANDS).value, tier_of(found, MOVES).value


def tier_of(result: Result, name: str) -> Tier:
    """A tier of a result; 0 and proven where nothing of it was wished for, or could be."""
    return next((t for t in result.tiers if t.name == name), Tier(name, 0, 0))


def better(a: Result, b: Result) -> bool:
    """Whether a plan is less short than another, or as short with fewer moves."""
    return a.schedule is not None and (b.schedule is None or figures(a) < figures(b))


def rings(was: Schedule, troubled: People) -> Iterator[People]:
    """Those in trouble; those who could sit with them; those whom the same teachers teach; everyone."""
    facts = was.facts
    ring = in_trouble(was) | (troubled & facts.participants.keys())
    steps = (lambda people: people, lambda people: meeting(facts, people), lambda people: sharing(facts, people))
    before: People = frozenset()
    for step in steps:
        ring = step(ring)
        if before < ring < facts.participants.keys():
            yield ring
        before = ring
    yield frozenset(facts.participants)


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


def alone(facts: WeekFacts, people: People) -> WeekFacts:
    """The week as if only these people were there, with nothing asked that others could help to reach.

    Whatever all can do together, these do here: nobody else takes hours or rooms, and no group is too small.
    """
    return replace(
        facts,
        participants={p: who for p, who in facts.participants.items() if p in people},
        teachers={t.id: _owing_nothing(t) for t in facts.teachers.values()},
        courses={c.id: _of_any_size(c) for c in facts.courses.values()},
        pairs=tuple(pair for pair in facts.pairs if {pair[0], pair[1]} <= people),
        locks=tuple(lock for lock in facts.locks if lock.participant in people),
    )


def _owing_nothing(t: TeacherWeek) -> TeacherWeek:
    return replace(t, teaches={course: (0, most) for course, (_, most) in t.teaches.items()})


def _of_any_size(c: CourseWeek) -> CourseWeek:
    return replace(c, days=tuple(replace(day, smallest=min(1, day.smallest)) for day in c.days))
