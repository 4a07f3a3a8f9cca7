"""Workbooks: read like CSV, errors by cell, and files that hate us answered with one clear line."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from skemaplan.errors import InputError
from skemaplan.tables import read, read_with_warnings, rows_of
from skemaplan.workbook import MOST_UNPACKED

EXAMPLES = Path(__file__).parent.parent / "examples"
Rows = list[list[object]]
Make = Callable[..., Path]
USUAL: dict[str, Rows] = {
    "Forløb": [["nøgle", "værdi"], ["navn", "Forår"], ["start", datetime(2020, 2, 3)], ["slut", date(2020, 7, 31)]],
    "Deltagere": [
        ["Betegnelse", "Sprogskoledage", "Tidligst", "Senest", "Flest dage"],
        ["Deltager A", "man ons", clock(8, 30), "14:45", 4],
        ["Deltager B", "tir tor", timedelta(hours=9), clock(14, 0), 4.0],
    ],
    "Undervisere": [["Betegnelse", "Fag", "Højst"], ["Underviser 1", "mat", 4]],
    "Fag": [["id", "navn"], ["mat", "Matematik"]],
}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Save a workbook with the usual sheets, some of them other than usual; None leaves one out."""

    def make(**other: Rows | None) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, rows in {**USUAL, **other}.items():
            if rows is not None:
                sheet = book.create_sheet(name)
                for row in rows:
                    sheet.append(row)
        book.save(tmp_path / "hold.xlsx")
        return tmp_path / "hold.xlsx"

    return make


