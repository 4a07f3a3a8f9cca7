"""The facts of a term, one type for each table, as the coordinator knows them: frozen, changed by `replace`.

Times of day are minutes since midnight; lengths and amounts of teaching are minutes (a lesson is
`Settings.lesson_minutes` of them); days are 0 (Monday) to 6; dates are the local dates of `Settings.timezone`. Ids are
words and share one key space, so `who` may name a participant, teacher, room, place or team. Nothing here knows a week,
a solver or a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .errors import InMemory, Origin

ALL = "all"  # a closure for everyone
LANGUAGE_SCHOOL = "language_school"  # a closure or mode of the language school; the kind of its commitments
ONLINE = "online"  # where a session is that is held in no place
STUDY = "study"  # the kind of a course that she does by herself, such as homework


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of a table. `origin` says where it was written; it takes no part in comparing."""

    origin: Origin = field(default=InMemory("a fact"), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Fact):
    """A row that holds from `valid_from` to `valid_to`, both included; None is open. The newest valid row wins."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Fact):
    """The `term` table. Amounts called lessons are counted in lessons of `lesson_minutes`; the rest in minutes."""

    name: str
    start: date
    end: date
    timezone: str = "Europe/Copenhagen"
    language: str = "da"
    country: str = "DK"
    lesson_minutes: int = 45
    weekly_target: int = 20
    weekly_tolerance: int = 2
    teaching_weeks: int = 22
    short_weeks: str = "keep"
    moves_per_lesson: int = 2
    make_up: bool = False
    freeze_days: int = 2
    longest_break_inside: int = 20
    cycle_weeks: int = 1
    start_step: int | None = None
    day_start: int | None = None
    day_end: int | None = None
    online_after: int = 30
    cancelled_status: str = "CONFIRMED"
    reminder: int | None = None
    show_commitments: bool = True
    show_participants: bool = False
    calendar_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Fact):
    """One bell period. `days` are those it rings on."""

    id: str
    start: int
    end: int
    days: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Fact):
    """Somewhere people go. `shown_as` is what feeds and pages call it; `link` where it is met online."""

    id: str
    name: str = ""
    shown_as: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(Fact):
    """The way from one place to another, door to door; the way back too, unless that has its own row."""

    start: str
    end: str
    minutes: int
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Fact):
    id: str
    place: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Fact):
    """What is taught. `wanted`, `fewest`, `most` are minutes a week for each participant who takes it.

    A session lasts `shortest` to `longest` minutes. `most_taught` is minutes a week over all its teachers. A talk
    (`kind`) is one participant and one teacher; study is her own time, with neither teacher nor room.
    """

    id: str
    name: str
    name_en: str = ""
    kind: str = "lesson"
    wanted: int
    fewest: int
    most: int
    sessions: int
    shortest: int
    longest: int
    smallest_group: int = 1
    largest_group: int | None = None
    most_taught: int | None = None
    every_weeks: int = 1
    place: str = ""
    different_days: bool = True
    shown_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher(Fact):
    id: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaches(Dated):
    """A teacher gives a course, `least` to `most` minutes a week (None: as many as fit)."""

    teacher: str
    course: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Fact):
    """One person who is planned for. `label` is all that is ever shown. `start` and `end` are her own dates."""

    id: str
    label: str
    team: str = ""
    earliest: int | None = None
    latest: int | None = None
    start: date | None = None
    end: date | None = None
    languages: tuple[str, ...] = ()
    most_per_day: int | None = None
    most_days: int | None = None
    shortest_break: int = 0
    detail: str = "full"

    def is_here(self, day: date) -> bool:
        return (self.start or day) <= day <= (self.end or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes(Dated):
    """A participant (or a whole team) takes a course; None leaves the course's own figure."""

    who: str
    course: str
    wanted: int | None = None
    fewest: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Dated):
    """A weekly window (`free`) or a hole in it (`busy`). Without a `free` row somebody is free all day."""

    who: str
    days: frozenset[int] = frozenset(range(7))
    start: int = 0
    end: int = 24 * 60
    kind: str = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Dated):
    """Something fixed every week (or every `every_weeks` weeks) that is never moved and stands in her calendar.

    `minutes` is what it counts for in her week; None counts the bell periods it covers. `calendar` names the `.ics`
    file that it was read from; `skips` are dates on which it would be, and for once is not.
    """

    who: str
    title: str
    days: frozenset[int]
    start: int
    end: int
    place: str = ""
    minutes: int | None = None
    kind: str = "other"
    every_weeks: int = 1
    calendar: str = ""
    skips: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Fact):
    """Once, from one date to another: away, an exam, an excursion; `reserved` is a price and a mark, not a block."""

    who: str
    from_date: date
    to_date: date
    start: int = 0
    end: int = 24 * 60
    title: str = ""
    place: str = ""
    kind: str = "away"

    def covers(self, day: date) -> bool:
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure(Fact):
    """Closed for everyone (`all`), for the language school, or one place only."""

    from_date: date
    to_date: date
    start: int = 0
    end: int = 24 * 60
    place: str = ""
    who: str = ALL
    reason: str = ""

    def covers(self, day: date) -> bool:
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode(Fact):
    """A dated switch to online or back; the other columns override the course meanwhile (None leaves it)."""

    from_date: date
    to_date: date
    mode: str
    who: str = ""
    course: str = ""
    link: str = ""
    wanted: int | None = None
    sessions: int | None = None
    shortest: int | None = None
    longest: int | None = None
    smallest_group: int | None = None
    largest_group: int | None = None

    def covers(self, day: date) -> bool:
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Fact):
    """Two participants who should (`hard`: must) sit together, or apart."""

    a: str
    b: str
    kind: str
    hard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Dated):
    """A session that must stay: at `start` on a `date`, or on a `day` in every week of those in which the row holds.

    Until `end`, if that is said. With `makes_up` it comes on top of its week's own, for a lesson that was lost before.
    """

    participant: str
    course: str
    start: int
    date: date | None = None
    day: int | None = None
    teacher: str = ""
    room: str = ""
    end: int | None = None
    makes_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Dated):
    """Another price than the table's own, for all or for one person, always or between dates."""

    name: str
    minutes: int
    who: str = ""
