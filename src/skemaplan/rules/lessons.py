"""Demand: the lessons and talks that each participant's week should hold (`demand.py` says how many)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..amounts import in_lessons, in_minutes, in_teaching
from ..model import Model
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say
from .loosening import Premise
from .rule import DEMANDS, Breach, Cost, WeekRule

BELOW_FEWEST = 10  # how many times as bad as another a minute short of `fewest` is


class Lessons(WeekRule):
    """Everyone gets the lessons and talks she should have, and before all the fewest that make sense."""

    name = "lessons"
    tier = DEMANDS
    firm = "fewer lessons are no repair: to accept them is the third answer"

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants.values():
            for course, d in p.demands.items():
                got = model.minutes(p.id, course)
                short = model.excess(d.wanted - got, d.wanted, f"{p.id} short of {course}")
                yield Cost(p.id, short)
                if d.fewest > 0:
                    below = model.excess(d.fewest - got, d.fewest, f"{p.id} short of fewest {course}")
                    yield Cost(p.id, (BELOW_FEWEST - 1) * below)

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for course, d in p.demands.items():
                got = schedule.minutes(p.id, course)
                bad = max(0, min(d.fewest, d.wanted) - got)
                other = max(0, d.wanted - max(got, min(d.fewest, d.wanted)))
                if bad or other:
                    yield self.breach(
                        p.id,
                        said(p.id, course, got, d.wanted, schedule.facts.lesson),
                        BELOW_FEWEST * bad + other,
                    )

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for p in facts.participants.values():
            for course, d in p.demands.items():
                text = say(
                    "{who} is to have {amount} of {course}",
                    who=p.id,
                    amount=in_teaching(d.wanted, facts.lesson),
                    course=course,
                )
                yield Premise(self.name, p.id, text, asked=(p.id, course))


def said(who: str, course: str, got: int, wanted: int, lesson: int) -> Text:
    """What somebody has of what she should have: in lessons, where both are whole lessons."""
    if got % lesson or wanted % lesson:
        n, of = got, in_minutes(wanted)
    else:
        n, of = got // lesson, in_lessons(wanted // lesson)
    return say("{who} gets {n} of {of} of {course}.", who=who, n=n, of=of, course=course)
