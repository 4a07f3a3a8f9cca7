"""A week for Timefold, run by a Python that has it (TIMEFOLD_PYTHON); knows nothing of this project but what it reads.

Reads the week as JSON (`timefold_peer.py` writes it) and says a line of JSON for every better plan. What a teacher can
give of a course are classes, and each is given a session, or none; every participant has a seat for each session of a
course that she should have, and each is given a class, or none. So moving a class moves all who sit in it. Hard are the
musts, medium the minutes short, soft the minutes of inconvenience with what is above the fair share counted twice.

Seconds are those of the solving thread: starting Java, reading, and what Java compiles and clears up beside it do not
count.

What was tried on the case's ordinary week, for 12 to 15 seconds each: seats that are given a session themselves, with
pillar moves (270 minutes short; 1170 without these moves); the same counted by an incremental calculator (half as many
moves in a second as these constraint streams); this model (nothing short after 3 to 11).
"""

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Annotated, Any

from jpype import JImplements, JOverride
from timefold.solver import SolverFactory
from timefold.solver.config import EnvironmentMode, ScoreDirectorFactoryConfig, SolverConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardMediumSoftScore,
    Joiners,
    constraint_provider,
)

CONFIG = """
<solver>
  <localSearch>
    <acceptor><lateAcceptanceSize>400</lateAcceptanceSize></acceptor>
    <forager><acceptedCountLimit>1</acceptedCountLimit></forager>
  </localSearch>
</solver>
"""
GLANCE = 0.05  # seconds between two looks at the clock
WHOLE_DAY = 24 * 60


@dataclass(eq=False)
class Session:
    """`rested` and `rests` are its start and end on a clock that stands still in the bell table's breaks."""

    id: Annotated[int, PlanningId]
    day: int
    start: int
    end: int
    rested: int
    rests: int
    minutes: int
    course: int
    teacher: int
    place: int
    smallest: int
    largest: int
    kind: str
    for_group: bool
    is_fixed: bool
    different_days: bool
    ways: list[list[int]]


@dataclass(eq=False)
class Participant:
    """Prices are in minutes. By the number of a session: what it costs by itself (`own`), where it is for her (`at`).

    By day: how much she may be taught, what a day of attendance costs, and what is fixed.
    """

    id: Annotated[int, PlanningId]
    lesson: int
    low: int
    high: int
    most: list[int]
    day: list[int]
    fixed: list[list[Session]]
    own: list[int]
    at: list[int]
    waiting: int
    alone: int
    beside: int
    neighbours: int
    teachers: int
    target: int
    fair: int


@dataclass(eq=False)
class Want:
    """One course in one participant's week."""

    id: Annotated[int, PlanningId]
    participant: Participant
    is_lesson: bool
    wanted: int
    fewest: int
    cap: int
    sessions: int
    shortest: int
    first: bool


@dataclass(eq=False)
class Hours:
    """What a teacher gives of a course (teacher -1: what all of them give): at least, and at most."""

    id: Annotated[int, PlanningId]
    teacher: int
    course: int
    least: int
    most: int


@dataclass(eq=False)
class Moment:
    """A time at a place at which no more than so many sessions of more than so many people can be held."""

    id: Annotated[int, PlanningId]
    place: int
    day: int
    time: int
    larger_than: int
    rooms: int


@planning_entity
@dataclass(eq=False)
class Class:
    """One of the sessions that a teacher can give of a course. It is held if anybody sits in it."""

    id: Annotated[int, PlanningId]
    choices: Annotated[list[Session], ValueRangeProvider(id="sessions")]
    session: Annotated[
        Session | None, PlanningVariable(allows_unassigned=True, value_range_provider_refs=["sessions"])
    ] = field(default=None)


@planning_entity
@dataclass(eq=False)
class Seat:
    """One of the sessions that a participant should have of a course."""

    id: Annotated[int, PlanningId]
    want: Want
    choices: Annotated[list[Class], ValueRangeProvider(id="classes")]
    klass: Annotated[Class | None, PlanningVariable(allows_unassigned=True, value_range_provider_refs=["classes"])] = (
        field(default=None)
    )


@planning_solution
@dataclass(eq=False)
class Plan:
    wants: Annotated[list[Want], ProblemFactCollectionProperty]
    hours: Annotated[list[Hours], ProblemFactCollectionProperty]
    moments: Annotated[list[Moment], ProblemFactCollectionProperty]
    classes: Annotated[list[Class], PlanningEntityCollectionProperty]
    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[HardMediumSoftScore | None, PlanningScore] = field(default=None)


