"""Sentences for people, kept as data until somebody asks for them in a language.

A `Text` is an English sentence with named places and what stands in them. The Danish form comes from the gettext
catalogue in `locale/`; a sentence without a translation is shown in English, never lost.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("da", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: the English form (`msgid`, with `{named}` places) and the values of its places.

    Values may be Texts themselves; they are put into the same language. `str(text)` is English.
    """

    msgid: str
    values: tuple[tuple[str, object], ...] = ()

    def to(self, language: str) -> str:
        """The sentence in `language` (`da`, `en`); English where the catalogue has no such sentence."""
        return translate(self.msgid, language).format(
            **{k: v.to(language) if isinstance(v, Text) else v for k, v in self.values}
        )

    @property
    def facts(self) -> Mapping[str, object]:
        """The values by name: what a program reads instead of the sentence."""
        return MappingProxyType(dict(self.values))

    def __str__(self) -> str:
        return self.to("en")


def say(msgid: str, **values: object) -> Text:
    """Make a Text; the catalogues are extracted from the calls of this function."""
    return Text(msgid, tuple(values.items()))


def translate(msgid: str, language: str) -> str:
    return _catalogue(language).gettext(msgid) if msgid else ""


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("skemaplan", folder, languages=[language], fallback=True)
