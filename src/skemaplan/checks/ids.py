"""Ids and labels: each means one thing, and what a row names is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from heapq import nsmallest
from itertools import count
from typing import TYPE_CHECKING

from ..cells import word_key
from ..errors import Origin, Trouble
from ..facts import ALL, LANGUAGE_SCHOOL, Fact
from ..prices import DEFAULTS
from ..words import say

if TYPE_CHECKING:
    from ..problem import Problem

MOST_SEARCHED = 100  # names that are not known, for which the nearest is searched: it takes a while
MOST_NAMED = 30  # known names in one sentence
WORDS = (ALL, "alle", LANGUAGE_SCHOOL, "sprogskole", "online")  # those that mean something, in both languages


def ids_are_unique(p: Problem) -> Iterator[Trouble]:
    """One key space: `who` must mean one thing."""
    seen: dict[str, Fact] = {}
    tables = (p.places, p.rooms, p.teachers, p.participants)
    for space, rows in (*((seen, rows) for rows in tables), (dict[str, Fact](), p.courses)):
        for row in rows:
            if row.id in space:
                yield Trouble(
                    row.origin.cell("id"),
                    say("the id {id} is used twice.", id=repr(row.id)),
                    say("It already stands in {where}; give each its own.", where=space[row.id].origin.cell("")),
                )
            space.setdefault(row.id, row)
    for team in p.teams:
        if team in seen:
            first = next(x for x in p.participants if x.team == team)
            yield Trouble(
                first.origin.cell("team"),
                say("the team {id} has the id of something else.", id=repr(team)),
                say("It already stands in {where}; give the team another name.", where=seen[team].origin.cell("")),
            )
    for rows in tables:
        for row in rows:
            if word_key(row.id) in WORDS:
                what = say("{id} is a word of skemaplan.", id=repr(row.id))
                yield Trouble(row.origin.cell("id"), what, say("Use another id."))


def ids_are_told_apart(p: Problem) -> Iterator[Trouble]:
    """Ids that differ only in capitals, blanks or dashes are one, as a rule, and were typed in two ways."""
    first: dict[str, str] = {}
    for rows in (p.places, p.rooms, p.teachers, p.participants):
        for row in rows:
            other = first.setdefault(word_key(row.id), row.id)
            if other != row.id:
                what = say("the id {id} is almost {other}.", id=repr(row.id), other=repr(other))
                right = say("Are they two? Then write them so that nobody takes one for the other.")
                yield Trouble(row.origin.cell("id"), what, right, "warning")


def labels_are_told_apart(p: Problem) -> Iterator[Trouble]:
    """The label is all that is ever shown, so two people with one label can't be told apart by anybody."""
    first: dict[str, str] = {}
    for row in p.participants:
        other = first.setdefault(row.label, row.id)
        if other != row.id:
            yield Trouble(
                row.origin.cell("label"),
                say("{label} is also the label of {other}.", label=row.label, other=other),
                say("Give each her own."),
                "warning",
            )


def ids_are_known(p: Problem) -> Iterator[Trouble]:
    courses, places, teachers, people = dict(p.course), dict(p.place), dict(p.teacher), dict(p.participant)
    rooms = {r.id: r for r in p.rooms}
    persons = {**people, **teachers}
    anyone: dict[str, object] = {**persons, **p.teams}
    everything: dict[str, object] = {**anyone, **rooms, **places}

    groups: dict[str, object] = {**people, **p.teams, ALL: ALL}
    switched = {**courses, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL}
    affected = {**everything, ALL: ALL}
    closed: dict[str, object] = {ALL: ALL, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL}
    told = count(1)

    def look(fact: Fact, column: str, value: str, known: Mapping[str, object]) -> Iterator[Trouble]:
        if value and value not in known:
            yield unknown(fact.origin, column, value, known, search=next(told) <= MOST_SEARCHED)

    for row in p.travel:
        yield from look(row, "from", row.start, places)
        yield from look(row, "to", row.end, places)
    for room in p.rooms:
        yield from look(room, "place", room.place, places)
    for course in p.courses:
        yield from look(course, "place", course.place, places)
    for teaches in p.teaches:
        yield from look(teaches, "teacher", teaches.teacher, teachers)
        yield from look(teaches, "course", teaches.course, courses)
    for takes in p.takes:
        yield from look(takes, "who", takes.who, groups)
        yield from look(takes, "course", takes.course, courses)
    for window in p.availability:
        yield from look(window, "who", window.who, everything)
    for commitment in p.commitments:
        yield from look(commitment, "who", commitment.who, anyone)
        yield from look(commitment, "place", commitment.place, places)
    for absence in p.absences:
        yield from look(absence, "who", absence.who, affected)
        yield from look(absence, "place", absence.place, places)
    for closure in p.closures:
        yield from look(closure, "place", closure.place, places)
        yield from look(closure, "who", closure.who, closed)
    for mode in p.modes:
        yield from look(mode, "who", mode.who, groups)
        yield from look(mode, "course", mode.course, switched)
    for pair in p.pairs:
        yield from look(pair, "a", pair.a, people)
        yield from look(pair, "b", pair.b, people)
    for lock in p.locks:
        yield from look(lock, "participant", lock.participant, people)
        yield from look(lock, "course", lock.course, courses)
        yield from look(lock, "teacher", lock.teacher, teachers)
        yield from look(lock, "room", lock.room, rooms)
    for price in p.prices:
        yield from look(price, "name", price.name, DEFAULTS)
        yield from look(price, "who", price.who, anyone)


def prices_have_names(p: Problem) -> Iterator[Trouble]:
    """A price of which no rule knows would change nothing, and nobody would notice."""
    for price in p.prices:
        if price.name not in DEFAULTS:
            yield unknown(price.origin, "name", price.name, DEFAULTS)


def unknown(origin: Origin, column: str, value: str, known: Iterable[str], *, search: bool = True) -> Trouble:
    """The trouble of an id that no table has, with the nearest that one has, if it is to be searched for."""
    near = get_close_matches(value, sorted(known), n=1, cutoff=0.5) if search else []
    names = nsmallest(MOST_NAMED + 1, known)
    listed = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    return Trouble(
        origin.cell(column),
        say("there is no {value}.", value=repr(value)),
        say("Did you mean {near}?", near=near[0]) if near else say("Known: {known}.", known=listed or "-"),
    )
