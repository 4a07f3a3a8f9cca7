"""Reading a term: folders and frames, both languages, defaults, and every mistake named where it stands."""

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from skemaplan.errors import InputError, Trouble
from skemaplan.facts import Teaches
from skemaplan.tables import read, read_with_warnings, rows_of

Write = Callable[..., Path]
TERM = "key,value\nname,Forår\nstart,2020-02-03\nend,2020-07-31\n"
PARTICIPANTS = "id,label\nA,Deltager A\nB,Deltager B\n"
TEACHERS = "id,label,course,most\nU-MAT,Underviser 1,mat,4\n"
COURSES = "id,name\nmat,Matematik\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a small term, with some tables other than usual; bytes are written as they are."""

    def write(**tables: str | bytes | None) -> Path:
        usual = {"term": TERM, "participants": PARTICIPANTS, "teachers": TEACHERS, "courses": COURSES}
        for name, text in {**usual, **tables}.items():
            if text is not None:
                raw = text if isinstance(text, bytes) else text.encode()
                (tmp_path / f"{name}.csv").write_bytes(raw)
        return tmp_path

    return write


def errors(folder: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder)  # type: ignore[arg-type]
    assert all(t.severity in ("error", "warning") for t in caught.value.troubles)
    return [str(t) for t in caught.value.troubles if t.severity == "error"]


def warnings(folder: Path) -> list[str]:
    return [str(t) for t in read_with_warnings(folder)[1]]


def test_a_small_term(write: Write) -> None:
    problem = read(write())
    assert problem.settings.name == "Forår"
    assert [p.label for p in problem.participants] == ["Deltager A", "Deltager B"]
    assert problem.teaches == (Teaches(teacher="U-MAT", course="mat", most=180),)
    assert [(t.who, t.course) for t in problem.takes] == [("all", "mat")]
    assert [(p.start, p.end) for p in problem.periods][-1] == (14 * 60, 14 * 60 + 45)
    assert warnings(write()) == []


def test_frames_are_read_like_files() -> None:
    frames = {
        "term": pd.DataFrame(
            {"key": ["name", "start", "end"], "value": ["X", date(2020, 2, 3), pd.Timestamp("2020-07-31")]}
        ),
        "participants": pd.DataFrame(
            {"label": ["A", "B"], "earliest": ["08:30", None], "most_days": [4, float("nan")]}
        ),
        "teachers": pd.DataFrame({"label": ["T"], "course": ["mat"], "most": [4.0]}),
        "courses": pd.DataFrame({"id": ["mat"], "name": ["Matematik"], "different_days": [False]}),
    }
    problem = read(frames)
    assert problem.settings.end == date(2020, 7, 31)
    assert [(p.id, p.earliest, p.most_days) for p in problem.participants] == [("A", 510, 4), ("B", None, None)]
    assert problem.teaches[0].most == 180
    assert problem.courses[0].different_days is False
    frames["participants"] = frames["participants"].set_index(pd.Index(["x", "y"])).assign(earliest=["08:30", "25:00"])
    assert errors(frames) == ["participants index y, column earliest: '25:00' is not a time. Write it as 08:30."]
    assert errors({"term": [1]})[0] == "term: list is not a DataFrame. Give tables as pandas frames."


def test_danish_names_everywhere_and_mixed(tmp_path: Path) -> None:
    tables = {
        "forløb": "nøgle;værdi\nnavn;Forår\nstart;03-02-2020\nslut;31.7.2020\nlektionsminutter;60\nkorte_uger;fyld\n",
        "Deltagere": "Betegnelse;id;hold;Tidligst;most days;detaljer\nDeltager A;A;rødt;kl. 8.30;3;uden steder\n",
        "lærere": "id;label\nU1;Underviser 1\n",
        "fag": "id;navn;type;lektioner om ugen;forskellige-dage\nmat;Matematik;lektion;1,5;nej\n",
        "fagfordeling": "underviser;fag;højst;gaelder_fra\nU1;Matematik;4;3/2-2020\n",
        "ledige_tider": "hvem;dag;fra;til;type\nU1;man-ons, fre;08:30;14:00;ledig\n",
        "fravær": "hvem;fra_dato;type\nrødt;2020-03-02;prøve\n",
        "lukkedage": "fra_dato;hvem\n2020-03-04;sprogskole\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8-sig")
    assert errors(tmp_path) == [
        "fagfordeling.csv row 2, column gaelder_fra: '3/2-2020' is not a date. Write it as 2020-02-03."
    ]
    (tmp_path / "fagfordeling.csv").write_text("underviser;fag;højst\nUnderviser 1;Matematik;4\n", "utf-8")
    problem = read(tmp_path)
    assert (problem.settings.start, problem.settings.end) == (date(2020, 2, 3), date(2020, 7, 31))
    assert (problem.settings.lesson_minutes, problem.settings.short_weeks) == (60, "refill")
    assert [(p.earliest, p.most_days, p.detail, p.team) for p in problem.participants] == [
        (510, 3, "no_places", "rødt")
    ]
    assert (problem.courses[0].wanted, problem.courses[0].different_days) == (90, False)
    assert problem.teaches == (Teaches(teacher="U1", course="mat", most=240),)
    assert problem.availability[0].days == {0, 1, 2, 4}
    assert [(a.kind, a.to_date) for a in problem.absences] == [("exam", date(2020, 3, 2))]
    assert problem.closures[0].who == "language_school"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_form_of_csv(write: Write, sep: str, end: str, encoding: str) -> None:
    lines = ["id,label,note", 'A,Deltager A,"to\nlinjer"', ",,", "B,Deltager B ∆,", ""]
    raw = "\n".join(lines).replace(",", sep).replace("\n", end).encode(encoding)
    problem = read(write(participants=raw))
    assert [p.label for p in problem.participants] == ["Deltager A", "Deltager B ∆"]
    assert str(problem.participants[1].origin.cell("label")) == "participants.csv row 4, column label"


