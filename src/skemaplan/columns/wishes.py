"""The tables of wishes: who sits together, what must stay, and what an inconvenience costs."""

from __future__ import annotations

from ..cells import Kind, number
from ..facts import Lock, Pair, Price
from ..prices import DEFAULTS
from ..words import say
from .column import NOTE_COLUMN, VALID, Column, Table, choice, ref
from .kind import DATE, DAY, ID, TIME, YES

PAIRS = Table(
    "pairs",
    "par",
    Pair,
    say("Two who should sit together, or apart."),
    (
        ref("a", "a", "participants", say("One."), required=True),
        ref("b", "b", "participants", say("The other."), required=True),
        choice("kind", "type", {"together": "sammen", "apart": "adskilt"}, say("Together or apart."), required=True),
        Column("hard", "skal", YES, say("Whether it is a must; empty: yes.")),
        NOTE_COLUMN,
    ),
)

LOCKS = Table(
    "locks",
    "låst",
    Lock,
    say("Sessions that must stay, on a date or on a day every week."),
    (
        ref("participant", "deltager", "participants", say("Whose session."), required=True),
        ref("course", "fag", "courses", say("Of what."), required=True),
        ref("teacher", "underviser", "teachers", say("With whom; empty: whoever.")),
        Column("date", "dato", DATE, say("On this date.")),
        Column("day", "dag", DAY, say("On this day, every week.")),
        Column("start", "start", TIME, say("It starts."), required=True),
        Column("to", "til", TIME, say("It ends; empty: as it may."), field="end"),
        ref("room", "lokale", "rooms", say("Where; empty: wherever.")),
        Column("makes_up", "indhenter", YES, say("Whether it makes up for a lesson lost before, on top of the week.")),
        *VALID,
        NOTE_COLUMN,
    ),
)

PRICES = Table(
    "prices",
    "priser",
    Price,
    say("What an inconvenience costs, in minutes to one person, where it is not the usual."),
    (
        Column("name", "navn", ID, say("Which price."), required=True, words=tuple((n, n) for n in DEFAULTS)),
        Column("minutes", "minutter", Kind("minutes", "60", number(0, 10_000)), say("What it costs."), required=True),
        ref("who", "hvem", "participants teachers teams", say("For whom; empty: for all.")),
        *VALID,
        NOTE_COLUMN,
    ),
)
