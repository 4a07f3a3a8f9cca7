"""What is said of whole weeks: one is never said like many, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from agreement import all_schedules
from random_weeks import random_week
from test_messages import PLURALS

from skemaplan.amounts import in_days, in_lessons, in_minutes, in_seconds, in_sessions, in_teaching, in_weeks
from skemaplan.counting import of_week
from skemaplan.rules import STANDARD, UNIVERSE
from skemaplan.solving import verify
from skemaplan.words import Text

ONE_LIKE_MANY = re.compile(rf"(?<![\d.,:])1 (?:{PLURALS.replace(' ', '|')})\b")
MANY_LIKE_ONE = re.compile(
    r"\b(?:0|[2-9]|\d\d+) (?:lesson|minute|day|week|session|room|lektion|minut|dag|uge|mødegang|lokale)\b"
)


def said_of(seed: int) -> Iterator[Text]:
    """What rules say of some schedules of a random week, what they rest on, what could be otherwise, and counting."""
    facts = random_week(seed)
    for schedule in islice(all_schedules(facts), 0, 2_000, 100):
        yield from (b.text for b in verify(schedule, (*UNIVERSE, *STANDARD)))
    for rule in STANDARD:
        yield from (p.text for p in rule.premises(facts))
        yield from (x.sentence(amount) for x in rule.loosenings(facts) for amount in x.amounts)
    yield from (s.text for s in of_week(facts))


def test_one_is_said_as_one_of_weeks_of_all_sorts() -> None:
    said = {text for seed in range(60) for text in said_of(seed)}
    assert len(said) > 300
    assert any(" 1 " in str(text) for text in said)
    for text in said:
        for language in ("en", "da"):
            assert not ONE_LIKE_MANY.search(text.to(language)), text.to(language)
            assert not MANY_LIKE_ONE.search(text.to(language)), text.to(language)


@pytest.mark.parametrize(
    ("text", "english", "danish"),
    [
        (in_lessons(1.0), "1 lesson", "1 lektion"),
        (in_lessons(0.96), "1 lesson", "1 lektion"),
        (in_lessons(1.5), "1.5 lessons", "1,5 lektioner"),
        (in_lessons(0), "0 lessons", "0 lektioner"),
        (in_seconds(1.04), "1 second", "1 sekund"),
        (in_days(1), "1 day", "1 dag"),
        (in_weeks(2), "2 weeks", "2 uger"),
        (in_sessions(1), "1 session", "1 mødegang"),
        (in_minutes(1), "1 minute", "1 minut"),
        (in_teaching(45, 45), "1 lesson", "1 lektion"),
        (in_teaching(60, 45), "60 minutes", "60 minutter"),
        (in_teaching(45, 45, beside=60), "45 minutes", "45 minutter"),
    ],
)
def test_amounts(text: Text, english: str, danish: str) -> None:
    assert (text.to("en"), text.to("da")) == (english, danish)
