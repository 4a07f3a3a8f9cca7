"""All facts of one term together: frozen, checked when made, changed by `replace`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain

from .checks import troubles
from .errors import InputError, Trouble
from .facts import (
    ALL,
    Absence,
    Availability,
    Closure,
    Commitment,
    Course,
    Fact,
    Lock,
    Mode,
    Pair,
    Participant,
    Period,
    Place,
    Price,
    Room,
    Settings,
    Takes,
    Teacher,
    Teaches,
    Travel,
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """All facts of one term. Raises `InputError` with every trouble at once if they do not fit together.

    The tuples keep the order of the rows for the people who wrote them; nothing that is planned depends on it.
    """

    settings: Settings
    periods: tuple[Period, ...] = ()
    places: tuple[Place, ...] = ()
    travel: tuple[Travel, ...] = ()
    rooms: tuple[Room, ...] = ()
    courses: tuple[Course, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    teaches: tuple[Teaches, ...] = ()
    participants: tuple[Participant, ...] = ()
    takes: tuple[Takes, ...] = ()
    availability: tuple[Availability, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    absences: tuple[Absence, ...] = ()
    closures: tuple[Closure, ...] = ()
    modes: tuple[Mode, ...] = ()
    pairs: tuple[Pair, ...] = ()
    locks: tuple[Lock, ...] = ()
    prices: tuple[Price, ...] = ()

    def __post_init__(self) -> None:
        errors = [t for t in self.troubles() if t.severity == "error"]
        if errors:
            raise InputError(errors)

    @cached_property
    def participant(self) -> Mapping[str, Participant]:
        return {p.id: p for p in self.participants}

    @cached_property
    def course(self) -> Mapping[str, Course]:
        return {c.id: c for c in self.courses}

    @cached_property
    def place(self) -> Mapping[str, Place]:
        return {p.id: p for p in self.places}

    @cached_property
    def teacher(self) -> Mapping[str, Teacher]:
        return {t.id: t for t in self.teachers}

    @cached_property
    def teams(self) -> Mapping[str, frozenset[str]]:
        names = sorted({p.team for p in self.participants if p.team})
        return {t: frozenset(p.id for p in self.participants if p.team == t) for t in names}

    def means(self, who: str, person: str) -> bool:
        """Whether a row about `who` is about this person: herself, her team, or everyone (empty or `all`)."""
        return who in ("", ALL, person) or person in self.teams.get(who, ())

    def facts(self) -> Iterator[Fact]:
        rows = (getattr(self, f.name) for f in fields(self) if f.name != "settings")
        return chain([self.settings], *rows)

    def troubles(self) -> Iterator[Trouble]:
        """Everything that is wrong with these facts taken together, errors and warnings."""
        return troubles(self)
