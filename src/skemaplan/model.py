"""The words in which rules speak to CP-SAT. With `path.py` the only file that knows the encoding.

A session *may be held* (a literal); a participant *attends* it (a literal, at most `held`). A person's day is a
**path** (`path.py`) in a network of clock times at places (`network.py`). The linear relaxation of such a path is
tight, which is where the proofs come from (docs/understand).

What no session or attendance may ever be (`Rule.forbids`), and what no way through a day goes past, is asked before any
variable is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import (
    BoundedLinearExpression,
    Constraint,
    IntVar,
    LinearExpr,
    LinearExprT,
)

from .candidates import candidates
from .facts import ONLINE
from .network import Network
from .path import Path
from .schedule import Schedule, Session
from .week import WeekFacts

Forbids = Callable[[WeekFacts, Session, str], bool]
NOTHING = LinearExpr.constant(0)


class Model:
    """One week's CP-SAT model and the words for asking it things.

    Sums of nothing are 0; days are 0 (Monday) to 6; amounts of teaching and waiting are minutes.
    """

    def __init__(self, facts: WeekFacts, forbids: Sequence[Forbids] = ()) -> None:
        self.facts = facts
        self.cp = cp_model.CpModel()
        self.sessions: tuple[Session, ...] = ()
        self._held: dict[Session, IntVar] = {}
        self._attends: dict[tuple[str, Session], IntVar] = {}
        self._of: dict[str, list[Session]] = defaultdict(list)
        self._who: dict[Session, list[str]] = {}
        self._days: dict[tuple[str, int], Path] = {}
        self._networks: dict[tuple[object, ...], Network] = {}
        self._numbers: dict[tuple[str, str], dict[int, IntVar]] = {}
        self._attends_day: dict[tuple[str, int], LinearExpr] = {}
        self._teaches_day: dict[tuple[str, int], LinearExpr] = {}
        self._may_be_held(forbids)
        self._live_their_days()

    def _may_be_held(self, forbids: Sequence[Forbids]) -> None:
        takers: dict[str, list[str]] = defaultdict(list)
        for p in self.facts.participants.values():
            for course in p.demands:
                takers[course].append(p.id)
        mine: dict[tuple[str, int], list[Session]] = defaultdict(list)
        offered = [s for s in candidates(self.facts) if not self._forbidden(forbids, s, s.teacher, s.place)]
        offered = list(self._given(offered))
        for s in offered:
            for one in takers[s.course]:
                if not self._forbidden(forbids, s, one):
                    mine[one, s.day].append(s)
        who = {key: self._network(*key, sessions).sessions for key, sessions in mine.items()}
        for s in offered:
            there = [one for one in takers[s.course] if s in who.get((one, s.day), ())]
            if there:
                self._add_session(s, there)
        self.sessions = tuple(sorted(self._held))

    def _forbidden(self, forbids: Sequence[Forbids], s: Session, *who: str) -> bool:
        return any(f(self.facts, s, one) for f in forbids for one in who)

    def _given(self, offered: Sequence[Session]) -> Iterator[Session]:
        """The sessions for which a way through their teacher's day goes past whatever is fixed in it."""
        days: dict[tuple[str, int], list[Session]] = defaultdict(list)
        for s in offered:
            days[s.teacher, s.day].append(s)
        for (teacher, day), sessions in days.items():
            fixed = self.facts.teachers[teacher].fixed[day]
            passed = self._network(teacher, day, sessions).sessions if fixed else sessions
            yield from (s for s in sessions if s in passed)

    def _network(self, person: str, day: int, sessions: Sequence[Session]) -> Network:
        """The ways through a day with these sessions: one network for all to whom they are alike."""
        fixed, places = self.facts.person(person).fixed[day], tuple(self.place_for(person, s) for s in sessions)
        key = fixed, tuple(sessions), places
        if key not in self._networks:
            self._networks[key] = Network(self.facts, day, fixed, dict(zip(sessions, places, strict=True)))
        return self._networks[key]

    def _add_session(self, s: Session, who: list[str]) -> None:
        """Who attends, attends a session that is held, and nothing is held for nobody. How many: see the rules."""
        name = f"{s.course}/{s.teacher}/{s.day}/{s.start}/{s.minutes}"
        held = self._held[s] = self.cp.new_bool_var(name)
        self._who[s] = who
        self._of[s.teacher].append(s)
        for p in who:
            attends = self._attends[p, s] = self.cp.new_bool_var(f"{p}@{name}")
            self._of[p].append(s)
            self.cp.add_implication(attends, held)
        self.cp.add_bool_or([*(self._attends[p, s] for p in who), held.negated()])

    def _live_their_days(self) -> None:
        """A path for each day of a person; a teacher who stays in one place only needs to do one thing at a time."""
        for person in (*self.facts.participants, *self.facts.teachers):
            for d in range(7):
                mine = [s for s in self._of[person] if s.day == d]
                stays = not self.facts.person(person).fixed[d] and len({s.place for s in mine}) == 1
                if stays and person in self.facts.teachers:
                    self._one_at_a_time([(s, self._held[s]) for s in mine])
                elif mine:
                    self._days[person, d] = self._path(person, d, mine)

    def _path(self, person: str, day: int, mine: Sequence[Session]) -> Path:
        name, network = f"{person}/{day}", self._network(person, day, mine)
        home = None if network.fixed else self.new_bool(f"home/{name}")
        return Path(self.cp, name, network, {s: self.literal(person, s) for s in mine}, home)

    def _one_at_a_time(self, mine: Sequence[tuple[Session, IntVar]]) -> None:
        for time in sorted({s.start for s, _ in mine}):
            now = [literal for s, literal in mine if s.start <= time < s.end]
            if len(now) > 1:
                self.cp.add_at_most_one(now)

    # -- what is held, and who is there ---------------------------------------------------------------------------

    def held(self, s: Session) -> IntVar:
        """Whether a session is held."""
        return self._held[s]

    def attends(self, p: str, s: Session) -> LinearExpr:
        """Whether a participant attends a session (0 if she never can)."""
        return self._attends.get((p, s), NOTHING)

    def who(self, s: Session) -> Sequence[str]:
        """The participants who could attend a session."""
        return self._who[s]

    def sessions_of(self, person: str, course: str | None = None, day: int | None = None) -> list[Session]:
        """The sessions that a participant could attend or a teacher could give."""
        return [
            s
            for s in self._of.get(person, ())
            if (course is None or s.course == course) and (day is None or s.day == day)
        ]

    def count(self, p: str, course: str | None = None, day: int | None = None) -> LinearExpr:
        """How many sessions a participant attends."""
        if course is not None and day is None:
            return total(self._number(p, course).values())
        return total(self._attends[p, s] for s in self.sessions_of(p, course, day))

    def minutes(self, p: str, course: str | None = None, day: int | None = None) -> LinearExpr:
        """How many minutes of teaching a participant gets."""
        if course is not None and day is None:
            return total(length * number for length, number in self._number(p, course).items())
        return total(s.minutes * self._attends[p, s] for s in self.sessions_of(p, course, day))

    def taught(self, teacher: str, course: str) -> LinearExpr:
        """How many minutes of a course a teacher gives."""
        return total(length * number for length, number in self._number(teacher, course).items())

    def _number(self, person: str, course: str) -> dict[int, IntVar]:
        """How many sessions of a course a person has of each length: that few lengths fit is soon seen in them.

        (A participant has no more than are held. Four lessons a week are two sessions of two, or one and two of one;
        where everyone needs one of each, only the second will do, and then it is the same long one for all.)
        """
        key = person, course
        if key not in self._numbers:
            found = self._numbers[key] = {}
            for length in sorted({s.minutes for s in self.sessions_of(person, course)}):
                mine = [s for s in self.sessions_of(person, course) if s.minutes == length]
                found[length] = self.new_count(len(mine), f"{person} has {course} of {length}")
                self.cp.add(found[length] == total(self.literal(person, s) for s in mine))
                if person in self.facts.participants:
                    held = [self._number(t, course).get(length, NOTHING) for t in sorted({s.teacher for s in mine})]
                    self.cp.add(found[length] <= total(held))
        return self._numbers[key]

    def any_of(self, p: str, course: str, day: int) -> LinearExpr:
        """Whether a participant has the course on a day. A course of different days has it once at most (`OneADay`)."""
        if self.facts.courses[course].different_days:
            return self.count(p, course, day)
        there = self.new_bool(f"{p} has {course} on day {day}")
        for s in self.sessions_of(p, course, day):
            self.cp.add_implication(self._attends[p, s], there)
        return there

    def group(self, s: Session) -> LinearExpr:
        """How many attend a session."""
        return total(self._attends[p, s] for p in self._who[s])

    # -- days ------------------------------------------------------------------------------------------------------

    def waiting(self, person: str, day: int) -> LinearExpr:
        """Minutes a person waits between two things of a day, at least one of them a session."""
        found = self._days.get((person, day))
        mine = self.sessions_of(person, day=day)
        if found is None and mine:  # a teacher who stays in one place: the path is made where someone asks for it
            found = self._days[person, day] = self._path(person, day, mine)
        return found.waiting if found else NOTHING

    def teaches_day(self, teacher: str, day: int) -> LinearExpr:
        """Whether a teacher gives any session on a day: 1 if so, and 0 if not where that is cheaper."""
        key = teacher, day
        if key not in self._teaches_day:
            mine = self.sessions_of(teacher, day=day)
            there = self.new_bool(f"{teacher} teaches on day {day}") if mine else NOTHING
            for s in mine:
                self.cp.add(self._held[s] <= there)
            self._teaches_day[key] = there
        return self._teaches_day[key]

    def attends_day(self, person: str, day: int) -> LinearExpr:
        """Whether a person has any session on a day (1 or 0)."""
        key = person, day
        if key not in self._attends_day:
            self._attends_day[key] = self._any_session(person, day)
        return self._attends_day[key]

    def _any_session(self, person: str, day: int) -> LinearExpr:
        found = self._days.get((person, day))
        if found is None:
            return NOTHING
        if found.home is not None:
            return 1 - found.home
        there = self.new_bool(f"{person} has a session on day {day}")
        literals = [self.literal(person, s) for s in found.sessions]
        for literal in literals:
            self.cp.add_implication(literal, there)
        self.cp.add_bool_or([*literals, there.negated()])
        return there

    def literal(self, person: str, s: Session) -> IntVar:
        """Whether a participant attends or a teacher gives this session."""
        return self._held[s] if s.teacher == person else self._attends[person, s]

    def place_for(self, person: str, s: Session) -> str:
        """Where a session is for a person: online if she alone is online that day."""
        p = self.facts.participants.get(person)
        return ONLINE if p and (s.course, s.day) in p.online else s.place

    # -- adding ----------------------------------------------------------------------------------------------------

    def add(self, constraint: BoundedLinearExpression | bool) -> Constraint:
        return self.cp.add(constraint)

    def new_count(self, most: int, name: str) -> IntVar:
        """A number from 0 to `most`."""
        return self.cp.new_int_var(0, max(0, most), name)

    def new_bool(self, name: str) -> IntVar:
        return self.cp.new_bool_var(name)

    def larger_than(self, s: Session, size: int) -> IntVar:
        """Whether more than `size` attend a session (`held` if that is 0)."""
        if size == 0:
            return self._held[s]
        larger = self.new_bool(f"{s.course}/{s.teacher}/{s.day}/{s.start}/{s.minutes} > {size}")
        self.cp.add(self.group(s) <= size + (len(self._who[s]) - size) * larger)
        return larger

    def excess(self, expr: LinearExprT, most: int, name: str) -> IntVar:
        """What `expr` is above 0 (it is never above `most`): exactly that where its price is minimised."""
        more = self.new_count(most, name)
        self.cp.add(more >= expr)
        return more

    # -- the way back ------------------------------------------------------------------------------------------------

    def schedule(self, value: Callable[[IntVar], bool]) -> Schedule:
        """The schedule in which these literals are true."""
        there = {s: frozenset(p for p in self._who[s] if value(self._attends[p, s])) for s in self.sessions}
        return Schedule(self.facts, {s: who for s, who in there.items() if who})

    def minimise(self, objective: LinearExpr, least: int, most: int | None) -> None:
        """Look for the least of this. No schedule has less than `least`, and none with more than `most` is of use."""
        self.cp.minimize(objective)
        found = self.cp.proto.objective
        if found.vars:
            shift = round(found.offset)
            found.domain.extend([least - shift, cp_model.INT_MAX if most is None else most - shift])

    def hint_all(self, values: Sequence[int]) -> None:
        """Suggest a whole solution, every variable of it, in place of what was suggested before."""
        self.cp.proto.clear_solution_hint()
        hint = self.cp.proto.solution_hint
        hint.vars.extend(range(len(values)))
        hint.values.extend(values)

    def hint(self, schedule: Schedule) -> None:
        """Suggest a schedule to start from (what this week cannot hold is left out)."""
        for (p, s), literal in self._attends.items():
            self.cp.add_hint(literal, p in schedule.attendance.get(s, ()))
        for s, literal in self._held.items():
            self.cp.add_hint(literal, s in schedule.attendance)

    def also(self, constraint: BoundedLinearExpression | bool) -> cp_model.CpModel:
        """A copy of the model in which this holds, too."""
        copy = self.cp.clone()
        copy.add(constraint)
        return copy

    def partly(self, fixed: Callable[[str, Session], bool | None]) -> cp_model.CpModel:
        """A copy of the model in which this decides who attends what, but for whom it says nothing (None) of."""
        copy = self.cp.clone()
        variables = copy.proto.variables
        for (p, s), literal in self._attends.items():
            there = fixed(p, s)
            if there is not None:
                domain = variables[literal.index].domain
                domain.clear()
                domain.extend([int(there), int(there)])
        return copy

    def fix(self, attendance: Mapping[Session, Iterable[str]]) -> None:
        """Demand that these attend these sessions. Whom the model does not know there is left out."""
        for s, who in attendance.items():
            for p in who:
                if (p, s) in self._attends:
                    self.cp.add(self._attends[p, s] == 1)


def total(exprs: Iterable[LinearExprT]) -> LinearExpr:
    """The sum as an expression, also of nothing."""
    return LinearExpr.sum([LinearExpr.constant(0), *exprs])
