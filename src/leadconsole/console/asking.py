"""What the `do_…` methods of screens share: ask in a dialog, run a command off the loop, say what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.steps import Steps, WorkScreen
from leadconsole.kernel import formats, host_files
from leadconsole.kernel.i18n import N_, _, language
from leadconsole.kernel.new_file import write_new
from leadconsole.kernel.period import parse_date

DATE_HINT = N_("Such as 31.12.2026 or 2026-12-31.")


class Asking:
    """A base of the classes with `do_…` methods of a screen whose undo is `<scope>.undo`."""

    def __init__(self, screen: WorkScreen, scope: str) -> None:
        self.console = screen.console
        self.desk = screen.desk
        self.steps = Steps(screen, scope)

    async def choose(self, title: str, options: Sequence[Option[Any]], current: Any = None) -> Any:
        """Let the person choose; None if nothing was."""
        return await self.console.push_screen_wait(Choice(title, options, current=current))

    async def confirm(
        self, title: str, touches: Sequence[str], write: Callable[[], object], *, dangerous: bool = False
    ) -> bool:
        """Say what a command does, run it on yes; a refusal is told in the dialog. Whether it was done."""

        async def submit(_yes: bool) -> None:
            await asyncio.to_thread(write)

        dialog = Confirm(title, touches=touches, dangerous=dangerous, submit=submit)
        return await self.console.push_screen_wait(dialog) is True

    async def fill_in(
        self, title: str, fields: Sequence[Field], write: Callable[[Values], object], draft: str = ""
    ) -> Values | None:
        """Ask for several things and run a command with them; None when it was given up."""

        async def submit(values: Values) -> None:
            await asyncio.to_thread(write, values)

        dialog = Form(title, fields, submit=submit, drafts=self.console.drafts, draft_key=draft)
        return await self.console.push_screen_wait(dialog)

    async def to_file(self, title: str, name: str, made: Callable[[], bytes]) -> None:
        """Ask for a name and write a paper to a new file."""

        def write(typed: str) -> None:
            write_new(host_files.named(typed), made())

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(write, typed.text)

        hint = _("A file that is there stays.")
        typed = await self.console.push_screen_wait(Prompt(title, text=name, hint=hint, submit=submit))
        if typed is not None:
            self.console.say(_("It is in {path}.").format(path=typed.text.strip()), "good")


def date_field(name: str, label: str, iso: str, *, required: bool = True, hint: str = "") -> Field:
    """A day as the language in use writes it in figures; what is saved is ISO."""
    value = iso if not iso or language() == "en" else formats.day(parse_date(iso))
    return Field(name, label, value=value, required=required, hint=hint, parse=_iso, max_length=20)


def day_field(name: str, label: str, iso: str, *, required: bool = True, hint: str = "") -> Field:
    """A day whose hint says how days are written unless there is a better one."""
    return date_field(name, label, iso, required=required, hint=hint or _(DATE_HINT))


def _iso(text: str) -> str:
    return parse_date(text).isoformat() if text else ""


def stored_choice(name: str, label: str, stored: str, offered: Iterable[tuple[str, str]], hint: str = "") -> Field:
    """A choice that always offers what is stored, too, so that saving changes nothing by itself."""
    options = options_of(offered)
    if stored and all(option.value != stored for option in options):
        options.append(Option(stored, stored))
    return Field(name, label, "choice", stored, hint=hint, options=options)


def options_of(pairs: Iterable[tuple[str, str]]) -> list[Option[str]]:
    """Options by value and label."""
    return [Option(value, label) for value, label in pairs]
