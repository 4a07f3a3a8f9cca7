"""Workers beyond this machine: those of a Dask cluster that somebody runs already (extra `cluster`)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from socket import create_connection
from urllib.parse import urlsplit

from ..errors import InputError, Trouble
from ..words import Text, say

PATIENCE = 8  # seconds in which a scheduler must answer


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """An executor whose workers are those of the Dask scheduler at `address`, such as `tcp://scheduler:8786`.

    They need the same version of skemaplan as this machine. Raises InputError if nothing answers there within ten
    seconds, if nobody works for it, or if the extra `cluster` is not installed.
    """
    try:
        from distributed import Client
    except ImportError:
        raise _wrong(
            address, say("What speaks to a cluster is not installed."), say("pip install skemaplan[cluster]")
        ) from None
    client = None
    if answers(address):
        with suppress(Exception):  # it is no scheduler's answer, which a client says in a dozen ways
            client = Client(address, timeout=PATIENCE, set_as_default=False)
    if client is None:
        right = say("Right would be the address of a Dask scheduler that runs, such as tcp://scheduler:8786.")
        raise _wrong(address, say("No scheduler answers there."), right)
    with client:
        if not client.nthreads():
            raise _wrong(
                address,
                say("Nobody works for this scheduler."),
                say("Begin a worker: dask worker {address}", address=address),
            )
        yield client.get_executor()


def answers(address: str) -> bool:
    """Whether anybody is there. Asked before a client is made: one that found nobody can hang when it is forgotten."""
    try:
        at = urlsplit(address)
        with create_connection((at.hostname or "", at.port or 0), PATIENCE):
            return at.hostname is not None
    except (OSError, ValueError):
        return False


def _wrong(address: str, what: Text, right: Text) -> InputError:
    return InputError([Trouble(f"--cluster {address}", what, right)])
