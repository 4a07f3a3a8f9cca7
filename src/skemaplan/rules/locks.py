"""Rule: what the coordinator has locked stays. A lock that can't be kept is named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekFacts, WeekLock
from ..words import Text, say
from .loosening import ON_DAYS, Loosening, Premise
from .rule import Breach, Must, WeekRule


@dataclass(frozen=True)
class Unlocked(Loosening):
    """A lock is taken back."""

    lock: WeekLock

    code: ClassVar[str] = "locks"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        return without_lock(facts, self.lock)

    def sentence(self, amount: int) -> Text:
        return say(
            "Unlock {course} for {who} {when} at {time}",
            who=self.who,
            course=self.lock.course,
            when=ON_DAYS[self.lock.day],
            time=clock(self.lock.start),
        )


class Locks(WeekRule):
    """A locked session is held when it was locked, with whom it was locked."""

    name = "locks"

    def post(self, model: Model) -> Iterable[Must]:
        for lock in model.facts.locks:
            there = [s for s in model.sessions_of(lock.participant, lock.course, lock.day) if fits(lock, s)]
            if there:  # otherwise no plan can keep it, and `breaches` names it
                yield Must(lock.participant, model.add(total(model.attends(lock.participant, s) for s in there) == 1))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for lock in schedule.facts.locks:
            if lock.participant not in schedule.facts.participants:
                continue
            if not any(fits(lock, s) for s in schedule.of(lock.participant, lock.course, lock.day)):
                yield self.breach(
                    lock.participant,
                    say(
                        "{who} has no {course} at {time} although it is locked there.",
                        who=lock.participant,
                        course=lock.course,
                        time=clock(lock.start),
                    ),
                )

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for lock in facts.locks:
            yield Unlocked(lock.participant, (1,), lock)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for lock in facts.locks:
            text = say(
                "{who} has {course} {when} at {time}, locked",
                who=lock.participant,
                course=lock.course,
                when=ON_DAYS[lock.day],
                time=clock(lock.start),
            )
            yield Premise(self.name, lock.participant, text, partial(without_lock, lock=lock))


def fits(lock: WeekLock, s: Session) -> bool:
    return s.start == lock.start and lock.teacher in ("", s.teacher) and lock.end in (None, s.end)


def without_lock(facts: WeekFacts, lock: WeekLock) -> WeekFacts:
    return replace(facts, locks=tuple(x for x in facts.locks if x != lock))
