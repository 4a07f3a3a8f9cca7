"""Every command that the pages of docs/do show is one: its name, its arguments and its options are known."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from cli_terms import SMALLEST

from skemaplan.cli import main

PAGES = sorted((Path(__file__).parents[1] / "docs" / "do").glob("*.md"))
COMMAND = re.compile(r"^skemaplan (.+)$", re.MULTILINE)
COMMANDS = [(page.stem, words) for page in PAGES for words in COMMAND.findall(page.read_text("utf-8"))]


def parsed(words: list[str]) -> click.Context:
    """The call as click reads it, verb within verb. Raises click.UsageError for what is none."""
    ctx = main.make_context("skemaplan", words)
    while isinstance(ctx.command, click.Group):
        name, command, rest = ctx.command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
        assert command is not None
        ctx = command.make_context(name, rest, parent=ctx)
    return ctx


@pytest.mark.parametrize(("page", "words"), COMMANDS, ids=lambda value: value[:40])
def test_a_command_of_the_page_is_known(page: str, words: str, tmp_path: Path) -> None:
    known = {"TERM": str(SMALLEST), "SITE": str(tmp_path)}
    parsed([known.get(word, word) for word in shlex.split(words, comments=True)])


def test_every_one_of_the_commonest_events_has_a_page() -> None:
    commonest = "teacher-away class-moves room-taken closed online joins leaves away exam take-back lost-phone shortage"
    assert set(commonest.split()) <= {page.stem for page in PAGES}
    index = (Path(__file__).parents[1] / "docs" / "README.md").read_text("utf-8")
    assert [page.stem for page in PAGES if f"do/{page.name}" not in index] == []
