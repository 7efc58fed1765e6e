"""Registry commands as Textual bindings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from leadconsole.console.registry import Command

_NO_KEY = "f63"  # Textual has no word for "unbound"; no terminal sends this one


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """One binding per command, with the command's id, so that Textual's keymap can move it."""
    return [
        Binding(
            ",".join(command.keys),
            command.action or f"app.command('{command.id}')",
            show=False,
            id=command.id,
        )
        for command in commands
        if command.keys
    ]


def textual_keymap(keymap: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The user's keys as `App.set_keymap` takes them."""
    return {command_id: ",".join(keys) or _NO_KEY for command_id, keys in keymap.items()}
