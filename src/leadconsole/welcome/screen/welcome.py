"""The first run as a screen: the answers above, the three ways to begin below."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Input, Static

from leadconsole.console.dialogs.base import Dialog, plain
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.pick_field import PickField
from leadconsole.console.key_names import shown_key
from leadconsole.console.registry import Command
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import Cell, ListSource, Row
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.errors import LeadconsoleError, Refused
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.text import clean_text
from leadconsole.welcome import rules
from leadconsole.welcome.screen.keys import WELCOME_COMMANDS

if TYPE_CHECKING:
    from leadconsole.welcome.screen.app import WelcomeApp

_LANGUAGES = {"en": "English", "ru": "Русский", "uk": "Українська"}
_COUNTRIES = {"": N_("not counted"), "RU": N_("Russia"), "UA": N_("Ukraine")}


class WelcomeScreen(ConsoleScreen):
    """Asks who leads and how the desk begins; nothing is written before that is chosen."""

    CSS_PATH = Path(__file__).with_name("welcome.tcss")
    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = WELCOME_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, path: Path, clock: Clock, answers: rules.Answers) -> None:
        super().__init__()
        self.path = path
        self.clock = clock
        self.answers = answers
        self.busy = False
        # What was proposed follows what it was proposed from, until the person writes something else.
        self._proposed_login = answers.login
        self._proposed_country = answers.country
        self._guessed_zone = ""

    @property
    def typing(self) -> bool:
        """Whether letters are text now."""
        return isinstance(self.focused, Input)

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        with VerticalScroll(id="welcome", can_focus=False):
            yield plain(_("There is no desk on this machine yet."), classes="text heading -first")
            yield plain(
                _(
                    "Say who leads it, then choose how it begins. Nothing is written before that; "
                    "Esc leaves without a trace."
                )
            )
            yield from self._fields()
            yield plain(_("How does it begin?"), classes="text heading")
            yield RowTable([Column("key", "", 1), Column("what", "", 24), Column("note", "", 16, flex=1)], header=False)
            yield plain("", id="error-ways", classes="error -wide")
            yield plain(_("Tab ↑ ↓: next field   ← →: another value   Enter: choose"), classes="text quiet")

    def _fields(self) -> Iterable[Widget]:
        now = self.answers
        languages = [Option(code, name) for code, name in _LANGUAGES.items()]
        countries = [Option(code, _(name)) for code, name in _COUNTRIES.items()]
        hours = [
            Option(True, _("Monday to Friday 9:00 to 18:00, lunch from 13:00")),
            Option(False, _("around the clock")),
        ]
        fields: tuple[tuple[str, Widget], ...] = (
            (_("Language"), PickField(_("Language"), languages, now.language, id="field-language")),
            (_("Your name"), _input("name", now.name)),
            (_("Login"), _input("login", now.login)),
            (_("Time zone"), _input("timezone", now.timezone)),
            (_("Public holidays"), PickField(_("Public holidays"), countries, now.country, id="field-country")),
            (_("Working hours"), PickField(_("Working hours"), hours, now.office, id="field-office")),
        )
        for place, (label, widget) in enumerate(fields):
            yield Horizontal(plain(label, classes="label"), widget, classes="row" if place else "row -first")
            yield plain("", id=f"error-{(widget.id or '').removeprefix('field-')}", classes="error")

    def on_mount(self) -> None:
        super().on_mount()
        self._show_ways()
        self.query_one("#field-name").focus()

    def _show_ways(self) -> None:
        notes = (
            _("a made-up team; it is gone when you leave"),
            _("people, clients, tickets from a folder or a file"),
            _("the queue says step by step what is missing"),
        )
        registry = self.console.registry
        rows = []
        for command, note in zip(self.SCREEN_COMMANDS, notes, strict=True):
            key = shown_key(next(iter(registry.keys(command)), ""))
            rows.append(Row(command.id, (Cell(key, "accent"), _(command.title), Cell(note, "dim"))))
        self.query_one(RowTable).set_source(ListSource(rows))

    def keys_changed(self) -> None:
        """The list names the keys too."""
        super().keys_changed()
        self._show_ways()

    # --- what is answered ------------------------------------------------------------------------------------

    def _take_answers(self) -> rules.Answers:
        def typed(name: str) -> str:
            return self.query_one(f"#field-{name}", Input).value

        def picked(name: str) -> Any:
            return self.query_one(f"#field-{name}", PickField).value

        self.answers = rules.Answers(
            typed("name"), typed("login"), picked("language"), typed("timezone"), picked("country"), picked("office")
        )
        return self.answers

    def on_input_changed(self, event: Input.Changed) -> None:
        """The login follows the name, the country the time zone."""
        event.stop()
        if event.input.id == "field-name":
            login = self.query_one("#field-login", Input)
            if login.value == self._proposed_login:
                login.value = self._proposed_login = rules.proposed_login(event.value)
                login.cursor_position = len(login.value)
        elif event.input.id == "field-timezone":
            country = self.query_one("#field-country", PickField)
            if country.value == self._proposed_country:
                self._proposed_country = rules.proposed_country(event.value, "")
                country.value = self._proposed_country
                country.refresh()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    async def on_pick_field_changed(self, event: PickField.Changed) -> None:
        """Another language: say everything again in it."""
        event.stop()
        if event.field.id == "field-language":
            i18n.use(event.field.value)
            self._follow_language(self._take_answers())
            await self.recompose()
            self._show_ways()
            self.show_lines()
            self.query_one("#field-language").focus()

    def _follow_language(self, answers: rules.Answers) -> None:
        """A machine that doesn't say where it stands is where most people speak so."""
        if answers.timezone in ("UTC", self._guessed_zone):
            zone = self._guessed_zone = rules.proposed_zone("", answers.language)
            self.answers = answers._replace(timezone=zone)
            if answers.country == self._proposed_country:
                self._proposed_country = rules.proposed_country(zone, "")
                self.answers = self.answers._replace(country=self._proposed_country)

    def on_descendant_focus(self) -> None:
        try:
            self.show_keys()
        except NoMatches:  # while the texts are made anew
            return

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        event.stop()
        self.run_worker(self.console.run_command(cast("str", event.key)))

    def _checked(self) -> rules.Answers | None:
        """The answers, or None once it is told what is wrong with one."""
        for line in self.query(".error"):
            line.remove_class("-shown")
        try:
            return rules.checked(self._take_answers())
        except Refused as refusal:
            self._show_error(refusal.message, refusal.field or "ways")
            return None

    def _show_error(self, message: str, field: str) -> None:
        line = self.query_one(f"#error-{field}", Static)
        line.update(clean_text(message))
        line.add_class("-shown")
        for widget in self.query(f"#field-{field}"):
            widget.focus()
        self.call_after_refresh(line.scroll_visible, animate=False)

    # --- how it begins ----------------------------------------------------------------------------------------

    @property
    def _app(self) -> WelcomeApp:
        return cast("WelcomeApp", self.app)

    def do_welcome_demo(self) -> None:
        """Leave for the demo."""
        self._app.finish("demo")

    @work(exclusive=True, group="begin")
    async def do_welcome_import(self) -> None:
        """Ask for the files, load them, and leave for the desk."""
        from leadconsole.welcome.screen.import_dialog import ImportDialog

        answers = self._checked()
        if answers is None:
            return
        dialog: Dialog[bool] = ImportDialog(self.path, self.clock, answers)
        if await self.app.push_screen_wait(dialog):
            self._app.finish("desk")

    @work(group="begin")
    async def do_welcome_empty(self) -> None:
        """Make the desk and leave for it."""
        from leadconsole.welcome.founding import found_empty

        answers = self._checked()
        if answers is None:
            return
        self.busy = True
        self.console.say(_("The desk is being made."))
        try:
            await asyncio.to_thread(partial(found_empty, self.path, self.clock, answers))
        except LeadconsoleError as error:
            self.busy = False
            self.console.say("")
            self._show_error(error.message, "ways")
        else:
            self._app.finish("desk")

    def back(self) -> bool:
        """Esc: leave without a trace; a desk that is being made is finished first."""
        if not self.busy:
            self.console.leave()
        return True


def _input(name: str, value: str) -> Input:
    line = Input(value, id=f"field-{name}", compact=True, select_on_focus=False, max_length=120)
    line.cursor_blink = False
    return line
