"""The hand-out: a slip for each, in Danish and in her language where that is certain, and nothing of anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from plans import small_problem

from skemaplan.facts import Settings
from skemaplan.publishing import tongues
from skemaplan.publishing.handout import STEPS, handout, languages_without_steps
from skemaplan.publishing.links import Link
from skemaplan.publishing.tongues import catalogue

SETTINGS: Settings = small_problem().settings


def link(person: str, *languages: str) -> Link:
    url = f"https://skema.example/f/{person * 32}/skema.ics"
    return Link(person, f"Deltager {person}", "participant", languages, "live", url)


def slips(html: str) -> list[str]:
    return re.findall("<article.*?</article>", html, re.DOTALL)


def test_each_slip_has_its_own_link_and_no_other() -> None:
    [a, b] = slips(handout([link("A", "da"), link("B", "en", "da")], SETTINGS))
    assert "Deltager A" in a
    assert f"https://skema.example/f/{'A' * 32}/" in a
    assert "Deltager B" not in a
    assert "B" * 32 not in a
    for text in ("Skan koden", "Tryk på knappen", "Sig ja til"):
        assert text in a
        assert text in b
    assert catalogue("en")[STEPS[0][1]] in b
    assert catalogue("en")[STEPS[0][1]] not in a


@pytest.fixture
def confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if somebody had confirmed every Arabic string."""
    for language in ("da", "ar"):
        file = Path(language, "LC_MESSAGES", "page.po")
        (tmp_path / file).parent.mkdir(parents=True)
        text = (tongues.LOCALE / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace("#, fuzzy\n", ""), encoding="utf-8")
    monkeypatch.setattr(tongues, "LOCALE", tmp_path)
    catalogue.cache_clear()
    yield
    catalogue.cache_clear()


def test_steps_that_nobody_confirmed_are_danish_only() -> None:
    links = [link("A", "ar", "da"), link("B", "da"), link("C", "tlh")]
    [a, *_] = slips(handout(links, SETTINGS))
    assert a.count("<ol") == 1
    assert 'dir="rtl"' in a
    assert languages_without_steps(links, SETTINGS) == ("ar", "tlh")


@pytest.mark.usefixtures("confirmed")
def test_steps_that_are_confirmed_stand_beside_the_danish() -> None:
    links = [link("A", "ar", "da")]
    [a] = slips(handout(links, SETTINGS))
    own, danish = re.findall("<ol.*?</ol>", a, re.DOTALL)
    assert "هاتفك" in own
    assert 'lang="da" dir="ltr"' in danish
    assert languages_without_steps(links, SETTINGS) == ()


def test_what_is_typed_is_text() -> None:
    nasty = replace(link("A", "da"), label='<script>"\u202e')
    html = handout([nasty], SETTINGS)
    assert "<script" not in html
    assert "\u202e" not in html


def test_the_sheet_asks_nobody_for_anything() -> None:
    html = handout([link("A", "da")], SETTINGS)
    assert "default-src 'none'" in html
    assert "src=" not in html
    assert "url(" not in html
