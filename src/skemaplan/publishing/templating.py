"""The templates in `templates/`, filled in. Every value is escaped; what is not there is an error, never empty."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(values)


@cache
def source(name: str) -> str:
    """A file of ours that goes into a page as it is, without the blanks at its lines' ends."""
    loader = environment().loader
    assert loader is not None
    text, _, _ = loader.get_source(environment(), name)
    return "".join(line.strip() for line in text.splitlines())


@cache
def source_hash(name: str) -> str:
    """How a page's own rules name the only script that may run on it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source(name).encode()).digest()).decode()


@cache
def environment() -> Environment:
    return Environment(
        loader=PackageLoader("skemaplan.publishing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
