"""Rule: a course may be held otherwise for one person for a while: shorter, online, or back before the others."""

from __future__ import annotations

from collections.abc import Iterator

from ..candidates import suits
from ..dates import clock
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .rule import Breach, WeekRule


class OwnWay(WeekRule):
    """Everyone's sessions of a course are as long, and held where, as it is for her at the time."""

    name = "own_way"
    firm = "another form is another row of modes"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        several = (session.course, session.day) in facts.own_ways
        return several and who in facts.participants and not suits(facts, session, who)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for s in schedule.sessions:
            for p in sorted(schedule.attendance[s]):
                how = facts.how(p, s.course, s.day)
                if not how.shortest <= s.minutes <= how.longest or s.place != how.place:
                    text = say(
                        "{who} can't have {course} like this at {time}.", who=p, course=s.course, time=clock(s.start)
                    )
                    yield self.breach(p, text)
