"""What everybody's calendar and page are made of, as a hash for each: only whose hash has changed is looked at again.

A hash may differ where nothing is to be seen (then somebody is looked at in vain) but must never be the same where
something is: it holds every fact of a plan that `slots`, `event`, `feed`, `page` and `signs` read, and those files.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from ..facts import Fact
from ..plan_file import row_text
from ..problem import Problem
from ..schedule import Session, TermPlan, WeekPlan
from .slots import fixed_of, people, weeks_without_teaching
from .tongues import LOCALE

_Hashes = dict[str, "hashlib._Hash"]


def sources(plan: TermPlan) -> dict[str, str]:
    """The hash of each participant, teacher and room: equal for equal calendars-to-be and pages."""
    problem = plan.problem
    common = hashlib.sha256(_common(problem).encode())
    hashes: _Hashes = {who: common.copy() for who in people(problem)}
    own: dict[str, Fact] = {**problem.participant, **problem.teacher, **{r.id: r for r in problem.rooms}}
    for who, row in own.items():
        hashes[who].update(row_text(row).encode())
    if problem.settings.show_participants:
        labels = repr([(p.id, p.label, p.detail) for p in problem.participants]).encode()
        for teacher in problem.teachers:
            hashes[teacher.id].update(labels)
    for week, dated in sorted(plan.whole.weeks.items()):
        _add_week(hashes, str(week), dated)
    if problem.settings.show_commitments:
        weeks = weeks_without_teaching(plan)
        for p in problem.participant:
            hashes[p].update(repr([(day.toordinal(), f) for day, f in fixed_of(plan, weeks, p)]).encode())
    return {who: found.hexdigest()[:32] for who, found in hashes.items()}


def _add_week(hashes: _Hashes, week: str, dated: WeekPlan) -> None:
    facts = dated.schedule.facts
    for teacher in facts.teachers.values():
        if teacher.id in hashes:
            hashes[teacher.id].update(f"{week} {teacher.teaches}".encode())
    for s in dated.schedule.sessions:
        row = _session(week, dated, s)
        for who in (*dated.schedule.attendance[s], s.teacher, dated.schedule.rooms.get(s, "")):
            if who in hashes:
                hashes[who].update(row)


def _session(week: str, dated: WeekPlan, s: Session) -> bytes:
    link = dated.schedule.facts.courses[s.course].days[s.day].link
    room = dated.schedule.rooms.get(s)
    who = sorted(dated.schedule.attendance[s]) if s.teacher else []  # her homework is nobody else's
    return repr((week, s.day, s.start, s.end, s.course, s.teacher, s.place, room, link, who)).encode()


def _common(problem: Problem) -> str:
    """What everybody's calendar speaks of: the words for courses and places, what is online, and how it is all said."""
    tables = (problem.places, problem.courses, problem.modes)
    rows = [sorted(row_text(fact) for fact in rows) for rows in tables]
    return repr((program(), row_text(problem.settings), rows))


@cache
def program() -> str:
    """The hash of the program's files that make calendars and pages: another version may say it otherwise."""
    here = Path(__file__).parent
    files = [*here.glob("*.py"), *(here / "templates").iterdir(), *LOCALE.glob("*/LC_MESSAGES/page.po")]
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()
