"""Speaks to a Thunderbird without a window: its own remote control, JSON over a socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from .programs import program
from .servers import free_port, wait_for

NOWHERE = 9  # the port of a proxy that is not there: nothing is fetched but from this machine
START_SECONDS, SCRIPT_SECONDS = 90, 60


class Marionette:
    """One session, allowed to run scripts inside the program itself."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), START_SECONDS)
        self.file = self.socket.makefile("rb")
        self.count = 0
        self.read()
        self.call("WebDriver:NewSession", capabilities={})
        self.call("Marionette:SetContext", value="chrome")
        self.call("WebDriver:SetTimeouts", script=1000 * SCRIPT_SECONDS)

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def read(self) -> Any:
        length = b""
        while (byte := self.file.read(1)) != b":":
            if not byte:
                raise RuntimeError("Thunderbird has gone")
            length += byte
        return json.loads(self.file.read(int(length)))

    def call(self, name: str, **parameters: object) -> Any:
        self.count += 1
        data = json.dumps([0, self.count, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(error["message"])
        return result

    def run(self, script: str, *args: object) -> Any:
        """The value of the body of an async function; `args` are its arguments."""
        body = f"""
            const done = arguments[arguments.length - 1];
            (async function () {{ {script} }}).apply(null, Array.from(arguments).slice(0, -1))
                .then(value => done({{ value }}), error => done({{ error: String(error) }}));
        """
        got = self.call("WebDriver:ExecuteAsyncScript", script=body, args=args, sandbox="system")["value"]
        if "error" in got:
            raise RuntimeError(got["error"])
        return got.get("value")


@contextmanager
def thunderbird(folder: Path) -> Iterator[Marionette]:
    """A Thunderbird with a profile of its own, until the end of the block."""
    profile, port = folder / "profile", free_port()
    profile.mkdir(parents=True)
    (profile / "user.js").write_text(_preferences(port), encoding="utf-8")
    environment = {**os.environ, "HOME": str(folder), "TZ": "Europe/Copenhagen"}
    environment.pop("DISPLAY", None)
    options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", str(profile)]
    with (folder / "thunderbird.log").open("wb") as log:
        process = subprocess.Popen([program("thunderbird"), *options], stdout=log, stderr=log, env=environment)
        try:
            wait_for(port, process, 10 * START_SECONDS)
            with closing(Marionette(port)) as marionette:
                yield marionette
                with suppress(RuntimeError, OSError):
                    marionette.call("Marionette:Quit", flags=["eForceQuit"])
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        finally:
            process.kill()
            process.wait()


def _preferences(port: int) -> str:
    wanted: Mapping[str, object] = {
        "marionette.port": port,
        "calendar.timezone.local": "Europe/Copenhagen",
        "calendar.timezone.useSystemTimezone": False,
        "app.update.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "mail.provider.suppress_dialog_on_startup": True,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": NOWHERE,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": NOWHERE,
    }
    return "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())
