"""Week sheets on paper: a PDF with one A4 page for each week of each person, in every script, fonts and all. Pure.

Typst sets them, because it needs nothing but itself, shapes Arabic and Ge'ez, and takes some milliseconds a sheet. What
is typed reaches it as data, never as a part of its program. The same published plan is the same file.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..errors import Refused
from ..words import say
from .agenda import Item, PageWeek, agenda
from .ledger import Published
from .page import label_of, span_of, tongue_of, updated_of
from .signs import PICTOGRAMS
from .subscribe import Subscribe
from .templating import environment
from .tongues import DAYS, Tongue
from .wording import long_day

FONTS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic")
FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
AT_ONCE = 5  # sheets in one go: typst holds 4 MB for each until it has been called ten times more
LONGEST_WORD = 24  # letters; a longer one may be broken anywhere
Json = dict[str, Any]


def week_sheets(
    published: Published,
    people: Iterable[str],
    *,
    since: date | None = None,
    weeks: int | None = None,
    url_of: Callable[[str], str] = lambda person: "",
    system_fonts: bool = True,
) -> bytes:
    """A PDF: for each of these people her weeks from that of `since` (default: the day of publishing), at most `weeks`.

    `url_of` gives the full address of a person's feed (empty: no code on her sheets). Somebody without anything to come
    has one sheet that says so. `system_fonts`: letters that our fonts lack come from the machine's own. Raises
    `Refused` if what sets them is not installed.
    """
    try:
        import pypdf
        import typst
    except ImportError as error:
        raise Refused(say("Paper needs the extra: pip install 'skemaplan[pdf]'.")) from error
    rows = [sheet for p in people for sheet in _sheets(published, p, since, weeks, url_of(p))]
    compiled: Any = typst.compile  # its own types say less than it does

    def put(some: list[Json]) -> bytes:
        data = {"fonts": FONTS, "pictograms": dict(PICTOGRAMS), "sheets": some}
        pdf: bytes = compiled(
            source().encode(),
            font_paths=list(font_folders()),
            ignore_system_fonts=not system_fonts,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=int(published.ledger.at.timestamp()) if published.ledger.at else 0,
        )
        return pdf

    files = [put(rows[n : n + AT_ONCE]) for n in range(0, len(rows), AT_ONCE)]
    if len(files) == 1:
        return files[0]
    whole, out = pypdf.PdfWriter(), io.BytesIO()
    for file in files:
        whole.append(io.BytesIO(file))
    whole.add_metadata(pypdf.PdfReader(io.BytesIO(files[0])).metadata or {})
    whole.write(out)
    return out.getvalue()


def published_on(published: Published) -> date:
    """The local day on which the plan was published."""
    settings, at = published.plan.problem.settings, published.ledger.at
    return at.astimezone(ZoneInfo(settings.timezone)).date() if at else settings.start


def source() -> str:
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), "sheet.typ")[0]


def font_folders() -> Iterable[str]:
    """Where our fonts lie: beside this file, and in the font packages of the extra."""
    yield str(Path(__file__).parent / "fonts")
    for package in FONT_PACKAGES:
        spec = find_spec(package)
        if spec is not None and spec.origin:
            yield str(Path(spec.origin).parent / "files")


def _sheets(published: Published, person: str, since: date | None, weeks: int | None, url: str) -> Iterable[Json]:
    tongue = tongue_of(published.plan.problem, person)
    found: list[PageWeek | None] = list(agenda(published, person, since or published_on(published))[:weeks])
    updated, code = updated_of(published, person, tongue), Subscribe(url, "").code if url else ""
    for week in found or [None]:
        yield {
            "base": tongue.base,
            "code": code,
            "days": _days(week, tongue) if week and week.days else [],
            "label": broken(label_of(published.plan.problem, person, tongue)),
            "lang": tongue.lang,
            "nothing": _both(tongue, "No lessons"),
            "rtl": tongue.direction == "rtl",
            "span": span_of(week, tongue) if week else "",
            "updated": f"{tongue('Last updated').text}: {updated}" if updated else "",
            "week": _both(tongue, "Week", f" {week.week.number}") if week else _both(tongue, "Timetable"),
        }


def _days(week: PageWeek, tongue: Tongue) -> list[Json]:
    """Monday to Friday, and a day of the weekend if something is on it."""
    there = {day.date: day.items for day in week.days}
    days = [day for n, day in enumerate(week.week.days) if n < 5 or day in there]
    return [
        {
            "items": [_item(i, tongue) for i in there.get(day, ())],
            "own": tongue(DAYS[day.weekday()]).own,
            "text": long_day(day, tongue.base),
        }
        for day in days
    ]


def _item(i: Item, tongue: Tongue) -> Json:
    online = tongue("Online")
    where = f"{online.text} {online.own}".strip() if i.is_online else i.where
    notes = [i.people] if i.people else []
    if i.is_changed:
        before = f": {tongue('before: {before}', before=i.before).text}" if i.before else ""
        notes.append(f"{_both(tongue, 'Changed')['text']}{before}")
    if i.is_new:
        notes.append(tongue("New").text)
    return {
        "cancelled": _both(tongue, "Cancelled") if i.is_cancelled else None,
        "colour": "#666666" if i.is_cancelled else i.sign.colour,
        "notes": [broken(note) for note in notes],
        "picture": i.sign.picture,
        "time": f"{i.start}–{i.end}",
        "title": broken(i.title),
        "where": broken(where),
    }


def _both(tongue: Tongue, msgid: str, more: str = "") -> Json:
    said = tongue(msgid)
    return {"own": said.own and said.own + more, "text": said.text + more}


def broken(text: str) -> str:
    """A text whose overlong words may be broken, so that nothing runs out of its column."""
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", lambda word: word[0] + "\u200b", text)
