"""The ledger: who is who from one publishing to the next, what has passed, and which ledger may go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import ROWS, Row, changed, make_plan, small_problem, with_settings

from skemaplan.dates import Week
from skemaplan.errors import Refused
from skemaplan.publishing.event import Entry
from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import Published, publish
from skemaplan.publishing.matching import match
from skemaplan.publishing.reading import read_feed
from skemaplan.publishing.slots import Slot, people

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MIDWAY = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def first() -> Published:
    return publish(make_plan(), None, NOW)


def of(published: Published, person: str, key: str) -> list[Entry]:
    return [e for e in published.ledger.feeds[person].values() if e.slot.key == key]


def vevents(data: bytes) -> set[bytes]:
    return set(data.split(b"BEGIN:VEVENT")[1:])


def test_publishing_the_same_plan_again_changes_nothing() -> None:
    one = first()
    two = publish(make_plan(), one.ledger, MIDWAY)
    assert two.ledger is one.ledger
    assert [feed(two, p) for p in one.ledger.feeds] == [feed(one, p) for p in one.ledger.feeds]


def test_one_session_changed_is_one_event_changed() -> None:
    one = first()
    rows = changed(ROWS, {3: ("2026-04-01", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B")})
    two = publish(make_plan(rows=rows), one.ledger, LATER)
    for person in people(one.plan.problem):
        old, new = vevents(feed(one, person)), vevents(feed(two, person))
        touched = person in ("A", "B", "U-MAT", "Lokale 1")
        assert (len(old - new), len(new - old)) == ((1, 1) if touched else (0, 0))
    before, after = (sorted(read_feed(feed(p, "A"))) for p in (one, two))
    [old_event] = set(before) - set(after)
    [new_event] = set(after) - set(before)
    assert new_event.uid == old_event.uid
    assert new_event.sequence == old_event.sequence + 1 == 1
    assert new_event.modified == LATER > old_event.modified
    assert new_event.start == datetime(2026, 4, 1, 8, 15, tzinfo=UTC)
    assert new_event.description == "Ændret 2. mar.: før tirsdag 8.30"


def test_modified_rises_even_within_a_second() -> None:
    one = first()
    two = publish(make_plan(rows=ROWS[1:]), one.ledger, NOW)
    three = publish(make_plan(), two.ledger, NOW)
    [entry] = [e for e in of(three, "A", "mat") if e.slot.date == date(2026, 3, 24)]
    assert (entry.sequence, entry.modified, entry.created) == (2, NOW + timedelta(seconds=2), NOW)


def test_cancelled_stays_and_comes_back_as_itself() -> None:
    one = first()
    two = publish(make_plan(rows=changed(ROWS, {3: None})), one.ledger, LATER)
    [gone] = [e for e in of(two, "A", "mat") if e.cancelled]
    assert gone.slot.date == date(2026, 3, 31)
    assert {e.id for e in of(two, "A", "mat")} == {e.id for e in of(one, "A", "mat")}
    three = publish(make_plan(rows=changed(ROWS, {3: None, 7: None})), two.ledger, LATER)
    assert gone in of(three, "A", "mat")
    four = publish(make_plan(), three.ledger, LATER)
    back = four.ledger.feeds["A"][gone.id]
    assert not back.cancelled
    assert (back.slot, back.sequence) == (one.ledger.feeds["A"][gone.id].slot, 2)
    assert {e.id for e in of(four, "A", "mat")} == {e.id for e in of(one, "A", "mat")}


def test_a_new_session_is_new() -> None:
    one = first()
    extra: Row = ("2026-10-28", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A")
    two = publish(make_plan(rows=(*ROWS, extra)), one.ledger, LATER)
    new = set(two.ledger.feeds["A"]) - set(one.ledger.feeds["A"])
    assert [two.ledger.feeds["A"][i].slot.date for i in new] == [date(2026, 10, 28)]
    assert set(two.ledger.feeds["A"]) > set(one.ledger.feeds["A"])
    assert two.ledger.feeds["B"] == one.ledger.feeds["B"]


def test_a_commitment_keeps_its_identity_when_its_days_change() -> None:
    one = first()
    problem = one.plan.problem
    later = replace(problem.commitments[0], days=frozenset({1}), valid_from=date(2026, 10, 1))
    two = publish(make_plan(replace(problem, commitments=(*problem.commitments, later))), one.ledger, LATER)
    old, new = of(one, "A", "fixed:language_school"), of(two, "A", "fixed:language_school")
    assert {e.id for e in old} == {e.id for e in new}
    assert [e.sequence for e in new] == [0, 0, 1, 1]
    assert {e.slot.date.weekday() for e in new[2:]} == {1}


def test_what_has_passed_can_not_change() -> None:
    one = first()
    for rows in (
        ROWS[1:],
        changed(ROWS, {0: ("2026-03-24", "08:30-10:00", "mat", "U-MAT", "Lokale 2", "A B")}),
        (*ROWS, ("2026-03-25", "08:30-10:00", "mat", "U-MAT", "Lokale 1", "A B")),
        changed(ROWS, {7: ("2026-03-25", "10:15-11:45", "mat", "U-MAT", "Lokale 1", "A B C")}),
    ):
        with pytest.raises(Refused, match="has passed") as caught:
            publish(make_plan(rows=rows), one.ledger, MIDWAY)
        assert caught.value.exit_code == 3
        two = publish(make_plan(rows=rows), one.ledger, MIDWAY, rewrite_history=True)
        assert two.ledger.version == 2


def test_what_is_going_on_has_not_passed() -> None:
    """A session has passed when it has ended: 10.00 in Copenhagen, 9.00 in winter's UTC."""
    one = first()
    publish(make_plan(rows=ROWS[1:]), one.ledger, datetime(2026, 3, 24, 8, 59, 59, tzinfo=UTC))
    with pytest.raises(Refused, match="has passed"):
        publish(make_plan(rows=ROWS[1:]), one.ledger, datetime(2026, 3, 24, 9, 0, tzinfo=UTC))


