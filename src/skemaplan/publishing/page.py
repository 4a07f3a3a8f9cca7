"""Somebody's own page: a published plan and a participant, teacher or room in, one HTML file out. Pure.

It is read without any script, holds everything it needs and asks nobody for anything. It knows nothing of the clock: a
few lines of script find today on it, or `today` says it; the same published plan is the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from markupsafe import Markup

from ..dates import Week
from ..errors import InMemory, InputError, Trouble
from ..facts import Settings
from ..problem import Problem
from ..schedule import WeekPlan
from ..words import say
from .agenda import Day, Item, PageWeek, agenda, changed_at, news
from .feed import calendar_name
from .ledger import Published
from .signs import PICTOGRAMS
from .slots import room_name, title_of
from .subscribe import Subscribe
from .templating import render, source, source_hash
from .tongues import DAYS, Said, Tongue
from .wording import long_day, plain, word

STEPS = (
    "Open this page on your phone.",
    "Tap the button for your calendar.",
    "Say yes to subscribe. New lessons then come by themselves.",
)  # in her own language too if all of them are confirmed: half a guide is none


def page(published: Published, person: str, *, url: str = "", today: date | None = None) -> str:
    """The page of a participant, teacher or room, to lie beside her feed.

    `url` is the feed's full address; without it the page has neither a code nor buttons, but a link to the file beside
    it. With `today` the page has no script: it is that day's page. Raises `InputError` if nobody with this id was
    published.
    """
    problem = published.plan.problem
    if person not in published.ledger.feeds:
        known = ", ".join(published.ledger.feeds)
        raise InputError(
            [
                Trouble(
                    InMemory("page").cell("person"),
                    say("there is no {value}.", value=repr(person)),
                    say("Known: {known}.", known=known),
                )
            ]
        )
    return render("page.html", **_values(_Page(published, person, tongue_of(problem, person), url, today)))


def closed_page(settings: Settings, state: str) -> str:
    """What the page of a link says that has moved, was revoked or has ended; nothing of anybody."""
    tongue = Tongue.of((), settings.language)
    return render("closed.html", lang=tongue.base, name=calendar_name(settings), text=word(tongue.base, state))


def tongue_of(problem: Problem, person: str) -> Tongue:
    who = problem.participant.get(person)
    return Tongue.of(who.languages if who else (), problem.settings.language)


def label_of(problem: Problem, person: str, tongue: Tongue) -> str:
    """What a participant, teacher or room is called at the top of her page."""
    if person in problem.participant:
        return plain(problem.participant[person].label)
    if person in problem.teacher:
        return plain(problem.teacher[person].label) or plain(person)
    name = room_name(person)
    said = tongue("Room").text
    return name if name.casefold().startswith(said.casefold()) else f"{said} {name}"


def updated_of(published: Published, person: str, tongue: Tongue) -> str:
    """When somebody's calendar last changed: "fredag 20. marts 2026 13:00". Empty if there is nothing in it."""
    at = changed_at(published, person)
    return f"{long_day(at.date(), tongue.base)} {at.year} {at:%H:%M}" if at else ""


