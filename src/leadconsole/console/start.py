"""Starts the console on a terminal, as fast as it goes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import WrongUsage
from leadconsole.kernel.i18n import _


def has_terminal() -> bool:
    """Whether there is a terminal to draw on and to read keys from."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def require_terminal() -> None:
    """WrongUsage where there is no terminal to draw on."""
    if not has_terminal():
        raise WrongUsage(_("The console needs a terminal; scripts use leadconsole queue and the other commands."))


def run_console(desk: Desk, why_not: Callable[[], str] | None = None) -> int:
    """Run the console at a desk until the person leaves.

    For somebody at the other end of a network `why_not` says why the session may not go on, or nothing while it may.
    """
    require_terminal()
    # The collector would walk again and again what the start makes for good; the console turns it on when it stands.
    gc.disable()
    from leadconsole.console.launch import open_console

    return open_console(desk, why_not)
