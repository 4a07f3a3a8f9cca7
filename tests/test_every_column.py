"""Every table, key and column does something: one cell is changed, and what it is there for changes.

`week`: what a dated or an ordinary week is, which is all that a plan and `verify` know of the tables. `check`: what is
said of the tables before planning. `shown`: what people see of one and the same plan. What only planning itself shows
is tested where it says. A new column has to be placed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from skemaplan import accounts
from skemaplan.candidates import candidates
from skemaplan.columns import KEYS, TABLES
from skemaplan.errors import InputError
from skemaplan.plan_file import plan_document, read_plan
from skemaplan.planning.term import plan
from skemaplan.planning.verified import verify_plan
from skemaplan.problem import Problem
from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import publish
from skemaplan.publishing.page import page
from skemaplan.publishing.slots import people
from skemaplan.schedule import TermPlan
from skemaplan.summary import summarise
from skemaplan.summary_text import summary_text
from skemaplan.tables import check, read
from skemaplan.unroll import teaching_weeks, week_facts

Row = Mapping[str, object]
NOW = datetime(2026, 8, 1, tzinfo=UTC)
TESTS = Path(__file__).parent

# Three weeks: the first is as usual, in the second a day is closed, the third is online.
TERM = """
term: key | value
name | De internationale
start | 2026-08-10
end | 2026-08-30
weekly_target | 4
weekly_tolerance | 1
teaching_weeks | 3

participants: id | label | team | start | end | earliest | latest | languages | detail
A | Deltager A | hold | | | 08:00 | 14:00 | ar | full
B | Deltager B | hold | | | | | da | full
C | Deltager C | | | | | | da | full

teachers: id | label
U-MAT | Underviser matematik
KOORD | Koordinator

periods: id | start | end | days
P1 | 08:30 | 09:15 | mon-fri
P2 | 09:15 | 10:00 | mon-fri
P3 | 10:15 | 11:00 | mon-fri

places: id | name | shown_as | link
stob | Støberiet, Hedensted | Støberiet | https://mode.example/stob
horsens | Sprogcenter | |

travel: from | to | minutes | km
stob | horsens | 30 | 12.5

rooms: id | place | seats
lokale | stob | 5

courses: id | name | name_en | kind | lessons_per_week | fewest | most | sessions_per_week | shortest | longest | place
mat | Matematik | Mathematics | lesson | 2 | 1 | 3 | 2 | 1 | 2 | stob
talk | Samtale | Talk | talk | 1 | 1 | 1 | 1 | 1 | 1 | stob

teaches: teacher | course | least | most | valid_from | valid_to
U-MAT | mat | 1 | 4 | |
KOORD | talk | | | |

takes: who | course | lessons_per_week | fewest | most | valid_from | valid_to
hold | mat | | | | |
A | talk | | | | |
C | mat | 1 | | | |

availability: who | day | from | to | kind | valid_from | valid_to
U-MAT | mon wed fri | 08:00 | 12:00 | free | |
KOORD | mon-fri | 08:00 | 12:00 | free | |
lokale | fri | 08:30 | 09:15 | busy | |

commitments: who | title | day | from | to | place | lessons | valid_from | valid_to | kind | every_weeks
A | Sprogskole | tue | 08:30 | 10:00 | horsens | 2 | | | language_school | 1

absences: who | from_date | to_date | from | to | title | place | kind
B | 2026-08-12 | 2026-08-12 | 08:00 | 09:15 | Prøve | horsens | exam

closures: from_date | to_date | from | to | place | who | reason
2026-08-17 | 2026-08-17 | 08:00 | 09:15 | | all | Personaledag

modes: from_date | to_date | mode | who | course | link | lessons_per_week | sessions_per_week | shortest | longest | smallest_group | largest_group
2026-08-24 | 2026-08-30 | online | | mat | https://mode.example/mat | 2 | 1 | 1 | 2 | 1 | 2

pairs: a | b | kind | hard
A | B | together | no

locks: participant | course | teacher | date | day | start | room | valid_from | valid_to
C | mat | | | wed | 08:30 | | |