def test_lessons_become_minutes_and_minutes_stay(write: Write) -> None:
    term = TERM + "lesson_minutes,60\n"
    problem = read(write(term=term, courses="id,name,lessons_per_week,shortest,longest\nmat,M,30 min,30 min,30 min\n"))
    course = problem.courses[0]
    assert (course.wanted, course.fewest, course.most, course.shortest, course.longest) == (30, 30, 30, 30, 30)
    assert problem.teaches[0].most == 240


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("lesson,,,", (135, 135, 135, 2, 45, 90, None)),
        ("lesson,1,,", (45, 45, 45, 1, 45, 90, None)),
        ("lesson,30 min,,", (30, 30, 30, 1, 30, 90, None)),
        ("lesson,3,,4", (135, 135, 180, 2, 45, 90, None)),
        ("talk,,,", (45, 45, 45, 1, 45, 45, 1)),
        ("talk,30 min,,", (30, 30, 30, 1, 30, 30, 1)),
        ("study,4,,", (180, 180, 180, 1, 45, 180, None)),
    ],
)
def test_what_a_course_is_when_little_is_said(write: Write, row: str, expected: tuple[object, ...]) -> None:
    nobody = "label\nUnderviser matematik\n"  # teaches study
    tables = {"teachers": nobody} if row.startswith("study") else {}
    c = read(write(courses=f"id,name,kind,lessons_per_week,fewest,most\nmat,M,{row}\n", **tables)).courses[0]
    assert (c.wanted, c.fewest, c.most, c.sessions, c.shortest, c.longest, c.largest_group) == expected


def test_all_mistakes_at_once_each_where_it_stands(write: Write) -> None:
    folder = write(
        participants="id,label,earliest,end\nA,Deltager A,25:00,31-06-2020\nB,,8,soon\nA,Deltager C,,\n",
        teachers="label\nU\n",
        teaches="teacher,course,most\nU,matt,many\nX,mat,\n",
        availability="who,day,from,to,kind\nU,moonday,8.30,830,fri\n",
        absences="who,from_date,to_date\nA,2020-03-04,2020-03-02\n",
        rooms="id,place,seats\nr1,there,0\n",
    )
    assert errors(folder) == [
        "participants.csv row 2, column earliest: '25:00' is not a time. Write it as 08:30.",
        "participants.csv row 2, column end: there is no date '31-06-2020'. Look it up in a calendar.",
        "participants.csv row 3, column label: the cell is empty. Write it as Deltager A.",
        "participants.csv row 3, column earliest: '8' is not a time. Write it as 08:00.",
        "participants.csv row 3, column end: 'soon' is not a date. Write it as 2020-02-03.",
        "rooms.csv row 2, column seats: '0' is too much or too little. Write a number from 1 to 1000.",
        "teaches.csv row 2, column most: 'many' is not a number of lessons. Write lessons as 3, or minutes as 30 min.",
        "availability.csv row 2, column day: 'moonday' is not a weekday. "
        "Write days as mon wed or mon-fri (man ons, man-fre).",
        "availability.csv row 2, column to: '830' is not a time. Write it as 08:30.",
        "availability.csv row 2, column kind: 'fri' is not one of the words here. Write one of: free, busy.",
        "participants.csv row 4, column id: the id 'A' is used twice. It already stands in participants.csv row 2; "
        "give each its own.",
        "rooms.csv row 2, column place: there is no 'there'. Known: -.",
        "teaches.csv row 2, column course: there is no 'matt'. Did you mean mat?",
        "teaches.csv row 3, column teacher: there is no 'X'. Known: U.",
        "absences.csv row 2, column to_date: 2020-03-02 is before the start. It must be after 2020-03-04.",
    ]


