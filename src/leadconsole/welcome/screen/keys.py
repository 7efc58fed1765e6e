"""What can be done on the first run by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.welcome.screen.welcome import WelcomeScreen

WELCOME = "welcome"


def _busy(screen: WelcomeScreen) -> str | None:
    return _("The desk is being made.") if screen.busy else None


def _typing(screen: WelcomeScreen) -> str | None:
    """A letter in a field is text; Tab leaves the field."""
    return _("You are typing; Tab goes on to the list.") if screen.typing else _busy(screen)


WELCOME_COMMANDS = (
    Command(
        "welcome.demo", N_("Look at the demo"), "d", WELCOME, why_disabled=_typing, priority=1, label=N_("demo"),
        tooltip=N_("Opens a made-up team with a year of history; it is gone when you leave."),
    ),
    Command(
        "welcome.import", N_("Import files"), "i", WELCOME, why_disabled=_typing, priority=2, label=N_("import"),
        tooltip=N_("Makes the desk of a folder or a file: people, clients, norms, tickets; all of it or nothing."),
    ),
    Command(
        "welcome.empty", N_("Begin with an empty desk"), "e", WELCOME, why_disabled=_typing, priority=3,
        label=N_("empty desk"),
        tooltip=N_("Makes a desk with you, the hours and the holidays; the queue then says what comes next."),
    ),
)  # fmt: skip
