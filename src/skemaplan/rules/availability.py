"""Rule: windows, absences, opening times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..dates import WHOLE_DAY, clock, covers, minutes_in
from ..facts import ONLINE
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .loosening import BUILDING, PARTICIPANT, TEACHER, Loosening, Premise
from .rule import Breach, WeekRule
from .swap import swaps
from .windows import free_of, usable, wider_windows, with_free


class Availability(WeekRule):
    """Sessions lie only when their teacher, their place and everyone in them are free."""

    name = "availability"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        if who == session.place:
            return who in facts.places and not covers(facts.places[who][session.day], session.start, session.end)
        return not covers(facts.person(who).free[session.day], session.start, session.end)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for s in schedule.sessions:
            open_times = {s.place: facts.places[s.place]} if s.place not in ("", ONLINE) else {}
            people = {who: facts.person(who).free for who in (s.teacher, *sorted(schedule.attendance[s]))}
            for who, free in {**open_times, **people}.items():
                if minutes_in(free[s.day], s.start, s.end) < s.end - s.start:
                    yield self.breach(
                        who,
                        say("{who} is not free for {course} at {time}.", who=who, course=s.course, time=clock(s.start)),
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for who, kind in everyone(facts):
            yield from wider_windows(facts, who, kind)
        yield from swaps(facts)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for who, _ in everyone(facts):
            free = free_of(facts, who)
            if any(not covers(free[s.day], s.start, s.end) for s in usable(facts, who)):
                text = say("{who} is there only within certain windows", who=who)
                yield Premise(self.name, who, text, partial(with_free, who=who, free=(WHOLE_DAY,) * 7))


def everyone(facts: WeekFacts) -> Iterator[tuple[str, str]]:
    """Whoever has windows, and whom one asks about them."""
    yield from ((t, TEACHER) for t in facts.teachers)
    yield from ((p, PARTICIPANT) for p in facts.participants)
    yield from ((place, BUILDING) for place in facts.places)
