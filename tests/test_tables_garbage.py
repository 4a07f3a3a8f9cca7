"""Whatever stands in a table, reading gives a term or says what is wrong; the row order does not matter."""

import os
import random
from dataclasses import fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skemaplan.columns import KEYS, TABLES, TERM, Column, Table
from skemaplan.errors import InputError
from skemaplan.problem import Problem
from skemaplan.tables import read, read_with_warnings, rows_of
from skemaplan.workbook import workbook_sheets

CASE = Path(__file__).parent.parent / "examples" / "de-internationale"
IDS = ["A", "B", "U1", "U2", "mat", "eng", "talk", "r1", "here", "there", "holdet", "all", "alle", "language_school"]
TIMES = ["08:30", "13:00", "14:45", "09:15", "24:00", "8.30"]
DATES = ["2020-02-03", "2020-07-31", "2020-03-16", "03-02-2020"]
GARBAGE: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        ["25:00", "-1", "1e9", "x" * 300, "2020-02-30", "=1+1", "\0", "\ud800", "\u202e", "30 min", "0", "9" * 40]
    ),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
)


def sensible(column: Column) -> st.SearchStrategy[object]:
    """Cells that could be right, from the list of columns that drives the reader."""
    kind = column.kind.name
    if column.words and not column.refers:
        return st.sampled_from([form for pair in column.words for form in pair])
    if kind == "id" or column.refers:
        return st.sampled_from(IDS)
    by_kind: dict[str, list[Any]] = {
        "time": [*TIMES, time(8, 30)],
        "date": [*DATES, date(2020, 3, 16), datetime(2020, 3, 16)],
        "days": ["mon", "man ons", "tue-fri", "lør,søn", "fri-mon"],
        "day": ["mon", "fredag"],
        "lessons": ["1", "2", "3", "1,5", "30 min", 2, 4.0],
        "yes or no": ["yes", "nej", True],
        "time zone": ["Europe/Copenhagen", "UTC"],
        "kilometres": ["12,5", 3.5],
    }
    return st.sampled_from(by_kind.get(kind, [column.kind.example, "1", "2", 3]))


@st.composite
def frames(draw: st.DrawFn, share: int) -> dict[str, pd.DataFrame]:
    """Tables from the list of columns, in both languages; about `share` in a hundred cells are garbage."""

    def cell(column: Column) -> object:
        return draw(GARBAGE if draw(st.integers(0, 99)) < share else sensible(column))

    def table(t: Table) -> pd.DataFrame:
        some = draw(st.sets(st.sampled_from(t.columns), max_size=len(t.columns)))
        columns = [c for c in t.columns if c.required or c in some]
        rows = [
            [cell(c) if c.required or draw(st.booleans()) else None for c in columns]
            for _ in range(draw(st.integers(0, 4)))
        ]
        return pd.DataFrame(rows, columns=[draw(st.sampled_from(c.names)) for c in columns], dtype=object)

    made = {t.name: table(t) for t in TABLES if t is not TERM and (t.required or draw(st.booleans()))}
    keys = [c for c in KEYS if c.required or draw(st.integers(0, 9)) == 0]
    values = [[draw(st.sampled_from(k.names)), cell(k)] for k in keys]
    return {**made, "term": pd.DataFrame(values, columns=["key", "value"], dtype=object)}


def outcome(source: Any) -> Problem | InputError:
    """What comes of reading; anything but these two is an error of the test's."""
    try:
        problem, warnings = read_with_warnings(source)
    except InputError as error:
        return said(error)
    assert all(w.severity == "warning" for w in warnings)
    return problem


def said(error: InputError) -> InputError:
    assert any(t.severity == "error" for t in error.troubles)
    for trouble in error.troubles:
        assert trouble.where
        assert trouble.to("da")
        assert str(trouble) in str(error)
    return error


MOST = int(os.environ.get("FUZZ", "40"))  # examples of each test: `make fuzz` asks for more
quiet = settings(deadline=None, max_examples=MOST, suppress_health_check=list(HealthCheck))


@quiet
@given(frames(share=20))
def test_garbage_is_a_term_or_is_named(tables: dict[str, pd.DataFrame]) -> None:
    assert isinstance(outcome(tables), Problem | InputError)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """The case, or its short form, with some rows left out of the tables that no other table needs."""
    named = {"term", "participants", "teachers", "places", "courses", "rooms", "travel"}
    tables = {f.stem: pd.read_csv(f, dtype=str) for f in sorted(CASE.glob("*.csv"))}
    for name, frame in tables.items():
        if name not in named:
            tables[name] = frame[draw(st.lists(st.booleans(), min_size=len(frame), max_size=len(frame)))]
    if draw(st.booleans()):
        tables["teachers"] = tables["teachers"].assign(course=["mat", "eng", "saf", "saf", "talk"], most=["4"] * 5)
        tables["participants"] = tables["participants"].assign(language_days="lør", language_place="scm_horsens")
    else:
        tables["teaches"] = pd.read_csv(CASE / "teaches.csv", dtype=str)
    return tables


@quiet
@given(terms(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(tables: dict[str, pd.DataFrame], chance: random.Random) -> None:
    shuffled = {name: turned(frame, chance) for name, frame in sorted(tables.items(), key=lambda x: chance.random())}
    one, other = read(tables), read(shuffled)
    for f in fields(Problem):
        mine, yours = getattr(one, f.name), getattr(other, f.name)
        assert mine == yours or sorted(map(repr, mine)) == sorted(map(repr, yours)), f.name


def turned(frame: pd.DataFrame, chance: random.Random) -> pd.DataFrame:
    rows, columns = list(range(frame.shape[0])), list(range(frame.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(columns)
    return frame.iloc[rows, columns]


@quiet
@given(
    table=st.sampled_from([t.name for t in TABLES]), raw=st.binary(max_size=300), end=st.sampled_from(["csv", "xlsx"])
)
def test_any_bytes_are_a_table_or_are_named(
    tmp_path_factory: pytest.TempPathFactory, table: str, raw: bytes, end: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / f"{table}.{end}").write_bytes(raw)
    source = folder if end == "csv" else folder / f"{table}.{end}"
    assert isinstance(outcome(source), InputError)  # a whole term is never there


@quiet
@given(terms())
def test_the_rows_shown_are_those_planned_with(tables: dict[str, pd.DataFrame]) -> None:
    rows, problem = rows_of(tables), read(tables)
    for name in (t.name for t in TABLES if t is not TERM):
        assert len(rows.get(name, ())) == len(getattr(problem, name)), name


def test_a_workbook_that_openpyxl_stumbles_over_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").mkdir()
    troubles: list[Any] = []
    assert workbook_sheets(tmp_path / "x.xlsx", troubles) == []
    assert len(troubles) == 1
