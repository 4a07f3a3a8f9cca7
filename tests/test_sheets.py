"""Week sheets: one A4 page for each week, whatever stands on it, in every script."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import ROWS, Row, changed, make_plan, small_problem
from pypdf import PdfReader

from skemaplan.facts import Participant
from skemaplan.problem import Problem
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.sheets import AT_ONCE, broken, week_sheets

NOW = datetime(2026, 10, 16, 12, tzinfo=UTC)
OURS = {"NotoSans", "NotoSansArabic", "NotoSansEthiopic"}


def published(problem: Problem | None = None, rows: tuple[Row, ...] = ROWS) -> Published:
    return publish(make_plan(problem, rows), now=NOW)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", pdf))


def fonts(pdf: bytes) -> set[str]:
    """The families of the fonts in a file. Typst puts in what it uses, as TrueType or as CFF."""
    return {name.decode() for name in re.findall(rb"/BaseFont ?/[A-Z]{6}\+(\w+)-", pdf)}


def scales(pdf: bytes) -> list[float]:
    """How much smaller or larger things are drawn than they are, in all drawings of a file."""
    drawn = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):
            drawn += zlib.decompressobj().decompress(stream)
    return [float(x) for x in re.findall(rb"(?:^|\s)(0?\.\d+|\d+) 0 0 -?(?:[\d.]+) -?[\d.]+ -?[\d.]+ cm", drawn)]


def test_a_week_is_a_page_for_each_person() -> None:
    since = date(2026, 10, 19)
    pdf = week_sheets(published(), ["A", "B", "U-MAT", "Lokale 1"], since=since)

    assert pages(pdf) == 2 * 4
    sizes = {tuple(map(round, page.mediabox[2:])) for page in PdfReader(io.BytesIO(pdf)).pages}
    assert sizes == {(842, 595)}, "A4, lying"
    assert pages(week_sheets(published(), ["A", "B"], since=since, weeks=1)) == 2


def test_the_same_published_plan_is_the_same_file() -> None:
    first = published()
    again = publish(first.plan, first.ledger, now=datetime(2026, 10, 17, 12, tzinfo=UTC))

    pdf = week_sheets(first, ["A"])
    assert pdf == week_sheets(again, ["A"])
    assert b"D:20261016120000" in pdf, "its date is that of publishing"


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("da", "NotoSans"),
        ("uk", "NotoSans"),
        ("so", "NotoSans"),
        ("ar", "NotoSansArabic"),
        ("fa", "NotoSansArabic"),
        ("ti", "NotoSansEthiopic"),
    ],
)
def test_every_script_is_set_in_our_own_fonts(language: str, script: str) -> None:
    problem = small_problem()
    people = tuple(replace(p, languages=(language, "da")) for p in problem.participants)
    pdf = week_sheets(published(replace(problem, participants=people)), ["A"], system_fonts=False)

    assert script in fonts(pdf) <= OURS
    assert len(re.findall(rb"/FontFile[23]", pdf)) == len(re.findall(rb"/Type ?/FontDescriptor", pdf)) > 0


def test_a_week_too_full_is_made_smaller_and_stays_one_page() -> None:
    day = [("2026-10-20", f"{h:02}:00-{h:02}:25", "mat", "U-MAT", "Lokale 1", "A") for h in range(1, 23)]
    day += [("2026-10-20", f"{h:02}:30-{h:02}:55", "eng", "U-ENG", "Lokale 2", "A") for h in range(1, 23)]

    since = date(2026, 10, 19)
    full, ordinary = (week_sheets(published(rows=rows), ["A"], since=since, weeks=1) for rows in (tuple(day), ROWS))

    assert pages(full) == 1
    assert min(scales(full)) < 0.4 < min(scales(ordinary))


def test_somebody_without_anything_to_come_has_a_sheet_that_says_so() -> None:
    problem = small_problem()
    alone = replace(problem, participants=(*problem.participants, Participant(id="Z", label="Deltager Z")))

    assert pages(week_sheets(published(alone), ["Z"])) == 1


def test_many_sheets_are_set_a_few_at_a_time_and_are_one_file() -> None:
    """In the order of the people and of their weeks; it is the same file again, and of the day of publishing."""
    people = ["A", "B", "C", "U-MAT", "Lokale 1"]
    since = date(2026, 3, 23)
    pdf = week_sheets(published(), people, since=since)

    read = PdfReader(io.BytesIO(pdf))
    texts = [page.extract_text() for page in read.pages]
    assert len(texts) == pages(pdf) > AT_ONCE
    assert [x for x in re.findall(r"Deltager .|U-MAT|^Lokale 1$", "\n".join(texts), re.MULTILINE) if x][:1] == [
        "Deltager A"
    ]
    weeks = [int(found[1]) for text in texts if (found := re.search(r"Uge (\d+)", text))]
    assert [a > b for a, b in itertools.pairwise(weeks)].count(True) == len(people) - 1, "each begins again"
    assert pdf == week_sheets(published(), people, since=since)
    assert read.metadata
    assert read.metadata.creation_date == NOW.replace(microsecond=0)


def test_the_code_is_on_it_if_the_address_is_known() -> None:
    url = "https://skema.example/f/abcdefghijklmnopqrstuvwxyz012345/skema.ics"
    plain, coded = (week_sheets(published(), ["A"], weeks=1, url_of=lambda p, u=u: u) for u in ("", url))  # type: ignore[misc]

    assert len(coded) > len(plain) + 500


@pytest.mark.parametrize(
    ("person", "hidden"), [("B", ["Støberiet", "Lokale"]), ("C", ["Matematik", "Engelsk", "Samtale", "Støberiet"])]
)
def test_paper_shows_no_more_than_her_level_of_detail(
    monkeypatch: pytest.MonkeyPatch, person: str, hidden: list[str]
) -> None:
    """What is set goes to typst as data: none of it says what her calendar does not."""
    given: list[str] = []

    def compiled(source: bytes, **how: Any) -> bytes:
        given.append(how["sys_inputs"]["data"])
        return b""

    monkeypatch.setattr("typst.compile", compiled)
    monkeypatch.setattr("skemaplan.publishing.sheets.AT_ONCE", 100)
    whole = publish(make_plan(rows=ROWS), now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    moved = changed(ROWS, {4: ("2026-04-02", "10:15-11:45", "mat", "U-MAT", "Lokale 2", "A B C"), 7: None})
    week_sheets(publish(make_plan(rows=moved), whole.ledger, now=datetime(2026, 3, 2, 12, tzinfo=UTC)), [person])

    [sheets] = given
    assert "Ændret" in sheets
    assert "Aflyst" in sheets
    sheets = json.dumps(json.loads(sheets)["sheets"], ensure_ascii=False)
    assert not [word for word in hidden if word in sheets]
    assert '"picture": "day"' in sheets or person == "B"


def test_overlong_words_may_be_broken_and_others_not() -> None:
    assert broken("Samfundsforståelse") == "Samfundsforståelse"
    assert broken("x" * 50).split("\u200b") == ["x" * 24, "x" * 24, "x" * 2]


NASTY = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        ['#panic("x")', '")] #import "x"', "*_$`<b>\\", "{{ 7*7 }}", "W" * 200, "👩🏽‍🏫 دلتاغر ተሳታፊ", "\u202eabc"]
    ),
)


@settings(max_examples=15, deadline=None)
@given(label=NASTY, title=NASTY)
def test_whatever_is_typed_is_text(label: str, title: str) -> None:
    problem = small_problem()
    people = (replace(problem.participants[0], label=label), *problem.participants[1:])
    courses = (replace(problem.courses[0], shown_as=title), *problem.courses[1:])
    pdf = week_sheets(published(replace(problem, participants=people, courses=courses)), ["A"], weeks=1)

    assert pages(pdf) == 1
