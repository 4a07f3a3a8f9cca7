"""Amounts that go together: least and most, shortest and longest, and how much the sessions of a week hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import Trouble
from ..facts import Fact
from ..words import say, say_n

if TYPE_CHECKING:
    from ..problem import Problem


def amounts_agree(p: Problem) -> Iterator[Trouble]:
    """fewest <= wanted <= most, shortest <= longest, smallest <= largest, least <= most."""

    def order(fact: Fact, *pairs: tuple[str, int | None, str, int | None]) -> Iterator[Trouble]:
        for low_name, low, high_name, high in pairs:
            if low is not None and high is not None and low > high:
                names = {"high_name": fact.origin.heading(high_name), "low_name": fact.origin.heading(low_name)}
                yield Trouble(
                    fact.origin.cell(high_name),
                    say("{high_name} is less than {low_name}.", **names),
                    say("Make {high_name} at least as much as {low_name}.", **names),
                )

    for c in p.courses:
        yield from order(
            c,
            ("fewest", c.fewest, "lessons_per_week", c.wanted),
            ("lessons_per_week", c.wanted, "most", c.most),
            ("shortest", c.shortest, "longest", c.longest),
            ("smallest_group", c.smallest_group, "largest_group", c.largest_group),
        )
    for t in p.teaches:
        yield from order(t, ("least", t.least, "most", t.most))
    for m in p.modes:
        yield from order(m, ("shortest", m.shortest, "longest", m.longest))
        yield from order(m, ("smallest_group", m.smallest_group, "largest_group", m.largest_group))


def sessions_can_hold_the_lessons(p: Problem) -> Iterator[Trouble]:
    """Two sessions of at most two lessons never hold five."""
    for c in p.courses:
        if not c.sessions * c.shortest <= c.most:
            yield Trouble(
                c.origin.cell("sessions_per_week"),
                say_n(
                    "{n} session of {course} is more than its most lessons.",
                    "{n} sessions of {course} are more than its most lessons.",
                    n=c.sessions,
                    course=c.id,
                ),
                say("Ask for fewer or shorter sessions."),
                "warning",
            )
        if c.sessions * c.longest < c.wanted:
            yield Trouble(
                c.origin.cell("lessons_per_week"),
                say_n(
                    "{n} session of {course} does not hold what is wanted.",
                    "{n} sessions of {course} do not hold what is wanted.",
                    n=c.sessions,
                    course=c.id,
                ),
                say("Ask for more or longer sessions."),
                "warning",
            )
        if c.kind == "talk" and c.smallest_group > 1:
            yield Trouble(
                c.origin.cell("smallest_group"),
                say("a talk is one participant and one teacher."),
                say("Leave the cell empty, or make it a lesson."),
            )
