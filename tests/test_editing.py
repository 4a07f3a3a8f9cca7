"""One row written into the user's own tables: that row is there, every other byte stays, or nothing is changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from cli_terms import smallest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from skemaplan.disk import Disk
from skemaplan.editing import Edit, Written, write_row
from skemaplan.editing_csv import split
from skemaplan.errors import Refused
from skemaplan.store import Store
from skemaplan.tables import read

AWAY = Edit("absences", {"who": "Underviser 1", "from_date": "2027-02-09"})


@pytest.fixture
def term(tmp_path: Path) -> Path:
    return smallest(tmp_path / "term")


def write(term: Path, edit: Edit, disk: Disk | None = None) -> Written:
    return write_row(term, edit, read(term), Store.of(term, disk))


def test_a_table_that_is_not_there_is_made(term: Path) -> None:
    written = write(term, AWAY)
    assert (term / "absences.csv").read_bytes() == b"who,from_date\nUnderviser 1,2027-02-09\n"
    assert written.kept is None
    assert written.problem.absences[0].from_date == date(2027, 2, 9)
    written.put_back(Disk())
    assert not (term / "absences.csv").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"who,from_date\n", b"who,from_date\nUnderviser 1,2027-02-09\n"),
        (b"who,from_date", b"who,from_date\nUnderviser 1,2027-02-09\n"),
        (
            b"who;color;from_date\r\n# a remark;;\r\nDeltager A;red;2027-02-01\r\n\r\n",
            b"who;color;from_date\r\n# a remark;;\r\nDeltager A;red;2027-02-01\r\nUnderviser 1;;2027-02-09\r\n\r\n",
        ),
        (
            b'"who","from_date","note"\n"Deltager A","2027-02-01","two\nlines, ""quoted"""\n',
            b'"who","from_date","note"\n"Deltager A","2027-02-01","two\nlines, ""quoted"""\n'
            b'"Underviser 1","2027-02-09",""\n',
        ),
        (
            "\ufeffhvem;fra_dato\r\nDeltager A;2027-02-01".encode(),
            "\ufeffhvem;fra_dato\r\nDeltager A;2027-02-01\r\nUnderviser 1;2027-02-09\r\n".encode(),
        ),
        (
            "\ufeffhvem\tfra_dato\n".encode("utf-16-le"),
            "\ufeffhvem\tfra_dato\nUnderviser 1\t2027-02-09\n".encode("utf-16-le"),
        ),
        (b"who,from_date\rDeltager A,2027-02-01\r", b"who,from_date\rDeltager A,2027-02-01\rUnderviser 1,2027-02-09\r"),
        (
            b'who,from_date,title\nDeltager A,2027-02-01,5" nail\n',
            b'who,from_date,title\nDeltager A,2027-02-01,5" nail\nUnderviser 1,2027-02-09,\n',
        ),
    ],
    ids=["empty", "no end", "semicolons", "quoted", "BOM", "UTF-16", "old Mac", "inch"],
)
def test_every_other_byte_stays(before: bytes, after: bytes, term: Path) -> None:
    (term / "absences.csv").write_bytes(before)
    written = write(term, AWAY)
    assert (term / "absences.csv").read_bytes() == after
    assert written.kept is not None
    assert written.kept.read_bytes() == before
    assert written.kept.parent == term / "state" / "backup"
    written.put_back(Disk())
    assert (term / "absences.csv").read_bytes() == before


def test_a_missing_column_is_added_at_the_end_in_the_language_of_the_others(term: Path) -> None:
    (term / "absences.csv").write_text("hvem;fra_dato;mit eget\nDeltager A;2027-02-01;x\n", encoding="utf-8")
    write(term, Edit("absences", {**AWAY.cells, "to_date": "2027-02-10", "from": "09:00"}))
    assert (term / "absences.csv").read_text(encoding="utf-8") == (
        "hvem;fra_dato;mit eget;til_dato;fra\nDeltager A;2027-02-01;x\nUnderviser 1;2027-02-09;;2027-02-10;09:00\n"
    )


def test_words_are_written_in_the_language_of_the_headings(term: Path) -> None:
    (term / "absences.csv").write_text("hvem;fra_dato;type\n", encoding="utf-8")
    write(term, Edit("absences", {**AWAY.cells, "kind": "exam"}))
    assert (term / "absences.csv").read_text(encoding="utf-8").endswith("Underviser 1;2027-02-09;prøve\n")
    (term / "availability.csv").write_text("hvem;dag\n", encoding="utf-8")
    write(term, Edit("availability", {"who": "Deltager A", "day": "mon wed"}))
    assert (term / "availability.csv").read_text(encoding="utf-8").endswith("Deltager A;man ons\n")


def test_a_row_is_changed_in_its_place(term: Path) -> None:
    file = term / "participants.csv"
    file.write_text('label,language_days,end,note\n# ours\nDeltager A,mon wed,,"a, b"\n', encoding="utf-8")
    write(term, Edit("participants", {"end": "2027-02-12"}, lambda row: row.get("label") == "Deltager A"))
    assert file.read_text(encoding="utf-8") == (
        'label,language_days,end,note\n# ours\nDeltager A,mon wed,2027-02-12,"a, b"\n'
    )


