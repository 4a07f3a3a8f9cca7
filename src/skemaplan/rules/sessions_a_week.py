"""Rule: "Undervisningen foregaar to gange ugentligt" - each course comes in its number of sessions a week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from ..amounts import in_sessions
from ..model import NOTHING, Model
from ..schedule import Schedule
from ..week import WeekFacts
from ..words import Text, say, say_n
from .loosening import Loosening, Premise
from .most_lessons import MostLessons
from .rule import Breach, Must, WeekRule

MANY = 99  # sessions a week: as many as anybody likes


@dataclass(frozen=True)
class FewerSessions(Loosening):
    """A course comes in fewer and longer sessions a week, for everyone; amounts are sessions. `now`: how many come."""

    now: int

    code: ClassVar[str] = "sessions_a_week"

    def on(self, facts: WeekFacts, amount: int) -> WeekFacts:
        people = dict(facts.participants)
        for p in facts.participants.values():
            if self.who in p.demands:
                d = p.demands[self.who]
                fewer = replace(d, sessions=max(1, d.sessions - amount))
                people[p.id] = replace(p, demands={**p.demands, self.who: fewer})
        return replace(facts, participants=people)

    def sentence(self, amount: int) -> Text:
        left, now = self.now - amount, self.now
        return say_n(
            "Hold {course} once a week instead of {now} times, as long in all",
            "Hold {course} {n} times a week instead of {now}, as long in all",
            course=self.who,
            n=left,
            now=now,
        )

    def widest(self, facts: WeekFacts) -> WeekFacts:
        """Fewer sessions are no wider than more, so: any number of them."""
        return in_any_sessions(facts, self.who)


class SessionsAWeek(WeekRule):
    """A course comes in its number of sessions a week, and a session too few leaves its lesson untaught."""

    name = "sessions_a_week"
    given = (MostLessons(),)  # with all its sessions a course takes up to its cap

    def post(self, model: Model) -> Iterable[Must]:
        for p in model.facts.participants.values():
            for course, d in p.demands.items():
                if not model.sessions_of(p.id, course):
                    continue
                count, minutes = model.count(p.id, course), model.minutes(p.id, course)
                yield Must(p.id, model.add(count <= d.sessions))
                full = NOTHING
                if d.cap > d.wanted:
                    all_of_them = model.new_bool(f"{p.id} has all sessions of {course}")
                    yield Must(p.id, model.add(count >= d.sessions * all_of_them))
                    full = (d.cap - d.wanted) * all_of_them
                if d.sessions > 1:
                    yield Must(p.id, model.add(minutes <= d.wanted - d.shortest * (d.sessions - count) + full))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants.values():
            for course, d in p.demands.items():
                mine = schedule.of(p.id, course)
                too_few = d.sessions - len(mine)
                if too_few < 0:
                    text = say(
                        "{who} has {sessions} of {course}, not {of}.",
                        who=p.id,
                        sessions=in_sessions(len(mine)),
                        course=course,
                        of=d.sessions,
                    )
                    yield self.breach(p.id, text)
                elif mine and too_few and sum(s.minutes for s in mine) > d.wanted - too_few * d.shortest:
                    text = say(
                        "{who} has all of {course} in {sessions}, not {of}.",
                        who=p.id,
                        sessions=in_sessions(len(mine)),
                        course=course,
                        of=d.sessions,
                    )
                    yield self.breach(p.id, text)

    def loosenings(self, facts: WeekFacts, others: Sequence[WeekFacts] = ()) -> Iterator[Loosening]:
        for c in facts.courses.values():
            mine = [p.demands[c.id] for p in facts.participants.values() if c.id in p.demands]
            longest = max(day.longest for day in c.days)
            if mine and len({d.sessions for d in mine}) == 1 and mine[0].sessions > 1:
                fewer = [n for n in range(1, mine[0].sessions) if all(d.wanted <= n * longest for d in mine)]
                if fewer:
                    now = mine[0].sessions
                    yield FewerSessions(c.id, tuple(now - n for n in sorted(fewer, reverse=True)), now)

    def premises(self, facts: WeekFacts) -> Iterator[Premise]:
        for c in facts.courses.values():
            sessions = [p.demands[c.id].sessions for p in facts.participants.values() if c.id in p.demands]
            if sessions:
                text = say("{course} comes in {sessions} a week", course=c.id, sessions=in_sessions(max(sessions)))
                yield Premise(self.name, c.id, text, partial(in_any_sessions, course=c.id))


def in_any_sessions(facts: WeekFacts, course: str) -> WeekFacts:
    people = dict(facts.participants)
    for p in facts.participants.values():
        if course in p.demands:
            free = replace(p.demands[course], sessions=MANY, shortest=0)
            people[p.id] = replace(p, demands={**p.demands, course: free})
    return replace(facts, participants=people)
