"""Rule: "Undervisningen foregaar to gange ugentligt" - each course comes in its number of sessions a week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import NOTHING, Model
from ..schedule import Schedule
from ..words import say
from .most_lessons import MostLessons
from .rule import Breach, Must, WeekRule


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
                        "{who} has {n} sessions of {course}, not {of}.",
                        who=p.id,
                        n=len(mine),
                        course=course,
                        of=d.sessions,
                    )
                    yield self.breach(p.id, text)
                elif mine and too_few and sum(s.minutes for s in mine) > d.wanted - too_few * d.shortest:
                    text = say(
                        "{who} has all of {course} in {n} sessions, not {of}.",
                        who=p.id,
                        n=len(mine),
                        course=course,
                        of=d.sessions,
                    )
                    yield self.breach(p.id, text)
