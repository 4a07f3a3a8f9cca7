"""The tables of places: where people go, the ways between, and the rooms there."""

from __future__ import annotations

from ..facts import Place, Room, Travel
from ..words import say
from .column import NOTE_COLUMN, Column, Table, ref
from .kind import COUNT, ID, KM, MINUTES, TEXT

PLACES = Table(
    "places",
    "steder",
    Place,
    say("Where people go."),
    (
        Column("id", "id", ID, say("How other tables name the place."), required=True),
        Column("name", "navn", TEXT, say("What the place is called.")),
        Column("shown_as", "vises_som", TEXT, say("What feeds and pages call it; empty: its name.")),
        Column("link", "link", TEXT, say("Where it is met online.")),
        NOTE_COLUMN,
    ),
)

TRAVEL = Table(
    "travel",
    "rejsetider",
    Travel,
    say("The way from place to place, and back unless that has its own row."),
    (
        ref("from", "fra", "places", say("From this place."), field="start", required=True),
        ref("to", "til", "places", say("To this place."), field="end", required=True),
        Column("minutes", "minutter", MINUTES, say("Door to door."), required=True),
        Column("km", "km", KM, say("Kilometres.")),
        NOTE_COLUMN,
    ),
)

ROOMS = Table(
    "rooms",
    "lokaler",
    Room,
    say("Rooms of a place. A place without rooms has room for all."),
    (
        Column("id", "id", ID, say("What the room is called."), required=True),
        ref("place", "sted", "places", say("Where it is."), required=True),
        Column("seats", "pladser", COUNT, say("How many participants fit in."), required=True),
        NOTE_COLUMN,
    ),
)
