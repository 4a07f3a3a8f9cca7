"""From the rows of a term to the facts of one dated week: validity, closures, absences, modes.

The newest valid row wins; what is dated overrides what is weekly. Nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from .dates import WHOLE_DAY, Spans, Week, covers, cut, merge, overlap, turn, weeks_between
from .demand import Demand, fitted, wanted_of_a_week
from .facts import (
    ALL,
    LANGUAGE_SCHOOL,
    ONLINE,
    STUDY,
    Absence,
    Closure,
    Commitment,
    Course,
    Dated,
    Lock,
    Mode,
    Participant,
    Takes,
    Teaches,
)
from .problem import Problem
from .switching import held, together
from .week import CourseDay, CourseWeek, Fixed, ParticipantWeek, RoomWeek, Study, TeacherWeek, WeekFacts, WeekLock

STANDING_DAYS = 21  # what lasts at least so long is part of an ordinary week of its time
Row = TypeVar("Row", bound=Dated)
Thing = TypeVar("Thing")


def week_facts(problem: Problem, week: Week, *, standing: bool = False) -> WeekFacts:
    """The facts of a dated week (or, with `standing`, of an ordinary week of that time).

    What a week should hold always follows from its standing facts: a closed Monday makes nobody's other courses longer.
    """
    return _Reader(problem, week, standing).facts()


def teaching_weeks(problem: Problem, participant: str = "") -> tuple[Week, ...]:
    """The weeks with a day on which teaching is possible (while this participant is here, if one is named)."""
    s = problem.settings
    return tuple(w for w in weeks_between(s.start, s.end) if open_days(problem, w, participant))


def open_days(problem: Problem, week: Week, participant: str = "") -> frozenset[int]:
    """The weekdays on which bells ring and some teacher has a window that no closure of everything covers."""
    here = problem.participant[participant].is_here if participant else lambda day: True
    reader = _Reader(problem, week, standing=False)
    return frozenset(d for d, day in enumerate(week.days) if here(day) and reader.taught[d])


class _Reader:
    """Reads one week's facts out of the rows. Holds the week's dates so that no function needs ten arguments."""

    def __init__(self, problem: Problem, week: Week, standing: bool) -> None:
        self.problem, self.week, self.standing = problem, week, standing
        self.settings = problem.settings
        self.days = week.days
        self.in_term = [self.settings.start <= day <= self.settings.end for day in self.days]
        self.closures = [c for c in problem.closures if self.counts(c)]
        self.periods = tuple(
            tuple(sorted((p.start, p.end) for p in problem.periods if d in p.days)) if problem.periods else self.grid()
            for d in range(7)
        )
        self.open = [overlap(WHOLE_DAY, self.open_on(d)) for d in range(7)]
        self.giving = sorted({t.teacher for t in problem.teaches})
        self.taught = [bool(self.periods[d]) and any(self.window(t, d) for t in self.giving) for d in range(7)]

    @cached_property
    def ordinary(self) -> _Reader:
        """The same week's standing facts."""
        return self if self.standing else _Reader(self.problem, self.week, standing=True)

    @cached_property
    def kind(self) -> Hashable:
        """What a person's week depends on besides her own rows: weeks of one kind are read once for each person."""
        rows: list[Closure | Mode] = [*self.closures, *(m for m in self.problem.modes if m.who in ("", ALL))]
        about_all = (tuple(self.in_term), tuple(self.taught), *((id(row), *self.part(row)) for row in rows))
        turns = any(c.every_weeks > 1 for c in self.problem.courses)
        if self.standing:
            return about_all, self.week if turns and self.settings.cycle_weeks > 1 else None
        return about_all, self.ordinary.kind, self.week if turns else None

    def part(self, row: Dated | Closure | Absence | Mode | Participant) -> tuple[int, int]:
        """From which to which day of this week a row holds (0 to 6); (7, -1) if it doesn't."""
        if isinstance(row, Dated):
            first, last = row.valid_from, row.valid_to
        elif isinstance(row, Participant):
            first, last = row.start, row.end
        else:
            first, last = row.from_date, row.to_date
        a = 0 if first is None else max(0, (first - self.days[0]).days)
        b = 6 if last is None else min(6, (last - self.days[0]).days)
        return (a, b) if a <= b else (7, -1)

    def once(self, own: Hashable, read: Callable[[], Thing]) -> Thing:
        """What `read` gives, read once for all weeks of one kind in which a person's `own` rows are the same."""
        known: dict[Hashable, Thing] = self.problem.read_before
        key = own, self.standing, self.kind
        if key not in known:
            known[key] = read()
        return known[key]

    def holding(self, who: str, others: Iterable[Dated]) -> Hashable:
        """Which of a person's own rows, and of `others`, hold in this week, and on which days of it."""
        p = self.problem
        commitments = [
            (
                id(c),
                *self.part(c),
                c.every_weeks == 1 or self.in_cycle(c),
                *(d for d in range(7) if self.days[d] in c.skips),
            )
            for c in p.commitments_of[who]
        ]
        absences = [(id(a), *self.part(a)) for a in p.absences_of[who] if self.counts(a)]
        windows = [(id(a), *self.part(a)) for a in p.windows_of[who]]
        modes = [(id(m), *self.part(m)) for m in p.modes_of[who]]
        more = [(id(x), *self.part(x)) for x in others]
        return tuple(x for x in (*commitments, *absences, *windows, *modes, *more) if x[1] < 7)

    def grid(self) -> Spans:
        start, end, step = self.settings.day_start or 0, self.settings.day_end or 0, self.settings.start_step or 1
        return tuple((t, min(t + step, end)) for t in range(start, end, step))

    def counts(self, row: Closure | Absence) -> bool:
        """Whether the row touches this week and, for standing facts, lasts long enough to be ordinary."""
        lasts = (row.to_date - row.from_date).days + 1
        touches = row.from_date <= self.days[6] and self.days[0] <= row.to_date
        return touches and (not self.standing or lasts >= STANDING_DAYS)

    def open_on(self, d: int, place: str = "") -> Spans:
        """When everything (or this place) is open on a weekday."""
        if not self.in_term[d]:
            return ()
        day = self.days[d]
        closed = [(c.start, c.end) for c in self.closures if c.covers(day) and c.who == ALL and c.place in {"", place}]
        return cut(WHOLE_DAY, closed)

    def window(self, who: str, d: int) -> Spans:
        """The weekly windows of a person, room or place on a weekday, without what is busy or closed."""
        return overlap(self.weekly_window(who, d), self.open[d])

    def weekly_window(self, who: str, d: int) -> Spans:
        """When somebody is free on a weekday by her own rows and by her team's, whatever is closed."""
        own = self.written_window(who, d)
        team = self.problem.team_of.get(who)
        return overlap(own, self.written_window(team, d)) if team else own

    def written_window(self, who: str, d: int) -> Spans:
        day = self.days[d]
        valid = [a for a in self.problem.windows_of.written(who) if a.holds(day)]
        free = [a for a in valid if a.kind == "free"]
        spans = WHOLE_DAY
        if free:
            spans = merge((a.start, a.end) for a in newest([a for a in free if d in a.days]))
        busy = newest([a for a in valid if a.kind == "busy" and d in a.days])
        return cut(spans, [(a.start, a.end) for a in busy])

    def fixed(self, who: str, d: int) -> tuple[Fixed, ...]:
        """Weekly commitments, then what is dated over them, then what is closed."""
        day = self.days[d]
        if not self.in_term[d]:
            return ()
        weekly = [self.occurs(c, who, d) for c in self.commitments(who, d)]
        over = [self.exam(a) for a in self.away(who, day)]
        kept = [piece for f in weekly for piece in self.pieces(f, [*self.beside(f, over), *self.closed(f, day)])]
        dated = [o for o in over if o.place or o.kind in ("exam", "excursion")]
        return without_overlaps(dated, kept)

    def beside(self, f: Fixed, over: list[Fixed]) -> list[tuple[int, int]]:
        """What dated entries take of a commitment: their own time and the way there and back."""
        return [(o.start - self.way(o.place, f.place), o.end + self.way(o.place, f.place)) for o in over]

    def commitments(self, who: str, d: int) -> list[Commitment]:
        day = self.days[d]
        mine = [c for c in self.problem.commitments_of[who] if c.holds(day) and not self.is_passing(c)]
        groups: dict[str, list[Commitment]] = {}
        for c in mine:  # a new language class replaces the old one, whatever it is called and whichever days it has
            groups.setdefault(c.kind if c.kind == LANGUAGE_SCHOOL else c.title, []).append(c)
        in_force = [c for rows in groups.values() for c in rows if not any(self.replaces(x, c) for x in rows)]
        in_force = [c for c in in_force if self.standing or day not in c.skips]
        return [c for c in in_force if d in c.days and self.in_cycle(c)]

    def is_passing(self, c: Commitment) -> bool:
        """Whether standing facts leave it out: what a calendar has once, or for a while, is no part of other weeks."""
        if not self.standing or not c.calendar or c.valid_from is None or c.valid_to is None:
            return False
        return (c.valid_to - c.valid_from).days + 1 < STANDING_DAYS

    def replaces(self, a: Commitment, b: Commitment) -> bool:
        """Whether `a` is the newer of the two; what is in odd weeks leaves alone what is in even ones.

        The entries of a calendar are no newer forms of each other, nor of anything else.
        """
        take_turns = a.every_weeks == b.every_weeks and self.turn(a) != self.turn(b)
        return age(a) > age(b) and not take_turns and not (a.calendar or b.calendar)

    def turn(self, c: Commitment) -> int:
        return turn(Week.of(c.valid_from or self.settings.start), c.every_weeks)

    def in_cycle(self, c: Commitment) -> bool:
        return turn(self.week, c.every_weeks) == self.turn(c)

    def occurs(self, c: Commitment, who: str, d: int) -> Fixed:
        place = ONLINE if c.kind == LANGUAGE_SCHOOL and self.language_school_is_online(who, d) else c.place
        minutes = c.minutes
        if minutes is None:
            covered = [s for s in self.periods[d] if c.start <= s[0] and s[1] <= c.end]
            minutes = min(len(covered) * self.settings.lesson_minutes, c.end - c.start)
            outside = not any(c.start < end and start < c.end for start, end in self.periods[d])
            if outside and (c.kind == LANGUAGE_SCHOOL or not self.periods[d]):  # such as an evening class
                minutes = c.end - c.start
        return Fixed(c.start, c.end, place, c.title, c.kind, minutes)

    def language_school_is_online(self, who: str, d: int) -> bool:
        rows = [m for m in self.problem.modes if m.course == LANGUAGE_SCHOOL and m.covers(self.days[d])]
        rows = [m for m in rows if m.who in ("", ALL) or self.is_about(m.who, who)]
        return [m.mode for m in self.ranked(rows, who)][-1:] == [ONLINE]

    def away(self, who: str, day: date) -> list[Absence]:
        return [a for a in self.problem.absences_of[who] if a.kind != "reserved" and a.covers(day) and self.counts(a)]

    def exam(self, a: Absence) -> Fixed:
        return Fixed(a.start, a.end, a.place, a.title, a.kind, 0)

    def closed(self, f: Fixed, day: date) -> list[tuple[int, int]]:
        """What closes a commitment: the language school's own closures, and for it also days closed to all."""
        who = {LANGUAGE_SCHOOL, ALL} if f.kind == LANGUAGE_SCHOOL else {ALL}
        return [
            (c.start, c.end)
            for c in self.closures
            if c.covers(day) and c.who in who and (c.place == f.place if c.place else f.kind == LANGUAGE_SCHOOL)
        ]

    def pieces(self, f: Fixed, holes: Sequence[tuple[int, int]]) -> list[Fixed]:
        """What is left of a commitment; nobody goes there for less than a lesson."""
        left = cut(((f.start, f.end),), holes)
        return [
            Fixed(s, e, f.place, f.title, f.kind, f.minutes * (e - s) // (f.end - f.start))
            for s, e in left
            if (s, e) == (f.start, f.end) or e - s >= self.settings.lesson_minutes
        ]

    def is_about(self, row_who: str, who: str) -> bool:
        return row_who in (who, ALL) or who in self.problem.teams.get(row_who, ())

    def way(self, a: str, b: str) -> int:
        return 0 if a == b or not a or not b else self.travel.get((a, b), 0)

    @cached_property
    def travel(self) -> dict[tuple[str, str], int]:
        """Minutes between places, both ways; from a place to online or back it is `online_after`."""
        rows = sorted(self.problem.travel, key=repr)
        ways = {(t.end, t.start): t.minutes for t in rows} | {(t.start, t.end): t.minutes for t in rows}
        for place in (*self.problem.place, ""):
            ways[place, ONLINE] = ways[ONLINE, place] = self.settings.online_after
        return dict(sorted(ways.items()))

    def free(self, who: str, d: int) -> Spans:
        """When sessions may lie for a person, or in a room or place: the windows without the absences."""
        day = self.days[d]
        away = [(a.start, a.end) for a in self.away(who, day)]
        return cut(self.window(who, d), away)

    def facts(self) -> WeekFacts:
        problem, s = self.problem, self.settings
        return WeekFacts(
            lesson=s.lesson_minutes,
            target=s.weekly_target * s.lesson_minutes,
            tolerance=s.weekly_tolerance * s.lesson_minutes,
            longest_break_inside=s.longest_break_inside,
            periods=self.periods,
            step=s.start_step,
            participants={p: self.participant(p) for p in sorted(problem.participant) if self.is_here(p)},
            teachers={t: self.teacher(t) for t in sorted(problem.teacher)},
            courses={c: self.course(problem.course[c]) for c in sorted(problem.course)},
            rooms={r.id: self.room(r.id, r.place, r.seats) for r in sorted(problem.rooms, key=lambda r: r.id)},
            places={p: tuple(self.place(p, d) for d in range(7)) for p in sorted(problem.place)},
            travel=self.travel,
            pairs=tuple(sorted((min(p.a, p.b), max(p.a, p.b), p.kind, p.hard) for p in problem.pairs)),
            locks=tuple(self.locks_on({c.id for c in problem.courses if c.kind != STUDY})),
            prices=self.prices(),
        )

    def is_here(self, participant: str) -> bool:
        who = self.problem.participant[participant]
        return any(inside and who.is_here(day) for inside, day in zip(self.in_term, self.week.days, strict=True))

    def place(self, place: str, d: int) -> Spans:
        return overlap(self.open_on(d, place), self.free(place, d)) if self.taught[d] else ()

    def room(self, room: str, place: str, seats: int) -> RoomWeek:
        free = tuple(overlap(self.place(place, d), self.free(room, d)) for d in range(7))
        return RoomWeek(room, place, seats, free)

    def teacher(self, t: str) -> TeacherWeek:
        rows = self.problem.teaches_by.get(t, ())
        return self.once((t, self.holding(t, rows)), lambda: self.read_teacher(t, rows))

    def read_teacher(self, t: str, rows: Iterable[Teaches]) -> TeacherWeek:
        bands: dict[str, tuple[int, int | None]] = {}
        for course in sorted({x.course for x in rows}):
            valid = [n[-1] for n in self.newest_by_day([x for x in rows if x.course == course])]
            if valid:
                row = usual(valid)
                bands[course] = (row.least, row.most)
        days = range(7)
        return TeacherWeek(t, tuple(self.free(t, d) for d in days), tuple(self.fixed(t, d) for d in days), bands)

    def newest_by_day(self, rows: list[Row]) -> list[list[Row]]:
        by_day = (newest([x for x in rows if x.holds(day)]) for day in self.week.days[:5])
        return [rows for rows in by_day if rows]

    def course(self, c: Course) -> CourseWeek:
        return CourseWeek(c.id, c.kind, tuple(self.course_day(c, d) for d in range(7)), c.most_taught, c.different_days)

    def course_day(self, c: Course, d: int, who: str = "") -> CourseDay:
        """The course as it is held on a day (for one person), modes and all.

        On a day when nobody teaches, modes make no difference.
        """
        link = self.problem.place[c.place].link if c.place else ""
        return held(c, self.mode(c.id, d, who) if self.taught[d] else None, link)

    def mode(self, course: str, d: int, who: str = "") -> Mode | None:
        """What all modes of a course come to on a day (for one person)."""
        return together([*self.modes(course, d), *(self.modes(course, d, who) if who else ())])

    def modes(self, course: str, d: int, who: str = "") -> list[Mode]:
        """The switches for a course on a day, the one that wins last; for one person only her own and her team's.

        What she does by herself is not switched with all courses, only by its own row.
        """
        day = self.days[d]
        rows = self.problem.modes_of[who] if who else [m for m in self.problem.modes if m.who in ("", ALL)]
        known = self.problem.course.get(course)
        about = (course,) if known and known.kind == STUDY else ("", course)
        return self.ranked((m for m in rows if m.covers(day) and m.course in about), who)

    def ranked(self, rows: Iterable[Mode], who: str) -> list[Mode]:
        """Later in the list wins: nearer to her, then newer, then about one course, then shorter."""
        return sorted(
            rows, key=lambda m: (self.closeness(m, who), m.from_date, bool(m.course), -m.to_date.toordinal(), repr(m))
        )

    def participant(self, p: str) -> ParticipantWeek:
        here = self.part(self.problem.participant[p])
        locks = self.study_locks.get(p, ())
        return self.once((p, here, locks, self.holding(p, self.problem.takes_of[p])), lambda: self.read_participant(p))

    def read_participant(self, p: str) -> ParticipantWeek:
        who = self.problem.participant[p]
        hours = ((who.earliest or 0, who.latest or 24 * 60),)
        there = [self.taught[d] and who.is_here(self.days[d]) for d in range(7)]
        locks = self.study_locks.get(p, ())
        locked = [(x.day, x.start, x.end or x.start + self.problem.course[x.course].shortest) for x in locks]
        taken = [[(start, end) for day, start, end in locked if day == d] for d in range(7)]
        free = [cut(overlap(self.free(p, d), hours), taken[d]) if there[d] else () for d in range(7)]
        fixed = tuple(self.fixed(p, d) if who.is_here(self.days[d]) else () for d in range(7))
        courses = [c.id for c in self.problem.courses if c.kind != STUDY] if self.problem.modes_of[p] else []
        online = {(c, d) for c in courses for d in range(7) if [m.mode for m in self.modes(c, d, p)][-1:] == [ONLINE]}
        demands, study = self.demands(p)
        return ParticipantWeek(
            id=p,
            free=tuple(free),
            fixed=fixed,
            demands=demands,
            reserved=tuple(self.reserved(p, d) for d in range(7)),
            online=frozenset(online),
            most_per_day=who.most_per_day,
            most_days=who.most_days,
            shortest_break=who.shortest_break,
            away=tuple(self.gone(who, d) for d in range(7)),
            study=Study(study, tuple(self.own_time(who, d) for d in range(7)), locks) if study else Study(),
            own=dict(self.own_ways(p, courses)),
        )

    def own_ways(self, p: str, courses: Iterable[str]) -> Iterator[tuple[tuple[str, int], CourseDay]]:
        """How courses are held for her, where her own modes or her team's make that otherwise than for all.

        Who alone is online while the others are not is in the same session, and so at the place where they are.
        """
        for c in (self.problem.course[x] for x in courses):
            for d in range(7):
                for_all, for_her = self.course_day(c, d), self.course_day(c, d, p)
                if for_her.place == ONLINE:
                    for_her = replace(for_her, place=for_all.place, link=for_all.link)
                if for_her != for_all:
                    yield (c.id, d), for_her

    def own_time(self, who: Participant, d: int) -> Spans:
        """When she could do homework: her windows on a day that is open, whether anybody teaches on it or not."""
        hours = ((who.earliest or 0, who.latest or 24 * 60),)
        return overlap(self.free(who.id, d), hours) if who.is_here(self.days[d]) else ()

    def gone(self, who: Participant, d: int) -> Spans:
        """When absences take her, or she is not here yet or no longer."""
        day = self.days[d]
        absent = merge((a.start, a.end) for a in self.away(who.id, day))
        return absent if who.is_here(day) else WHOLE_DAY

    def reserved(self, who: str, d: int) -> Spans:
        day = self.days[d]
        mine = self.problem.absences_of[who]
        return merge((a.start, a.end) for a in mine if a.kind == "reserved" and a.covers(day) and self.counts(a))

    def demands(self, p: str) -> tuple[dict[str, Demand], dict[str, Demand]]:
        """What her week should hold of what is taught, and of study beside it, from its standing facts.

        A week that the term has a part of asks for its share. One in which she herself comes or leaves may give her as
        much and asks for nothing: for that, nobody's lessons are moved. (Homework moves nobody's: it is asked for.)
        """
        ordinary = self.ordinary
        who = self.problem.participant[p]
        days = [d for d in range(7) if self.periods[d] and any(ordinary.weekly_window(t, d) for t in self.giving)]
        there = [d for d in range(7) if who.is_here(self.days[d])]
        here = [d for d in there if ordinary.taught[d]]
        committed = sum(f.minutes for d in there for f in ordinary.fixed(p, d))
        takes, study = {}, {}
        for course in sorted({t.course for t in self.problem.takes_of[p]}):
            demand = self.taken(p, self.problem.course[course])
            if demand and not self.is_due(p, course):
                demand = None
            if demand and days:
                share = demand.share(len(here), len(days))
                if demand.kind == STUDY:
                    study[course] = share
                else:
                    takes[course] = share if len(here) == sum(ordinary.taught) else share.as_wish()
        s = self.settings
        demands = wanted_of_a_week(takes, committed, s.weekly_target, s.weekly_tolerance, s.lesson_minutes)
        return demands, {c: fitted(d) for c, d in study.items() if d.wanted > 0}

    def taken(self, p: str, course: Course) -> Demand | None:
        """The course's figures for her: her own row before her team's before everyone's, a mode's over all."""
        rows = [t for t in self.problem.takes_of[p] if t.course == course.id]
        by_day = [max(n, key=lambda t: self.closeness(t, p)) for n in self.newest_takes(rows, p)]
        if not by_day:
            return None
        row = usual(by_day)
        wanted = course.wanted if row.wanted is None else row.wanted
        fewest = min(course.fewest, wanted) if row.fewest is None else row.fewest
        most = max(course.most, wanted) if row.most is None else row.most
        sessions, shortest = course.sessions, course.shortest
        mode = self.usual_mode(course.id, p)
        if mode is not None:
            if mode.wanted is not None:
                wanted = fewest = most = mode.wanted
            sessions = sessions if mode.sessions is None else mode.sessions
            shortest = shortest if mode.shortest is None else mode.shortest
        return Demand(wanted, min(fewest, wanted), wanted, max(most, wanted), sessions, shortest, course.kind)

    def newest_takes(self, rows: list[Takes], p: str) -> list[list[Takes]]:
        """Day by day the rows nearest to her; among those the newest."""
        found = []
        for day in self.week.days[:5]:
            valid = [t for t in rows if t.holds(day)]
            nearest = max((self.closeness(t, p) for t in valid), default=0)
            if valid:
                found.append(newest([t for t in valid if self.closeness(t, p) == nearest]))
        return found

    def closeness(self, row: Takes | Mode, p: str) -> int:
        """2 for her own row, 1 for her team's, 0 for everyone's."""
        return 2 if row.who and row.who == p else 1 if row.who in self.problem.teams else 0

    def usual_mode(self, course: str, p: str) -> Mode | None:
        """What holds on more than half of a week's days, if one thing does."""
        by_day = [self.mode(course, d, p) for d in range(5) if self.in_term[d]]
        most = max(reversed(by_day), key=by_day.count, default=None)
        return most if by_day.count(most) * 2 > len(by_day) else None

    def is_due(self, p: str, course: str) -> bool:
        """With `every_weeks`, half (a third ...) of those who take a course are due each week, by their order.

        In a base week everyone keeps her place, unless it is one of a cycle in which her turn comes round.
        """
        n = self.problem.course[course].every_weeks
        if n <= 1 or (self.standing and self.settings.cycle_weeks % n):
            return True
        passed = (self.week.monday - Week.of(self.settings.start).monday) // timedelta(days=7)
        return passed % n == self.takers(course)[p] % n

    def takers(self, course: str) -> dict[str, int]:
        """Those who ever take a course, each with her number."""
        known: dict[Hashable, dict[str, int]] = self.problem.read_before
        if ("takers", course) not in known:
            takes = self.problem.takes_of
            all_of_them = [p for p in sorted(self.problem.participant) if any(t.course == course for t in takes[p])]
            known["takers", course] = {p: i for i, p in enumerate(all_of_them)}
        return known["takers", course]

    @cached_property
    def study_locks(self) -> dict[str, tuple[WeekLock, ...]]:
        """The locks of this week on homework, by participant."""
        found: dict[str, tuple[WeekLock, ...]] = {}
        for x in self.locks_on({c.id for c in self.problem.courses if c.kind == STUDY}):
            found[x.participant] = (*found.get(x.participant, ()), x)
        return found

    def locks_on(self, courses: Collection[str]) -> list[WeekLock]:
        """The locks of this week on these courses. A weekly one is let go where a closed day or an absence takes its
        time: what it locked is lost there, as any session is. One that no week at all could keep stays, and is named.
        """
        rows = []
        for x in (x for x in self.problem.locks if x.course in courses and not x.makes_up):
            if x.day is not None and not x.holds(self.days[x.day]):
                continue
            if x.day is not None and not self.has_room(x, x.day) and self.ever_has_room(x):
                continue
            dated = x.date is not None and Week.of(x.date) == self.week
            if x.day is not None or (dated and not self.standing):
                day = x.day if x.day is not None else x.date.weekday() if x.date else 0
                rows.append(WeekLock(x.participant, x.course, day, x.start, x.teacher, x.room, x.end))
        return sorted(rows, key=lambda x: (x.participant, x.course, x.day, x.start, x.teacher, x.room, x.end or 0))

    def has_room(self, lock: Lock, d: int) -> bool:
        """Whether she and a teacher can be where the course is, for as long as its shortest session."""
        course = self.problem.course[lock.course]
        how = self.course_day(course, d, lock.participant)
        span = (lock.start, lock.start + how.shortest)
        if course.kind == STUDY:
            who = self.problem.participant[lock.participant]
            return covers(self.own_time(who, d), *span) and self.can_be(who.id, d, how.place, span)
        teachers = (
            [lock.teacher] if lock.teacher else [t.teacher for t in self.problem.teaches if t.course == lock.course]
        )
        is_open = self.taught[d] and covers(self.open_on(d, how.place), *span)
        is_here = self.problem.participant[lock.participant].is_here(self.days[d])
        return (
            is_open
            and is_here
            and self.can_be(lock.participant, d, how.place, span)
            and any(self.can_be(t, d, how.place, span) for t in teachers)
        )

    def can_be(self, who: str, d: int, place: str, span: tuple[int, int]) -> bool:
        start, end = span
        ways = ((f, self.way(place, f.place)) for f in self.fixed(who, d))
        return covers(self.free(who, d), start, end) and not any(
            start < f.end + way and f.start < end + way for f, way in ways
        )

    def ever_has_room(self, lock: Lock) -> bool:
        known: dict[Hashable, bool] = self.problem.read_before
        key = ("room", lock)
        if key not in known:
            weeks = [w for w in teaching_weeks(self.problem) if lock.day is not None and lock.holds(w.day(lock.day))]
            readers = (_Reader(self.problem, week, standing=False) for week in weeks)
            known[key] = any(reader.has_room(lock, lock.day or 0) for reader in readers)
        return known[key]

    def prices(self) -> dict[tuple[str, str], int]:
        """By (name, who), the newest row; the first day of the term in this week rules."""
        first = next(
            (day for day, inside in zip(self.week.days, self.in_term, strict=True) if inside), self.week.monday
        )
        found: dict[tuple[str, str], int] = {}
        teams = self.problem.teams
        for name, who in sorted({(x.name, x.who) for x in self.problem.prices}, key=lambda k: (k[1] not in teams, k)):
            rows = newest([x for x in self.problem.prices if (x.name, x.who) == (name, who) and x.holds(first)])
            for person in sorted(teams.get(who, {who})):  # her own row comes after her team's, and wins
                if rows:
                    found[name, person] = rows[-1].minutes
        return found


def newest(rows: list[Row]) -> list[Row]:
    """The rows that win: those with the latest `valid_from` (an undated row is the oldest), whatever their order."""
    latest = max((age(r) for r in rows), default=None)
    return sorted((r for r in rows if age(r) == latest), key=repr)


def age(row: Dated) -> tuple[bool, date]:
    return row.valid_from is not None or row.valid_to is not None, row.valid_from or date.min


def usual(things: Sequence[Thing]) -> Thing:
    """What holds on most days; the latest of them if two hold on equally many."""
    counts = Counter(id(x) for x in things)
    return max(reversed(things), key=lambda x: counts[id(x)])


def without_overlaps(dated: list[Fixed], weekly: list[Fixed]) -> tuple[Fixed, ...]:
    """Entries that overlap block their union: a dated one first, and the later one begins where the earlier ends."""
    kept: list[Fixed] = []
    for f in sorted(dated, key=order) + sorted(weekly, key=order):
        spans = cut(((f.start, f.end),), [(k.start, k.end) for k in kept])
        kept += [Fixed(s, e, f.place, f.title, f.kind, f.minutes) for s, e in spans[:1]]
    return tuple(sorted(kept, key=order))


def order(f: Fixed) -> tuple[int, int, str]:
    return f.start, f.end, f.title
