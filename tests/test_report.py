"""The report: every number agrees with the lessons that are exported, and no label is ever a formula."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from accounting import disagreements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from plans import ROWS, make_plan, small_problem
from test_making_up import a_week_lost, drawn

from skemaplan.facts import Travel
from skemaplan.planning.term import plan as plan_term
from skemaplan.report import lessons, report
from skemaplan.report_file import write_csv, write_report
from skemaplan.schedule import TermPlan
from skemaplan.summary import summarise

LESSON = 45


def taught(plan: TermPlan) -> pd.DataFrame:
    """The exported lessons, with how long each is (no session of the small term has a break inside)."""
    frame = lessons(plan)

    def minutes(times: pd.Series) -> pd.Series:
        return times.map(lambda t: int(t[:2]) * 60 + int(t[3:]))

    return frame.assign(lessons=(minutes(frame["end"]) - minutes(frame["start"])) / LESSON)


def test_hours_add_up_to_the_exported_lessons() -> None:
    plan = make_plan()
    hours, exported = report(plan)["hours"], taught(plan)
    week = exported["date"].map(lambda d: "{}-W{:02}".format(*d.isocalendar()[:2]))

    ours = hours.assign(held=hours["teaching"] + hours["talks"]).set_index(["participant", "week"])["held"]
    theirs = exported.groupby(["participant", week.rename("week")])["lessons"].sum()
    assert ours[ours > 0].sort_index().to_dict() == theirs.sort_index().to_dict()
    talks = exported[exported["course"] == "talk"]["lessons"].sum()
    assert hours["talks"].sum() == talks > 0


def test_a_week_in_all_is_the_sum_of_its_kinds() -> None:
    hours = report(make_plan())["hours"]

    kinds = hours[["teaching", "talks", "homework", "language_school", "other"]].sum(axis=1)
    assert (kinds == hours["total"]).all()
    assert set(hours["band"]) == {"below"}
    assert hours["language_school"].sum() > 0


def test_wanted_is_held_and_lost_and_unmet() -> None:
    plan = make_plan()
    frames, exported = report(plan), taught(plan)
    courses = frames["courses"]

    assert (courses["wanted"] == courses["held"] + courses["made_up"] + courses["lost"] + courses["unmet"]).all()
    held = courses.set_index(["participant", "course"])["held"]
    assert held[held > 0].to_dict() == exported.groupby(["participant", "course"])["lessons"].sum().to_dict()
    missing = frames["missing"].groupby("kind")["lessons"].sum()
    assert (missing["lost"], missing["unmet"]) == (courses["lost"].sum(), courses["unmet"].sum()) == (4, 4)
    assert set(frames["missing"]["reason"]) == {"no room", *(r for r in frames["missing"]["reason"] if "Easter" in r)}


AMOUNTS = ["wanted", "held", "made_up", "lost", "unmet"]


@pytest.mark.parametrize("seed", [*range(12), None])
def test_week_by_week_adds_up_to_the_exported_lessons_and_to_the_term(seed: int | None) -> None:
    """Each week: wanted is held, made up, lost and unmet, and what is given is what is exported. Summed: the same."""
    plan = make_plan() if seed is None else plan_term(drawn(seed))
    frames, exported = report(plan), taught(plan)
    weeks = frames["weeks"].astype(dict.fromkeys([*AMOUNTS, "given"], float))

    assert (weeks["wanted"] - weeks[AMOUNTS[1:]].sum(axis=1)).abs().max() == 0
    of = exported["date"].map(lambda d: "{}-W{:02}".format(*d.isocalendar()[:2])).rename("week")
    given = weeks[weeks["given"] > 0].set_index(["participant", "week", "course"])["given"]
    assert given.to_dict() == exported.groupby(["participant", of, "course"])["lessons"].sum().to_dict()

    summed = weeks.groupby(["participant", "course"])[[*AMOUNTS, "given"]].sum()
    assert (summed["held"] + summed["made_up"] - summed["given"]).abs().max() == 0
    courses = frames["courses"].set_index(["participant", "course"])[AMOUNTS]
    assert summed[AMOUNTS].to_dict() == courses.astype(float).sort_index().to_dict()
    missing = frames["missing"].groupby("kind")["lessons"].sum().to_dict()
    assert missing == {k: n for k in ("lost", "made_up", "unmet") if (n := courses[k].sum())}
    nameless = frames["summary"].set_index("measure")["value"]
    assert nameless["lessons_made_up"] == courses["made_up"].sum()
    assert summarise(plan).all.given == nameless["lessons_held"] * LESSON + nameless["lessons_made_up"] * LESSON


@pytest.mark.parametrize("seed", [*range(12), None])
def test_every_number_is_what_the_export_and_the_calendars_add_up_to(seed: int | None) -> None:
    plan = make_plan() if seed is None else plan_term(drawn(seed))
    assert list(disagreements(plan)) == []


def test_a_number_that_is_not_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The adding up is not blind: a lesson too many, a day too few, a room too full."""
    plan = make_plan()
    frames = report(plan)
    for name, column in (
        ("hours", "teaching"), ("attendance", "days"), ("rooms", "most_people"), ("teachers", "lessons"),
        ("weeks", "given"),
    ):  # fmt: skip
        frames[name][column] = frames[name][column] + 1
    monkeypatch.setattr("accounting.report", lambda plan: frames)

    assert {line.split()[0] for line in disagreements(plan)} >= {"hours", "attendance", "rooms", "teachers", "weeks"}


