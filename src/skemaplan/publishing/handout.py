"""The hand-out: a slip of paper for each person, with her link as a code and how to use it. Pure.

Two slips stand on an A4 sheet, to be cut apart. The steps stand in Danish and beside it in her own language, if that
has all of them confirmed: half a guide is none. Whoever reads neither has the pictures and the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ..facts import Settings
from ..words import Text, say
from .feed import calendar_name
from .links import Link
from .subscribe import Subscribe
from .templating import render, source
from .tongues import Said, Tongue
from .wording import plain

STEPS = (
    ("scan", "Scan the code with the camera of your phone."),
    ("press", "Tap the button for your calendar."),
    ("done", "Say yes to subscribe. New lessons then come by themselves."),
)
NOTES = (
    "The link is like a key: keep it to yourself.",
    "Lost it, or has somebody else seen it? Ask for a new link.",
    "Google may show a change a day late. If something changes the same day, we call or write.",
)
PICTURES = {
    "scan": "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 8h3v3h-3zM8 13h3v3H8zM13 13h3v3h-3z",
    "press": "M3 12h18v8H3zM12 2v14M8.5 12.5L12 16l3.5-3.5",
    "done": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M8.5 15l2.5 2.5 4.5-4.5",
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's piece of the sheet. `own_steps` and `own_notes` are empty unless all of them are confirmed."""

    label: str
    tongue: Tongue
    link: Subscribe
    steps: tuple[tuple[str, Said], ...]
    notes: tuple[Said, ...]

    @property
    def own_steps(self) -> tuple[tuple[str, str], ...]:
        own = tuple((picture, said.own) for picture, said in self.steps)
        return own if all(text for _, text in own) else ()

    @property
    def own_notes(self) -> tuple[str, ...]:
        own = tuple(said.own for said in self.notes)
        return own if all(own) else ()


def handout(links: Iterable[Link], settings: Settings) -> str:
    """One HTML file with a slip for each of these links. They must have an address on the web."""
    name = calendar_name(settings)
    slips = [_slip(link, name, settings.language) for link in links]
    return render(
        "handout.html",
        base=Tongue.of((), settings.language).base,
        markup=Markup,
        name=name,
        pictures=list(PICTURES.items()),
        slips=slips,
        style=Markup(source("handout.css")),
        warning=_warning().to(settings.language),
    )


def languages_without_steps(links: Iterable[Link], settings: Settings) -> tuple[str, ...]:
    """The languages of these readers in which no slip is whole: their steps stand in Danish only."""
    slips = (_slip(link, "", settings.language) for link in links)
    first = {link.languages[0] for link in links if link.languages}
    whole = {slip.tongue.own for slip in slips if slip.own_steps}
    return tuple(sorted(first - whole - {Tongue.of((), settings.language).base}))


def _slip(link: Link, name: str, language: str) -> Slip:
    tongue = Tongue.of(link.languages, language)
    steps = tuple((picture, tongue(text)) for picture, text in STEPS)
    return Slip(plain(link.label), tongue, Subscribe(link.url, name), steps, tuple(map(tongue, NOTES)))


def _warning() -> Text:
    return say("Everybody's links are on this sheet. Print it, cut it apart, hand out the slips, and delete the file.")
