"""A new term: its sheets come from the one list of columns, and what is filled into them is read back."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from skemaplan.beginning import examples, new
from skemaplan.blank import REMARK, SHORT_FORM, Cells, blanks
from skemaplan.cells import word_key
from skemaplan.columns import DATE, TABLES, TERM, TIME
from skemaplan.errors import InputError, Refused
from skemaplan.tables import read, read_with_warnings

EXAMPLES = Path(__file__).parent.parent / "examples"
TERM_2020 = {"start": "2020-02-03", "end": "2020-07-31"}


def lines(file: Path, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["folder", "term.xlsx"])
@pytest.mark.parametrize("example", examples())
def test_what_new_writes_is_read_back_without_a_word(tmp_path: Path, language: str, name: str, example: str) -> None:
    new(tmp_path / name, language, example=example)
    problem, warnings = read_with_warnings(tmp_path / name)
    assert problem == read(EXAMPLES / example)
    assert warnings == ()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_table_and_column_is_there_the_short_form_first(tmp_path: Path, language: str) -> None:
    new(tmp_path / "term.xlsx", language)
    sheets = [s for s in load_workbook(tmp_path / "term.xlsx").worksheets if s.sheet_state == "visible"]
    called = [(t.danish if language == "da" else t.name) for t in TABLES]
    assert [word_key(s.title) for s in sheets[:3]] == [
        word_key(t.danish if language == "da" else t.name) for t in TABLES if t.name in SHORT_FORM
    ]
    assert {word_key(s.title) for s in sheets} == set(map(word_key, called))
    for table, title in zip(TABLES, called, strict=True):
        (sheet,) = [s for s in sheets if word_key(s.title) == word_key(title)]
        headings = [word_key(str(cell.value)) for cell in sheet[1]]
        assert headings == [word_key(c.danish if language == "da" else c.name) for c in table.columns]
        assert sheet.freeze_panes == "B3"
        assert str(sheet["A2"].value).startswith("# ")
        assert sheet["A1"].comment is not None


def test_an_empty_term_says_only_what_is_missing(tmp_path: Path) -> None:
    """Explanations, examples and lists are no rows."""
    new(tmp_path / "new.xlsx", **TERM_2020)
    with pytest.raises(InputError) as caught:
        read(tmp_path / "new.xlsx")
    assert [str(t.where) for t in caught.value.troubles if t.severity == "error"] == [
        "Forløb!B3",
        "participants",
        "teachers",
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_example_of_each_sheet_can_be_read(tmp_path: Path, language: str) -> None:
    """Every grey line, taken at its word, makes a row without a mistake in its cells."""
    delimiter = ";" if language == "da" else ","
    new(tmp_path / "new", language, start="2027-02-01", end="2027-07-02")
    for file in (tmp_path / "new").iterdir():
        rows = lines(file, delimiter)
        if word_key(file.stem) in ("term", "forloeb"):
            rows[2][1] = "X"
        elif any(cell.startswith("# ") for cell in rows[2]):
            rows[2] = [cell.removeprefix("# ") for cell in rows[2]]
        if file.stem in ("places", "steder"):
            rows.append(["Horsens"])
        file.write_text("\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "new")
    troubles = [t for t in caught.value.troubles if t.severity == "error"]
    (other,) = {"there is no 'Deltager B'."} if language == "da" else {"there is no 'Participant B'."}
    assert {str(t.what) for t in troubles} == {other}  # the pair's other one: it can't be with herself


def test_public_holidays_and_half_days_stand_in_the_closures(tmp_path: Path) -> None:
    new(tmp_path / "new", **TERM_2020)
    rows = [[cell for cell in line if cell] for line in lines(tmp_path / "new" / "lukkedage.csv")[2:]]
    assert rows == [
        ["2020-04-09", "alle", "Skærtorsdag", "15"],
        ["2020-04-10", "alle", "Langfredag", "15"],
        ["2020-04-13", "alle", "Anden påskedag", "16"],
        ["2020-05-01", "12:00", "alle", rows[3][3], "18"],
        ["2020-05-08", "alle", "Store bededag", "19"],
        ["2020-05-21", "alle", "Kristi himmelfartsdag", "21"],
        ["2020-06-01", "alle", "Anden pinsedag", "23"],
        ["2020-06-05", "12:00", "alle", rows[7][3], "23"],
    ]


def test_what_falls_on_a_weekend_closes_nothing(tmp_path: Path) -> None:
    """In 2027 both 1 May and 5 June are Saturdays; store bededag is gone; Christmas Eve 2026 is a Thursday."""
    new(tmp_path / "new", start=date(2026, 12, 1), end=date(2027, 6, 30))
    days = [line[0] for line in lines(tmp_path / "new" / "lukkedage.csv")[2:]]
    assert days == [
        "2026-12-24", "2026-12-25", "2027-01-01", "2027-03-25", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17",
    ]  # fmt: skip
    weeks = [line[7] for line in lines(tmp_path / "new" / "lukkedage.csv")[2:]]
    assert weeks[:3] == ["52", "52", "53"]  # 1 January 2027 is in week 53


def test_dates_are_dates_and_times_are_times(tmp_path: Path) -> None:
    new(tmp_path / "new.xlsx", **TERM_2020)
    book = load_workbook(tmp_path / "new.xlsx")
    assert book["Forløb"]["B4"].is_date
    closures = book["Lukkedage"]
    assert (closures["A3"].value.date(), closures["C6"].value.isoformat()) == (date(2020, 4, 9), "12:00:00")
    for table in TABLES:
        sheet = next(s for s in book.worksheets if word_key(s.title) == word_key(table.danish))
        for at, column in enumerate(table.columns, 1):
            shape = sheet.column_dimensions[get_column_letter(at)].number_format
            if table is not TERM and column.kind in (DATE, TIME):  # the next row that is typed looks the same
                assert ("yy" if column.kind is DATE else "hh") in shape


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_word_to_choose_can_be_read(tmp_path: Path, language: str) -> None:
    """And ids are chosen from a list that the workbook keeps of its own sheets."""
    new(tmp_path / "new.xlsx", language)
    book = load_workbook(tmp_path / "new.xlsx")
    offered = 0
    for table in (t for t in TABLES if t is not TERM):
        sheet = next(
            s
            for s in book.worksheets
            if word_key(s.title) == word_key(table.danish if language == "da" else table.name)
        )
        rules = {str(r.sqref).split(":")[0].rstrip("0123456789"): r for r in sheet.data_validations.dataValidation}
        for at, column in enumerate(table.columns, 1):
            rule = rules.get(get_column_letter(at))
            if column.refers:
                assert rule is not None
                assert rule.formula1.lstrip("=") in book.defined_names
            elif column.words or column.kind.name in ("days", "day", "yes or no"):
                assert rule is not None
                for word in rule.formula1.strip('"').split(","):
                    column.kind.read(word, 45)
                    offered += 1
    assert offered > 50


def test_the_short_form_filled_in(tmp_path: Path) -> None:
    """Typed over the example or below it, in a workbook or a folder: the same term."""
    new(tmp_path / "new.xlsx", **TERM_2020)
    book = load_workbook(tmp_path / "new.xlsx")
    book["Forløb"]["B3"] = "De internationale"
    book["Deltagere"]["A3"], book["Deltagere"]["D3"], book["Deltagere"]["E3"] = "Deltager A", "man ons", "Horsens"
    book["Undervisere"]["A4"], book["Undervisere"]["C4"], book["Undervisere"]["E4"] = "U-MAT", "mat", 4
    book.save(tmp_path / "new.xlsx")
    problem, warnings = read_with_warnings(tmp_path / "new.xlsx")
    assert [(p.label, p.earliest, p.latest) for p in problem.participants] == [("Deltager A", 510, 885)]
    assert [(c.who, sorted(c.days), c.place) for c in problem.commitments] == [("Deltager A", [0, 2], "Horsens")]
    assert [(t.teacher, t.course, t.most) for t in problem.teaches] == [("U-MAT", "mat", 180)]
    assert len(problem.closures) == 8
    assert {str(w.where) for w in warnings} == {"teachers", "travel"}  # nobody teaches English; no ways are known


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    book, folder = tmp_path / "new.xlsx", tmp_path / "folder"
    book.write_bytes(b"mine")
    folder.mkdir()
    (folder / "priser.csv").write_text("mine", "utf-8")
    for path in (book, folder, folder / "priser.csv"):
        with pytest.raises(Refused):
            new(path, **TERM_2020)
    assert book.read_bytes() == b"mine"
    assert [f.name for f in folder.iterdir()] == ["priser.csv"]
    with pytest.raises(Refused):
        new(book / "below.xlsx")  # a file is no folder


def test_what_was_written_is_told(tmp_path: Path) -> None:
    assert new(tmp_path / "a" / "new.xlsx") == (tmp_path / "a" / "new.xlsx",)
    assert set(new(tmp_path / "b")) == set((tmp_path / "b").iterdir())


@pytest.mark.parametrize(
    ("call", "where"),
    [
        ({"language": "de"}, "language"),
        ({"start": "2020-07-31", "end": "2020-02-03"}, "end"),
        ({"start": "2020-02-30", "end": "2020-07-31"}, "start"),
        ({"start": "2020-02-03"}, "end"),
        ({"example": "nowhere"}, "example"),
        ({"example": "easy", **TERM_2020}, "example"),
    ],
)
def test_a_call_that_makes_no_sense(tmp_path: Path, call: dict[str, str], where: str) -> None:
    with pytest.raises(InputError) as caught:
        new(tmp_path / "new", **call)
    assert [str(t.where) for t in caught.value.troubles] == [where]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_examples_lie_in_the_term(language: str) -> None:
    """A date that somebody copies is one of her own term."""
    first, last = date(2026, 8, 10), date(2027, 1, 29)
    rows: dict[str, list[Cells]] = {"term": [{"key": "start", "value": first.isoformat()}]}
    seen = 0
    for sheet in blanks(language, rows):
        for column, text in zip(sheet.columns, sheet.example, strict=False):
            if column.kind is DATE and text:
                assert first <= date.fromisoformat(text.removeprefix(REMARK)) <= last
                seen += 1
    assert seen >= 5