def test_a_lesson_made_up_is_told_with_the_week_that_lost_it_and_the_one_that_gives_it() -> None:
    plan = plan_term(a_week_lost())
    frames = report(plan, "en")
    rows = frames["missing"][["participant", "week", "kind", "lessons", "held_in"]].to_dict("records")
    lost, held = (str(week) for week in list(plan.weeks)[:2])
    assert rows == [{"participant": p, "week": lost, "kind": "made_up", "lessons": 1.0, "held_in": held} for p in "AB"]
    weeks = frames["weeks"].query("course == 'mat' and participant == 'A'").set_index("week")
    assert list(weeks.loc[lost, [*AMOUNTS, "given"]]) == [1, 0, 1, 0, 0, 0]
    assert list(weeks.loc[held, [*AMOUNTS, "given"]]) == [1, 1, 0, 0, 0, 2]


def test_teachers_and_rooms_add_up_too() -> None:
    plan = make_plan()
    frames, exported = report(plan), taught(plan)
    once = exported.drop_duplicates("session")

    teachers = frames["teachers"].groupby("teacher")["lessons"].sum()
    assert teachers[teachers > 0].to_dict() == once.groupby("teacher")["lessons"].sum().to_dict()
    rooms = frames["rooms"].groupby("room")["sessions"].sum()
    assert rooms.to_dict() == once[once["room"] != ""].groupby("room")["session"].count().to_dict()


def test_a_teacher_below_her_least_is_said_to_be() -> None:
    problem = small_problem()
    rows = tuple(replace(t, least=180, most=270) for t in problem.teaches)
    teachers = report(make_plan(replace(problem, teaches=rows)))["teachers"]

    mat = teachers[teachers["course"] == "mat"].set_index("week")
    assert mat[["lessons", "least", "most", "below"]].to_dict("index")["2026-W13"] == {
        "lessons": 4.0,
        "least": 4.0,
        "most": 6.0,
        "below": False,
    }
    eng = teachers[teachers["course"] == "eng"].set_index("week")
    assert bool(eng.loc["2026-W13", "below"])


def test_days_and_trips_of_a_month() -> None:
    ways = (
        Travel(start="sprog", end="stob", minutes=45, km=12.5),
        Travel(start="stob", end="jobcenter", minutes=5),
        Travel(start="sprog", end="jobcenter", minutes=45),
    )
    rows = (*ROWS[:3], ("2026-03-23", "14:00-14:45", "mat", "U-MAT", "Lokale 1", "A"), *ROWS[5:6])
    attendance = report(make_plan(small_problem(travel=ways), rows))["attendance"]
    march, april = (
        attendance[(attendance["participant"] == "A") & (attendance["month"] == m)].iloc[0]
        for m in ("2026-03", "2026-04")
    )

    # 23: language school, then a lesson; 24: a lesson; 27: lessons and a talk next door; 30: language school.
    assert (march["days"], march["trips"]) == (4, 3 + 2 + 3 + 2)
    assert (march["minutes_between"], march["km_between"]) == (45 + 5, 12.5)
    assert (april["days"], april["online_days"], april["trips"]) == (0, 1, 0)


def test_the_summary_names_nobody_and_agrees() -> None:
    plan = make_plan()
    frames = report(plan)
    summary = frames["summary"].set_index("measure")["value"]

    assert summary["lessons_held"] == frames["courses"]["held"].sum() == taught(plan)["lessons"].sum()
    assert summary["lessons_lost"] == frames["missing"].query("kind == 'lost'")["lessons"].sum()
    assert "Deltager" not in frames["summary"].to_string()


def test_a_term_without_anything_has_a_report(tmp_path: Path) -> None:
    plan = TermPlan(small_problem(), {})
    frames = report(plan)
    write_report(frames, tmp_path / "report.xlsx")

    assert frames["hours"].empty
    assert len(load_workbook(tmp_path / "report.xlsx").worksheets) == 9


