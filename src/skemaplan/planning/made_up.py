"""Making up: what earlier weeks lost is given in later ones, as soon as there is room for it, and moves nothing.

It is planned when everything else is, week after week: an ordinary week knows nothing of it, and a dated one stays as
it is beneath it. Planned again, what was promised is kept as long as it is owed and breaks nothing; new is only what
comes on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..candidates import candidates, suits
from ..dates import Week, clock, cut
from ..errors import Refused
from ..making_up import MADE_UP, Debts, owed_before
from ..problem import Problem
from ..rules import MUSTS, PRICES, UNIVERSE, MadeUp, Owed, SessionsAWeek, WeekRule
from ..rules.locks import fits
from ..rules.most_lessons import MostLessons
from ..rules.rule import Breach
from ..schedule import Schedule, Session, TermPlan, Tier, WeekPlan
from ..seating import seat
from ..solving import Effort, price_of, solve, verify
from ..week import CourseDay, WeekLock
from ..words import Text, say
from .new_tables import placed

MOST_FOR_A_WEEK = 10.0  # of the solver's own time

# What is made up is more than a week's own demand, in more sessions than that has: `MadeUp` says how much more.
KEPT_WITH_MORE = (*UNIVERSE, *(rule for rule in MUSTS if not isinstance(rule, MostLessons | SessionsAWeek)))
Amounts = Mapping[tuple[str, str], int]
Attendance = Mapping[Session, frozenset[str]]


@dataclass
class MakingUp:
    """Puts what is made up on top of a term's planned weeks.

    `published`: the weeks of the plan before, if there was one. Weeks before `today` stay as they are, and days before
    `free_from` get nothing that was not published.
    """

    problem: Problem
    effort: Callable[[], Effort]
    published: Mapping[Week, WeekPlan] = field(default_factory=dict)
    today: date = date.min
    free_from: date = date.min

    def over(self, weeks: Mapping[Week, WeekPlan]) -> dict[Week, WeekPlan]:
        """The weeks, each with what is made up in it."""
        self.solved: list[tuple[WeekPlan, Amounts, Amounts, WeekPlan]] = []
        self.owed_then = owed_before(self.problem, self.published)
        self.wanted = [x for _, dated in sorted(weeks.items()) for x in self._wanted(dated)]
        debts, found = Debts(self.problem), {}
        for week, dated in sorted(weeks.items()):
            found[week] = dated if week.day(6) < self.today else self._week(dated, debts.owed)
            debts.after(found[week])
        return found

    def _week(self, dated: WeekPlan, owed: Amounts) -> WeekPlan:
        old = self.published.get(dated.week)
        locks = self._locks(dated.week)
        promised = self._promised(dated, old, owed, locks) if old is not None and old.made_up else dated
        promised = self._asked(promised, owed, locks)
        if not self.problem.settings.make_up or dated.stale or not self._anybody_is_owed(dated, owed):
            return promised
        if old is not None and self._is_as_before(promised, old, owed):
            return replace(promised, tiers=(*dated.tiers, *(t for t in old.tiers if t.name == MADE_UP)))
        return self._with_more(promised, owed)

    def _wanted(self, dated: WeekPlan) -> Iterator[tuple[Week, tuple[str, str], int]]:
        """The week, the participant and course, and the minutes that the coordinator has locked to be made up."""
        for lock, who in self._locks(dated.week):
            for p in sorted(who):
                hers = (s.minutes for s in like(lock, dated) if suits(dated.schedule.facts, s, p))
                yield dated.week, (p, lock.course), next(hers, 0)

    def _kept_for_later(self, week: Week, owed: Amounts) -> dict[tuple[str, str], int]:
        """What is owed, less what a later week is to give of it."""
        left = dict(owed)
        for later, key, minutes in self.wanted:
            if later > week and key in left:
                left[key] = max(0, left[key] - minutes)
        return left

    def _anybody_is_owed(self, dated: WeekPlan, owed: Amounts) -> bool:
        here = dated.schedule.facts.participants
        return any(p in here and course in here[p].demands for p, course in owed)

    def _is_as_before(self, promised: WeekPlan, old: WeekPlan, owed: Amounts) -> bool:
        """Whether nothing has changed since it was proven that the week holds no more."""
        proven = any(t.name == MADE_UP and t.proven for t in old.tiers)
        same = not old.stale and alike(promised, old)
        return proven and same and owed == self.owed_then[old.week]

    def _locks(self, week: Week) -> list[tuple[WeekLock, frozenset[str]]]:
        """What the coordinator wants to be made up in a week, and with whom."""
        found: dict[WeekLock, set[str]] = {}
        for x in self.problem.locks:
            if x.makes_up and x.date is not None and Week.of(x.date) == week and x.date >= self.today:
                alike = WeekLock("", x.course, x.date.weekday(), x.start, x.teacher, x.room, x.end)
                found.setdefault(alike, set()).add(x.participant)
        return [(lock, frozenset(who)) for lock, who in sorted(found.items(), key=repr)]

    def _asked(self, promised: WeekPlan, owed: Amounts, locks: list[tuple[WeekLock, frozenset[str]]]) -> WeekPlan:
        """What the coordinator wants to be made up, with or without `make_up`. Raises Refused if it can't be."""
        for lock, who in locks:
            there = {p for p in who if any(fits(lock, s) for s in promised.schedule.of(p, lock.course, lock.day))}
            for group in by_way(promised, lock, who - there):
                tried = (with_more(promised, {s: group}, lock.room) for s in like(lock, promised))
                found = next((new for new in tried if holds(new, owed)), None)
                if found is None:
                    raise Refused(cant_be_made_up(lock, group, promised.week))
                promised = found
        return promised

    def _promised(
        self, dated: WeekPlan, old: WeekPlan, owed: Amounts, locks: list[tuple[WeekLock, frozenset[str]]]
    ) -> WeekPlan:
        """What was published to be made up, as far as it still holds; on days that have passed, whatever holds.

        If nothing is made up but what is locked, what is no longer locked goes.
        """
        found = dated
        promised = placed(replace(old.schedule, attendance=old.made_up), dated.schedule.facts).attendance
        for s, who in sorted(promised.items()):
            is_locked = any(lock.course == s.course and lock.day == s.day and fits(lock, s) for lock, _ in locks)
            if not (self.problem.settings.make_up or is_locked or dated.week.day(s.day) < self.today):
                continue
            if dated.week.day(s.day) < self.today:
                found = with_more(found, {s: who})
                found = found if holds(found, owed) else replace(found, stale=True)
            else:
                found = with_most_of(found, s, who, owed)
        return found

    def _with_more(self, promised: WeekPlan, owed: Amounts) -> WeekPlan:
        """As much as the week holds, and of that what is least inconvenient."""
        most = owed_still(promised, self._kept_for_later(promised.week, owed))
        for known, its_owed, its_most, found in self.solved:
            same = alike(known, promised) and known.schedule.rooms == promised.schedule.rooms
            if same and (its_owed, its_most) == (owed, most):
                tiers = (*promised.tiers, found.tiers[-1])
                return replace(promised, schedule=found.schedule, made_up=found.made_up, tiers=tiers)
        if not holds(promised, owed):
            return promised  # the week contradicts the tables: it is only remembered
        kept, aim = promised.schedule, Owed(promised.own, owed)
        closed = frozenset(d for d in range(7) if promised.week.day(d) < self.free_from)
        rules: list[WeekRule] = [*KEPT_WITH_MORE, *PRICES, MadeUp(kept, most, closed), aim]
        effort = self.effort()
        effort = replace(effort, deterministic=min(effort.deterministic, MOST_FOR_A_WEEK))
        result = solve(kept.facts, rules, fixed=kept.attendance, hint=kept, usual_rooms=kept.rooms, effort=effort)
        found = promised
        if result.schedule is not None:
            more = {s: who - kept.attendance.get(s, frozenset()) for s, who in result.schedule.attendance.items()}
            found = with_rooms_for(promised, {s: who for s, who in more.items() if who})
        value = price_of(found.schedule, [aim])[aim.tier]
        bound = result.tiers[0].bound if result.tiers else 0
        found = replace(found, tiers=(*promised.tiers, Tier(MADE_UP, value, min(value, bound))))
        self.solved.append((promised, owed, most, found))
        return found


