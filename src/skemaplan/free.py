"""Whether there is time: for a session in somebody's day, and for two sessions of one teacher."""

from __future__ import annotations

from .dates import covers
from .facts import ONLINE
from .schedule import Session
from .week import Fixed, WeekFacts


def holds(facts: WeekFacts, s: Session, p: str) -> bool:
    """Whether this week has room for a session in its teacher's, its place's and this participant's day."""
    is_open = s.place not in facts.places or covers(facts.places[s.place][s.day], s.start, s.end)
    return is_open and is_free(facts, s, s.teacher) and is_free(facts, s, p)


def is_free(facts: WeekFacts, s: Session, person: str) -> bool:
    """Whether a participant or teacher has time for a session, and for the way to it."""
    who = facts.participants.get(person) or facts.teachers.get(person)
    if who is None or not covers(who.free[s.day], s.start, s.end):
        return False
    return not any(is_in_the_way(facts, s, person, f) for f in who.fixed[s.day])


def is_in_the_way(facts: WeekFacts, s: Session, person: str, f: Fixed) -> bool:
    """Whether there is no time for both, the way between them, and the rest that a participant needs."""
    p = facts.participants.get(person)
    place, rest = (ONLINE if (s.course, s.day) in p.online else s.place, p.shortest_break) if p else (s.place, 0)
    before, later = facts.way(f.place, place) + rest, facts.way(place, f.place) + rest
    return s.start < f.end + before and f.start < s.end + later


def collide(facts: WeekFacts, a: Session, b: Session) -> bool:
    """Whether one teacher can't give both: they overlap, or there is too little time for the way between them."""
    first, last = (a, b) if a.start <= b.start else (b, a)
    way = facts.way(first.place, last.place)
    return (a.teacher, a.day) == (b.teacher, b.day) and last.start < first.end + way
