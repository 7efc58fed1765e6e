"""The app around the screens: keys, commands, what is said, drafts, errors, and a clean end."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.worker import Worker

from leadconsole.console import places
from leadconsole.console.bindings import bindings
from leadconsole.console.bounds import Bounded
from leadconsole.console.drafts import DraftStore, HoldsDraft, MemoryDrafts
from leadconsole.console.entries import ScreenEntry
from leadconsole.console.failures import Failures
from leadconsole.console.guard import Guarded
from leadconsole.console.messages import OpenSubject
from leadconsole.console.registry import Command, Registry
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.shared_commands import APP_COMMANDS, GRID_COMMANDS, LIST_COMMANDS
from leadconsole.console.signals import catch_signals
from leadconsole.console.status import KeyLine, Notice, Said, StatusLine, TabLine
from leadconsole.console.theme import COLOURLESS, THEMES, first_theme, next_theme, word_of
from leadconsole.console.toasts import Toasting
from leadconsole.console.turns import KeysInTurn
from leadconsole.console.wire import ByNumber
from leadconsole.kernel.i18n import _

if TYPE_CHECKING:
    from leadconsole.console.pacing import Pacing
    from leadconsole.console.preferences import Preferences
    from leadconsole.kernel.access import Role

_WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
PLACE_SECONDS = 60.0
"""How often a session over the network keeps where it is: rarely, for every write wakes up all the others."""
_DIGITS = [Command(f"app.screen-{digit}", "", digit) for digit in "123456789"]


class ConsoleApp(Guarded, KeysInTurn, Toasting, Bounded, inherit_css=False):
    """The console: screens by digit, one registry of commands; knows no slice."""

    # Textual's own sheet for apps styles what nothing here has, and takes longer to parse than all of ours.
    DEFAULT_CSS = "ConsoleApp { background: $background; color: $foreground; } *:disabled:can-focus { opacity: 0.7; }"
    ENABLE_COMMAND_PALETTE = False  # Textual's own offers a screenshot and more ways out
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = _WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*APP_COMMANDS, *_DIGITS)),
        # A dialog hides the bindings of the app, and a user's keymap may move them; this way out stays.
        *(Binding(f"ctrl+{key}", does, show=False, priority=True) for key, does in (("q", "quit"), ("c", "interrupt"))),
    ]

    def __init__(
        self,
        entries: Sequence[ScreenEntry],
        *,
        where: str = "",
        drafts: DraftStore | None = None,
        preferences: Preferences | None = None,
        known: Sequence[ScreenEntry] = (),
        theme: str = "",
        first: str = "",
        remote: bool = False,
        place: places.PlaceStore | None = None,
        role: Role | None = None,
    ) -> None:
        self.drafts: DraftStore = MemoryDrafts() if drafts is None else drafts
        self._place_store = place if remote and place is not None else places.Nowhere()
        self._place = self._last_place(entries)
        self._kept_place = ""
        self._pacing: Pacing | None = None
        # Each tab is a mode of Textual, with a stack of its own; it starts on `first`, else on the first tab.
        first = self._place.screen if self._place else first
        self.DEFAULT_MODE = next((one.id for one in entries if one.id == first), entries[0].id)  # type: ignore[misc]
        super().__init__()
        for entry in entries:
            self.add_mode(entry.id, partial(self._make, entry))
        self.title = "leadconsole"
        self.role = role
        self.remote = remote
        """Whether the person sits at the other end of a network, on a host that isn't hers."""
        self.animation_level = "none"
        for own in (*THEMES, COLOURLESS):
            self.register_theme(own)
        self._by_number = ByNumber()
        self.preferences = preferences
        theme = theme or (preferences.theme() if preferences else "")
        start = first_theme(theme, no_color=self.no_color, color_system=self.console.color_system)
        self.set_reactive(App.theme, start.name)
        # Now, before any sheet is parsed: later all of them would be parsed a second time.
        self.stylesheet.set_variables(self.get_css_variables())
        self.entries = list(entries)
        self.known = list(known or entries)
        """Every screen of the program: a keymap may name the commands of those too that aren't shown here."""
        self.where = where
        self._screens: dict[str, ConsoleScreen] = {}
        self.counts: dict[str, int] = {}
        self.said = Said()
        self.notice: Notice | None = None
        self.failures = Failures()
        self.registry = Registry((*APP_COMMANDS, *LIST_COMMANDS, *GRID_COMMANDS))
        self.registry.add(
            Command(f"app.screen-{entry.digit}", entry.title, entry.digit) for entry in self.entries if entry.digit
        )

    def get_css_variables(self) -> dict[str, str]:
        """Those of the theme, once that is chosen: Textual's own, which it would begin with, are never seen."""
        return super().get_css_variables() if hasattr(self, "preferences") else {}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every painted line goes through; the last one makes it short."""
        return (*super().get_line_filters(), self._by_number)

    # --- screens -------------------------------------------------------------------------------------------

    def make_screen(self, screen_class: type[ConsoleScreen]) -> ConsoleScreen:
        """An instance of a screen; override it to hand over what screens need."""
        return screen_class()

    def show_screen(self, screen_id: str) -> ConsoleScreen:
        """Show the screen with this id, made when it is first shown, kept afterwards."""
        if screen_id != self.current_mode:
            self.switch_mode(screen_id)
        return self._screens[screen_id]

    def _make(self, entry: ScreenEntry) -> ConsoleScreen:
        screen_class = entry.load()
        self.registry.add(screen_class.all_commands())
        screen = self._screens[entry.id] = self.make_screen(screen_class)
        if self._place is not None and self._place.screen == entry.id:
            place, self._place = self._place, None
            screen.call_after_refresh(places.go_back, screen, place)
        # Given now, or the first size would style and lay out everything a second time.
        screen.add_class(next(name for least, name in reversed(_WIDTHS) if self.size.width >= least), update=False)
        # It is new, so it has no older colours that all sheets would have to be parsed again for.
        screen._css_update_count = self._css_update_count
        return screen

    def on_open_subject(self, message: OpenSubject) -> None:
        message.stop()
        for entry in self.entries:
            if message.kind in entry.shows:
                screen = self.show_screen(entry.id)
                # One that was only made now has nothing to show the subject in before it stands.
                screen.call_later(screen.open_subject, message.kind, message.key)
                return
        self.say(_("No screen shows this yet"), "warning")

    # --- what is said --------------------------------------------------------------------------------------

    def say(self, text: str, tone: str = "", hint: str = "") -> None:
        """Put a sentence into the status line: what happened (`good`), what is in the way (`warning`)."""
        self.said = Said(text, tone, hint)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ConsoleScreen):
                self.show_lines(screen)
                return

    def set_count(self, screen_id: str, count: int) -> None:
        """Tell how much waits on a screen; its tab shows it."""
        if self.counts.get(screen_id, 0) != count:
            self.counts[screen_id] = count
            self.say(*self.said)

    def tell_all(self, notice: Notice | None) -> None:
        """Let a notice stand on every screen, or none."""
        self.notice = notice
        self.say(*self.said)

    def show_lines(self, screen: ConsoleScreen) -> None:
        """Fill the lines of a screen."""
        if not screen.query(KeyLine):
            return
        current = next((one for one, made in self._screens.items() if made is screen), "")
        screen.query_one(TabLine).show_tabs(self.entries, current, self.counts, self.where)
        screen.query_one(StatusLine).show_said(self.said)
        screen.show_notice(self.notice)
        screen.show_keys()

    # --- keys and commands ---------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.CursorPosition) and self._pacing is not None:
            self._pacing.answered()
        await super().on_event(event)

    async def action_command(self, command_id: str) -> None:
        """Run a command for the screen that is shown."""
        await self.run_command(command_id)

    async def run_command(self, command_id: str) -> None:
        """Run a command, or say why it can't be done now."""
        if command_id not in self.registry:
            return
        command = self.registry[command_id]
        screen = self.screen
        why = command.why_disabled(screen) if command.why_disabled else None
        if why:
            self.say(why, "warning")
            return
        if command_id.startswith("app.screen-"):
            digit = command_id.removeprefix("app.screen-")
            self.said = Said()  # it was about the screen that is left
            self.show_screen(next(entry.id for entry in self.entries if entry.digit == digit))
            return
        method = getattr(screen, command.method, None) or getattr(self, command.method, None)
        if method is None and isinstance(screen, ConsoleScreen):
            # It may wait for a dialog, so it must not hold up the messages of the app.
            self.turns.opens(
                screen.run_worker(getattr(screen.actions, command.method)(), group="dialog", exclusive=True)
            )
            return
        assert method is not None, command_id
        result = method()
        if isinstance(result, Worker):
            self.turns.opens(result)
        if inspect.isawaitable(result):
            await result
        if isinstance(screen, ConsoleScreen) and screen.is_attached:
            screen.show_lines()

    @work(exclusive=True, group="palette")
    async def do_app_palette(self) -> None:
        """Ask for a command and run it."""
        from leadconsole.console.palette import palette

        if isinstance(self.screen, ConsoleScreen):
            screen = self.screen
            chosen = await self.push_screen_wait(palette(self.registry, screen))
            if chosen is not None and chosen in self.registry:
                await self.run_command(chosen)
            elif chosen is not None:
                screen.run_worker(screen.run_more(chosen), group="dialog", exclusive=True)

    def do_app_help(self) -> None:
        """Show the keys of the screen."""
        from leadconsole.console.help import HelpDialog

        if isinstance(self.screen, ConsoleScreen):
            self.push_screen(HelpDialog(self.registry, self.screen, _("Keys and signs")))

    def do_app_rights(self) -> None:
        """Show who may what."""
        from leadconsole.console.dialogs.reading import ReadingDialog
        from leadconsole.console.rights import rights_texts

        self.push_screen(ReadingDialog(_("Who may what"), rights_texts(self.role)))

    def do_app_theme(self) -> None:
        """Take the next theme, and start with it from now on."""
        self.theme = next_theme(self.theme).name
        if self.preferences is None:
            return
        try:
            self.preferences.keep_theme(word_of(self.theme))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.say(_("The theme can't be kept for the next start: {reason}.").format(reason=reason), "warning")

    def do_app_back(self) -> bool:
        """Go back one step; False when there was none."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
            return True
        return isinstance(self.screen, ConsoleScreen) and self.screen.back()

    async def do_app_leave(self) -> None:
        """Go back one step, or quit."""
        if not self.do_app_back():
            await self.action_quit()

    async def do_app_quit(self) -> None:
        """Quit."""
        await self.action_quit()

    # --- the end -------------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Keep what is typed and quit."""
        self.leave()

    async def action_interrupt(self) -> None:
        """Ctrl+C copies where text is selected, as everywhere; else it quits."""
        selected = getattr(self.focused, "selected_text", "") or self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Textual's answer to Ctrl+C is not ours."""

    def leave(self, return_code: int = 0) -> None:
        """Keep all drafts and end the app; whose line dropped (a code of a signal) comes back to the same place."""
        self.save_drafts()
        self._keep_place(dropped=return_code > 0)
        self.exit(return_code=return_code)

    def save_drafts(self) -> None:
        """Have every open dialog keep what is typed; one that fails doesn't keep the others from it."""
        for screen in [screen for mode in self._screens for screen in self.get_screen_stack(mode)]:
            if isinstance(screen, HoldsDraft):
                try:
                    screen.save_draft()
                except Exception as error:
                    self.failures.log(error)

    def _last_place(self, entries: Sequence[ScreenEntry]) -> places.Place | None:
        place = places.last(self._place_store)
        return place if place and any(entry.id == place.screen for entry in entries) else None

    def _keep_place(self, *, dropped: bool) -> None:
        """Keep where the person is, or forget it; a desk that can't be written now costs no session."""
        try:
            if not dropped:
                self._place_store.drop()
            elif (now := places.of(self)) and now != self._kept_place:
                self._place_store.put(now)
                self._kept_place = now
        except Exception as error:
            self.failures.log(error)

    def _handle_exception(self, error: Exception) -> None:
        if not self.failures.survive(self, error):
            self.save_drafts()
            super()._handle_exception(error)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing in the console opens a browser: on a shared host that would be somebody else's."""

    def action_suspend_process(self) -> None:
        """A remote session has no shell to go back to."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Textual would write its picture into a folder of the host."""

    # --- after the first frame -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        catch_signals(self)
        if self.remote and not self.is_headless:
            from leadconsole.console.pacing import Pacing

            self._pacing = Pacing(self)

    def on_ready(self) -> None:
        if isinstance(self.screen, ConsoleScreen):
            self.screen.when_painted(self._settle)

    def _settle(self) -> None:
        # What the start has made stays for good; the collector, off until now, need never look at it.
        gc.freeze()
        gc.enable()
        if not self.remote:  # the keymap is a file of the host's user
            self._take_keymap()
        self._load_actions()
        self.begin_together()
        if self.remote:
            # A line that dies silently sends no signal for a minute; who comes back sooner finds this.
            self.set_interval(PLACE_SECONDS, lambda: self._keep_place(dropped=True))

    def begin_together(self) -> None:
        """Begin to look at what the others at the desk do; override it where there is a desk."""

    def comes_into_view(self, screen: ConsoleScreen) -> None:
        """A screen is seen again: let it hear what others wrote meanwhile; override it where there is a desk."""

    @work(exclusive=True, group="actions")
    async def _load_actions(self) -> None:
        """Import what the first frame did without, before the first key asks for it."""
        screen = self.screen
        if isinstance(screen, ConsoleScreen):
            await asyncio.to_thread(screen.load_actions)

    @work(exclusive=True, group="keymap")
    async def _take_keymap(self) -> None:
        """Take the user's keys, if there are any."""
        from leadconsole.console.keymap import keymap_path

        path = keymap_path()
        if os.path.lexists(path):  # a broken link is told too
            from leadconsole.console.own_keys import take

            await take(self, path)

    @work(exclusive=True, group="keymap")
    async def do_app_keymap(self) -> None:
        """Take keymap.toml again; where there is none, write one with all ids."""
        from leadconsole.console.own_keys import take_or_write

        await take_or_write(self)
