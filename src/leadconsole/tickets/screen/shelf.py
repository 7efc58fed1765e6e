"""The keys of canned texts and macros: put one in, run one, write one down, change it, throw it away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.screen import More
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import N_, _, ngettext
from leadconsole.kernel.text import first_line
from leadconsole.tickets import macros, shelves
from leadconsole.tickets.screen import shelf_forms
from leadconsole.tickets.screen.asking import Asking, touches
from leadconsole.tickets.shelves import MACROS, TEXTS

_NEW = -1
_TOLD = 6
"""So much of what a macro leaves out is told one by one."""
_MACRO = "macro:"
_TITLES = {TEXTS: N_("Ready texts"), MACROS: N_("Macros")}
_NEW_TITLES = {TEXTS: N_("A new text"), MACROS: N_("A new macro")}
_FORMS: Mapping[str, Callable[[Asking, Entry | None], list[Field]]] = {
    TEXTS: shelf_forms.text_fields,
    MACROS: shelf_forms.macro_fields,
}


class Shelf(Asking):
    """The `do_…` methods of these keys."""

    # --- macros ---------------------------------------------------------------------------------------------------

    async def do_ticket_macro(self) -> None:
        """Choose a macro and run it on the ticket, or on all that are marked."""
        found = await asyncio.to_thread(shelves.kept, self.desk, MACROS)
        if not found:
            key = self.queue.key_of("queue.macros")
            self.console.say(_("There are no macros yet; {key} writes one.").format(key=key), "warning")
            return
        options = [
            Option(place, one.key[1], note="; ".join(macros.told(one)), disabled=self._why(one))
            for place, one in enumerate(found)
        ]
        title = self.titled(_("Which macro for ticket {number}?").format(number=self.row().number))
        chosen = await self.console.push_screen_wait(Choice(title, options))
        if chosen is not None:
            await self._run(found[chosen])

    def palette_macros(self) -> list[More]:
        """The macros as the palette offers them."""
        return [
            More(f"{_MACRO}{place}:{one.key[1]}", _("Macro: {name}").format(name=one.key[1]), why=self._why(one))
            for place, one in enumerate(shelves.kept(self.desk, MACROS))
        ]

    async def run_macro(self, more_id: str) -> None:
        """Run the macro that was chosen in the palette."""
        place, _colon, name = more_id.removeprefix(_MACRO).partition(":")
        found = await asyncio.to_thread(shelves.kept, self.desk, MACROS)
        if int(place) < len(found) and found[int(place)].key[1] == name:
            await self._run(found[int(place)])
        else:
            self.console.say(_("That macro was changed meanwhile; choose again."), "warning")

    def _why(self, macro: Entry) -> str:
        try:
            macros.require_people(self.desk, macro)
        except Refused as refusal:
            return refusal.message
        return ""

    async def _run(self, macro: Entry) -> None:
        """Say what a macro will touch and what it can't, and run it."""
        marked = self.queue.marked
        row = self.row()
        numbers = marked or [row.number]
        seen = None if marked else {row.number: row.version}
        try:
            trial = await asyncio.to_thread(macros.run, self.desk, macro, numbers, seen=seen, dry_run=True)
            if not trial.bulk.done:
                self.console.say(trial.bulk.refused[0][1], "warning")
                return
            told = [*(f"· {part}" for part in macros.told(macro)), "", *touches(trial.bulk), *_left_out(trial)]
            title = _("Macro «{name}»").format(name=macro.key[1])
            if not await self.console.push_screen_wait(Confirm(title, touches=told)):
                self.console.say(_("Nothing was changed."))
                return
            ran = await asyncio.to_thread(macros.run, self.desk, macro, numbers, seen=seen)
        except Refused as refusal:
            self.console.say(refusal.message, "warning")
            return
        if not ran.bulk.done:
            self.console.say(ran.bulk.refused[0][1], "warning")
            return
        if marked:
            self.queue.table.set_marks(set())
        n = len(ran.bulk.done)
        done = ngettext("Macro «{name}»: {n} ticket.", "Macro «{name}»: {n} tickets.", n)
        self.steps.done(done.format(name=macro.key[1], n=n))

    # --- what is kept -----------------------------------------------------------------------------------------------

    async def do_queue_macros(self) -> None:
        """List the macros, to write one down or change it."""
        await self._keep(MACROS)

    async def do_queue_texts(self) -> None:
        """List the canned texts, to write one down or change it."""
        await self._keep(TEXTS)

    async def _keep(self, file: str) -> None:
        found = await asyncio.to_thread(shelves.kept, self.desk, file)
        options = [Option(_NEW, f"+ {_(_NEW_TITLES[file])}")]
        for place, one in enumerate(found):
            told = first_line(one["text"]) if file == TEXTS else "; ".join(macros.told(one))
            options.append(Option(place, f"{one.key[1]} ({shelf_forms.whose(one)})", note=told))
        chosen = await self.console.push_screen_wait(Choice(_(_TITLES[file]), options))
        if chosen is None:
            return
        shown = None if chosen == _NEW else found[chosen]
        if shown is not None:
            what = await self.console.push_screen_wait(
                Choice(
                    shelf_forms.name(file, shown),
                    [Option("change", _("change it"), "e"), Option("discard", _("throw it away"), "x")],
                )
            )
            if what is None:
                return
            if what == "discard":
                done = _("{name} is thrown away.").format(name=shelf_forms.name(file, shown))
                await self.steps.run(lambda: shelves.discard(self.desk, file, shown), done)
                return
        await self._write(file, shown)

    async def _write(self, file: str, shown: Entry | None) -> None:
        async def submit(values: Values) -> None:
            cells = {name: str(value) for name, value in values.items()}
            await asyncio.to_thread(shelves.keep, self.desk, file, cells, shown)

        title = shelf_forms.name(file, shown) if shown else _(_NEW_TITLES[file])
        dialog = Form(
            title,
            _FORMS[file](self, shown),
            submit=submit,
            drafts=self.console.drafts,
            draft_key=f"{file}:{','.join(shown.key) if shown else ''}",
        )
        if file == MACROS:
            dialog.ready_texts = self.ready_text(None)
        values = await self.console.push_screen_wait(dialog)
        if values is not None:
            self.steps.done(_("«{name}» is kept.").format(name=values["name"]))


def _left_out(ran: macros.Ran) -> list[str]:
    """What a macro leaves out because it is so already, for the first few tickets."""
    told = [
        f"  {number}: {why}" for number, left_out in ran.skipped.items() if number in ran.bulk.done for why in left_out
    ]
    return [_("Left out, because it is so already:"), *told[:_TOLD], *(["  …"] if told[_TOLD:] else [])] if told else []
