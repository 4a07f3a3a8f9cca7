"""Who can be planned without whom: circles, which meet in sessions, and components, which share nothing that is scarce.

A *circle* is everyone who could sit in a session together, directly or through others, and those who are paired: a
team, most often. Circles meet each other only through teachers and rooms. Circles that share neither, directly or
through others, make a *component* of their own, and components can be planned one by one: that is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from .dates import Spans, covers
from .week import WeekFacts

People = frozenset[str]


def circles(facts: WeekFacts) -> tuple[People, ...]:
    """The participants of a week by circle, in the order of their ids."""
    together: list[Iterable[str]] = [(a, b) for a, b, _, _ in facts.pairs]
    for course in facts.courses.values():
        if any(how.largest != 1 for how in facts.ways_of(course.id)):
            together.append([p.id for p in facts.participants.values() if course.id in p.demands])
    return joined(facts.participants, together)


def components(facts: WeekFacts) -> tuple[People, ...]:
    """The participants by component: the least sets that share no teacher, no course and no scarce room."""
    sharing: dict[Hashable, set[str]] = {}
    teaches: dict[str, list[str]] = {}
    for t in facts.teachers.values():
        for course in t.teaches:
            teaches.setdefault(course, []).append(t.id)
    scarce = scarce_places(facts)
    for p in facts.participants.values():
        for course in p.demands:
            sharing.setdefault(("course", course), set()).add(p.id)
            for who in teaches.get(course, ()):
                sharing.setdefault(("teacher", who), set()).add(p.id)
            for place in {how.place for how in facts.ways_of(course)} & scarce:
                sharing.setdefault(("place", place), set()).add(p.id)
    return joined(facts.participants, [*sharing.values(), *((a, b) for a, b, _, _ in facts.pairs)])


def scarce_places(facts: WeekFacts) -> frozenset[str]:
    """Places whose rooms may run short: fewer that are always open, with a seat for anybody, than teachers there."""
    teaches_at: dict[str, set[str]] = {}
    for t in facts.teachers.values():
        for course in t.teaches:
            for how in facts.ways_of(course) if course in facts.courses else ():
                teaches_at.setdefault(how.place, set()).add(t.id)
    found = set()
    for place, spans in facts.places.items():
        rooms = [r for r in facts.rooms.values() if r.place == place]
        here = [c.id for c in facts.courses.values() if any(how.place == place for how in facts.ways_of(c.id))]
        largest = max((takers(facts, c) for c in here), default=0)
        roomy = [r for r in rooms if r.seats >= largest and all(_covers(r.free[d], day) for d, day in enumerate(spans))]
        if rooms and len(roomy) < len(teaches_at.get(place, ())):
            found.add(place)
    return frozenset(found)


def _covers(spans: Spans, inner: Spans) -> bool:
    return all(covers(spans, start, end) for start, end in inner)


def takers(facts: WeekFacts, course: str) -> int:
    """The most who could sit in one session of a course."""
    largest = [how.largest for how in facts.ways_of(course)]
    who = sum(course in p.demands for p in facts.participants.values())
    return who if None in largest else min(who, max(n for n in largest if n is not None))


def joined(people: Iterable[str], together: Iterable[Iterable[str]]) -> tuple[People, ...]:
    """The finest partition of these people that keeps everyone together who is in one of these sets."""
    leader = {p: p for p in people}

    def find(p: str) -> str:
        while leader[p] != p:
            leader[p] = leader[leader[p]]
            p = leader[p]
        return p

    for some in together:
        first, *others = [find(p) for p in some if p in leader] or [""]
        for other in others:
            leader[find(other)] = find(first)
    found: dict[str, set[str]] = {}
    for p in leader:
        found.setdefault(find(p), set()).add(p)
    return tuple(sorted((frozenset(some) for some in found.values()), key=min))


def only(facts: WeekFacts, people: People) -> WeekFacts:
    """The week as if nobody else were there: these participants, their courses, and the teachers and rooms of these."""
    participants = {p: row for p, row in facts.participants.items() if p in people}
    courses = {c for p in participants.values() for c in (*p.demands, *p.study.demands)}
    teachers = {
        t.id: replace(t, teaches={c: band for c, band in t.teaches.items() if c in courses})
        for t in facts.teachers.values()
        if not courses.isdisjoint(t.teaches)
    }
    places = {how.place for c in courses & facts.courses.keys() for how in facts.ways_of(c)}
    return replace(
        facts,
        participants=participants,
        teachers=teachers,
        courses={c: row for c, row in facts.courses.items() if c in courses},
        rooms={r: row for r, row in facts.rooms.items() if row.place in places},
        pairs=tuple(pair for pair in facts.pairs if {pair[0], pair[1]} <= people),
        locks=tuple(lock for lock in facts.locks if lock.participant in people),
    )


def near(facts: WeekFacts, all_circles: Sequence[People]) -> Mapping[People, tuple[People, ...]]:
    """For each circle those that it shares teachers with, nearest first: who shares one with few is nearer."""
    mine = {c: frozenset(only(facts, c).teachers) for c in all_circles}
    of: dict[str, list[People]] = {}
    for c, teachers in mine.items():
        for t in sorted(teachers):
            of.setdefault(t, []).append(c)
    found = {}
    for c, teachers in mine.items():
        weight: dict[People, float] = {}
        for t in sorted(teachers):
            for other in of[t]:
                weight[other] = weight.get(other, 0) + 1 / len(of[t])
        weight.pop(c, None)
        found[c] = tuple(sorted(weight, key=lambda other: (-weight[other], min(other))))
    return found
