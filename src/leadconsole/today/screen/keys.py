"""The keys of Today."""

from __future__ import annotations

from leadconsole.console.registry import Command
from leadconsole.kernel.i18n import N_

TODAY = "today"

TODAY_COMMANDS = (
    Command(
        "today.reload", N_("Read again"), "r", TODAY,
        tooltip=N_("Takes everything anew; what others write comes by itself within a second."),
    ),
)  # fmt: skip