prices: name | minutes | who | valid_from | valid_to
alone | 5 | A | |
"""  # noqa: E501

# Table and column: the cell (a number is the row) as it is written instead, and what that changes.
WEEK, CHECK, SHOWN = "week", "check", "shown"
CHANGES: dict[str, tuple[object, str, str]] = {
    "term.name": ("", "Hold 2", SHOWN),
    "term.start": ("", "2026-08-17", WEEK),
    "term.end": ("", "2026-08-23", WEEK),
    "term.timezone": ("", "Europe/Helsinki", SHOWN),
    "term.language": ("", "en", SHOWN),
    "term.country": ("", "Jylland", CHECK),
    "term.lesson_minutes": ("", "40", WEEK),
    "term.weekly_target": ("", "5", WEEK),
    "term.weekly_tolerance": ("", "0", WEEK),
    "term.teaching_weeks": ("", "22", CHECK),
    "term.longest_break_inside": ("", "10", WEEK),
    "term.online_after": ("", "45", WEEK),
    "term.reminder": ("", "30", SHOWN),
    "term.show_commitments": ("", "no", SHOWN),
    "term.show_participants": ("", "yes", SHOWN),
    "term.calendar_name": ("", "Min uge", SHOWN),
    "participants.label": (0, "Deltager X", SHOWN),
    "participants.id": (2, "D", CHECK),
    "participants.team": (1, "", WEEK),
    "participants.language_days": (1, "thu", WEEK),
    "participants.earliest": (0, "09:15", WEEK),
    "participants.latest": (0, "10:00", WEEK),
    "participants.start": (0, "2026-08-17", WEEK),
    "participants.end": (0, "2026-08-20", WEEK),
    "participants.languages": (0, "uk", SHOWN),
    "participants.most_lessons_per_day": (0, "2", WEEK),
    "participants.most_days": (0, "2", WEEK),
    "participants.shortest_break": (0, "15", WEEK),
    "participants.detail": (0, "times_only", SHOWN),
    "teachers.label": (0, "Underviser X", SHOWN),
    "teachers.id": (0, "U-X", CHECK),
    "teachers.course": (1, "mat", WEEK),
    "teachers.days": (1, "mon", WEEK),
    "teachers.from": (1, "09:00", WEEK),
    "teachers.to": (1, "10:00", WEEK),
    "periods.start": (0, "08:25", WEEK),
    "periods.end": (0, "09:10", WEEK),
    "periods.days": (0, "mon", WEEK),
    "places.id": (1, "vejle", CHECK),
    "places.name": (1, "Sprogcenter Midt", SHOWN),
    "places.shown_as": (0, "Huset", SHOWN),
    "travel.from": (0, "horsens", CHECK),
    "travel.to": (0, "stob", CHECK),
    "travel.minutes": (0, "45", WEEK),
    "travel.km": (0, "20", SHOWN),
    "rooms.id": (0, "lokale 2", CHECK),
    "rooms.place": (0, "horsens", WEEK),
    "rooms.seats": (0, "2", WEEK),
    "courses.id": (0, "matematik", CHECK),
    "courses.name": (0, "Regning", SHOWN),
    "courses.kind": (0, "talk", WEEK),
    "courses.lessons_per_week": (0, "1", WEEK),
    "courses.fewest": (0, "2", WEEK),
    "courses.most": (0, "2", WEEK),
    "courses.sessions_per_week": (0, "1", WEEK),
    "courses.shortest": (0, "2", WEEK),
    "courses.longest": (0, "1", WEEK),
    "courses.smallest_group": (0, "2", WEEK),
    "courses.largest_group": (0, "2", WEEK),
    "courses.most_taught": (0, "3", WEEK),
    "courses.every_weeks": (0, "2", WEEK),
    "courses.place": (0, "horsens", WEEK),
    "courses.different_days": (0, "no", WEEK),
    "courses.shown_as": (0, "Tal", SHOWN),
    "teaches.teacher": (0, "KOORD", WEEK),
    "teaches.course": (1, "mat", CHECK),
    "teaches.least": (0, "2", WEEK),
    "teaches.most": (0, "3", WEEK),
    "teaches.valid_from": (0, "2026-08-17", WEEK),
    "teaches.valid_to": (0, "2026-08-14", WEEK),
    "takes.who": (2, "A", WEEK),
    "takes.course": (2, "talk", WEEK),
    "takes.lessons_per_week": (0, "1", WEEK),
    "takes.fewest": (0, "2", WEEK),
    "takes.most": (0, "2", WEEK),
    "takes.valid_from": (0, "2026-08-17", WEEK),
    "takes.valid_to": (0, "2026-08-14", WEEK),
    "availability.who": (2, "stob", WEEK),
    "availability.day": (0, "mon wed", WEEK),
    "availability.from": (0, "09:00", WEEK),
    "availability.to": (0, "11:00", WEEK),
    "availability.kind": (0, "busy", WEEK),
    "availability.valid_from": (2, "2026-08-17", WEEK),
    "availability.valid_to": (2, "2026-08-14", WEEK),
    "commitments.who": (0, "hold", WEEK),
    "commitments.title": (0, "Kursus", WEEK),
    "commitments.day": (0, "thu", WEEK),
    "commitments.from": (0, "09:15", WEEK),
    "commitments.to": (0, "11:00", WEEK),
    "commitments.place": (0, "stob", WEEK),
    "commitments.lessons": (0, "1", WEEK),
    "commitments.valid_from": (0, "2026-08-17", WEEK),
    "commitments.valid_to": (0, "2026-08-14", WEEK),
    "commitments.kind": (0, "work", WEEK),
    "commitments.every_weeks": (0, "2", WEEK),
    "commitments.calendar": (0, "busy.ics", CHECK),
    "absences.who": (0, "A", WEEK),
    "absences.from_date": (0, "2026-08-11", WEEK),
    "absences.to_date": (0, "2026-08-13", WEEK),
    "absences.from": (0, "08:30", WEEK),
    "absences.to": (0, "10:00", WEEK),
    "absences.title": (0, "PD2", WEEK),
    "absences.place": (0, "stob", WEEK),
    "absences.kind": (0, "reserved", WEEK),
    "closures.from_date": (0, "2026-08-14", WEEK),
    "closures.to_date": (0, "2026-08-18", WEEK),
    "closures.from": (0, "09:00", WEEK),
    "closures.to": (0, "11:00", WEEK),
    "closures.place": (0, "stob", WEEK),
    "closures.who": (0, "language_school", WEEK),
    "modes.from_date": (0, "2026-08-26", WEEK),
    "modes.to_date": (0, "2026-08-26", WEEK),
    "modes.mode": (0, "in_person", WEEK),
    "modes.who": (0, "A", WEEK),
    "modes.course": (0, "talk", WEEK),
    "modes.link": (0, "https://mode.example/2", WEEK),
    "modes.lessons_per_week": (0, "1", WEEK),
    "modes.sessions_per_week": (0, "2", WEEK),
    "modes.shortest": (0, "30 min", WEEK),
    "modes.longest": (0, "1", WEEK),
    "modes.smallest_group": (0, "2", WEEK),
    "modes.largest_group": (0, "1", WEEK),
    "pairs.a": (0, "C", WEEK),
    "pairs.b": (0, "C", WEEK),
    "pairs.kind": (0, "apart", WEEK),
    "pairs.hard": (0, "yes", WEEK),
    "locks.participant": (0, "B", WEEK),
    "locks.course": (0, "talk", WEEK),
    "locks.teacher": (0, "U-MAT", WEEK),
    "locks.day": (0, "mon", WEEK),
    "locks.start": (0, "09:15", WEEK),
    "locks.to": (0, "09:15", WEEK),
    "locks.room": (0, "lokale", WEEK),
    "locks.valid_from": (0, "2026-08-17", WEEK),
    "locks.valid_to": (0, "2026-08-14", WEEK),
    "prices.name": (0, "target", WEEK),
    "prices.minutes": (0, "6", WEEK),
    "prices.who": (0, "B", WEEK),
    "prices.valid_from": (0, "2026-08-17", WEEK),
    "prices.valid_to": (0, "2026-08-14", WEEK),
}
# What is shown only by planning, or by a table of its own: the file and the test that show it.
ELSEWHERE = {
    "term.short_weeks": "test_term.py test_lost_lessons_are_won_back_where_the_term_says_refill",
    "term.moves_per_lesson": "test_term.py test_as_many_moves_as_the_term_allows_for_a_lesson",
    "term.make_up": "test_making_up.py making_up",
    "term.freeze_days": "test_change.py test_as_many_days_are_frozen_as_the_term_says",
    "term.cycle_weeks": "test_cycles.py test_a_cycle_of_four_weeks",
    "term.start_step": "test_every_column.py test_a_grid_in_place_of_bell_times",
    "term.day_start": "test_every_column.py test_a_grid_in_place_of_bell_times",
    "term.day_end": "test_every_column.py test_a_grid_in_place_of_bell_times",
    "term.cancelled_status": "test_feed.py cancelled_status",
    "participants.language_place": "test_tables_short.py language_place",
    "participants.language_from": "test_tables_short.py language_from",
    "participants.language_to": "test_tables_short.py language_to",
    "teachers.least": "test_tables_short.py least",
    "teachers.most": "test_tables_short.py most",
    "places.link": "test_modes.py stob.example",
    "courses.name_en": "test_every_column.py test_the_english_name_is_for_english",
    "closures.reason": "test_grid.py Ferie",
    "locks.makes_up": "test_making_up.py test_what_is_locked_to_be_made_up_is_made_up_then",
    "locks.date": "test_unroll.py test_a_lock_on_a_date_is_in_its_week_only",
}
# For whoever reads the tables: nothing that is planned or shown depends on them.
FOR_THE_READER = {"periods.id", "closures.week"}


@cache
def base() -> dict[str, pd.DataFrame]:
    found = {}
    for block in TERM.strip().split("\n\n"):
        head, *rows = block.splitlines()
        name, _, columns = head.partition(":")
        cells = [[cell.strip() for cell in row.split("|")] for row in rows]
        found[name] = pd.DataFrame(cells, columns=[c.strip() for c in columns.split("|")], dtype=str)
    return found


def tables(changed: str = "", row: object = 0, value: str = "") -> dict[str, pd.DataFrame]:
    """The tables, with one cell changed."""
    found = {name: frame.copy() for name, frame in base().items()}
    table, _, column = changed.partition(".")
    if table == "term":
        frame = found["term"]
        kept = frame[frame["key"] != column]
        found["term"] = pd.concat([kept, pd.DataFrame([[column, value]], columns=["key", "value"])], ignore_index=True)
    elif table:
        if column not in found[table]:
            found[table][column] = ""
        found[table].loc[row, column] = value
    return found


def weeks(problem: Problem) -> list[object]:
    return [week_facts(problem, w, standing=s) for w in teaching_weeks(problem) for s in (False, True)]


@cache
def made() -> TermPlan:
    return plan(read(tables()))


def shown(problem: Problem) -> list[object]:
    """What people see of the plan that the unchanged tables give."""
    again = read_plan(plan_document(made()), problem)
    published = publish(again, None, NOW)
    summary = summarise(again)
    calendars = [re.sub(rb"UID:.*", b"", feed(published, who)) for who in people(problem)]  # an identity is drawn anew
    pages = [page(published, who, url="https://site.example/x") for who in people(problem)]
    rows = [list(accounts.attendance(again)), list(accounts.teachers(again))]
    return [*calendars, *pages, *rows, summary_text(summary, problem.settings.language)]


def said(given: Mapping[str, pd.DataFrame]) -> list[str]:
    return [str(trouble) for trouble in check(given)]


def test_the_tables_are_in_order() -> None:
    assert said(tables()) == []


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_cell_changes_what_it_is_there_for(column: str) -> None:
    row, value, what = CHANGES[column]
    changed = tables(column, row, value)
    if what == CHECK:
        assert said(changed) != said(tables())
    elif what == WEEK:
        assert weeks(read(changed)) != weeks(read(tables()))
    else:
        assert weeks(read(changed)) == weeks(read(tables())), "say that it changes the week"
        assert shown(read(changed)) != shown(read(tables()))


def test_every_column_has_its_place_here() -> None:
    columns = {f"{t.name}.{c.name}" for t in TABLES if t.name != "term" for c in t.columns if c.name != "note"}
    columns |= {f"term.{key.name}" for key in KEYS}
    placed = [*CHANGES, *ELSEWHERE, *FOR_THE_READER]
    assert sorted(placed) == sorted(columns)


@pytest.mark.parametrize("column", ELSEWHERE)
def test_what_is_tested_elsewhere_is(column: str) -> None:
    file, word = ELSEWHERE[column].split()
    assert word in (TESTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("column", sorted(FOR_THE_READER))
def test_what_is_for_the_reader_changes_nothing(column: str) -> None:
    changed = tables(column, 0, "33")
    assert weeks(read(changed)) == weeks(read(tables()))
    assert shown(read(changed)) == shown(read(tables()))


def test_wrong_tables_are_refused_and_not_planned() -> None:
    with pytest.raises(InputError):
        read(tables("courses.id", 0, "matematik"))


# -- what only planning shows ------------------------------------------------------------------------------------------


def with_keys(given: Mapping[str, pd.DataFrame], **keys: str) -> dict[str, pd.DataFrame]:
    rows = pd.DataFrame(list(keys.items()), columns=["key", "value"])
    return {**given, "term": pd.concat([given["term"], rows], ignore_index=True)}


def test_the_english_name_is_for_english() -> None:
    other = tables("courses.name_en", 0, "Sums")
    assert shown(read(other)) == shown(read(tables()))
    assert shown(read(with_keys(other, language="en"))) != shown(read(with_keys(tables(), language="en")))


def test_a_grid_in_place_of_bell_times() -> None:
    """Sessions begin every so many minutes from the first start on, and end by the end of the day."""
    given = {name: frame for name, frame in tables().items() if name not in ("periods", "locks")}
    problem = read(with_keys(given, start_step="20", day_start="08:20", day_end="10:35"))
    times = {(s.start, s.end) for s in candidates(week_facts(problem, teaching_weeks(problem)[0]))}
    assert {(start - 500) % 20 for start, _ in times} == {0}
    assert (580, 625) in times
    assert (min(start for start, _ in times), max(end for _, end in times)) == (8 * 60 + 20, 10 * 60 + 30)
    assert not list(verify_plan(plan(problem)))
