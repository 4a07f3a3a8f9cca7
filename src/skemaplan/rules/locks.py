"""Rule: what the coordinator has locked stays. A lock that can't be kept is named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..dates import clock
from ..model import Model, total
from ..schedule import Schedule, Session
from ..week import WeekLock
from ..words import say
from .rule import Breach, Must, WeekRule


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


def fits(lock: WeekLock, s: Session) -> bool:
    return s.start == lock.start and lock.teacher in ("", s.teacher)