def without_made_up(plan: TermPlan) -> TermPlan:
    """A plan whose weeks are as they are without what is made up in them."""
    return replace(plan, weeks={w: own(dated) for w, dated in plan.weeks.items()})


def broken(published: Mapping[Week, WeekPlan], now: Mapping[Week, WeekPlan]) -> int:
    """How many attendances were published to be made up, and are not there any more."""
    there = {(w, p, when(s)) for w, dated in now.items() for s, who in dated.schedule.attendance.items() for p in who}
    promised = {(w, p, when(s)) for w, dated in published.items() for s, who in dated.made_up.items() for p in who}
    return len(promised - there)


def when(s: Session) -> Session:
    """A session wherever it is held: whether that is at its place or online is nobody's decision."""
    return replace(s, place="")


def own(dated: WeekPlan) -> WeekPlan:
    tiers = tuple(t for t in dated.tiers if t.name != MADE_UP)
    return replace(dated, schedule=dated.own, made_up={}, tiers=tiers)


def alike(a: WeekPlan, b: WeekPlan) -> bool:
    """Whether two weeks hold the same and may hold the same: then no more goes on top of the one than of the other."""
    same = a.schedule.attendance == b.schedule.attendance and a.made_up == b.made_up
    return same and a.schedule.facts == b.schedule.facts


