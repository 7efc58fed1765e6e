"""`python -m leadconsole` and the installed command: whatever happens, no traceback reaches a user."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

INTERRUPTED = 130


class Ended(KeyboardInterrupt):
    """The system wants the process to end; what was begun is cleaned up as on Ctrl+C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_status = 128 + number


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (the process's own by default) and return its exit status (interchange.md, section 1).

    Beyond the contract: 130 after Ctrl+C, 143 and 129 after SIGTERM and SIGHUP, 1 for an error of the program's own.
    """
    try:
        _catch_signals()
        from leadconsole.cli import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt as end:
        from leadconsole.kernel.printing import nobody_listens

        nobody_listens()
        return end.exit_status if isinstance(end, Ended) else INTERRUPTED


def _catch_signals() -> None:
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Who started us under nohup wants SIGHUP ignored; a thread other than the main one can't catch any.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):
                signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)


if __name__ == "__main__":
    sys.exit(main())
