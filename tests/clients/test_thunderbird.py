"""The real Thunderbird, subscribed over HTTP: every event at its hour, and after a republish exactly what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .marionette import Marionette, thunderbird
from .servers import serving
from .terms import BY_HAND, MOVED, Seen, Term, check_the_republish, eventually, seen

SUBSCRIBE = """
    const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
    const calendar = cal.manager.createCalendar("ics", Services.io.newURI(arguments[0]));
    calendar.name = "skema";
    cal.manager.registerCalendar(calendar);
"""
REFRESH = """
    const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
    cal.manager.getCalendars().find(c => c.name == "skema").refresh();
"""
SHOWN = """
    const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
    const calendar = cal.manager.getCalendars().find(c => c.name == "skema");
    const instant = time => new Date(time.nativeTime / 1000).toISOString();
    const events = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_TYPE_EVENT, 0, null, null);
    return events.map(e => ({
        uid: e.id, start: instant(e.startDate), end: instant(e.endDate),
        title: e.title, place: e.getProperty("LOCATION"), status: e.status,
    }));
"""


def shown(marionette: Marionette) -> list[Seen]:
    return sorted(map(seen, marionette.run(SHOWN)))


@pytest.mark.parametrize("name", ["skemaplan", "nginx"])
def test_a_subscription_and_a_republish(name: str, term: Term, tmp_path: Path) -> None:
    with serving(name, term.site, tmp_path / "server") as server, thunderbird(tmp_path / "thunderbird") as marionette:
        marionette.run(SUBSCRIBE, server.url + term.path())
        before = eventually(lambda: shown(marionette), term.expected())
        assert {e.brief for e in before} >= BY_HAND
        marionette.run(REFRESH)
        assert eventually(lambda: shown(marionette), term.expected()) == before
        if name == "nginx":  # whose log says what was answered
            assert eventually(lambda: " GET 304 " in server.said(), True)
        term.publish()
        marionette.run(REFRESH)
        after = eventually(lambda: shown(marionette), term.expected())
        check_the_republish(before, after)
        term.renew()
        marionette.run(REFRESH)
        assert eventually(lambda: [e.title for e in shown(marionette)], [MOVED]) == [MOVED], (
            "the old link shows no more"
        )