def test_missing_tables_and_columns(write: Write) -> None:
    folder = write(term=None, participants="id\nA\n", teachers=None)
    assert errors(folder) == [
        "participants.csv: the column label is missing from participants. Add it; betegnelse is understood too.",
        "term: the table term is missing. Every term needs term, participants and teachers.",
        "teachers: the table teachers is missing. Every term needs term, participants and teachers.",
    ]


def test_the_term_says_name_start_and_end(write: Write) -> None:
    assert errors(write(term="key,value\nstrat,2020-02-03\nend,2020-13-01\nend,x\n")) == [
        "term.csv row 3, column value: there is no date '2020-13-01'. Look it up in a calendar.",
        "term.csv row 4, column key: the setting end is there twice. Keep one of them.",
        "term.csv row 4, column key: the setting name is missing. Write it as name, Forår 2020.",
        "term.csv row 4, column key: the setting start is missing. Write it as start, 2020-02-03.",
    ]
    assert errors(write(term=TERM + "timezone,Europe/Hedensted\ncycle_weeks,3\n")) == [
        "term.csv row 5, column value: 'Europe/Hedensted' is not a time zone. Write it as Europe/Copenhagen.",
        "term.csv row 6, column value: '3' is too much or too little. Write one of: 1, 2, 4.",
    ]


def test_what_is_unknown_is_named_with_the_nearest(write: Write) -> None:
    folder = write(
        participants="id,label,earliset,\nA,Deltager A,08:30,x\n",
        particpants="id\n",
        term=TERM + "wekly_target,20\n",
        lessons="date,start\n",
    )
    assert sorted(warnings(folder)) == [
        "lessons.csv: there is no table 'lessons'; it is not read. Delete it, or move it elsewhere.",
        "participants.csv, column 4: this column has no heading; it is not read. Write a heading above it.",
        "participants.csv, column earliset: there is no column 'earliset' in participants; it is not read. "
        "Did you mean earliest?",
        "particpants.csv: there is no table 'particpants'; it is not read. Did you mean participants?",
        "term.csv row 5, column key: there is no setting 'wekly_target'; it is not read. Did you mean weekly_target?",
    ]


def test_doubled_tables_and_columns(write: Write) -> None:
    folder = write(deltagere=PARTICIPANTS, courses="id,name,navn\nmat,M,M\n")
    assert errors(folder) == [
        "courses.csv, column navn: the column name is there twice. Keep one of them.",
        "participants.csv: the table participants is there twice. It is also deltagere.csv; keep one.",
    ]


def test_a_shifted_row_is_told(write: Write) -> None:
    assert errors(write(courses="id,name\nmat,Matematik, FVU\n")) == [
        "courses.csv row 2: 'FVU' stands beyond the last heading. "
        "A cell with a comma or semicolon in it needs quotes around it."
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "id,label\nA,Tr\xf8je\n".encode("latin-1"),
            "participants.csv row 2: the letters are not UTF-8 (near 'A,Trøje').",
        ),
        (b"id,label\nA,x\0y\n", "participants.csv row 2: it holds the invisible character U+0000."),
        (b'id,label\nA,"x\nB,y\n', "participants.csv row 2: a quotation mark opens in this line and never closes."),
        (b'id,label\nA,"x"y\n', "participants.csv row 2: something stands behind a quotation mark that closes."),
        (
            b"id,label\nA,x\x1by\n",
            "participants.csv row 2, column label: it holds the invisible character U+001B.",
        ),
        (
            b"id,label\nA," + b"x" * 201,
            "participants.csv row 2, column label: 'xxxxxxxxxxxxxxxxxxxx'... has 201 characters.",
        ),
        (b"id,label\n" + b"A,x\n" * 20_001, "participants.csv: it has more than 20000 rows."),
        (b"", "participants.csv: the column label is missing from participants."),
        (b"PK\x03\x04\x00", "participants.csv row 1: it holds the invisible character U+0000."),
    ],
)
def test_files_that_are_no_tables(write: Write, raw: bytes, expected: str) -> None:
    assert errors(write(participants=raw))[0].startswith(expected)


