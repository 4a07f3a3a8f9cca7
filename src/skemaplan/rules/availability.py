"""Rule: windows, absences, opening times."""

from __future__ import annotations

from collections.abc import Iterator

from ..dates import clock, covers, minutes_in
from ..facts import ONLINE
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, WeekRule


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
