"""The tables of teaching: when the bell rings, what is taught, by whom and to whom."""

from __future__ import annotations

from ..cells import Kind, number
from ..facts import Course, Period, Takes, Teaches
from ..words import say
from .column import NOTE_COLUMN, VALID, Column, Table, choice, ref
from .kind import COUNT, DAYS, ID, LESSONS, SOME_LESSONS, TEXT, TIME, WEEKS, YES

PERIODS = Table(
    "periods",
    "ringetider",
    Period,
    say("Bell times. Without this table: seven lessons from 08:30 to 14:45, Monday to Friday."),
    (
        Column("id", "id", ID, say("What the period is called."), required=True),
        Column("start", "start", TIME, say("The bell rings."), required=True),
        Column("end", "slut", TIME, say("The period is over."), required=True),
        Column("days", "dage", DAYS, say("The days it is on; empty: every day."), also=("day", "dag")),
        NOTE_COLUMN,
    ),
)

COURSES = Table(
    "courses",
    "fag",
    Course,
    say("What is taught. Without this table: mat, eng and saf, 3 lessons a week each, and a talk."),
    (
        Column("id", "id", ID, say("How other tables name the course."), required=True),
        Column("name", "navn", TEXT, say("What the course is called."), required=True),
        Column("name_en", "navn_en", TEXT, say("Its English name.")),
        choice(
            "kind",
            "type",
            {"lesson": "lektion", "talk": "samtale", "study": "hjemmearbejde"},
            say("A lesson, a talk of one participant and one teacher, or study in her own time."),
        ),
        Column(
            "lessons_per_week",
            "lektioner_om_ugen",
            SOME_LESSONS,
            say("Wanted for each participant; empty: 3, or 1 for a talk or study."),
            field="wanted",
        ),
        Column("fewest", "mindst", LESSONS, say("Less than this is ten times as bad; empty: what is wanted.")),
        Column("most", "højst", LESSONS, say("Never more than this; empty: what is wanted.")),
        Column(
            "sessions_per_week",
            "mødegange_om_ugen",
            Kind("number", "2", number(1, 14)),
            say("How many times a week; empty: 2, or 1 for a talk or study."),
            field="sessions",
        ),
        Column("shortest", "korteste", SOME_LESSONS, say("Lessons in a session, at least, or 30 min.")),
        Column("longest", "længste", SOME_LESSONS, say("Lessons in a session, at most, or 30 min.")),
        Column("smallest_group", "mindste_gruppe", COUNT, say("Participants in a session, at least.")),
        Column("largest_group", "største_gruppe", COUNT, say("Participants in a session, at most.")),
        Column("most_taught", "flest_undervist", SOME_LESSONS, say("Lessons a week over all its teachers, at most.")),
        Column("every_weeks", "hver_n_uge", WEEKS, say("1: every week, 2: every other week.")),
        ref("place", "sted", "places", say("Where it is held.")),
        Column("different_days", "forskellige_dage", YES, say("Whether its sessions lie on different days.")),
        Column("shown_as", "vises_som", TEXT, say("What feeds call it; empty: its name.")),
        NOTE_COLUMN,
    ),
)

TEACHES = Table(
    "teaches",
    "fagfordeling",
    Teaches,
    say("Who gives which course, and how much of it. The newest valid row wins."),
    (
        ref("teacher", "underviser", "teachers", say("Who."), required=True),
        ref("course", "fag", "courses", say("What."), required=True),
        Column("least", "mindst", LESSONS, say("Lessons a week, at least.")),
        Column("most", "højst", LESSONS, say("Lessons a week, at most.")),
        *VALID,
        NOTE_COLUMN,
    ),
)

TAKES = Table(
    "takes",
    "fagvalg",
    Takes,
    say("Who takes which course. Without this table everyone takes every course."),
    (
        ref("who", "hvem", "participants teams", say("A participant, a team, or all."), required=True, words="all"),
        ref("course", "fag", "courses", say("What."), required=True),
        Column("lessons_per_week", "lektioner_om_ugen", LESSONS, say("Empty: as the course says."), field="wanted"),
        Column("fewest", "mindst", LESSONS, say("Empty: as the course says.")),
        Column("most", "højst", LESSONS, say("Empty: as the course says.")),
        *VALID,
        NOTE_COLUMN,
    ),
)
