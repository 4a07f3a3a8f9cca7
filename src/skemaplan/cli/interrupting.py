"""Ctrl-C while the solver works: in native code, where Python hears of no signal. So it gets a thread of its own."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from ..stopping import Stop

Found = TypeVar("Found")
INTERRUPTED = 130


def interruptible(work: Callable[[Stop], Found], stop: Stop, told: Callable[[], None]) -> Found:
    """Do some work in a thread of its own and give back what it gives, or raise what it raises.

    At the first Ctrl-C `told` is called, and the work is asked to stop; at the second the process ends.
    """
    found: list[Found] = []
    wrong: list[BaseException] = []

    done = threading.Event()  # a thread that is joined, and interrupted meanwhile, passes for ended in some Pythons

    def run() -> None:
        try:
            found.append(work(stop))
        except BaseException as error:
            wrong.append(error)
        finally:
            done.set()

    try:
        threading.Thread(target=run, daemon=True).start()
        wait(done)
    except KeyboardInterrupt:
        told()
        try:
            wait(done, stop)
        except KeyboardInterrupt:
            give_up()
    if wrong:
        raise wrong[0]
    return found[0]


@contextmanager
def heard() -> Iterator[None]:
    """Within this, a Ctrl-C is a KeyboardInterrupt even if it ends the process elsewhere (see `__main__`)."""
    quiet = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) == signal.SIG_DFL
    if quiet:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        if quiet:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait(done: threading.Event, stop: Stop | None = None) -> None:
    """Wait in small steps (a wait without a limit can't be interrupted everywhere), asking for the end meanwhile."""
    while not done.wait(0.1):
        if stop is not None:
            stop.ask()


def give_up() -> None:
    """End the process with the solver still at work: the interpreter's own way out would wait for it, or crash."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)