# -- what a day, a course and a week cost somebody -------------------------------------------------------------------


def too_near(a: Session, b: Session, from_a: int, from_b: int) -> bool:
    """Whether nobody can be in both, with so long a way from the one to the other and back."""
    return a.start < b.end + from_b and b.start < a.end + from_a


def clash(p: Participant, a: Session, b: Session) -> bool:
    return too_near(a, b, a.ways[p.at[a.id]][p.at[b.id]], a.ways[p.at[b.id]][p.at[a.id]])


def clashes(p: Participant, sessions: list[Session]) -> int:
    """How often two of somebody's day can't both be: one after the other, or of one course."""
    found: int = 0
    for i in range(len(sessions)):
        found += clashes_with(p, sessions, i)
    return found


def clashes_with(p: Participant, sessions: list[Session], last: int) -> int:
    found: int = 0
    s: Session = sessions[last]
    for i in range(last):
        other: Session = sessions[i]
        if clash(p, s, other) or (s.course == other.course and s.different_days):
            found += 1
    return found


def overlap(a: Session, b: Session) -> bool:
    return too_near(a, b, a.ways[a.place][b.place], a.ways[b.place][a.place])


def place_at(p: Participant, s: Session) -> int:
    return s.place if s.is_fixed else p.at[s.id]


def day_price(p: Participant, day: int, sessions: list[Session]) -> int:
    """Waiting, the day itself, what each session costs, and talks that are not beside a lesson."""
    price: int = p.day[day]
    stops: list[Session] = list(p.fixed[day])
    for s in sessions:
        price += max(0, p.own[s.id])
        if s.kind == "talk" and is_far(p, s, sessions):
            price += p.beside
        place: int = 0
        while place < len(stops) and stops[place].start < s.start:
            place += 1
        stops.insert(place, s)
    for i in range(1, len(stops)):
        a: Session = stops[i - 1]
        b: Session = stops[i]
        if not (a.is_fixed and b.is_fixed):
            idle: int = b.rested - a.rests - a.ways[place_at(p, a)][place_at(p, b)]
            if idle > 0:
                price += p.waiting * idle
    return price


def is_far(p: Participant, talk: Session, sessions: list[Session]) -> bool:
    for s in sessions:
        if s.kind == "lesson":
            first: Session = s if s.start < talk.start else talk
            last: Session = talk if s.start < talk.start else s
            way: int = s.ways[p.at[first.id]][p.at[last.id]]
            if last.start - first.end >= way and last.rested - first.rests - way <= 0:
                return False
    return True


def course_price(want: Want, sessions: list[Session]) -> int:
    """Neighbouring days, and more teachers than one."""
    p: Participant = want.participant
    days: list[int] = []
    teachers: list[int] = []
    for s in sessions:
        if s.day not in days:
            days.append(s.day)
        if s.teacher not in teachers:
            teachers.append(s.teacher)
    price: int = p.teachers * (len(teachers) - 1)
    if want.is_lesson:
        for day in days:
            if day + 1 in days:
                price += p.neighbours
    return price


