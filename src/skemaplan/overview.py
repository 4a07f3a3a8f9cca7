"""The coordinator's overview: a whole term on one page, to look at and not to send. Pure: plans in, one HTML file out.

Every week as a grid (persons down, time across), by participant, by teacher and by room; what is lost and unmet, with
the reasons; what was proven; and, beside a published plan, what a draft would change. It holds everybody's week, so it
never lies in the site, and says so at its top.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from .accounts import Row, hours, rooms, teachers
from .amounts import in_lessons, in_sessions
from .dates import Week, clock
from .differences import Difference, Meeting, differences
from .facts import ONLINE
from .making_up import WonBack, still_missing
from .publishing.signs import PICTOGRAMS, signs
from .publishing.slots import room_name
from .publishing.templating import render, source, source_hash
from .publishing.wording import long_day, plain, seen, weekday
from .schedule import Missing, TermPlan, WeekPlan
from .summary import summarise
from .summary_text import summary_text, week_list
from .words import decimal, say

Json = dict[str, Any]


def overview(plan: TermPlan, published: TermPlan | None = None, language: str = "da") -> str:
    """The overview of a plan as one HTML file; with `published`, each change against that is marked."""
    look = _Overview(plan, published, language)
    return render(
        "overview.html",
        lang=language,
        name=plain(plan.problem.settings.name),
        t=look.words,
        summary=seen(summary_text(summarise(plan), language)),
        data=Markup(as_script_data(look.data())),
        style=Markup(source("overview.css")),
        script=Markup(source("overview.js")),
        script_hash=source_hash("overview.js"),
    )


def as_script_data(data: Json) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def beginning(name: str, others: Collection[str]) -> str:
    """The first three letters of a name, or as many as tell it from the others; six at most."""
    return next((name[:n] for n in range(3, 7) if sum(x[:n] == name[:n] for x in others) == 1), name[:6])


def number(value: object) -> float:
    """A value of an account's row that is known to be a number."""
    assert isinstance(value, int | float)
    return value


