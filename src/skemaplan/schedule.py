"""What a plan is: sessions with the people in them. A `Schedule` is one week, a `TermPlan` all dated weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from .circles import People, only
from .dates import Week
from .facts import ONLINE
from .problem import Problem
from .week import Fixed, WeekFacts
from .words import Text


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One meeting that may be held: `day` 0 (Monday) to 6, `start` and `end` minutes since midnight.

    `minutes` is what it counts as teaching: its length without the bell table's breaks inside it. Without a `teacher`
    it is study, which everyone does by herself, even where two do it at one time.
    """

    day: int
    start: int
    end: int
    course: str
    teacher: str
    place: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing in a person's day: a session of hers, or something fixed (then `session` is None)."""

    start: int
    end: int
    place: str
    session: Session | None = None
    fixed: Fixed | None = None

    @property
    def is_homework(self) -> bool:
        return self.session is not None and not self.session.teacher

    @property
    def is_anywhere(self) -> bool:
        """Homework without a place is done wherever she is."""
        return self.is_homework and not self.place


@dataclass(frozen=True)
class Schedule:
    """One week: who sits in which session, and in which room. Immutable; equal schedules are the same week.

    `study` is who does homework when: kept apart, because what is taught is planned before it and without it. It can
    hold anything, broken rules too: `verify` says which.
    """

    facts: WeekFacts
    attendance: Mapping[Session, frozenset[str]]
    rooms: Mapping[Session, str] = field(default_factory=dict)
    study: Mapping[Session, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def whole(self) -> Schedule:
        """The same week with study as sessions among the others, for whoever shows or counts what people do."""
        return Schedule(self.facts, {**self.attendance, **self.study}, self.rooms) if self.study else self

    def studies(self, participant: str) -> tuple[Session, ...]:
        """When a participant does her homework, in order."""
        return tuple(sorted(s for s, who in self.study.items() if participant in who))

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        return tuple(sorted(self.attendance))

    def of(self, person: str, course: str | None = None, day: int | None = None) -> tuple[Session, ...]:
        """The sessions a participant attends or a teacher gives, in order."""
        return tuple(
            s
            for s in self.by_person.get(person, ())
            if (course is None or s.course == course) and (day is None or s.day == day)
        )

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Session, ...]]:
        found: dict[str, list[Session]] = {}
        for s in self.sessions:
            for who in (*filter(None, [s.teacher]), *self.attendance[s]):
                found.setdefault(who, []).append(s)
        return {who: tuple(mine) for who, mine in found.items()}

    def place_for(self, person: str, session: Session) -> str:
        """Where a session is for this person: online if she alone is online that day."""
        p = self.facts.participants.get(person)
        return ONLINE if p and (session.course, session.day) in p.online else session.place

    def stops(self, person: str, day: int) -> tuple[Stop, ...]:
        """A person's day in order of time: her sessions and what is fixed."""
        mine = [Stop(s.start, s.end, self.place_for(person, s), session=s) for s in self.of(person, day=day)]
        fixed = [Stop(f.start, f.end, f.place, fixed=f) for f in self.facts.person(person).fixed[day]]
        return tuple(sorted([*mine, *fixed], key=lambda s: (s.start, s.end)))

    def minutes(self, person: str, course: str | None = None) -> int:
        return sum(s.minutes for s in self.of(person, course))

    def of_these(self, people: People) -> Schedule:
        """The week of these participants alone."""
        attendance = {s: who & people for s, who in self.attendance.items() if who & people}
        return Schedule(only(self.facts, people), attendance, {s: r for s, r in self.rooms.items() if s in attendance})

    def without(self, people: People) -> Schedule:
        """The same week without the sessions of these participants: nobody else sits in any of them."""
        attendance = {s: who for s, who in self.attendance.items() if people.isdisjoint(who)}
        return Schedule(self.facts, attendance, {s: r for s, r in self.rooms.items() if s in attendance})

    def beside(self, other: Schedule) -> Schedule:
        """The same week with the sessions of others, too: no session is in both."""
        return Schedule(self.facts, {**self.attendance, **other.attendance}, {**self.rooms, **other.rooms})

    def __str__(self) -> str:
        return "\n".join(f"{s} {' '.join(sorted(self.attendance[s]))} {self.rooms.get(s, '')}" for s in self.sessions)