def off_target(p: Participant, minutes: int) -> int:
    off: int = max(p.low - minutes, minutes - p.high, 0)
    return p.target * ((off + p.lesson - 1) // p.lesson)


def short(want: Want, got: int) -> int:
    return max(0, want.wanted - got) + 9 * max(0, want.fewest - got)


def too_much(want: Want, sessions: list[Session]) -> int:
    """Above the cap, or more in too few sessions than these leave."""
    most: int = want.cap
    if len(sessions) < want.sessions:
        most = min(most, want.wanted - (want.sessions - len(sessions)) * want.shortest)
    return max(0, minutes_of(sessions) - most)


def minutes_of(sessions: list[Session]) -> int:
    found: int = 0
    for s in sessions:
        found += s.minutes
    return found


# -- the constraints -------------------------------------------------------------------------------------------------


@constraint_provider
def constraints(of: ConstraintFactory) -> list[Constraint]:
    """Streams that several constraints begin with are one stream: it is kept up to date once."""
    seats = of.for_each(Seat).join(Class, Joiners.equal(lambda seat: seat.klass, lambda k: k))
    held = seats.group_by(lambda seat, k: k.session, ConstraintCollectors.count_bi())
    taught = held.group_by(
        lambda s, n: s.teacher, lambda s, n: s.course, ConstraintCollectors.sum(lambda s, n: s.minutes)
    ).join(
        Hours,
        Joiners.equal(lambda t, c, m: t, lambda h: h.teacher),
        Joiners.equal(lambda t, c, m: c, lambda h: h.course),
    )
    days = seats.group_by(
        lambda seat, k: seat.want.participant,
        lambda seat, k: k.session.day,
        ConstraintCollectors.to_list(lambda seat, k: k.session),
    )
    courses = seats.group_by(lambda seat, k: seat.want, ConstraintCollectors.to_list(lambda seat, k: k.session))
    return [
        everybody_can(seats),
        one_thing_at_a_time(days),
        one_class_at_a_time(of),
        groups(held),
        rooms(held),
        amounts(courses),
        days_amounts(days),
        teachers_most(taught),
        courses_most(held),
        lessons(of),
        lessons_had(courses),
        teachers_least(of),
        teachers_give(taught),
        inconvenience(of, seats, days, courses),
    ]


def everybody_can(seats: Any) -> Constraint:
    return (
        seats.filter(lambda seat, k: seat.want.participant.own[k.session.id] < 0)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("everybody can be there")
    )


def one_thing_at_a_time(days: Any) -> Constraint:
    return days.penalize(HardMediumSoftScore.ONE_HARD, lambda p, day, sessions: clashes(p, sessions)).as_constraint(
        "a participant does one thing at a time, and a course once a day"
    )


def one_class_at_a_time(of: ConstraintFactory) -> Constraint:
    return (
        of.for_each_unique_pair(
            Class, Joiners.equal(lambda k: k.session.teacher), Joiners.equal(lambda k: k.session.day)
        )
        .filter(lambda a, b: overlap(a.session, b.session))
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("a teacher does one thing at a time")
    )


def groups(held: Any) -> Constraint:
    return (
        held.filter(lambda s, n: n > s.largest or n < s.smallest)
        .penalize(HardMediumSoftScore.ONE_HARD, lambda s, n: max(n - s.largest, s.smallest - n))
        .as_constraint("groups of the right size")
    )


def rooms(held: Any) -> Constraint:
    return (
        held.join(
            Moment,
            Joiners.equal(lambda s, n: s.place, lambda m: m.place),
            Joiners.equal(lambda s, n: s.day, lambda m: m.day),
        )
        .filter(lambda s, n, m: s.start <= m.time and m.time < s.end and n > m.larger_than)
        .group_by(lambda s, n, m: m, ConstraintCollectors.count_tri())
        .filter(lambda m, n: n > m.rooms)
        .penalize(HardMediumSoftScore.ONE_HARD, lambda m, n: n - m.rooms)
        .as_constraint("a room for each session")
    )


def amounts(courses: Any) -> Constraint:
    return (
        courses.filter(lambda want, sessions: too_much(want, sessions) > 0)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("no more than the most of a course")
    )


def days_amounts(days: Any) -> Constraint:
    return (
        days.filter(lambda p, day, sessions: p.most[day] < WHOLE_DAY and minutes_of(sessions) > p.most[day])
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("no more than the most of a day")
    )


def teachers_most(taught: Any) -> Constraint:
    return (
        taught.filter(lambda t, c, minutes, h: minutes > h.most)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("no more than a teacher's hours")
    )


def courses_most(held: Any) -> Constraint:
    return (
        held.group_by(lambda s, n: s.course, ConstraintCollectors.sum(lambda s, n: s.minutes))
        .join(Hours, Joiners.equal(lambda c, m: c, lambda h: h.course))
        .filter(lambda c, minutes, h: h.teacher < 0 and minutes > h.most)
        .penalize(HardMediumSoftScore.ONE_HARD)
        .as_constraint("no more than a course's hours")
    )


def lessons(of: ConstraintFactory) -> Constraint:
    return (
        of.for_each(Want)
        .penalize(HardMediumSoftScore.ONE_MEDIUM, lambda want: short(want, 0))
        .as_constraint("the lessons that everyone should have")
    )


def lessons_had(courses: Any) -> Constraint:
    return courses.reward(
        HardMediumSoftScore.ONE_MEDIUM, lambda want, sessions: short(want, 0) - short(want, minutes_of(sessions))
    ).as_constraint("those that everyone has")


def teachers_least(of: ConstraintFactory) -> Constraint:
    return (
        of.for_each(Hours)
        .penalize(HardMediumSoftScore.ONE_MEDIUM, lambda h: h.least)
        .as_constraint("the least that a teacher gives")
    )


def teachers_give(taught: Any) -> Constraint:
    return taught.reward(HardMediumSoftScore.ONE_MEDIUM, lambda t, c, minutes, h: min(minutes, h.least)).as_constraint(
        "what a teacher gives of it"
    )


def inconvenience(of: ConstraintFactory, seats: Any, days: Any, courses: Any) -> Constraint:
    """Everybody's, of all kinds, because what is above the fair share counts twice."""
    nothing = of.for_each(Want).filter(lambda want: want.first).map(lambda want: want.participant, lambda want: 0)
    weeks = (
        courses.map(lambda want, sessions: want.participant, lambda want, sessions: minutes_of(sessions))
        .concat(nothing)
        .group_by(lambda p, minutes: p, ConstraintCollectors.sum(lambda p, minutes: minutes))
        .map(lambda p, minutes: p, lambda p, minutes: off_target(p, minutes))
    )
    alone = (
        seats.filter(lambda seat, k: k.session.for_group)
        .group_by(lambda seat, k: k.session, ConstraintCollectors.to_list(lambda seat, k: seat.want.participant))
        .filter(lambda s, who: len(who) == 1)
        .map(lambda s, who: who[0], lambda s, who: who[0].alone)
    )
    return (
        days.map(lambda p, day, sessions: p, lambda p, day, sessions: day_price(p, day, sessions))
        .concat(
            courses.map(lambda want, sessions: want.participant, lambda want, sessions: course_price(want, sessions))
        )
        .concat(weeks)
        .concat(alone)
        .group_by(lambda p, minutes: p, ConstraintCollectors.sum(lambda p, minutes: minutes))
        .penalize(HardMediumSoftScore.ONE_SOFT, lambda p, minutes: minutes + max(0, minutes - p.fair))
        .as_constraint("everybody's inconvenience")
    )


# -- in and out ------------------------------------------------------------------------------------------------------


def read(told: dict[str, Any]) -> Plan:
    def session(row: dict[str, Any]) -> Session:
        return Session(**row, ways=told["ways"])

    sessions = [session(row) for row in told["sessions"]]
    people = [
        Participant(**{**row, "fixed": [[session(f) for f in day] for day in row["fixed"]]})
        for row in told["participants"]
    ]
    wants = [Want(**{**row, "participant": people[row["participant"]]}) for row in told["wants"]]
    classes = [Class(i, [sessions[n] for n in may]) for i, may in enumerate(told["classes"])]
    seats = [
        Seat(i, wants[want], [classes[k] for k in may], None if first is None else classes[first])
        for i, (want, may, first) in enumerate(told["seats"])
    ]
    hours, moments = [Hours(**row) for row in told["hours"]], [Moment(**row) for row in told["moments"]]
    return Plan(wants, hours, moments, classes, seats)


def main() -> None:
    told = json.load(sys.stdin)
    problem = read(told)
    config = SolverConfig(
        xml_source_text=CONFIG,
        solution_class=Plan,
        entity_class_list=[Class, Seat],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints),
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=0,
    )
    solver = SolverFactory.create(config).build_solver()
    began = time.thread_time()
    solver._delegate.addEventListener(listener(began))
    over = threading.Event()
    watched = time.pthread_getcpuclockid(threading.get_ident())

    def watch() -> None:
        while not over.wait(GLANCE):
            if time.clock_gettime(watched) - began > told["limit"]:
                solver.terminate_early()

    threading.Thread(target=watch, daemon=True).start()
    best = solver.solve(problem)
    over.set()
    print(json.dumps({"seats": [session_of(seat) for seat in best.seats]}), flush=True)


def session_of(seat: Seat) -> int | None:
    return seat.klass.session.id if seat.klass and seat.klass.session else None


def listener(began: float) -> object:
    """Says the score of each better plan. (The wrapper's own listener is handed a copy of the plan: it takes long.)"""

    @JImplements("ai.timefold.solver.core.api.solver.event.SolverEventListener")
    class Listener:
        @JOverride
        def bestSolutionChanged(self, event: Any) -> None:
            score = event.getNewBestScore()
            tiers = {"hard": score.hardScore(), "medium": score.mediumScore(), "soft": score.softScore()}
            print(json.dumps({"seconds": time.thread_time() - began, **tiers}), flush=True)

    return Listener()


if __name__ == "__main__":
    main()
