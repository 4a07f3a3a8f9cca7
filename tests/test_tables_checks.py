"""What must fit together between rows, as it is told for whole tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from skemaplan.checks.enough import PARTICIPANTS, TEACHERS, TRAVEL
from skemaplan.columns import TABLE
from skemaplan.errors import InputError
from skemaplan.tables import read, read_with_warnings

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(**tables: str) -> Path:
        usual = {
            "term": "key,value\nname,X\nstart,2020-02-03\nend,2020-07-31\n",
            "participants": "id,label,team,earliest,latest\nA,Deltager A,t1,,\nB,Deltager B,t1,12:00,13:00\n",
            "teachers": "label,course\nU,mat\n",
            "courses": "id,name\nmat,M\n",
        }
        for name, text in {**usual, **tables}.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return tmp_path

    return write


def errors(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder)
    return [str(t) for t in caught.value.troubles]


def warnings(folder: Path) -> list[str]:
    return [str(t) for t in read_with_warnings(folder)[1]]


WEEKLY = "who,title,day,from,to,valid_from,kind\n"


@pytest.mark.parametrize(
    "rows",
    [
        "A,Sprogskole,mon,08:30,13:00,,language_school\nA,Praktik,mon fri,12:00,15:00,2020-05-01,work\n",
        "A,Sprogskole,mon,08:30,13:00,,language_school\nt1,Praktik,mon,12:00,15:00,,\n",
        "A,x,mon,08:30,13:00,,\nA,x,man-fre,12:00,15:00,,\n",
    ],
)
def test_weekly_commitments_that_overlap(write: Write, rows: str) -> None:
    (line,) = errors(write(commitments=WEEKLY + rows))
    assert line.startswith("commitments.csv row 3, column from: ")
    assert " overlaps " in line


@pytest.mark.parametrize(
    "rows",
    [
        "A,DU2-4,mon,08:30,13:00,,language_school\nA,DU2-5,mon tue,08:30,13:00,2020-04-01,language_school\n",
        "A,x,mon,08:30,13:00,,\nA,x,mon,09:00,12:00,2020-04-01,\n",
        "A,x,mon,08:30,13:00,,\nA,y,mon,13:00,14:00,,\nB,x,mon,08:30,13:00,,\n",
    ],
)
def test_the_newer_row_replaces_the_older(write: Write, rows: str) -> None:
    assert warnings(write(commitments=WEEKLY + rows)) == []


def test_a_period_inside_another(write: Write) -> None:
    rows = "id,start,end,days\n1,08:30,09:15,\n2,09:00,09:45,fri\n3,08:00,08:30,\n4,09:45,10:00,mon\n"
    assert errors(write(periods=rows)) == [
        "periods.csv row 3, column start: period 2 lies inside period 1 (08:30-09:15). Periods follow each other."
    ]


def test_a_term_of_two_hundred_years(write: Write) -> None:
    (line,) = errors(write(term="key,value\nname,X\nstart,2020-02-03\nend,2199-07-31\n"))
    assert line.startswith("term.csv row 4, column value: the term is 9365 weeks long.")


def test_windows_that_exclude_each_other(write: Write) -> None:
    folder = write(
        availability="who,day,from,to,kind\n"
        "B,mon-fri,08:00,11:00,\n"
        "U,mon,08:00,11:00,free\nU,mon,07:00,12:00,busy\n"
        "A,mon,08:00,11:00,free\nA,tue,07:00,12:00,busy\n"
    )
    assert warnings(folder) == [
        "availability.csv row 2, column from: the windows of B leave no time at all. "
        "Look at from, to and day, and at earliest and latest.",
        "availability.csv row 3, column from: the windows of U leave no time at all. "
        "Look at from, to and day, and at earliest and latest.",
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("mat,M,5,2,1,2,", "2 sessions of mat do not hold what is wanted."),
        ("mat,M,2,3,1,2,", "3 sessions of mat are more than its most lessons."),
        ("mat,M,4,2,1,2,", ""),
    ],
)
def test_sessions_that_cannot_hold_the_lessons(write: Write, row: str, expected: str) -> None:
    head = "id,name,lessons_per_week,sessions_per_week,shortest,longest,kind\n"
    found = warnings(write(courses=head + row + "\n"))
    assert [expected in line for line in found] == [True] * bool(expected)


def test_travel_that_is_needed_and_missing(write: Write) -> None:
    folder = write(
        places="id\nhere\nthere\nfar\n",
        courses="id,name,place\nmat,M,here\n",
        travel="from,to,minutes\nhere,far,20\n",
        commitments="who,title,day,from,to,place\nA,x,mon,08:30,13:00,there\nB,x,mon,08:30,13:00,there\n",
    )
    assert errors(folder) == [
        "commitments.csv row 2, column place: the minutes from there to here are not known. "
        "Add a row to travel: A has something at both in one week."
    ]
    (folder / "travel.csv").unlink()
    assert warnings(folder) == [
        "travel: no way between places is known, so all are counted as 0 minutes. Add rows to travel."
    ]


def test_a_lock_needs_a_date_or_a_day(write: Write) -> None:
    folder = write(
        locks="participant,course,start,day,date\nA,mat,08:30,,\nA,mat,08:30,mon,2020-03-02\nA,mat,08:30,mon,\n"
    )
    assert [line.split(":")[0] for line in errors(folder)] == [
        "locks.csv row 2, column date",
        "locks.csv row 3, column date",
    ]


def test_words_of_our_own_are_no_ids(write: Write) -> None:
    (line,) = errors(write(participants="label\nall\n"))
    assert line.startswith("participants.csv row 2, column id: 'all' is a word of skemaplan.")


def test_two_participants_with_one_label(write: Write) -> None:
    assert warnings(write(participants="id,label\nA,Deltager\nB,Deltager\n")) == [
        "participants.csv row 3, column label: Deltager is also the label of A. Give each her own."
    ]


def test_a_talk_is_one_to_one_whatever_is_typed(write: Write) -> None:
    head = "id,name,kind,smallest_group,largest_group\n"
    assert read(write(courses=head + "mat,M,talk,1,5\n")).courses[0].largest_group == 1
    (line, *_) = errors(write(courses=head + "mat,M,talk,2,5\n"))
    assert "column smallest_group" in line or "column largest_group" in line


def test_a_price_of_which_no_rule_knows(write: Write) -> None:
    (line,) = errors(write(prices="name,minutes\nwaiting,2\nwaitng,2\n"))
    assert line.startswith("prices.csv row 3, column name: there is no 'waitng'.")
    assert "waiting" in line


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,A,together\n", "pairs.csv row 2, column b: A is paired with herself. Name the other one."),
        (
            "A,B,together\nB,A,apart\n",
            "pairs.csv row 3, column kind: B and A can't sit together and apart. "
            "Take this row out, or pairs.csv row 2.",
        ),
    ],
)
def test_pairs_that_cannot_be(write: Write, rows: str, said: str) -> None:
    assert errors(write(pairs="a,b,kind\n" + rows)) == [said]


def test_pairs_may_be_said_twice(write: Write) -> None:
    read(write(pairs="a,b,kind\nA,B,apart\nB,A,apart\n"))


def test_a_term_without_participants_does_not_work_out(write: Write) -> None:
    told = errors(write(participants="id,label\n"))
    assert told == ["participants: there are no participants. Write each of them in a row."]


def test_empty_tables_are_called_as_the_list_of_columns_calls_them() -> None:
    assert TABLE["participants"].called == PARTICIPANTS
    assert TABLE["teachers"].called == TEACHERS
    assert TABLE["travel"].called == TRAVEL
