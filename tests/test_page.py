"""The page: what it says, that nothing in it can be anything but text, and that it knows no clock."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import ROWS, changed, make_plan, small_problem, with_settings

from skemaplan.dates import Week
from skemaplan.errors import InputError
from skemaplan.facts import Course, Participant, Settings
from skemaplan.problem import Problem
from skemaplan.publishing import tongues
from skemaplan.publishing.agenda import agenda
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.page import closed_page, page
from skemaplan.publishing.tongues import Tongue, catalogue

URL = "https://skema.example/f/abcdefghijklmnopqrstuvwxyz012345/skema.ics"
BEFORE = datetime(2026, 3, 20, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 30, 12, tzinfo=UTC)
LANGUAGES = ("da", "en", "ar", "ti", "so", "uk", "fa")


def published(problem: Problem | None = None) -> Published:
    return publish(make_plan(problem), now=BEFORE)


def republished() -> Published:
    """Tuesday's session moved to Wednesday and another room; Friday's is cancelled."""
    rows = changed(ROWS, {3: ("2026-04-01", "09:15-10:00", "mat", "U-MAT", "Lokale 2", "A B"), 4: None})
    return publish(make_plan(rows=rows), published().ledger, now=LATER)


def reading(*languages: str) -> Published:
    problem = small_problem()
    here = tuple(replace(p, languages=languages) for p in problem.participants)
    return published(replace(problem, participants=here))


class Reader(HTMLParser):
    """A page as a browser takes it apart: its tags with their attributes, and its text without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if not self.tags or self.tags[-1][0] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_a_page_says_when_what_and_where() -> None:
    text = Reader(page(published(), "A", url=URL)).text

    assert "fredag 27. marts 10:15–11:45 Matematik Støberiet, Lokale 1 12:15–13:00 Samtale" in text
    assert "mandag 23. marts 08:30–13:00 Sprogskole Sprogcenter" in text
    assert "Sidst opdateret : fredag 20. marts 2026 13:00" in text.replace("opdateret:", "opdateret :")


def test_what_changed_is_told_and_what_is_cancelled_is_struck_through() -> None:
    html = page(republished(), "A")
    text = Reader(html).text

    assert (
        "onsdag 1. april 09:15–10:00 Matematik Støberiet, Lokale 2 Ændret · før: tirsdag 8.30-10.00, Lokale 1" in text
    )
    assert "10:15–11:45 AFLYST Matematik" in text
    assert "<li class=x data-u=" in html


def test_a_new_session_is_called_new_once_the_calendar_is_known() -> None:
    rows = (*ROWS, ("2026-04-02", "08:30-10:00", "eng", "U-ENG", "Lokale 2", "A"))
    again = publish(make_plan(rows=rows), published().ledger, now=LATER)

    assert "08:30–10:00 Engelsk Online Ny" in Reader(page(again, "A")).text
    assert " Ny " not in Reader(page(published(), "A")).text


def test_what_had_passed_when_it_was_published_is_left_out() -> None:
    weeks = agenda(republished(), "A")

    assert weeks[0].week == Week(2026, 14)
    assert "uge 13" not in Reader(page(republished(), "A")).text.casefold()


def test_the_same_published_plan_is_the_same_page() -> None:
    first = published()
    again = publish(first.plan, first.ledger, now=LATER)

    assert page(again, "A", url=URL) == page(first, "A", url=URL)