def test_the_first_publishing_tells_the_whole_term_past_included() -> None:
    published = publish(make_plan(), None, MIDWAY)
    assert len(of(published, "A", "mat")) == 8
    assert len(of(published, "A", "fixed:language_school")) == 4


def test_who_joins_late_has_a_calendar_of_her_own_from_then() -> None:
    problem = small_problem()
    without = replace(problem, participants=problem.participants[:2])
    rows = tuple((*r[:5], r[5].replace("C", "").strip()) for r in ROWS)
    one = publish(make_plan(without, rows), None, NOW)
    joined = tuple(new if new[0] > "2026-09" else old for old, new in zip(rows, ROWS, strict=True))
    two = publish(make_plan(problem, joined), one.ledger, MIDWAY)
    assert {e.slot.date.month for e in of(two, "C", "mat")} == {10}
    assert two.ledger.feeds["A"] == one.ledger.feeds["A"]


def test_a_commitment_put_right_afterwards_leaves_what_was_published() -> None:
    one = first()
    problem = one.plan.problem
    earlier = replace(problem.commitments[0], start=495)
    two = publish(make_plan(replace(problem, commitments=(earlier,))), one.ledger, MIDWAY)
    starts = [e.slot.start for e in of(two, "A", "fixed:language_school")]
    assert starts == [510, 510, 495, 495]


def test_a_word_that_must_go_goes_from_the_past_too() -> None:
    rows = changed(ROWS, {3: ("2026-03-31", "08:30-10:00", "mat", "U-MAT", "", "A B"), 10: None, 9: None})
    problem = small_problem()
    one = publish(make_plan(rows=rows), first().ledger, LATER)
    places = tuple(replace(p, shown_as="Huset") if p.id == "stob" else p for p in problem.places)
    two = publish(make_plan(replace(problem, places=places), rows), one.ledger, MIDWAY)
    before, after = (" ".join(e.location + e.description for e in read_feed(feed(p, "A"))) for p in (one, two))
    assert before.count("Støberiet") == 10
    assert "før Støberiet, Lokale 1" in before
    assert after == before.replace("Støberiet", "Huset").replace("Huset, samtalerum", "Støberiet, samtalerum")


def test_a_clock_that_went_backwards_is_refused() -> None:
    one = first()
    rows = changed(ROWS, {3: None})
    with pytest.raises(Refused, match="Set the clock right"):
        publish(make_plan(rows=rows), one.ledger, NOW - timedelta(days=1))
    two = publish(make_plan(rows=rows), one.ledger, NOW - timedelta(seconds=30))
    assert two.ledger.at == NOW
    three = publish(make_plan(rows=rows), one.ledger, NOW - timedelta(days=1), rewrite_history=True)
    [gone] = [e for e in of(three, "A", "mat") if e.cancelled]
    assert gone.modified > NOW


def test_a_ledger_is_never_used_in_another_term() -> None:
    one = first()
    next_term = with_settings(small_problem(), name="Next", start=date(2027, 1, 4), end=date(2027, 6, 25))
    with pytest.raises(Refused, match="De internationale"):
        publish(make_plan(next_term, ()), one.ledger, LATER)
    longer = with_settings(small_problem(), end=date(2026, 11, 27))
    assert set(publish(make_plan(longer), one.ledger, LATER).ledger.feeds["A"]) > set(one.ledger.feeds["A"])


def test_identities_are_by_chance() -> None:
    a, b = first(), first()
    assert not set(a.ledger.feeds["A"]) & set(b.ledger.feeds["A"])
    assert a.ledger.namespace != b.ledger.namespace


