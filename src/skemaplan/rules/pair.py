"""Price: who would rather sit together, or apart. (A must has its own rules, in `pairs.py`.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule
from ..words import say
from .pairs import both_can
from .rule import INCONVENIENCE, Breach, Cost, WeekRule


class Pair(WeekRule):
    """Two who would rather sit together do, and two who would rather not meet don't.

    The price is each one's own for a session: of her who sits there without the other, or of both who meet.
    """

    name = "pair"
    tier = INCONVENIENCE
    called = say("a wish to sit together or apart")

    def post(self, model: Model) -> Iterable[Cost]:
        for a, b, kind, hard in model.facts.pairs:
            if hard or not {a, b} <= model.facts.participants.keys():
                continue
            if kind == "together":
                yield self._without(model, a, b)
                yield self._without(model, b, a)
            else:
                meet = []
                for s in (s for s in model.sessions if {a, b} <= set(model.who(s))):
                    meet.append(model.new_bool(f"{a} meets {b}"))
                    model.add(meet[-1] >= model.attends(a, s) + model.attends(b, s) - 1)
                yield from (Cost(p, self.price(model.facts, p) * total(meet)) for p in (a, b))

    def _without(self, model: Model, p: str, other: str) -> Cost:
        """Sessions that she attends and the other could, but doesn't."""
        alone = []
        for s in (s for s in model.sessions_of(p) if both_can(model.facts, s, p, other)):
            alone.append(model.new_bool(f"{p} without {other}"))
            model.add(alone[-1] >= model.attends(p, s) - model.attends(other, s))
        return Cost(p, self.price(model.facts, p) * total(alone))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        facts = schedule.facts
        for a, b, kind, hard in facts.pairs:
            for s in () if hard else schedule.sessions:
                there = sorted({a, b} & schedule.attendance[s])
                if kind == "together" and len(there) == 1 and both_can(facts, s, a, b):
                    text = say(
                        "{a} and {b} are not together in {course} at {time}.",
                        a=a,
                        b=b,
                        course=s.course,
                        time=clock(s.start),
                    )
                    yield self.breach(there[0], text, self.price(facts, there[0]))
                if kind == "apart" and len(there) == 2:
                    text = say(
                        "{a} and {b} meet in {course} at {time}.", a=a, b=b, course=s.course, time=clock(s.start)
                    )
                    yield from (self.breach(p, text, self.price(facts, p)) for p in there)