class _Overview:
    """Turns plans into the rows that the page's script draws. Ids become positions in the lists beside them."""

    def __init__(self, plan: TermPlan, published: TermPlan | None, language: str) -> None:
        self.plan, self.published, self.language = plan.whole, published, language
        self.problem = plan.problem
        self.changes: dict[Week, list[Difference]] = {}
        for d in differences(published, plan) if published is not None else ():
            self.changes.setdefault(d.week, []).append(d)

    @cached_property
    def settled(self) -> dict[Week, list[tuple[Missing, list[WonBack]]]]:
        return still_missing(self.plan)

    @cached_property
    def sums(self) -> dict[Week, dict[str, tuple[str, bool]]]:
        """For each week and person: her lessons beside her target, least and most; and whether they are too few."""
        found: dict[Week, dict[str, tuple[str, bool]]] = {}
        for row in hours(self.plan):
            target = f"{row['low']}–{row['high']}"
            found.setdefault(Week.parse(str(row["week"])), {})[str(row["participant"])] = (
                self.sum(row["total"], target),
                False,
            )
        given: dict[tuple[str, str], list[Row]] = {}
        for row in teachers(self.plan):
            given.setdefault((str(row["week"]), str(row["teacher"])), []).append(row)
        for (week, who), rows in given.items():
            total = sum(number(row["lessons"]) for row in rows)
            found.setdefault(Week.parse(week), {})[who] = (
                self.sum(total, self.band(rows)),
                any(row["below"] for row in rows),
            )
        for row in rooms(self.plan):
            uses = in_sessions(int(number(row["sessions"]))).to(self.language)
            found.setdefault(Week.parse(str(row["week"])), {})[str(row["room"])] = uses, False
        return found

    def sum(self, lessons: object, limits: str) -> str:
        text = in_lessons(round(number(lessons), 1)).to(self.language)
        return f"{text} ({limits})" if limits else text

    def band(self, rows: list[Row]) -> str:
        """Least and most of a teacher's week over all her courses; empty if one of them has no most."""
        least, most = sum(number(row["least"]) for row in rows), [row["most"] for row in rows]
        if None in most:
            return ""
        return f"{decimal(least, self.language)}–{decimal(sum(map(number, most)), self.language)}"

    @cached_property
    def words(self) -> dict[str, str]:
        """What stands on the page, by a short name."""
        texts = {
            "banner": say("Only for the coordinator: everybody's week is here. Do not send it or put it on the web."),
            "noscript": say("This overview needs a browser that runs scripts."),
            "week": say("Week"),
            "previous": say("Previous week"),
            "next": say("Next week"),
            "view": say("Shown"),
            "participants": say("Participants"),
            "teachers": say("Teachers"),
            "rooms": say("Rooms"),
            "team": say("Team"),
            "all": say("All"),
            "days": say("Days"),
            "whole": say("The whole week"),
            "missing": say("Lost and unmet this week"),
            "nothing": say("Nothing is lost or unmet this week."),
            "lost": say("lost"),
            "unmet": say("unmet"),
            "made_up": say("made up"),
            "makes_up": say("Makes up for a lost lesson"),
            "changes": say("Changed since it was published"),
            "unchanged": say("Nothing is changed this week."),
            "was": say("before"),
            "now": say("now"),
            "gone": say("gone"),
            "new": say("new"),
            "lessons": say("lessons"),
            "online": say("Online"),
            "term": say("The whole term"),
            "person": say("Who"),
            "course": say("Course"),
            "reason": say("Why"),
            "amount": say("Lessons"),
            "grid": say("Timetable of the week"),
        }  # fmt: skip
        return {name: text.to(self.language) for name, text in texts.items()} | {
            "point": decimal(0.5, self.language)[1:2]
        }

    def data(self) -> Json:
        problem = self.problem
        weeks = sorted({*self.plan.weeks, *(self.published.weeks if self.published else ())})
        start, end = self.hours()
        return {
            "changed": self.published is not None,
            "courses": self.courses(),
            "pictures": {sign.picture: PICTOGRAMS[sign.picture] for sign in signs(problem).values()},
            "end": end,
            "start": start,
            "teams": sorted(map(plain, problem.teams)),
            "views": {
                "participants": [
                    {"id": p.id, "name": plain(p.label), "team": plain(p.team)}
                    for p in sorted(problem.participants, key=lambda p: (p.team, p.id))
                ],
                "rooms": [{"id": r.id, "name": room_name(r.id)} for r in sorted(problem.rooms, key=lambda r: r.id)],
                "teachers": [
                    {"id": t.id, "name": plain(t.label or t.id)} for t in sorted(problem.teachers, key=lambda t: t.id)
                ],
            },
            "weeks": [self.week(week) for week in weeks],
            "words": self.words,
        }

    def courses(self) -> Json:
        """Name, colour and pictogram of each, and the beginning of its name that tells it from the others."""
        of_course, english = signs(self.problem), self.language == "en"
        names = {c.id: plain((english and c.name_en) or c.name) or c.id for c in self.problem.courses}
        return {
            c: {
                "colour": of_course[c].colour,
                "name": name,
                "picture": of_course[c].picture,
                "short": beginning(name, names.values()),
            }
            for c, name in names.items()
        }

    def hours(self) -> tuple[int, int]:
        """The first and the last full hour that anything touches, in minutes; a school day if nothing does."""
        times = [t for plan in self.plan.weeks.values() for s in plan.schedule.sessions for t in (s.start, s.end)]
        fixed = [t for p in self.problem.participant for _, f in self.plan.fixed(p) for t in (f.start, f.end)]
        times += [t for t in fixed if 5 * 60 <= t <= 22 * 60] or [8 * 60, 15 * 60]
        return min(times) // 60 * 60, -(-max(times) // 60) * 60

    def week(self, week: Week) -> Json:
        plan = self.plan.weeks.get(week)
        title = f"{self.words['week']} {week.number} · {week.year}"
        row: Json = {"days": [], "fixed": {}, "missing": [], "sessions": [], "title": title}
        count = 7 if plan and any(s.day > 4 for s in plan.schedule.sessions) else 5
        row["days"] = [self.day(day) for day in week.days[:count]]
        row["alone"], row["sums"] = {}, self.sums.get(week, {})
        if plan is not None:
            row["sessions"] = [self.session(plan, n) for n in range(len(plan.schedule.sessions))]
            row["fixed"] = dict(self.fixed(plan))
            row["missing"] = list(self.missing(plan))
            row["alone"] = dict(self.alone(plan))
        row["changes"] = [self.change(d) for d in self.changes.get(week, ())]
        return row

    def day(self, day: date) -> Json:
        short = f"{weekday(day, self.language)[:3]} {day.day}.{day.month}."
        return {"long": long_day(day, self.language), "short": short}

    def session(self, plan: WeekPlan, n: int) -> list[Any]:
        """The last of it: for whom it makes up for a lost lesson."""
        s = plan.schedule.sessions[n]
        room = plan.schedule.rooms.get(s, "")
        where = self.words["online"] if s.place == ONLINE else room_name(room) or self.place(s.place)
        who, made_up = sorted(plan.schedule.attendance[s]), sorted(plan.made_up.get(s, ()))
        return [s.day, s.start, s.end, s.course, s.teacher, room, where, who, made_up]

    def place(self, place: str) -> str:
        known = self.problem.place.get(place)
        return plain(known.name or known.id) if known else ""

    def fixed(self, plan: WeekPlan) -> Iterator[tuple[str, list[list[Any]]]]:
        """What is fixed for participants and teachers: day, start, end, title, kind."""
        facts = plan.schedule.facts
        for who in (*facts.participants, *facts.teachers):
            rows = [
                [d, f.start, f.end, plain(f.title), f.kind]
                for d, day in enumerate(facts.person(who).fixed)
                for f in day
            ]
            if rows:
                yield who, rows

    def alone(self, plan: WeekPlan) -> Iterator[tuple[str, list[int]]]:
        """The sessions (by their place) in which a participant is online while the others are not."""
        for p in plan.schedule.facts.participants:
            mine = [
                n
                for n, s in enumerate(plan.schedule.sessions)
                if p in plan.schedule.attendance[s] and plan.schedule.place_for(p, s) != s.place
            ]
            if mine:
                yield p, mine

    def missing(self, plan: WeekPlan) -> Iterator[list[Any]]:
        lesson = self.problem.settings.lesson_minutes

        def row(m: Missing, minutes: int, kind: str, reason: str) -> list[Any]:
            return [m.participant, m.course, round(minutes / lesson, 3), kind, reason]

        found = self.settled[plan.week]
        for m, back in sorted(found, key=lambda x: (x[0].kind, x[0].participant, x[0].course, str(x[0].reason))):
            reason = m.reason.to(self.language)
            if m.minutes:
                yield row(m, m.minutes, m.kind, reason)
            for x in back:
                yield row(m, x.minutes, "made_up", f"{reason} → {week_list([x.held], self.language)}")

    def change(self, d: Difference) -> Json:
        """Which block of whose row is new, and what stood where before."""
        return {"before": d.before and self.meeting(d.before), "now": d.now and self.meeting(d.now), "who": d.person}

    def meeting(self, meeting: Meeting) -> list[Any]:
        s, room, place = meeting
        where = self.words["online"] if place == ONLINE else room_name(room) or self.place(place)
        text = f"{weekday(self.monday.day(s.day), self.language)} {clock(s.start)}, {where}"
        return [s.day, s.start, s.end, s.course, text]

    @property
    def monday(self) -> Week:
        return Week.of(self.problem.settings.start)