# The matching. Slots are written as (day of the term, hour).

MONDAY = date(2026, 3, 2)
SLOTS = st.lists(st.tuples(st.integers(0, 20), st.integers(8, 10)), unique=True, max_size=4)


def slots(times: Iterable[tuple[int, int]]) -> list[Slot]:
    return [Slot(MONDAY + timedelta(days=d), h * 60, h * 60 + 45, "mat") for d, h in times]


Pairs = list[tuple[Slot, Slot]]


def moved(pairs: Iterable[tuple[Slot, Slot]]) -> int:
    return sum(abs((a.date - b.date).days * 1440 + a.start - b.start) for a, b in pairs)


def price(pairs: Pairs) -> tuple[int, ...]:
    """What is least by the rule: pairs not at the same time, not on the same day, how far those move, not in a week."""
    same = [a for a, b in pairs if (a.date, a.start) == (b.date, b.start)]
    on_day = [(a, b) for a, b in pairs if a.date == b.date]
    within = [a for a, b in pairs if Week.of(a.date) == Week.of(b.date)]
    return -len(pairs), -len(same), -len(on_day), moved(on_day), -len(within)


def other_days(pairs: Pairs) -> Pairs:
    return [(a, b) for a, b in pairs if a.date != b.date]


def in_their_week(pairs: Pairs) -> Pairs:
    return [(a, b) for a, b in pairs if Week.of(a.date) == Week.of(b.date)]


def all_pairings(old: list[Slot], new: list[Slot]) -> Iterable[list[tuple[Slot, Slot]]]:
    if len(old) <= len(new):
        return ([(a, b) for a, b in zip(old, some, strict=True)] for some in permutations(new, len(old)))
    return ([(a, b) for a, b in zip(some, new, strict=True)] for some in permutations(old, len(new)))


@settings(max_examples=300, deadline=None)
@given(SLOTS, SLOTS)
def test_the_matching_is_the_best_there_is(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    old, new = slots(before), slots(after)
    pairs = match([(str(n), s) for n, s in enumerate(old)], [], new)
    assert len(set(pairs.values())) == len(pairs) == min(len(old), len(new))
    found = [(old[int(i)], new[n]) for i, n in pairs.items()]
    assert price(found) == min(price(p) for p in all_pairings(old, new))
    kept = {a for a, b in found if a.date == b.date}
    rest = [s for s in old if s not in kept], [s for s in new if s not in {b for a, b in found if a in kept}]
    weeks = [(-len(in_their_week(p)), moved(in_their_week(p))) for p in all_pairings(*rest)]
    mine = in_their_week(other_days(found))
    assert (-len(mine), moved(mine)) == min(weeks), "what leaves its day stays near in its week"


@settings(max_examples=300, deadline=None)
@given(SLOTS, SLOTS)
def test_the_rest_goes_to_the_nearest_week(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    """With nothing at the same time or in the same week, the sum of the minutes moved is the least there is."""
    old, new = slots(before), slots((d + 21, h) for d, h in after)
    pairs = match([(str(n), s) for n, s in enumerate(old)], [], new)

    assert moved((old[int(i)], new[n]) for i, n in pairs.items()) == min(map(moved, all_pairings(old, new)))


@given(SLOTS, SLOTS, st.randoms())
def test_the_matching_does_not_depend_on_any_order(
    before: list[tuple[int, int]], after: list[tuple[int, int]], random: object
) -> None:
    old, new = [(str(n), s) for n, s in enumerate(slots(before))], slots(after)
    pairs = {(i, new[n]) for i, n in match(old, [], new).items()}
    random.shuffle(old)  # type: ignore[attr-defined]
    random.shuffle(new)  # type: ignore[attr-defined]
    assert {(i, new[n]) for i, n in match(old, [], new).items()} == pairs


def test_what_stays_on_its_day_is_not_told_to_have_changed_places_with_what_leaves_it() -> None:
    """Tuesday goes to Friday, Wednesday an hour later: by minutes alone Tuesday could as well go to Wednesday."""
    tuesday, wednesday, later, friday = slots([(1, 9), (2, 9), (2, 10), (4, 9)])
    pairs = match([("tue", tuesday), ("wed", wednesday)], [], [later, friday])
    assert pairs == {"tue": 1, "wed": 0}


def test_what_was_cancelled_comes_back_only_at_its_own_time() -> None:
    monday, tuesday = slots([(0, 8), (1, 8)])
    assert match([], [("x", monday)], [tuesday]) == {}
    assert match([("y", tuesday)], [("x", monday)], [monday]) == {"x": 0}
    assert match([("y", monday)], [("x", monday)], [monday]) == {"y": 0}
