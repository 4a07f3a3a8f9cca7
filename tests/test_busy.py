"""Busy times out of calendars: recurrences, exceptions, zones, whole days; and what can't be read, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from terms import MONDAY
from terms import term as tiny_term

from skemaplan.busy import busy_commitments, busy_times
from skemaplan.cells import NotRead
from skemaplan.dates import Week
from skemaplan.errors import InputError
from skemaplan.facts import Commitment
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.tables import read, read_with_warnings
from skemaplan.unroll import week_facts

FIRST, LAST = date(2020, 2, 3), date(2020, 7, 31)
Ics = Callable[..., Path]
OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20200101T000000Z", *lines, "END:VEVENT"))


@pytest.fixture
def ics(tmp_path: Path) -> Ics:
    def write(*parts: str, name: str = "busy.ics") -> Path:
        text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//", *parts, "END:VCALENDAR", ""))
        (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode())
        return tmp_path

    return write


def times(folder: Path) -> list[str]:
    """'02-03 08:30-13:00' for each busy time."""
    found = busy_times("busy.ics", folder, "Europe/Copenhagen", FIRST, LAST)
    return [f"{d:%m-%d} {s // 60:02}:{s % 60:02}-{e // 60:02}:{e % 60:02}" for d, s, e in found]


def test_an_entry_in_each_kind_of_time(ics: Ics) -> None:
    folder = ics(
        OUTLOOK_ZONE,
        event("DTSTART:20200204T080000Z", "DTEND:20200204T093000Z", uid="utc"),
        event("DTSTART:20200205T083000", "DURATION:PT1H", uid="floating"),
        event("DTSTART;TZID=America/New_York:20200206T030000", "DTEND;TZID=America/New_York:20200206T040000", uid="ny"),
        event("DTSTART;TZID=Romance Standard Time:20200403T083000", "DURATION:PT30M", uid="outlook"),
        event("DTSTART:20200704T080000Z", "DTEND:20200704T090000Z", uid="summer"),
    )
    assert times(folder) == [
        "02-04 09:00-10:30",
        "02-05 08:30-09:30",
        "02-06 09:00-10:00",
        "04-03 08:30-09:00",
        "07-04 10:00-11:00",
    ]


def test_whole_days_and_nights(ics: Ics) -> None:
    folder = ics(
        event("DTSTART;VALUE=DATE:20200210", "DTEND;VALUE=DATE:20200212", uid="two days"),
        event("DTSTART;VALUE=DATE:20200220", uid="one day"),
        event("DTSTART:20200224T220000", "DTEND:20200225T060000", uid="a night"),
    )
    assert times(folder) == [
        "02-10 00:00-24:00",
        "02-11 00:00-24:00",
        "02-20 00:00-24:00",
        "02-24 22:00-24:00",
        "02-25 00:00-06:00",
    ]


def test_what_is_free_or_cancelled_or_takes_no_time_is_not_busy(ics: Ics) -> None:
    at = ("DTSTART:20200204T080000Z", "DTEND:20200204T093000Z")
    folder = ics(
        event(*at, "TRANSP:TRANSPARENT", uid="1"),
        event(*at, "STATUS:CANCELLED", uid="2"),
        event(*at, "X-MICROSOFT-CDO-BUSYSTATUS:FREE", uid="3"),
        event("DTSTART:20200204T080000Z", uid="4"),
    )
    assert times(folder) == []


def test_recurrences_with_their_exceptions_inside_the_term_only(ics: Ics) -> None:
    """Weekly since last year; once left out, once moved, and an hour earlier by UTC when clocks change (29 March)."""
    folder = ics(
        event(
            "DTSTART;TZID=Europe/Copenhagen:20191202T083000",
            "DTEND;TZID=Europe/Copenhagen:20191202T130000",
            "RRULE:FREQ=WEEKLY;UNTIL=20200420T220000Z",
            "EXDATE;TZID=Europe/Copenhagen:20200210T083000",
        ),
        event(
            "RECURRENCE-ID;TZID=Europe/Copenhagen:20200217T083000",
            "DTSTART;TZID=Europe/Copenhagen:20200218T100000",
            "DTEND;TZID=Europe/Copenhagen:20200218T110000",
        ),
    )
    found = times(folder)
    mondays = [FIRST + timedelta(weeks=n) for n in range(12) if n not in (1, 2)]
    assert found == sorted([*(f"{d:%m-%d} 08:30-13:00" for d in mondays), "02-18 10:00-11:00"])


def test_a_calendar_that_tells_only_when_somebody_is_busy(ics: Ics) -> None:
    folder = ics(
        "BEGIN:VFREEBUSY",
        "UID:1",
        "DTSTAMP:20200101T000000Z",
        "FREEBUSY:20200204T080000Z/PT1H,20200205T080000Z/20200205T090000Z",
        "FREEBUSY;FBTYPE=FREE:20200206T080000Z/PT1H",
        "END:VFREEBUSY",
    )
    assert times(folder) == ["02-04 09:00-10:00", "02-05 09:00-10:00"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "can't be read"),
        ("who,title\nA,B\n", "can't be read"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:32\r\nEND:VCALENDAR", "can't be read"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20200204T0800", "can't be read"),
        ("\x00\x00\xff", "can't be read"),
    ],
)
def test_a_broken_calendar_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "busy.ics").write_text(text, "latin-1")
    with pytest.raises(NotRead, match=said):
        times(tmp_path)


@pytest.mark.parametrize("name", ["gone.ics", "", ".", "https://example.org/me.ics", "x" * 300, "a\x00b"])
def test_a_calendar_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotRead, match=r"there is no calendar|can't be read"):
        busy_times(name, tmp_path, "Europe/Copenhagen", FIRST, LAST)


def test_a_bomb_is_refused(ics: Ics) -> None:
    for rule in ("FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=2"):
        with pytest.raises(NotRead, match="every hour or oftener"):
            times(ics(event("DTSTART:20200204T080000Z", "DURATION:PT1S", f"RRULE:{rule}")))
    many = (event("DTSTART:20200203T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(40))
    with pytest.raises(NotRead, match="more than 5000 entries"):
        times(ics(*many))


# -- as commitments ---------------------------------------------------------------------------------------------------

ROW = Commitment(who="A", title="", days=frozenset(), start=0, end=0, calendar="busy.ics")


def weekly(*weeks: int) -> list[tuple[date, int, int]]:
    return [(FIRST + timedelta(weeks=n), 510, 600) for n in weeks]


@pytest.mark.parametrize(
    ("weeks", "rows"),
    [
        ((0, 1, 2, 3), [(0, 3, 1, ())]),
        ((0, 2, 3, 4, 7), [(0, 7, 1, (1, 5, 6))]),  # holidays in between
        ((0, 2, 4, 6), [(0, 6, 2, ())]),
        ((1, 3, 5), [(1, 5, 2, ())]),
        ((0, 1, 6, 7), [(0, 1, 1, ()), (6, 7, 1, ())]),  # a month of nothing: two classes
        ((0, 3), [(0, 0, 1, ()), (3, 3, 1, ())]),
        ((5,), [(5, 5, 1, ())]),
    ],
)
def test_what_comes_back_is_one_commitment(
    weeks: tuple[int, ...], rows: list[tuple[int, int, int, tuple[int, ...]]]
) -> None:
    found = busy_commitments(ROW, weekly(*weeks), "Busy")
    told = [
        (
            ((c.valid_from or FIRST) - FIRST).days // 7,
            ((c.valid_to or FIRST) - FIRST).days // 7,
            c.every_weeks,
            tuple(sorted((day - FIRST).days // 7 for day in c.skips)),
        )
        for c in found
    ]
    assert told == rows


@pytest.fixture
def term(tmp_path: Path) -> Callable[[str], Path]:
    def write(commitments: str) -> Path:
        tables = {
            "term": "key,value\nname,X\nstart,2020-02-03\nend,2020-07-31\nlanguage,da\n",
            "participants": "label,language_days\nA,tue\n",
            "teachers": "label,course\nU,mat\n",
            "courses": "id,name\nmat,M\n",
            "commitments": commitments,
        }
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return tmp_path

    return write


def test_busy_times_are_fixed_in_her_week_and_nothing_else_is_known(ics: Ics, term: Callable[[str], Path]) -> None:
    """A weekly entry is part of an ordinary week; what is once, or left out once, is not."""
    ics(
        event("SUMMARY:secret", "LOCATION:there", "DTSTART:20200203T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
        event("SUMMARY:once", "DTSTART:20200212T090000", "DURATION:PT1H", uid="2"),
        event("SUMMARY:also in the tables", "DTSTART:20200211T080000", "DURATION:PT2H", uid="3"),
    )
    problem = read(term("who,calendar\nA,busy.ics\n"))

    def fixed(week: int, standing: bool) -> list[tuple[int, int, int, str, int]]:
        her = week_facts(problem, Week(2020, week), standing=standing).participants["A"]
        return [(d, f.start, f.end, f.title, f.minutes) for d, day in enumerate(her.fixed) for f in day]

    monday, school = (0, 540, 600, "Optaget", 0), (1, 510, 780, "Sprogskole", 225)
    assert fixed(6, False) == fixed(6, True) == fixed(7, True) == [monday, school]
    once, at_school = (2, 540, 600, "Optaget", 0), (1, 480, 600, "Optaget", 0)
    assert fixed(7, False) == [monday, at_school, (1, 600, 780, "Sprogskole", 225), once]
    assert "secret" not in repr(problem)
    assert "there" not in repr(problem.commitments)


def test_a_skipped_week_is_ordinary_but_for_that(ics: Ics, term: Callable[[str], Path]) -> None:
    ics(event("DTSTART:20200203T083000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "EXDATE:20200217T083000"))
    problem = read(term("who,calendar,kind,lessons,title\nA,busy.ics,work,2,Praktik\n"))
    usual, skipped = week_facts(problem, Week(2020, 7)), week_facts(problem, Week(2020, 8))
    assert [f.title for f in usual.participants["A"].fixed[0]] == ["Praktik"]
    assert [f.minutes for f in usual.participants["A"].fixed[0]] == [90]
    assert skipped.participants["A"].fixed[0] == ()
    assert week_facts(problem, Week(2020, 8), standing=True) == week_facts(problem, Week(2020, 7), standing=True)


def test_a_calendar_that_fails_is_named_by_its_cell(term: Callable[[str], Path]) -> None:
    folder = term("who,title,day,from,to,calendar\nA,,,,,gone.ics\nB,,,,,gone.ics\n")
    with pytest.raises(InputError) as caught:
        read(folder)
    said = [str(t) for t in caught.value.troubles]
    assert said[0].startswith("commitments.csv row 2, column calendar: there is no calendar gone.ics")
    assert any(s.startswith("commitments.csv row 3, column who: there is no 'B'") for s in said)
    assert len(said) == 3


def test_a_calendar_of_another_year_is_a_warning(ics: Ics, term: Callable[[str], Path]) -> None:
    ics(event("DTSTART:20190203T090000", "DURATION:PT1H"))
    problem, warnings = read_with_warnings(term("who,calendar\nA,busy.ics\n"))
    assert [str(w) for w in warnings if "nothing in this term" in str(w)]
    assert not [c for c in problem.commitments if c.calendar]


def test_a_busy_day_takes_its_sessions_and_nobody_else_moves() -> None:
    row = Commitment(who="A", title="", days=frozenset(), start=0, end=0, calendar="busy.ics")
    days = [(MONDAY + timedelta(days=7 + d), 0, 24 * 60) for d in (0, 2)]
    quiet, busy = tiny_term(4), tiny_term(4)
    busy = replace(busy, commitments=tuple(busy_commitments(row, days, "Optaget")))
    found, before = plan(busy), plan(quiet)
    assert not list(verify_plan(found))
    assert len(found.bases) == 1
    for n, (week, dated) in enumerate(sorted(found.weeks.items())):
        mine = dated.schedule.of("A")
        assert bool(mine) == (n != 1)
        assert {m.participant for m in dated.missing} == ({"A"} if n == 1 else set())
        assert {str(m.reason) for m in dated.missing} <= {"Optaget"}
        assert dated.schedule.of("B") == before.weeks[week].schedule.of("B")
