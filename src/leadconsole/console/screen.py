"""What every screen of the console is: lines around a body, and commands from the registry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from leadconsole.console.bindings import bindings
from leadconsole.console.guard import Guarded
from leadconsole.console.key_names import shown_key
from leadconsole.console.registry import GRID_SCOPE, LIST_SCOPE, Command
from leadconsole.console.status import KeyLine, Notice, NoticeLine, StatusLine, TabLine

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp


_TURNS = 2
"""Turns of the event loop that a widget needs to report that it has changed."""
AFTER_FRAME = 0.03
"""Seconds until what waits for the first frame runs: a thread writes that, and imports would hold it up."""


class More(NamedTuple):
    """Something that the palette offers on a screen and that has no key: `why` says why it can't be done now."""

    id: str
    title: str
    note: str = ""
    why: str = ""


class ConsoleScreen(Guarded, Screen[None]):
    """A screen with a tab: define SCREEN_COMMANDS, `compose_body` and a `do_…` method per command.

    A command's method may be plain, `async`, or decorated with `@work` where it awaits a dialog. Methods that the first
    frame doesn't need may stand in a class of their own, named by ACTIONS (`module:Class`, made with the screen): its
    `async` methods run as workers and may await dialogs.
    """

    ACTIONS: ClassVar[str] = ""
    PLACE: ClassVar[str] = ""
    """The module that tells where the screen is and takes it there again (console/places.py)."""
    READS_UNSEEN: ClassVar[bool] = False
    """Whether what others write is taken up while another tab or a dialog is in front, too."""
    seen_version = 0
    """The version of the desk file that this screen shows, as far as it has been told (console/others.py)."""
    _actions: object | None = None
    _keys_are_due = False

    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = ()
    VIEW_COMMANDS: ClassVar[tuple[Command, ...]] = ()
    """Commands that widgets of the screen bind, each for its own view: a key may mean something else in the next."""
    LEGEND: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The signs of this screen and what they mean (marked with N_), for help."""

    DEFAULT_CSS = """
    ConsoleScreen { layers: default; overflow: hidden; }
    ConsoleScreen > TabLine { dock: top; background: $surface; }
    ConsoleScreen > #foot { dock: bottom; height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] | None = []

    def __init_subclass__(cls, **kwargs: Any) -> None:
        own = cls.__dict__.get("SCREEN_COMMANDS", ())
        cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings(own)]
        super().__init_subclass__(**kwargs)

    @property
    def console(self) -> ConsoleApp:
        """The app this screen is in."""
        return cast("ConsoleApp", self.app)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes of this screen's commands, and those of the list or the grid where it has one."""
        own = dict.fromkeys(command.scope for command in self.SCREEN_COMMANDS)
        # Walked and not queried: each move of a cursor asks.
        kinds = {scope for node in self.walk_children() for scope in getattr(node, "KEY_SCOPES", ())}
        return (*own, *(scope for scope in (GRID_SCOPE, LIST_SCOPE) if scope in kinds))

    @classmethod
    def all_commands(cls) -> tuple[Command, ...]:
        """Everything that can be done here by key, in all views."""
        return (*cls.SCREEN_COMMANDS, *cls.VIEW_COMMANDS)

    @property
    def actions(self) -> object:
        """The object with the methods that are imported after the first frame."""
        if self._actions is None:
            self._actions = self.load_actions()(self)
        return self._actions

    @classmethod
    def load_actions(cls) -> Callable[[ConsoleScreen], object]:
        """Import the class that ACTIONS names."""
        module, _colon, name = cls.ACTIONS.partition(":")
        if not module:
            return lambda screen: None
        made: Callable[[ConsoleScreen], object] = getattr(import_module(module), name)
        return made

    def _compositor_refresh(self) -> None:
        # Textual (8.2.8) paints everything inside a batch too, and throws it away: the start is one.
        if self.app._batch_count:
            return
        super()._compositor_refresh()
        waiting, self._waiting = self._waiting, None
        for callback in waiting or ():
            self.set_timer(AFTER_FRAME, callback)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines in the colour of the screen: what stands on it covers all of it, so none is painted by itself."""
        return [Strip.blank(crop.width, self.rich_style)] * crop.height

    async def _on_idle(self, event: events.Idle) -> None:
        # Widgets that were changed together report one after the other; whoever comes after the frame has begun is
        # painted a frame later, and a person sees the list change before the line over it. The first frame is whole.
        for _turn in range(_TURNS if self._dirty_widgets and self._waiting is None else 0):
            await asyncio.sleep(0)
        await super()._on_idle(event)

    def when_painted(self, callback: Callable[[], object]) -> None:
        """Call this once the screen has been painted for the first time; at once if it has been.

        `call_after_refresh` is too early for that: while the app starts nothing is refreshed.
        """
        if self._waiting is None:
            self.call_later(callback)
        else:
            self._waiting.append(callback)

    def _extend_compose(self, widgets: list[Widget]) -> None:
        # Textual would add what shows tooltips, which nothing here has, and a rack for toasts, of which there are
        # hardly any: the app adds that when there is one.
        pass

    def compose(self) -> ComposeResult:
        yield TabLine()
        yield from self.compose_body()
        yield StatusLine()
        yield KeyLine()

    def compose_body(self) -> Iterable[Widget]:
        """What stands between the lines."""
        return ()

    def more_commands(self) -> Iterable[More]:
        """What the palette offers here beside the registry's commands, such as a person's own macros."""
        return ()

    async def run_more(self, more_id: str) -> None:
        """Run one of `more_commands`; called in a worker, so it may await dialogs."""

    def back(self) -> bool:
        """Go back one step inside the screen (close a detail, clear a filter); False when there is none."""
        return False

    def open_subject(self, kind: str, key: Hashable) -> None:
        """Show a subject that another screen has asked for."""

    def show_lines(self) -> None:
        """Take tabs, status and keys again."""
        if self.is_mounted:
            self.console.show_lines(self)

    @property
    def in_view(self) -> int | None:
        """The ticket that is read here, for the others at the desk to see."""
        return None

    def others_moved(self, tickets: frozenset[int]) -> None:
        """Others have begun or ceased to look at these tickets or to write on them."""

    def others_wrote(self) -> bool:
        """Something was written at the desk: read again what it concerns; False to be told so again in a moment."""
        return True

    def show_notice(self, notice: Notice | None) -> None:
        """Show what everybody is told under the tabs, or nothing; the rest moves down by that line."""
        found = self.query(NoticeLine)
        if notice is None:
            found.remove()
        elif found:
            found.first().show_notice(notice)
        else:
            self.mount(NoticeLine(notice), after=self.query_one(TabLine))

    def show_keys(self) -> None:
        """Take the key line again: what can be done may have changed."""
        self.query_one(KeyLine).show_keys(self.console.registry, self)

    def key_of(self, command_id: str) -> str:
        """The user's first key of a command as people read it; a command without one is found in the palette."""
        registry = self.console.registry
        return shown_key(next(iter(registry.keys(registry[command_id])), ":"))

    def keys_changed(self) -> None:
        """The user's own keys are known now: show them wherever keys are named."""
        self.show_lines()

    def on_mount(self) -> None:
        self.show_lines()

    def on_screen_resume(self) -> None:
        self.show_lines()
        self.console.comes_into_view(self)

    def on_row_table_highlighted(self) -> None:
        self._show_keys_soon()

    def on_grid_moved(self) -> None:
        self._show_keys_soon()

    def _show_keys_soon(self) -> None:
        """Once for all moves of a cursor until then: the cursor itself shall be painted first."""
        if not self._keys_are_due:
            self._keys_are_due = True
            self.call_after_refresh(self._show_due_keys)

    def _show_due_keys(self) -> None:
        self._keys_are_due = False
        if self.is_attached:
            self.show_keys()
