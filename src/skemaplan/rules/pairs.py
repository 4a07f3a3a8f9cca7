"""Rules: who must sit together (a shared car, child care) or apart (the reason is not kept)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..dates import clock, minutes_in
from ..model import Model
from ..schedule import Schedule, Session
from ..week import WeekFacts
from ..words import Text, say
from .loosening import PARTICIPANT, Loosening, Premise
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class Unpaired(Loosening):
    """Two need not sit together, or apart, any longer."""

    other: str
    kind: str

    code: ClassVar[str] = "pairs"
    ask: ClassVar[str] = PARTICIPANT

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        return without_pair(facts, self.who, self.other, self.kind)

    def sentence(self, amount: int) -> Text:
        if self.kind == "together":
            return say("Ask {a} and {b} whether they can do without sitting together", a=self.who, b=self.other)
        return say("Consider whether {a} and {b} may meet after all", a=self.who, b=self.other)


class Together(WeekRule):
    """Two who must sit together are in the same group sessions of the courses both take.

    An absent partner doesn't cost the other her lesson; neither windows nor the language school are an excuse.
    """

    name = "together"

    def post(self, model: Model) -> Iterable[Must]:
        for a, b, kind, hard in model.facts.pairs:
            for s in model.sessions if kind == "together" and hard else ():
                if both_can(model.facts, s, a, b):
                    yield Must(a, model.add(model.attends(a, s) == model.attends(b, s)))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for a, b, kind, hard in schedule.facts.pairs:
            for s, who in schedule.attendance.items() if kind == "together" and hard else ():
                if len({a, b} & who) == 1 and both_can(schedule.facts, s, a, b):
                    yield self.breach(
                        a,
                        say(
                            "{a} and {b} are not together in {course} at {time}.",
                            a=a,
                            b=b,
                            course=s.course,
                            time=clock(s.start),
                        ),
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        yield from (Unpaired(a, (1,), b, kind) for a, b, kind, hard in facts.pairs if hard and kind == "together")

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for a, b, kind, hard in facts.pairs:
            if hard and kind == "together":
                text = say("{a} and {b} sit together", a=a, b=b)
                yield Premise(self.name, a, text, partial(without_pair, a=a, b=b, kind=kind))


class Apart(WeekRule):
    """Two who must not meet are never in the same session."""

    name = "apart"

    def post(self, model: Model) -> Iterable[Must]:
        for a, b, kind, hard in model.facts.pairs:
            for s in model.sessions if kind == "apart" and hard else ():
                if {a, b} <= set(model.who(s)):
                    yield Must(a, model.add(model.attends(a, s) + model.attends(b, s) <= 1))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for a, b, kind, hard in schedule.facts.pairs:
            for s, who in schedule.attendance.items() if kind == "apart" and hard else ():
                if {a, b} <= who:
                    yield self.breach(
                        a,
                        say("{a} and {b} meet in {course} at {time}.", a=a, b=b, course=s.course, time=clock(s.start)),
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        yield from (Unpaired(a, (1,), b, kind) for a, b, kind, hard in facts.pairs if hard and kind == "apart")

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for a, b, kind, hard in facts.pairs:
            if hard and kind == "apart":
                text = say("{a} and {b} are never in the same session", a=a, b=b)
                yield Premise(self.name, a, text, partial(without_pair, a=a, b=b, kind=kind))


def both_can(facts: WeekFacts, s: Session, a: str, b: str) -> bool:
    """Whether a session is one of a group, in a course that both take this week, and neither is away from it."""
    if facts.courses[s.course].kind != "lesson" or not {a, b} <= facts.participants.keys():
        return False
    two = facts.participants[a], facts.participants[b]
    return all(s.course in p.demands and not minutes_in(p.away[s.day], s.start, s.end) for p in two)


def without_pair(facts: WeekFacts, a: str, b: str, kind: str) -> WeekFacts:
    return replace(facts, pairs=tuple(x for x in facts.pairs if x[:3] != (a, b, kind)))
