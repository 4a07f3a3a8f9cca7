"""A plot of the results as SVG: a line for each spec, how long everybody took to a proof, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from pathlib import Path

from benchmarks.results import Row, middle, named

LEFT, WIDTH, LINE, TOP = 170, 560, 22, 58  # of the names, of the scale, of a line, above the first line
FIRST, LAST = -2, 3  # powers of ten in seconds at the ends of the scale
MARKS = (("full", "all that fits is placed"), ("near", "within 1 %"), ("proof", "proven"))
COLOURS = ("#1b6ca8", "#c2571a", "#5a8f29", "#8a4fa3", "#b8a100", "#777777")  # at least as many as there are groups


def plot(rows: Sequence[Row], path: Path) -> None:
    path.write_text("\n".join(_lines(rows)) + "\n", encoding="utf-8")


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    keys = list(dict.fromkeys(r.key for r in rows))
    groups = list(dict.fromkeys(r.group for r in rows))
    colour = dict(zip(groups, COLOURS, strict=False))
    height = TOP + LINE * len(keys) + 40
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 30} {height}" font-family="sans-serif"'
    yield ' font-size="11"><rect width="100%" height="100%" fill="white"/>'
    for i, group in enumerate(groups):
        yield f'<text x="{10 + 125 * i}" y="16" fill="{colour[group]}">{escape(group)}</text>'
    for i, (what, said) in enumerate(MARKS):
        yield _mark(what, 16 + 150 * i, 32, "#333333") + f'<text x="{26 + 150 * i}" y="36">{said}</text>'
    for power in range(FIRST, LAST + 1):
        x = _x(10.0**power)
        yield f'<line x1="{x:.0f}" y1="{TOP - 12}" x2="{x:.0f}" y2="{height - 24}" stroke="#dddddd"/>'
        yield f'<text x="{x:.0f}" y="{height - 8}" text-anchor="middle">{10.0**power:g} s</text>'
    for n, key in enumerate(keys):
        y = TOP + LINE * n
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(named(key))}</text>'
        for group in reversed(groups):
            of = [r for r in rows if r.key == key and r.group == group]
            for what, _ in MARKS:
                values = [getattr(r, what) for r in of]
                found = middle(values) if group == "path" else min((v for v in values if v is not None), default=None)
                if of and found is not None:
                    yield _mark(what, _x(found), y, colour[group])
    yield "</svg>"


def _x(seconds: float) -> float:
    at = (log10(max(seconds, 10.0**FIRST)) - FIRST) / (LAST - FIRST)
    return LEFT + WIDTH * min(1.0, at)


def _mark(what: str, x: float, y: float, colour: str) -> str:
    if what == "full":
        return f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="none" stroke="{colour}"/>'
    if what == "near":
        return f'<circle cx="{x:.1f}" cy="{y}" r="3" fill="{colour}" opacity="0.5"/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4}" width="8" height="8" fill="{colour}"/>'
