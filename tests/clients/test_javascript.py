"""ical.js (in Thunderbird and Nextcloud) and node-ical (in mirrors and dashboards): whole feeds, on both sides."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from skemaplan.publishing.feed import feed
from skemaplan.publishing.ledger import publish

from .programs import node_module, program
from .terms import BY_HAND, FIRST, PERSON, ROWS, Seen, Term, check_the_republish, expected, plan, seen


def read(library: str, file: Path) -> list[Seen]:
    script = Path(__file__).with_name("read.mjs")
    command = [program("node"), str(script), str(node_module(library).parent), library, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return sorted(map(seen, json.loads(done.stdout)))


@pytest.mark.parametrize("library", ["ical.js", "node-ical"])
def test_every_feed_and_a_republish(library: str, term: Term) -> None:
    before = read(library, term.file())
    assert before == term.expected()
    assert {e.brief for e in before} >= BY_HAND
    term.publish()
    for person in term.published.ledger.feeds:
        assert read(library, term.file(person)) == term.expected(person), person
    check_the_republish(before, read(library, term.file()))


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata"])
def test_the_rule_of_another_zone(zone: str, tmp_path: Path) -> None:
    """ical.js goes by the rule in the file, which is written by our own hand for every other zone."""
    published = publish(plan(ROWS, timezone=zone), None, FIRST)
    file = tmp_path / "skema.ics"
    file.write_bytes(feed(published, PERSON))
    assert read("ical.js", file) == expected(published)
