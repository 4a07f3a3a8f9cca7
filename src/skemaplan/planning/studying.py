"""Homework in one week: where it lies when everything that is taught has its place.

Nobody else has to do with it, so each participant's week is looked at alone, and exactly: every way to fill each of her
days is weighed, and the best week of such days is taken. First as much as she should have, then as many as can be at
her usual times, then what costs her least. What is taught never moves for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from ..candidates import study_times
from ..dates import covers, cut, minutes_in
from ..rules import DEFAULTS
from ..rules.friday_afternoon import FRIDAY, LATEST
from ..rules.lessons import BELOW_FEWEST
from ..rules.locks import fits
from ..rules.most_per_day import room_left
from ..rules.reserved import lessons_taken
from ..schedule import Schedule, Session, Stop
from ..week import ParticipantWeek, WeekFacts

MOST_A_DAY = 2  # sessions of one course, where it need not lie on different days
Day = tuple[Session, ...]
Kept = Mapping[int, Day]  # days on which nothing is decided any more, and what she has on them


@dataclass(frozen=True)
class Filled:
    """Some days of a week filled: how many are at usual times, what they cost her, and what she does when."""

    usual: int = 0
    price: int = 0
    sessions: Day = ()

    @property
    def rank(self) -> tuple[int, int, Day]:
        return -self.usual, self.price, self.sessions


State = tuple[tuple[tuple[int, int], ...], int]  # for each course sessions and minutes; days on which she comes for it


def with_homework(
    schedule: Schedule, usual: Mapping[str, frozenset[Session]], kept: Mapping[str, Kept] | None = None
) -> Schedule:
    """The week with everybody's homework in it. `usual`: when each participant has hers in other weeks."""
    study: dict[Session, set[str]] = {}
    for p in schedule.facts.participants:
        hers = Own(schedule, p, usual.get(p, frozenset()), (kept or {}).get(p, {}))
        for s in hers.homework():
            study.setdefault(s, set()).add(p)
    return replace(schedule, study={s: frozenset(who) for s, who in sorted(study.items())})


