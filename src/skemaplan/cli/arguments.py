"""What kinds of words a call is made of: names of files and folders, and seconds."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import click

from ..errors import InputError, Trouble
from ..words import say


class Named(click.Path):
    """A file or folder, as a Path. No name at all would be the folder one happens to stand in: it is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        said = str(value)
        if said.strip() and "\0" not in said and _can_be(Path(said)):
            return Path(value)
        where = param.human_readable_name if isinstance(param, click.Argument) else param.opts[0] if param else ""
        what = say("{value} is not the name of a file or folder.", value=repr(said[:80]))
        raise InputError([Trouble(where, what, say("Write its name, or a dot for this folder."))])


def _can_be(path: Path) -> bool:
    """Whether a file may have this name: not one that is too long."""
    try:
        path.lstat()
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


class Seconds(click.FloatRange):
    """A time to wait: at most a week. What is no number (`nan`) is in no range either."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds: float = super().convert(value, param, ctx)
        if seconds != seconds:
            self.fail(f"{value!r} is not a number of seconds.", param, ctx)
        return seconds


NAMED, SECONDS = Named(path_type=Path), Seconds(min=0, max=7 * 24 * 3600)
