"""Links: random, hashed, and each with its own life."""

from datetime import UTC, datetime

import pytest

from skemaplan.errors import Refused
from skemaplan.publishing.address import (
    ENDED,
    LIVE,
    MOVED,
    TOKEN,
    Addresses,
    addresses_document,
    digest_of,
    new_token,
    read_addresses,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_a_token_has_192_bits_and_fits_a_path() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(TOKEN.fullmatch(t) for t in tokens)


def test_a_renewed_link_closes_the_one_before() -> None:
    first, second = new_token(), new_token()
    book = Addresses().made("site", "A", first).made("site", "B", new_token())
    book = book.closed([a for a in book.all if a.person == "A"], MOVED, NOW).made("site", "A", second)
    live = book.of("site", "A")
    assert live is not None
    assert live.digest == digest_of(second)
    assert [(a.person, a.state, a.since) for a in book.all] == [("A", MOVED, NOW), ("B", LIVE, None), ("A", LIVE, None)]
    assert book.of("other site", "A") is None


def test_what_has_ended_can_live_again_and_keeps_its_day() -> None:
    book = Addresses().made("site", "A", new_token())
    ended = book.closed(book.all, ENDED, NOW)
    assert ended.closed(ended.all, ENDED, datetime(2027, 1, 1, tzinfo=UTC)) == ended
    address = ended.of("site", "A")
    assert address is not None
    assert address.state == ENDED
    assert ended.opened(address) == book


def test_links_are_written_and_read_back() -> None:
    book = Addresses().made("site", "A", new_token()).made("site", "B", new_token())
    book = book.closed(book.all[:1], MOVED, NOW)
    assert read_addresses(addresses_document(book)) == book
    with pytest.raises(Refused, match="can't be read"):
        read_addresses({"links": [{}]})
