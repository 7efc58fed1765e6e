"""The user's own keys: `keymap.toml` in the configuration folder, a line per command.

"ticket.assign" = "A"
"app.help" = ["?", "f1"]
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from leadconsole.console.registry import Command
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, shorten

NAME = "keymap.toml"
BIGGEST = 100_000
MOST_BROKEN = 20
"""With more lines that can't be read than this, the file is none of ours."""

_PLACE = re.compile(r"at line ([0-9]+)")


class Keymap(NamedTuple):
    """What a keymap says: keys by command id, the line of each id, and one sentence for what makes no sense."""

    keys: dict[str, tuple[str, ...]]
    lines: dict[str, int]
    problems: list[str]


def keymap_path() -> Path:
    """Where the user's keymap is, if there is one."""
    from platformdirs import user_config_path

    return user_config_path("leadconsole", appauthor=False) / NAME


def read_keymap(path: Path) -> Keymap:
    """The keys that the file gives; a line that can't be read costs that line only."""
    try:
        text = _text(path)
    except (FileNotFoundError, NotADirectoryError):
        if not path.is_symlink():
            return Keymap({}, {}, [])
        return _nothing(_("{path} is a link to a file that isn't there.").format(path=path))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _nothing(
            _("{path} can't be read ({reason}), so all keys are the standard ones.").format(path=path, reason=reason)
        )
    except ValueError:
        return _nothing(_("{path} is no keymap in UTF-8, so all keys are the standard ones.").format(path=path))
    lines = text.split("\n")
    kept, broken = _without_broken(lines)
    if kept is None:
        return _nothing(
            _(
                "{path} is no TOML file, so all keys are standard; leadconsole keymap writes a new one once it is gone."
            ).format(path=path)
        )
    keymap = Keymap({}, _lines_of_ids(kept), [])
    for place in sorted(broken):
        told = _('this can\'t be read and was left out: «{text}». Write it such as "ticket.assign" = "e".')
        keymap.problems.append(_at_line(place + 1, told.format(text=shorten(clean_line(lines[place].strip()), 40))))
    for command_id, value in _flat(kept):
        keys = [value] if isinstance(value, str) else value
        if isinstance(keys, list) and all(isinstance(key, str) and key for key in keys):
            keymap.keys[command_id] = tuple(keys)
        else:
            told = _('{id} must be a key in quotes, or a list of them such as ["e", "f2"].')
            keymap.problems.append(_placed(keymap, command_id, told.format(id=clean_line(command_id[:60]))))
    return keymap


def all_problems(keymap: Keymap, of_registry: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong with the file itself, then what the registry didn't take, each with its line."""
    return [*keymap.problems, *(_placed(keymap, command_id, clean_line(told)) for command_id, told in of_registry)]


def template(groups: Sequence[tuple[str, Sequence[Command]]]) -> str:
    """A keymap with all ids and their standard keys, each line commented out; groups are titled commands."""
    lines = [
        _("Own keys of leadconsole. Take the # away before a line and write your key; the other lines may stay."),
        _('Several keys stand in a list, such as ["e", "ctrl+f"]; an empty list [] takes the key away.'),
        _("After a change: Own keys in the palette (:), or the next start. What can't be used is told there."),
    ]
    for title, commands in groups:
        lines += ["", title, ""]
        for command in commands:
            keys = command.keys[0] if len(command.keys) == 1 else list(command.keys)
            lines.append(f"{json.dumps(command.id)} = {json.dumps(keys)}  # {_(command.title)}")
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def write_template(path: Path, text: str) -> None:
    """Write a new keymap (0600, in a folder of 0700 if it is made); Refused where there is one."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(_("{path} is there already and stays as it is.").format(path=path), code="exists") from None
    except OSError as error:
        raise Refused(
            _("{path} can't be written ({reason}).").format(path=path, reason=error.strerror or error),
            code="unwritable",
            file=str(path),
        ) from error


def _text(path: Path) -> str:
    """The file as text; ValueError for what is too big or no text, OSError for what is no file."""
    if path.is_dir():
        raise IsADirectoryError(None, _("it is a folder"))
    if not path.is_file() and path.exists():
        raise OSError(None, _("it is no file"))  # reading a pipe might wait for ever
    if path.stat().st_size > BIGGEST:
        raise ValueError(NAME)
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def _nothing(problem: str) -> Keymap:
    return Keymap({}, {}, [problem])


def _placed(keymap: Keymap, command_id: str, told: str) -> str:
    line = keymap.lines.get(command_id)
    if line is None:
        return _("{file}: {problem}").format(file=NAME, problem=told)
    return _at_line(line, told)


def _at_line(line: int, told: str) -> str:
    return _("{file}, line {line}: {problem}").format(file=NAME, line=line, problem=told)


def _without_broken(lines: list[str]) -> tuple[list[str] | None, list[int]]:
    """The lines with those emptied that are no TOML, and the places of these; None for the lines if most are not."""
    first = _broken(lines)
    if first is None:
        return lines, []
    kept = _emptied(lines, [first])
    if _broken(kept) is None:
        return kept, [first]
    # The place that the parser tells may lie after the fault, so every line is tried alone.
    found = [place for place, line in enumerate(lines) if _broken([line]) is not None]
    if len(found) > MOST_BROKEN:
        return None, []
    kept = _emptied(lines, found)
    while (place := _broken(kept)) is not None:
        if len(found) > MOST_BROKEN:
            return None, []
        found.append(place)
        kept = _emptied(kept, [place])
    return kept, found


def _broken(lines: list[str]) -> int | None:
    """The place of the line at which TOML can't be read further; None if it can to the end."""
    import tomllib

    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        if found := _PLACE.search(str(error)):
            return min(int(found[1]), len(lines)) - 1
        return max((place for place, line in enumerate(lines) if line.strip()), default=0)
    except RecursionError:  # brackets in brackets without end
        return max(range(len(lines)), key=lambda place: len(lines[place]))
    return None


def _emptied(lines: list[str], places: Iterable[int]) -> list[str]:
    gone = set(places)
    return ["" if place in gone else line for place, line in enumerate(lines)]


def _lines_of_ids(lines: list[str]) -> dict[str, int]:
    """The line number of each id; an id that is written in an unusual way has none."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            table = bare.strip("[]").strip().strip("\"'") + "."
        name, equals, _value = bare.partition("=")
        if equals and not name.startswith("#"):
            found.setdefault(table + name.strip().strip("\"'"), number)
    return found


def _flat(lines: list[str]) -> list[tuple[str, Any]]:
    import tomllib

    return _pairs(tomllib.loads("\n".join(lines)))


def _pairs(data: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """TOML reads an unquoted `ticket.assign` as a table in a table."""
    pairs: list[tuple[str, Any]] = []
    for name, value in data.items():
        pairs += _pairs(value, f"{before}{name}.") if isinstance(value, dict) else [(before + name, value)]
    return pairs
