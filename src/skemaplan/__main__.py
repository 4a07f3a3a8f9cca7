"""`skemaplan` and `python -m skemaplan`: the command line, which a Ctrl-C ends without a word until it is at work."""

from __future__ import annotations

import signal


def run() -> None:
    """Run the command line. While it is being loaded there is nothing to keep or to say, so a Ctrl-C just ends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main

    main()


if __name__ == "__main__":
    run()
