"""The feed: what stands in it, that four other programs read the same in it, and that it gives nothing away."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event, Timezone
from plans import ROWS, changed, make_plan, small_problem, with_settings

from skemaplan.errors import InputError, Refused
from skemaplan.facts import Course, Mode
from skemaplan.problem import Problem
from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import Ledger, Published, publish
from skemaplan.publishing.reading import meant, read_feed
from skemaplan.publishing.wording import plain
from skemaplan.publishing.zone import COPENHAGEN, copenhagen_holds, vtimezone

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EVERYONE = ("A", "B", "C", "KOORD", "U-ENG", "U-MAT", "Lokale 1", "Lokale 2")
Row = tuple[datetime, datetime, str, str, str]  # start, end, title, place, status


@pytest.fixture(scope="module")
def published() -> Published:
    """A term in which one session was moved, one has another room and one was cancelled after the first publishing."""
    first = publish(make_plan(), None, NOW)
    rows = changed(
        ROWS,
        {
            1: ("2026-03-26", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B C"),
            3: ("2026-03-31", "08:30-10:00", "mat", "U-MAT", "Lokale 2", "A B"),
            6: None,
        },
    )
    return publish(make_plan(rows=rows), first.ledger, NOW + timedelta(days=1))


def by_icalendar(data: bytes) -> Iterator[Row]:
    events: list[Any] = Calendar.from_ical(data).walk("VEVENT")
    for e in events:
        yield e.start, e.end, str(e["SUMMARY"]), str(e.get("LOCATION", "")), str(e["STATUS"])


def by_recurring_ical_events(data: bytes) -> Iterator[Row]:
    for e in recurring_ical_events.of(Calendar.from_ical(data)).between((2019, 1, 1), (2031, 1, 1)):
        yield e.start, e.end, str(e["SUMMARY"]), str(e.get("LOCATION", "")), str(e["STATUS"])


def by_ical(data: bytes) -> Iterator[Row]:
    for e in IcsCalendarStream.calendar_from_ics(data.decode()).events:
        assert e.status is not None
        assert isinstance(e.dtstart, datetime)
        assert isinstance(e.dtend, datetime)
        yield e.dtstart, e.dtend, e.summary or "", e.location or "", e.status.value


def by_vobject(data: bytes) -> Iterator[Row]:
    for e in getattr(vobject.readOne(data.decode()), "vevent_list", ()):
        place = e.location.value if hasattr(e, "location") else ""
        yield e.dtstart.value, e.dtend.value, e.summary.value, place, e.status.value


PARSERS = (by_icalendar, by_recurring_ical_events, by_ical, by_vobject)


def in_utc(rows: Iterator[Row]) -> list[Row]:
    return sorted((start.astimezone(UTC), end.astimezone(UTC), *rest) for start, end, *rest in rows)  # type: ignore[misc]


def expected(published: Published, person: str) -> list[Row]:
    return sorted((e.start, e.end, e.summary, e.location, e.status) for e in meant(published, person))


@pytest.mark.parametrize("person", EVERYONE)
@pytest.mark.parametrize("parser", PARSERS)
def test_every_program_reads_what_was_planned(published: Published, person: str, parser: object) -> None:
    assert callable(parser)
    assert in_utc(parser(feed(published, person))) == expected(published, person)
    assert read_feed(feed(published, person)) == meant(published, person)


def test_local_times_on_both_sides_of_both_clock_changes(published: Published) -> None:
    """Written by hand: 8.30 is 7.30 UTC in winter and 6.30 in summer."""
    rows = {(start, title) for start, _, title, *_ in in_utc(by_vobject(feed(published, "A")))}
    for instant, title in (
        ("2026-03-24T07:30", "Matematik"),
        ("2026-03-26T07:30", "Matematik"),
        ("2026-03-27T11:15", "Samtale"),
        ("2026-03-31T06:30", "Matematik"),
        ("2026-04-03T08:15", "Matematik"),
        ("2026-04-03T10:15", "Engelsk"),
        ("2026-10-20T06:30", "AFLYST: Matematik"),
        ("2026-10-23T08:15", "Matematik"),
        ("2026-10-27T07:30", "Matematik"),
        ("2026-10-30T09:15", "Matematik"),
        ("2026-03-23T07:30", "Sprogskole"),
        ("2026-03-30T06:30", "Sprogskole"),
        ("2026-10-19T06:30", "Sprogskole"),
        ("2026-10-26T07:30", "Sprogskole"),
        ("2026-10-29T08:00", "Prøve"),
    ):
        assert (datetime.fromisoformat(instant).replace(tzinfo=UTC), title) in rows
    assert len(rows) == 15


def test_an_event_says_what_it_was(published: Published) -> None:
    said = {e.description for e in read_feed(feed(published, "A"))}
    assert said == {"", "Ændret 2. mar.: før fredag 10.15", "Ændret 2. mar.: før Lokale 1", "Aflyst 2. mar."}
    assert {e.description for e in read_feed(feed(published, "U-MAT"))} > {"Aflyst 2. mar.\n2 deltagere"}


def in_arabic(**more: object) -> Problem:
    """The small term, in which A and C read Arabic and B a language whose words nobody has confirmed yet."""
    problem = small_problem()
    languages = {"A": ("ar", "da"), "B": ("ti", "da"), "C": ("ar",)}
    people = tuple(replace(p, languages=languages[p.id], **more) for p in problem.participants)  # type: ignore[arg-type]
    return replace(problem, participants=people)


MOVED_AND_CANCELLED = changed(ROWS, {1: ("2026-03-26", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B C"), 6: None})


def test_her_own_language_stands_on_a_line_of_its_own() -> None:
    first = publish(make_plan(in_arabic()), None, NOW)
    second = publish(make_plan(in_arabic(), MOVED_AND_CANCELLED), first.ledger, NOW + timedelta(days=1))
    events = read_feed(feed(second, "A"))
    assert {e.description for e in events} == {
        "",
        "Ændret 2. mar.: før fredag 10.15\nتم التغيير",
        "Aflyst 2. mar.\nملغى",
        "عبر الإنترنت",
    }
    assert {e.summary for e in events} >= {"Matematik", "AFLYST: Matematik"}, "titles stay Danish"
    assert {e.description for e in read_feed(feed(second, "B"))} == {
        "",
        "Ændret 2. mar.: før fredag 10.15",
        "Aflyst 2. mar.",
    }, "what is not confirmed is not shown"
    assert not re.search("[\u0600-\u06ff]", feed(second, "C").decode()), "times only are times only"
    for person in EVERYONE:
        data = feed(second, person)
        read = [str(e.get("DESCRIPTION", "")) for e in Calendar.from_ical(data).walk("VEVENT")]
        strict = [e.description or "" for e in IcsCalendarStream.calendar_from_ics(data.decode()).events]
        assert sorted(read) == sorted(strict) == sorted(e.description for e in read_feed(data))


def test_a_language_learnt_of_later_changes_what_it_has_words_for_and_nothing_else() -> None:
    first = publish(make_plan(), None, NOW)
    second = publish(make_plan(rows=MOVED_AND_CANCELLED), first.ledger, NOW + timedelta(days=1))
    third = publish(make_plan(in_arabic(), MOVED_AND_CANCELLED), second.ledger, NOW + timedelta(days=2))
    before = {e.uid: e for e in read_feed(feed(second, "A"))}
    for event in read_feed(feed(third, "A")):
        has_words = bool(re.search("[\u0600-\u06ff]", event.description))
        assert (event != before[event.uid]) == has_words
        assert event.sequence == before[event.uid].sequence + has_words


def test_the_whole_of_one_event() -> None:
    ledger = Ledger(namespace=UUID(int=7))
    published = publish(make_plan(rows=ROWS[:1]), ledger, NOW, fresh=lambda: "0")
    text = feed(published, "U-MAT").decode().replace("\r\n", "\n")
    head, event = text.split(COPENHAGEN)
    assert head == (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//skemaplan//skemaplan//DA\nCALSCALE:GREGORIAN\nX-WR-CALNAME:Ugeskema\n"
        "NAME:Ugeskema\nX-WR-TIMEZONE:Europe/Copenhagen\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\nX-PUBLISHED-TTL:PT1H\n"
        "COLOR:teal\nX-APPLE-CALENDAR-COLOR:#008080\n"
    )
    assert event == (
        "BEGIN:VEVENT\nUID:" + ledger.uid("U-MAT", "0") + "\nDTSTAMP:20260301T120000Z\nCREATED:20260301T120000Z\n"
        "LAST-MODIFIED:20260301T120000Z\nSEQUENCE:0\nDTSTART;TZID=Europe/Copenhagen:20260324T083000\n"
        "DTEND;TZID=Europe/Copenhagen:20260324T100000\nSUMMARY:Matematik\nLOCATION:Støberiet\\, Lokale 1\n"
        "DESCRIPTION:2 deltagere\nSTATUS:CONFIRMED\nTRANSP:OPAQUE\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def test_nothing_in_the_bytes_depends_on_when_they_are_made(published: Published) -> None:
    again = pickle.loads(pickle.dumps(published))
    assert [feed(again, p) for p in EVERYONE] == [feed(published, p) for p in EVERYONE]


def test_lines_end_and_fold_as_the_standard_says(published: Published) -> None:
    for person in EVERYONE:
        data = feed(published, person)
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert b"RRULE" not in data.split(b"END:VTIMEZONE")[1]
        assert b"METHOD" not in data


def test_an_online_session_carries_its_link(published: Published) -> None:
    def online(person: str) -> list[str]:
        return [e.location for e in read_feed(feed(published, person)) if e.start.date() == date(2026, 4, 3)]

    assert "https://mode.example/stob" in online("A")
    assert "https://mode.example/stob" in online("B")
    assert set(online("C")) == {""}
    assert online("Lokale 2") == []


def test_somebody_online_alone_gets_her_own_link() -> None:
    mode = Mode(
        from_date=date(2026, 3, 24),
        to_date=date(2026, 3, 24),
        mode="online",
        who="A",
        course="mat",
        link="https://mode.example/a",
    )
    published = publish(make_plan(small_problem(modes=(mode,)), ROWS[:1]), None, NOW)
    where = {p: [e.location for e in read_feed(feed(published, p)) if e.summary == "Matematik"] for p in "AB"}
    assert where == {"A": ["https://mode.example/a"], "B": [""]}


def test_levels_of_detail(published: Published) -> None:
    b, c = (read_feed(feed(published, p)) for p in "BC")
    assert {e.location for e in b} == {"", "https://mode.example/stob"}
    assert {e.summary for e in b} >= {"Matematik", "Samtale"}
    assert {(e.summary, e.location) for e in c} == {("Optaget", "")}
    assert all("Lokale" not in e.description for e in (*b, *c))


def test_less_detail_holds_for_what_was_published_too() -> None:
    """The place a session was moved from, or cancelled at, goes as well."""
    open_to_all = small_problem()
    full = replace(open_to_all, participants=tuple(replace(p, detail="full") for p in open_to_all.participants))
    first = publish(make_plan(full), None, NOW)
    rows = changed(ROWS, {3: None, 4: ("2026-04-03", "10:15-11:45", "mat", "U-MAT", "Lokale 2", "A B C")})
    second = publish(make_plan(full, rows), first.ledger, NOW + timedelta(days=1))
    assert b"Lokale 1" in feed(second, "B")
    third = publish(make_plan(open_to_all, rows), second.ledger, NOW + timedelta(days=60))
    for word in (b"Lokale", b"St\xc3\xb8beriet"):
        assert word not in feed(third, "B")
        assert word not in feed(third, "C")
    before = {e.uid: e.sequence for e in read_feed(feed(second, "C"))}
    assert all(e.sequence > before[e.uid] for e in read_feed(feed(third, "C")))


GIVES_AWAY = re.compile(
    "job|benefit|health|refugee|kontanthj|ydelse|flygtning|integration|syg|helbred|l[æa]ge|hospital|deltager [a-z]",
    re.I,
)


@pytest.mark.parametrize("person", EVERYONE)
def test_a_feed_gives_nothing_away(published: Published, person: str) -> None:
    text = feed(published, person).replace(b"\r\n ", b"").decode()
    values = "\n".join(line for line in text.splitlines() if not line.startswith("UID:"))
    assert not GIVES_AWAY.search(values)
    for other in ("A", "B", "C", "U-MAT", "KOORD"):
        assert not re.search(rf"\b{other}\b", values)
    assert "internationale" not in values


def test_nobody_can_tell_that_two_feeds_are_of_one_session(published: Published) -> None:
    uids = [e.uid for p in EVERYONE for e in read_feed(feed(published, p))]
    assert len(set(uids)) == len(uids)
    assert all(re.fullmatch(r"[0-9a-f-]{36}@skemaplan", uid) for uid in uids)


def test_commitments_go_on_in_weeks_without_teaching() -> None:
    """Here teaching stops in one week, and the language school does not."""
    published = publish(make_plan(rows=ROWS[:3]), None, NOW)
    mondays = [e.start.date() for e in read_feed(feed(published, "A")) if e.summary == "Sprogskole"]
    assert mondays == [date(2026, 3, 23), date(2026, 3, 30), date(2026, 10, 19), date(2026, 10, 26)]


def test_a_teacher_sees_names_only_where_the_term_says_so() -> None:
    problem = with_settings(small_problem(), show_participants=True)
    published = publish(make_plan(problem), None, NOW)
    assert {e.description for e in read_feed(feed(published, "U-MAT"))} == {"Deltager A, +1", "Deltager A, +2"}
    assert {e.description for e in read_feed(feed(published, "Lokale 1"))} == {"2 deltagere", "3 deltagere"}
    assert b"Deltager" not in feed(published, "A") + feed(published, "B")


def test_a_room_is_called_what_people_call_it() -> None:
    problem = small_problem()
    rooms = tuple(replace(r, id=r.id.lower().replace(" ", "_")) for r in problem.rooms)
    rows = tuple((*r[:4], "lokale_1", r[5]) for r in ROWS[:1])
    published = publish(make_plan(replace(problem, rooms=rooms), rows), None, NOW)
    assert b"Lokale 1" in feed(published, "U-MAT")
    assert b"\r\nNAME:Ugeskema Lokale 1\r\n" in feed(published, "lokale_1")
    places = tuple(replace(p, shown_as="Støberiet, lokale 1") for p in problem.places)
    published = publish(make_plan(replace(problem, rooms=rooms, places=places), rows), None, NOW)
    assert {e.location for e in read_feed(feed(published, "U-MAT"))} == {"Støberiet, lokale 1"}


def test_commitments_are_left_out_where_the_term_says_so() -> None:
    published = publish(make_plan(with_settings(small_problem(), show_commitments=False)), None, NOW)
    assert {e.summary for e in read_feed(feed(published, "A"))} == {"Matematik", "Engelsk", "Samtale"}


def test_cancelled_the_other_way() -> None:
    problem = with_settings(small_problem(), cancelled_status="CANCELLED", language="en", reminder=30)
    first = publish(make_plan(problem), None, NOW)
    second = publish(make_plan(problem, ROWS[1:]), first.ledger, NOW)
    events = {(e.summary, e.status, e.transparent) for e in read_feed(feed(second, "U-MAT"))}
    assert events == {("Matematik", "CONFIRMED", False), ("CANCELLED: Matematik", "CANCELLED", True)}
    assert "English" in {e.summary for e in read_feed(feed(second, "U-ENG"))}
    alarms: list[Any] = Calendar.from_ical(feed(second, "U-MAT")).walk("VALARM")
    assert {str(a["TRIGGER"].to_ical(), "ascii") for a in alarms} == {"-PT30M"}
    assert len(alarms) == len(events) + 5


def test_an_unknown_person_is_named() -> None:
    with pytest.raises(InputError, match="there is no 'Z'"):
        feed(publish(make_plan(), None, NOW), "Z")


def test_the_written_zone_is_that_of_the_time_zone_database() -> None:
    """Over both changes of a term, hour by hour, and for the years that a term may lie in."""
    zone: Any = Timezone.from_ical(COPENHAGEN.replace("\n", "\r\n"))
    written = zone.to_tz(lookup_tzid=False)
    real = ZoneInfo("Europe/Copenhagen")
    for year in range(2020, 2036):
        for month, day in ((1, 1), (7, 1), (12, 31)):
            assert (
                datetime(year, month, day, 12, tzinfo=written).utcoffset()
                == datetime(year, month, day, 12, tzinfo=real).utcoffset()
            )
    for start in (datetime(2020, 3, 28), datetime(2020, 10, 24), datetime(2026, 3, 28), datetime(2027, 10, 30)):
        for hour in range(60):
            at = start + timedelta(hours=hour)
            if at.hour != 2:  # the hour that is missing or there twice
                assert at.replace(tzinfo=written).utcoffset() == at.replace(tzinfo=real).utcoffset(), at


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo"])
def test_another_zone_is_written_by_rule(zone: str) -> None:
    written: Any = Timezone.from_ical(vtimezone(zone, date(2026, 2, 1), date(2026, 12, 1)).replace("\n", "\r\n"))
    there = written.to_tz(lookup_tzid=False)
    for day in range(365):
        at = datetime(2026, 1, 1, 12) + timedelta(days=day)
        assert at.replace(tzinfo=there).utcoffset() == at.replace(tzinfo=ZoneInfo(zone)).utcoffset(), at


@pytest.mark.parametrize("year", range(2020, 2036))
def test_the_written_rule_is_held_against_the_database_for_the_term(year: int) -> None:
    assert copenhagen_holds(date(year, 1, 5), date(year, 12, 20))
    assert copenhagen_holds(date(year, 12, 20), date(year + 1, 1, 10)), "over New Year"


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Africa/Lagos", date(2026, 5, 1), date(2026, 6, 1)),  # as if summer time were done away with
        ("Africa/Cairo", date(2026, 1, 5), date(2026, 1, 9)),
        ("America/New_York", date(2026, 2, 1), date(2026, 12, 1)),
        ("Asia/Beirut", date(2026, 3, 28), date(2026, 3, 30)),
    ],
)
def test_a_law_that_changes_is_noticed(zone: str, first: date, last: date) -> None:
    assert not copenhagen_holds(first, last, zone)


def test_copenhagen_would_be_written_the_same() -> None:
    from skemaplan.publishing.zone import _written

    assert _written("Europe/Copenhagen", 2020, 2030) == COPENHAGEN


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Nowhere/Nothing"])
def test_a_zone_that_no_rule_says_is_refused(zone: str) -> None:
    with pytest.raises(Refused, match=zone):
        vtimezone(zone, date(2026, 2, 1), date(2026, 12, 1))


NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='\\;,:\r\n\t\u2028\u2029\u0085\x00\x0b\x0c\x1b\x1c\u202e\u2066nN"æøé\U0001f600 ', max_size=80),
    st.sampled_from(["BEGIN:VEVENT", "a\r\nEND:VCALENDAR", "x" * 500, "æ" * 500, "C:\\new\\name", " "]),
)


@settings(max_examples=150, deadline=None)
@given(title=NASTY, place=NASTY, name=NASTY)
def test_any_text_gives_a_feed_that_all_can_read(title: str, place: str, name: str) -> None:
    problem = with_settings(small_problem(), calendar_name=name)
    courses: list[Course] = [replace(c, name=title, shown_as=title if n else "") for n, c in enumerate(problem.courses)]
    places = tuple(replace(p, shown_as=place, name="", link="") for p in problem.places)
    problem = replace(problem, courses=tuple(courses), places=places)
    published = publish(make_plan(problem, ROWS[:6]), None, NOW)
    for person in ("A", "U-ENG"):
        data = feed(published, person)
        assert read_feed(data) == meant(published, person)
        for parser in PARSERS:
            assert in_utc(parser(data)) == expected(published, person), parser


def test_plain_text_stays_as_it_is() -> None:
    assert plain("Engelsk, 2. hold; ”øvelse” № 5 🙂") == "Engelsk, 2. hold; ”øvelse” № 5 🙂"
    assert plain("e\u0301 a\tb\nc\u2028d \\ \u202ee ") == "é a b c d / e"


def by_the_library(published: Published, person: str) -> bytes:
    """A feed's events as the library itself would write them."""
    zone = ZoneInfo("Europe/Copenhagen")
    calendar = Calendar()
    for e in meant(published, person):
        [entry] = [x for i, x in published.ledger.feeds[person].items() if published.ledger.uid(person, i) == e.uid]
        event = Event()
        event.add("uid", e.uid)
        event.add("dtstamp", e.modified)
        event.add("created", entry.created)
        event.add("last-modified", e.modified)
        event.add("sequence", e.sequence)
        event.add("dtstart", e.start.astimezone(zone))
        event.add("dtend", e.end.astimezone(zone))
        event.add("summary", e.summary)
        if e.location:
            event.add("location", e.location)
        if e.description:
            event.add("description", e.description)
        event.add("status", e.status)
        event.add("transp", "TRANSPARENT" if e.transparent else "OPAQUE")
        calendar.add_component(event)
    data: bytes = calendar.to_ical(sorted=False)
    return data.removeprefix(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("person", EVERYONE)
def test_the_events_are_those_of_the_library_byte_for_byte(published: Published, person: str) -> None:
    events = feed(published, person).split(b"END:VTIMEZONE\r\n")[1]
    assert sorted(events.split(b"BEGIN:VEVENT")) == sorted(by_the_library(published, person).split(b"BEGIN:VEVENT"))


@settings(max_examples=50, deadline=None)
@given(title=NASTY, place=NASTY)
def test_any_text_is_written_as_the_library_would(title: str, place: str) -> None:
    problem = small_problem()
    courses = tuple(replace(c, shown_as=title) for c in problem.courses)
    places = tuple(replace(p, shown_as=place) for p in problem.places)
    published = publish(make_plan(replace(problem, courses=courses, places=places), ROWS[:1]), None, NOW)
    assert feed(published, "U-MAT").split(b"END:VTIMEZONE\r\n")[1] == by_the_library(published, "U-MAT")
