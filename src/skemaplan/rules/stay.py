"""Moves: what was published stays. A coordinator stops using a tool that moves what she had promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..model import Model, total
from ..schedule import Schedule, Session
from ..words import say_n
from .rule import MOVES, Breach, Cost, WeekRule


@dataclass(frozen=True)
class Stay(WeekRule):
    """As few as can be of everyone's published sessions change.

    A change is a participant's session that is not where it was: a course of hers that had `n` sessions and has `m`
    has changed as often as max(n, m) is more than the sessions that are the same. An ordinary week is published as the
    dated weeks that follow it: `published` is one that comes `weeks` times, and `gone` is what it can't hold of an
    ordinary week (participant and session), so that nothing changes there for it.
    """

    published: Schedule
    weeks: int = 1
    gone: frozenset[tuple[str, Session]] = frozenset()

    name = "stay"
    tier = MOVES

    def among(self, people: frozenset[str]) -> Stay:
        return replace(self, published=self.published.of_these(people))

    def unavoidable(self, free: Mapping[str, frozenset[str]]) -> int:
        """Changes that any plan has beside those of `free` (courses by participant): what was published and is gone."""
        published = self.published.attendance.items()
        return self.weeks * sum(
            (p, s) in self.gone and s.course not in free.get(p, ()) for s, who in published for p in who
        )

    def of(self, free: Mapping[str, frozenset[str]]) -> Stay:
        """The changes of these courses of these participants alone."""
        there = {
            s: frozenset(p for p in who if s.course in free.get(p, ())) for s, who in self.published.attendance.items()
        }
        return replace(self, published=replace(self.published, attendance={s: who for s, who in there.items() if who}))

    def post(self, model: Model) -> Iterable[Cost]:
        for p in model.facts.participants:
            for course in model.facts.courses:
                old = self.published.of(p, course)
                mine = [s for s in model.sessions_of(p, course) if (p, s) not in self.gone]
                if old or mine:
                    most = model.new_count(max(len(old), len(mine)), f"{p} {course} old or new")
                    model.add(most >= total(model.attends(p, s) for s in mine))
                    model.add(most >= len(old))
                    same = total(model.attends(p, s) for s in mine if s in old)
                    yield Cost(p, self.weeks * (most - same))

    def breaches(self, schedule: Schedule) -> Iterator[Breach]:
        for p in schedule.facts.participants:
            for course in schedule.facts.courses:
                held = tuple(s for s in schedule.of(p, course) if (p, s) not in self.gone)
                n = changes(self.published.of(p, course), held) * self.weeks
                if n:
                    text = say_n(
                        "A session of {course} changes for {who}.",
                        "{n} sessions of {course} change for {who}.",
                        n=n,
                        course=course,
                        who=p,
                    )
                    yield self.breach(p, text, n)


def changes(old: tuple[Session, ...], new: tuple[Session, ...]) -> int:
    """How many of a participant's sessions of a course change."""
    return max(len(old), len(new)) - len(set(old) & set(new))