def holds(dated: WeekPlan, owed: Amounts) -> bool:
    """Whether what is made up in a week is owed, moves nothing, breaks nothing and has its room. By looking only."""
    return not breaches(dated, owed) and all(s in dated.schedule.rooms for s in needing_rooms(dated))


def breaches(dated: WeekPlan, owed: Amounts) -> list[Breach]:
    return list(verify(dated.schedule, [*KEPT_WITH_MORE, MadeUp(dated.own, owed)]))


def needing_rooms(dated: WeekPlan) -> Iterable[Session]:
    places = {r.place for r in dated.schedule.facts.rooms.values()}
    return (s for s in dated.made_up if s.place in places)


def with_most_of(dated: WeekPlan, s: Session, who: frozenset[str], owed: Amounts) -> WeekPlan:
    """The week with this session on top for as many of them as it holds: without those about whom it breaks a rule."""
    while who:
        tried = with_more(dated, {s: who})
        if holds(tried, owed):
            return tried
        who -= {b.about for b in breaches(tried, owed)} & who or {max(who)}
    return dated


def by_way(dated: WeekPlan, lock: WeekLock, who: Iterable[str]) -> list[frozenset[str]]:
    """These people, together where the course is held in the same way for them on the day of the lock."""
    ways: dict[CourseDay, set[str]] = {}
    for p in sorted(who):
        ways.setdefault(dated.schedule.facts.how(p, lock.course, lock.day), set()).add(p)
    return [frozenset(group) for group in ways.values()]


def owed_still(dated: WeekPlan, owed: Amounts) -> dict[tuple[str, str], int]:
    """What is owed, less what the week gives of it already."""
    own = dated.own
    given = {(p, c): dated.schedule.minutes(p, c) - own.minutes(p, c) for p, c in owed}
    return {key: minutes - given[key] for key, minutes in owed.items() if minutes > given[key]}


def with_rooms_for(dated: WeekPlan, more: Attendance) -> WeekPlan:
    """The week with these on top; if the rooms that are left don't do for all of them, the last ones go without."""
    sessions = sorted(more)
    while sessions:
        found = with_more(dated, {s: more[s] for s in sessions})
        if all(s in found.schedule.rooms for s in needing_rooms(found)):
            return found
        sessions.pop()
    return dated


def like(lock: WeekLock, dated: WeekPlan) -> list[Session]:
    """The sessions that a week may hold there, the longest first."""
    there = (s for s in candidates(dated.schedule.facts) if (s.course, s.day) == (lock.course, lock.day))
    return sorted((s for s in there if fits(lock, s)), key=lambda s: (-s.minutes, s))


def cant_be_made_up(lock: WeekLock, who: Iterable[str], week: Week) -> Text:
    return say(
        "{who} can't make up {course} on {day} at {time}: it is not owed, or the week has no room for it. "
        "Take that lock out.",
        who=", ".join(sorted(who)),
        course=lock.course,
        day=week.day(lock.day),
        time=clock(lock.start),
    )


def with_more(dated: WeekPlan, more: Attendance, room: str = "") -> WeekPlan:
    """The week with these people in these sessions on top (in this room); the others keep their session and room."""
    schedule = dated.schedule
    attendance = dict(schedule.attendance)
    made_up = dict(dated.made_up)
    for s, who in more.items():
        made_up[s] = made_up.get(s, frozenset()) | (who - attendance.get(s, frozenset()))
        attendance[s] = attendance.get(s, frozenset()) | who
    new = {s: attendance[s] for s in more if s not in schedule.attendance}
    rooms = {**schedule.rooms, **rooms_beside(schedule, new, room)}
    whole = replace(schedule, attendance=attendance, rooms=rooms)
    return replace(dated, schedule=whole, made_up={s: who for s, who in made_up.items() if who})


def rooms_beside(schedule: Schedule, new: Attendance, room: str = "") -> Mapping[Session, str]:
    """Rooms for new sessions among those that the week leaves free (this one, if one is named)."""
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for s, its in schedule.rooms.items():
        taken.setdefault((its, s.day), []).append((s.start, s.end))
    rooms = {
        r.id: replace(r, free=tuple(cut(r.free[d], taken.get((r.id, d), ())) for d in range(7)))
        for r in schedule.facts.rooms.values()
        if room in ("", r.id)
    }
    return seat(Schedule(replace(schedule.facts, rooms=rooms), new))[0].rooms
