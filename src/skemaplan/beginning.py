"""Beginning a term: a folder of CSV tables or a workbook to fill in, with the known closed days written in."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from .blank import Blank, Cells, blanks, closure_rows, with_week
from .cells import NotRead, read_date, word_key
from .columns import TITLES
from .disk import Disk, replace_file
from .errors import InputError, Refused, Trouble
from .known_days import known_days
from .rows import rows_of_sheets
from .sheets import folder_sheets
from .words import LANGUAGES, Text, say

When = date | str | None


def new(
    path: str | os.PathLike[str],
    language: str = "da",
    start: When = None,
    end: When = None,
    example: str = "",
    *,
    country: str = "DK",
) -> tuple[Path, ...]:
    """Write the tables of a new term, and say which files were written.

    `path` is a folder for CSV tables, or a workbook if it ends with `.xlsx`. With `start` and `end` (dates, or text as
    in a table) the term has its dates, and public holidays and known half days between them stand in the closures.
    `example` names a term that comes with skemaplan, to be written with all its rows. Nothing is ever overwritten:
    raises Refused if a file is there already or can't be written; InputError if the call makes no sense.
    """
    path = Path(path)
    first, last = _asked(language, start, end, example)
    return write_tables(path, language, _example(example) if example else _dated(language, first, last, country))


def write_tables(path: Path, language: str, rows: Mapping[str, Iterable[Cells]]) -> tuple[Path, ...]:
    """Write the tables of a term with these rows (English columns) in them. Raises Refused; nothing is overwritten."""
    closures = [with_week(cells) for cells in rows.get("closures", ())]
    sheets = blanks(language, {**rows, "closures": closures})
    if path.suffix.lower() == ".xlsx":
        from .workbook_new import workbook_bytes

        return _write({path: workbook_bytes(sheets)})
    if path.exists() and not path.is_dir():
        raise Refused(say("{file} is there already. Name another, or move it away.", file=path))
    return _write({path / f"{sheet.title}.csv": _csv(sheet) for sheet in sheets})


def examples() -> tuple[str, ...]:
    """The names of the terms that come with skemaplan."""
    found = {f.parent.name for place in _places() for f in place.glob("*/term.csv")}
    return tuple(sorted(found))


def _asked(language: str, start: When, end: When, example: str) -> tuple[date | None, date | None]:
    """The two dates. Raises InputError with everything that is wrong with the call."""
    troubles: list[Trouble] = []
    dates = {name: _date(name, value, troubles) for name, value in (("start", start), ("end", end))}
    first, last = dates["start"], dates["end"]
    if language not in LANGUAGES:
        what = say("there is no language {value}.", value=repr(language))
        troubles.append(Trouble("language", what, say("Write one of: {words}.", words=", ".join(LANGUAGES))))
    if first and last and first > last:
        right = say("It must be after {first}.", first=first)
        troubles.append(Trouble("end", say("{last} is before the start.", last=last), right))
    if bool(start) != bool(end):
        what = say("a term needs both dates.")
        troubles.append(Trouble("end" if start else "start", what, say("Give both, or neither.")))
    if example and (start or end):
        troubles.append(Trouble("example", say("an example has its own dates."), say("Leave out start and end.")))
    if example and example not in examples():
        what = say("there is no {value}.", value=repr(example))
        troubles.append(Trouble("example", what, say("Known: {known}.", known=", ".join(examples()) or "-")))
    if troubles:
        raise InputError(troubles)
    return first, last


def _date(name: str, value: When, troubles: list[Trouble]) -> date | None:
    if not isinstance(value, str):
        return value
    try:
        return read_date(value, 0)
    except NotRead as no:
        troubles.append(Trouble(name, no.what, no.right))
        return None


def _dated(language: str, first: date | None, last: date | None, country: str) -> dict[str, list[Cells]]:
    """The dates of the term, and what is closed within them."""
    keys: dict[str, str | Text] = {"language": language if language != "da" else ""}
    keys |= {"country": country if country != "DK" else ""}
    if first is None or last is None:
        return {"term": _keys(keys)}
    keys |= {"start": first.isoformat(), "end": last.isoformat()}
    return {"term": _keys(keys), "closures": closure_rows(known_days(first, last, country, language))}


def _keys(values: dict[str, str | Text]) -> list[Cells]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _example(name: str) -> dict[str, list[Cells]]:
    """The rows of a term that comes with skemaplan."""
    folder = next(place / name for place in _places() if (place / name / "term.csv").is_file())
    troubles: list[Trouble] = []
    typed = rows_of_sheets(folder_sheets(folder, troubles), troubles)
    if troubles:
        raise InputError(troubles)
    return {table: [dict(row.cells) for row in rows] for table, rows in typed.rows.items()}


def _places() -> tuple[Path, ...]:
    """Where examples lie: in the installed package, or in the repository that an editable install points to."""
    package = Path(__file__).resolve().parent
    return tuple(place for place in (package / "examples", package.parents[1] / "examples") if place.is_dir())


def _csv(sheet: Blank) -> bytes:
    """A sheet as spreadsheets of its language open it: with semicolons in Danish, and a mark that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if sheet.language == "da" else ",", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerow(sheet.explained)
    if sheet.example and not sheet.rows:
        writer.writerow(sheet.example)
    writer.writerows(sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _write(files: dict[Path, bytes]) -> tuple[Path, ...]:
    """All of the files, or none if one of them is there, or the same table under its name in another language."""
    folders = {f.parent for f in files if f.suffix == ".csv"}
    tables = {f for folder in folders for f in folder.glob("*.csv") if word_key(f.stem) in TITLES}
    there = sorted(str(f) for f in {f for f in files if os.path.lexists(f)} | tables)
    if there:
        raise Refused(say("{file} is there already. Name another, or move it away.", file=_listed(there)))
    disk = Disk()
    try:
        for file, data in files.items():
            if not file.parent.is_dir():
                disk.make(file.parent)
            replace_file(disk, file, data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(say("{file} cannot be written ({reason}).", file=file, reason=reason)) from error
    return tuple(files)


def _listed(files: Iterable[str]) -> str:
    return ", ".join(files)
