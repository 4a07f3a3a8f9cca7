"""The short form: three sheets are enough. What is short only writes rows of the full tables; then one path reads all.

Rows that are written here come before those that somebody typed, so that a typed row wins where the newest does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .cells import word_key
from .columns import KEY, TABLE
from .errors import InMemory, Origin, Trouble, Where
from .rows import Row, Tables
from .words import say, say_n

LANGUAGE_SCHOOL_TITLE = {"da": "Sprogskole", "en": "Language school"}
BELLS = ("08:30-09:15", "09:15-10:00", "10:15-11:00", "11:00-11:45", "12:15-13:00", "13:00-13:45", "14:00-14:45")
COURSES = (
    {"id": "mat", "name": "Matematik", "name_en": "Mathematics"},
    {"id": "eng", "name": "Engelsk", "name_en": "English"},
    {"id": "saf", "name": "Samfundsforståelse", "name_en": "Understanding Danish society"},
)
CANONICAL_WEEK = {"kind": "lesson", "lessons_per_week": "3", "fewest": "2", "most": "4", "sessions_per_week": "2"}
TALK = {"id": "talk", "name": "Samtale", "name_en": "Talk", "kind": "talk", "lessons_per_week": "1"}


@dataclass(frozen=True, slots=True)
class Through:
    """Where a written row comes from: the row that wrote it, its columns under their names there."""

    origin: Origin
    names: Mapping[str, str]

    def cell(self, column: str) -> Where:
        return self.origin.cell(self.names.get(column, column))

    def heading(self, column: str) -> Where:
        return self.origin.heading(self.names.get(column, column))


def full(tables: Tables, troubles: list[Trouble]) -> Tables:
    """The same tables with every row that the short form stands for."""
    rows = {name: list(found) for name, found in tables.items()}
    rows["commitments"][:0] = _language_days(tables)
    rows["teaches"][:0], rows["availability"][:0] = _given(tables, troubles), _windows(tables)
    rows["places"] = rows["places"] or list(_places(tables))
    rows["courses"] = rows["courses"] or list(_courses(rows["teaches"], troubles))
    if all(row.get("valid_from") or row.get("valid_to") for row in rows["takes"]):  # none, or only for a while
        rows["takes"][:0] = _takes(rows["courses"])
    if not rows["periods"] and not setting(tables, "start_step"):
        rows["periods"] = list(_periods())
    return rows


def setting(tables: Tables, name: str) -> str:
    """What the term table says of a key; empty if nothing."""
    rows = [row for row in tables["term"] if KEY.get(word_key(row.get("key"))) is KEY[name]]
    return rows[-1].get("value") if rows else ""


def own_id(row: Row) -> str:
    """How other tables name a person: by the id, or by the label where there is none."""
    return row.get("id") or row.get("label")


def _own_column(row: Row) -> str:
    return "id" if row.get("id") else "label"


def _language_days(tables: Tables) -> list[Row]:
    """Her days at the language school are a commitment every week."""
    title = LANGUAGE_SCHOOL_TITLE["en" if setting(tables, "language").casefold() in ("en", "engelsk") else "da"]
    names = {"day": "language_days", "place": "language_place"}
    names |= {"from": "language_from", "to": "language_to"}
    written = []
    for row in tables["participants"]:
        if any(row.get(c) for c in ("language_days", "language_place", "language_from", "language_to")):
            cells = {
                "who": own_id(row),
                "title": title,
                "day": row.get("language_days"),
                "from": row.get("language_from") or "08:30",
                "to": row.get("language_to") or "13:00",
                "place": row.get("language_place"),
                "kind": "language_school",
            }
            written.append(_row("commitments", cells, row.origin, {**names, "who": _own_column(row)}))
    return written


def _given(tables: Tables, troubles: list[Trouble]) -> list[Row]:
    """A teacher's course, or courses with commas between. A row without amounts only adds a window to one that has."""
    rows = [(row, c.strip()) for row in tables["teachers"] for c in row.get("course").replace(";", ",").split(",")]
    counted = {(own_id(row), course) for row, course in rows if row.get("least") or row.get("most")}
    written: dict[tuple[str, ...], Row] = {}
    for row, course in rows:
        amount = {"least": row.get("least"), "most": row.get("most")}
        key = (own_id(row), course, *amount.values())
        if any(amount.values()) and not course:
            troubles.append(
                Trouble(row.origin.cell("course"), say("the cell is empty."), say("Say what is taught so much."))
            )
        if course and key not in written and (any(amount.values()) or key[:2] not in counted):
            cells = {"teacher": own_id(row), "course": course, **amount}
            written[key] = _row("teaches", cells, row.origin, {"teacher": _own_column(row)})
    return list(written.values())


def _windows(tables: Tables) -> list[Row]:
    """Days and times of a teacher are a weekly window."""
    return [
        _row(
            "availability",
            {
                "who": own_id(row),
                "day": row.get("days"),
                "from": row.get("from"),
                "to": row.get("to"),
                "kind": "free",
            },
            row.origin,
            {"who": _own_column(row), "day": "days"},
        )
        for row in tables["teachers"]
        if row.get("days") or row.get("from") or row.get("to")
    ]


def _places(tables: Tables) -> Iterator[Row]:
    """Without a table of places, those that participants name."""
    first = {row.get("language_place"): row for row in reversed(tables["participants"]) if row.get("language_place")}
    for place in sorted(first):
        yield _row("places", {"id": place, "name": place}, first[place].origin, {"id": "language_place"})


def _courses(teaches: list[Row], troubles: list[Trouble]) -> Iterator[Row]:
    """The programme's own courses, those that somebody gives (all, if some course is not known: it may be misspelt).

    What is left out is told, unless it is everything: then nobody teaches, which is told elsewhere.
    """
    given = {row.get("course").casefold() for row in teaches}
    programme = [*({**c, **CANONICAL_WEEK} for c in COURSES), TALK]
    called = [{c["id"], c["name"].casefold(), c["name_en"].casefold()} for c in programme]
    misspelt = given - {name for names in called for name in names}
    left_out = []
    for course, names in zip(programme, called, strict=True):
        if given & names or (misspelt and course is not TALK):
            yield _row("courses", course, InMemory(TABLE["courses"].called), {})
        elif course is not TALK:
            left_out.append(course["id"])
    if left_out and given:
        what = say_n(
            "nobody teaches {courses}, so it is left out.",
            "nobody teaches {courses}, so they are left out.",
            n=len(left_out),
            courses=", ".join(left_out),
        )
        right = say("Name who does in teachers, column course.")
        troubles.append(Trouble(TABLE["teachers"].called, what, right, "warning"))


def _takes(courses: list[Row]) -> Iterator[Row]:
    """Everyone takes every course."""
    for course in courses:
        yield _row("takes", {"who": "all", "course": course.get("id")}, course.origin, {"course": "id", "who": "id"})


def _periods() -> Iterator[Row]:
    """Danish bell times: lessons of 45 minutes, a break of half an hour at noon."""
    for i, bell in enumerate(BELLS, 1):
        start, end = bell.split("-")
        yield _row(
            "periods",
            {"id": f"P{i}", "start": start, "end": end, "days": "mon-fri"},
            InMemory(TABLE["periods"].called),
            {},
        )


def _row(table: str, cells: Mapping[str, str], origin: Origin, names: Mapping[str, str]) -> Row:
    filled = {name: text for name, text in cells.items() if text}
    return Row(table, filled, Through(origin, names) if names else origin)
