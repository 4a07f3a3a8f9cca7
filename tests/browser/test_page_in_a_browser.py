"""The page as people see it: on a telephone, a tablet and a computer, on paper, in the dark, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from plans import Row, changed, make_plan, small_problem
from playwright.sync_api import BrowserContext

from skemaplan.facts import Settings
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.page import closed_page, page

from .conftest import Tab

Show = Callable[..., Tab]
LANGUAGES = ("da", "en", "ar", "ti", "so", "uk", "fa")
URL = "https://skema.example/f/abcdefghijklmnopqrstuvwxyz012345/skema.ics"
START, WEEKS = date(2026, 2, 2), 22
TUESDAY = "2026-02-17T09:00:00+01:00"


def rows() -> tuple[Row, ...]:
    """A week like the case's, 22 times."""
    week = [
        (1, "08:30-09:15", "mat", "U-MAT", "Lokale 1", "A B"),
        (1, "09:15-10:00", "eng", "U-ENG", "Lokale 2", "A B"),
        (2, "12:15-13:00", "talk", "KOORD", "", "A"),
        (4, "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B C"),
        (4, "10:15-11:45", "eng", "U-ENG", "Lokale 2", "A B C"),
    ]
    days = [(START + timedelta(days=7 * n + row[0]), row[1:]) for n in range(WEEKS) for row in week]
    return tuple((day.isoformat(), *row) for day, row in days)


def published(*languages: str, label: str = "Deltager A") -> Published:
    """A term published twice: a session of the third week moved, another was cancelled."""
    problem = small_problem()
    people = tuple(replace(p, languages=languages, label=label) for p in problem.participants)
    term = Settings(name="De internationale", start=START, end=START + timedelta(days=7 * WEEKS - 3))
    problem = replace(problem, participants=people, settings=term, absences=())
    first = publish(make_plan(problem, rows()), now=datetime(2026, 1, 30, 12, tzinfo=UTC))
    news = changed(rows(), {11: ("2026-02-19", "10:15-11:00", "eng", "U-ENG", "Lokale 1", "A B"), 13: None})
    return publish(make_plan(problem, news), first.ledger, now=datetime(2026, 2, 13, 12, tzinfo=UTC))


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_fits_every_screen_and_reader(show: Show, language: str, width: int) -> None:
    tab = show(page(published(language, "da"), "A", url=URL), width, TUESDAY)

    assert not tab.is_too_wide()
    assert tab.violations() == []
    assert len(tab.asked) == 1, "a page asks nobody for anything"


@pytest.mark.parametrize("language", ["da", "ar"])
def test_a_page_in_the_dark(show: Show, language: str) -> None:
    tab = show(page(published(language, "da"), "A", url=URL), 320, TUESDAY, "dark")

    assert tab.violations() == []
    background = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", background)[:3])) < 64


@pytest.mark.parametrize("person", ["U-MAT", "Lokale 1", "B", "C"])
def test_other_pages(show: Show, person: str) -> None:
    tab = show(page(published("uk"), person, url=URL), 320, TUESDAY)

    assert not tab.is_too_wide()
    assert tab.violations() == []


def test_the_page_of_a_closed_link(show: Show) -> None:
    assert show(closed_page(small_problem().settings, "revoked")).violations() == []


def test_the_script_finds_today(show: Show) -> None:
    tab = show(page(published("da"), "A", url=URL), 320, TUESDAY)

    now = " ".join(tab.page.inner_text("#now").split())
    assert now.startswith("I dag tirsdag 17. februar 08:30–09:15 Matematik")
    assert "I morgen onsdag 18. februar" in now
    assert tab.page.locator("main > details[open] summary").all_inner_texts() == [
        "Uge 8 16.2.–20.2.2026 Denne uge",
        "Uge 9 23.2.–27.2.2026 Næste uge",
    ]
    assert tab.page.locator("#past > details").count() == 1


@pytest.mark.parametrize(
    ("at", "today"),
    [
        ("2026-02-17T22:59:00Z", "tirsdag 17. februar"),
        ("2026-02-17T23:01:00Z", "onsdag 18. februar"),
        ("2026-06-16T21:59:00Z", "tirsdag 16. juni"),
        ("2026-06-16T22:01:00Z", "onsdag 17. juni"),
    ],
)
def test_today_is_that_of_denmark(show: Show, at: str, today: str) -> None:
    """Whatever the telephone's own zone is, in winter and in summer."""
    assert today in show(page(published("da"), "A"), 320, at).page.locator("#now div").first.inner_text()


def come_back(tab: Tab, at: str) -> None:
    """The telephone is taken up again: the page was open all the time."""
    tab.page.clock.set_fixed_time(at)
    tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_what_is_over_today_is_told_from_what_is_to_come(show: Show) -> None:
    tab = show(page(published("da"), "A", url=URL), 320, "2026-02-17T09:15:00+01:00")

    assert tab.page.locator("#now .over time").all_inner_texts() == ["08:30–09:15"]
    assert tab.page.locator("details .over").count() == 1
    assert tab.violations() == []


