"""The table of the term itself, and the keys that may stand in it."""

from __future__ import annotations

from ..cells import Kind, number
from ..facts import Settings
from ..words import say
from .column import NOTE_COLUMN, Column, Table, choice
from .kind import AMOUNT, DATE, ID, MINUTES, TEXT, TIME, YES, ZONE

KEYS = (
    Column("name", "navn", TEXT, say("What the term is called."), required=True),
    Column("start", "start", DATE, say("First day of the term."), required=True),
    Column("end", "slut", DATE, say("Last day of the term."), required=True),
    Column("timezone", "tidszone", ZONE, say("Time zone of all times.")),
    choice("language", "sprog", {"da": "dansk", "en": "engelsk"}, say("Language of feeds and pages.")),
    Column("country", "land", TEXT, say("Country whose public holidays `new` fills in.")),
    Column("lesson_minutes", "lektionsminutter", Kind("minutes", "45", number(10, 240)), say("Minutes of a lesson.")),
    Column(
        "weekly_target",
        "ugemål",
        AMOUNT,
        say("Lessons a participant's week should hold, language school and talks counted."),
    ),
    Column("weekly_tolerance", "ugemål_tolerance", AMOUNT, say("Lessons a week may be off that target.")),
    Column(
        "teaching_weeks", "undervisningsuger", AMOUNT, say("Teaching weeks each participant should have; checked only.")
    ),
    choice(
        "short_weeks",
        "korte_uger",
        {"keep": "behold", "refill": "fyld"},
        say("A week with a closed day: lose what falls there, or win it back."),
    ),
    Column("moves_per_lesson", "flytninger_pr_lektion", AMOUNT, say("Moves that winning back one lesson may cost.")),
    Column("make_up", "indhent", YES, say("Whether lost lessons are made up in later weeks.")),
    Column("freeze_days", "frosne_dage", AMOUNT, say("Working days ahead in which nothing moves by itself.")),
    Column(
        "longest_break_inside",
        "længste_pause_indeni",
        MINUTES,
        say("Minutes of the longest break a session runs across."),
    ),
    Column(
        "cycle_weeks",
        "uger_i_cyklus",
        Kind("weeks", "1", number(1, 4, besides=(3,))),
        say("Weeks after which the plan repeats: 1, 2 or 4."),
    ),
    Column(
        "start_step",
        "starttrin",
        Kind("minutes", "15", number(5, 240)),
        say("Minutes between starts, without bell times."),
    ),
    Column("day_start", "dagen_starter", TIME, say("First start of a day, without bell times.")),
    Column("day_end", "dagen_slutter", TIME, say("End of a day, without bell times.")),
    Column(
        "online_after", "pause_til_online", MINUTES, say("Minutes between something in person and something online.")
    ),
    choice(
        "cancelled_status",
        "status_for_aflyst",
        {"CONFIRMED": "CONFIRMED", "CANCELLED": "CANCELLED"},
        say("What calendars are told of a cancelled session."),
    ),
    Column("reminder", "påmindelse", MINUTES, say("Minutes before a session that calendars remind of it.")),
    Column("show_commitments", "vis_faste_aftaler", YES, say("Whether language school and the like stand in feeds.")),
    Column("show_participants", "vis_deltagere", YES, say("Whether teachers' feeds name who comes; if not, how many.")),
    Column("calendar_name", "kalendernavn", TEXT, say("What the calendar is called.")),
)

TERM = Table(
    "term",
    "forløb",
    Settings,
    say("The term itself, one setting in a row; everything but name, start and end has a default."),
    (
        Column("key", "nøgle", ID, say("What is set."), required=True),
        Column("value", "værdi", TEXT, say("What it is set to.")),
        NOTE_COLUMN,
    ),
    required=True,
)
