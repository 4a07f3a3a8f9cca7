"""Rule: a session may run across short breaks, not across lunch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..dates import clock
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import say
from .loosening import Premise
from .rule import Breach, WeekRule


class PartOfDay(WeekRule):
    """A session lies in one part of the day, without a long break inside it."""

    name = "part_of_day"
    firm = "everybody has lunch"

    def forbids(self, facts: WeekFacts, session: Session, who: str) -> bool:
        inside = [b - a for a, b in facts.breaks[session.day] if session.start <= a and b <= session.end]
        return max(inside, default=0) > facts.longest_break_inside

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for s in schedule.sessions:
            rings = sorted(t for span in facts.periods[s.day] for t in span if s.start <= t <= s.end)
            for a, b in pairwise(rings):
                rest = not any(p <= a and b <= q for p, q in facts.periods[s.day])
                if rest and b - a > facts.longest_break_inside:
                    yield self.breach(
                        s.course,
                        say("{course} at {time} runs across a long break.", course=s.course, time=clock(s.start)),
                    )

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        text = say("no session runs across a long break")
        yield Premise(self.name, "", text, lambda week: replace(week, longest_break_inside=24 * 60))