@dataclass(frozen=True, slots=True, order=True)
class DatedSession:
    """A session on its date, as it is published. `mode` is `in_person` or `online`; `room` may be empty."""

    date: date
    start: int
    end: int
    course: str
    teacher: str
    place: str
    room: str
    mode: str
    link: str
    minutes: int
    participants: tuple[str, ...]

    @property
    def key(self) -> str:
        """A name for this session in this version of the plan."""
        at = f"{self.start // 60:02}{self.start % 60:02}"
        return "-".join(filter(None, (str(self.date), at, self.course, self.teacher)))


@dataclass(frozen=True, slots=True)
class Tier:
    """How far one tier of wishes was met, and what is proven: no plan can have less than `bound`.

    `name` is demands, moves or inconvenience; demands are minutes short, inconvenience is minutes to one person.
    """

    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Missing:
    """Minutes of a course that a participant should have had in a week and has not: `lost` (why) or `unmet`."""

    participant: str
    course: str
    minutes: int
    kind: str
    reason: Text
    session: Session | None = None


@dataclass(frozen=True)
class BaseWeek:
    """What an ordinary week of a stretch of like `weeks` is: each of them is this week as far as it can hold it.

    `anchor` names the base week of its stretch, whose times are the usual ones (itself, if it is that). `near` names
    the base weeks whose times it was planned to keep to; a new time cost a `share`-th in each week. `lost` is what the
    calendar takes of it: minutes a week, by participant and session. `stale`: the tables have changed since.
    """

    name: str
    anchor: str
    weeks: tuple[Week, ...]
    near: tuple[str, ...]
    share: int
    schedule: Schedule
    tiers: tuple[Tier, ...] = ()
    lost: Mapping[tuple[str, Session], int] = field(default_factory=dict)
    stale: bool = False


@dataclass(frozen=True)
class WeekPlan:
    """One dated week: its schedule, what is missing in it, and what was proven of it.

    `base` names its ordinary week; `stale`: the tables have changed since, for this week. `made_up` is who is where in
    the schedule to make up for lessons that were lost in earlier weeks: on top of the week's own, moving none.
    """

    week: Week
    schedule: Schedule
    base: str
    tiers: tuple[Tier, ...]
    missing: tuple[Missing, ...] = ()
    stale: bool = False
    made_up: Mapping[Session, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def own(self) -> Schedule:
        """The week without what is made up in it: what its lessons, prices and proofs are about."""
        return without(self.schedule, self.made_up) if self.made_up else self.schedule


def without(schedule: Schedule, attendance: Mapping[Session, frozenset[str]]) -> Schedule:
    """A schedule without these people in these sessions; what nobody is left in is not held."""
    left = {s: who - attendance.get(s, frozenset()) for s, who in schedule.attendance.items()}
    kept = {s: who for s, who in left.items() if who}
    return replace(schedule, attendance=kept, rooms={s: r for s, r in schedule.rooms.items() if s in kept})


@dataclass(frozen=True)
class TermPlan:
    """All dated weeks of a term, in order."""

    problem: Problem
    weeks: Mapping[Week, WeekPlan]
    bases: Mapping[str, BaseWeek] = field(default_factory=dict)
    tiers: tuple[Tier, ...] = ()
    seed: int = 0
    seconds: float = field(default=0.0, compare=False)

    @cached_property
    def whole(self) -> TermPlan:
        """The same plan with study as sessions among the others: what people do, for whoever shows or counts it."""
        if not any(dated.schedule.study for dated in self.weeks.values()):
            return self
        weeks = {w: replace(dated, schedule=dated.schedule.whole) for w, dated in self.weeks.items()}
        return replace(self, weeks=weeks)

    def sessions(self) -> Iterator[DatedSession]:
        """Every session of the term on its date, study too, in order of date, start, course and teacher."""
        for week, plan in sorted(self.whole.weeks.items()):
            for s in plan.schedule.sessions:
                course = plan.schedule.facts.courses[s.course].days[s.day]
                yield DatedSession(
                    date=week.day(s.day),
                    start=s.start,
                    end=s.end,
                    course=s.course,
                    teacher=s.teacher,
                    place="" if s.place == ONLINE else s.place,
                    room=plan.schedule.rooms.get(s, ""),
                    mode="online" if s.place == ONLINE else "in_person",
                    link=course.link if s.place == ONLINE else "",
                    minutes=s.minutes,
                    participants=tuple(sorted(plan.schedule.attendance[s])),
                )

    def fixed(self, person: str) -> Iterator[tuple[date, Fixed]]:
        """What is fixed in a person's term (language school, exams), dated and in order."""
        for week, plan in sorted(self.weeks.items()):
            facts = plan.schedule.facts
            if person in facts.participants or person in facts.teachers:
                for d, day in enumerate(facts.person(person).fixed):
                    for f in day:
                        yield week.day(d), f
