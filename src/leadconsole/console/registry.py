"""The one list of what can be done by key: footer, palette, help, keymap and screens.md are made of it.

Nothing here knows Textual, so the key tables of screens.md and the check of a keymap need no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from leadconsole.console.key_names import normal_key, shown_key, why_unusable
from leadconsole.kernel.i18n import _

APP_SCOPE = "app"
LIST_SCOPE = "list"
GRID_SCOPE = "grid"
"""Keys of a grid beside those of a list; a screen with a grid leaves them alone."""
EVERYWHERE = (APP_SCOPE, LIST_SCOPE)
"""Scopes whose keys work on every screen, so that no other scope may use them."""


class Command(NamedTuple):
    """One thing a user can do: its name, its key, and when it can't be done, why."""

    id: str
    """Named by subject and verb, such as `ticket.assign`; a user's keymap uses it."""
    title: str
    """What it does in a few words, marked with N_."""
    key: str = ""
    """`a`, `?`, `ctrl+p`, `enter`; empty for a command of the palette only."""
    scope: str = APP_SCOPE
    """Where the key works: a screen's name, `app` or `list`."""
    tooltip: str = ""
    """One sentence for help and screens.md, marked with N_."""
    also: tuple[str, ...] = ()
    """Further keys for the same."""
    label: str = ""
    """The one word of the key line, marked with N_; without it the title stands there."""
    why_disabled: Callable[[Any], str | None] | None = None
    """Asked with the screen: the sentence that says why it can't be done now, or None."""
    dangerous: bool = False
    """Whether it says what it touches and asks before it runs."""
    priority: int = 0
    """Its place in the key line, 1 first; 0 keeps it out."""
    action: str = ""
    """A widget's own Textual action, where the widget moves itself; else the screen's `do_…` method runs."""

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that the program gives it."""
        return tuple(normal_key(key) for key in (self.key, *self.also) if key)

    @property
    def method(self) -> str:
        """The method of screen or app that runs it: `ticket.assign` is `do_ticket_assign`."""
        return f"do_{self.id.replace('.', '_').replace('-', '_')}"


class Registry:
    """All commands of the program with the keys they have for this user."""

    def __init__(self, commands: Iterable[Command] = ()) -> None:
        self._commands: dict[str, Command] = {}
        self._keymap: dict[str, tuple[str, ...]] = {}
        self._by_key: dict[str, list[Command]] = {}
        """The commands by the keys that the program gives them."""
        self._lines: dict[tuple[str, ...], list[Command]] = {}
        """The key lines by their scopes, for as long as nothing changes."""
        self.add(commands)

    def add(self, commands: Iterable[Command]) -> None:
        """Take in a slice's commands; the same command twice is no harm.

        ValueError: an id that means something else already, a key that a terminal can't send or that clashes.
        """
        for command in commands:
            if self._commands.get(command.id) == command:
                continue
            if command.id in self._commands:
                raise ValueError(f"two commands are called {command.id}")
            for key in command.keys:
                if reason := why_unusable(key):
                    raise ValueError(f"{command.id}: {reason}")
                if other := next((one for one in self._by_key.get(key, ()) if _meet(one, command.scope)), None):
                    raise ValueError(f"{key} is the key of {other.id} and of {command.id}")
            if command.keys and all(key[0] == "f" and key[1:].isdigit() for key in command.keys):
                raise ValueError(f"{command.id} has only a function key")
            self._commands[command.id] = command
            for key in command.keys:
                self._by_key.setdefault(key, []).append(command)
            self._lines.clear()

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._commands

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def commands(self, *scopes: str) -> list[Command]:
        """The commands of these scopes, or all, in the order they were added."""
        return [command for command in self._commands.values() if not scopes or command.scope in scopes]

    def scopes(self) -> list[str]:
        """The scopes that have commands, in the order they came."""
        return list(dict.fromkeys(command.scope for command in self._commands.values()))

    def keys(self, command: Command) -> tuple[str, ...]:
        """The keys that run the command for this user."""
        return self._keymap.get(command.id, command.keys)

    def key_line(self, *scopes: str) -> list[Command]:
        """The commands for the key line, most important first."""
        if scopes not in self._lines:
            shown = [command for command in self.commands(*scopes) if command.priority and self.keys(command)]
            self._lines[scopes] = sorted(shown, key=lambda command: command.priority)
        return self._lines[scopes]

    def use_keymap(self, keymap: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
        """Give commands the user's keys; returns the id and one sentence for each that was not taken.

        What was not taken keeps its standard keys.
        """
        problems: list[tuple[str, str]] = []
        wanted: dict[str, tuple[str, ...]] = {}
        for command_id, keys in keymap.items():
            if command_id not in self._commands:
                problems.append((command_id, self._unknown(command_id)))
                continue
            normal = tuple(dict.fromkeys(normal_key(key) for key in keys))
            bad = [reason for key in normal if (reason := why_unusable(key))]
            problems += [
                (command_id, _("{id}: {reason}; choose another key.").format(id=command_id, reason=reason))
                for reason in bad
            ]
            if not bad:
                wanted[command_id] = normal
        self._keymap = wanted
        self._lines.clear()
        return problems + self._drop_clashes()

    @property
    def keymap(self) -> dict[str, tuple[str, ...]]:
        """The user's own keys by command id, as far as they were taken."""
        return dict(self._keymap)

    def markdown_table(self, scope: str) -> str:
        """The key table of a scope as screens.md shows it."""
        lines = [f"| {_('Key')} | {_('Command')} | {_('What it does')} | id |", "| --- | --- | --- | --- |"]
        for command in self.commands(scope):
            keys = " ".join(f"`{shown_key(key)}`" for key in self.keys(command)) or ":"
            title = _(command.title) + (" ⚠" if command.dangerous else "")
            cells = (keys, title, _(command.tooltip), f"`{command.id}`")
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        return "\n".join(lines) + "\n"

    def _holder(self, key: str, scope: str, besides: str) -> Command | None:
        for command in self._commands.values():
            if _meet(command, scope) and command.id != besides and key in self.keys(command):
                return command
        return None

    def _unknown(self, command_id: str) -> str:
        from difflib import get_close_matches

        shown = command_id[:60]
        if near := get_close_matches(shown, self._commands, 1):
            return _("There is no command «{id}»; did you mean {other}?").format(id=shown, other=near[0])
        return _("There is no command «{id}»; screens.md lists the ids.").format(id=shown)

    def _drop_clashes(self) -> list[tuple[str, str]]:
        """Take back the user's keys that meet another command's, until none does."""
        problems = []
        dropped = True
        while dropped:
            dropped = False
            for command_id, keys in list(self._keymap.items()):
                scope = self._commands[command_id].scope
                for key in keys:
                    if other := self._holder(key, scope, besides=command_id):
                        told = _("{id}: {other} has the key {key} already; give one of them another key.")
                        problems.append((command_id, told.format(id=command_id, key=shown_key(key), other=other.id)))
                        self._keymap.pop(command_id, None)
                        self._lines.clear()
                        dropped = True
                        break
        return problems


def _meet(command: Command, scope: str) -> bool:
    """Whether a key of the command and the same key of a scope would meet on some screen."""
    return command.scope == scope or command.scope in EVERYWHERE or scope in EVERYWHERE
