"""ISO weeks and spans. Spans are held against sets of minutes: slow, plain, and right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skemaplan.dates import (
    Spans,
    Week,
    clock,
    covers,
    cut,
    gaps,
    merge,
    minutes_in,
    moment,
    overlap,
    weeks_between,
)

DAY = 60  # a short day: spans of it meet often
ANY_SPANS = st.lists(st.tuples(st.integers(0, DAY), st.integers(0, DAY)), max_size=5)
SPANS = ANY_SPANS.map(merge)


def minutes(spans: object) -> set[int]:
    return {m for a, b in spans for m in range(a, b)}  # type: ignore[attr-defined]


def is_tidy(spans: Spans) -> bool:
    """Sorted, none empty, none touching the next."""
    return all(a < b for a, b in spans) and all(x[1] < y[0] for x, y in pairwise(spans))


@given(ANY_SPANS)
def test_merge_is_the_union(spans: list[tuple[int, int]]) -> None:
    assert minutes(merge(spans)) == minutes(spans)
    assert is_tidy(merge(spans))
    assert merge(merge(spans)) == merge(reversed(spans))


@given(SPANS, ANY_SPANS)
def test_cut_takes_the_holes_away(spans: Spans, holes: list[tuple[int, int]]) -> None:
    assert minutes(cut(spans, holes)) == minutes(spans) - minutes(holes)
    assert is_tidy(cut(spans, holes))


@given(SPANS, SPANS)
def test_overlap_is_what_lies_in_both(a: Spans, b: Spans) -> None:
    assert minutes(overlap(a, b)) == minutes(a) & minutes(b)
    assert is_tidy(overlap(a, b))
    assert overlap(a, b) == overlap(b, a)


@given(SPANS, st.integers(0, DAY), st.integers(0, DAY))
def test_covers_and_minutes_in(spans: Spans, start: int, end: int) -> None:
    asked = minutes([(start, end)])
    assert minutes_in(spans, start, end) == len(minutes(spans) & asked)
    if start < end:
        assert covers(spans, start, end) == (asked <= minutes(spans))


@given(SPANS)
def test_gaps_are_the_holes_between(spans: Spans) -> None:
    whole = minutes([(spans[0][0], spans[-1][1])]) if spans else set()
    assert minutes(gaps(spans)) == whole - minutes(spans)


@given(st.dates(date(1999, 1, 1), date(2060, 1, 1)))
def test_a_week_knows_its_days_and_its_name(day: date) -> None:
    week = Week.of(day)
    assert day in week.days
    assert week.monday.weekday() == 0
    assert week.day(day.weekday()) == day
    assert Week.parse(str(week)) == Week.parse(str(week).lower().replace("-", "")) == week
    assert week < week.next
    assert week.next.monday - week.monday == timedelta(days=7)


@pytest.mark.parametrize("year", [2020, 2026])
def test_years_of_53_weeks(year: int) -> None:
    weeks = list(weeks_between(date(year, 1, 6), date(year + 1, 1, 31)))
    names = [str(w) for w in weeks]
    assert names.index(f"{year}-W53") == names.index(f"{year}-W52") + 1 == names.index(f"{year + 1}-W01") - 1
    assert Week(year, 53).next == Week(year + 1, 1)
    assert Week.of(date(year + 1, 1, 1)) == Week(year, 53)


@pytest.mark.parametrize("text", ["2021-W53", "2019-W53", "2020-W54", "2020-W00", "2020-06", "W06", "2020-W6x", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Week.parse(text)


def test_the_weeks_of_a_term_include_its_broken_ones() -> None:
    weeks = list(weeks_between(date(2020, 12, 30), date(2021, 1, 4)))
    assert [str(w) for w in weeks] == ["2020-W53", "2021-W01"]
    assert list(weeks_between(date(2020, 2, 3), date(2020, 2, 3))) == [Week(2020, 6)]
    assert list(weeks_between(date(2020, 2, 10), date(2020, 2, 3))) == []


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        (date(2020, 3, 27), 510, datetime(2020, 3, 27, 7, 30, tzinfo=UTC)),  # winter time
        (date(2020, 3, 30), 510, datetime(2020, 3, 30, 6, 30, tzinfo=UTC)),  # summer time
        (date(2020, 10, 23), 510, datetime(2020, 10, 23, 6, 30, tzinfo=UTC)),
        (date(2020, 10, 26), 510, datetime(2020, 10, 26, 7, 30, tzinfo=UTC)),
        (date(2020, 12, 31), 1440, datetime(2020, 12, 31, 23, 0, tzinfo=UTC)),  # the midnight after
    ],
)
def test_a_wall_clock_time_is_an_instant(day: date, time: int, instant: datetime) -> None:
    assert moment(day, time, "Europe/Copenhagen") == instant


def test_the_clock_has_24_hours() -> None:
    assert [clock(m) for m in (0, 510, 1439, 1440)] == ["00:00", "08:30", "23:59", "24:00"]
