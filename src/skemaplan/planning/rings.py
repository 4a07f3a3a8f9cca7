"""Who has to move for it: first only those in trouble, then who has what they need, whom they meet, and everyone.

A ring says who may have which courses at other times; `fewest.py` asks one after another. Pure: nothing is solved here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..candidates import candidates
from ..free import collide, holds
from ..rules import DEMANDS, MUSTS, UNIVERSE, WISHES, Stay, WeekRule
from ..schedule import Schedule, Session
from ..solving import verify
from ..week import WeekFacts

FEW, SOME = 6, 40  # sessions that may make room for those in trouble
MANY = 60  # courses of participants in a ring: beyond it nothing is proven in a moment
People = frozenset[str]
Ring = Mapping[str, frozenset[str]]  # the courses, by participant, whose sessions may be others


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


def rings(asked: Asked) -> Iterator[Ring]:
    """The rings of a week, each wider than the one before; the last is everyone in all courses.

    Those in trouble; a few, then more, who have what they need and could have it at another time; who else takes the
    courses that trouble them, in these courses; all whom they meet; all whom a teacher of theirs teaches. Where that
    becomes too many for one search, the new ones are asked by themselves first, with those in trouble.
    """
    was, facts = asked.was, asked.was.facts
    last = everything(facts)
    first = in_trouble(was) | (asked.troubled & facts.participants.keys())
    scarce = troubling(was, first)
    contested = {p: frozenset(who.demands.keys() & scarce) for p, who in facts.participants.items()}
    steps: tuple[Callable[[], Ring], ...] = (
        lambda: of(facts, first),
        lambda: in_the_way(asked, first, scarce, FEW),
        lambda: in_the_way(asked, first, scarce, SOME),
        lambda: {p: courses for p, courses in contested.items() if courses},
        lambda: of(facts, meeting(facts, first)),
        lambda: of(facts, sharing(facts, first)),
    )
    before: Ring = {}
    for step in steps:
        ring = step()
        wider = united(before, ring)
        by_themselves = united(of(facts, first), ring)
        if pairs_in(by_themselves) <= MANY < pairs_in(wider):
            yield by_themselves
        if wider not in (before, last):
            yield wider
        before = wider
    yield last


def united(a: Ring, b: Ring) -> Ring:
    return {p: a.get(p, frozenset()) | b.get(p, frozenset()) for p in sorted({*a, *b})}


def within(a: Ring, b: Ring) -> bool:
    """Whether all that is free in a ring is free in another."""
    return all(courses <= b.get(p, frozenset()) for p, courses in a.items())


def of(facts: WeekFacts, people: People) -> Ring:
    """These people in all their courses."""
    return {p: frozenset(facts.participants[p].demands) for p in sorted(people)}


def everything(facts: WeekFacts) -> Ring:
    return of(facts, frozenset(facts.participants))


def pairs_in(ring: Ring) -> int:
    return sum(map(len, ring.values()))


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


def in_the_way(asked: Asked, people: People, courses: frozenset[str], most: int) -> Ring:
    """Those in some sessions that take the times at which these people could have these courses, and could be others.

    At most so many sessions, and rather those that are few moves.
    """
    was, every = asked.was, list(candidates(asked.was.facts))
    wished = [x for x in every if x.course in courses and any(could_have(was, x, p, courses) for p in people)]
    found: dict[Session, int] = {}
    for s, who in was.attendance.items():
        if any(collide(was.facts, s, x) for x in wished) and not who & people:
            others = (x for x in every if x.course == s.course and x.minutes == s.minutes and not given(was, x))
            if any(all(could_have(was, x, q, frozenset({s.course})) for q in who) for x in others):
                found[s] = sum(asked.moves_of(q, s) for q in who)
    ring: dict[str, frozenset[str]] = {}
    for s in sorted(found, key=lambda s: (found[s], s))[:most]:
        ring |= {q: ring.get(q, frozenset()) | {s.course} for q in was.attendance[s]}
    return ring


def could_have(was: Schedule, x: Session, p: str, moving: frozenset[str]) -> bool:
    """Whether a participant could have a session beside all that she has of other courses than those that move."""
    takes = x.course in was.facts.participants[p].demands
    beside = (s for s in was.of(p, day=x.day) if s.course not in moving)
    return takes and holds(was.facts, x, p) and not any(s.start < x.end and x.start < s.end for s in beside)


def given(was: Schedule, x: Session) -> bool:
    """Whether the teacher of a session gives something at that time."""
    return any(collide(was.facts, s, x) for s in was.of(x.teacher, day=x.day))


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
