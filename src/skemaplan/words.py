"""Sentences for people, kept as data until somebody asks for them in a language.

A `Text` is an English sentence with named places and what stands in them. The Danish form comes from the gettext
catalogue in `locale/`; a sentence without a translation is shown in English, never lost. What is counted in a sentence
is said with `say_n`, so that one is not said like many.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("da", "en")
EXAMPLE = "example"  # a value of this name is what to type into a cell: as tables write it
CLOCK = re.compile(r"(\d\d):(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: the English form (`msgid`, with `{named}` places) and the values of its places.

    Values may be Texts or names themselves; they are put into the same language. `str(text)` is English. `plural` is
    the form for all but one of what the value `n` counts; empty where nothing is counted.
    """

    msgid: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""

    def to(self, language: str) -> str:
        """The sentence in `language` (`da`, `en`); English where the catalogue has no such sentence."""
        said = {k: v if k == EXAMPLE and isinstance(v, str) else spoken(v, language) for k, v in self.values}
        return self.form(language).format(**said)

    def form(self, language: str) -> str:
        """The sentence with its places still open."""
        if not self.plural:
            return translate(self.msgid, language)
        return _catalogue(language).ngettext(self.msgid, self.plural, 1 if decimal(self.facts["n"], "en") == "1" else 2)

    @property
    def facts(self) -> Mapping[str, object]:
        """The values by name: what a program reads instead of the sentence."""
        return MappingProxyType(dict(self.values))

    def __str__(self) -> str:
        return self.to("en")


@dataclass(frozen=True, slots=True)
class Name:
    """What tables call something, in each language: a table, a column, a word that a cell may hold."""

    english: str
    danish: str

    def to(self, language: str) -> str:
        return self.danish if language == "da" else self.english

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class Names:
    """Several names or Texts with commas between."""

    of: tuple[object, ...]

    def to(self, language: str) -> str:
        return ", ".join(str(spoken(name, language)) for name in self.of)

    def __str__(self) -> str:
        return self.to("en")


def spoken(value: object, language: str) -> object:
    """What has words of its own is put into the language; so are numbers with decimals and times of day."""
    if isinstance(value, float):
        return decimal(value, language)
    if isinstance(value, str) and language == "da" and (at := CLOCK.fullmatch(value)):
        return f"{int(at[1])}.{at[2]}"
    return value.to(language) if isinstance(value, Text | Name | Names) else value


def decimal(x: object, language: str, digits: int = 1) -> str:
    """52, 19.4; with a comma in Danish. No zeros at the end."""
    text = f"{x:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{x:.0f}"
    return text.replace(".", ",") if language == "da" else text


def say(msgid: str, **values: object) -> Text:
    """Make a Text; the catalogues are extracted from the calls of this function."""
    return Text(msgid, tuple(values.items()))


def say_n(one: str, many: str, *, n: float, **values: object) -> Text:
    """Make a Text that counts `n` of something: `one` is its form for one, `many` for all other numbers."""
    return Text(one, (("n", n), *values.items()), many)


def translate(msgid: str, language: str) -> str:
    return _catalogue(language).gettext(msgid) if msgid else ""


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("skemaplan", folder, languages=[language], fallback=True)
