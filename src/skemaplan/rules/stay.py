"""Moves: what was published stays. A coordinator stops using a tool that moves what she had promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ortools.sat.python.cp_model import LinearExpr

from ..model import Model, total
from ..schedule import Schedule, Session
from ..words import say
from .rule import MOVES, Breach, Cost, WeekRule

CHANGE = 10  # the number of changes is made least first; then, of as many, the kinder ones
OTHER_DAY, OTHER_TEACHER, CANCELLED = 1, 2, 4  # on top; another time on the same day costs nothing more


@dataclass(frozen=True)
class Stay(WeekRule):
    """As few as can be of everyone's published sessions change, and rather their time than their day or teacher.

    A change is a participant's session that is not where it was: a course of hers that had `n` sessions and has `m`
    has changed as often as max(n, m) is more than the sessions that are the same.
    """

    published: Schedule

    name = "stay"
    tier = MOVES

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            for course in model.facts.courses:
                old, mine = self.published.of(p, course), model.sessions_of(p, course)
                if old or mine:
                    yield Cost(p, self._changes(model, p, course, old, mine))

    def _changes(self, model: Model, p: str, course: str, old: tuple[Session, ...], mine: list[Session]) -> LinearExpr:
        now = model.count(p, course)
        most = model.new_count(max(len(old), len(mine)), f"{p} {course} old or new")
        fewer = model.new_count(len(old), f"{p} {course} cancelled")
        model.add(most >= now)
        model.add(most >= len(old))
        model.add(fewer >= len(old) - now)
        same = total(model.attends(p, s) for s in mine if s in old)
        teachers, days = {s.teacher for s in old}, {s.day for s in old}
        other_teacher = total(model.attends(p, s) for s in mine if s.teacher not in teachers)
        other_day = total(model.attends(p, s) for s in mine if s.day not in days)
        kinds = OTHER_TEACHER * other_teacher + OTHER_DAY * other_day + CANCELLED * fewer
        return CHANGE * (most - same) + kinds

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for course in schedule.facts.courses:
                price = price_of_changes(self.published.of(p, course), schedule.of(p, course))
                if price:
                    text = say("{n} sessions of {course} change for {who}.", n=price // CHANGE, course=course, who=p)
                    yield self.breach(p, text, price)


def changes(old: tuple[Session, ...], new: tuple[Session, ...]) -> int:
    """How many of a participant's sessions of a course change."""
    return max(len(old), len(new)) - len(set(old) & set(new))


def price_of_changes(old: tuple[Session, ...], new: tuple[Session, ...]) -> int:
    """The changes, and of what kind they are."""
    teachers = sum(s.teacher not in {o.teacher for o in old} for s in new)
    days = sum(s.day not in {o.day for o in old} for s in new)
    cancelled = max(0, len(old) - len(new))
    return CHANGE * changes(old, new) + OTHER_TEACHER * teachers + OTHER_DAY * days + CANCELLED * cancelled
