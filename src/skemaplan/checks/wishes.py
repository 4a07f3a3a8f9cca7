"""What somebody asks for that can't be meant: pairs, homework, turns and locks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import Trouble
from ..facts import STUDY, Pair
from ..words import say

if TYPE_CHECKING:
    from ..problem import Problem


def pairs_agree(p: Problem) -> Iterator[Trouble]:
    """Nobody is paired with herself, and no two people are both to be together and apart."""
    first: dict[frozenset[str], Pair] = {}
    for pair in p.pairs:
        if pair.a == pair.b:
            what = say("{who} is paired with herself.", who=pair.a)
            yield Trouble(pair.origin.cell("b"), what, say("Name the other one."))
            continue
        other = first.setdefault(frozenset((pair.a, pair.b)), pair)
        if other.kind != pair.kind:
            what = say("{a} and {b} can't sit together and apart.", a=pair.a, b=pair.b)
            right = say("Take this row out, or {where}.", where=other.origin.cell(""))
            yield Trouble(pair.origin.cell("kind"), what, right)


def study_is_hers_alone(p: Problem) -> Iterator[Trouble]:
    """Homework has no group and no teacher: what is written of them is not read."""
    for c in (c for c in p.courses if c.kind == STUDY):
        said = {
            "smallest_group": c.smallest_group != 1,
            "largest_group": c.largest_group is not None,
            "most_taught": c.most_taught is not None,
        }
        for column in (name for name, filled in said.items() if filled):
            what = say("{course} is study, which everyone does by herself.", course=c.id)
            yield Trouble(c.origin.cell(column), what, say("Leave the cell empty."), "warning")


def turns_come_round(p: Problem) -> Iterator[Trouble]:
    """What comes every other week needs plans of odd and even weeks, or a place for everybody in every week."""
    for c in p.courses:
        if c.every_weeks in (2, 4) and p.settings.cycle_weeks % c.every_weeks:
            yield Trouble(
                c.origin.cell("every_weeks"),
                say(
                    "{course} does not come every week, but weeks are all planned alike: everyone keeps a time for it "
                    "in each of them.",
                    course=c.id,
                ),
                say("If there are too few times, write cycle_weeks, {n} in term.", n=c.every_weeks),
                "warning",
            )


def locks_say_when(p: Problem) -> Iterator[Trouble]:
    for lock in p.locks:
        if (lock.date is None) == (lock.day is None):
            yield Trouble(
                lock.origin.cell("date"), say("a lock needs a date or a day."), say("Fill in one of the two.")
            )
        elif lock.date is not None and not lock.holds(lock.date):
            what = say("the row does not hold on {date}.", date=lock.date)
            yield Trouble(lock.origin.cell("valid_from"), what, say("Leave the days from and to which it holds empty."))
        if lock.makes_up and lock.date is None:
            what = say("what makes up for a lost lesson is held once.")
            yield Trouble(lock.origin.cell("makes_up"), what, say("Fill in its date, and leave the day empty."))
