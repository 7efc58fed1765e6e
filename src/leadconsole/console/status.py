"""The lines around every screen: tabs on top, what happened and what the keys do below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events

from leadconsole.console.key_names import shown_key
from leadconsole.console.registry import APP_SCOPE, Command, Registry
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.kernel.access import Role
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, width

if TYPE_CHECKING:
    from leadconsole.console.entries import ScreenEntry
    from leadconsole.console.screen import ConsoleScreen


class Said(NamedTuple):
    """What stands in the status line: a sentence, its tone, and what can be done about it (`u undo`)."""

    text: str = ""
    tone: str = ""
    hint: str = ""


# A tone alone would be colour alone.
_SIGNS = {"danger": "! ", "warning": "~ ", "good": "✓ "}


class TabLine(Line):
    """The tabs with their counts, and who is at which desk; where there is little room the last ones are digits."""

    _shown: tuple[Sequence[ScreenEntry], str, dict[str, int], str] | None = None

    def show_tabs(self, entries: Sequence[ScreenEntry], current: str, counts: dict[str, int], where: str) -> None:
        """Show the tabs, the current one inverted; a count only where something waits."""
        self._shown = (entries, current, counts, where)
        self._fit_tabs()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        if self._shown is None:
            return
        entries, current, counts, where = self._shown
        right = [Piece(f"{where} ", "dim")] if where else []
        room = self.size.width - sum(width(clean_line(piece.text)) for piece in right) - 1
        texts = [_tab(entry, counts.get(entry.id, 0)) for entry in entries]
        for place in range(len(entries) - 1, -1, -1):
            if sum(width(text) + 1 for text in texts) <= room:
                break
            if entries[place].id != current and entries[place].digit:
                texts[place] = f" {entries[place].digit} "
        pieces = []
        for entry, text in zip(entries, texts, strict=True):
            pieces += [Piece(text, "chosen" if entry.id == current else ""), Piece(" ")]
        self.show(pieces, right)


def _tab(entry: ScreenEntry, count: int) -> str:
    name = f"{entry.digit} {_(entry.title)}".strip()
    return f" {name} {count} " if count else f" {name} "


class NoticeLine(Line):
    """What everybody at the desk is told; it takes a line of its own and only while something is told."""

    DEFAULT_CSS = """
    NoticeLine { background: $warning-muted; color: $text-warning; text-style: bold; }
    """

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.show_notice(notice)

    def show_notice(self, notice: Notice) -> None:
        """Show another notice."""
        self.show([Piece(f" ▲ {notice.text}")], [Piece(f"{notice.whence} ", "dim")])


class Notice(NamedTuple):
    """A line that stands on every screen: what is told, by whom and since when."""

    text: str
    whence: str = ""


class StatusLine(Line):
    """What just happened, and how to undo it."""

    def show_said(self, said: Said) -> None:
        """Show what was said, its tone doubled by a sign."""
        text = clean_line(said.text)
        left = [Piece(" " + _SIGNS.get(said.tone, "") + text, said.tone)] if text else []
        self.show(left, [Piece(f"{said.hint} ", "accent")] if said.hint else [])


_READERS = frozenset({Role.DIRECTOR, Role.ACCOUNTANT})
"""Who only reads."""


class KeyLine(Line):
    """The keys that matter now, most important first, as many as fit; help and palette always."""

    _shown_for: tuple[Registry, ConsoleScreen] | None = None

    def show_keys(self, registry: Registry, screen: ConsoleScreen) -> None:
        """Take the commands of the screen again; what can't be done now is dim."""
        self._shown_for = (registry, screen)
        self._fit_keys()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_keys()

    def _fit_keys(self) -> None:
        if self._shown_for is None:
            return
        registry, screen = self._shown_for
        asked = _Guards(screen)
        always = [piece for command in registry.key_line(APP_SCOPE) for piece in _key(registry, command, asked)]
        room = self.size.width - sum(width(piece.text) for piece in always) - 2
        left = [Piece(" ")]
        commands = registry.key_line(*screen.scopes)
        if screen.console.role in _READERS:
            # Most of it never works for them: what does isn't to be crowded out.
            commands = sorted(commands, key=lambda one: one.why_disabled is not None and asked[one.why_disabled])
        for command in commands:
            pieces = _key(registry, command, asked)
            room -= sum(width(piece.text) for piece in pieces)
            if room < 0:
                break
            left += pieces
        self.show(left, always)


class _Guards(dict[Callable[[Any], "str | None"], bool]):
    """Whether a guard forbids now; many commands share one, and each move of a cursor asks them."""

    def __init__(self, screen: ConsoleScreen) -> None:
        super().__init__()
        self._screen = screen

    def __missing__(self, why_disabled: Callable[[Any], str | None]) -> bool:
        forbidden = self[why_disabled] = why_disabled(self._screen) is not None
        return forbidden


def _key(registry: Registry, command: Command, guards: _Guards) -> list[Piece]:
    disabled = command.why_disabled is not None and guards[command.why_disabled]
    key = shown_key(registry.keys(command)[0])
    label = f" {_(command.label or command.title)}  "
    return [Piece(key, "dim" if disabled else "accent"), Piece(label, "dim" if disabled else "")]
