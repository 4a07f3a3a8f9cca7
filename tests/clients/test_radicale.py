"""Radicale: a server that keeps calendars takes the whole feed, checks it, and gives each event back at its instant."""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from .programs import program
from .servers import free_port, wait_for
from .terms import BY_HAND, Seen, Term, check_the_republish, stamp

CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
EXPANDED = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
 <D:prop><C:calendar-data><C:expand start="20260801T000000Z" end="20270801T000000Z"/></C:calendar-data></D:prop>
 <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
  <C:time-range start="20260801T000000Z" end="20270801T000000Z"/>
 </C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""


class Radicale:
    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, body: bytes, kind: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        login = {"Authorization": "Basic dDp0", "Content-Type": kind, "Depth": "1"}
        try:
            connection.request(method, "/t/skema/", body, login)
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status in (201, 207), data
            return data
        finally:
            connection.close()

    def put(self, feed: bytes) -> None:
        self.ask("PUT", feed, "text/calendar; charset=utf-8")

    def shown(self) -> list[Seen]:
        """Every event as the server gives it when it is asked to work out the times itself."""
        answer = ElementTree.fromstring(self.ask("REPORT", EXPANDED.encode(), "application/xml"))
        found = []
        for data in answer.iter("{urn:ietf:params:xml:ns:caldav}calendar-data"):
            events: list[Any] = Calendar.from_ical(str(data.text)).walk("VEVENT")
            for e in events:
                title, place, status, uid = (str(e.get(k, "")) for k in ("SUMMARY", "LOCATION", "STATUS", "UID"))
                found.append(Seen(stamp(e["DTSTART"].dt), stamp(e["DTEND"].dt), title, place, status, uid))
        return sorted(found)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    port, config = free_port(), tmp_path / "radicale.ini"
    config.write_text(CONFIG.format(port=port, folder=tmp_path), encoding="utf-8")
    with (tmp_path / "radicale.log").open("wb") as log:
        process = subprocess.Popen([program("radicale"), "--config", str(config)], stdout=log, stderr=log)
        try:
            wait_for(port, process)
            yield Radicale(port)
        finally:
            process.terminate()
            process.wait(20)


def test_a_collection_and_a_republish(radicale: Radicale, term: Term) -> None:
    radicale.put(term.file().read_bytes())
    before = radicale.shown()
    assert before == term.expected()
    assert {e.brief for e in before} >= BY_HAND
    term.publish()
    radicale.put(term.file().read_bytes())
    after = radicale.shown()
    assert after == term.expected()
    check_the_republish(before, after)


def test_it_takes_every_feed(radicale: Radicale, term: Term) -> None:
    for person in term.published.ledger.feeds:
        radicale.put(term.file(person).read_bytes())
        assert radicale.shown() == term.expected(person), person
