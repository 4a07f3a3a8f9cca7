"""Other people's files, opened with care: a pipe or a device never ends, a swollen file would fill the memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from .errors import Trouble, Where
from .words import Text, say


class TooLarge(Exception):
    """A file holds more bytes than anybody needs."""


def whole(file: Path, most: int) -> bytes:
    """All bytes of a file. Raises OSError if it can't be read or is no file, and TooLarge if it has more than `most`.

    Opened so that a named pipe, to which nobody writes, does not hold us up; and looked at once more when it is open,
    since it may have become something else meanwhile.
    """
    with open(file, "rb", opener=_not_waiting) as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        data = opened.read(most + 1)
    if len(data) > most:
        raise TooLarge
    return data


def _not_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def cannot_open(where: Where, error: OSError) -> Trouble:
    """Why a file can't be read."""
    return Trouble(where, _what(error), say("Look at its name and at its rights."))


def too_large(where: Where, most: int) -> Trouble:
    what = say("it is larger than {most} MB.", most=most // 1_000_000)
    return Trouble(where, what, say("Delete what does not belong there, empty rows with formats too."))


def _what(error: OSError) -> Text:
    if isinstance(error, PermissionError):
        return say("cannot be read: you have no right to.")
    if isinstance(error, FileNotFoundError):
        return say("cannot be read: it is not there any more, or leads nowhere.")
    if isinstance(error, IsADirectoryError):
        return say("cannot be read: it is a folder.")
    if error.errno == errno.EINVAL:
        return say("cannot be read: it is no ordinary file.")
    return say("cannot be read ({reason}).", reason=error.strerror or type(error).__name__)
