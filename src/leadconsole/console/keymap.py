"""The user's own keys: `keymap.toml` in the configuration folder, a line per command.

"ticket.assign" = "A"
"app.help" = ["?", "f1"]
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leadconsole.kernel.i18n import _

NAME = "keymap.toml"
BIGGEST = 100_000


def keymap_path() -> Path:
    """Where the user's keymap is, if there is one."""
    from platformdirs import user_config_path

    return user_config_path("leadconsole", appauthor=False) / NAME


def read_keymap(path: Path) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys by command id, and one sentence for each thing in the file that makes no sense."""
    import tomllib

    try:
        if path.stat().st_size > BIGGEST:
            return {}, [_("Keymap: {path} is too big to be a keymap").format(path=path)]
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return {}, [_("Keymap: {path} can't be read: {reason}").format(path=path, reason=reason)]
    except ValueError as error:  # broken TOML, or no UTF-8
        return {}, [_("Keymap: {path} is no TOML file: {reason}").format(path=path, reason=error)]
    keymap: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for command_id, value in _flat(data):
        keys = [value] if isinstance(value, str) else value
        if isinstance(keys, list) and all(isinstance(key, str) and key for key in keys):
            keymap[command_id] = tuple(keys)
        else:
            problems.append(_("Keymap: {id} must be a key in quotes, or a list of them").format(id=command_id))
    return keymap, problems


def _flat(data: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """TOML reads an unquoted `ticket.assign` as a table in a table."""
    pairs: list[tuple[str, Any]] = []
    for name, value in data.items():
        pairs += _flat(value, f"{before}{name}.") if isinstance(value, dict) else [(before + name, value)]
    return pairs
