"""Rule: a participant's own cap on days a week, kept without its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..amounts import in_days
from ..model import Model, total
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say, say_n
from .loosening import PARTICIPANT, Loosening, Premise, with_participant
from .rule import Breach, Must, WeekRule
from .windows import WORKDAYS


@dataclass(frozen=True)
class MoreDays(Loosening):
    """A participant comes on more days a week; amounts are days."""

    code: ClassVar[str] = "most_days"
    ask: ClassVar[str] = PARTICIPANT

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        most = facts.participants[self.who].most_days
        return with_most_days(facts, self.who, None if most is None else most + amount)

    def sentence(self, amount: int) -> Text:
        return say_n(
            "Ask {who} whether a day more a week is possible",
            "Ask {who} whether {n} days more a week are possible",
            who=self.who,
            n=amount,
        )


class MostDays(WeekRule):
    """Nobody comes on more days a week than she can, days with something fixed counted in."""

    name = "most_days"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            if p.most_days is not None:
                other = [day for day in range(7) if not p.fixed[day] and model.sessions_of(p.id, day=day)]
                days = total(model.attends_day(p.id, day) for day in other)
                left = max(0, p.most_days - sum(1 for fixed in p.fixed if fixed))
                if other:
                    yield Must(p.id, model.add(days <= left))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            fixed = {day for day in range(7) if p.fixed[day]}
            days = fixed | {s.day for s in schedule.of(p.id)}
            if p.most_days is not None and len(days) > max(p.most_days, len(fixed)):
                yield self.breach(
                    p.id,
                    say(
                        "{who} comes on {days}; {most} is the most.",
                        who=p.id,
                        days=in_days(len(days)),
                        most=p.most_days,
                    ),
                )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for p in facts.participants.values():
            if p.most_days is not None and p.most_days < len(WORKDAYS):
                yield MoreDays(p.id, tuple(range(1, len(WORKDAYS) - p.most_days + 1)))

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for p in facts.participants.values():
            if p.most_days is not None:
                text = say("{who} comes on at most {days} a week", who=p.id, days=in_days(p.most_days))
                yield Premise(self.name, p.id, text, partial(with_most_days, who=p.id, most=None))


def with_most_days(facts: WeekFacts, who: str, most: int | None) -> WeekFacts:
    return with_participant(facts, replace(facts.participants[who], most_days=most))
