"""The small web server in front of a site folder: calendars to whoever has the link, and nothing to anybody else.

It answers GET and HEAD for a calendar, for `robots.txt` and for `/health`; everything else is the same 404, so that
nothing can be learnt by asking. A calendar is never compressed (one program fails on it), never to be kept without
asking again, and its ETag is a hash of its bytes. No line of any log holds a link.

Needs the extra `serve` (starlette and uvicorn); a plain web server in front of the folder does as well.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .publishing.address import TOKEN
from .publishing.contents import FILE, PAGE

LOG = logging.getLogger("skemaplan.serve")
ALWAYS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
TYPES = {".ics": "text/calendar; charset=utf-8", ".html": "text/html; charset=utf-8"}


def app(site: Path) -> ASGIApp:
    """The web application (ASGI) of a site folder. It keeps nothing: what is published is served from then on."""

    async def serve_site(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # a websocket finds nobody here
            return
        request = Request(scope, receive)
        response = answer(site, request.method, request.url.path, dict(request.headers))
        LOG.info("%s %s %s", request.method, response.status_code, kind_of(request.url.path))
        await response(scope, receive, send)

    return serve_site


def answer(site: Path, method: str, path: str, headers: dict[str, str]) -> Response:
    """What to answer to a request. The names in `headers` are lower case."""
    if method not in ("GET", "HEAD"):
        return Response("Method not allowed\n", 405, {**ALWAYS, "Allow": "GET, HEAD"}, "text/plain")
    if path == "/health":
        return Response("ok\n", 200, ALWAYS, "text/plain")
    file = file_of(site, path)
    try:
        data, changed = (file.read_bytes(), file.stat().st_mtime) if file else (None, 0.0)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        data = None
    except OSError as error:  # its own text would name the file, and so the link
        LOG.error("a file of the site can't be read (errno %s)", error.errno)
        return Response("Not now\n", 503, {**ALWAYS, "Retry-After": "600"}, "text/plain")
    if file is None or data is None:
        return Response("Not found\n", 404, ALWAYS, "text/plain")
    modified = datetime.fromtimestamp(int(changed), UTC)
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    known = {**ALWAYS, "ETag": tag, "Last-Modified": format_datetime(modified, usegmt=True)}
    if is_known(headers, tag, modified):
        return Response(None, 304, known)
    return Response(data, 200, known, TYPES.get(file.suffix, "text/plain"))


def file_of(site: Path, path: str) -> Path | None:
    """The file that a path stands for; None for a path that can't be one of ours, whatever lies in the folder."""
    if path == "/robots.txt":
        return site / "robots.txt"
    parts = path.split("/")
    if len(parts) == 4 and parts[:2] == ["", "f"] and TOKEN.fullmatch(parts[2]) and parts[3] in (FILE, ""):
        return site / "f" / parts[2] / (parts[3] or PAGE)
    return None


def is_known(headers: dict[str, str], tag: str, modified: datetime) -> bool:
    """Whether the asker has this version already. The tag is what counts; the time, only if there is no tag."""
    tags = headers.get("if-none-match")
    if tags is not None:
        return any(t.strip().removeprefix("W/") in (tag, "*") for t in tags.split(","))
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def kind_of(path: str) -> str:
    """A path without its secret, for the log."""
    return "calendar" if path.startswith("/f/") else path if path in ("/robots.txt", "/health") else "other"


def serve(site: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve a site folder until the process is told to stop (Ctrl-C, SIGTERM); what is being sent is sent whole."""
    import uvicorn

    uvicorn.run(
        app(site),
        host=host,
        port=port,
        http="h11",
        ws="none",
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=10,
    )
