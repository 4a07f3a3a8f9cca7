"""A dated week as the rows find it: which of its days are in the term, what is closed, when somebody is free.

Held together so that no function needs ten arguments. With `standing` it is an ordinary week of its time: what is only
there for a while is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property
from typing import TypeVar

from ..dates import WHOLE_DAY, Spans, Week, cut, merge, overlap, turn, weeks_between
from ..facts import ALL, ONLINE, Absence, Closure, Commitment, Dated, Mode, Participant
from ..problem import Problem
from .validity import newest

STANDING_DAYS = 21  # what lasts at least so long is part of an ordinary week of its time
Thing = TypeVar("Thing")


def teaching_weeks(problem: Problem, participant: str = "") -> tuple[Week, ...]:
    """The weeks with a day on which teaching is possible (while this participant is here, if one is named)."""
    s = problem.settings
    return tuple(w for w in weeks_between(s.start, s.end) if open_days(problem, w, participant))


def open_days(problem: Problem, week: Week, participant: str = "") -> frozenset[int]:
    """The weekdays on which bells ring and some teacher has a window that no closure of everything covers."""
    here = problem.participant[participant].is_here if participant else lambda day: True
    cal = Calendar(problem, week, standing=False)
    return frozenset(d for d, day in enumerate(week.days) if here(day) and cal.taught[d])


class Calendar:
    """One week's days (0, Monday, to 6) and everybody's time on them. `taught`: somebody could teach on the day.

    In an ordinary week everyone has a place in what comes every second week, so that one base week does for all;
    `by_turn` she has what it is her turn for, as on the date.
    """

    def __init__(self, problem: Problem, week: Week, standing: bool, by_turn: bool = False) -> None:
        self.problem, self.week, self.standing, self.by_turn = problem, week, standing, by_turn
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
    def could_teach(self) -> tuple[int, ...]:
        """The weekdays on which bells ring and some teacher has a window, whatever is closed."""
        return tuple(d for d in range(7) if self.periods[d] and any(self.weekly_window(t, d) for t in self.giving))

    @cached_property
    def ordinary(self) -> Calendar:
        """The same week's standing facts."""
        return self if self.standing else Calendar(self.problem, self.week, standing=True)

    @cached_property
    def kind(self) -> Hashable:
        """What a person's week depends on besides her own rows: weeks of one kind are read once for each person."""
        rows: list[Closure | Mode] = [*self.closures, *(m for m in self.problem.modes if m.who in ("", ALL))]
        about_all = (tuple(self.in_term), tuple(self.taught), *((id(row), *self.part(row)) for row in rows))
        turns = any(c.every_weeks > 1 for c in self.problem.courses)
        if self.standing:
            each = self.by_turn or self.settings.cycle_weeks > 1
            return about_all, self.by_turn, self.week if turns and each else None
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

    def grid(self) -> Spans:
        """The day in steps, where there are no bell times."""
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
        """When the rows of one id say that it is free."""
        day = self.days[d]
        valid = [a for a in self.problem.windows_of.written(who) if a.holds(day)]
        free = [a for a in valid if a.kind == "free"]
        spans = WHOLE_DAY
        if free:
            spans = merge((a.start, a.end) for a in newest([a for a in free if d in a.days]))
        busy = newest([a for a in valid if a.kind == "busy" and d in a.days])
        return cut(spans, [(a.start, a.end) for a in busy])

    def turn(self, c: Commitment) -> int:
        """In which weeks of its cycle a commitment is."""
        return turn(Week.of(c.valid_from or self.settings.start), c.every_weeks)

    def in_cycle(self, c: Commitment) -> bool:
        return turn(self.week, c.every_weeks) == self.turn(c)

    def away(self, who: str, day: date) -> list[Absence]:
        """What takes somebody out of her week on a date."""
        return [a for a in self.problem.absences_of[who] if a.kind != "reserved" and a.covers(day) and self.counts(a)]

    def way(self, a: str, b: str) -> int:
        """Minutes from one place to another, as far as they are known."""
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
