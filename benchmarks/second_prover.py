"""A second way of proving whether everything fits in a week: a textbook model with a boolean for each seat.

It knows the facts of a week (`week.py`) and shares nothing else with the product: sessions, clashes, ways, rooms and
counts are said here anew, pair by pair, as a textbook would. Rooms are assigned, not counted. Homework is left out: it
moves nobody's lesson.

The same model names what can't hold together in the textbook's way (`core`): an assumption for each fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import BoolVarT, IntVar

from skemaplan.week import CourseDay, ParticipantWeek, PersonWeek, RoomWeek, TeacherWeek, WeekFacts

Span = tuple[int, int]
Sum = cp_model.LinearExprT


@dataclass(frozen=True, order=True)
class Meeting:
    """A session that may be held, `taught` being its minutes without the breaks inside it."""

    course: str
    teacher: str
    day: int
    start: int
    end: int
    place: str
    taught: int


@dataclass(frozen=True)
class Thing:
    """Something in a person's day: a meeting that she may be in, or what is always there."""

    start: int
    end: int
    place: str
    there: IntVar | None


def fits(facts: WeekFacts, seconds: float = 60.0) -> bool | None:
    """Whether some plan of the week keeps every must and has everything that is wanted (None: not known in time).

    What does not fit of one course by itself does not fit: that is asked first.
    """
    courses = sorted({c for p in facts.participants.values() for c in p.demands})
    for course in courses if len(courses) > 1 else ():
        if Week(facts, {course}).solve(seconds) == cp_model.INFEASIBLE:
            return False
    answer = Week(facts, None).solve(seconds)
    return None if answer == cp_model.UNKNOWN else answer != cp_model.INFEASIBLE


def core(facts: WeekFacts, seconds: float = 60.0) -> tuple[str, ...] | None:
    """Named facts that can't hold together, as CP-SAT finds them among its assumptions (None: not known in time)."""
    week = Week(facts, None, named=True)
    return week.core(seconds)


