"""The report as an Excel workbook: real tables with frozen headings, formats, two charts, and no formula anywhere.

Whatever somebody typed stays text: a label that begins with = + - or @ is written as text and marked to stay so when
the cell is edited. In CSV, where nothing can say so, such a text gets an apostrophe before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from .disk import Disk, replace_file
from .publishing.wording import plain
from .words import say

if TYPE_CHECKING:
    import pandas as pd

SERIES = 12  # so many lines can be told apart in a chart
WHOLE = frozenset(
    {
        "seats",
        "most_people",
        "low",
        "high",
        "days",
        "online_days",
        "trips",
        "minutes",
        "minutes_between",
        "transport_minutes",
        "sessions",
    }
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def headings(language: str) -> Mapping[str, str]:
    """What a reader sees over each column and on each sheet."""
    texts = {
        "summary": say("Summary"), "hours": say("Hours"), "courses": say("Courses"), "missing": say("Missing"),
        "weeks": say("Week by week"), "made_up": say("Made up"), "given": say("Given this week"),
        "held_in": say("Made up in"), "lessons_made_up": say("Lessons made up"),
        "teachers": say("Teachers"), "attendance": say("Attendance"), "rooms": say("Rooms"), "charts": say("Charts"),
        "measure": say("Measure"), "value": say("Number"), "participant": say("Participant"), "label": say("Name"),
        "week": say("Week"), "teaching": say("Lessons"), "talks": say("Talks"), "homework": say("Homework"),
        "language_school": say("Language school"), "other": say("Other"), "total": say("In all"),
        "low": say("Target from"), "high": say("Target to"), "band": say("Against the target"),
        "transport_minutes": say("Minutes on the way"), "course": say("Course"), "wanted": say("Wanted"),
        "course_name": say("Name of the course"),
        "held": say("Held"), "lost": say("Lost"), "unmet": say("Unmet"), "kind": say("Kind"),
        "lessons": say("Lessons"), "reason": say("Why"), "teacher": say("Teacher"), "least": say("Least"),
        "most": say("Most"), "below": say("Below the least"), "month": say("Month"), "days": say("Days of attendance"),
        "online_days": say("Days online"), "trips": say("Trips, one way"),
        "minutes_between": say("Minutes between places"), "km_between": say("Km between places"), "room": say("Room"),
        "sessions": say("Sessions"), "minutes": say("Minutes"), "most_people": say("Most people at once"),
        "seats": say("Seats"), "filled": say("Filled on average"),
        "is below": say("below"), "is within": say("within"), "is above": say("above"), "yes": say("yes"),
        "participants": say("Participants"), "teaching_weeks": say("Teaching weeks"),
        "lessons_wanted": say("Lessons wanted"), "lessons_held": say("Lessons held"),
        "lessons_lost": say("Lessons lost"), "lessons_unmet": say("Lessons unmet"),
        "a_week_least": say("Lessons a week, least of anybody"), "a_week_middle": say("Lessons a week, median"),
        "a_week_most": say("Lessons a week, most of anybody"), "weeks_of_participants": say("Weeks of participants"),
        "hours chart": say("Lessons a week in all, against the target"),
        "teachers chart": say("Lessons a week on average, least and most"),
        "inconvenience": say("Inconvenience"), "rule": say("Rule"), "what": say("What for"),
        "average": say("average"), "smallest": say("smallest"), "largest": say("largest"),
    }  # fmt: skip
    return {name: text.to(language) for name, text in texts.items()}


_TOLD = {"kind": "{}", "measure": "{}", "band": "is {}"}  # columns whose values are words of ours, and as which heading
_HEAD = PatternFill("solid", fgColor="1F4E79")  # also where a program draws no tables


def write_report(
    frames: Mapping[str, pd.DataFrame], path: Path, language: str = "da", disk: Disk | None = None
) -> None:
    """Write the frames of `report` as a workbook, whole or not at all."""
    import io

    buffer = io.BytesIO()
    workbook(frames, language).save(buffer)
    replace_file(disk or Disk(), path, buffer.getvalue())


def write_csv(frames: Mapping[str, pd.DataFrame], folder: Path, disk: Disk | None = None) -> None:
    """Write the frames of `report` as CSV files in a folder, in UTF-8, one for each name."""
    disk = disk or Disk()
    disk.make(folder)
    for name, frame in frames.items():
        guarded = frame.map(lambda x: f"'{x}" if isinstance(x, str) and x.startswith(FORMULA) else x)
        text = guarded.to_csv(index=False, lineterminator=os.linesep)
        replace_file(disk, folder / f"{name}.csv", text.encode("utf-8-sig"))


def workbook(frames: Mapping[str, pd.DataFrame], language: str = "da") -> Workbook:
    words = headings(language)
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for name, frame in frames.items():
        rows = [[_told(column, value, words) for column, value in zip(frame.columns, row, strict=True)]
                for row in frame.itertuples(index=False)]  # fmt: skip
        _sheet(book, name, words[name], list(frame.columns), [words[c] for c in frame.columns], rows)
    charts = book.create_sheet(words["charts"])
    for column in range(1, SERIES + 4):
        charts.column_dimensions[get_column_letter(column)].width = 40 if column == 1 else 14
    _on_paper(charts, pages=1)
    next_row = _hours_chart(charts, frames["hours"], words)
    _teachers_chart(charts, frames["teachers"], words, next_row)
    return book


def _told(column: str, value: Any, words: Mapping[str, str]) -> object:
    if column in _TOLD:
        return words.get(_TOLD[column].format(value), value)
    if isinstance(value, str):
        return value
    if value is None or value != value:  # a missing number is no number
        return None
    if column == "below":
        return words["yes"] if value else None
    return float(value)


def _sheet(
    book: Workbook, name: str, title: str, columns: list[str], heads: list[str], rows: Sequence[Sequence[object]]
) -> None:
    sheet = book.create_sheet(title)
    _write(sheet, 1, [distinct(heads), *rows])
    sheet.freeze_panes = "A2"
    for n, column in enumerate(columns, 1):
        values = [row[n - 1] for row in rows]
        longest = max([len(heads[n - 1]) + 4, *(len(str(value)) for value in values[:500])])
        sheet.column_dimensions[get_column_letter(n)].width = min(60, max(9, longest + 2))
        is_number = any(isinstance(value, float) for value in values)
        for (cell,) in sheet.iter_rows(1, len(rows) + 1, n, n):
            cell.number_format = _format(column, cell.value)
            indent = 0 if is_number else 1
            cell.alignment = Alignment(
                "right" if is_number else "left", "top", wrap_text=column in ("reason", "what"), indent=indent
            )
    for cell in sheet[1]:
        cell.font, cell.fill = Font("Calibri", 11, bold=True, color="FFFFFF"), _HEAD
    if rows:
        table = Table(displayName=f"t_{name}", ref=f"A1:{get_column_letter(len(columns))}{len(rows) + 1}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
        sheet.add_table(table)
    sheet.print_title_rows = "1:1"
    _on_paper(sheet)


def _format(column: str, value: object) -> str:
    """Whole things have no decimals; nor has the nameless summary where it counts."""
    if column == "filled":
        return "0%"
    is_whole = column in WHOLE or (column == "value" and isinstance(value, float) and value.is_integer())
    return "0" if is_whole else "0.0"


def _on_paper(sheet: Worksheet, pages: int = 0) -> None:
    """Lying, as wide as a page, and on so many of them (0: as many as it takes)."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def distinct(heads: list[str]) -> list[str]:
    """A table's headings must differ, and not only in case; a second "Lessons" becomes "Lessons 2"."""
    folded = [h.casefold() for h in heads]
    return [f"{h} {folded[:n].count(folded[n]) + 1}" if folded[n] in folded[:n] else h for n, h in enumerate(heads)]


