"""A week in parts that share nothing scarce: who shares no teacher, room or pair with a shortage can't matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..circles import components, only
from ..week import TeacherWeek, WeekFacts, print_of

Kind = tuple[WeekFacts, tuple[str, ...]]  # a week, and the names of those that are alike
FEW = 12  # participants of a team or two: asked about together, so that a teacher of the one may help the other
AT_ONCE = 2  # teachers who may be found in addition: so many changes are made at once at most


def parts_of(kinds: Sequence[Kind]) -> list[Kind]:
    """The parts of all kinds of weeks, each with the weeks that have just this part."""
    found: dict[str, tuple[WeekFacts, list[str]]] = {}
    for facts, weeks in kinds:
        for part in parts(facts):
            found.setdefault(print_of(part), (part, []))[1].extend(weeks)
    return [(part, tuple(sorted(weeks))) for part, weeks in found.values()]


def parts(facts: WeekFacts) -> Iterator[WeekFacts]:
    """The least parts that can be asked about one by one: everything fits in the week if it does in each of them.

    A week of few, or of one part, is left as it is.
    """
    idle = without_takers(facts)
    people = components(with_more_teachers(facts)) if len(facts.participants) > FEW else ()
    if len(people) < 2:
        yield facts
        return
    for some in people:
        yield places_of(only(facts, some))
    if idle.teachers:
        yield idle


def with_more_teachers(facts: WeekFacts) -> WeekFacts:
    """As if some more taught at each place: what is not scarce then isn't either when another teacher is found."""
    at = {how.place: course for course in facts.courses for how in facts.ways_of(course)}
    names = [(f"{place} + {n}", course) for place, course in at.items() for n in range(AT_ONCE)]
    more = {name: TeacherWeek(name, ((),) * 7, ((),) * 7, {course: (0, 0)}) for name, course in names}
    return replace(facts, teachers={**facts.teachers, **more})


def without_takers(facts: WeekFacts) -> WeekFacts:
    """What is left when nobody comes: teachers who should give lessons that nobody takes."""
    taken = {c for p in facts.participants.values() for c in p.demands}
    teachers = {
        t.id: replace(t, teaches={c: band for c, band in t.teaches.items() if c not in taken})
        for t in facts.teachers.values()
        if any(least for c, (least, _) in t.teaches.items() if c not in taken)
    }
    return replace(facts, participants={}, teachers=teachers, pairs=(), locks=())


def places_of(facts: WeekFacts) -> WeekFacts:
    """The week with no other places and rooms than those of its courses.

    All ways stay: language classes at other places can be asked for.
    """
    near = {how.place for course in facts.courses for how in facts.ways_of(course)}
    return replace(
        facts,
        rooms={r.id: r for r in facts.rooms.values() if r.place in near},
        places={place: spans for place, spans in facts.places.items() if place in near},
    )
