"""khal, through vdirsyncer, over HTTP, from each of the three servers: what moves is moved, nothing comes twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from .programs import program
from .servers import SERVERS, serving
from .terms import BY_HAND, Seen, Term, check_the_republish, seen

VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair skema]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[skema]]
path = {folder}/calendar/
[locale]
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[default]
default_calendar = skema
[sqlite]
path = {folder}/khal.db
"""
FIELDS = ("uid", "start-long-full", "end-long-full", "title", "location", "status")


class Khal:
    """A user's khal and vdirsyncer, with files of their own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        (folder / "calendar").mkdir(parents=True)
        (folder / "vdirsyncer").write_text(VDIRSYNCER.format(folder=folder, url=url), encoding="utf-8")
        (folder / "khal").write_text(KHAL.format(folder=folder), encoding="utf-8")
        self.run("vdirsyncer", "-c", folder / "vdirsyncer", "discover")

    def run(self, name: str, *call: object) -> str:
        environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "Europe/Copenhagen"}
        command = [program(name), *map(str, call)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, input="")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sync(self) -> list[str]:
        """Bring the calendar up to date; returns what was done with single events."""
        said = self.run("vdirsyncer", "-c", self.folder / "vdirsyncer", "sync")
        return sorted(re.findall(r"^(?:Copying \()?(uploading|updating|Deleting)", said, re.MULTILINE))

    def files(self) -> dict[str, int]:
        return {p.name: p.stat().st_mtime_ns for p in (self.folder / "calendar").glob("*.ics")}

    def shown(self) -> list[Seen]:
        json_fields = [part for name in FIELDS for part in ("--json", name)]
        said = self.run("khal", "-c", self.folder / "khal", "list", *json_fields, "2026-10-01", "2027-04-30")
        rows = [row for line in said.splitlines() for row in json.loads(line)]
        assert len({row["uid"] for row in rows}) == len(rows), "an event is shown twice"
        return sorted(
            seen(
                {
                    "uid": row["uid"],
                    "start": local(row["start-long-full"]),
                    "end": local(row["end-long-full"]),
                    "title": row["title"],
                    "place": row["location"],
                    "status": row["status"].strip(),
                }
            )
            for row in rows
        )


def local(text: str) -> str:
    """khal shows the time on the wall in Copenhagen."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Copenhagen")).isoformat()


@pytest.mark.parametrize("name", SERVERS)
def test_a_subscription_and_a_republish(name: str, term: Term, tmp_path: Path) -> None:
    with serving(name, term.site, tmp_path / "server") as server:
        khal = Khal(tmp_path / "khal", server.url + term.path())
        assert khal.sync() == ["uploading"] * len(term.expected())
        before, files = khal.shown(), khal.files()
        assert before == term.expected()
        assert {e.brief for e in before} >= BY_HAND
        assert khal.sync() == []
        assert khal.files() == files, "the second sync transfers nothing"
        term.publish()
        # vdirsyncer knows an event on the web by what it says: three old ones go, and four come
        assert khal.sync() == ["Deleting"] * 3 + ["uploading"] * 4
        assert len(khal.files().items() & files.items()) == len(files) - 3, "what has not changed was not touched"
        after = khal.shown()
        assert after == term.expected()
        check_the_republish(before, after, keeps_uids=False)
        term.renew()
        assert khal.sync() == ["Deleting"] * len(after) + ["uploading"]
