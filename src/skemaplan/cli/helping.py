"""Help and usage errors in the language that is spoken.

The verbs' help is written in English where it belongs, beside each option, and stands in the catalogue as every other
sentence does (`tools/messages.py` finds it there). Click's own sentences go through gettext: they are named here, so
that they are in the catalogue too, and for as long as a call is at work gettext looks there.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from ..words import LANGUAGES, Text, say, say_n

DOMAIN, LOCALE = "skemaplan", Path(__file__).parents[1] / "locale"

# What click says, word for word: where a newer click says it otherwise, that sentence stays English.
CLICK = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Show this message and exit."),
    say("default: {default}"),
    say("Error: {message}"),
    say("Try '{command} {option}' for help."),
    say("Aborted!"),
    say("Missing argument"),
    say("Missing option"),
    say("Missing command."),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say_n("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", n=1),
    say_n("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", n=1),
    say_n("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", n=1),
    say("Option {name!r} does not take a value."),
    say("Invalid value for {param_hint}: {message}"),
    say("Invalid value: {message}"),
    say("{value!r} is not a valid {number_type}."),
    say("{value} is not in the range {range}."),
    say_n("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", n=1),
)
# What a call is made of, in the lines that say how it is written.
PLACES = {
    "ADDRESS": say("ADDRESS"),
    "ARGS": say("ARGS"),
    "CHANGE": say("CHANGE"),
    "CHOICE": say("CHOICE"),
    "COMMAND": say("COMMAND"),
    "COURSE": say("COURSE"),
    "DATE": say("DATE"),
    "DAY": say("DAY"),
    "DAYS": say("DAYS"),
    "DIR": say("DIR"),
    "DIRECTORY": say("DIR"),
    "FILE": say("FILE"),
    "FLOAT RANGE": say("NUMBER"),
    "FOLDER": say("DIR"),
    "FROM": say("FROM"),
    "INTEGER RANGE": say("NUMBER"),
    "LABEL": say("LABEL"),
    "NAME": say("NAME"),
    "NEW": say("NEW"),
    "NUMBER": say("NUMBER"),
    "OPTIONS": say("OPTIONS"),
    "PARTICIPANT": say("PARTICIPANT"),
    "PATH": say("FILE"),
    "SESSION": say("SESSION"),
    "SITE": say("DIR"),
    "TERM": say("TERM"),
    "TEXT": say("TEXT"),
    "TIME": say("TIME"),
    "TO": say("TO"),
    "WEEK": say("WEEK"),
    "WHEN": say("WHEN"),
    "WHO": say("WHO"),
}
_PLACE = re.compile("|".join(rf"\b{name}\b" for name in sorted(PLACES, key=len, reverse=True)))


@contextmanager
def helps_in(group: click.Group, language: str) -> Iterator[None]:
    """While a call is at work, its help and what click says are in a language."""
    was = [(thing, name, getattr(thing, name)) for thing, name, _ in helps(group)]
    domain, spoken = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    if language != "en":
        for thing, name, text in list(helps(group)):
            setattr(thing, name, Text(text).form(language) if is_sentence(name) else placed(text, language))
    try:
        yield
    finally:
        for thing, name, text in was:
            setattr(thing, name, text)
        gettext.textdomain(domain)
        if spoken is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = spoken


def sentences(group: click.Group) -> list[str]:
    """Everything that the verbs' help says: what the catalogue must have."""
    return list(dict.fromkeys(text for _, name, text in helps(group) if is_sentence(name)))


def is_sentence(name: str) -> bool:
    return name == "help"


def helps(command: click.Command, within: click.Context | None = None) -> Iterator[tuple[Any, str, str]]:
    """Each thing that has words in the help of a command or of its own commands: the thing, where, and what."""
    if command.help:
        yield command, "help", cleandoc(command.help)
    context = click.Context(command, within, **command.context_settings)
    yield command, "options_metavar", command.options_metavar or ""
    if isinstance(command, click.Group):
        yield command, "subcommand_metavar", command.subcommand_metavar
        for _, verb in sorted(command.commands.items()):
            yield from helps(verb, context)
    for param in command.get_params(context):  # --help with them, which click makes once
        if isinstance(param, click.Option) and param.help:
            yield param, "help", param.help
        takes_a_word = not isinstance(param, click.Option) or not (param.is_flag or param.count)
        if takes_a_word and not isinstance(param.type, click.Choice):
            yield param, "metavar", param.make_metavar(context)


def placed(text: str, language: str) -> str:
    """How a call is written, with the names of its places in a language."""
    return _PLACE.sub(lambda found: PLACES[found[0]].to(language), text)


def named_in(call: Sequence[str]) -> str:
    """The language that a call names, read before anything else: what is wrong with the call is said in it."""
    for word, after in pairwise([*call, ""]):
        said = after if word == "--language" else word.removeprefix("--language=") if "=" in word else ""
        if said in LANGUAGES:
            return said
    return ""
