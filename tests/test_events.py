"""The 36 events of a term: the rows that the page `docs/do/events.md` types are read here, and the weeks looked at."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from skemaplan.counting import shortages
from skemaplan.dates import Week
from skemaplan.facts import LANGUAGE_SCHOOL, ONLINE
from skemaplan.problem import Problem
from skemaplan.tables import read
from skemaplan.unroll import teaching_weeks, week_facts
from skemaplan.week import WeekFacts

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "do" / "events.md"
BLOCK = re.compile(r"```csv \((\w+)\)( before)?\n(.*?)```", re.DOTALL)
KEYS: Mapping[str, tuple[str, ...]] = {  # what makes a row on the page the same row as one that is there already
    "participants": ("id",),
    "teachers": ("id",),
    "term": ("key",),
    "commitments": ("who", "title", "valid_from"),
    "absences": ("who", "title"),
    "modes": ("from_date", "mode", "course"),
}
MON, TUE, WED, THU, FRI = range(5)
DAY_LONG = (0, 1440)
Row = dict[str, str]


def blocks(event: int) -> list[tuple[str, bool, list[Row]]]:
    """(table, before, rows) of each block of an event."""
    page = PAGE.read_text("utf-8")
    section = next(s for s in page.split("\n## ")[1:] if s.startswith(f"{event}. "))
    return [(t, bool(before), list(csv.DictReader(text.splitlines()))) for t, before, text in BLOCK.findall(section)]


def january() -> dict[str, list[Row]]:
    """The case as it was known in January: four lessons of each subject, no closures, nothing online."""
    folder = ROOT / "examples" / "short-math"
    tables = {f.stem: list(csv.DictReader(f.read_text("utf-8").splitlines())) for f in folder.glob("*.csv")}
    tables["teaches"][0]["most"] = "4"
    return {name: rows for name, rows in tables.items() if name not in ("closures", "modes")}


def term(tmp_path: Path, *events: int, before: bool = False, tables: dict[str, list[Row]] | None = None) -> Problem:
    """The term with these events typed in; or, with `before`, with only what the page says was there before them."""
    tables = tables or january()
    for table, was_before, rows in (block for event in events for block in blocks(event)):
        for row in rows if was_before or not before else ():
            typed(tables.setdefault(table, []), row, KEYS.get(table, ()))
    folder = tmp_path / f"{'-'.join(map(str, events))}-{before}"
    folder.mkdir()
    for table, rows in tables.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(c for row in rows for c in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return read(folder)


def typed(rows: list[Row], row: Row, keys: tuple[str, ...]) -> None:
    """Type a row below the others, or its cells into the row that it is."""
    for old in rows if keys else ():
        if all(old.get(k, "") == row.get(k, "") for k in keys):
            old.update(row)
            return
    rows.append(row)


def week(problem: Problem, number: int) -> WeekFacts:
    return week_facts(problem, Week(2020, number))


def language_days(problem: Problem, number: int) -> dict[str, list[int]]:
    facts = week_facts(problem, Week(2020, number), standing=True)
    return {p.id: sorted(p.language_days) for p in facts.participants.values()}


def test_the_page_has_all_36_events_and_this_file_every_one_with_rows() -> None:
    numbers = [int(n) for n in re.findall(r"^## (\d+)\. ", PAGE.read_text("utf-8"), re.MULTILINE)]
    assert numbers == list(range(1, 37))
    tested = {int(n) for n in re.findall(r"^def test_event_(\d+)_", Path(__file__).read_text("utf-8"), re.MULTILINE)}
    assert {n for n in numbers if blocks(n)} | {36} == tested


def test_event_01_a_teacher_is_sick_for_two_weeks(tmp_path: Path) -> None:
    problem = term(tmp_path, 1)
    there = [any(week(problem, n).teachers["U-MAT"].free) for n in (9, 10, 11, 12)]
    assert there == [True, False, False, True]
    assert any(week(problem, 10).teachers["U-ENG"].free)
    assert week_facts(problem, Week(2020, 10), standing=True) == week_facts(problem, Week(2020, 9), standing=True)


def test_event_02_new_language_days_from_a_date(tmp_path: Path) -> None:
    problem = term(tmp_path, 2)
    before, after = language_days(problem, 15), language_days(problem, 17)
    assert (before.pop("E"), after.pop("E")) == ([MON, THU], [TUE, THU])
    assert before == after


def test_event_03_others_have_a_room_every_wednesday(tmp_path: Path) -> None:
    problem = term(tmp_path, 3)
    assert week(problem, 11).rooms["lokale_2"].free[WED] == ((0, 720), (960, 1440))
    assert week(problem, 12).rooms["lokale_2"].free[WED] == ()
    assert week(problem, 12).rooms["lokale_2"].free[THU] == (DAY_LONG,)


def test_event_04_public_holidays(tmp_path: Path) -> None:
    problem = term(tmp_path, 4)
    closed = {
        Week(2020, n).day(d)
        for n in range(6, 32)
        for d in range(5)
        if not any(p.free[d] for p in week(problem, n).participants.values())
    }
    easter = {date(2020, 4, 9), date(2020, 4, 10), date(2020, 4, 13)}
    assert closed == easter | {date(2020, 5, 8), date(2020, 5, 21), date(2020, 6, 1)}


def test_event_05_half_days(tmp_path: Path) -> None:
    problem = term(tmp_path, 5)
    for number in (18, 23):
        assert week(problem, number).participants["E"].free[FRI] == ((510, 720),)
        assert week(problem, number).teachers["U-ENG"].free[FRI] == ((510, 720),)
    assert week(problem, 19).participants["E"].free[FRI] == ((510, 885),)


def test_event_06_everything_online(tmp_path: Path) -> None:
    problem = term(tmp_path, 6)
    before, after = week(problem, 11), week(problem, 12)
    assert {d.place for c in before.courses.values() for d in c.days} == {"stoeberiet", "jobcenter"}
    assert {d.place for c in after.courses.values() for d in c.days[:5]} == {ONLINE}
    assert {p.demands["mat"].wanted for p in after.participants.values()} == {30}
    assert {d.largest for d in after.courses["mat"].days[:4]} == {1}
    assert {f.place for p in after.participants.values() for day in p.fixed for f in day} == {ONLINE}


def test_event_07_back_in_person(tmp_path: Path) -> None:
    problem = term(tmp_path, 6, 7)
    back, before = week(problem, 24), week(problem, 11)
    assert {d.place for c in back.courses.values() for d in c.days} == {"stoeberiet", "jobcenter"}
    assert back.participants == before.participants
    assert back.courses == before.courses


def test_event_08_somebody_leaves(tmp_path: Path) -> None:
    problem = term(tmp_path, 8)
    last = week(problem, 18).participants["B"]
    assert last.free[WED]
    assert not last.free[FRI]
    assert set(week(problem, 19).participants) == set("ACDE")
    assert problem.participant["B"].latest == 14 * 60  # her other cells are as they were


def test_event_09_somebody_joins(tmp_path: Path) -> None:
    problem = term(tmp_path, 9)
    assert "F" not in week(problem, 12).participants
    joined = week(problem, 13)
    assert joined.participants["F"].demands == joined.participants["A"].demands
    assert len(teaching_weeks(problem, "F")) == 31 - 13 + 1
    assert any(s.code == "teaching_weeks" and s.who == "F" and s.has == 19 for s in shortages(problem))


def test_event_10_an_exam_is_moved(tmp_path: Path) -> None:
    def exam(problem: Problem, number: int) -> list[tuple[int, int, str]]:
        return [
            (f.start, f.end, f.place) for f in week(problem, number).participants["A"].fixed[WED] if f.kind == "exam"
        ]

    there = [(540, 780, "scm_horsens")]
    early, late = term(tmp_path, 10, before=True), term(tmp_path, 10)
    assert (exam(early, 20), exam(early, 25)) == (there, [])
    assert (exam(late, 20), exam(late, 25)) == ([], there)
    assert not any(f.kind == LANGUAGE_SCHOOL for f in week(late, 25).participants["A"].fixed[WED])


def test_event_11_an_exam_some_time(tmp_path: Path) -> None:
    problem = term(tmp_path, 11)
    for number in (26, 27):
        a = week(problem, number).participants["A"]
        assert [a.reserved[d] for d in range(5)] == [(DAY_LONG,)] * 5
        assert a.free[FRI] == ((510, 885),)  # a price and a mark, not a block
    assert not any(week(problem, 28).participants["A"].reserved)


def test_event_12_the_admission_test_and_the_week_before(tmp_path: Path) -> None:
    problem = term(tmp_path, 12)
    for p in week(problem, 25).participants.values():
        assert [(f.start, f.end, f.place) for f in p.fixed[TUE] if f.kind == "exam"] == [(540, 720, "scm_horsens")]
        assert not any(s <= 600 < e for s, e in p.free[TUE])
    assert any(week(problem, 25).teachers["U-MAT"].free[TUE])
    wanted = [week(problem, n).participants["A"].demands["mat"].wanted for n in (23, 24, 25)]
    assert wanted == [135, 180, 135]


def test_event_14_a_teachers_hours_go_down(tmp_path: Path) -> None:
    problem = term(tmp_path, 14)
    bands = [week(problem, n).teachers["U-MAT"].teaches["mat"] for n in (16, 17)]
    assert bands == [(90, 180), (90, 90)]
    (short,) = [s for s in shortages(problem) if s.code == "course"]
    assert (short.who, short.need, short.has, short.weeks[0].number) == ("mat", 180, 90, 17)


def test_event_15_a_teachers_hours_go_up(tmp_path: Path) -> None:
    problem = term(tmp_path, 15)
    assert week(problem, 17).teachers["U-MAT"].teaches["mat"] == (90, 270)
    assert not [s for s in shortages(problem) if s.code == "course"]


def test_event_16_two_who_share_a_car(tmp_path: Path) -> None:
    assert week(term(tmp_path, 16), 9).pairs == (("A", "C", "together", False),)


def test_event_17_two_who_must_not_meet(tmp_path: Path) -> None:
    assert week(term(tmp_path, 17), 9).pairs == (("B", "E", "apart", True),)


def test_event_18_the_bus(tmp_path: Path) -> None:
    problem = term(tmp_path, 18)
    assert week(problem, 9).participants["D"].free[FRI] == ((525, 840),)
    assert week(problem, 27).participants["D"].free[FRI] == ((585, 840),)
    assert week(problem, 27).participants["B"].free[FRI] == ((510, 840),)


def test_event_19_no_bus_in_the_school_holidays(tmp_path: Path) -> None:
    problem = term(tmp_path, 18, 19)
    there = [any(week(problem, n).participants["D"].free) for n in (26, 27, 28, 29)]
    assert there == [True, False, False, True]


def test_event_20_child_care_closes(tmp_path: Path) -> None:
    problem, as_ever = term(tmp_path, 20), term(tmp_path, 36)
    for number in (28, 29):
        assert not any(week(problem, number).participants["B"].free)
        others = {p: w for p, w in week(problem, number).participants.items() if p != "B"}
        assert others == {p: w for p, w in week(as_ever, number).participants.items() if p != "B"}
    assert any(week(problem, 30).participants["B"].free)


def test_event_21_a_work_placement(tmp_path: Path) -> None:
    problem = term(tmp_path, 21)
    before, after = (week(problem, n).participants["C"] for n in (18, 19))
    assert [(f.title, f.start, f.end) for f in after.fixed[TUE]] == [("Praktik", 510, 705)]
    assert after.committed - before.committed == 8 * 45
    assert [d.wanted for d in before.demands.values()] == [135, 135, 135, 45]
    assert [after.demands[c].wanted for c in ("mat", "eng", "saf")] == [90, 90, 90]


def test_event_22_one_tuesday_at_ten(tmp_path: Path) -> None:
    problem = term(tmp_path, 22)
    assert week(problem, 11).participants["A"].free[TUE] == ((510, 600), (690, 885))
    assert week(problem, 11).participants["A"].fixed[TUE] == ()  # nothing in her calendar
    standing = week_facts(problem, Week(2020, 11), standing=True)
    assert standing.participants["A"].free[TUE] == ((510, 885),)


def test_event_23_maternity_leave(tmp_path: Path) -> None:
    problem = term(tmp_path, 23)
    assert any(week(problem, 19).participants["C"].free)
    for standing in (True, False):  # so long that ordinary weeks are planned without her
        facts = week_facts(problem, Week(2020, 20), standing=standing)
        assert not any(facts.participants["C"].free)


def test_event_24_shorter_days_for_a_while(tmp_path: Path) -> None:
    problem = term(tmp_path, 24)
    windows = [week(problem, n).participants["A"].free[TUE] for n in (17, 18, 21, 22)]
    assert windows == [((510, 885),), ((510, 720),), ((510, 720),), ((510, 885),)]
    assert [week(problem, n).prices.get(("waiting", "A")) for n in (16, 18, 23)] == [None, 3, None]


def test_event_25_an_interpreter_at_one_time(tmp_path: Path) -> None:
    (lock,) = week(term(tmp_path, 25), 9).locks
    assert (lock.participant, lock.course, lock.teacher, lock.day, lock.start) == ("B", "talk", "KOORD", WED, 615)


def test_event_26_the_language_school_closes(tmp_path: Path) -> None:
    problem = term(tmp_path, 26)
    assert all(not any(p.fixed) for p in week(problem, 27).participants.values())
    caps = [week(problem, n).participants["A"].demands["mat"].cap for n in (26, 27)]
    assert caps == [135, 180]
    assert week(problem, 27).teachers == week(problem, 26).teachers


def test_event_27_one_building_is_closed(tmp_path: Path) -> None:
    problem = term(tmp_path, 27)
    facts = week(problem, 11)
    assert facts.places["stoeberiet"][THU] == ()
    assert facts.rooms["lokale_1"].free[THU] == ()
    assert facts.places["jobcenter"][THU] == (DAY_LONG,)
    assert facts.places["stoeberiet"][FRI] == (DAY_LONG,)


def test_event_28_an_excursion(tmp_path: Path) -> None:
    problem = term(tmp_path, 28)
    for p in week(problem, 22).participants.values():
        assert [(f.title, f.start, f.end, f.place) for f in p.fixed[WED]] == [("Udflugt", 540, 870, "scm_horsens")]
        assert not any(s < 870 and e > 540 for s, e in p.free[WED])


def test_event_29_another_coordinator(tmp_path: Path) -> None:
    problem, as_ever = term(tmp_path, 29), term(tmp_path, 36)
    assert problem.teacher["KOORD"].label == "Beskæftigelsesrådgiver"
    assert all(week(problem, n) == week(as_ever, n) for n in range(6, 32))


def test_event_30_a_time_that_was_wrong(tmp_path: Path) -> None:
    problem = term(tmp_path, 30)
    for number in (6, 31):
        b, d = (week(problem, number).participants[p] for p in "BD")
        assert [(f.start, f.end) for f in b.fixed[TUE]] == [(495, 780)]
        assert [(f.start, f.end) for f in d.fixed[TUE]] == [(510, 780)]


def test_event_33_she_moves(tmp_path: Path) -> None:
    problem = term(tmp_path, 33)
    assert [week(problem, n).participants["E"].free[FRI] for n in (18, 19)] == [((510, 885),), ((555, 825),)]


def test_event_34_a_teacher_is_replaced(tmp_path: Path) -> None:
    problem = term(tmp_path, 34)
    assert problem.teacher["U-ENG"].label == "Underviser engelsk (ny)"
    days = [[d for d in range(7) if week(problem, n).teachers["U-ENG"].free[d]] for n in (16, 17)]
    assert days == [[TUE, WED, FRI], [MON, TUE, FRI]]
    assert week(problem, 17).teachers["U-ENG"].teaches == week(problem, 16).teachers["U-ENG"].teaches


def test_event_35_a_new_team(tmp_path: Path) -> None:
    """What stays from term to term is copied; persons are not."""
    persons = ("participants", "commitments")
    kept = {name: rows for name, rows in january().items() if name not in persons}
    problem = term(tmp_path, 35, tables=kept)
    old = term(tmp_path, 36)
    assert {p.id for p in problem.participants} == {"G", "H"}
    assert (problem.teachers, problem.rooms, problem.courses) == (old.teachers, old.rooms, old.courses)
    assert week_facts(problem, Week(2020, 53)).participants  # a term over New Year, and week 53
    assert not week_facts(problem, Week(2020, 31)).participants


def test_event_36_nothing_happens(tmp_path: Path) -> None:
    problem = term(tmp_path, 36)
    facts = [week(problem, n) for n in (8, 9, 10, 11)]
    assert facts.count(facts[0]) == 4


@pytest.mark.parametrize("event", [13, 31, 32])
def test_what_no_row_can_say(event: int) -> None:
    section = next(s for s in PAGE.read_text("utf-8").split("\n## ")[1:] if s.startswith(f"{event}. "))
    assert "No row" in section