def test_a_page_left_open_finds_the_new_day_without_a_connection(show: Show) -> None:
    tab = show(page(published("da"), "A", url=URL), 320, "2026-02-15T20:00:00+01:00")
    come_back(tab, "2026-02-16T07:00:00+01:00")
    come_back(tab, TUESDAY)

    now = " ".join(tab.page.inner_text("#now").split())
    assert now.startswith("I dag tirsdag 17. februar 08:30–09:15 Matematik")
    assert now.count("I dag") == now.count("I morgen") == 1
    assert tab.page.locator(".today").count() == 1
    assert tab.page.locator("main > details summary mark").all_inner_texts() == ["Denne uge", "Næste uge"]
    assert tab.page.locator("#past > details").count() == 1, "last week is over"


def test_a_page_left_open_is_fetched_anew_where_there_is_a_connection(context: BrowserContext) -> None:
    """Whoever takes up her telephone the next morning must not read yesterday's plan."""
    tab, address = context.new_page(), "https://skema.example/f/x/"
    told = {"html": page(published("da"), "A", url=URL)}
    tab.route(address, lambda route: route.fulfill(body=told["html"], content_type="text/html; charset=utf-8"))
    tab.clock.set_fixed_time("2026-02-16T09:00:00+01:00")
    tab.goto(address)
    told["html"] = told["html"].replace("Matematik", "Musik")

    come_back(Tab(tab), "2026-02-16T09:30:00+01:00")
    assert "Musik" not in tab.inner_text("main"), "half an hour is not worth a request"
    come_back(Tab(tab), TUESDAY)
    tab.wait_for_function("document.querySelector('main').textContent.includes('Musik')")
    tab.close()


def test_a_page_without_script_is_read(show: Show) -> None:
    html = page(published("da"), "A", url=URL).replace("<script>", '<script type="text/plain">')
    tab = show(html)

    weeks = tab.page.locator("main > details[data-w]")
    assert weeks.locator("summary").first.inner_text() == "Uge 7 9.2.–13.2.2026"
    assert weeks.first.locator("li").first.is_visible()
    later = weeks.nth(4)
    assert not later.locator("li").first.is_visible()
    later.locator("summary").click()
    assert later.locator("li").first.is_visible()
    assert not tab.page.locator("#now").is_visible()


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_times_run_from_left_to_right_on_a_page_that_does_not(show: Show, language: str) -> None:
    tab = show(page(published(language), "A", url=URL), 320, TUESDAY)
    edges = tab.page.evaluate(
        """[...document.querySelectorAll('details[open] time')].map(t => {
            const at = n => { const r = document.createRange(); r.setStart(t.firstChild, n);
                              r.setEnd(t.firstChild, n + 1);
                              return r.getBoundingClientRect().left; };
            return [at(0), at(t.textContent.length - 1)]; })"""
    )

    assert edges
    assert all(first < last for first, last in edges)
    assert tab.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_is_a_sheet_of_a4(show: Show, language: str) -> None:
    tab = show(page(published(language, "da"), "A", url=URL), 1280, "2026-02-09T09:00:00+01:00")
    tab.page.emulate_media(media="print")
    pdf = tab.page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type /Page\b", pdf)) == WEEKS - 1, "the weeks from that of publishing"
    boxes = {tuple(round(float(x)) for x in box.split()) for box in re.findall(rb"/MediaBox \[([^]]*)\]", pdf)}
    assert boxes <= {(0, 0, 595, 842), (0, 0, 596, 842), (0, 0, 595, 841)}


def test_long_words_and_strange_letters_stay_inside(show: Show) -> None:
    label = "Ω" * 60 + " <script>alert(1)</script> دلتاغر ተሳታፊ 👩🏽‍🏫 \"'" + "W" * 90
    tab = show(page(published("ar", label=label), "A", url=URL), 320, TUESDAY)

    assert not tab.is_too_wide()
    assert tab.violations() == []
    assert "<script>alert(1)</script>" in tab.page.inner_text(".label")


def test_what_is_wrong_is_found(show: Show) -> None:
    """The tools of this file are not blind: grey on white, a request, a line too wide."""
    tab = show(
        '<html lang="da"><title>x</title><main><h1>x</h1>'
        '<p style="color:#ccc;width:900px">grey</p><img alt="x" src="x.png">'
    )

    assert [v for v in tab.violations() if v.startswith("color-contrast")]
    assert tab.is_too_wide()
    assert len(tab.asked) == 2


def test_danish_sentences_end_where_danish_ends_on_a_page_from_right_to_left(show: Show) -> None:
    tab = show(page(published("ar"), "A", url=URL), 320, TUESDAY)
    ways = tab.page.evaluate(
        "[...document.querySelectorAll('.steps li, #sub p')].map(e => getComputedStyle(e).direction)"
    )

    assert len(ways) >= 6
    assert set(ways) == {"ltr"}
