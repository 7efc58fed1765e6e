"""Help: the keys that work here and what the signs mean, both from where they are defined."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.reading import ReadingDialog
from leadconsole.console.key_names import shown_key
from leadconsole.console.registry import APP_SCOPE, GRID_SCOPE, LIST_SCOPE, Registry
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.text import pad, width

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen

WIDTH = 70
_GROUPS = {APP_SCOPE: N_("Everywhere"), LIST_SCOPE: N_("In the list"), GRID_SCOPE: N_("In the grid")}


class HelpDialog(ReadingDialog):
    """The keys of a screen, group by group, then its signs."""

    def __init__(self, registry: Registry, screen: ConsoleScreen, title: str) -> None:
        super().__init__(title, help_texts(registry, screen))


def help_texts(registry: Registry, screen: ConsoleScreen) -> list[str]:
    """The groups of help as plain texts."""
    texts = []
    for scope in dict.fromkeys((*screen.scopes, APP_SCOPE)):
        commands = registry.commands(scope)
        keys = [" ".join(shown_key(key) for key in registry.keys(command)) or "-" for command in commands]
        cells = max((width(key) for key in keys), default=0)
        lines = [_(_GROUPS[scope]) if scope in _GROUPS else _("On this screen")]
        for command, key in zip(commands, keys, strict=True):
            sentence = f": {_(command.tooltip)}" if command.tooltip else ""
            first = f"  {pad(key, cells)}  "
            lines += textwrap.wrap(
                _(command.title) + sentence, WIDTH, initial_indent=first, subsequent_indent=" " * len(first)
            )
        texts.append("\n".join(lines) + "\n")
    if screen.LEGEND:
        signs = "\n".join(f"  {sign}  {_(meaning)}" for sign, meaning in screen.LEGEND)
        texts.append(f"{_('Signs')}\n{signs}\n")
    return texts
