"""What a draft changes, told to each person: kinds, sentences, repetition, text messages, and who must be rung."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from plans import make_plan
from terms import MONDAY, random_term, term

from skemaplan.dates import Week
from skemaplan.differing import changes, counts, meetings, to_ring
from skemaplan.differing_document import differing_document, differing_page
from skemaplan.differing_text import LONGEST_SMS, by_person, own_sms, room_in_sms, sentence, sms
from skemaplan.facts import Closure, Lock
from skemaplan.planning.change import replan
from skemaplan.planning.term import plan
from skemaplan.publishing.ledger import publish
from skemaplan.schedule import Session, TermPlan

FIRST = date(2026, 3, 23)


def told(before: TermPlan, now: TermPlan, person: str, language: str = "en", today: date = FIRST) -> list[str]:
    found = [c for c in changes(before, now, today) if c.person == person]
    return [sentence(now.problem, c, language) for c in found]


def altered(plan: TermPlan, day: date, alter: Callable[[Session], Session | None], room: str | None = None) -> TermPlan:
    """A plan in which the sessions of one day are other ones (None: they are gone), perhaps in another room."""
    week = plan.weeks[Week.of(day)]
    attendance: dict[Session, frozenset[str]] = {}
    rooms: dict[Session, str] = {}
    for s, who in week.schedule.attendance.items():
        new = alter(s) if week.week.day(s.day) == day else s
        if new is not None:
            attendance[new] = attendance.get(new, frozenset()) | who
            rooms[new] = room if room and week.week.day(s.day) == day else week.schedule.rooms.get(s, "")
    schedule = replace(week.schedule, attendance=attendance, rooms=rooms)
    return replace(plan, weeks={**plan.weeks, week.week: replace(week, schedule=schedule)})


TUESDAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("alter", "room", "kind", "said"),
    [
        (lambda s: s, "Lokale 2", "room", "Matematik Tuesday 24 March 8:30 is in Lokale 2"),
        (
            lambda s: replace(s, start=615, end=705),
            None,
            "time",
            "Matematik Tuesday 24 March 8:30 moves to 10:15",
        ),
        (
            lambda s: replace(s, day=2, start=615, end=705),
            "Lokale 2",
            "day",
            "Matematik Tuesday 24 March 8:30 moves to Wednesday 25 March 10:15",
        ),
        (lambda s: replace(s, teacher="KOORD"), None, "teacher", "Matematik Tuesday 24 March 8:30 is with KOORD"),
        (lambda s: None, None, "cancelled", "Matematik Tuesday 24 March 8:30 is cancelled"),
        (lambda s: replace(s, end=555), None, "time", "Matematik Tuesday 24 March 8:30 moves to 8:30-9:15"),
    ],
    ids=["room", "time", "day", "teacher", "cancelled", "shorter"],
)
def test_each_kind_of_change_is_a_sentence(
    alter: Callable[[Session], Session | None], room: str | None, kind: str, said: str
) -> None:
    before = make_plan()
    now = altered(before, TUESDAY, alter, room)
    mine = [c for c in changes(before, now, FIRST) if c.person == "A"]
    assert [c.kind for c in mine] == [kind]
    assert sentence(now.problem, mine[0], "en").startswith(said)
    seen = 1 if kind in ("room", "teacher") else 2  # B's calendar shows no places; teachers are not counted
    assert counts(changes(before, now, FIRST), now.problem) == {kind: seen}
    back = [c.kind for c in changes(now, before, FIRST) if c.person == "A"]
    assert back == ["new" if kind == "cancelled" else kind]


def test_nothing_changes_between_a_plan_and_itself_and_nothing_before_today_is_told() -> None:
    before = make_plan()
    assert changes(before, before, FIRST) == ()
    gone = altered(before, TUESDAY, lambda s: None)
    assert changes(before, gone, TUESDAY)
    assert changes(before, gone, TUESDAY + timedelta(days=1)) == ()


def test_who_sees_only_times_is_told_only_times() -> None:
    before = make_plan()
    people = tuple(replace(p, detail="times_only") if p.id == "A" else p for p in before.problem.participants)
    before = replace(before, problem=replace(before.problem, participants=people))
    elsewhere = altered(before, TUESDAY, lambda s: replace(s, teacher="KOORD"), "Lokale 2")
    assert told(before, elsewhere, "A") == []
    assert told(before, elsewhere, "U-MAT")
    later = altered(before, TUESDAY, lambda s: replace(s, start=615, end=705), "Lokale 2")
    assert told(before, later, "A") == ["Busy Tuesday 24 March 8:30 moves to 10:15"]


def weekly(weeks: int = 6) -> tuple[TermPlan, TermPlan, str]:
    """A tiny term, and the same with A's math on the other day, in every week from the second on."""
    problem = term(weeks)
    first = plan(problem)
    mat = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0]
    now = first
    for week in list(first.weeks)[1:]:
        now = altered(now, week.day(mat.day), lambda s: replace(s, day=2 - s.day) if s.course == "mat" else s)
    return first, now, "Monday" if mat.day == 0 else "Wednesday"


