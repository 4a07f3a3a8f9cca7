"""A real browser for the pages: headless Chromium, a profile of its own, and a list of everything that it asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = files("axe_playwright_python").joinpath("axe.min.js")


@dataclass
class Tab:
    """A page in the browser. `asked` is every address that it asked for."""

    page: Page
    asked: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds, a line for each: the rule, and where."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]

    def is_too_wide(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=FLAGS)
        yield context
        context.close()


@pytest.fixture
def show(context: BrowserContext, tmp_path: Path) -> Iterator[Callable[..., Tab]]:
    """Show HTML as a file, in a window of a width, at a time, in light or dark."""
    pages = []

    def opened(html: str, width: int = 320, at: str = "", scheme: Any = "light") -> Tab:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        tab = Tab(context.new_page())
        pages.append(tab.page)
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.emulate_media(color_scheme=scheme)
        if at:
            tab.page.clock.set_fixed_time(at)
        tab.page.goto(path.as_uri())
        return tab

    yield opened
    for page in pages:
        page.close()