@dataclass(frozen=True)
class Own:
    """One participant's week, in which what is taught has its place and her homework has not."""

    schedule: Schedule
    id: str
    usual: frozenset[Session] = frozenset()
    kept: Kept = field(default_factory=dict)

    @property
    def facts(self) -> WeekFacts:
        return self.schedule.facts

    @cached_property
    def who(self) -> ParticipantWeek:
        return self.facts.participants[self.id]

    @cached_property
    def courses(self) -> tuple[str, ...]:
        return tuple(sorted(self.who.study.demands))

    @cached_property
    def stops(self) -> tuple[tuple[Stop, ...], ...]:
        return tuple(self.schedule.stops(self.id, d) for d in range(7))

    def homework(self) -> Day:
        """Her homework in this week: the best there is."""
        kept = tuple(s for day in self.kept.values() for s in day)
        if not self.courses:
            return kept
        known = Filled(sessions=tuple(s for s in kept if s.course in self.courses))
        best: dict[State, Filled] = {self.state(known.sessions): known}
        for day in (d for d in range(7) if d not in self.kept):
            best = self.with_day(best, day)
        found = min(best.values(), key=lambda filled: (self.short(filled.sessions), self.unusual(filled), filled.rank))
        return tuple(sorted({*kept, *found.sessions}))

    def still(self, sessions: Iterable[Session]) -> Day:
        """Those of her sessions of one day that there is still room for."""
        kept: Day = ()
        for s in sorted(sessions):
            if s.course in self.courses and self.may_be(s) and self.is_room(s.day, (*kept, s)):
                kept = (*kept, s)
        return kept

    def with_day(self, best: Mapping[State, Filled], day: int) -> dict[State, Filled]:
        """The best way to each state after one more day, from the best ways to those before it."""
        found: dict[State, Filled] = {}
        ways = list(self.ways_of_day(day))
        for before in best.values():
            for more, usual, price in ways:
                now = Filled(before.usual + usual, before.price + price, before.sessions + more)
                state = self.state(now.sessions)
                if more and not self.is_within(state):
                    continue
                if state not in found or now.rank < found[state].rank:
                    found[state] = now
        return found

    def state(self, sessions: Iterable[Session]) -> State:
        mine = list(sessions)
        amounts = tuple(
            (sum(s.course == c for s in mine), sum(s.minutes for s in mine if s.course == c)) for c in self.courses
        )
        return amounts, len({s.day for s in mine if s.place and not self.stops[s.day]})

    def is_within(self, state: State) -> bool:
        """Whether it is no more than she should have, on no more days than she can come."""
        amounts, days = state
        demands = (self.who.study.demands[c] for c in self.courses)
        fits = all(n <= d.sessions and m <= d.wanted for (n, m), d in zip(amounts, demands, strict=True))
        there = sum(1 for stops in self.stops if stops)
        return fits and (self.who.most_days is None or not days or there + days <= self.who.most_days)

    def short(self, sessions: Day) -> int:
        """Minutes short of what she should have; short of the fewest, ten times."""
        missing = 0
        for course, d in self.who.study.demands.items():
            got = sum(s.minutes for s in sessions if s.course == course)
            missing += max(0, d.wanted - got) + (BELOW_FEWEST - 1) * max(0, d.fewest - got)
        return missing

    def unusual(self, filled: Filled) -> int:
        return len(filled.sessions) - filled.usual

    # -- one day ---------------------------------------------------------------------------------------------------

    def ways_of_day(self, day: int) -> Iterator[tuple[Day, int, int]]:
        """The best way to have so much of each course on a day: with how many at usual times, at what price."""
        best: dict[State, Filled] = {}
        for more in self.locked(day, list(self.fillings(day))):
            way = Filled(len(self.usual.intersection(more)), self.price(day, more), more)
            state = self.state(more)
            if state not in best or way.rank < best[state].rank:
                best[state] = way
        return ((way.sessions, way.usual, way.price) for way in best.values())

    def fillings(self, day: int, so_far: Day = ()) -> Iterator[Day]:
        """Every way to fill a day, nothing at all first, each in order of time."""
        yield so_far
        for course in self.courses:
            most = 1 if self.facts.courses[course].different_days else MOST_A_DAY
            if sum(s.course == course for s in so_far) < min(most, self.who.study.demands[course].sessions):
                for s in study_times(self.facts, course, day):
                    more = (*so_far, s)
                    if (not so_far or so_far[-1].end <= s.start) and self.may_be(s) and self.is_room(day, more):
                        yield from self.fillings(day, more)

    def locked(self, day: int, ways: list[Day]) -> list[Day]:
        """Those that keep what is locked on this day; all of them if none does, and `verify` names it."""
        locks = [x for x in self.who.study.locks if x.day == day]
        keep = [way for way in ways if all(any(s.course == x.course and fits(x, s) for s in way) for x in locks)]
        return keep or ways

    def may_be(self, s: Session) -> bool:
        """Whether she could do it then, if she had nothing else to do on the day."""
        breaks = (b - a for a, b in self.facts.breaks[s.day] if s.start <= a and b <= s.end)
        is_open = s.place not in self.facts.places or covers(self.facts.places[s.place][s.day], s.start, s.end)
        in_one = max(breaks, default=0) <= self.facts.longest_break_inside
        return is_open and in_one and covers(self.who.study.free[s.day], s.start, s.end)

    def is_room(self, day: int, more: Day) -> bool:
        """Whether her day takes it: nothing at the same time, the ways, her breaks, and not too much in all."""
        stops = with_stops(self.stops[day], more)
        if any(b.start < a.end for a, b in pairwise(stops) if a.is_homework or b.is_homework):
            return False
        taught = sum(s.minutes for s in (*self.schedule.of(self.id, day=day), *more))
        if self.who.most_per_day is not None and taught > room_left(self.who, day):
            return False
        return self.has_ways(stops) and self.has_breaks(stops)

    def has_ways(self, stops: Sequence[Stop]) -> bool:
        """Homework without a place may be done on the way, and takes time from it."""
        for a, b, between in journeys(stops):
            done = sum(s.end - s.start for s in between)
            hers = between or a.is_homework or b.is_homework
            if hers and b.start - a.end < self.facts.way(a.place, b.place) + done:
                return False
        return True

    def has_breaks(self, stops: Sequence[Stop]) -> bool:
        rest = self.who.shortest_break
        for i, b in enumerate(stops if rest else ()):
            for a in stops[:i]:
                way = 0 if a.is_anywhere or b.is_anywhere else self.facts.way(a.place, b.place)
                if (a.is_homework or b.is_homework) and b.start - a.end - way < rest:
                    return False
        return True

    def price(self, day: int, more: Day) -> int:
        """What it costs her on this day in minutes; less than nothing where it fills a hole."""
        found = self.cost("waiting") * (
            self.waiting(day, with_stops(self.stops[day], more)) - self.waiting(day, self.stops[day])
        )
        for s in more:
            found += self.cost("language_day") * (day in self.who.language_days)
            found += self.cost("friday_afternoon") * (day == FRIDAY and s.end > LATEST)
            found += self.cost("reserved") * lessons_taken(self.facts, self.id, s)
        comes = any(s.place for s in more) and not self.schedule.of(self.id, day=day)
        return found + self.cost("attendance_day") * (comes and day not in self.who.language_days)

    def cost(self, name: str) -> int:
        prices = self.facts.prices
        return prices.get((name, self.id), prices.get((name, ""), DEFAULTS[name]))

    def waiting(self, day: int, stops: Sequence[Stop]) -> int:
        """Minutes between two things of her day that are neither way, nor break, nor homework."""
        waited = 0
        for a, b, between in journeys(stops):
            if a.session is not None or b.session is not None:
                holes = cut(((a.end, b.start),), [(s.start, s.end) for s in between])
                empty = sum(end - start - minutes_in(self.facts.breaks[day], start, end) for start, end in holes)
                waited += max(0, empty - self.facts.way(a.place, b.place))
        return waited


def with_stops(stops: Sequence[Stop], more: Day) -> list[Stop]:
    """A day in order of time, homework in it."""
    return sorted([*stops, *(Stop(s.start, s.end, s.place, s) for s in more)], key=lambda s: (s.start, s.end))


def journeys(stops: Sequence[Stop]) -> Iterator[tuple[Stop, Stop, list[Stop]]]:
    """From each thing that has its place to the next one, and the homework that she does on the way."""
    before: Stop | None = None
    between: list[Stop] = []
    for stop in stops:
        if stop.is_anywhere:
            between.append(stop)
            continue
        if before is not None:
            yield before, stop, between
        before, between = stop, []
