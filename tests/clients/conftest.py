"""One term for each test, and a server in front of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .terms import Term


@pytest.fixture
def term(tmp_path: Path) -> Term:
    """Published once; `publish` publishes what has changed."""
    return Term(tmp_path)
