"""Rule: a participant's own cap on a day, kept without its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..amounts import in_minutes, in_teaching
from ..model import Model
from ..schedule import Schedule
from ..week import ParticipantWeek, WeekFacts
from ..words import Text, say
from .loosening import PARTICIPANT, Loosening, Premise, with_participant
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class MorePerDay(Loosening):
    """A participant has more on a day; amounts are minutes."""

    lesson: int

    code: ClassVar[str] = "most_per_day"
    ask: ClassVar[str] = PARTICIPANT

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        most = facts.participants[self.who].most_per_day
        return with_most_per_day(facts, self.who, None if most is None else most + amount)

    def sentence(self, amount: int) -> Text:
        return say(
            "Ask {who} whether {amount} more on a day is all right",
            who=self.who,
            amount=in_teaching(amount, self.lesson),
        )


class MostPerDay(WeekRule):
    """Nobody has more lessons on a day than she can take, what is fixed counted in."""

    name = "most_per_day"

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for day in range(7) if p.most_per_day is not None else ():
                if model.sessions_of(p.id, day=day):
                    yield Must(p.id, model.add(model.minutes(p.id, day=day) <= room_left(p, day)))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for day in range(7) if p.most_per_day is not None else ():
                got = sum(s.minutes for s in schedule.of(p.id, day=day))
                if got > room_left(p, day):
                    yield self.breach(
                        p.id,
                        say(
                            "{who} has {minutes} too much on one day.",
                            who=p.id,
                            minutes=in_minutes(got - room_left(p, day)),
                        ),
                    )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for p in facts.participants.values():
            if p.most_per_day is not None:
                yield MorePerDay(p.id, (facts.lesson, 2 * facts.lesson), facts.lesson)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for p in facts.participants.values():
            if p.most_per_day is not None:
                most = in_teaching(p.most_per_day, facts.lesson)
                text = say("{who} has at most {amount} a day", who=p.id, amount=most)
                yield Premise(self.name, p.id, text, partial(with_most_per_day, who=p.id, most=None))


def room_left(p: ParticipantWeek, day: int) -> int:
    """Minutes of teaching that her day still takes."""
    return max(0, (p.most_per_day or 0) - sum(f.minutes for f in p.fixed[day]))


def with_most_per_day(facts: WeekFacts, who: str, most: int | None) -> WeekFacts:
    return with_participant(facts, replace(facts.participants[who], most_per_day=most))