def test_the_same_change_every_week_is_told_once() -> None:
    first, now, day = weekly()
    mine = [c for c in changes(first, now, MONDAY) if c.person == "A"]
    assert len(mine) == 1
    assert len(mine[0].dates) == 5
    assert f"every {day}" in sentence(now.problem, mine[0], "en")
    assert counts(tuple(mine), now.problem) == {"day": 5}


def test_a_week_that_is_not_so_ends_what_is_told_once() -> None:
    first, now, _ = weekly(8)
    odd = list(first.weeks)[4]
    now = replace(now, weeks={**now.weeks, odd: first.weeks[odd]})
    mine = [c for c in changes(first, now, MONDAY) if c.person == "A"]
    assert [len(c.dates) for c in mine] == [3, 3]


def test_a_holiday_does_not_end_what_is_told_once() -> None:
    first, now, _ = weekly(8)
    odd = list(first.weeks)[4]
    shut = Closure(from_date=odd.day(0), to_date=odd.day(6))
    problem = replace(first.problem, closures=(shut,))
    empty = replace(first.weeks[odd], schedule=replace(first.weeks[odd].schedule, attendance={}, rooms={}))
    first, now = (replace(p, problem=problem, weeks={**p.weeks, odd: empty}) for p in (first, now))
    mine = [c for c in changes(first, now, MONDAY) if c.person == "A"]
    assert [len(c.dates) for c in mine] == [6]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_told_leads_from_the_old_plan_to_the_new(seed: int) -> None:
    """Taking away all that was before, and adding all that is now, makes one plan's meetings of the other's."""
    first = plan(random_term(seed))
    second = plan(random_term(seed + 1))
    old, new = meetings(first, date.min), meetings(second, date.min)
    for (person, course), mine in old.items():
        rows = [m.date for m in mine]
        found = [c for c in changes(first, second, date.min) if (c.person, c.course) == (person, course)]
        for c in found:
            shift = c.now.date - c.before.date if c.before and c.now else timedelta()
            for day in c.dates:
                if c.before:
                    rows.remove(day)
                if c.now:
                    rows.append(day + shift)
        assert sorted(rows) == sorted(m.date for m in new.get((person, course), []))


def test_who_must_be_rung_is_whose_change_is_today_or_tomorrow() -> None:
    before = make_plan()
    gone = altered(before, TUESDAY, lambda s: None)
    found = changes(before, gone, FIRST)
    assert set(to_ring(found, TUESDAY)) == {"A", "B", "U-MAT"} == set(to_ring(found, FIRST))
    assert to_ring(found, FIRST - timedelta(days=1)) == ()
    soon = altered(before, date(2026, 3, 27), lambda s: replace(s, day=3))
    assert "C" in to_ring(changes(before, soon, FIRST), date(2026, 3, 25)), "what comes tomorrow counts too"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_text_message_fits_in_one(language: str) -> None:
    before = make_plan()
    empty = replace(
        before, weeks={w: replace(p, schedule=replace(p.schedule, attendance={})) for w, p in before.weeks.items()}
    )
    for mine in by_person(changes(before, empty, FIRST)).values():
        text = sms(before.problem, mine, language)
        assert len(text) <= LONGEST_SMS
        assert text.count(".") >= 1
    assert "more" in sms(before.problem, by_person(changes(before, empty, FIRST))["A"], "en")