def test_a_row_is_taken_out(term: Path) -> None:
    file = term / "absences.csv"
    file.write_text("who,from_date\nDeltager A,2027-02-01\nUnderviser 1,2027-02-09\n", encoding="utf-8")
    write(term, Edit("absences", {}, lambda row: row["who"] == "Deltager A", remove=True))
    assert file.read_text(encoding="utf-8") == "who,from_date\nUnderviser 1,2027-02-09\n"


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (Edit("absences", {"who": "nobody", "from_date": "2027-02-09"}), "would be wrong"),
        (Edit("absences", {"who": "Underviser 1", "from_date": "2027-02-30"}), "would be wrong"),
        (Edit("absences", {}, lambda row: False, remove=True), "no such row"),
        (Edit("participants", {"end": "2027-02-12"}, lambda row: False), "no such row"),
        (Edit("teachers", {"days": "tue fri"}, lambda row: True), "say that already"),
        (Edit("periods", {"id": "P1", "start": "08:30", "end": "09:15"}), "change other rows"),
    ],
    ids=["nobody", "no date", "no table", "no row", "the same", "others"],
)
def test_what_can_not_be_is_refused_and_nothing_is_changed(edit: Edit, what: str, term: Path) -> None:
    before = {p.name: p.read_bytes() for p in term.glob("*.csv")}
    with pytest.raises(Refused, match=what):
        write(term, edit)
    assert {p.name: p.read_bytes() for p in term.glob("*.csv")} == before


def test_a_full_disk_leaves_the_table(term: Path) -> None:
    class Full(Disk):
        def rename(self, old: Path, new: Path) -> None:
            if new.name == "absences.csv":
                raise OSError(28, "No space left on device")
            super().rename(old, new)

    (term / "absences.csv").write_bytes(b"who,from_date\n")
    with pytest.raises(Refused, match="could not be written"):
        write(term, AWAY, Full())
    assert (term / "absences.csv").read_bytes() == b"who,from_date\n"


def test_records_are_split_as_they_are_read() -> None:
    assert split('a,"b\nc"\r\nd,5" e\n"""x"",""\n"\r', ",") == ['a,"b\nc"\r\n', 'd,5" e\n', '"""x"",""\n"\r']
    assert split("", ",") == []


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The smallest term as a workbook with formats, dates of its own, a remark and a chart."""
    from openpyxl.chart import BarChart, Reference

    book = Workbook()
    del book[book.sheetnames[0]]
    rows: dict[str, list[list[object]]] = {
        "term": [["key", "value"], ["name", "x"], ["start", date(2027, 2, 1)], ["end", date(2027, 2, 26)]],
        "participants": [["label", "language_days"], ["Deltager A", "mon wed"]],
        "teachers": [["label", "course", "most", "days", "from", "to"], ["U", "mat", 4, "tue fri", "08:30", "12:00"]],
        "courses": [["id", "name"], ["mat", "Matematik"]],
        "fravær": [["hvem", "fra_dato", "mit"], ["U", datetime(2027, 2, 2), "x"], ["# ring først"]],
    }
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book["fravær"]["A2"].font = Font(bold=True)
    book["fravær"]["B2"].number_format = "dd-mm-yyyy"
    own = book.create_sheet("# mine")
    own.append([1, 2])
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, min_row=1, max_row=1))
    own.add_chart(chart, "D4")
    book.save(tmp_path / "term.xlsx")
    return tmp_path / "term.xlsx"


def parts(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_a_row_in_a_workbook_leaves_every_other_part(workbook: Path) -> None:
    before = parts(workbook)
    written = write(
        workbook, Edit("absences", {"who": "U", "from_date": "2027-02-09", "from": "09:00", "title": "<&>"})
    )
    after = parts(workbook)
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet5.xml"]
    assert any("chart" in name for name in after)
    sheet = load_workbook(workbook)["fravær"]
    assert [c.value for c in sheet[1]] == ["hvem", "fra_dato", "mit", "fra", "titel"]
    assert sheet["A3"].value == "# ring først"
    assert sheet["A4"].value == "U"
    assert sheet["B4"].value == datetime(2027, 2, 9) or sheet["B4"].value == "2027-02-09"
    assert sheet["E4"].value == "<&>"
    assert [a.title for a in written.problem.absences] == ["", "<&>"]
    assert written.kept == workbook.with_suffix(".state") / "backup" / "0001-term.xlsx"
    written.put_back(Disk())
    assert parts(workbook) == before


def test_a_new_row_has_the_formats_of_the_row_above(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["fravær"].delete_rows(3)
    book.save(workbook)
    write(workbook, Edit("absences", {"who": "U", "from_date": "2027-02-09"}))
    sheet = load_workbook(workbook)["fravær"]
    assert sheet["A3"].font.bold
    assert sheet["B3"].value == datetime(2027, 2, 9)
    assert sheet["B3"].number_format == "dd-mm-yyyy"


def test_a_row_of_a_workbook_is_changed_and_emptied(workbook: Path) -> None:
    write(workbook, Edit("participants", {"end": "2027-02-12"}, lambda row: row["label"] == "Deltager A"))
    assert read(workbook).participants[0].end == date(2027, 2, 12)
    write(workbook, Edit("absences", {}, lambda row: row["who"] == "U", remove=True))
    assert read(workbook).absences == ()
    assert load_workbook(workbook)["fravær"]["C2"].value == "x", "what is not ours stays"


def test_a_sheet_that_is_not_there_is_asked_for(workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(Refused, match="participant, course, start"):
        write(workbook, Edit("locks", {"participant": "Deltager A", "course": "mat", "day": "tue", "start": "08:30"}))
    assert workbook.read_bytes() == before
