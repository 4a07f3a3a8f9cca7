"""The words on a page in Danish and in its reader's own language, from the gettext catalogues `locale/*/page.po`.

A translation that is marked `fuzzy` is not certain: it is shown in Danish until somebody who reads the language has
confirmed it. A language without a catalogue is Danish, and the log says so once. Catalogues are read as they are
written, so that what a translator changes is what is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from ..facts import Participant

BASE = ("da", "en")  # a page is in one of these, and in its reader's own language beside it
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ckb", "he", "ps", "ur"})
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LOCALE = Path(__file__).parents[1] / "locale"
log = logging.getLogger("skemaplan")


@dataclass(frozen=True, slots=True)
class Said:
    """One string as a page shows it: in the page's language (`text`), and before it in her own, if that is known."""

    text: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a page is written in: `base` (da or en) and the reader's `own` language (empty: none beside the base)."""

    base: str
    own: str = ""

    @classmethod
    def of(cls, languages: tuple[str, ...], term: str = "da") -> Tongue:
        """Of somebody who reads these languages, the best known first, in a term written in `term`."""
        base = term if term in BASE else "da"
        own = next((name for name in languages[:1] if name != base), "")
        return cls(base, own if own and catalogue(own) else "")

    @property
    def lang(self) -> str:
        return self.own or self.base

    @property
    def direction(self) -> str:
        return "rtl" if self.own in RIGHT_TO_LEFT else "ltr"

    def __call__(self, msgid: str, **values: object) -> Said:
        text = (catalogue(self.base).get(msgid) or msgid).format(**values)
        own = catalogue(self.own).get(msgid, "").format(**values) if self.own else ""
        return Said(text, "" if own == text else own)


def own_words(who: Participant | None, term: str) -> Mapping[str, str]:
    """The words of a participant's own language for her calendar, in a term written in `term`; none if it has none.

    None either for whom no more than times are shown: her language is more than that.
    """
    if who is None or who.detail == "times_only":
        return MappingProxyType({})
    own = Tongue.of(who.languages, term).own
    return catalogue(own) if own else MappingProxyType({})


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The confirmed translations of one language; none at all (and a word in the log) if it has no catalogue."""
    path = LOCALE / language / "LC_MESSAGES" / "page.po"
    if not language.replace("_", "").isalnum() or not path.is_file():
        log.warning("no catalogue of pages for the language %r: Danish is shown", language)
        return MappingProxyType({})
    with path.open("rb") as file:
        messages = read_po(file, locale=None)
    return MappingProxyType({str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy})
