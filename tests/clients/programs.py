"""Where the programs are that `tests/clients/install` fetched; without its program a test says so and is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CLIENTS = Path(os.environ.get("CLIENTS", Path(__file__).parents[2] / ".venv" / "clients"))
FOLDERS = [CLIENTS / "python" / "bin", CLIENTS / "debian" / "usr" / "sbin", CLIENTS / "debian" / "usr" / "bin"]


def program(name: str) -> str:
    """The path of a program: the one that was fetched, else the system's own."""
    found = shutil.which(name, path=os.pathsep.join(map(str, FOLDERS))) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not there (see tests/clients/install)")
    return found


def node_module(name: str) -> Path:
    """The folder of a package of npm's."""
    found = CLIENTS / "node" / "node_modules" / name
    if not found.is_dir():
        pytest.skip(f"the npm package {name} is not there (see tests/clients/install)")
    return found


def evolution() -> list[str]:
    """How to run a script beside Evolution's server: in a session bus, with the Python that has its bindings."""
    bus, python = program("dbus-run-session"), "/usr/bin/python3"
    needs = 'import gi; gi.require_version("ECal", "2.0"); gi.require_version("EDataServer", "1.2")'
    if not Path(python).exists() or subprocess.run([python, "-c", needs], capture_output=True).returncode:
        pytest.skip("Evolution's server is not there (see tests/clients/install)")
    return [bus, "--", python]
