"""A lesson put where somebody would like it, by looking only: what breaks, who is in the way, what it would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..candidates import candidates
from ..rules import DEMANDS, INCONVENIENCE, MUSTS, STANDARD, UNIVERSE, Breach
from ..schedule import Schedule, Session
from ..seating import seat
from ..solving import price_of, verify
from .asked import Asked
from .values import Reason


@dataclass(frozen=True)
class Placing:
    """One way to put the lesson there, with everybody else's week as it is.

    `session` as it would be held (`new`: it was not held before); `instead`: her session that goes for it (None: one
    more). `breaks`: what then does not hold. `short` and `minutes`: how many minutes more would be short, and how much
    more inconvenient the week would be.
    """

    session: Session
    new: bool
    instead: Session | None
    breaks: tuple[Reason, ...]
    short: int
    minutes: int

    @property
    def rank(self) -> tuple[object, ...]:
        return len(self.breaks), self.short, self.minutes, self.new, self.session, str(self.instead)


def placings(schedule: Schedule, asked: Asked) -> Iterator[Placing]:
    """Every way to put it there: each teacher and length, for each of her sessions of the course or as one more."""
    before, cost = _breaches(schedule), price_of(schedule, STANDARD)
    for s in candidates(schedule.facts):
        if (s.course, s.day, s.start) == (asked.course, asked.day, asked.start):
            for instead in (None, *schedule.of(asked.participant, asked.course)):
                after = seat(moved(schedule, asked.participant, s, instead), schedule.rooms)[0]
                new = _breaches(after) - before
                reasons = tuple(Reason(b.rule, b.about, 0, b.text) for b in new.elements())
                now = price_of(after, STANDARD)
                short, minutes = now[DEMANDS] - cost[DEMANDS], now[INCONVENIENCE] - cost[INCONVENIENCE]
                yield Placing(s, s not in schedule.attendance, instead, reasons, short, minutes)


def moved(schedule: Schedule, participant: str, to: Session, instead: Session | None) -> Schedule:
    """The schedule with her in one session, and out of another."""
    attendance = {s: who - {participant} if s == instead else who for s, who in schedule.attendance.items()}
    attendance[to] = attendance.get(to, frozenset()) | {participant}
    return replace(schedule, attendance={s: who for s, who in attendance.items() if who}, rooms={})


def _breaches(schedule: Schedule) -> Counter[Breach]:
    return Counter(verify(schedule, (*UNIVERSE, *MUSTS)))