@pytest.mark.parametrize("label", ["=1+1", "ديلتاجر أ", "ተሳታፊ", "учасниця 1", "x" * 200, "{name}", "%s", "A;B", "'\""])
def test_labels_in_any_script(write: Write, label: str) -> None:
    quoted = label.replace('"', '""')
    assert read(write(participants=f'id,label\nA,"{quoted}"\n')).participants[0].label == label


def test_no_such_folder(tmp_path: Path) -> None:
    assert errors(tmp_path / "no")[0].startswith(f"{tmp_path / 'no'}: there is no such file.")
    (tmp_path / "x.txt").touch()
    assert "neither a folder of tables nor an .xlsx workbook" in errors(tmp_path / "x.txt")[0]
    assert "there is no such file" in errors("a\0b")[0]


def test_labels_and_names_stand_for_ids(write: Write) -> None:
    folder = write(absences="who,from_date,place\ndeltager a,2020-03-02,\n", locks=None)
    assert [a.who for a in read(folder).absences] == ["A"]
    folder = write(participants="id,label\nA,Deltager\nB,Deltager\n", absences="who,from_date\nDeltager,2020-03-02\n")
    assert errors(folder) == ["absences.csv row 2, column who: there is no 'Deltager'. Known: A, B, U-MAT, all."]


def test_an_ics_of_busy_times_needs_no_day(write: Write) -> None:
    assert errors(write(commitments="who,calendar\nU-MAT,outlook.ics\n")) == [
        "commitments.csv row 2, column calendar: there is no calendar outlook.ics that can be read. "
        "Save it as an .ics file beside the tables, and write its name."
    ]
    assert "has 300 characters" in errors(write(commitments=f"who,calendar\nU-MAT,{'x' * 300}\n"))[0]
    folder = write(commitments="who,calendar,title,day,from,to\nA,,Praktik,,09:00,12:00\n")
    assert errors(folder) == ["commitments.csv row 2, column day: the cell is empty. Write it as mon wed."]


def test_row_order_does_not_matter(write: Write) -> None:
    a = read(write(participants=PARTICIPANTS))
    b = read(write(participants="id,label\nB,Deltager B\nA,Deltager A\n"))
    assert set(a.participants) == set(b.participants)
    assert (a.settings, a.teaches, a.takes) == (b.settings, b.teaches, b.takes)


def test_facts_and_errors_can_be_pickled(write: Write) -> None:
    problem = read(write())
    assert pickle.loads(pickle.dumps(problem)) == problem
    trouble = read_with_warnings(write(other="x\n1\n"))[1][0]
    assert isinstance(trouble, Trouble)
    assert pickle.loads(pickle.dumps(trouble)) == trouble


def test_rows_of_shows_what_is_planned_with(write: Write) -> None:
    rows = rows_of(write())
    assert rows["teaches"] == ({"teacher": "U-MAT", "course": "mat", "most": "4"},)
    assert rows["takes"] == ({"who": "all", "course": "mat"},)
    assert len(rows["periods"]) == 7


def test_mistakes_are_told_in_danish_too(write: Write) -> None:
    folder = write(
        participants="betegnelse;tidligst;detaljer\nDeltager A;25:00;meget\nDeltager A;;\n",
        courses="id,name,fewest,lessons_per_week\nmat,M,4,3\n",
    )
    with pytest.raises(InputError) as caught:
        read(folder)
    assert [t.to("da") for t in caught.value.troubles] == [
        "participants.csv række 2, kolonne tidligst: '25:00' er ikke et klokkeslæt. Skriv det som 08:30.",
        "participants.csv række 2, kolonne detaljer: 'meget' er ikke et af de ord, der kan stå her. "
        "Skriv et af ordene: alt, uden_steder, kun_tider.",
        "participants.csv række 3, kolonne id: id'et 'Deltager A' er brugt to gange. "
        "Det står allerede i participants.csv række 2; giv hver sit eget.",
        "courses.csv række 2, kolonne lessons_per_week: lessons_per_week er mindre end fewest. "
        "Gør lessons_per_week mindst lige så stor som fewest.",
    ]


def test_what_is_not_there_is_called_in_the_language_asked_for(write: Write) -> None:
    with pytest.raises(InputError) as caught:
        read(write(term="nøgle,værdi\nnavn,X\nslut,2020-07-31\n", participants="id\nA\n", teachers=None))
    assert [t.to("da") for t in caught.value.troubles] == [
        "participants.csv: kolonnen betegnelse mangler i deltagere. Tilføj den; label forstås også.",
        "undervisere: tabellen undervisere mangler. Alle forløb skal have tabellerne forløb (term), "
        "deltagere (participants) og undervisere (teachers).",
        "term.csv række 3, kolonne nøgle: indstillingen start mangler. Skriv det som start, 2020-02-03.",
    ]
