"""Which language the command line speaks, and how it says what is wrong."""

from __future__ import annotations

import locale
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

from ..errors import InputError, SkemaplanError, Trouble
from ..problem import Problem
from ..words import LANGUAGES, Text, say
from .arguments import NAMED

_LANGUAGE = "skemaplan.language"
Verb = TypeVar("Verb", bound=Callable[..., object])


def speaks(verb: Verb) -> Verb:
    """The option --language of a verb; without it, the term's own language is spoken."""
    option = click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        is_eager=True,  # so that what is wrong with other words of the call is said in it
        callback=lambda ctx, _, value: value and ctx.meta.setdefault(_LANGUAGE, value),
        help="What is printed is in this language [default: the term's own].",
    )
    return option(verb)


def of_term(verb: Verb) -> Verb:
    """The argument TERM of a verb, as a Path `term`, and the option --language."""
    argument = click.argument("term", type=NAMED, metavar="TERM")
    return argument(speaks(verb))


def language_of(ctx: click.Context | None = None) -> str:
    """The language to speak: what the call says, else the term's, else the machine's, else English."""
    ctx = ctx or click.get_current_context()
    said = ctx.meta.get(_LANGUAGE)
    if isinstance(said, str):
        return said
    return language_of_the_machine()


def language_of_the_machine() -> str:
    return "da" if (locale.getlocale()[0] or "").lower().startswith("da") else "en"


def speak_as(language: str) -> None:
    """Speak the language of a term that was read, unless the call names another."""
    click.get_current_context().meta.setdefault(_LANGUAGE, language)


def read_term(term: Path) -> Problem:
    """Read a term and speak its language; what is strange in it is said on the way. Raises InputError."""
    from ..tables import read_with_warnings

    try:
        problem, warnings = read_with_warnings(term)
    except InputError:
        speak_as_typed(term)
        raise
    speak_as(problem.settings.language)
    show_troubles(warnings, err=True)
    return problem


def speak_as_typed(term: Path) -> None:
    """Speak the language that the tables name, though they can't be read as a term; Danish if they name none."""
    from ..tables import typed_language

    language = typed_language(term)
    if language:
        speak_as(language)


def tell(text: Text | str, *, err: bool = False, colour: str | None = None, bold: bool = False) -> None:
    """Print a sentence in the language that is spoken."""
    said = text.to(language_of()) if isinstance(text, Text) else text
    click.echo(click.style(said, fg=colour, bold=bold) if colour or bold else said, err=err)


def show_troubles(troubles: Iterable[Trouble], *, err: bool = False, language: str | None = None) -> None:
    """Each trouble on a line of its own, marked as error or warning."""
    language = language or language_of()
    for trouble in troubles:
        is_error = trouble.severity == "error"
        mark = say("error").to(language) if is_error else say("warning").to(language)
        styled = click.style(f"{mark}:", fg="red" if is_error else "yellow", bold=True)
        click.echo(f"{styled} {trouble.to(language)}", err=err)


def show_error(error: SkemaplanError, language: str) -> None:
    """What went wrong, on stderr."""
    if isinstance(error, InputError):
        show_troubles(error.troubles, err=True, language=language)
        return
    mark = say("Not done:").to(language)
    click.echo(f"{click.style(mark, fg='red', bold=True)} {error.text.to(language)}", err=True)
