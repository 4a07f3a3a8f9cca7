"""Every verb with garbage for every argument and option: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import click
import pytest
from cli_terms import BEFORE, run, smallest
from click.testing import CliRunner

from skemaplan.cli import main

GARBAGE = (
    *("", " ", ".", "..", "/", "/dev/null", "-", "--", "nan", "inf", "-1", "0", "1e99", "0x10", "٣"),
    *("A", "all", "Deltager A", "mat", "2027-02-31", "2027-W99", "2027-W05", "tue 08:30", "99:99"),
    *("\u202e", "\u2028", "Ø" * 300, "=1+1", "{0}", "%s", "[/]", "'\""),
)
LANGUAGES = ("da", "en")
ANSWERS = {0, 1, 2, 3, 4}


def verbs(group: click.Group = main, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    """Every verb with the words that call it."""
    found: dict[tuple[str, ...], click.Command] = {}
    for name, command in group.commands.items():
        call = (*before, name)
        found |= verbs(command, call) if isinstance(command, click.Group) else {call: command}
    return found


VERBS = {call: verb for call, verb in verbs().items() if call not in {("serve",), ("demo",)}}  # they go on and on


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = smallest(tmp_path_factory.mktemp("garbage") / "term")
    assert run("plan", folder, "--quiet").exit_code == 0
    assert run("publish", folder, "--site", folder / "site", "--now", BEFORE).exit_code == 0
    return folder


def call_with(verb: click.Command, chance: random.Random, term: Path) -> list[str]:
    """A call of a verb: mostly a term that is there, and otherwise whatever."""
    words: list[str] = []
    for param in verb.params:
        for _ in range(max(1, param.nargs)):
            value = chance.choice(GARBAGE)
            if param.name == "term" and chance.random() < 0.8:
                value = str(term)
            if isinstance(param, click.Argument):
                words.append(value)
            elif param.required or chance.random() < 0.3:
                is_flag = isinstance(param, click.Option) and param.is_flag
                words += [param.opts[0]] if is_flag else [param.opts[0], value]
    return words


@pytest.mark.parametrize("call", VERBS, ids=" ".join)
def test_garbage_is_answered(
    call: tuple[str, ...], published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(" ".join(call))
    for n in range(12):
        words = [*call, *call_with(VERBS[call], chance, published), "--language", LANGUAGES[n % 2]]
        told = CliRunner().invoke(main, words)
        assert told.exit_code in ANSWERS, words
        assert isinstance(told.exception, SystemExit | None), words
        assert "fault in skemaplan" not in told.output, (words, told.output)
        assert "fejl i skemaplan" not in told.output, (words, told.output)
        assert "Traceback" not in told.output, words


@pytest.mark.parametrize(
    "call", [("check", ""), ("plan", " "), ("verify", "TERM", "--site", ""), ("export", "TERM", "--lessons", "")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_not_the_folder_one_stands_in(
    call: tuple[str, ...], language: str, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(published)
    told = run(*(str(published) if word == "TERM" else word for word in call), "--language", language)
    assert told.exit_code == 2
    assert ("not the name of a file" if language == "en" else "ikke navnet på en fil") in told.output


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "-1", "1e12", "soon"])
def test_seconds_are_a_time_to_wait(seconds: str, published: Path) -> None:
    told = run("plan", published, "--quiet", "--seconds", seconds)
    assert told.exit_code == 2
    assert "--seconds" in told.output
