"""The reference of the command line is the command line's own help, and its examples work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from cli_terms import run, smallest

from skemaplan.cli import demonstrating, main
from skemaplan.summary import summarise
from skemaplan.summary_document import summary_document
from tools.reference import EXAMPLES, PAGE, page


def test_the_page_is_what_the_help_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.reference"


def test_every_verb_has_an_example() -> None:
    assert set(EXAMPLES) == set(main.commands)


def test_the_examples_work_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the smallest example, which `demo` plans too, so that this takes a moment."""
    smallest(tmp_path / "examples" / "smallest")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demonstrating, "CASE", "smallest")
    for verb, example in EXAMPLES.items():
        if verb == "serve":
            continue  # it goes on until it is stopped: see tests/test_serve.py
        program, *call = shlex.split(example)
        assert program == "skemaplan"
        assert run(*call).exit_code == 0, example


def test_every_key_of_the_summary_is_described() -> None:
    from plans import make_plan

    described = set(re.findall(r"`(\w+)`", (PAGE.parent / "json.md").read_text(encoding="utf-8")))
    document = summary_document(summarise(make_plan()), "en")
    courses = {"mat", "eng", "talk"}
    assert keys_of(document) - courses - described == set()


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()
