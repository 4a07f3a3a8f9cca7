"""The server: right headers, no needless bytes, and nothing to be learnt without a link."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from plans import ROWS, make_plan

from skemaplan.publishing.address import new_token
from skemaplan.publishing.feed import feed
from skemaplan.publishing.release import Release, release
from skemaplan.serve import ALWAYS, answer, app, kind_of
from skemaplan.store import Store

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def done(root: Path) -> Release:
    return release(Store(root / "state"), root / "site", make_plan(), NOW)


def path_of(done: Release, person: str = "A") -> str:
    return f"/f/{done.site.links[person]}/skema.ics"


def test_a_calendar_and_its_headers(done: Release, root: Path) -> None:
    response = answer(root / "site", "GET", path_of(done), {})
    assert (response.status_code, response.body) == (200, feed(done.published, "A"))
    headers = dict(response.headers)
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["last-modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert {k.lower(): v for k, v in ALWAYS.items()}.items() <= headers.items()
    assert "content-encoding" not in headers
    assert "set-cookie" not in headers
    again = answer(root / "site", "GET", path_of(done), {"accept-encoding": "gzip"})
    assert again.headers["etag"] == headers["etag"]
    assert answer(root / "site", "GET", path_of(done, "B"), {}).headers["etag"] != headers["etag"]


def test_what_is_known_is_not_sent_again(done: Release, root: Path) -> None:
    site, path = root / "site", path_of(done)
    tag = answer(site, "GET", path, {}).headers["etag"]
    earlier, now = (format_datetime(NOW + timedelta(seconds=s), usegmt=True) for s in (-1, 0))
    cases = [
        ({"if-none-match": tag}, 304),
        ({"if-none-match": f"W/{tag}"}, 304),
        ({"if-none-match": f'"other", {tag}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": '"other"', "if-modified-since": now}, 200),  # the tag counts, not the time
        ({"if-none-match": tag, "if-modified-since": earlier}, 304),
        ({"if-modified-since": now}, 304),
        ({"if-modified-since": earlier}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": ""}, 200),
    ]
    for headers, status in cases:
        response = answer(site, "GET", path, headers)
        assert response.status_code == status, headers
        assert response.headers["etag"] == tag
        if status == 304:
            assert response.body == b""


def test_all_that_is_unknown_is_the_same(done: Release, root: Path) -> None:
    token = done.site.links["A"]
    (root / "secret.txt").write_text("secret")
    (root / "site" / "f" / token / "notes.txt").write_text("secret")
    for path in (
        "/",
        "/f",
        "/f/",
        f"/f/{token}",
        f"/f/{new_token()}/",
        f"/f/{token}/notes.txt",
        f"/f/{token}/.skema.ics.new",
        f"/f/{new_token()}/skema.ics",
        f"/f/{token[:-1]}/skema.ics",
        f"/f/{token}/../{token}/skema.ics",
        "/f/../../secret.txt/skema.ics",
        "/.skemaplan.json",
        "/../secret.txt",
        "/state/ledger.json",
        "/\x00",
    ):
        response = answer(root / "site", "GET", path, {})
        assert (response.status_code, response.body) == (404, b"Not found\n"), path
        assert dict(response.headers) == dict(answer(root / "site", "GET", "/nothing", {}).headers)


def test_other_methods_and_other_files(done: Release, root: Path) -> None:
    site = root / "site"
    for method in ("PUT", "POST", "DELETE", "PROPFIND", "OPTIONS"):
        for path in (path_of(done), "/nothing"):
            response = answer(site, method, path, {})
            assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")
    assert answer(site, "GET", "/health", {}).body == b"ok\n"
    assert answer(site, "GET", "/robots.txt", {}).body == b"User-agent: *\nAllow: /\n"


def test_a_page_lies_beside_the_calendar(done: Release, root: Path) -> None:
    response = answer(root / "site", "GET", f"/f/{done.site.links['A']}/", {})
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert bytes(response.body).startswith(b"<!doctype html>")


def test_what_is_published_is_served_at_once(tmp_path: Path) -> None:
    store, site = Store(tmp_path / "state"), tmp_path / "site"
    one = release(store, site, make_plan(), NOW)
    before = answer(site, "GET", path_of(one), {})
    two = release(store, site, make_plan(rows=ROWS[1:]), NOW)
    after = answer(site, "GET", path_of(one), {"if-none-match": before.headers["etag"]})
    assert after.body == feed(two.published, "A")
    assert after.headers["last-modified"] > before.headers["last-modified"]


def test_no_link_in_the_log(done: Release, root: Path, caplog: pytest.LogCaptureFixture) -> None:
    import asyncio

    async def ask(path: str) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": [],
            "query_string": b"",
            "server": ("x", 80),
            "scheme": "http",
        }

        async def receive() -> dict[str, str]:
            return {"type": "http.request"}

        async def send(message: object) -> None:
            return

        await app(root / "site")(scope, receive, send)

    file = root / "site" / path_of(done, "C")[1:]
    token = done.site.links["A"]
    with caplog.at_level(logging.DEBUG):
        asyncio.run(ask(path_of(done)))
        asyncio.run(ask(f"/f/{token}x/skema.ics"))
        asyncio.run(ask(f"/{token}"))
        asyncio.run(ask("/health"))
    assert [r.getMessage() for r in caplog.records if r.name == "skemaplan.serve"] == [
        "GET 200 calendar",
        "GET 404 calendar",
        "GET 404 other",
        "GET 200 /health",
    ]
    assert token not in caplog.text
    assert file.exists()
    assert kind_of("/f/x") == "calendar"


def test_a_file_that_can_not_be_read_says_nothing_of_it(
    done: Release, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", fail)
    response = answer(root / "site", "GET", path_of(done), {})
    assert (response.status_code, response.headers["retry-after"]) == (503, "600")
    assert done.site.links["A"] not in caplog.text


@pytest.fixture
def served(done: Release, root: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The real server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        f"from pathlib import Path; from skemaplan.serve import serve; serve(Path({str(root / 'site')!r}), port={port})"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, env={**os.environ})
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port, process
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_the_real_server(done: Release, served: tuple[int, subprocess.Popen[bytes]]) -> None:
    port, process = served
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path_of(done), headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    data = response.read()
    assert data == feed(done.published, "A")
    assert response.headers["Server"] is None
    connection.request("HEAD", path_of(done))
    head = connection.getresponse()
    assert (head.status, head.headers["Content-Length"], head.read()) == (200, str(len(data)), b"")
    connection.request("GET", path_of(done), headers={"If-None-Match": response.headers["ETag"]})
    assert connection.getresponse().read() == b""
    connection.request("GET", f"/f/{done.site.links['A']}/%2e%2e/skema.ics")
    assert connection.getresponse().status == 404
    connection.close()
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)
    assert done.site.links["A"].encode() not in said
