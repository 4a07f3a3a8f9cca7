"""Timefold for Python on a week of ours, with the same musts, demands and prices: a local search, which proves nothing.

It runs in a process of its own, by the Python that TIMEFOLD_PYTHON names (any that has the package `timefold`, whose
last version is 1.24.0b0 of July 2025, and a Java of 17 or newer). `timefold_week.py` is what runs there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.choices import choices
from skemaplan.dates import covers
from skemaplan.rules import FAIR, PRICES, WeekRule
from skemaplan.rules.alone import for_a_group
from skemaplan.rules.friday_afternoon import FRIDAY, LATEST
from skemaplan.rules.most_per_day import room_left
from skemaplan.rules.reserved import lessons_taken
from skemaplan.schedule import Schedule, Session
from skemaplan.week import Fixed, ParticipantWeek, TeacherWeek, WeekFacts

CHILD = Path(__file__).with_name("timefold_week.py")
ANY = 1_000_000  # a number that nothing here reaches
RULES: Mapping[str, WeekRule] = {r.name: r for r in PRICES}


def python() -> str:
    """The Python that may have Timefold."""
    return os.environ.get("TIMEFOLD_PYTHON", sys.executable)


@cache
def version() -> str:
    """Of Timefold (empty: that Python has none)."""
    asked = "from importlib.metadata import version; print(version('timefold'))"
    told = subprocess.run([python(), "-c", asked], capture_output=True, text=True, check=False)
    return told.stdout.strip()


@dataclass(frozen=True)
class Better:
    """A better plan that keeps all musts, as Timefold prices it, and after how many seconds of the solving thread."""

    seconds: float
    demands: int
    inconvenience: int


def search(facts: WeekFacts, limit: float) -> tuple[Schedule | None, list[Better]]:
    """The best plan within so many seconds of the solving thread (None: none keeps all musts), and those before it."""
    told = Telling(facts)
    week = {**told.week(), "limit": limit}
    call = [python(), str(CHILD)]
    java = {"JAVA_TOOL_OPTIONS": "-XX:+UseSerialGC", **os.environ}  # the fastest of those tried, for one thread
    with TemporaryDirectory() as folder:  # where Java writes of a crash
        done = subprocess.run(
            call, input=json.dumps(week), capture_output=True, text=True, env=java, cwd=folder, check=False
        )
    if done.returncode:
        raise RuntimeError(f"Timefold: {done.stderr}")
    *points, last = map(json.loads, done.stdout.splitlines())
    found = [Better(x["seconds"], -x["medium"], -x["soft"]) for x in points if x["hard"] == 0]
    return (told.schedule(last["seats"]) if found else None), found


class Telling:
    """A week in numbers, and back."""

    def __init__(self, facts: WeekFacts) -> None:
        self.facts = facts
        self.who = choices(facts)
        self.sessions = list(self.who)
        fixed = [f.place for p in facts.participants.values() for day in p.fixed for f in day]
        places = {*(s.place for s in self.sessions), *fixed}
        self.place_for = Schedule(facts, {}).place_for
        places |= {self.place_for(p, s) for s, who in self.who.items() for p in who}
        self.places = {name: i for i, name in enumerate(sorted(places))}
        self.courses = {name: i for i, name in enumerate(facts.courses)}
        self.teachers = {name: i for i, name in enumerate(facts.teachers)}
        self.wants = [(p, c) for p in facts.participants.values() for c in p.demands]
        self.seats = [i for i, (p, c) in enumerate(self.wants) for _ in range(p.demands[c].sessions)]
        self.classes = [(t.id, c) for t in facts.teachers.values() for c in t.teaches for _ in range(self._most(t, c))]

    def _most(self, teacher: TeacherWeek, course: str) -> int:
        """As many sessions of a course as a teacher can give: by her hours, and by the seats there are."""
        lengths = [s.minutes for s in self.sessions if (s.teacher, s.course) == (teacher.id, course)]
        seats = sum(self.wants[want][1] == course for want in self.seats)
        _, most = teacher.teaches[course]
        return min(seats, most // min(lengths)) if lengths and most is not None else seats if lengths else 0

    def _seats(self) -> Iterator[tuple[int, list[int], int | None]]:
        """Whose each seat is, the classes that it may be in, and the one it begins in: a group's seats in the same."""
        taken: Counter[tuple[str, str]] = Counter()
        for want in self.seats:
            p, course = self.wants[want]
            may = [i for i, (_, c) in enumerate(self.classes) if c == course]
            whose = "" if self.facts.courses[course].days[0].largest == 1 else p.id
            yield want, may, may[taken[whose, course] % len(may)] if may else None
            taken[whose, course] += 1

    def week(self) -> dict[str, Any]:
        return {
            "sessions": [self._session(n, s) for n, s in enumerate(self.sessions)],
            "participants": [self._participant(n, p) for n, p in enumerate(self.facts.participants.values())],
            "wants": [self._want(n, p, c) for n, (p, c) in enumerate(self.wants)],
            "classes": [[n for n, s in enumerate(self.sessions) if (s.teacher, s.course) == k] for k in self.classes],
            "seats": list(self._seats()),
            "ways": [[self.facts.way(a, b) for b in self.places] for a in self.places],
            "hours": [{"id": n, **row} for n, row in enumerate(self._hours())],
            "moments": [{"id": n, **row} for n, row in enumerate(self._moments())],
        }

    def schedule(self, seats: Sequence[int | None]) -> Schedule:
        attendance: dict[Session, set[str]] = {}
        for want, n in zip(self.seats, seats, strict=True):
            if n is not None:
                attendance.setdefault(self.sessions[n], set()).add(self.wants[want][0].id)
        return Schedule(self.facts, {s: frozenset(who) for s, who in attendance.items()})

    def _session(self, n: int, s: Session) -> dict[str, Any]:
        how = self.facts.courses[s.course].days[s.day]
        rooms = [r for r in self.facts.rooms.values() if r.place == s.place]
        seats = max((r.seats for r in rooms if covers(r.free[s.day], s.start, s.end)), default=ANY)
        return {
            **self._times(n, s.day, s.start, s.end, s.place),
            "minutes": s.minutes,
            "course": self.courses[s.course],
            "teacher": self.teachers[s.teacher],
            "smallest": how.smallest,
            "largest": min(ANY if how.largest is None else how.largest, seats),
            "kind": self.facts.courses[s.course].kind,
            "different_days": self.facts.courses[s.course].different_days,
            "for_group": for_a_group(self.facts, s, self.who[s][0]),
            "is_fixed": False,
        }

    def _fixed(self, day: int, f: Fixed) -> dict[str, Any]:
        nothing = {
            "minutes": 0,
            "course": -1,
            "teacher": -1,
            "smallest": 0,
            "largest": 0,
            "kind": "",
            "different_days": False,
            "for_group": False,
        }
        return {**self._times(-1, day, f.start, f.end, f.place), **nothing, "is_fixed": True}

    def _times(self, n: int, day: int, start: int, end: int, place: str) -> dict[str, Any]:
        """`rested` and `rests`: the same times on a clock that stands still in the breaks of the bell table."""
        rested, rests = (self.facts.waiting(day, 0, t) for t in (start, end))
        times = {"id": n, "day": day, "start": start, "end": end, "rested": rested, "rests": rests}
        return {**times, "place": self.places[place]}

    def _participant(self, n: int, p: ParticipantWeek) -> dict[str, Any]:
        facts = self.facts

        def price(rule: str) -> int:
            return RULES[rule].price(facts, p.id)

        return {
            "id": n,
            "lesson": facts.lesson,
            "low": facts.target - facts.tolerance - p.committed,
            "high": facts.target + facts.tolerance - p.committed,
            "most": [ANY if p.most_per_day is None else room_left(p, day) for day in range(7)],
            "day": [0 if day in p.language_days else price("attendance_day") for day in range(7)],
            "fixed": [[self._fixed(d, f) for f in day] for d, day in enumerate(p.fixed)],
            "own": [self._own(p, s) if p.id in self.who[s] else -1 for s in self.sessions],
            "at": [self.places.get(self.place_for(p.id, s), 0) for s in self.sessions],
            "waiting": price("waiting"),
            "alone": price("alone"),
            "beside": price("talk_beside"),
            "neighbours": price("neighbouring_days"),
            "teachers": price("one_teacher"),
            "target": price("target"),
            "fair": FAIR,
        }

    def _own(self, p: ParticipantWeek, s: Session) -> int:
        """What a session costs her, whatever else she does."""
        price = lessons_taken(self.facts, p.id, s) * RULES["reserved"].price(self.facts, p.id)
        if s.day in p.language_days and self.facts.courses[s.course].kind != "talk":
            price += RULES["language_day"].price(self.facts, p.id)
        if s.day == FRIDAY and s.end > LATEST:
            price += RULES["friday_afternoon"].price(self.facts, p.id)
        return price

    def _want(self, n: int, p: ParticipantWeek, course: str) -> dict[str, Any]:
        d, c = p.demands[course], self.facts.courses[course]
        return {
            "id": n,
            "participant": list(self.facts.participants).index(p.id),
            "is_lesson": c.kind == "lesson",
            "wanted": d.wanted,
            "fewest": min(d.fewest, d.wanted),
            "cap": d.cap,
            "sessions": d.sessions,
            "shortest": d.shortest,
            "first": course == next(iter(p.demands)),
        }

    def _hours(self) -> Iterator[dict[str, int]]:
        for t in self.facts.teachers.values():
            for course, (least, most) in t.teaches.items():
                if course in self.courses:
                    of = {"teacher": self.teachers[t.id], "course": self.courses[course]}
                    yield {**of, "least": least, "most": ANY if most is None else most}
        for c in self.facts.courses.values():
            if c.most_taught is not None:
                yield {"teacher": -1, "course": self.courses[c.id], "least": 0, "most": c.most_taught}

    def _moments(self) -> Iterator[dict[str, int]]:
        """Times at which more sessions could be held at a place than there are rooms, by size of room."""
        for place in self.facts.places:
            rooms = [r for r in self.facts.rooms.values() if r.place == place]
            for day in range(7) if rooms else ():
                here = [s for s in self.sessions if s.place == place and s.day == day]
                for time in sorted({s.start for s in here}):
                    now = {s.teacher for s in here if s.start <= time < s.end}
                    for seats in sorted({0, *(r.seats for r in rooms)})[:-1]:
                        there = sum(r.seats > seats and covers(r.free[day], time, time + 1) for r in rooms)
                        if len(now) > there:
                            of = {"place": self.places[place], "day": day, "time": time}
                            yield {**of, "larger_than": seats, "rooms": there}