def test_the_workbook_has_tables_that_say_what_the_frames_say(tmp_path: Path) -> None:
    frames = report(make_plan(), "en")
    write_report(frames, tmp_path / "report.xlsx", "en")
    book = load_workbook(tmp_path / "report.xlsx")

    sheets = ["Summary", "Hours", "Courses", "Week by week", "Missing", "Teachers", "Attendance", "Rooms", "Charts"]
    assert book.sheetnames == sheets
    for sheet, (name, frame) in zip(book.worksheets, frames.items(), strict=False):
        (table,) = sheet.tables.values()
        assert table.ref.endswith(str(len(frame) + 1)), name
        assert sheet.freeze_panes == "A2"
        heads = [cell.value for cell in sheet[1]]
        assert len(set(heads)) == len(heads) == len(frame.columns)
        assert [c.name for c in table.tableColumns] == heads
    totals = [row[8] for row in book["Hours"].iter_rows(2, values_only=True)]
    assert totals == pytest.approx(frames["hours"]["total"].tolist())


def test_charts_draw_a_line_for_each_participant_and_the_band_and_a_bar_for_each_teachers_course(
    tmp_path: Path,
) -> None:
    """A chart is looked at and believed: each of its series is one column of its data, called what that is headed."""
    frames = report(make_plan(), "en")
    write_report(frames, tmp_path / "report.xlsx", "en")
    cells = load_workbook(tmp_path / "report.xlsx")["Charts"]

    def at(ref: str) -> list[object]:
        found = cells[ref.split("!")[1].replace("$", "")]
        return [cell.value for (cell,) in found] if isinstance(found, tuple) else [found.value]

    with ZipFile(tmp_path / "report.xlsx") as parts:
        drawn = [parts.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2)]
    series = [
        {at(name)[0]: (at(along), at(values)) for name, along, values in re.findall(SERIES, chart, re.DOTALL)}
        for chart in drawn
    ]

    hours = frames["hours"]
    assert list(series[0]) == [*dict.fromkeys(hours["label"]), "Target from", "Target to"]
    for label, (weeks, values) in list(series[0].items())[:-2]:
        assert (
            dict(zip(weeks, values, strict=True)) == hours[hours["label"] == label].set_index("week")["total"].to_dict()
        )
    assert list(series[1]) == ["average", "Least", "Most"]
    teachers = frames["teachers"].groupby(["label", "course_name"])["lessons"].mean()
    names, averages = series[1]["average"]
    assert names == [f"{t} · {c}" for t, c in teachers.index]
    assert averages == pytest.approx(teachers.tolist())


def test_words_of_the_workbook_are_those_of_its_reader(tmp_path: Path) -> None:
    problem = small_problem()
    plan = make_plan(replace(problem, teaches=tuple(replace(t, least=225) for t in problem.teaches)))
    write_report(report(plan), tmp_path / "report.xlsx")
    book = load_workbook(tmp_path / "report.xlsx")

    def column(sheet: str, heading: str) -> set[object]:
        rows = list(book[sheet].iter_rows(values_only=True))
        return {row[rows[0].index(heading)] for row in rows[1:]}

    assert column("Timer", "I forhold til målet") == {"under"}
    assert column("Undervisere", "Under det mindste") == {"ja"}
    assert column("Undervisere", "Fagets navn") == {"Matematik", "Engelsk", "Samtale om kontanthjælp"}
    assert {cell.number_format for (cell,) in book["Oversigt"].iter_rows(2, 3, 2, 2)} == {"0"}


SERIES = r"<tx>.*?<f>(.*?)</f>.*?<cat>.*?<f>(.*?)</f>.*?<val>.*?<f>(.*?)</f>"

NASTY = st.one_of(
    st.tuples(st.sampled_from("=+-@\t"), st.text(min_size=1, max_size=30)).map("".join),
    st.text(min_size=1, max_size=200),
    st.sampled_from(["=1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "-2+3", "<b>&\x07\x0b", "دلتاغر", "👩🏽‍🏫"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=NASTY)
def test_a_label_is_never_a_formula(label: str, tmp_path: Path) -> None:
    problem = small_problem()
    people = tuple(replace(p, label=label) for p in problem.participants)
    frames = report(make_plan(replace(problem, participants=people)))
    write_report(frames, tmp_path / "report.xlsx")
    write_csv(frames, tmp_path)

    for sheet in load_workbook(tmp_path / "report.xlsx").worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, cell.value
    written = pd.read_csv(tmp_path / "hours.csv", keep_default_na=False, dtype=str, lineterminator="\n")
    assert not [x for x in written["label"] if x.startswith(("=", "+", "-", "@"))]
