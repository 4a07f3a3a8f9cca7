"""Files that hate us: pipes, devices, bombs, traps for the reader; each is answered in a line, and none takes long."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cli_terms import SMALLEST, run, smallest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from skemaplan.errors import InputError
from skemaplan.sheets import MOST_BYTES
from skemaplan.tables import look_at, read

pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:{start}T080000Z\r\nDTEND:{start}T090000Z\r\n{more}\r\nEND:VEVENT\r\n"


@pytest.fixture
def term(tmp_path: Path) -> Path:
    return smallest(tmp_path / "term")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The smallest example as a workbook."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name in ("term", "participants", "teachers", "courses"):
        sheet = made.create_sheet(name)
        for line in (SMALLEST / f"{name}.csv").read_text().splitlines():
            sheet.append(line.split(","))
    made.save(tmp_path / "term.xlsx")
    return tmp_path / "term.xlsx"


def errors(source: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(source)
    return [str(t) for t in caught.value.troubles if t.severity == "error"]


def change_part(file: Path, part: str, change: Callable[[bytes], bytes | None]) -> None:
    """Write a part of a workbook anew, or leave it out."""
    old = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(old.read(name)) if name == part else old.read(name)
            if data is not None:
                new.writestr(name, data)


# Files that are none


@pipes
def test_nobody_waits_for_a_pipe(term: Path, book: Path) -> None:
    (term / "rooms.csv").touch()
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,busy.ics\n")
    for file in (term / "rooms.csv", term / "busy.ics", book):
        file.unlink(missing_ok=True)
        os.mkfifo(file)
    assert "rooms.csv: cannot be read: it is no ordinary file. Look at its name and at its rights." in errors(term)
    assert any("there is no calendar busy.ics that can be read." in line for line in errors(term))
    assert errors(book) == ["term.xlsx: cannot be read: it is no ordinary file. Look at its name and at its rights."]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices here")
def test_a_file_without_end_is_not_read(term: Path) -> None:
    (term / "rooms.csv").symlink_to("/dev/zero")
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,/dev/zero\n")
    assert "rooms.csv: cannot be read: it is no ordinary file." in errors(term)[0]
    assert "there is no calendar /dev/zero that can be read." in errors(term)[1]


def test_links_that_lead_nowhere(term: Path) -> None:
    (term / "rooms.csv").symlink_to("nowhere")
    (term / "places.csv").symlink_to("places.csv")
    (term / "pairs.csv").mkdir()
    told = errors(term)
    assert told[0].startswith("pairs.csv: cannot be read: it is a folder.")
    assert told[1].startswith("places.csv: cannot be read (")  # in the system's words
    assert told[2].startswith("rooms.csv: cannot be read: it is not there any more, or leads nowhere.")


def test_a_file_of_more_bytes_than_anybody_needs(term: Path, book: Path) -> None:
    for file in (term / "rooms.csv", book):
        with file.open("wb") as opened:
            opened.truncate(MOST_BYTES + 1)
        assert "it is larger than 50 MB." in errors(term if file.suffix == ".csv" else file)[0]


def test_the_workbook_in_a_folder_is_named(book: Path) -> None:
    folder = book.parent / "folder"
    folder.mkdir()
    book.rename(folder / "hold.xlsx")
    assert errors(folder)[0].endswith(f"Name the workbook itself: {folder / 'hold.xlsx'}.")


def test_a_files_name_gives_no_orders_to_the_terminal(term: Path) -> None:
    (term / "a\x1b[2Jb.csv").write_text("x\n")
    assert [str(t.where) for t in look_at(term).troubles] == ["a?[2Jb.csv"]


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    told = run("check", tmp_path / ("x" * 300), "--language", "en")
    assert told.exit_code == 2
    assert "is not the name of a file or folder." in told.output


def test_new_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "hold.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    assert run("new", tmp_path / "hold.xlsx").exit_code == 3
    assert (tmp_path / "hold.xlsx").is_symlink()


def test_more_calendars_than_anybody_keeps(term: Path) -> None:
    (term / "commitments.csv").write_text("who,calendar\n" + "Deltager A,busy.ics\n" * 21)
    (line,) = errors(term)
    assert "it has more than 20 rows of Deltager A." in line


# CSV


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"label" + b",x" * 300 + b"\nA\n", "participants.csv row 1: it has more than 200 columns."),
        (b"label\nA" + b"," * 300 + b"x\n", "participants.csv row 2: it has more than 200 columns."),
        (b"label\n" + b"," * 4_000_001, "participants.csv: it has more than 200 columns."),
        (b"label\n" + b"x" * 200_000, "participants.csv row 2: a cell has more than 131072 characters."),
        ("label\nA\n".encode("utf-32"), "participants.csv row 1: it holds the invisible character U+0000."),
        ("label\nA\n".encode("utf-16") + b"x", "participants.csv row 1: it holds the invisible character U+0000."),
        ("label\nA\n".encode("utf-16-le"), "participants.csv row 1: it holds the invisible character U+0000."),
        ("label\nA\uffff\n".encode(), "participants.csv row 2, column label: it holds the invisible character U+FFFF."),
    ],
)
def test_tables_that_no_spreadsheet_wrote(term: Path, raw: bytes, told: str) -> None:
    (term / "participants.csv").write_bytes(raw)
    assert errors(term)[0].startswith(told)


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\n'])
def test_a_spreadsheets_own_first_line_says_what_parts_cells(term: Path, first: str) -> None:
    (term / "participants.csv").write_text(f"{first}label;note\nDeltager A;1,2,3,4\n", newline="")
    assert [p.label for p in read(term).participants] == ["Deltager A"]


@pytest.mark.parametrize(
    "same", ["Deltager A\u030a", "Deltager \u212b", "Del\u00adtager\u200b Å\u2060", "\ufeffDeltager Å"]
)
def test_what_looks_alike_is_the_same(term: Path, same: str) -> None:
    (term / "participants.csv").write_text(f"label\nDeltager Å\n{same}\n", encoding="utf-8")
    assert "row 3, column id: the id 'Deltager Å' is used twice." in errors(term)[0]
    (term / "participants.csv").write_text("label\nDeltager Å\n", encoding="utf-8")
    (term / "absences.csv").write_text(f"who,from_date\n{same},2027-02-09\n", encoding="utf-8")
    assert read(term).absences[0].who == "Deltager Å"


@pytest.mark.parametrize(
    "label", ["ا\u200cب", "\u200fمشارك", "👩\u200d🏫", "{x}", "Deltager\u2028A", "../../A", "A\u202eB"]
)
def test_labels_that_are_only_strange(term: Path, label: str) -> None:
    (term / "participants.csv").write_text(f"label\n{label}\n", encoding="utf-8")
    assert [p.label for p in read(term).participants] == [label.replace("\u2028", " ")]


def test_what_follows_from_a_missing_column_is_not_told(term: Path) -> None:
    (term / "participants.csv").write_text("labell\nA\n")
    (term / "teachers.csv").write_text("id,course\nU,mat\n")
    assert errors(term) == [
        "participants.csv: the column label is missing from participants. Add it; betegnelse is understood too.",
        "teachers.csv: the column label is missing from teachers. Add it; betegnelse is understood too.",
    ]


def test_a_number_without_its_format_is_named_as_what_it_was(term: Path) -> None:
    (term / "absences.csv").write_text("who,from_date,from\nDeltager A,46419,0.3541666667\n")
    assert errors(term) == [
        "absences.csv row 2, column from_date: '46419' is not a date. Write it as 2027-02-01.",
        "absences.csv row 2, column from: '0.3541666667' is not a time. Write it as 08:30.",
    ]


@pytest.mark.parametrize(
    ("table", "row", "n", "told"),
    [
        ("term", "note{i},x", 501, "term.csv: it has more than 500 rows."),
        ("periods", "p{i},08:00,09:00", 101, "periods.csv: it has more than 100 rows."),
        ("locks", "Deltager A,mat,tue,08:30", 1_001, "locks.csv: it has more than 1000 rows."),
        ("participants", "P{i},mon", 5_001, "participants.csv: it has more than 5000 rows."),
        ("commitments", "Deltager A,x,thu,09:00,10:00", 501, "it has more than 500 rows of Deltager A."),
        ("availability", "Deltager A,thu,09:00", 501, "it has more than 500 rows of Deltager A."),
    ],
)
def test_more_rows_than_can_be_meant(term: Path, table: str, row: str, n: int, told: str) -> None:
    headings = {
        "term": "key,value",
        "periods": "id,start,end",
        "locks": "participant,course,day,start",
        "participants": "label,language_days",
        "commitments": "who,title,day,from,to",
        "availability": "who,day,from",
    }
    rows = "".join(row.format(i=i) + "\n" for i in range(n))
    (term / f"{table}.csv").write_text(f"{headings[table]}\n{rows}")
    (line,) = errors(term)
    assert told in line


def test_names_that_nobody_has_are_searched_for_some_time_only(term: Path) -> None:
    (term / "participants.csv").write_text("label\n" + "".join(f"Deltager {i}\n" for i in range(500)))
    (term / "absences.csv").write_text("who,from_date\n" + "".join(f"Deltagr {i},2027-02-09\n" for i in range(300)))
    told = errors(term)
    assert len(told) == 300
    assert told[0].endswith("there is no 'Deltagr 0'. Did you mean Deltager 0?")
    assert told[-1].endswith(", ….")
    assert max(map(len, told)) < 600


def test_bell_times_that_all_overlap_are_told_once_each(term: Path) -> None:
    (term / "periods.csv").write_text("id,start,end\n" + "".join(f"p{i},08:00,09:00\n" for i in range(50)))
    assert len(errors(term)) == 49


@pytest.mark.parametrize("other", ["deltager a", "Deltager-A", "DELTAGER_A"])
def test_ids_that_are_almost_alike_are_told(term: Path, other: str) -> None:
    (term / "participants.csv").write_text(f"label\nDeltager A\n{other}\n")
    found = look_at(term)
    assert found.problem is not None
    assert [str(t) for t in found.troubles] == [
        f"participants.csv row 3, column id: the id '{other}' is almost 'Deltager A'. "
        "Are they two? Then write them so that nobody takes one for the other."
    ]


@pytest.mark.parametrize("word", ["all", "Alle", "sprogskole", "language_school", "online"])
def test_words_are_no_ids(term: Path, word: str) -> None:
    (term / "participants.csv").write_text(f"label,id\nDeltager A,{word}\n")
    assert errors(term) == [f"participants.csv row 2, column id: '{word}' is a word of skemaplan. Use another id."]


def test_what_follows_from_a_table_that_is_broken_is_not_told(term: Path) -> None:
    (term / "term.csv").write_bytes(b"\0")
    (term / "rooms.csv").write_text("id,place,seats\nr,x,many\n")
    assert [line.partition(":")[0] for line in errors(term)] == ["term.csv row 1", "rooms.csv row 2, column seats"]


# Workbooks

SHEET = "xl/worksheets/sheet2.xml"


def rows_of_cells(n: int) -> bytes:
    return b'<row r="9">' + b"<c><v>1</v></c>" * n + b"</row></sheetData>"


TOO_MUCH = "term.xlsx: unpacked, there is too much in the workbook."
BROKEN = "term.xlsx: this is not an .xlsx workbook, or it is broken."


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        (SHEET, lambda x: x.replace(b"</sheetData>", rows_of_cells(60_000)), TOO_MUCH),
        (SHEET, lambda x: x.replace(b"</sheetData>", b"</sheetData>" + b'<m ref="A1:B1"/>' * 110_000), TOO_MUCH),
        ("xl/styles.xml", lambda x: x.replace(b"</cellXfs>", b"<xf/>" * 110_000 + b"</cellXfs>"), TOO_MUCH),
        (SHEET, lambda x: x.replace(b"<sheetData", b"<sheetData " + b'a="1" ' * 4_000, 1), BROKEN),
        (SHEET, lambda x: b"<a>" * 200_000, TOO_MUCH),
        (SHEET, lambda x: x.replace(b"Deltager A", b"D" * 40_000), BROKEN),
        (SHEET, lambda x: None, BROKEN),
        (SHEET, lambda x: x[: len(x) // 2], BROKEN),
        (SHEET, lambda x: b"", BROKEN),
        (SHEET, lambda x: b"<!DOCTYPE a>" + x, BROKEN),
        (SHEET, lambda x: x.replace(b'r="A2"', b'r="@@"'), BROKEN),
        ("xl/workbook.xml", lambda x: None, BROKEN),
        ("xl/_rels/workbook.xml.rels", lambda x: b"<a/>", BROKEN),
        ("[Content_Types].xml", lambda x: b"<a/>", BROKEN),
    ],
)
def test_parts_that_are_traps(book: Path, part: str, change: Callable[[bytes], bytes | None], told: str) -> None:
    change_part(book, part, change)
    assert [line.startswith(told) for line in errors(book)] == [True]


def test_a_workbook_of_more_parts_than_anybody_needs(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as parts:
        for i in range(5_000):
            parts.writestr(f"x/{i}", b"")
    assert errors(book)[0].startswith(TOO_MUCH)


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", b"PK", b"<html>", b"label,x\n"])
def test_other_files_with_its_name(book: Path, start: bytes) -> None:
    book.write_bytes(start + bytes(2_000 if start else 0))
    assert len(errors(book)) == 1


def edited(file: Path, edit: Callable[[Workbook], None]) -> Path:
    made = load_workbook(file)
    edit(made)
    made.save(file)
    return file


def test_a_chart_on_a_sheet_of_its_own_is_passed_over(book: Path) -> None:
    edited(book, lambda made: made.create_chartsheet("Diagram").add_chart(BarChart()))
    assert look_at(book).troubles == ()


def test_cells_may_be_merged_where_nothing_is_read(book: Path) -> None:
    def edit(made: Workbook) -> None:
        sheet = made["participants"]
        sheet.insert_rows(1)
        sheet["A1"] = "# Our participants"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A10:C12")

    assert look_at(edited(book, edit)).troubles == ()


def test_cells_merged_in_a_row_of_the_table_are_told(book: Path) -> None:
    def edit(made: Workbook) -> None:
        sheet = made["participants"]
        sheet["B3"] = "tue"
        sheet.merge_cells("A2:A3")

    told = errors(edited(book, edit))
    assert told[0].startswith("participants!A2:A3: the cells are merged")
    assert told[1] == "participants!A3: the cell is empty. Write it as Deltager A."


def test_only_cells_that_are_read_must_be_whole(book: Path) -> None:
    def edit(made: Workbook) -> None:
        sheet = made["participants"]
        sheet["D1"], sheet["D2"], sheet["D3"] = "mine", "=1+1", "#REF!"
        sheet["E2"] = "#N/A"
        sheet["A9"], sheet["B9"] = "# a remark", "#N/A"
        made["teachers"]["B2"], made["teachers"]["C2"] = "#REF!", "=2+2"

    assert [line.partition(". ")[0] for line in errors(edited(book, edit))] == [
        "teachers!B2: the cell shows #REF!",
        "teachers!C2: the formula =2+2 was never calculated",
    ]


def test_what_lies_too_far_out_is_told(book: Path) -> None:
    def edit(made: Workbook) -> None:
        made["participants"]["A30000"] = "Deltager Z"
        made["teachers"]["ZZ1"] = "label"

    assert errors(edited(book, edit)) == [
        "participants row 30000: it stands below more than 10000 empty rows. Delete it, or move it up.",
        "teachers row 1: it has more than 200 columns. Delete what does not belong there.",
    ]


# Calendars


@pytest.mark.parametrize(
    ("start", "rule", "told"),
    [
        ("20270202", "FREQ=SECONDLY", "comes back every hour or oftener"),
        ("20270202", "FREQ=DAILY;INTERVAL=0", "comes back every hour or oftener"),
        ("20270202", "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5", "comes back every hour or oftener"),
        ("20270202", "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31", "comes back on days that there never are"),
        ("20270202", "FREQ=YEARLY;BYYEARDAY=400", "comes back on days that there never are"),
        ("00010101", "FREQ=DAILY", "more than 5000 entries"),
        ("20270202", "FREQ=DAILY;COUNT=99999999999999999999", "can't be read"),
    ],
)
def test_rules_that_would_be_worked_out_for_ever(term: Path, start: str, rule: str, told: str) -> None:
    calendar = EVENT.format(uid=1, start=start, more=f"RRULE:{rule}")
    (term / "busy.ics").write_text(f"BEGIN:VCALENDAR\r\n{calendar}END:VCALENDAR\r\n")
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,busy.ics\n")
    assert told in errors(term)[0]


def test_many_rules_that_are_harmless_each(term: Path) -> None:
    each = [EVENT.format(uid=i, start="19700101", more="RRULE:FREQ=DAILY") for i in range(300)]
    (term / "busy.ics").write_text("BEGIN:VCALENDAR\r\n" + "".join(each) + "END:VCALENDAR\r\n")
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,busy.ics\n")
    assert "more than 5000 entries" in errors(term)[0]


def test_rules_that_hold_on_some_days_are_read(term: Path) -> None:
    rules = ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=9", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY")
    each = [EVENT.format(uid=i, start="20270209", more=f"RRULE:{rule}") for i, rule in enumerate(rules)]
    (term / "busy.ics").write_text("BEGIN:VCALENDAR\r\n" + "".join(each) + "END:VCALENDAR\r\n")
    (term / "commitments.csv").write_text("who,calendar\nDeltager A,busy.ics\n")
    (found,) = [c for c in read(term).commitments if c.calendar]
    assert (found.valid_from, found.valid_to, found.every_weeks) == (date(2027, 2, 9), date(2027, 2, 23), 2)