def _write(sheet: Worksheet, first: int, rows: Iterable[Sequence[object]]) -> int:
    """Write rows from row `first` on. Returns the row after them. A text is text, whatever it begins with."""
    at = first
    for at, row in enumerate(rows, first):
        for n, value in enumerate(row, 1):
            if value is None:
                continue
            cell = sheet.cell(at, n)
            if isinstance(value, str):
                cell.value = plain(value)
                cell.data_type = "s"
                if plain(value).startswith(FORMULA):
                    cell.quotePrefix = True
            else:
                cell.value = value  # type: ignore[assignment]
                cell.number_format = "0.0"
    return at + 1


def _hours_chart(sheet: Worksheet, hours: pd.DataFrame, words: Mapping[str, str]) -> int:
    """Each participant's weeks against the band; of many only the smallest, average and largest. Its data above it."""
    if hours.empty:
        return 1
    if hours["participant"].nunique() <= SERIES:
        lines = hours.pivot_table(index="week", columns="participant", values="total", sort=True)
        names = dict(zip(hours["participant"], hours["label"], strict=True))
        heads = distinct([plain(names[c]) for c in lines.columns])
    else:
        lines = hours.groupby("week")["total"].agg(["min", "mean", "max"])
        heads = [words["smallest"], words["average"], words["largest"]]
    band = hours.groupby("week")[["low", "high"]].first()
    rows = [
        [week, *(None if x != x else float(x) for x in lines.loc[week]), *map(float, band.loc[week])]
        for week in lines.index
    ]
    after = _write(sheet, 1, [[words["week"], *heads, words["low"], words["high"]], *rows])
    chart = LineChart()
    chart.title, chart.height, chart.width = words["hours chart"], 9, 26
    chart.add_data(
        Reference(sheet, min_col=2, max_col=len(heads) + 3, min_row=1, max_row=after - 1), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=after - 1))
    for line in chart.series:
        line.smooth = False
    for line in chart.series[-2:]:
        line.graphicalProperties.line.dashStyle = "dash"
        line.graphicalProperties.line.solidFill = "808080"
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{after + 1}")
    return after + 20


def _teachers_chart(sheet: Worksheet, teachers: pd.DataFrame, words: Mapping[str, str], first: int) -> None:
    """How much each teacher gives of each course a week, on average, beside her least and most."""
    if teachers.empty:
        return
    means = teachers.groupby(["label", "course_name"])[["lessons", "least", "most"]].mean()
    rows = [
        [f"{label} · {course}", *(None if x != x else float(x) for x in row)]
        for (label, course), row in zip(means.index, means.itertuples(index=False), strict=True)
    ]
    heads = [words["teacher"], words["average"], words["least"], words["most"]]
    after = _write(sheet, first, [heads, *rows])
    chart = BarChart()
    chart.type, chart.title, chart.width = "bar", words["teachers chart"], 26
    chart.height = min(40, 4 + len(rows))
    chart.add_data(Reference(sheet, min_col=2, max_col=4, min_row=first, max_row=after - 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=after - 1))
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{after + 1}")
