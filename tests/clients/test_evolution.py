"""Evolution's own server, which GNOME's calendar shows too, subscribed over HTTP in a session bus of its own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .programs import evolution
from .servers import serving
from .terms import BY_HAND, MOVED, Seen, Term, check_the_republish, eventually, seen


class Evolution:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def shown(self, word: str = "show") -> list[Seen]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return sorted(map(seen, json.loads(self.process.stdout.readline())))


@contextmanager
def subscribed(url: str, folder: Path) -> Iterator[Evolution]:
    folder.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "TZ": "Europe/Copenhagen"}
    environment = {**kept, **home, "GSETTINGS_BACKEND": "memory", "no_proxy": "127.0.0.1"}
    command = ["timeout", "180", *evolution(), str(Path(__file__).with_name("evolution.py")), url]
    pipe = subprocess.PIPE
    with (folder / "evolution.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, env=environment, text=True)
        try:
            yield Evolution(process)
        finally:
            process.communicate(timeout=60)  # it ends with its input, and its bus with it


@pytest.mark.parametrize("name", ["skemaplan", "nginx"])
def test_a_subscription_and_a_republish(name: str, term: Term, tmp_path: Path) -> None:
    with (
        serving(name, term.site, tmp_path / "server") as server,
        subscribed(server.url + term.path(), tmp_path / "evolution") as client,
    ):
        before = eventually(client.shown, term.expected())
        assert {e.brief for e in before} >= BY_HAND
        client.shown("refresh")
        if name == "nginx":  # whose log says what was answered
            assert eventually(lambda: " GET 304 " in server.said(), True)
        assert client.shown() == before
        term.publish()
        client.shown("refresh")
        after = eventually(client.shown, term.expected())
        check_the_republish(before, after)
        term.renew()
        client.shown("refresh")
        assert eventually(lambda: [e.title for e in client.shown()], [MOVED]) == [MOVED]
