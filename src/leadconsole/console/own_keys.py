"""Brings the user's keymap into the running console, and tells what of it can't be used."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leadconsole.console.bindings import textual_keymap
from leadconsole.console.keymap import all_problems, keymap_path, read_keymap, template, write_template
from leadconsole.console.registry import APP_SCOPE, GRID_SCOPE, LIST_SCOPE, Command, Registry
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.shared_commands import APP_COMMANDS, GRID_COMMANDS, LIST_COMMANDS
from leadconsole.kernel.i18n import _, ngettext

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp
    from leadconsole.console.entries import ScreenEntry

MOST_TOLD = 3
"""So many problems are told one by one; `leadconsole keymap` tells all."""


async def take(app: ConsoleApp, path: Path) -> list[str]:
    """Give the commands the keys of the file; returns, and tells, what could not be taken.

    Only now are all screens imported, for a keymap may name any command.
    """
    keymap = await asyncio.to_thread(read_keymap, path)
    for entry in app.known:
        screen_class = await asyncio.to_thread(entry.load)
        app.registry.add(screen_class.all_commands())
    # The digit of a screen that isn't shown here is no mistake.
    elsewhere = {screen_command(entry).id for entry in app.known}
    wanted = {name: keys for name, keys in keymap.keys.items() if name in app.registry or name not in elsewhere}
    problems = all_problems(keymap, app.registry.use_keymap(wanted))
    app.set_keymap(textual_keymap(app.registry.keymap))
    for problem in problems[:MOST_TOLD]:
        app.notify(problem, severity="warning", timeout=20)
    if (more := len(problems) - MOST_TOLD) > 0:
        told = ngettext(
            "{n} more line is not used; leadconsole keymap tells all.",
            "{n} more lines are not used; leadconsole keymap tells all.",
            more,
        )
        app.notify(told.format(n=more), severity="warning", timeout=20)
    if problems:
        app.say(problems[0], "warning")
    for screen in app.screen_stack:
        if isinstance(screen, ConsoleScreen):
            screen.keys_changed()
    return problems


async def take_or_write(app: ConsoleApp) -> None:
    """Take the keymap again, or write a new one with all ids where there is none."""
    path = keymap_path()
    if path.is_symlink() or path.exists():
        if not await take(app, path):
            app.say(_("The keys of keymap.toml are taken."), "good")
        return
    registry = await asyncio.to_thread(whole_registry, app.known)
    write_template(path, template(groups(registry, app.known)))
    said = _("All ids are in {path} now; after a change choose Own keys again.")
    app.say(said.format(path=path), "good")


def screen_command(entry: ScreenEntry) -> Command:
    """The command that shows a screen."""
    return Command(f"app.screen-{entry.digit}", entry.title, entry.digit)


def whole_registry(entries: Sequence[ScreenEntry]) -> Registry:
    """All commands of the program with their standard keys."""
    registry = Registry((*APP_COMMANDS, *LIST_COMMANDS, *GRID_COMMANDS))
    registry.add(screen_command(entry) for entry in entries if entry.digit)
    for entry in entries:
        registry.add(entry.load().all_commands())
    return registry


def groups(registry: Registry, entries: Sequence[ScreenEntry]) -> list[tuple[str, list[Command]]]:
    """All commands under the names of where they work."""
    found = [
        (_("Everywhere"), registry.commands(APP_SCOPE)),
        (_("In the list"), registry.commands(LIST_SCOPE)),
        (_("In the grid"), registry.commands(GRID_SCOPE)),
    ]
    for entry in entries:
        scopes = dict.fromkeys(command.scope for command in entry.load().all_commands())
        found.append((_(entry.title), registry.commands(*scopes) if scopes else []))
    return found
