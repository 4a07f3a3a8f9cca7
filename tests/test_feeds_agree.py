"""Every calendar of the examples and of random terms: five readers agree on it, and it gives nothing away.

The five are our own strict one and four libraries that nobody here wrote: `icalendar`, `recurring-ical-events`, `ical`
(Home Assistant's) and `vobject`. They must find the same starts, ends, titles, places and states as the ledger has.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from clients.terms import BY_HAND, FIRST, LATER, ROWS, SECOND
from clients.terms import plan as winter
from terms import MONDAY, random_term
from test_feed import GIVES_AWAY, PARSERS, expected, in_utc

from skemaplan import plan, read
from skemaplan.dates import moment
from skemaplan.problem import Problem
from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.page import page
from skemaplan.publishing.reading import meant, read_feed

EXAMPLES = Path(__file__).parent.parent / "examples"
TERMS = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "term.csv").is_file())


def agree(published: Published) -> None:
    for person in published.ledger.feeds:
        data = feed(published, person)
        assert len(data) < 120_000
        assert read_feed(data) == meant(published, person), person
        for parser in PARSERS:
            assert in_utc(parser(data)) == expected(published, person), (person, parser)


def gives_nothing_away(published: Published) -> None:
    """No word of benefits or health, and nobody's label but the reader's own, in calendars and on pages."""
    problem = published.plan.problem
    labels = {p.id: p.label for p in problem.participants}
    for person in published.ledger.feeds:
        lines = feed(published, person).replace(b"\r\n ", b"").decode().splitlines()
        calendar = "\n".join(line for line in lines if not line.startswith("UID:"))
        assert not GIVES_AWAY.search(calendar), person
        html = re.sub("<(style|script).*?</\\1>", "", page(published, person), flags=re.DOTALL)
        text = re.sub("<[^>]*>", " ", html)
        for other, label in labels.items():
            assert label not in calendar
            assert (label in text) == (other == person), (person, other)


@pytest.mark.parametrize("name", TERMS)
def test_every_calendar_of_the_examples(name: str) -> None:
    problem = read(EXAMPLES / name)
    published = publish(plan(problem, deterministic=0.02), now=_before(problem))
    agree(published)
    gives_nothing_away(published)


@pytest.mark.parametrize("seed", range(25))
def test_every_calendar_of_random_terms_changed_once(seed: int) -> None:
    before = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC) - timedelta(days=7)
    first = publish(plan(random_term(seed)), now=before)
    second = publish(plan(random_term(seed + 1)), first.ledger, now=before + timedelta(days=1))
    for published in (first, second):
        agree(published)
        gives_nothing_away(published)


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Europe/London", "America/New_York", "Asia/Kolkata"])
def test_a_winter_over_new_year_week_53_and_both_changes_of_the_clock(zone: str) -> None:
    first = publish(winter(ROWS, timezone=zone), None, FIRST)
    second = publish(winter(LATER, timezone=zone), first.ledger, SECOND)
    for published in (first, second):
        agree(published)
        gives_nothing_away(published)
    if zone == "Europe/Copenhagen":
        assert {f"{e.start:%Y-%m-%dT%H:%MZ} {e.summary}" for e in read_feed(feed(first, "A"))} >= BY_HAND


def _before(problem: Problem) -> datetime:
    return moment(problem.settings.start, 0, problem.settings.timezone) - timedelta(days=3)
