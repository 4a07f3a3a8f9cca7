"""The sheets of a new term, before anybody has written in them: headings, a line of explanation, an example.

All of it comes from the one list of columns, in the language asked for. Lines that begin with `# ` are for the reader
only: the explanation in the second line, and in the third an example to write over or leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta

from .cells import NotRead, read_date, read_days, read_time
from .columns import DATE, DAY, DAYS, KEYS, TABLES, TERM, TIME, YES, Column, Table
from .dates import Week, clock
from .facts import Settings
from .known_days import KnownDay
from .words import Text, say

SHORT_FORM = ("term", "participants", "teachers")  # enough for a team; the others are advanced
DAY_NAMES = {
    "da": ("man", "tir", "ons", "tor", "fre", "lør", "søn"),
    "en": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
}
YES_NO = {"da": {"yes": "ja", "no": "nej"}, "en": {"yes": "yes", "no": "no"}}
REMARK = "# "
EXAMPLE_START = date(2027, 1, 4)  # the Monday with which the examples' term begins; another term's are moved by weeks
Cells = Mapping[str, str | Text]  # by the column's English name, as it is written in English

EXAMPLES: Mapping[str, Cells] = {
    "participants": {
        "label": say("Participant A"),
        "language_days": "mon wed",
        "language_place": "Horsens",
        "earliest": "08:30",
        "latest": "14:45",
    },
    "teachers": {
        "label": say("Teacher 1"),
        "course": "mat",
        "least": "2",
        "most": "4",
        "days": "mon-wed fri",
        "from": "08:30",
        "to": "13:45",
    },
    "periods": {"id": "P1", "start": "08:30", "end": "09:15", "days": "mon-fri"},
    "places": {"id": "skolen", "name": say("The school"), "shown_as": say("The school")},
    "travel": {"from": "skolen", "to": "Horsens", "minutes": "45"},
    "rooms": {"id": "lokale 1", "place": "skolen", "seats": "12"},
    "courses": {
        "id": "mat",
        "name": "Matematik",
        "name_en": "Mathematics",
        "kind": "lesson",
        "lessons_per_week": "3",
        "fewest": "2",
        "most": "4",
        "sessions_per_week": "2",
        "shortest": "1",
        "longest": "2",
        "place": "skolen",
    },
    "teaches": {"teacher": say("Teacher 1"), "course": "mat", "least": "2", "most": "4"},
    "takes": {"who": say("Participant A"), "course": "mat", "lessons_per_week": "4"},
    "availability": {"who": "lokale 1", "day": "wed", "from": "12:00", "to": "16:00", "kind": "busy"},
    "commitments": {
        "who": say("Participant A"),
        "title": say("Internship"),
        "day": "tue thu",
        "from": "08:00",
        "to": "12:00",
        "kind": "work",
        "valid_from": "2027-05-03",
    },
    "absences": {
        "who": say("Participant A"),
        "from_date": "2027-05-12",
        "from": "09:00",
        "to": "13:00",
        "title": "PD2",
        "kind": "exam",
    },
    "closures": {"from_date": "2027-02-15", "to_date": "2027-02-19", "who": "all", "reason": say("Holiday")},
    "modes": {"from_date": "2027-03-15", "to_date": "2027-06-04", "mode": "online"},
    "pairs": {"a": say("Participant A"), "b": say("Participant B"), "kind": "together", "hard": "no"},
    "locks": {"participant": say("Participant A"), "course": "mat", "day": "fri", "start": "08:30"},
    "prices": {"name": "attendance_day", "minutes": "90", "who": say("Participant A")},
}


@dataclass(frozen=True)
class Blank:
    """A sheet to be filled in. `explained`, `example` and `rows` are text, in the language of the sheet."""

    table: Table
    language: str
    rows: tuple[tuple[str, ...], ...] = ()
    keys: tuple[Column, ...] = ()  # of the term sheet: what each row is about
    start: date = EXAMPLE_START

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.table.columns

    @property
    def title(self) -> str:
        return self.table.danish if self.language == "da" else self.table.name

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(called(c, self.language) for c in self.columns)

    @property
    def is_advanced(self) -> bool:
        return self.table.name not in SHORT_FORM

    @property
    def about(self) -> str:
        """What the sheet is for."""
        may_be_empty = say("You may leave this sheet empty.").to(self.language) if self.is_advanced else ""
        return f"{self.table.about.to(self.language)} {may_be_empty}".strip()

    @property
    def explained(self) -> tuple[str, ...]:
        """What each column is, as a line that the reader passes over."""
        must = say("Must be filled in.").to(self.language)
        told = [f"{c.about.to(self.language)} {must if c.required else ''}".strip() for c in self.columns]
        return (REMARK + told[0], *told[1:])

    @property
    def example(self) -> tuple[str, ...]:
        """A line as it might be, that the reader passes over; empty for the term."""
        if self.table is TERM:
            return ()
        cells = in_language(self.table, moved(self.table, EXAMPLES[self.table.name], self.start), self.language)
        first = next(i for i, text in enumerate(cells) if text)
        return tuple(REMARK + text if i == first else text for i, text in enumerate(cells))


def called(column: Column, language: str) -> str:
    return column.danish if language == "da" else column.name


def blanks(language: str, rows: Mapping[str, Iterable[Cells]]) -> list[Blank]:
    """Every sheet, the short form first. `rows`: what stands in them already, by table, in English."""
    found = []
    settings = {str(row["key"]): str(row["value"]) for row in rows.get("term", ())}
    start = _start(settings)
    for table in sorted(TABLES, key=lambda t: t.name not in SHORT_FORM):
        if table is TERM:
            found.append(_term(language, settings))
        else:
            lines = tuple(in_language(table, cells, language) for cells in rows.get(table.name, ()))
            found.append(Blank(table, language, lines, start=start))
    return found


def _start(settings: Mapping[str, str]) -> date:
    """The first day of the term, if it is known yet."""
    try:
        return read_date(settings.get("start", ""), 0)
    except NotRead:
        return EXAMPLE_START


def moved(table: Table, cells: Cells, start: date) -> Cells:
    """An example's cells with its dates as far into a term that starts then."""
    weeks = timedelta(days=(start - EXAMPLE_START).days // 7 * 7)
    dates = {c.name for c in table.columns if c.kind is DATE} & cells.keys()
    return {**cells, **{name: (date.fromisoformat(str(cells[name])) + weeks).isoformat() for name in sorted(dates)}}


def _term(language: str, values: Mapping[str, str]) -> Blank:
    """One row a setting, with what it means beside it, and what it is if nothing is written."""
    usual = {f.name: f.default for f in fields(Settings) if f.default is not MISSING}
    lines = []
    for key in KEYS:
        about = key.about.to(language)
        default = usual.get(key.fact)
        if default not in (None, ""):
            about = say("{about} Empty: {default}.", about=about, default=_said(key, default, language)).to(language)
        lines.append((called(key, language), spoken(key, values.get(key.name, ""), language), about))
    return Blank(TERM, language, tuple(lines), KEYS)


def _said(key: Column, default: object, language: str) -> str:
    if isinstance(default, bool):
        return YES_NO[language]["yes" if default else "no"]
    return spoken(key, str(default), language)


def in_language(table: Table, cells: Cells, language: str) -> tuple[str, ...]:
    """A row's cells in the order of the columns, in the words of a language."""
    given = {name: text.to(language) if isinstance(text, Text) else text for name, text in cells.items()}
    return tuple(spoken(c, given.get(c.name, ""), language) for c in table.columns)


def spoken(column: Column, text: str, language: str) -> str:
    """A cell that was written in either language, in the words of one; what can't be read stays as it is."""
    if not text:
        return ""
    try:
        if column.kind in (DAYS, DAY):
            return days_in_words(read_days(text, 0), language)
        if column.kind is TIME:
            return clock(read_time(text, 0))
    except NotRead:
        return text
    if column.kind is YES:
        return YES_NO[language].get(text, text)
    words = dict(column.words)
    return words.get(text, text) if language == "da" else text


def days_in_words(days: Iterable[int], language: str) -> str:
    """Mondays to Wednesdays and Fridays: `mon-wed fri`."""
    names, runs = DAY_NAMES[language], list[list[int]]()
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [f"{names[r[0]]}-{names[r[-1]]}" if len(r) > 2 else " ".join(names[d] for d in r) for r in runs]
    return " ".join(said)


def closure_rows(days: Iterable[KnownDay]) -> list[Cells]:
    """Known days as rows of `closures`."""
    return [
        {"from_date": k.day.isoformat(), "from": clock(k.start) if k.start else "", "who": "all", "reason": k.reason}
        for k in days
    ]


def with_week(cells: Cells) -> Cells:
    """A row of `closures` with its ISO week or weeks beside it."""
    try:
        ends = [read_date(str(cells[name]), 0) for name in ("from_date", "to_date") if cells.get(name)]
    except NotRead:
        return cells
    numbers = list(dict.fromkeys(Week.of(day).number for day in ends))
    return {**cells, "week": "-".join(map(str, numbers))}
