"""The short form: three sheets are enough, and they only write rows of the full tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from skemaplan.errors import InputError
from skemaplan.tables import read, read_with_warnings, rows_of

Write = Callable[..., Path]
TERM = "nøgle,værdi\nnavn,De internationale\nstart,2020-02-03\nslut,2020-07-31\n"
PARTICIPANTS = """betegnelse,sprogskoledage,sprogskolested,tidligst,senest
Deltager A,man ons,Horsens,08:30,14:45
Deltager B,tir tor,Hedensted,08:30,14:00
Deltager C,man ons,Horsens,08:30,14:45
Deltager D,tir tor,Hedensted,08:30,14:45
Deltager E,man tor,Horsens,08:30,14:45
"""
TEACHERS = """betegnelse,fag,mindst,højst,dage,fra,til
U-MAT,mat,2,4,man tir ons fre,08:30,13:45
U-ENG,eng,2,4,tir ons fre,08:30,14:45
U-SAF1,saf,,4,man tir ons fre,08:30,14:45
U-SAF2,saf,,2,tir ons,08:30,14:45
KOORD,talk,,,man-fre,09:15,14:45
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(**tables: str) -> Path:
        usual = {"forløb": TERM, "deltagere": PARTICIPANTS, "undervisere": TEACHERS}
        for name, text in {**usual, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return tmp_path

    return write


def errors(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder)
    return [str(t) for t in caught.value.troubles if t.severity == "error"]


def test_the_case_in_three_sheets_and_under_120_cells(write: Write) -> None:
    typed = [line.split(",") for text in (TERM, PARTICIPANTS, TEACHERS) for line in text.split("\n")[1:]]
    assert sum(bool(cell) for line in typed for cell in line) < 120  # headings are there before anyone types
    problem = read(write())
    assert [c.id for c in problem.courses] == ["mat", "eng", "saf", "talk"]
    for course in problem.courses[:3]:
        assert (course.wanted, course.fewest, course.most, course.sessions) == (135, 90, 180, 2)
        assert (course.shortest, course.longest, course.different_days) == (45, 90, True)
    assert (problem.course["talk"].kind, problem.course["talk"].wanted) == ("talk", 45)
    assert {(t.teacher, t.course, t.least, t.most) for t in problem.teaches} == {
        ("U-MAT", "mat", 90, 180),
        ("U-ENG", "eng", 90, 180),
        ("U-SAF1", "saf", 0, 180),
        ("U-SAF2", "saf", 0, 90),
        ("KOORD", "talk", 0, None),
    }
    assert {(c.who[-1], *sorted(c.days), c.place, c.start, c.end, c.kind) for c in problem.commitments} == {
        ("A", 0, 2, "Horsens", 510, 780, "language_school"),
        ("B", 1, 3, "Hedensted", 510, 780, "language_school"),
        ("C", 0, 2, "Horsens", 510, 780, "language_school"),
        ("D", 1, 3, "Hedensted", 510, 780, "language_school"),
        ("E", 0, 3, "Horsens", 510, 780, "language_school"),
    }
    assert [p.id for p in problem.places] == ["Hedensted", "Horsens"]
    assert len(problem.periods) == 7
    assert {(t.who, t.course) for t in problem.takes} == {("all", c) for c in ("mat", "eng", "saf", "talk")}


def test_the_rows_that_are_written_are_a_term_of_their_own(write: Write, tmp_path: Path) -> None:
    rows = rows_of(write())
    other = tmp_path / "full"
    other.mkdir()
    short = {"language_days", "language_place", "language_from", "language_to"}
    for table, written in rows.items():
        columns = sorted({c for row in written for c in row} - (short if table == "participants" else set()))
        columns = ["id", "label"] if table == "teachers" else columns
        lines = [columns, *([row.get(c, "") for c in columns] for row in written)]
        (other / f"{table}.csv").write_text("\n".join(";".join(line) for line in lines), "utf-8")
    assert read(other) == read(tmp_path)


def test_mistakes_are_named_where_they_were_typed(write: Write) -> None:
    folder = write(
        deltagere="betegnelse,sprogskoledage,sprogskole_fra,sprogskole_til\nA,man onx,8,\nB,,08:30,\nC,tir,14:00,\n",
        undervisere='betegnelse,fag,højst,dage\nU,"mat, eng",fire,xx\nV,saff,,\nW,,3,\n',
    )
    days = "Write days as mon wed or mon-fri (man ons, man-fre)."
    lessons = "Write lessons as 3, or minutes as 30 min."
    assert errors(folder) == [
        "undervisere.csv row 4, column fag: the cell is empty. Say what is taught so much.",
        f"undervisere.csv row 2, column højst: 'fire' is not a number of lessons. {lessons}",
        f"undervisere.csv row 2, column dage: 'xx' is not a weekday. {days}",
        f"deltagere.csv row 2, column sprogskoledage: 'man onx' is not a weekday. {days}",
        "deltagere.csv row 2, column sprogskole_fra: '8' is not a time. Write it as 08:00.",
        "deltagere.csv row 3, column sprogskoledage: the cell is empty. Write it as mon wed.",
        "undervisere.csv row 3, column fag: there is no 'saff'. Did you mean saf?",
        "deltagere.csv row 4, column sprogskole_til: 13:00 is before the start. It must be after 14:00.",
    ]


def test_a_course_that_nobody_gives_is_left_out_and_told(write: Write) -> None:
    problem, warnings = read_with_warnings(write(undervisere="betegnelse,fag\nU,mat\n"))
    assert [c.id for c in problem.courses] == ["mat"]
    said = [str(w) for w in warnings]
    told = "nobody teaches eng, saf, so they are left out. Name who does in teachers, column course."
    assert f"teachers: {told}" in said
    assert " ".join(said).count("nobody teaches") == 1


def test_a_term_in_which_nobody_teaches_says_so_once(write: Write) -> None:
    for rows in ("betegnelse,fag\n", "betegnelse\nU\n"):
        assert errors(write(undervisere=rows)) == [
            "teachers: nobody teaches anything. Say what each teacher gives, in column course."
        ]


def test_a_misspelt_course_is_told_once(write: Write) -> None:
    (line,) = errors(write(undervisere="betegnelse,fag\nU,matt\n"))
    assert line.endswith("there is no 'matt'. Did you mean mat?")
    text = "id,name\nmat,M\neng,E\nsaf,S\n"
    assert errors(write(undervisere="betegnelse,fag\nU,matt\nV,eng\n", courses=text))[1:] == [
        "courses.csv row 4, column id: nobody teaches saf. Add a row to teaches."
    ]


def test_a_label_that_is_too_long_is_told_once(write: Write) -> None:
    label = "Ø" * 201
    rows = f"betegnelse,fag,dage,sprogskoledage\n{label},mat,tir,\n"
    (line,) = errors(write(undervisere=rows))
    assert line.startswith("undervisere.csv row 2, column betegnelse: ")
    (line,) = errors(
        write(undervisere="betegnelse,fag\nU,mat\n", deltagere=f"betegnelse,sprogskoledage\n{label},man\n")
    )
    assert line.startswith("deltagere.csv row 2, column betegnelse: ")


def test_a_teacher_may_have_several_windows_and_courses(write: Write) -> None:
    text = "betegnelse,fag,højst,dage,fra\nU,mat,4,tir,08:30\nU,mat,,tor,12:00\nU,eng,2,fre,\n"
    for lines in (text, "\n".join([text.split("\n")[0], *reversed(text.split("\n")[1:-1])]) + "\n"):
        problem = read(write(undervisere=lines))
        assert [t.id for t in problem.teachers] == ["U"]
        assert {(t.course, t.most) for t in problem.teaches} == {("mat", 180), ("eng", 90)}
        assert {(*a.days, a.start) for a in problem.availability} == {(1, 510), (3, 720), (4, 0)}
    folder = write(undervisere="betegnelse,id,fag\nU,1,mat\nV,1,eng\n")
    assert errors(folder)[0].startswith("undervisere.csv row 3, column id: the id '1' is used twice.")


def test_what_is_typed_wins_over_what_is_written(write: Write) -> None:
    problem = read(write(ringetider="id,start,slut\nX,09:00,10:00\n", fagvalg="hvem,fag\nDeltager A,mat\n"))
    assert [p.id for p in problem.periods] == ["X"]
    assert [(t.who, t.course) for t in problem.takes] == [("Deltager A", "mat")]


def test_a_choice_for_a_while_leaves_everyone_her_courses(write: Write) -> None:
    problem = read(write(fagvalg="hvem,fag,gælder_til\nDeltager A,mat,2020-03-01\n"))
    assert {(t.who, t.course) for t in problem.takes if t.valid_to is None} == {
        ("all", c) for c in ("mat", "eng", "saf", "talk")
    }
    assert [(t.who, t.course) for t in problem.takes if t.valid_to] == [("Deltager A", "mat")]


def test_empty_advanced_sheets_are_as_good_as_none(write: Write) -> None:
    full = read(write())
    headings = {"fag": "id,navn\n", "fagvalg": "hvem,fag\n", "ringetider": "id,start,slut\n", "steder": "id\n"}
    assert read(write(**headings)) == full


def test_start_step_stands_for_bell_times(write: Write) -> None:
    problem = read(write(forløb=TERM + "starttrin,15\ndagen_starter,08:30\ndagen_slutter,14:45\n"))
    assert problem.periods == ()
    assert (problem.settings.start_step, problem.settings.day_start, problem.settings.day_end) == (15, 510, 885)