def test_today_is_said_by_whoever_knows_it() -> None:
    html = page(published(), "A", url=URL, today=date(2026, 3, 26))
    text = Reader(html).text

    assert "I dag Ingen undervisning I morgen fredag 27. marts 10:15–11:45 Matematik" in text
    assert "Uge 13 23.3.–27.3.2026 Denne uge" in text
    assert "Uge 14 30.3.–3.4.2026 Næste uge" in text
    assert not [tag for tag, _ in Reader(html).tags if tag == "script"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_her_own_words_stand_beside_the_danish_ones(language: str) -> None:
    html = page(reading(language, "da"), "A", url=URL)
    tags = Reader(html).tags

    assert dict(tags)["html"] == {"lang": language, "dir": "rtl" if language in ("ar", "fa") else "ltr"}
    text = Reader(html).text
    assert catalogue(language)["Week"] in text
    assert "Uge" in text
    assert "mandag 23. marts" in text
    assert not re.search("[٠-٩۰-۹]", html), "digits are Latin everywhere"
    assert len(html.encode()) < 60_000


def test_uncertain_words_are_shown_in_danish() -> None:
    assert "Cancelled" not in catalogue("ti")
    said = Tongue.of(("ti", "da"))("Cancelled")
    assert (said.text, said.own) == ("Aflyst", "")


def test_every_catalogue_has_every_string_of_the_danish_one() -> None:
    from babel.messages.pofile import read_po

    def messages(language: str) -> dict[str, set[str]]:
        with (tongues.LOCALE / language / "LC_MESSAGES" / "page.po").open("rb") as file:
            return {str(m.id): set(re.findall(r"{(\w+)}", str(m.string or m.id))) for m in read_po(file) if m.id}

    danish = messages("da")
    assert all(catalogue("da").values())
    assert danish.keys() == catalogue("da").keys() == catalogue("en").keys()
    for language in LANGUAGES:
        assert messages(language) == danish


def test_every_string_that_a_page_asks_for_is_in_the_catalogues() -> None:
    folder = Path(tongues.__file__).parent
    source = "".join(f.read_text(encoding="utf-8") for f in [folder / "page.py", *folder.glob("templates/*.html")])
    asked = set(re.findall(r"""(?:\bt|tongue)\(\s*(?:'([^']+)'|"([^"]+)")""", source))

    assert {a or b for a, b in asked} >= {"Cancelled", "Today", "Subscribe to calendar"}
    assert {a or b for a, b in asked} <= catalogue("da").keys()


def test_a_language_without_a_catalogue_is_danish_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    catalogue.cache_clear()
    with caplog.at_level(logging.WARNING, "skemaplan"):
        html = page(reading("tlh"), "A")

    assert '<html lang="da" dir="ltr">' in html
    assert "'tlh'" in caplog.text


def test_a_term_in_english_has_english_pages() -> None:
    text = Reader(page(published(with_settings(small_problem(), language="en")), "A")).text

    assert "Friday 27 March" in text
    assert "Week 13 23/3–27/3/2026" in text


@pytest.mark.parametrize(("person", "hidden"), [("B", ["Støberiet", "Lokale 1"]), ("C", ["Matematik", "Støberiet"])])
def test_a_page_shows_no_more_than_her_level_of_detail(person: str, hidden: list[str]) -> None:
    html = page(published(), person, url=URL)

    assert not [word for word in hidden if word in html]
    if person == "C":
        assert 'id="numbers"' not in html, "a pictogram would tell what the title does not"


def test_a_pictogram_of_what_is_fixed_tells_no_more_either() -> None:
    problem = small_problem()
    hers = replace(problem, commitments=tuple(replace(c, who="C") for c in problem.commitments))
    html = page(published(hers), "C", url=URL)

    assert "08:30–13:00" in html
    assert 'id="letters"' not in html
    assert 'id="letters"' in page(published(), "A", url=URL)


def test_nobody_else_is_named_and_no_case_word_is_shown() -> None:
    for person in ("A", "U-MAT", "Lokale 1"):
        html = page(published(), person, url=URL)
        assert not [w for w in ("Deltager B", "Deltager C", "kontanthjælp", "Jobcentret", "Hospital") if w in html]


def test_a_teacher_sees_how_many_come_and_her_lessons_of_the_week() -> None:
    problem = small_problem()
    teaches = tuple(replace(t, least=90, most=180) for t in problem.teaches)
    text = Reader(page(published(replace(problem, teaches=teaches)), "U-MAT")).text

    assert "Matematik · Lektioner i ugen: 4 (mindst 2, højst 4)" in text
    assert "10:15–11:45 Matematik Støberiet, Lokale 1 3 deltagere" in text


@pytest.mark.parametrize(
    ("least", "most", "limits"), [(0, None, ""), (90, None, " (mindst 2)"), (0, 135, " (højst 3)")]
)
def test_a_teacher_without_a_least_or_most_sees_her_lessons_all_the_same(
    least: int, most: int | None, limits: str
) -> None:
    problem = small_problem()
    teaches = tuple(replace(t, least=least, most=most) for t in problem.teaches)
    html = page(published(replace(problem, teaches=teaches)), "KOORD")

    assert f"<p>Samtale · Lektioner i ugen: 1{limits}</p>" in html


def test_steps_stand_in_her_own_language_if_all_of_them_are_confirmed() -> None:
    def steps(language: str) -> list[str]:
        html = page(reading(language, "da"), "A", url=URL)
        return re.findall(r"<li>1\. ([^<]*)", html)

    assert steps("en") == ["Open this page on your phone.", "Åbn denne side på din telefon."]
    assert steps("ar") == ["Åbn denne side på din telefon."], "half a guide is none"


def test_a_week_without_anything_says_so_while_it_is_folded() -> None:
    rows = [row for row in ROWS if row[0] < "2026-03-30"]
    late = ("2026-04-10", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A")
    problem = replace(small_problem(), commitments=())
    html = page(publish(make_plan(problem, (*rows, late)), now=BEFORE), "A")

    summaries = [re.sub("<[^>]+>", "", s).split() for s in re.findall("<summary>(.*?)</summary>", html)]
    assert [" ".join(s[:2]) for s in summaries if s[-2:] == ["Ingen", "undervisning"]][:2] == ["Uge 14", "Uge 16"]


def test_a_room_is_called_a_room() -> None:
    assert "Ugeskema Ugeskema Lokale 1 Sidst" in Reader(page(published(), "Lokale 1")).text


def test_every_form_of_the_address_and_none_without_one() -> None:
    tags = Reader(page(published(), "A", url=URL)).tags
    links = [attrs["href"] or "" for tag, attrs in tags if tag == "a"]

    assert "webcal://skema.example/f/abcdefghijklmnopqrstuvwxyz012345/skema.ics" in links
    assert any(
        link.startswith("https://outlook.office.com/") and "https%3A%2F%2Fskema.example" in link for link in links
    )
    assert "https://calendar.google.com/calendar/u/0/r/settings/addbyurl" in links
    without = Reader(page(published(), "A")).tags
    hrefs = [str(a["href"]) for tag, a in without if tag == "a"]
    assert [h for h in hrefs if "mode.example" not in h] == ["#sub", "skema.ics"]


def test_the_page_asks_nobody_for_anything() -> None:
    html = page(published(), "A", url=URL)

    assert not [attrs for _, attrs in Reader(html).tags if "src" in attrs or attrs.get("rel") == "stylesheet"]
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_the_page_of_a_closed_link_has_nothing_of_anybody() -> None:
    html = closed_page(small_problem().settings, "revoked")

    assert "Spørg i administrationen" in html
    assert "Deltager" not in html


def test_nobody_who_was_not_published_has_a_page() -> None:
    with pytest.raises(InputError, match="there is no 'nobody'"):
        page(published(), "nobody")


def test_somebody_without_any_lesson_has_a_page_that_says_so() -> None:
    problem = small_problem()
    alone = replace(problem, participants=(*problem.participants, Participant(id="Z", label="Deltager Z")))

    assert "Ingen undervisning" in Reader(page(published(alone), "Z", url=URL)).text


def test_week_53_and_a_term_of_one_day() -> None:
    day = date(2027, 1, 1)
    one_day = replace(small_problem(), settings=Settings(name="Nytår", start=day, end=day))
    row = ("2027-01-01", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A")
    plan = make_plan(replace(one_day, commitments=()), [row])
    text = Reader(page(publish(plan, now=BEFORE), "A", today=day)).text

    assert "Uge 53 28.12.–1.1.2027 Denne uge Deltager A fredag 1. januar 08:30–10:00 Matematik" in text


NASTY = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "{{ 7*7 }}{% raw %}",
            "\u202eabc\u2066",
            "دلتاغر أ",
            "ተሳታፊ ሀ",
            "👩🏽‍🏫" * 30,
            "x" * 200,
            "</style></script><!--",
            "' onclick='x",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(label=NASTY, title=NASTY, room=NASTY, term=NASTY)
def test_whatever_is_typed_is_text_and_nothing_else(label: str, title: str, room: str, term: str) -> None:
    problem = small_problem()
    people = (replace(problem.participants[0], label=label), *problem.participants[1:])
    courses = (replace(problem.courses[0], name=title, shown_as=title), *problem.courses[1:])
    assert isinstance(courses[0], Course)
    facts = {"participants": people, "courses": courses}
    try:
        nasty = replace(with_settings(problem, calendar_name=term), **facts)  # type: ignore[arg-type]
    except InputError:
        return  # the tables refuse it already
    html = page(publish(make_plan(nasty), now=BEFORE), "A", url=URL)
    plain = page(published(), "A", url=URL)

    def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
        picture = re.compile(r' id="(numbers|book)"')
        return [(tag, tuple(attrs)) for tag, attrs in Reader(picture.sub("", html)).tags]

    kinds = {tag for tag, _ in skeleton(html)}
    assert kinds <= {tag for tag, _ in skeleton(plain)}
    assert html.count("<script") == 1
    assert not [a for _, attrs in Reader(html).tags for a in attrs if a.startswith("on")]
