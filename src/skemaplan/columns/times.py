"""The tables of other times: windows, what is fixed, what happens once, closed days, and what is online."""

from __future__ import annotations

from ..cells import Kind, number
from ..facts import ALL, LANGUAGE_SCHOOL, Absence, Availability, Closure, Commitment, Mode
from ..words import say
from .column import ANYONE, FROM, FROM_DATE, NOTE_COLUMN, TO, TO_DATE, VALID, Column, Table, choice, ref
from .kind import COUNT, DATE, DAYS, LESSONS, NOTE, SOME_LESSONS, TEXT, TIME, WEEKS

AVAILABILITY = Table(
    "availability",
    "ledige_tider",
    Availability,
    say("Weekly windows of people, rooms and places. Without a free row somebody is free all day."),
    (
        ref("who", "hvem", ANYONE, say("Whose."), required=True),
        Column("day", "dag", DAYS, say("Days; empty: every day."), field="days", also=("days", "dage")),
        FROM,
        TO,
        choice("kind", "type", {"free": "ledig", "busy": "optaget"}, say("Free, or busy within what is free.")),
        *VALID,
        NOTE_COLUMN,
    ),
)

COMMITMENTS = Table(
    "commitments",
    "faste_aftaler",
    Commitment,
    say("What is fixed every week and never moved, such as the language school."),
    (
        ref("who", "hvem", "participants teachers teams", say("Whose."), required=True),
        Column("title", "titel", TEXT, say("What it is called in the calendar."), required=True),
        Column("day", "dag", DAYS, say("Days."), field="days", required=True, also=("days", "dage")),
        Column("from", "fra", TIME, say("It starts."), field="start", required=True),
        Column("to", "til", TIME, say("It ends."), field="end", required=True),
        ref("place", "sted", "places", say("Where it is.")),
        Column(
            "lessons",
            "lektioner",
            LESSONS,
            say("What it counts for in the week; empty: the bell periods it covers."),
            field="minutes",
        ),
        *VALID,
        choice(
            "kind",
            "type",
            {"language_school": "sprogskole", "work": "arbejde", "other": "andet"},
            say("What sort of thing it is."),
        ),
        Column("every_weeks", "hver_n_uge", WEEKS, say("1: every week, 2: every other week.")),
        Column(
            "calendar",
            "kalender",
            TEXT,
            say("An .ics file of busy times beside the tables, instead of day, from and to."),
        ),
        NOTE_COLUMN,
    ),
)

ABSENCES = Table(
    "absences",
    "fravær",
    Absence,
    say("What happens once: away, an exam, an excursion. It overrides weekly commitments."),
    (
        ref("who", "hvem", ANYONE, say("Who."), required=True, words="all"),
        FROM_DATE,
        TO_DATE,
        FROM,
        TO,
        Column("title", "titel", TEXT, say("What it is called in the calendar.")),
        ref("place", "sted", "places", say("Where it is.")),
        choice(
            "kind",
            "type",
            {"away": "væk", "exam": "prøve", "reserved": "reserveret", "excursion": "udflugt"},
            say("Away, an exam, an excursion; reserved is a price, not a block."),
        ),
        NOTE_COLUMN,
    ),
)

CLOSURES = Table(
    "closures",
    "lukkedage",
    Closure,
    say("When nothing is held: holidays, half days, a place that is closed."),
    (
        FROM_DATE,
        TO_DATE,
        FROM,
        TO,
        ref("place", "sted", "places", say("Only this place; empty: everywhere.")),
        choice("who", "hvem", {ALL: "alle", LANGUAGE_SCHOOL: "sprogskole"}, say("Everyone, or the language school.")),
        Column("reason", "årsag", TEXT, say("Why.")),
        Column("week", "uge", NOTE, say("The ISO week, for you to see; it is not read.")),
        NOTE_COLUMN,
    ),
)

MODES = Table(
    "modes",
    "undervisningsform",
    Mode,
    say("A time online, or back in person. What else is filled in overrides the course meanwhile."),
    (
        FROM_DATE,
        Column("to_date", "til_dato", DATE, say("Last day."), required=True),
        choice(
            "mode",
            "form",
            {"online": "online", "in_person": "fremmøde"},
            say("Online or in person."),
            required=True,
        ),
        ref("who", "hvem", "participants teams", say("A participant or a team; empty: all."), words="all"),
        ref(
            "course", "fag", "courses", say("One course or language_school; empty: all courses."), words=LANGUAGE_SCHOOL
        ),
        Column("link", "link", TEXT, say("Where it is met.")),
        Column("lessons_per_week", "lektioner_om_ugen", LESSONS, say("Meanwhile."), field="wanted"),
        Column(
            "sessions_per_week",
            "mødegange_om_ugen",
            Kind("number", "1", number(1, 14)),
            say("Meanwhile."),
            field="sessions",
        ),
        Column("shortest", "korteste", SOME_LESSONS, say("Meanwhile.")),
        Column("longest", "længste", SOME_LESSONS, say("Meanwhile.")),
        Column("smallest_group", "mindste_gruppe", COUNT, say("Meanwhile.")),
        Column("largest_group", "største_gruppe", COUNT, say("Meanwhile.")),
        NOTE_COLUMN,
    ),
)