class Week:
    """The model of one week, for some of its courses (None: all) and nobody's wishes in the others.

    `named`: windows, amounts and groups hold if they are assumed, each by itself; else they hold.
    """

    def __init__(self, facts: WeekFacts, courses: set[str] | None, *, named: bool = False) -> None:
        self.facts, self.courses, self.named = facts, courses, named
        self.cp = cp_model.CpModel()
        self.assumed: dict[str, IntVar] = {}
        self.meetings = [m for m in meetings(facts, anytime=named) if courses is None or m.course in courses]
        self.held = {m: self.cp.new_bool_var(f"held {m}") for m in self.meetings}
        self.sits: dict[tuple[str, Meeting], IntVar] = {}
        for p in facts.participants.values():
            for m in self.meetings:
                if may_sit(facts, p, m) and (named or within(m, p.free[m.day])):
                    self.sits[p.id, m] = self.cp.new_bool_var(f"{p.id} in {m}")
        self._groups()
        if named:
            self._windows()
        for t in facts.teachers.values():
            self._day_of(t, {m: self.held[m] for m in self.meetings if m.teacher == t.id})
            self._hours_of(t)
        for p in facts.participants.values():
            self._day_of(p, self._hers(p.id))
            self._week_of(p)
        self._courses()
        self._rooms()
        self._pairs()
        self._locks()

    def solve(self, seconds: float) -> int:
        return int(self._solver(seconds).solve(self.cp))

    def core(self, seconds: float) -> tuple[str, ...] | None:
        self.cp.add_assumptions(list(self.assumed.values()))
        solver = self._solver(seconds)
        if solver.solve(self.cp) != cp_model.INFEASIBLE:
            return None
        found = set(solver.sufficient_assumptions_for_infeasibility())
        return tuple(name for name, literal in self.assumed.items() if literal.index in found)

    def _solver(self, seconds: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = seconds
        return solver

    def _if(self, fact: str) -> list[IntVar]:
        """What a constraint is enforced by, if facts have names."""
        if not self.named:
            return []
        return [self.assumed.setdefault(fact, self.cp.new_bool_var(fact))]

    def _windows(self) -> None:
        for m, held in self.held.items():
            if not within(m, self.facts.teachers[m.teacher].free[m.day]):
                self.cp.add(held == 0).only_enforce_if(self._if(f"windows of {m.teacher}"))
        for (p, m), sits in self.sits.items():
            if not within(m, self.facts.participants[p].free[m.day]):
                self.cp.add(sits == 0).only_enforce_if(self._if(f"windows of {p}"))

    def _hers(self, p: str) -> dict[Meeting, IntVar]:
        return {m: sits for (who, m), sits in self.sits.items() if who == p}

    # -- sessions and who is in them ----------------------------------------------------------------------------------

    def _groups(self) -> None:
        seats: dict[Meeting, list[str]] = {m: [] for m in self.meetings}
        for p, m in self.sits:
            seats[m].append(p)
        for m, who in seats.items():
            literals = [self.sits[p, m] for p in who]
            self.cp.add(sum(literals) >= 1).only_enforce_if(self.held[m])
            for p in who:
                self.cp.add_implication(self.sits[p, m], self.held[m])
                how = way_of(self.facts, p, m.course, m.day)
                if how.largest is not None:
                    few = self._if(f"largest group of {m.course}")
                    self.cp.add(sum(literals) <= how.largest).only_enforce_if(self.sits[p, m], *few)
                enough = self._if(f"smallest group of {m.course}")
                self.cp.add(sum(literals) >= how.smallest).only_enforce_if(self.sits[p, m], *enough)

    # -- one person's days --------------------------------------------------------------------------------------------

    def _day_of(self, person: PersonWeek, mine: Mapping[Meeting, IntVar]) -> None:
        """Nothing at the same time as anything else, and between two things that follow each other, time for the way.

        Two things that lie too near are fine where a third lies between them: then neither follows the other.
        """
        rest = person.shortest_break if isinstance(person, ParticipantWeek) else 0
        online = person.online if isinstance(person, ParticipantWeek) else frozenset()
        for day in range(7):
            things = [
                Thing(m.start, m.end, "online" if (m.course, day) in online else m.place, there)
                for m, there in mine.items()
                if m.day == day
            ]
            things += [Thing(f.start, f.end, f.place, None) for f in person.fixed[day]]
            for a, b in combinations(sorted(things, key=lambda x: (x.start, x.end)), 2):
                if a.there is None and b.there is None:
                    continue
                both = [x.there for x in (a, b) if x.there is not None]
                way = self._way(a.place, b.place)
                if b.start < a.end or (rest and b.start < a.end + way + rest):
                    self.cp.add_bool_or([x.negated() for x in both])
                elif b.start < a.end + way:
                    between = [x for x in things if x not in (a, b) and a.end <= x.start and x.end <= b.start]
                    if all(x.there is not None for x in between):
                        excused: list[BoolVarT] = [x.there for x in between if x.there is not None]
                        self.cp.add_bool_or([*(x.negated() for x in both), *excused])

    def _way(self, a: str, b: str) -> int:
        return self.facts.travel.get((a, b), 0) if a != b else 0

    # -- how much -----------------------------------------------------------------------------------------------------

    def _week_of(self, p: ParticipantWeek) -> None:
        mine = self._hers(p.id)
        for course, d in p.demands.items():
            if self.courses is not None and course not in self.courses:
                continue
            hers = {m: sits for m, sits in mine.items() if m.course == course}
            count, minutes = sum(hers.values()), sum(m.taught * sits for m, sits in hers.items())
            self.cp.add(minutes >= d.wanted).only_enforce_if(self._if(f"{p.id} has her {course}"))
            self.cp.add(minutes <= d.cap)
            self.cp.add(count <= d.sessions)
            for n in range(1, min(d.sessions, len(hers) + 1)):  # with fewer sessions, what they would have held is lost
                so_many = self.cp.new_bool_var(f"{p.id} has {n} sessions of {course}")
                self.cp.add(count != n).only_enforce_if(so_many.negated())
                self.cp.add(minutes <= d.wanted - (d.sessions - n) * d.shortest).only_enforce_if(so_many)
            if self.facts.courses[course].different_days:
                for day in range(7):
                    self.cp.add_at_most_one(sits for m, sits in hers.items() if m.day == day)
        comes = []
        for day in range(7):
            today = {m: sits for m, sits in mine.items() if m.day == day}
            if p.most_per_day is not None:
                most = max(0, p.most_per_day - sum(f.minutes for f in p.fixed[day]))
                self.cp.add(sum(m.taught * sits for m, sits in today.items()) <= most)
            if not p.fixed[day]:
                comes.append(self.cp.new_bool_var(f"{p.id} comes on day {day}"))
                for sits in today.values():
                    self.cp.add_implication(sits, comes[-1])
        if p.most_days is not None:
            self.cp.add(sum(comes) <= max(0, p.most_days - sum(1 for fixed in p.fixed if fixed)))

    def _hours_of(self, t: TeacherWeek) -> None:
        for course, (least, most) in t.teaches.items():
            taught = self._taught(m for m in self.meetings if (m.teacher, m.course) == (t.id, course))
            if self.courses is None or course in self.courses:
                self.cp.add(taught >= least).only_enforce_if(self._if(f"least {course} of {t.id}"))
                if most is not None:
                    self.cp.add(taught <= most).only_enforce_if(self._if(f"most {course} of {t.id}"))

    def _courses(self) -> None:
        for c in self.facts.courses.values():
            if c.most_taught is not None:
                self.cp.add(self._taught(m for m in self.meetings if m.course == c.id) <= c.most_taught)

    def _taught(self, some: Iterable[Meeting]) -> Sum:
        return sum(m.taught * self.held[m] for m in some) + self.cp.new_constant(0)

    # -- where, and with whom -----------------------------------------------------------------------------------------

    def _rooms(self) -> None:
        """Each meeting at a place that has rooms is in one of them, which nobody else is in at the time."""
        inside: dict[tuple[str, int], list[tuple[Meeting, IntVar]]] = {}
        wanted = {(x.course, x.day, x.start): x.room for x in self.facts.locks if x.room}
        for m in self.meetings:
            rooms = [r for r in self.facts.rooms.values() if r.place == m.place]
            if not rooms:
                continue
            chosen: dict[str, IntVar] = {}
            for r in rooms:
                if within(m, r.free[m.day]) and wanted.get((m.course, m.day, m.start), r.id) == r.id:
                    chosen[r.id] = self.cp.new_bool_var(f"{m} in {r.id}")
                    inside.setdefault((r.id, m.day), []).append((m, chosen[r.id]))
            self.cp.add(sum(chosen.values()) == self.held[m])
            self.cp.add(sum(s for (_, x), s in self.sits.items() if x == m) <= seats(rooms, chosen))
        for mine in inside.values():
            for (a, here), (b, there) in combinations(mine, 2):
                if a.start < b.end and b.start < a.end:
                    self.cp.add_bool_or([here.negated(), there.negated()])

    def _pairs(self) -> None:
        for a, b, kind, hard in self.facts.pairs:
            for m in self.meetings if hard else ():
                one, other = self.sits.get((a, m)), self.sits.get((b, m))
                if kind == "apart" and one is not None and other is not None:
                    self.cp.add_bool_or([one.negated(), other.negated()])
                if kind == "together" and self._both_could(m, a, b):
                    if one is not None and other is not None:
                        self.cp.add(one == other)
                    else:
                        self.cp.add(sum(x for x in (one, other) if x is not None) == 0)

    def _both_could(self, m: Meeting, a: str, b: str) -> bool:
        """Whether a meeting of a group is of a course that both take, when neither is away."""
        people = self.facts.participants
        return (
            self.facts.courses[m.course].kind == "lesson"
            and {a, b} <= people.keys()
            and all(m.course in people[x].demands and not touches(m, people[x].away[m.day]) for x in (a, b))
        )

    def _locks(self) -> None:
        for x in self.facts.locks:
            if x.participant in self.facts.participants and (self.courses is None or x.course in self.courses):
                there = [
                    sits
                    for m, sits in self._hers(x.participant).items()
                    if (m.course, m.day, m.start) == (x.course, x.day, x.start)
                    and x.teacher in ("", m.teacher)
                    and x.end in (None, m.end)
                ]
                self.cp.add_bool_or(there)


def seats(rooms: Iterable[RoomWeek], chosen: Mapping[str, IntVar]) -> Sum:
    return sum(r.seats * chosen[r.id] for r in rooms if r.id in chosen)


def way_of(facts: WeekFacts, p: str, course: str, day: int) -> CourseDay:
    """How a course is held on a day for somebody: her own way, else everybody's."""
    return facts.participants[p].own.get((course, day)) or facts.courses[course].days[day]


def may_sit(facts: WeekFacts, p: ParticipantWeek, m: Meeting) -> bool:
    """Whether a meeting is of her course, as it is for her."""
    if m.course not in p.demands:
        return False
    how = way_of(facts, p.id, m.course, m.day)
    return m.place == how.place and m.taught in lengths(facts, how)


def within(m: Meeting, windows: Iterable[Span]) -> bool:
    """Whether a meeting lies in the windows, of which some may touch."""
    at = m.start
    for a, b in sorted(windows):
        if a <= at < b:
            at = b
    return at >= m.end


def touches(m: Meeting, spans: Iterable[Span]) -> bool:
    return any(m.start < b and a < m.end for a, b in spans)


# -- which meetings there may be --------------------------------------------------------------------------------------


def meetings(facts: WeekFacts, *, anytime: bool = False) -> Iterator[Meeting]:
    """Every meeting that its place and its teacher (but `anytime`) have time for, and that no long break lies in."""
    for course in facts.courses.values():
        for day in range(7):
            own = (p.own.get((course.id, day)) for p in facts.participants.values() if course.id in p.demands)
            ways = {course.days[day], *filter(None, own)}
            spans = sorted({(a, b, how.place, taught) for how in ways for a, b, taught in of_day(facts, day, how)})
            for t in facts.teachers.values():
                for start, end, place, taught in spans if course.id in t.teaches else ():
                    m = Meeting(course.id, t.id, day, start, end, place, taught)
                    is_open = place not in facts.places or within(m, facts.places[place][day])
                    if is_open and (anytime or within(m, t.free[day])):
                        yield m


def of_day(facts: WeekFacts, day: int, how: CourseDay) -> Iterator[tuple[int, int, int]]:
    """(start, end, minutes taught) of what may be held on a day without a long break inside."""
    bells = sorted(facts.periods[day])
    breaks = [(a, b) for (_, a), (b, _) in pairwise(bells)]
    for taught in lengths(facts, how):
        for start, end in spans_of(facts, bells, how, taught):
            if not any(start <= a and b <= end and b - a > facts.longest_break_inside for a, b in breaks):
                yield start, end, taught


def spans_of(facts: WeekFacts, bells: list[Span], how: CourseDay, taught: int) -> set[Span]:
    """When so many minutes may be taught: on a grid, from bell to bell, or back to back where bells touch."""
    if facts.step:
        return {(a, a + taught) for a, _ in bells if a + taught <= bells[-1][1]}
    if whole(facts, how):
        rows = [bells[i : i + taught // facts.lesson] for i in range(len(bells) - taught // facts.lesson + 1)]
        return {(row[0][0], row[-1][1]) for row in rows}
    found = {a for a, _ in bells} | {n for a, b in joined(bells) for n in range(a, b, taught)}
    return {(n, n + taught) for n in found if any(a <= n and n + taught <= b for a, b in joined(bells))}


def joined(bells: Iterable[Span]) -> list[Span]:
    """Lessons that follow each other without a break, as one."""
    found: list[Span] = []
    for a, b in bells:
        if found and found[-1][1] == a:
            found[-1] = found[-1][0], b
        else:
            found.append((a, b))
    return found


def whole(facts: WeekFacts, how: CourseDay) -> bool:
    return how.shortest % facts.lesson == 0 and how.longest % facts.lesson == 0


def lengths(facts: WeekFacts, how: CourseDay) -> list[int]:
    """Whole lessons where both ends are, else the shortest and what it goes into."""
    step = facts.lesson if whole(facts, how) else how.shortest
    return list(range(how.shortest, how.longest + 1, step))
