"""A week drawn in a terminal: days across, times down, a coloured block for each thing; readable without colours."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .amounts import in_lessons
from .dates import Week, clock
from .facts import STUDY
from .making_up import still_missing, won_back
from .publishing.wording import short_day, weekday
from .schedule import TermPlan
from .summary_text import week_list
from .timetable import AWAY, CLOSED, EXAM, OTHER, SCHOOL, SESSION, Item, Timetable, brief_name, timetable, title_of
from .words import decimal, say

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text as Drawn

STEP = 15  # minutes a line
LONG = 6  # so many empty lines in a row become one
AXIS = 6  # columns for the times
WIDEST = 24  # columns for a day, at most
COURSES = ("#8ecae6", "#b7e4a0", "#ffd28a", "#d9c2f0", "#f7b5b5", "#a8e6dc", "#e3d5a5", "#c5cff5")
STYLES = {
    SCHOOL: "black on #d0d0d0",
    OTHER: "black on #d0d0d0",
    EXAM: "bold black on #ff9f68",
    CLOSED: "dim",
    AWAY: "dim",
}
Cell = tuple[str, str]  # text and style


def week_grid(plan: TermPlan, who: str, week: Week, language: str, width: int = 80) -> Drawn:
    """The week of a participant, teacher or room, at most `width` columns wide."""
    from rich.text import Text as Drawn

    mine = timetable(plan, who, week, language)
    drawn = Drawn(heading(mine, language) + "\n\n", style="", no_wrap=True, overflow="ignore")
    drawn.stylize("bold", 0, len(mine.label))
    colours = {c.id: f"black on {COURSES[n % len(COURSES)]}" for n, c in enumerate(plan.problem.courses)}
    column = min(WIDEST, (width - AXIS) // len(mine.days))
    drawn.append(" " * AXIS)
    for d in mine.days:
        drawn.append(day_name(week, d, language)[: column - 1].ljust(column), style="bold")
    drawn.append("\n")
    for line in _lines(mine, column, colours):
        for text, style in line:
            drawn.append(text, style=style)
        drawn.append("\n")
    if not any(i.kind != CLOSED for i in mine.items):
        drawn.append(" " * AXIS + say("Nothing this week.").to(language) + "\n", style="dim")
    for text in footing(plan, mine, language):
        drawn.append(f"\n{text}")
    return drawn


def heading(mine: Timetable, language: str) -> str:
    """Deltager A · uge 12, 2020 · undervisningsuge 6 af 22."""
    parts = [mine.label, say("week {week}, {year}", week=mine.week.number, year=mine.week.year).to(language)]
    if mine.nth:
        parts.append(say("teaching week {n} of {all}", n=mine.nth, all=mine.of).to(language))
    return " · ".join(parts)


def day_name(week: Week, day: int, language: str) -> str:
    date = week.day(day)
    return f"{weekday(date, language)[:3]} {short_day(date, language)}"


def footing(plan: TermPlan, mine: Timetable, language: str) -> Iterator[str]:
    """What the week holds in lessons, what is lost in it, and what is made up."""
    lesson = plan.problem.settings.lesson_minutes

    def lessons(minutes: int) -> str:
        return decimal(minutes / lesson, language)

    names = {
        SCHOOL: say("language school"),
        SESSION: say("teaching"),
        "talk": say("talks"),
        OTHER: say("other"),
    }
    parts = [f"{names[k].to(language)} {lessons(n)}" for k, n in mine.minutes.items() if n and k in names]
    if parts:
        total = sum(n for k, n in mine.minutes.items() if k in names)
        yield f"{in_lessons(total / lesson).to(language)}: {', '.join(parts)}"
    if own := mine.minutes.get(STUDY):
        yield say("besides, {lessons} of homework", lessons=in_lessons(own / lesson)).to(language)
    for m, back in still_missing(plan).get(mine.week, ()):
        title = title_of(plan.problem, m.course, language)
        when = f" {day_name(mine.week, m.session.day, language)} {clock(m.session.start)}" if m.session else ""
        rows = [(say("lost") if m.kind == "lost" else say("unmet"), m.minutes)] if m.minutes else []
        rows += [(say("lost, made up in {week}", week=week_list([x.held], language)), x.minutes) for x in back]
        for what, minutes in rows if m.participant == mine.who else ():
            yield f"{what.to(language)}: {title}{when}, {lessons(minutes)} ({m.reason.to(language)})"
    for x in won_back(plan):
        if (x.held, x.participant) == (mine.week, mine.who):
            text = say("makes up for {week}", week=week_list([x.lost], language))
            yield f"{text.to(language)}: {title_of(plan.problem, x.course, language)}, {lessons(x.minutes)}"


def _lines(mine: Timetable, column: int, colours: dict[str, str]) -> Iterator[list[Cell]]:
    """The grid's lines: the time, then a cell for each day. Long stretches with nothing in them are one line."""
    solid = [i for i in mine.items if i.kind not in (CLOSED, AWAY)]
    shown = solid or [i for i in mine.items if i.start > 0 or i.end < 24 * 60]
    if not shown and not mine.items:
        return
    first = min((i.start for i in shown), default=8 * 60) // STEP
    last = max((-(-i.end // STEP) for i in shown), default=first + 4)
    columns = [_column([i for i in mine.items if i.day == d], first, last, column, colours) for d in mine.days]
    used = {line for i in solid for line in range(i.start // STEP - first, -(-i.end // STEP) - first)}
    named = _named_times(mine.items, first, last)
    line = 0
    while line < last - first:
        empty = next((n for n in range(line, last - first) if n in used), last - first) - line
        if empty >= LONG and line:
            yield [("  ⋮", "dim")]
            line += empty
            continue
        time = named.get(line, "")
        yield [(time.ljust(AXIS), "dim"), *(piece for c in columns for piece in _cell(c, line, column))]
        line += 1
    if used:
        yield [(clock(last * STEP), "dim")]


def _cell(cells: dict[int, Cell], line: int, width: int) -> tuple[Cell, Cell]:
    text, style = cells.get(line, ("", ""))
    return (text.ljust(width - 1), style), (" ", "")


def _named_times(items: Sequence[Item], first: int, last: int) -> dict[int, str]:
    """The time at each line where something starts or ends."""
    times: dict[int, str] = {}
    for minute in sorted({t for i in items for t in (i.end, i.start)}):
        if first <= minute // STEP < last:
            times.setdefault(minute // STEP - first, clock(minute))
    return times


def _column(items: list[Item], first: int, last: int, width: int, colours: dict[str, str]) -> dict[int, Cell]:
    """The cells of a day by line. What begins before the one above it has ended is pushed down: both stay readable."""
    cells: dict[int, Cell] = {}
    free = 0
    for item in sorted(items, key=lambda i: (i.kind in (CLOSED, AWAY), i.start)):
        start = max(0, item.start // STEP - first)
        end = min(last - first, max(start + 1, item.end // STEP - first))
        if item.kind in (CLOSED, AWAY):
            start = next((n for n in range(start, end) if n not in cells), end)
            end = next((n for n in range(start, end) if n in cells), end)
        else:
            start = max(start, free)
            free = end = max(end, start + 1)
        style = colours.get(item.course) or STYLES[item.kind]
        for n, text in enumerate(_block(item, end - start, width - 1)):
            cells[start + n] = (text, style)
    return cells


def _block(item: Item, height: int, width: int) -> Iterator[str]:
    """A thing as so many lines of text, with a bar at its side that shows where it begins and ends."""
    lines = _said(item, height, width - 1)
    for n in range(height):
        bar = "╺" if height == 1 else "┏" if n == 0 else "┗" if n == height - 1 else "┃"
        bar = " " if item.kind in (CLOSED, AWAY) else bar
        yield f"{bar}{lines[n] if n < len(lines) else ''}".ljust(width)


def _said(item: Item, height: int, width: int) -> list[str]:
    """As much of a thing as its height has room for: what, where, who, from when to when."""
    times = _span(item).strip() if item.kind != CLOSED else ""
    where_who = " ".join(filter(None, (item.where, item.who)))
    ways = (
        [*_wrap(item.title, width), *_wrap(item.where, width), *_wrap(item.who, width), times],
        [*_wrap(item.title, width), *_wrap(item.where, width), *_wrap(item.who, width)],
        [_clip(item.title, width), _clip(item.where, width), _clip(item.who, width)],
        [_clip(item.title, width), _clip(where_who, width)],
    )
    fitting = (lines for way in ways if len(lines := [x for x in way if x]) <= height)
    return next(fitting, [_clip(item.title, width)])


def _wrap(text: str, width: int) -> list[str]:
    """A text in lines; a word that is too long for one is broken with a hyphen."""
    words: list[str] = []
    for word in text.split():
        while len(word) > width > 1:
            words.append(f"{word[: width - 1]}-")
            word = word[width - 1 :]
        words.append(word)
    return textwrap.wrap(" ".join(words), width, break_long_words=False, break_on_hyphens=False)


def _clip(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def team_grid(plan: TermPlan, week: Week, language: str, width: int = 80) -> Table:
    """Everybody's week, compact: persons down, days across; participants first, then teachers."""
    from rich import box
    from rich.table import Table
    from rich.text import Text as Drawn

    people = [*sorted(plan.problem.participant), *sorted(plan.problem.teacher)]
    timetables = {who: timetable(plan, who, week, language) for who in people}
    days = sorted({d for a in timetables.values() for d in a.days}) or list(range(5))
    label = min(max((len(brief_name(plan.problem, who)) for who in people), default=0), max(12, width // 4))
    column = (width - label - 2) // len(days) - 1
    colours = {c.id: COURSES[n % len(COURSES)] for n, c in enumerate(plan.problem.courses)}
    brief = _brevity([i for a in timetables.values() for i in a.items if i.kind == SESSION], column)
    title = say("week {week}, {year}", week=week.number, year=week.year).to(language)
    table = Table(
        title=Drawn(f"{plan.problem.settings.name} · {title}"),
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=0,
        leading=1,
    )
    table.add_column("", width=label, no_wrap=True, style="bold")
    for d in days:
        table.add_column(day_name(week, d, language), width=column, no_wrap=True)
    closed = [[i for i in timetables[people[0]].items if i.day == d and i.kind == CLOSED] for d in days if people]
    if any(closed):
        table.add_row("", *(Drawn("\n".join(_clip(_in_brief(i)[3], column) for i in items)) for items in closed))
    for n, (who, mine) in enumerate(timetables.items()):
        cells = ([i for i in mine.items if i.day == d and i.kind not in (CLOSED, AWAY)] for d in days)
        last = n + 1 == len(plan.problem.participant)
        named = Drawn(_clip(brief_name(plan.problem, who), label))  # not a string: that would be read as rich's markup
        table.add_row(named, *(_compact(items, column, brief, colours) for items in cells), end_section=last)
    return table


def _compact(items: Sequence[Item], width: int, brief: int, colours: dict[str, str]) -> Drawn:
    """A day in a cell: a line for each thing."""
    from rich.text import Text as Drawn

    cell = Drawn()
    for n, item in enumerate(items):
        cell.append("\n" if n else "")
        style = f"black on {colours[item.course]}" if item.kind == SESSION else STYLES[item.kind]
        cell.append(_clip(_in_brief(item)[brief], width).ljust(width), style=style)
    return cell


def _brevity(items: Sequence[Item], width: int) -> int:
    """How brief all sessions must be said to fit their cells: one way for the whole table."""
    return next((n for n in range(3) if all(len(_in_brief(i)[n]) <= width for i in items)), 3)


def _in_brief(item: Item) -> tuple[str, str, str, str]:
    """08:30-10:00 Matematik, 08:30-10:00 mat, 08:30 Matematik, 08:30 mat."""
    span = _span(item)
    start = span[:5] + " " if span else ""
    return f"{span}{item.title}", f"{span}{item.short}", f"{start}{item.title}", f"{start}{item.short}"


def _span(item: Item) -> str:
    """08:30-10:00; nothing for a whole day."""
    return "" if (item.start, item.end) == (0, 24 * 60) else f"{clock(item.start)}-{clock(item.end)} "
