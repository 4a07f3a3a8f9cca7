"""The three ways to show a site: our own server, and nginx and Caddy with the files of `examples/serving`.

Each runs as a process of its own on 127.0.0.1, with its logs in a folder of its own.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .programs import program

SERVING = Path(__file__).parents[2] / "examples" / "serving"
SERVERS = ("skemaplan", "nginx", "caddy")


@dataclass(frozen=True)
class Server:
    """A server at work: its name, its address, and the folder that all its logs are in."""

    name: str
    port: int
    logs: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return "".join(p.read_text(errors="replace") for p in self.logs.rglob("*.log"))


@contextmanager
def serving(name: str, site: Path, folder: Path) -> Iterator[Server]:
    """Serve a site folder until the end of the block."""
    folder.mkdir(parents=True)
    server = Server(name, free_port(), folder)
    command = {"skemaplan": _skemaplan, "nginx": _nginx, "caddy": _caddy}[name](server, site)
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "console.log").open("wb") as console:
        process = subprocess.Popen(command, stdout=console, stderr=console, env=environment)
        try:
            wait_for(server.port, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], tries: int = 300) -> None:
    """Until somebody answers on a port, for at most half a minute. Raises RuntimeError if the process ends first."""
    for _ in range(tries):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers: {process.args!r}")


def _skemaplan(server: Server, site: Path) -> list[str]:
    code = "import sys; from skemaplan.cli import main; main(sys.argv[1:])"
    return [sys.executable, "-c", code, "serve", str(site), "--port", str(server.port)]


def _nginx(server: Server, site: Path) -> list[str]:
    text = (SERVING / "nginx.conf").read_text(encoding="utf-8")
    text = _exactly(r"listen 80;", f"listen 127.0.0.1:{free_port()};", text)
    text = _exactly(r"listen 443 ssl http2;", f"listen 127.0.0.1:{server.port};", text)
    text = _exactly(r"ssl_certificate(_key)? .*;.*", "", text, 2)
    text = _exactly(r"/srv/skemaplan/site", str(site), text)
    text = _exactly(r"/var/log/nginx", str(server.logs), text, 2)
    (server.logs / "skemaplan.conf").write_text(text, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {server.logs}/{kind};" for kind in kinds)
    whole = f"""daemon off; master_process off; pid {server.logs}/nginx.pid; events {{}}
        http {{ access_log {server.logs}/other.log; {temporary} include {server.logs}/skemaplan.conf; }}"""
    (server.logs / "nginx.conf").write_text(whole, encoding="utf-8")
    log = str(server.logs / "start.log")
    return [program("nginx"), "-p", str(server.logs), "-e", log, "-c", str(server.logs / "nginx.conf")]


def _caddy(server: Server, site: Path) -> list[str]:
    text = (SERVING / "Caddyfile").read_text(encoding="utf-8")
    text = _exactly(r"(?m)^\{$", "{\n\tadmin off\n\tauto_https off", text)
    text = _exactly(r"(?m)^skema\.example", f"http://127.0.0.1:{server.port}", text)
    text = _exactly(r"/srv/skemaplan/site", str(site), text)
    text = _exactly(r"/var/log/caddy", str(server.logs), text)
    (server.logs / "Caddyfile").write_text(text, encoding="utf-8")
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(server.logs / "Caddyfile")]


def _exactly(pattern: str, new: str, text: str, times: int = 1) -> str:
    """Change a ready file for the test in these places, and see that there are as many as are meant."""
    text, found = re.subn(pattern, lambda _: new, text)
    assert found == times, f"{pattern}: {found} times"
    return text
