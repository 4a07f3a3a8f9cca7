"""Help and usage errors in Danish: click's own sentences too, and nothing left behind for the next call."""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path

import click
import pytest
from cli_terms import run, smallest

from skemaplan.cli import VERBS, main
from skemaplan.cli.helping import CLICK, helps, helps_in, named_in, placed, sentences

SOURCE = "".join(f.read_text(encoding="utf-8") for f in sorted(Path(click.__file__).parent.glob("*.py")))
ENGLISH = re.compile(r"\b(the|with|which|from|usage|options|error|missing|such|default|this)\b", re.IGNORECASE)


def test_what_click_says_is_what_we_have_in_danish() -> None:
    """A newer click may say it otherwise: then it is said in English until it is named here."""
    for text in CLICK:
        for form in filter(None, (text.msgid, text.plural)):
            assert f'"{form}"' in SOURCE, form


@pytest.mark.parametrize("verb", [(), *((v.name or "",) for v in VERBS)], ids=str)
def test_the_help_is_danish_all_through(verb: tuple[str, ...]) -> None:
    """But for what is typed as it stands: verbs and options."""
    run("--language", "en", *verb, "--help")  # what was said in English before makes no difference
    told = run("--language", "da", *verb, "--help").output
    assert told.startswith("Brug:")
    prose = re.sub(r"--?[a-z-]+|`[^`]*`|^  [a-z-]+ ", "", told, flags=re.MULTILINE)
    assert not ENGLISH.search(prose), ENGLISH.search(prose)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("check", "--language", "da"), "Fejl: Der mangler 'FORLØB'."),
        (("check", "--language=da", "x", "--nonsense"), "Fejl: Der er intet tilvalg '--nonsense'."),
        (("--language", "da", "nonsense"), "Fejl: Der er ingen kommando 'nonsense'."),
        (("--language", "da", "plan", "x", "--seconds", "abc"), "Ugyldig værdi for '--seconds': 'abc' er ikke et tal"),
        (("--language", "da", "plan", "x", "y"), "Fejl: Her er et ord for meget (y)"),
        (("--language", "da", "plan", "x", "--today"), "Fejl: Tilvalget '--today' skal følges af et ord."),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_danish(call: tuple[str, ...], said: str) -> None:
    told = run(*call)
    assert told.exit_code == 2
    assert said in told.output
    assert "Error" not in told.output
    assert "Usage" not in told.output


def test_the_next_call_speaks_its_own_language() -> None:
    was = sentences(main), gettext.textdomain(), os.environ.get("LANGUAGE")
    run("--language", "da", "plan", "--help")
    assert (sentences(main), gettext.textdomain(), os.environ.get("LANGUAGE")) == was
    told = run("--language", "en", "plan", "--help").output
    assert told.startswith("Usage:")
    assert "FORLØB" not in told


def test_help_that_fails_is_put_back_too() -> None:
    before = [(name, text) for _, name, text in helps(main)]
    with pytest.raises(RuntimeError), helps_in(main, "da"):
        raise RuntimeError
    assert [(name, text) for _, name, text in helps(main)] == before


def test_places_and_languages() -> None:
    assert placed("[OPTIONS] TERM [TO] FOLDER|FILE.xlsx", "da") == "[TILVALG] FORLØB [TIL] MAPPE|FIL.xlsx"
    assert [named_in(c) for c in (["--language", "da"], ["x", "--language=en"], ["--language"], [])] == [
        "da",
        "en",
        "",
        "",
    ]


def test_a_word_of_the_call_is_named_as_the_help_names_it(tmp_path: Path) -> None:
    smallest(tmp_path / "term")
    told = run("change", "absent", str(tmp_path / "term"), "Underviser 1", "2027-13-01", "--language", "da")
    assert told.exit_code == 2
    assert "fejl: FRA: der er ingen dato '2027-13-01'." in told.output
