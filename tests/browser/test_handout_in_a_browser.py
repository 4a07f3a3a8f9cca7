"""The hand-out as it is printed: two slips on an A4 sheet, nothing cut off, in every language as if confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plans import small_problem

from skemaplan.publishing import tongues
from skemaplan.publishing.handout import handout
from skemaplan.publishing.links import Link
from skemaplan.publishing.tongues import catalogue

from .conftest import Tab

LANGUAGES = ("da", "en", "ar", "ti", "so", "uk", "fa")


def links() -> list[Link]:
    url = f"https://skema.kommune.example/f/{'aB3_-xYz' * 4}/skema.ics"
    return [Link(x, f"Deltager {x.upper()}", "participant", (x, "da"), "live", url) for x in LANGUAGES]


@pytest.fixture(params=["as it is", "all confirmed"])
def sheet(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for file in tongues.LOCALE.rglob("page.po"):
        text = file.read_text(encoding="utf-8")
        copy = tmp_path / file.relative_to(tongues.LOCALE)
        copy.parent.mkdir(parents=True)
        copy.write_text(text if request.param == "as it is" else text.replace("#, fuzzy\n", ""), encoding="utf-8")
    monkeypatch.setattr(tongues, "LOCALE", tmp_path)
    catalogue.cache_clear()
    yield handout(links(), small_problem().settings)
    catalogue.cache_clear()


def test_two_whole_slips_on_a_page(show: Callable[..., Tab], sheet: str) -> None:
    tab = show(sheet, 800)
    tab.page.emulate_media(media="print")
    sizes = "[...document.querySelectorAll('article,article *')].map(e => [e.scrollWidth, e.clientWidth, e.tagName])"
    assert not [x for x in tab.page.evaluate(sizes) if x[1] and x[0] > x[1] + 1 and x[2] != "CODE"]
    heights = "[...document.querySelectorAll('article')].map(e => [e.scrollHeight, e.clientHeight])"
    assert [a for a, b in tab.page.evaluate(heights) if a > b] == []
    pages = len(re.findall(rb"/Type\s*/Page\b", tab.page.pdf(format="A4", prefer_css_page_size=True)))
    assert pages == (len(LANGUAGES) + 1) // 2


def test_the_hand_out_can_be_read(show: Callable[..., Tab], sheet: str) -> None:
    tab = show(sheet, 800)
    assert tab.violations() == []
    assert len(tab.asked) == 1
    assert tab.page.evaluate("getComputedStyle(document.querySelector('[lang=ar]')).direction") == "rtl"
