"""Ids and labels: each means one thing, and what a row names is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..errors import Origin, Trouble
from ..facts import ALL, LANGUAGE_SCHOOL, Fact
from ..prices import DEFAULTS
from ..words import say

if TYPE_CHECKING:
    from ..problem import Problem


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
    for word in (ALL, LANGUAGE_SCHOOL, "online"):
        for rows in tables:
            for row in rows:
                if row.id == word:
                    yield Trouble(
                        row.origin.cell("id"),
                        say("{id} is a word of skemaplan.", id=repr(word)),
                        say("Use another id."),
                    )


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

    def look(fact: Fact, column: str, value: str, known: dict[str, object]) -> Iterator[Trouble]:
        if value and value not in known:
            yield unknown(fact.origin, column, value, known)

    for row in p.travel:
        yield from look(row, "from", row.start, {**places})
        yield from look(row, "to", row.end, {**places})
    for room in p.rooms:
        yield from look(room, "place", room.place, {**places})
    for course in p.courses:
        yield from look(course, "place", course.place, {**places})
    for teaches in p.teaches:
        yield from look(teaches, "teacher", teaches.teacher, {**teachers})
        yield from look(teaches, "course", teaches.course, {**courses})
    for takes in p.takes:
        yield from look(takes, "who", takes.who, {**people, **p.teams, ALL: ALL})
        yield from look(takes, "course", takes.course, {**courses})
    for window in p.availability:
        yield from look(window, "who", window.who, everything)
    for commitment in p.commitments:
        yield from look(commitment, "who", commitment.who, anyone)
        yield from look(commitment, "place", commitment.place, {**places})
    for absence in p.absences:
        yield from look(absence, "who", absence.who, {**everything, ALL: ALL})
        yield from look(absence, "place", absence.place, {**places})
    for closure in p.closures:
        yield from look(closure, "place", closure.place, {**places})
        yield from look(closure, "who", closure.who, {ALL: ALL, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL})
    for mode in p.modes:
        yield from look(mode, "who", mode.who, {**people, **p.teams, ALL: ALL})
        yield from look(mode, "course", mode.course, {**courses, LANGUAGE_SCHOOL: LANGUAGE_SCHOOL})
    for pair in p.pairs:
        yield from look(pair, "a", pair.a, {**people})
        yield from look(pair, "b", pair.b, {**people})
    for lock in p.locks:
        yield from look(lock, "participant", lock.participant, {**people})
        yield from look(lock, "course", lock.course, {**courses})
        yield from look(lock, "teacher", lock.teacher, {**teachers})
        yield from look(lock, "room", lock.room, {**rooms})
    for price in p.prices:
        yield from look(price, "name", price.name, {**DEFAULTS})
        yield from look(price, "who", price.who, anyone)


def prices_have_names(p: Problem) -> Iterator[Trouble]:
    """A price of which no rule knows would change nothing, and nobody would notice."""
    for price in p.prices:
        if price.name not in DEFAULTS:
            yield unknown(price.origin, "name", price.name, DEFAULTS)


def unknown(origin: Origin, column: str, value: str, known: Iterable[str]) -> Trouble:
    """The trouble of an id that no table has, with the nearest that one has."""
    known = sorted(known)
    near = get_close_matches(value, known, n=1, cutoff=0.5)
    return Trouble(
        origin.cell(column),
        say("there is no {value}.", value=repr(value)),
        say("Did you mean {near}?", near=near[0]) if near else say("Known: {known}.", known=", ".join(known) or "-"),
    )