def span_of(week: PageWeek, tongue: Tongue) -> str:
    """A week's dates in numbers that can't be mistaken: 3.2.–7.2.2020, or 3/2–7/2/2020 in English."""
    a, b = week.monday, week.last
    sign, end = ("/", "") if tongue.base == "en" else (".", ".")
    return f"{a.day}{sign}{a.month}{end}–{b.day}{sign}{b.month}{sign}{b.year}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A week as the template wants it: is it open, which week is it, and what stands at its head."""

    of: PageWeek
    when: Said | None
    is_open: bool | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    published: Published
    person: str
    tongue: Tongue
    url: str
    today: date | None

    @property
    def problem(self) -> Problem:
        return self.published.plan.problem

    @property
    def label(self) -> str:
        return label_of(self.problem, self.person, self.tongue)

    @property
    def updated(self) -> str:
        return updated_of(self.published, self.person, self.tongue)

    def day(self, day: date) -> str:
        return long_day(day, self.tongue.base)

    def own_day(self, day: date) -> str:
        return self.tongue(DAYS[day.weekday()]).own

    def span(self, week: PageWeek) -> str:
        return span_of(week, self.tongue)

    def weeks(self) -> list[Shown]:
        found = agenda(self.published, self.person, self.today)
        now = Week.of(self.today) if self.today else None
        return [self.shown(n, week, now) for n, week in enumerate(found)]

    def shown(self, n: int, week: PageWeek, now: Week | None) -> Shown:
        notes = tuple(self.taught(week.week))
        if now is None:
            return Shown(week, None, n < 2, notes)
        names = {now: "This week", now.next: "Next week"}
        when = self.tongue(names[week.week]) if week.week in names else None
        return Shown(week, when, when is not None, notes)

    def taught(self, week: Week) -> list[str]:
        """What a teacher gives in a week, for each of her courses."""
        plan = self.published.plan.weeks.get(week)
        if plan is None or self.person not in plan.schedule.facts.teachers:
            return []
        courses = sorted(plan.schedule.facts.teachers[self.person].teaches)
        return [self.of_course(plan, course) for course in courses]

    def of_course(self, plan: WeekPlan, course: str) -> str:
        """Her lessons of a course in a week, of her least and most: "Matematik: 4 lektioner (mindst 2, højst 4)"."""
        least, most = plan.schedule.facts.teachers[self.person].teaches[course]
        lesson = self.problem.settings.lesson_minutes
        name = title_of(self.problem.course[course], self.tongue.base)
        taught = self.number(plan.schedule.minutes(self.person, course) / lesson)
        text = f"{name} · {self.tongue('Lessons this week').text}: {taught}"
        limits = [self.tongue("at least {n}", n=self.number(least / lesson)).text] if least else []
        limits += [self.tongue("at most {n}", n=self.number(most / lesson)).text] if most is not None else []
        return f"{text} ({', '.join(limits)})" if limits else text

    def number(self, lessons: float) -> str:
        return f"{lessons:.1f}".removesuffix(".0").replace(".", "." if self.tongue.base == "en" else ",")

    def now(self, weeks: list[Shown]) -> list[tuple[Said, date, Day | None]]:
        """Today and tomorrow, if it is known when that is."""
        if self.today is None:
            return []
        days = {day.date: day for week in weeks for day in week.of.days}
        near = ((self.today, "Today"), (self.today + timedelta(days=1), "Tomorrow"))
        return [(self.tongue(name), day, days.get(day)) for day, name in near]

    def drawn(self, item: Item, day: str = "") -> Markup:
        """Something as a row of the page; with a `day`, it is told at the top, until it is no news any more."""
        return _drawn(item if day else replace(item, date=date.min, told_until=None), self.tongue, day)


@lru_cache(maxsize=10_000)
def _drawn(item: Item, tongue: Tongue, day: str) -> Markup:
    """What is the same from week to week, and for all of a group, is drawn once."""
    return Markup(render("item.html", i=item, t=tongue, day=day))


def _values(p: _Page) -> dict[str, object]:
    weeks = p.weeks()
    shown = {item.sign for week in weeks for day in week.of.days for item in day.items}
    settings = p.problem.settings
    steps = [p.tongue(text) for text in STEPS]
    pictures = sorted({sign.picture for sign in shown})
    return {
        "t": p.tongue,
        "name": calendar_name(settings),
        "label": p.label,
        "zone": settings.timezone,
        "weeks": weeks,
        "news": news([week.of for week in weeks]),
        "now": p.now(weeks),
        "day": p.day,
        "own_day": p.own_day,
        "span": p.span,
        "drawn": p.drawn,
        "pictures": [(name, PICTOGRAMS[name]) for name in pictures],
        "tints": sorted({(sign.tint, sign.colour) for sign in shown}),
        "updated": p.updated,
        "steps": steps,
        "own_steps": [step.own for step in steps] if all(step.own for step in steps) else [],
        "link": Subscribe(p.url, calendar_name(settings)) if p.url else None,
        "markup": Markup,
        "style": Markup(source("page.css")),
        "script": None if p.today else Markup(source("page.js")),
        "script_hash": source_hash("page.js"),
    }
