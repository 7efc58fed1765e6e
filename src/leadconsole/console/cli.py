"""Headless command about the console itself: the user's own keys."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.headless import Answer, Call, Parser
from leadconsole.kernel.i18n import _


def _keymap_arguments(parser: Parser) -> None:
    parser.set_defaults(run=keymap)


COMMANDS: dict[str, Callable[[Parser], None]] = {"keymap": _keymap_arguments}


def keymap(call: Call) -> Answer:
    """Check the user's keymap, or write one with all ids where there is none; it needs no desk."""
    from leadconsole.console.keymap import all_problems, keymap_path, read_keymap, template, write_template
    from leadconsole.console.launch import ALL_SCREENS
    from leadconsole.console.own_keys import groups, whole_registry

    registry = whole_registry(ALL_SCREENS)
    path = keymap_path()
    if not path.is_symlink() and not path.exists():
        write_template(path, template(groups(registry, ALL_SCREENS)))
        told = _("{path} is written with all ids and their standard keys; change what you like.").format(path=path)
        return Answer({"file": str(path), "written": True, "problems": []}, lambda cells: [told])
    own = read_keymap(path)
    problems = all_problems(own, registry.use_keymap(own.keys))
    lines = problems or [_("Every line of {path} can be used.").format(path=path)]
    return Answer({"file": str(path), "written": False, "problems": problems}, lambda cells: lines, bool(problems) * 1)
