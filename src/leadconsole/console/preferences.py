"""What a person prefers on every desk: the theme, in `console.toml` of the configuration folder.

One line, `theme = "light"`, written whole or not at all and readable by its owner only. A session without a home of
its own (somebody who came over the network) has no preferences and writes none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from leadconsole.kernel.errors import WrongUsage
from leadconsole.kernel.i18n import _

NAME = "console.toml"
THEME_VARIABLE = "LEADCONSOLE_THEME"
BIGGEST = 10_000

# Read at every start, before the first frame: a whole TOML parser would be most of the work.
_THEME_LINE = re.compile(r"""^[ \t]*theme[ \t]*=[ \t]*["']([a-z-]*)["'].*$""", re.MULTILINE)


class Preferences(Protocol):
    """Keeps what a person prefers."""

    def theme(self) -> str:
        """The word of the theme to start with, or nothing."""
        ...

    def keep_theme(self, word: str) -> None:
        """Start with this theme from now on; OSError where that can't be written."""
        ...


class UserPreferences:
    """The preferences of the system's user."""

    def __init__(self, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._environment = os.environ if environment is None else environment

    @property
    def path(self) -> Path:
        """Where they are kept."""
        if self._folder is None:
            from platformdirs import user_config_path

            self._folder = user_config_path("leadconsole", appauthor=False)
        return self._folder / NAME

    def theme(self) -> str:
        """The theme of LEADCONSOLE_THEME, else the one that was chosen last; WrongUsage for a variable that is none."""
        from leadconsole.console.theme import WORDS

        if wanted := self._environment.get(THEME_VARIABLE, "").strip():
            if wanted not in WORDS:
                raise WrongUsage(
                    _("{name} must be one of {choices}, not «{wanted}»").format(
                        name=THEME_VARIABLE, choices=", ".join(WORDS), wanted=wanted[:40]
                    ),
                    field=THEME_VARIABLE,
                )
            return wanted
        found = _THEME_LINE.search(self._text())
        return found[1] if found else ""

    def keep_theme(self, word: str) -> None:
        """Write the theme; whatever else stands in the file stays."""
        line = f'theme = "{word}"'
        text = self._text()
        fresh = _THEME_LINE.sub(line, text, count=1) if _THEME_LINE.search(text) else f"{line}\n{text}"
        if fresh != text:
            write_own(self.path, fresh)

    def _text(self) -> str:
        """The file; nothing where there is none that can be read: a preference is never worth a refusal."""
        try:
            if self.path.is_file() and self.path.stat().st_size <= BIGGEST:
                return self.path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            pass
        return ""


def write_own(path: Path, text: str) -> None:
    """Write a file of the user's own (0600, its folder 0700 if it is made), whole or not at all."""
    import tempfile

    path = path.resolve()  # a link stays a link
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