def errors(file: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(file)
    return [str(t) for t in caught.value.troubles if t.severity == "error"]


def test_a_workbook_is_read_like_a_folder(make: Make) -> None:
    problem, warnings = read_with_warnings(make())
    assert [str(w) for w in warnings] == []
    assert (problem.settings.start, problem.settings.end) == (date(2020, 2, 3), date(2020, 7, 31))
    assert [(p.id, p.earliest, p.latest, p.most_days) for p in problem.participants] == [
        ("Deltager A", 510, 885, 4),
        ("Deltager B", 540, 840, 4),
    ]
    assert [(c.who, sorted(c.days), c.title) for c in problem.commitments] == [
        ("Deltager A", [0, 2], "Sprogskole"),
        ("Deltager B", [1, 3], "Sprogskole"),
    ]


def test_the_case_as_a_workbook_is_the_same_term(tmp_path: Path) -> None:
    import csv

    book = Workbook()
    book.remove(book.worksheets[0])
    folder = EXAMPLES / "de-internationale"
    for file in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        with file.open(newline="", encoding="utf-8") as opened:
            for row in csv.reader(opened):
                sheet.append(row)
    book.save(tmp_path / "case.xlsx")
    assert read(tmp_path / "case.xlsx") == read(folder)


def test_errors_name_the_cell(make: Make) -> None:
    heading: list[object] = ["id", "Betegnelse", "x", "Tidligst"]
    people: Rows = [[], heading, [], ["A", "Deltager A", 1, "25:00"], ["B", None, 2, 0.35]]
    file = make(Deltagere=people, Fravær=[["hvem", "fra_dato"], ["C", "2020-03-02"]])
    assert errors(file) == [
        "Deltagere!D4: '25:00' is not a time. Write it as 08:30.",
        "Deltagere!B5: the cell is empty. Write it as Deltager A.",
        "Deltagere!D5: '0.35' is not a time. Write it as 08:24.",  # a part of a day
        "Fravær!A2: there is no 'C'. Known: A, B, Underviser 1, all.",
    ]
    with pytest.raises(InputError) as caught:
        read(file)
    assert str(caught.value.troubles[-1]).startswith("Deltagere!C2: there is no column 'x'")


def test_formulas_need_a_value(make: Make) -> None:
    file = make(Fag=[["id", "navn"], ["mat", '="Mate"&"matik"']])
    assert errors(file) == [
        'Fag!B2: the formula ="Mate"&"matik" was never calculated. '
        "Open the workbook in your spreadsheet and save it, or type the value."
    ]


def test_formulas_that_were_calculated_are_their_value(make: Make) -> None:
    file = make(Fag=[["id", "navn"], ["mat", "=1+1"]])
    raw = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<f>1\+1</f><v ?(/|></v)>", b"<f>1+1</f><v>2</v>", old.read(name)))
    assert read(file).courses[0].name == "2"


def test_a_label_like_a_formula_is_a_label(make: Make) -> None:
    file = make()
    book = load_workbook(file)
    cell = book["Deltagere"]["A2"]
    cell.value = "=1+1"
    cell.data_type = "s"
    book.save(file)
    assert read(file).participants[0].label == "=1+1"


def test_merged_cells_are_told(make: Make) -> None:
    file = make(Vejledning=[["Skriv i arkene"]])
    book = load_workbook(file)
    book["Vejledning"].merge_cells("A1:F4")
    book["Deltagere"].merge_cells("B2:B3")
    book.save(file)
    assert errors(file)[0].startswith("Deltagere!B2:B3: the cells are merged; all but the first are empty.")


def test_a_cell_with_an_error_in_it(make: Make) -> None:
    file = make()
    book = load_workbook(file)
    book["Fag"]["B2"].value = "#REF!"
    book.save(file)
    assert errors(file) == ["Fag!B2: the cell shows #REF!. Type the value."]


def test_rows_that_begin_with_a_hash_are_remarks(make: Make) -> None:
    file = make(Fag=[["# Skriv fagene her", None], ["id", "navn"], ["# eng", "Engelsk"], ["mat", "Matematik"]])
    assert [c.id for c in read(file).courses] == ["mat"]
    assert rows_of(file)["courses"] == ({"id": "mat", "name": "Matematik"},)


def test_an_empty_workbook(make: Make) -> None:
    assert errors(make(**dict.fromkeys(USUAL), Ark1=[])) == [
        f"{t}: the table {t} is missing. Every term needs term, participants and teachers."
        for t in ("term", "participants", "teachers")
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "this is not an .xlsx workbook, or it is broken"),
        (b"id,label\nA,B\n", "this is not an .xlsx workbook, or it is broken"),
        (b"PK\x03\x04" + b"\0" * 100, "this is not an .xlsx workbook, or it is broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the workbook has a password, or it is an old .xls file"),
    ],
)
def test_files_that_are_no_workbooks(tmp_path: Path, raw: bytes, expected: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(raw)
    assert errors(tmp_path / "x.xlsx")[0].startswith(f"x.xlsx: {expected}")


def test_a_workbook_cut_off_anywhere(make: Make, tmp_path: Path) -> None:
    raw = make().read_bytes()
    for length in range(0, len(raw), 397):
        (tmp_path / "cut.xlsx").write_bytes(raw[:length])
        assert errors(tmp_path / "cut.xlsx")[0].startswith("cut.xlsx: this is not an .xlsx workbook, or it is broken")


def test_a_workbook_with_a_broken_byte_anywhere(make: Make, tmp_path: Path) -> None:
    raw = make().read_bytes()
    for at in range(0, len(raw), 101):
        (tmp_path / "hurt.xlsx").write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        with suppress(InputError):
            assert read(tmp_path / "hurt.xlsx").participants


def test_a_zip_that_swells_is_not_unpacked(make: Make, tmp_path: Path) -> None:
    with zipfile.ZipFile(make()) as old, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/zeros.bin", b"\0" * (MOST_UNPACKED + 1))
    assert (tmp_path / "bomb.xlsx").stat().st_size < 1_000_000
    assert errors(tmp_path / "bomb.xlsx") == [
        "bomb.xlsx: unpacked, there is too much in the workbook. "
        "Delete what does not belong there, empty rows with formats too."
    ]


def test_a_zip_that_lies_about_its_size(make: Make, tmp_path: Path) -> None:
    file = make()
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/big.xml", b" " * (MOST_UNPACKED + 1))
    raw = file.read_bytes().replace(struct.pack("<I", MOST_UNPACKED + 1), struct.pack("<I", 10))
    file.write_bytes(raw)
    assert errors(file)[0].startswith("hold.xlsx: this is not an .xlsx workbook, or it is broken")


def test_entities_are_not_opened(make: Make) -> None:
    file = make()
    raw = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("workbook.xml"):
                text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + text.split(b"?>", 1)[-1]
            new.writestr(name, text)
    assert "or it is broken." in errors(file)[0]


def test_a_million_rows(make: Make) -> None:
    file = make()
    rows = b'<row><c t="n"><v>1</v></c><c><v>2</v></c></row>' * 1_000_000 + b"</sheetData>"
    raw = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"</sheetData>", rows) if name.endswith("sheet4.xml") else text)
    assert errors(file)[0].startswith("Fag: it has more than 20000 rows.")


def test_rows_far_below_that_are_only_coloured(make: Make) -> None:
    file = make()
    book = load_workbook(file)
    book["Fag"].cell(1_000_000, 1).number_format = "0.00"
    book.save(file)
    assert [c.id for c in read(file).courses] == ["mat"]


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> object:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "term.csv").write_text("key,value\n")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        assert errors(tmp_path) == [
            f"{tmp_path}: cannot be read: you have no right to. Look at its name and at its rights."
        ]
    with monkeypatch.context() as patch:
        patch.setattr("skemaplan.opening.open", refuse, raising=False)
        assert errors(tmp_path)[0].startswith("term.csv: cannot be read: you have no right to.")
