"""What changes as JSON and as a page to print: the same values, nothing decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from .dates import clock
from .differing import Change, Meeting, counts, to_ring
from .differing_text import by_person, own_sms, sentence, sms
from .problem import Problem
from .publishing.wording import plain
from .timetable import label_of
from .words import say

Json = dict[str, Any]
FORMAT = 1
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
h2{margin:1.5rem 0 .3rem;font-size:1.1rem}ul{margin:.2rem 0}.ring{background:#fff3c4;padding:.6rem 1rem}
pre{white-space:pre-wrap;background:#f3f3f3;padding:.5rem .8rem;margin:.4rem 0}"""


def differing_document(
    problem: Problem, found: tuple[Change, ...], today: date, version: int, language: str = "da"
) -> Json:
    """Everything that changes against the published `version`, for a program."""
    return {
        "counts": dict(counts(found, problem)),
        "format": FORMAT,
        "people": [_person(problem, who, mine, language) for who, mine in by_person(found).items()],
        "published": version,
        "ring": list(to_ring(found, today)),
        "term": problem.settings.name,
        "today": today.isoformat(),
    }


def messages(problem: Problem, found: Sequence[Change]) -> dict[str, str]:
    """The text messages to one person, by language: the term's, and her own where there are words in it."""
    language = problem.settings.language
    own = own_sms(problem, found)
    return {language: sms(problem, found, language), **(dict([own]) if own else {})}


def _person(problem: Problem, who: str, found: list[Change], language: str) -> Json:
    return {
        "changes": [_change(problem, c, language) for c in found],
        "id": who,
        "label": label_of(problem, who),
        "sms": messages(problem, found),
    }


def _change(problem: Problem, c: Change, language: str) -> Json:
    return {
        "before": _meeting(c.before),
        "course": c.course,
        "dates": [day.isoformat() for day in c.dates],
        "kind": c.kind,
        "now": _meeting(c.now),
        "sentence": sentence(problem, c, language),
    }


def _meeting(m: Meeting | None) -> Json | None:
    if m is None:
        return None
    return {
        "date": m.date.isoformat(),
        "end": clock(m.end),
        "place": m.place,
        "room": m.room,
        "start": clock(m.start),
        "teacher": m.teacher,
    }


def differing_page(problem: Problem, found: tuple[Change, ...], today: date, version: int, language: str) -> str:
    """One local HTML file: who must be rung, and for each person what changes and the message to send."""
    name = plain(problem.settings.name)
    title = say("{term}: what the draft changes of version {n}", term=name, n=version).to(language)
    ring = [plain(label_of(problem, who)) for who in to_ring(found, today)]
    parts = [f"<h1>{escape(title)}</h1>"]
    if ring:
        text = say("Ring today: {people}", people=", ".join(ring)).to(language)
        parts.append(f'<p class="ring">{escape(text)}</p>')
    if not found:
        nothing = say("Nothing changes for anybody.").to(language)
        parts.append(f"<p>{escape(nothing)}</p>")
    for who, mine in by_person(found).items():
        rows = "".join(f"<li>{escape(sentence(problem, c, language))}</li>" for c in mine)
        texts = "".join(
            f'<pre lang="{lang}" dir="auto">{escape(t)}</pre>' for lang, t in messages(problem, mine).items()
        )
        parts.append(f"<h2>{escape(plain(label_of(problem, who)))}</h2><ul>{rows}</ul>{texts}")
    head = f'<meta charset="utf-8"><meta name="robots" content="noindex"><title>{escape(title)}</title>'
    body = "\n".join(parts)
    return (
        f'<!doctype html><html lang="{language}"><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>\n'
    )
