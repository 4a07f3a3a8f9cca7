"""A circle's week as others leave it: beside all their sessions (`around`), or with nobody else there (`alone`).

What keeps the musts of the one can really be held beside the rest; nobody can have it better than in the other.
"""

from __future__ import annotations

from dataclasses import replace

from .circles import People, only
from .dates import cut
from .schedule import Schedule, Session
from .week import CourseWeek, Fixed, RoomWeek, TeacherWeek, WeekFacts

TAKEN = "session"  # the kind of a fixed thing that is a session of others


def around(schedule: Schedule, people: People) -> WeekFacts:
    """The facts of whole circles' week with all other sessions of the schedule as fixed as language school.

    Whatever keeps every must of these facts keeps them beside the other sessions too, each in the room that it has.
    """
    facts = only(schedule.facts, people)
    given: dict[str, list[Session]] = {}
    of_course: dict[str, int] = {}
    in_room: dict[str, list[Session]] = {}
    for s in schedule.sessions:
        if people.isdisjoint(schedule.attendance[s]):
            given.setdefault(s.teacher, []).append(s)
            of_course[s.course] = of_course.get(s.course, 0) + s.minutes
            in_room.setdefault(schedule.rooms.get(s, ""), []).append(s)
    return replace(
        facts,
        teachers={t.id: _beside(t, given.get(t.id, [])) for t in facts.teachers.values()},
        courses={c.id: _less(c, of_course.get(c.id, 0)) for c in facts.courses.values()},
        rooms={r.id: _taken(r, in_room.get(r.id, [])) for r in facts.rooms.values()},
    )


def _beside(t: TeacherWeek, given: list[Session]) -> TeacherWeek:
    """A teacher who gives these sessions to others: they are fixed, and what they take of her hours is gone."""
    if not given:
        return t
    fixed = tuple(tuple(sorted([*day, *_fixed(given, d)], key=_in_time)) for d, day in enumerate(t.fixed))
    teaches = {}
    for course, (least, most) in t.teaches.items():
        gone = sum(s.minutes for s in given if s.course == course)
        teaches[course] = max(0, least - gone), None if most is None else max(0, most - gone)
    return replace(t, fixed=fixed, teaches=teaches)


def _fixed(given: list[Session], day: int) -> list[Fixed]:
    return [Fixed(s.start, s.end, s.place, s.course, TAKEN, s.minutes) for s in given if s.day == day]


def _in_time(f: Fixed) -> tuple[int, int]:
    return f.start, f.end


def _less(course: CourseWeek, minutes: int) -> CourseWeek:
    most = course.most_taught
    return course if most is None else replace(course, most_taught=max(0, most - minutes))


def _taken(room: RoomWeek, by: list[Session]) -> RoomWeek:
    free = tuple(cut(day, [(s.start, s.end) for s in by if s.day == d]) for d, day in enumerate(room.free))
    return replace(room, free=free)


def alone(facts: WeekFacts, people: People) -> WeekFacts:
    """The facts of whole circles' week with all teachers, rooms and hours to themselves.

    What others share in costs nothing here: neither a teacher's least of a course that others take too, nor her days.
    So the least that this week costs is counted in no other circle's.
    """
    mine = only(facts, people)
    others = {c for p in facts.participants.values() if p.id not in people for c in p.demands}
    shared = {t for t in mine.teachers if not others.isdisjoint(facts.teachers[t].teaches)}
    teachers = {
        t.id: replace(t, teaches={c: (0 if c in others else least, most) for c, (least, most) in t.teaches.items()})
        for t in mine.teachers.values()
    }
    rules = sorted({rule for rule, _ in facts.prices})
    free = {(rule, t): 0 for rule in rules for t in shared}
    return replace(mine, teachers=teachers, prices={**facts.prices, **free})
