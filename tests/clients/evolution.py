"""Subscribes Evolution's own server to a calendar. Runs under Debian's Python inside a session bus of its own:

    dbus-run-session -- /usr/bin/python3 evolution.py http://127.0.0.1:8000/f/…/skema.ics

For each line on standard input it asks for the calendar anew and prints what it then shows, as a line of JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402

UID = "skema"
PATIENCE = 30  # seconds


def subscribed(url: str) -> Any:
    """A calendar on the web, as a user's new subscription."""
    parts, registry = urlsplit(url), EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new_with_uid(UID, None)
    source.set_display_name("Skema")
    source.set_parent("webcal-stub")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    source.get_extension(EDataServer.SOURCE_EXTENSION_SECURITY).set_method("none")
    source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND).set_resource_path(parts.path)
    there = source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION)
    there.set_host(parts.hostname)
    there.set_port(parts.port)
    there.set_method("none")
    registry.commit_source_sync(source, None)
    return ECal.Client.connect_sync(registry.ref_source(UID), ECal.ClientSourceType.EVENTS, PATIENCE, None)


def instant(client: Any, time: Any) -> str:
    """An event's time as an instant, by the rule that came with the calendar; midnight in UTC of a whole day."""
    if time.get_value().is_date():
        return datetime.fromtimestamp(time.get_value().as_timet(), UTC).isoformat()
    _, zone = client.get_timezone_sync(time.get_tzid(), None)
    at = datetime.fromtimestamp(time.get_value().as_timet_with_zone(zone), UTC)
    return at.isoformat()


def shown(client: Any) -> list[dict[str, str]]:
    """Every event of the calendar."""
    _, found = client.get_object_list_as_comps_sync("#t", None)
    status = {ICalGLib.PropertyStatus.CONFIRMED: "CONFIRMED", ICalGLib.PropertyStatus.CANCELLED: "CANCELLED"}
    return [
        {
            "uid": e.get_uid(),
            "start": instant(client, e.get_dtstart()),
            "end": instant(client, e.get_dtend()),
            "title": e.get_summary().get_value(),
            "place": e.get_location() or "",
            "status": status.get(e.get_status(), str(e.get_status())),
        }
        for e in found
    ]


client = subscribed(sys.argv[1])
for line in sys.stdin:
    if line.strip() == "refresh":
        client.refresh_sync(None)
    print(json.dumps(shown(client)), flush=True)
