"""The command palette: any command by its name, with its key, and why it can't be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.key_names import shown_key
from leadconsole.console.registry import APP_SCOPE, Command, Registry
from leadconsole.kernel.i18n import _

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen


def palette(registry: Registry, screen: ConsoleScreen) -> Choice[str]:
    """The dialog over the commands that belong to this screen; its result is a command id."""
    commands = [command for command in registry.commands(*screen.scopes, APP_SCOPE) if not command.action]
    # What belongs to the screen first; sort keeps the order inside.
    commands.sort(key=lambda command: command.scope == APP_SCOPE)
    own = [Option(one.id, one.title, note=one.note, disabled=one.why) for one in screen.more_commands()]
    return Choice(_("Commands"), [*(_option(registry, command, screen) for command in commands), *own])


def _option(registry: Registry, command: Command, screen: ConsoleScreen) -> Option[str]:
    why = command.why_disabled(screen) if command.why_disabled else None
    return Option(
        command.id,
        _(command.title),
        note=" ".join(shown_key(key) for key in registry.keys(command)),
        disabled=why or "",
    )
