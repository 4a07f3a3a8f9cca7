"""All facts of one term together: frozen, checked when made, changed by `replace`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain
from typing import Any

from .about import About
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

    @cached_property
    def team_of(self) -> Mapping[str, str]:
        """The team of each participant who has one."""
        return {p.id: p.team for p in self.participants if p.team}

    @cached_property
    def commitments_of(self) -> About[Commitment]:
        return About(self.commitments, self.team_of)

    @cached_property
    def absences_of(self) -> About[Absence]:
        return About(self.absences, self.team_of)

    @cached_property
    def teaches_by(self) -> Mapping[str, tuple[Teaches, ...]]:
        """The rows of each teacher."""
        found: dict[str, list[Teaches]] = {}
        for row in self.teaches:
            found.setdefault(row.teacher, []).append(row)
        return {t: tuple(rows) for t, rows in found.items()}

    @cached_property
    def windows_of(self) -> About[Availability]:
        return About(self.availability, self.team_of)

    @cached_property
    def takes_of(self) -> About[Takes]:
        return About(self.takes, self.team_of, ("", ALL))

    @cached_property
    def modes_of(self) -> About[Mode]:
        """The modes of one person or team; those for everyone are in nobody's list."""
        return About((m for m in self.modes if m.who not in ("", ALL)), self.team_of)

    @cached_property
    def read_before(self) -> dict[Hashable, Any]:
        """What `unroll.py` has worked out of these facts already, so that like weeks are worked out once."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        """What travels to another process: the facts, and nothing that can be found again from them."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def means(self, who: str, person: str) -> bool:
        """Whether a row about `who` is about this person: herself, her team, or everyone (empty or `all`)."""
        return who in ("", ALL, person) or person in self.teams.get(who, ())

    def facts(self) -> Iterator[Fact]:
        rows = (getattr(self, f.name) for f in fields(self) if f.name != "settings")
        return chain([self.settings], *rows)

    def troubles(self) -> Iterator[Trouble]:
        """Everything that is wrong with these facts taken together, errors and warnings."""
        return troubles(self)
