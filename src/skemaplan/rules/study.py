"""Rule: homework is done in her own time. Placed by `planning/studying.py`; checked here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from ..amounts import in_days, in_minutes, in_sessions
from ..dates import clock, covers
from ..schedule import Schedule, Session, Stop
from ..week import ParticipantWeek, WeekFacts
from ..words import say
from .locks import fits
from .rule import Breach, WeekRule


class Study(WeekRule):
    """Homework lies in her own free time, on top of nothing, and within what her days can take.

    Nothing is posted: no session that is taught has to do with it.
    """

    name = "study"
    firm = "homework takes the time that lessons leave"

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            mine = schedule.studies(p.id)
            for s in mine:
                yield from self._alone(schedule, p, s)
            yield from self._amounts(schedule, p, mine)
            for day in sorted({s.day for s in mine}):
                yield from self._day(schedule, p, day)
            yield from self._days(schedule, p, mine)
            yield from self._locks(p, mine)

    def _alone(self, schedule: Schedule, p: ParticipantWeek, s: Session) -> Iterator[Breach]:
        """What a session by itself may be, whatever else there is."""
        facts = schedule.facts
        how = facts.courses[s.course].days[s.day]
        is_open = s.place not in facts.places or covers(facts.places[s.place][s.day], s.start, s.end)
        if not is_open or not covers(p.study.free[s.day], s.start, s.end):
            yield self.breach(
                p.id, say("{who} is not free for {course} at {time}.", who=p.id, course=s.course, time=clock(s.start))
            )
        if not how.shortest <= s.minutes <= how.longest or s.place != how.place or s.teacher:
            text = say("{who} can't have {course} like this at {time}.", who=p.id, course=s.course, time=clock(s.start))
            yield self.breach(p.id, text)
        if any(s.start <= a and b <= s.end and b - a > facts.longest_break_inside for a, b in facts.breaks[s.day]):
            yield self.breach(
                s.course, say("{course} at {time} runs across a long break.", course=s.course, time=clock(s.start))
            )

    def _amounts(self, schedule: Schedule, p: ParticipantWeek, mine: tuple[Session, ...]) -> Iterator[Breach]:
        for course in sorted({s.course for s in mine}):
            hers = [s for s in mine if s.course == course]
            demand = p.study.demands.get(course)
            cap, of = (demand.wanted, demand.sessions) if demand else (0, 0)
            if (got := sum(s.minutes for s in hers)) > cap:
                text = say(
                    "{who} gets {minutes} of {course}; {cap} is the most.",
                    who=p.id,
                    minutes=in_minutes(got),
                    course=course,
                    cap=cap,
                )
                yield self.breach(p.id, text)
            if len(hers) > of:
                text = say(
                    "{who} has {sessions} of {course}, not {of}.",
                    who=p.id,
                    sessions=in_sessions(len(hers)),
                    course=course,
                    of=of,
                )
                yield self.breach(p.id, text)
            days = [s.day for s in hers]
            if schedule.facts.courses[course].different_days and len(set(days)) < len(days):
                yield self.breach(p.id, say("{who} has {course} twice on one day.", who=p.id, course=course))

    def _day(self, schedule: Schedule, p: ParticipantWeek, day: int) -> Iterator[Breach]:
        """What one of her days can take."""
        stops = schedule.whole.stops(p.id, day)
        for a, b in combinations(stops, 2):
            if (a.is_homework or b.is_homework) and b.start - a.end < needed_rest(schedule.facts, p, a, b):
                text = say("{who} has no time for homework at {time}.", who=p.id, time=clock(max(a.start, b.start)))
                yield self.breach(p.id, text)
        for a, b in pairwise(s for s in stops if not s.is_anywhere):
            between = [s for s in stops if s.is_anywhere and a.end <= s.start and s.end <= b.start]
            way, gap = schedule.facts.way(a.place, b.place), b.start - a.end - sum(s.end - s.start for s in between)
            if (between or a.is_homework or b.is_homework) and a.end <= b.start and gap < way:
                text = say(
                    "{who} needs {way} from {a} to {b} and has {gap} at {time}.",
                    who=p.id,
                    way=in_minutes(way),
                    a=a.place,
                    b=b.place,
                    gap=in_minutes(gap),
                    time=clock(a.end),
                )
                yield self.breach(p.id, text)
        had = sum(s.minutes for s in schedule.whole.of(p.id, day=day)) + sum(f.minutes for f in p.fixed[day])
        if p.most_per_day is not None and had > p.most_per_day:
            yield self.breach(
                p.id,
                say("{who} has {minutes} too much on one day.", who=p.id, minutes=in_minutes(had - p.most_per_day)),
            )

    def _days(self, schedule: Schedule, p: ParticipantWeek, mine: tuple[Session, ...]) -> Iterator[Breach]:
        """Homework at a place is a day of attendance; homework at home is none."""
        there = {d for d in range(7) if schedule.stops(p.id, d)}
        days = there | {s.day for s in mine if s.place}
        if p.most_days is not None and len(days) > max(p.most_days, len(there)):
            yield self.breach(
                p.id,
                say("{who} comes on {days}; {most} is the most.", who=p.id, days=in_days(len(days)), most=p.most_days),
            )

    def _locks(self, p: ParticipantWeek, mine: tuple[Session, ...]) -> Iterator[Breach]:
        for lock in p.study.locks:
            if not any((s.course, s.day) == (lock.course, lock.day) and fits(lock, s) for s in mine):
                text = say(
                    "{who} has no {course} at {time} although it is locked there.",
                    who=p.id,
                    course=lock.course,
                    time=clock(lock.start),
                )
                yield self.breach(p.id, text)


def needed_rest(facts: WeekFacts, p: ParticipantWeek, a: Stop, b: Stop) -> int:
    """Minutes that must lie between two things of her day for the break that she needs, the way not counted."""
    if not p.shortest_break:
        return 0
    return p.shortest_break + (0 if a.is_anywhere or b.is_anywhere else facts.way(a.place, b.place))
