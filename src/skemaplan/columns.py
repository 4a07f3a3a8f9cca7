"""The one list of tables and columns: it drives reading, error messages, `skemaplan new` and the reference page.

Every table, column and term key has an English and a Danish name; both are read everywhere, and mixed. A column's
`field` is the fact's own name for it. `short` columns only write rows of other tables (see `short.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .cells import (
    Kind,
    number,
    one_of,
    read_date,
    read_day,
    read_days,
    read_decimal,
    read_minutes_of_lessons,
    read_note,
    read_some_lessons,
    read_text,
    read_time,
    read_words,
    read_yes,
    read_zone,
    word_key,
)
from .facts import (
    ALL,
    LANGUAGE_SCHOOL,
    Absence,
    Availability,
    Closure,
    Commitment,
    Course,
    Fact,
    Lock,
    Mode,
    Pair,
    Participant,
    Period,
    Place,
    Price,
    Room,
    Settings,
    Takes,
    Teacher,
    Teaches,
    Travel,
)
from .words import Name, Text, say

TEXT = Kind("text", "Deltager A", read_text)
NOTE = Kind("note", "ring first", read_note)
ID = Kind("id", "mat", read_text)
ZONE = Kind("time zone", "Europe/Copenhagen", read_zone)
TIME = Kind("time", "08:30", read_time)
DATE = Kind("date", "2020-02-03", read_date)
DAYS = Kind("days", "mon wed", read_days)
DAY = Kind("day", "mon", read_day)
LESSONS = Kind("lessons", "3", read_minutes_of_lessons)
SOME_LESSONS = Kind("lessons", "2", read_some_lessons)
MINUTES = Kind("minutes", "45", number(0, 1440))
COUNT = Kind("number", "1", number(1, 1000))
AMOUNT = Kind("number", "2", number(0, 1000))
WEEKS = Kind("weeks", "1", number(1, 26))
KM = Kind("kilometres", "12.5", read_decimal)
YES = Kind("yes or no", "yes", read_yes)
WORDS = Kind("words", "ar da", read_words)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a key of `term`."""

    name: str
    danish: str
    kind: Kind
    about: Text
    field: str = ""
    required: bool = False
    short: bool = False
    refers: tuple[str, ...] = ()  # the tables whose ids may stand here
    words: tuple[tuple[str, str], ...] = ()  # English and Danish words that may stand here
    also: tuple[str, ...] = ()  # other headings that are understood

    @property
    def fact(self) -> str:
        """The name of the fact's field; empty where the column is no part of the fact."""
        return "" if self.short or self.kind is NOTE else self.field or self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.danish, *self.also)

    @property
    def called(self) -> Name:
        return Name(self.name, self.danish)


@dataclass(frozen=True)
class Table:
    """A table and its columns in the order in which `new` writes them."""

    name: str
    danish: str
    fact: type[Fact]
    about: Text
    columns: tuple[Column, ...]
    required: bool = False
    also: tuple[str, ...] = ()

    @cached_property
    def column(self) -> Mapping[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def headings(self) -> Mapping[str, Column]:
        """Every heading that is understood, as `word_key` spells it."""
        return {word_key(name): c for c in self.columns for name in c.names}

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.danish, *self.also)

    @property
    def called(self) -> Name:
        return Name(self.name, self.danish)

    @cached_property
    def called_columns(self) -> Mapping[str, Name]:
        return {c.name: c.called for c in self.columns}


def choice(
    name: str, danish: str, words: dict[str, str], about: Text, *, required: bool = False, field: str = ""
) -> Column:
    kind = Kind("word", next(iter(words)), one_of(words))
    return Column(name, danish, kind, about, field=field, required=required, words=tuple(words.items()))


def ref(
    name: str, danish: str, tables: str, about: Text, *, field: str = "", required: bool = False, words: str = ""
) -> Column:
    """A column that holds an id of one of `tables` (or one of a few words that mean more than one)."""
    spoken = {ALL: "alle", LANGUAGE_SCHOOL: "sprogskole"}
    pairs = tuple((w, spoken[w]) for w in words.split())
    return Column(name, danish, ID, about, field=field, required=required, refers=tuple(tables.split()), words=pairs)


PERSONS = "participants teachers"
ANYONE = "participants teachers teams rooms places"

NOTE_COLUMN = Column("note", "bemærkning", NOTE, say("Anything you want to remember."), also=("noter",))
VALID = (
    Column("valid_from", "gælder_fra", DATE, say("First day the row holds; empty: from the start.")),
    Column("valid_to", "gælder_til", DATE, say("Last day the row holds; empty: to the end.")),
)
FROM = Column("from", "fra", TIME, say("From this time; empty: from the morning."), field="start")
TO = Column("to", "til", TIME, say("To this time; empty: to the night."), field="end")
FROM_DATE = Column("from_date", "fra_dato", DATE, say("First day."), required=True, also=("date", "dato"))
TO_DATE = Column("to_date", "til_dato", DATE, say("Last day; empty: one day only."))

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
        Column("name", "navn", ID, say("Which price."), required=True),
        Column("minutes", "minutter", Kind("minutes", "60", number(0, 10_000)), say("What it costs."), required=True),
        ref("who", "hvem", "participants teachers teams", say("For whom; empty: for all.")),
        *VALID,
        NOTE_COLUMN,
    ),
)

TABLES = (
    TERM,
    PARTICIPANTS,
    TEACHERS,
    PERIODS,
    PLACES,
    TRAVEL,
    ROOMS,
    COURSES,
    TEACHES,
    TAKES,
    AVAILABILITY,
    COMMITMENTS,
    ABSENCES,
    CLOSURES,
    MODES,
    PAIRS,
    LOCKS,
    PRICES,
)
TABLE: Mapping[str, Table] = {t.name: t for t in TABLES}
TITLES: Mapping[str, Table] = {word_key(name): t for t in TABLES for name in t.names}
KEY: Mapping[str, Column] = {word_key(name): c for c in KEYS for name in c.names}
