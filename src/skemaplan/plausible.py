"""A second look at dates that can be read but can hardly be meant: wrong years, weekends, holidays that moved.

Three of four school calendars that were looked at held a wrong date. All that is found here is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .columns import TABLE
from .errors import Trouble
from .facts import ALL, Fact
from .known_days import public_holidays
from .problem import Problem
from .words import say, say_n

RANGES = (("from_date", "to_date"), ("valid_from", "valid_to"), ("start", "end"), ("date", "date"))


def warnings(problem: Problem) -> Iterator[Trouble]:
    """What somebody should look at again: dates outside the term, on weekends, or beside a public holiday."""
    yield from _outside_the_term(problem)
    yield from _on_weekends(problem)
    yield from _holidays(problem)
    yield from _overlapping(problem)


def _outside_the_term(p: Problem) -> Iterator[Trouble]:
    """A row that never holds within the term is a row with a wrong year, as a rule."""
    for fact in p.facts():
        for first_name, last_name in RANGES:
            first, last = getattr(fact, first_name, None), getattr(fact, last_name, None)
            first, last = (x if isinstance(x, date) else None for x in (first, last))
            if first is not None and first > p.settings.end:
                yield _outside(p, fact, first_name, first)
            elif last is not None and last < p.settings.start:
                yield _outside(p, fact, last_name, last)


def _outside(p: Problem, fact: Fact, column: str, day: date) -> Trouble:
    return Trouble(
        fact.origin.cell(column),
        say("{day} is not in the term.", day=day),
        say("The term runs from {start} to {end}. Look at the year.", start=p.settings.start, end=p.settings.end),
        "warning",
    )


def _on_weekends(p: Problem) -> Iterator[Trouble]:
    """An exam or a locked session on a Saturday, where no bell rings on Saturdays."""
    rung = {d for period in p.periods for d in period.days} or set(range(5))
    days: list[tuple[Fact, str, date]] = [(x, "date", x.date) for x in p.locks if x.date is not None]
    days += [(a, "from_date", a.from_date) for a in p.absences if a.kind == "exam" and a.from_date == a.to_date]
    for fact, column, day in days:
        if day.weekday() not in rung and day.weekday() > 4:
            what = say("{day} is a Saturday or Sunday.", day=day)
            yield Trouble(fact.origin.cell(column), what, say("Look it up in a calendar."), "warning")


def _holidays(p: Problem) -> Iterator[Trouble]:
    """Public holidays of the term that no closure covers, and closures named after one that is on another day."""
    s = p.settings
    known = public_holidays(s.country, s.language, s.start.year, s.end.year)
    if not known:
        what = say("the public holidays of {country} are not known.", country=repr(s.country))
        yield Trouble(s.origin.cell("country"), what, say("Write it as {example}.", example="DK"), "warning")
        return
    everywhere = [c for c in p.closures if c.who == ALL and not c.place]
    inside = [day for day in sorted(known) if s.start <= day <= s.end and day.weekday() < 5]
    if held := [day for day in inside if not any(c.covers(day) for c in everywhere)]:
        what = say_n(
            "{days} is a public holiday, and not closed.",
            "{days} are public holidays, and not closed.",
            n=len(held),
            days=", ".join(f"{day} ({known[day]})" for day in held),
        )
        right = say("Add them to closures if nothing is held then.")
        yield Trouble(TABLE["closures"].called, what, right, "warning")
    for closure in p.closures:
        day_of = {_called(name): day for day, name in known.items() if day.year == closure.from_date.year}
        day = day_of.get(_called(closure.reason), closure.from_date)
        if not closure.covers(day):
            what = say("{name} is not on that day.", name=closure.reason)
            right = say("In {year} it is on {day}.", year=day.year, day=day)
            yield Trouble(closure.origin.cell("from_date"), what, right, "warning")


def _called(name: str) -> str:
    """People write 2. påskedag, calendars Anden påskedag."""
    return name.casefold().replace("1.", "første").replace("2.", "anden").strip()


def _overlapping(p: Problem) -> Iterator[Trouble]:
    """Two dated things of one person at one time: both are blocked, but she can't be at both."""
    blocking = [a for a in p.absences if a.kind in ("exam", "excursion")]
    for i, b in enumerate(blocking):
        for a in blocking[:i]:
            days = a.from_date <= b.to_date and b.from_date <= a.to_date
            if days and a.start < b.end and b.start < a.end and _meet(p, a.who, b.who):
                what = say(
                    "{title} overlaps {other} for {who}.", title=b.title or b.kind, other=a.title or a.kind, who=b.who
                )
                yield Trouble(b.origin.cell("from_date"), what, say("Look at the dates and times."), "warning")


def _meet(p: Problem, a: str, b: str) -> bool:
    everyone = frozenset(p.participant)
    return bool(p.teams.get(a, everyone if a == ALL else {a}) & p.teams.get(b, everyone if b == ALL else {b}))
