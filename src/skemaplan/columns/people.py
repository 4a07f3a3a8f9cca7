"""The tables of people: who is planned for, and who teaches."""

from __future__ import annotations

from ..cells import Kind, number
from ..facts import Participant, Teacher
from ..words import say
from .column import NOTE_COLUMN, Column, Table, choice
from .kind import DATE, DAYS, ID, LESSONS, MINUTES, SOME_LESSONS, TEXT, TIME, WORDS

PARTICIPANTS = Table(
    "participants",
    "deltagere",
    Participant,
    say("Who is planned for. The label is all that is ever shown: no names."),
    (
        Column("label", "betegnelse", TEXT, say("What she is called everywhere, such as Deltager A."), required=True),
        Column("id", "id", ID, say("How other tables name her; empty: the label.")),
        Column("team", "hold", ID, say("Her team; its name stands for all its members.")),
        Column("language_days", "sprogskoledage", DAYS, say("Her days at the language school."), short=True),
        Column(
            "language_place",
            "sprogskolested",
            ID,
            say("Where her language school is."),
            short=True,
            refers=("places",),
        ),
        Column("language_from", "sprogskole_fra", TIME, say("Language school starts; empty: 08:30."), short=True),
        Column("language_to", "sprogskole_til", TIME, say("Language school ends; empty: 13:00."), short=True),
        Column("earliest", "tidligst", TIME, say("No session before this.")),
        Column("latest", "senest", TIME, say("No session after this.")),
        Column("start", "start", DATE, say("Her first day; empty: the term's.")),
        Column("end", "slut", DATE, say("Her last day; empty: the term's.")),
        Column("languages", "sprog", WORDS, say("Languages she reads, best first.")),
        Column(
            "most_lessons_per_day",
            "flest_lektioner_om_dagen",
            SOME_LESSONS,
            say("Lessons a day, at most."),
            field="most_per_day",
        ),
        Column(
            "most_days", "flest_dage", Kind("number", "4", number(1, 7)), say("Days of attendance a week, at most.")
        ),
        Column("shortest_break", "korteste_pause", MINUTES, say("Minutes between her sessions, at least.")),
        choice(
            "detail",
            "detaljer",
            {"full": "alt", "no_places": "uden_steder", "times_only": "kun_tider"},
            say("How much her feed says."),
        ),
        NOTE_COLUMN,
    ),
    required=True,
)

TEACHERS = Table(
    "teachers",
    "undervisere",
    Teacher,
    say("Who teaches, and who holds the talks. A second row for the same teacher adds a course or a window."),
    (
        Column("label", "betegnelse", TEXT, say("What the teacher is called."), required=True),
        Column("id", "id", ID, say("How other tables name the teacher; empty: the label.")),
        Column(
            "course", "fag", TEXT, say("What the teacher gives: mat, or mat, eng."), short=True, refers=("courses",)
        ),
        Column("least", "mindst", LESSONS, say("Lessons a week, at least."), short=True),
        Column("most", "højst", LESSONS, say("Lessons a week, at most."), short=True),
        Column(
            "days",
            "dage",
            DAYS,
            say("Days on which the teacher can; empty: every day."),
            short=True,
            also=("day", "dag"),
        ),
        Column("from", "fra", TIME, say("From this time; empty: from the morning."), short=True),
        Column("to", "til", TIME, say("To this time; empty: to the night."), short=True),
        NOTE_COLUMN,
    ),
    required=True,
    also=("lærere",),
)
