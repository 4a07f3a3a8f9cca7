"""Our server, nginx and Caddy with the ready files: the same answers, and nothing to be learnt without a link."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest

from skemaplan.publishing.address import new_token
from skemaplan.publishing.links import revoke
from skemaplan.publishing.reading import read_feed
from skemaplan.serve import ALWAYS

from .servers import SERVERS, Server, serving
from .terms import FIRST, MOVED, PERSON, SECOND, Term


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Asker:
    """Asks a server for things, one connection each."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()


@pytest.fixture(params=SERVERS)
def ask(request: pytest.FixtureRequest, term: Term, tmp_path: Path) -> Iterator[Asker]:
    with serving(request.param, term.site, tmp_path / "server") as server:
        yield Asker(server)


def test_a_calendar_and_its_headers(ask: Asker, term: Term) -> None:
    got = ask(term.path(), Accept_Encoding="gzip, br, zstd")
    assert (got.status, got.body) == (200, term.file().read_bytes())
    assert got.headers["content-type"].lower() == "text/calendar; charset=utf-8"
    assert {k.lower(): v for k, v in ALWAYS.items()}.items() <= got.headers.items()
    assert parsedate_to_datetime(got.headers["last-modified"]) == FIRST
    assert got.headers["etag"].startswith('"')
    assert "content-encoding" not in got.headers
    assert "set-cookie" not in got.headers
    head = ask(term.path(), "HEAD", Accept_Encoding="gzip")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]


def test_a_page_and_robots(ask: Asker, term: Term) -> None:
    page = ask(term.path().removesuffix("skema.ics"))
    assert (page.status, page.headers["content-type"].lower()) == (200, "text/html; charset=utf-8")
    assert page.body == term.file().with_name("index.html").read_bytes()
    robots = ask("/robots.txt")
    assert (robots.status, robots.body) == (200, b"User-agent: *\nAllow: /\n")
    assert robots.headers["content-type"].lower() == "text/plain; charset=utf-8"


def test_what_is_known_is_not_sent_again_and_what_is_new_is(ask: Asker, term: Term) -> None:
    path = term.path()
    first = ask(path)
    tag, seen = first.headers["etag"], first.headers["last-modified"]
    for known in (
        {"If_None_Match": tag},
        {"If_None_Match": f"W/{tag}"},
        {"If_None_Match": f'"other", {tag}'},
        {"If_None_Match": tag, "If_Modified_Since": seen},
        {"If_Modified_Since": seen},
    ):
        again = ask(path, **known)
        assert (again.status, again.body) == (304, b""), known
        assert again.headers["etag"] == tag
    before = format_datetime(FIRST - timedelta(seconds=1), usegmt=True)
    for unknown in ({"If_None_Match": '"other"'}, {"If_Modified_Since": before}):
        assert ask(path, **unknown).status == 200, unknown
    term.publish()
    for stale in (
        {"If_None_Match": tag, "If_Modified_Since": seen},
        {"If_None_Match": tag},
        {"If_Modified_Since": seen},
    ):
        new = ask(path, **stale)
        assert (new.status, new.body) == (200, term.file().read_bytes()), stale
        assert new.headers["etag"] != tag
        assert parsedate_to_datetime(new.headers["last-modified"]) > parsedate_to_datetime(seen)


def test_whatever_is_not_there_answers_alike(ask: Asker, term: Term) -> None:
    token = term.path().split("/")[2]
    waiting = term.file().with_name(".skema.ics.new")
    waiting.write_bytes(b"half")
    paths = [
        f"/f/{new_token()}/skema.ics",
        f"/f/{new_token()}/",
        f"/f/{token}",
        f"/f/{token}/.skema.ics.new",
        f"/f/{token}/index.html",
        f"/f/{token}/skema.ics/",
        f"/f/{token}x/skema.ics",
        f"/f/{token[:-1]}/skema.ics",
        "/f/",
        "/f",
        "/",
        "/.skemaplan.json",
        "/.lock",
        "/index.html",
        "/f/..%2f.skemaplan.json",
        f"/skema.ics?token={token}",
    ]
    answers = {path: ask(path) for path in paths}
    for path, got in answers.items():
        assert (got.status, got.body.strip()) == (404, b"Not found"), path
        assert {k.lower(): v for k, v in ALWAYS.items()}.items() <= got.headers.items()
    assert len({str(sorted((k, v) for k, v in a.headers.items() if k != "date")) for a in answers.values()}) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"])
def test_nothing_can_be_changed(ask: Asker, term: Term, method: str) -> None:
    before = term.file().read_bytes()
    for path in (term.path(), "/", f"/f/{new_token()}/skema.ics"):
        got = ask(path, method)
        assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")
    assert term.file().read_bytes() == before


def test_an_old_link_says_so(ask: Asker, term: Term) -> None:
    old, problem = term.path(), term.published.plan.problem
    term.renew()
    new = term.path()
    assert [e.summary for e in read_feed(ask(old).body)] == [MOVED]
    assert len(read_feed(ask(new).body)) == len(term.expected())
    revoke(term.store, term.site, problem, PERSON, SECOND)
    [event] = read_feed(ask(new).body)
    assert event.transparent
    assert "Spørg i administrationen" in ask(new.removesuffix("skema.ics")).body.decode()


def test_no_log_holds_a_link(ask: Asker, term: Term) -> None:
    paths = [term.path(p) for p in ("A", "B", "C")]
    broken = term.file("C")
    broken.unlink()
    broken.symlink_to(broken)  # a file that can't be read, whoever asks
    for path in paths:
        ask(path, Referer=f"{ask.server.url}{path}", User_Agent="test")
        ask(path, "PUT")
        ask(path.removesuffix("skema.ics"))
        ask(path + "x")
    assert ask(paths[0]).status == 200
    assert ask(paths[2]).status in (404, 503)
    said = ask.server.said()
    for path in paths:
        assert path.split("/")[2] not in said
    if ask.server.name != "skemaplan":  # ours keeps quiet
        assert re.search(r"\b200\b", said)
        assert re.search(r"\b405\b", said)