def test_a_message_in_another_alphabet_is_shorter() -> None:
    assert room_in_sms("Matematik på onsdag: ÆØÅ æøå") == 160
    assert room_in_sms("الأربعاء") == 70


def test_her_own_language_is_used_where_there_are_words_in_it() -> None:
    before = make_plan()
    people = tuple(replace(p, languages=("ar",)) if p.id == "A" else p for p in before.problem.participants)
    before = replace(before, problem=replace(before.problem, participants=people))
    later = altered(before, TUESDAY, lambda s: replace(s, day=2))
    found = by_person(changes(before, later, FIRST))
    language, text = own_sms(before.problem, found["A"]) or ("", "")
    assert language == "ar"
    assert "الأربعاء 25/3 8:30" in text
    assert len(text) <= 70
    assert own_sms(before.problem, found["B"]) is None


def test_the_document_and_the_page_say_the_same() -> None:
    before = make_plan()
    gone = altered(before, TUESDAY, lambda s: None)
    found = changes(before, gone, FIRST)
    document = differing_document(gone.problem, found, FIRST, 1, "en")
    page = differing_page(gone.problem, found, FIRST, 1, "en")
    assert document["counts"] == {"cancelled": 2}
    for person in document["people"]:
        for change in person["changes"]:
            assert change["sentence"] in page
    assert "http" not in page


def test_what_is_counted_is_what_re_planning_says_it_moved() -> None:
    """A lock to another time: the tier of moves and the sessions told of are as many."""
    problem = term(4)
    first = plan(problem)
    mat = first.weeks[Week.of(MONDAY)].schedule.of("A", "mat")[0]
    other = next(start for start in (510, 570) if start != mat.start)
    changed = replace(problem, locks=(Lock(participant="A", course="mat", day=mat.day, start=other),))
    second = replan(changed, first, MONDAY - timedelta(days=14))
    tier = next(t for t in second.tiers if t.name == "moves")
    assert tier.value > 0
    assert sum(counts(changes(first, second, MONDAY), changed).values()) == tier.value


def test_a_teacher_hears_of_each_session_what_those_in_it_hear() -> None:
    """A's session leaves Tuesday for Friday, B's on Wednesday begins later: neither takes the other's place."""
    before = [
        ("2026-03-24", "08:30-09:15", "mat", "U-MAT", "Lokale 1", "A"),
        ("2026-03-25", "08:30-09:15", "mat", "U-MAT", "Lokale 1", "C"),
    ]
    after = [
        ("2026-03-25", "09:15-10:00", "mat", "U-MAT", "Lokale 1", "C"),
        ("2026-03-27", "08:30-09:15", "mat", "U-MAT", "Lokale 1", "A"),
    ]
    old, new = make_plan(rows=before), make_plan(rows=after)
    hers, found = told(old, new, "U-MAT"), told(old, new, "A")
    assert found == ["Matematik Tuesday 24 March 8:30 moves to Friday 27 March 8:30"]
    assert [text.partition(",")[0] for text in hers] == [
        *found,
        "Matematik Wednesday 25 March 8:30 moves to 9:15",
    ]
    first = publish(old, now=datetime(2026, 3, 20, tzinfo=UTC))
    again = publish(new, first.ledger, datetime(2026, 3, 21, tzinfo=UTC)).ledger.feeds
    for who in ("U-MAT", "Lokale 1"):  # in the calendars of teacher and room, too
        days = {first.ledger.feeds[who][i].slot.date.day: entry.slot.date.day for i, entry in again[who].items()}
        assert days == {24: 27, 25: 25}
