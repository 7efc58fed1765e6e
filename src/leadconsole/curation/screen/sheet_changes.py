"""What the keys of the handover sheets change and write."""

from __future__ import annotations

from typing import cast

from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import approving, sheets, words
from leadconsole.curation.progress import Substitution
from leadconsole.curation.screen.asking import Asking
from leadconsole.curation.screen.sheets import SHEETS, SheetsView
from leadconsole.curation.screen.what_if_text import span
from leadconsole.kernel.i18n import _


class SheetChanges(Asking):
    """The `do_sheets_…` methods."""

    @property
    def sheets(self) -> SheetsView:
        """The view."""
        return cast("SheetsView", self.screen.view_of(SHEETS))

    def _one(self) -> Substitution:
        return cast("Substitution", self.sheets.selected)  # the command's guard has seen to it

    async def do_sheets_acknowledge(self) -> None:
        """Say that the sheet was read."""
        one = self._one()
        await self.steps.run(
            lambda: approving.acknowledge(self.desk, one.client, one.absent, one.first),
            _("You have read the sheet of {client}.").format(client=one.client_name),
        )

    async def do_sheets_brief(self) -> None:
        """The brief instead of the sheet, or back."""
        self.sheets.briefs = not self.sheets.briefs
        self.sheets.follow()

    async def do_sheets_edit(self) -> None:
        """Write down what whoever takes the client over must know."""
        one = self._one()
        sheet = await self.off(lambda: sheets.sheet(self.desk, one.client, one.absent, one.first))
        fields = [
            Field("access", words.column("access"), "lines", sheet.access or ""),
            Field("quirks", words.column("quirks"), "lines", sheet.quirks or ""),
        ]

        def write(values: Values) -> None:
            approving.set_sheet(self.desk, one.client, values["access"], values["quirks"])

        if await self.fill_in(one.client_name, fields, write, f"cover.sheet:{one.client}") is not None:
            self.steps.done(_("{what} is changed.").format(what=one.client_name))

    async def do_sheets_export(self) -> None:
        """Write all sheets of the absence, or its briefs, to a file."""
        one = self._one()
        brief = self.sheets.briefs or one.state == "over"

        def made() -> bytes:
            if brief:
                return sheets.briefs_markdown(self.desk, one.absent).encode()
            return sheets.sheets_markdown(self.desk, one.absent, one.first).encode()

        told = _("Write what happened while {login} was away to which file?") if brief else _(
            "Write the handover sheets of {login} to which file?"
        )  # fmt: skip
        name = f"{'brief' if brief else 'handover'}-{one.absent}-{one.first}.md"
        await self.to_file(told.format(login=one.absent), name, made)

    async def do_sheets_end(self) -> None:
        """End the substitution, after a question."""
        one = self._one()
        touches = [
            _("{login} stands in for {absent}, {days}").format(
                login=one.substitute, absent=one.absent, days=span(one.first, one.last)
            ),
            _("Yesterday was its last day then; one that hasn't begun goes altogether."),
        ]
        done = await self.confirm(
            _("End this substitution of {client}?").format(client=one.client_name), touches,
            lambda: approving.end_substitution(self.desk, one.client, one.absent, one.first), dangerous=True,
        )  # fmt: skip
        if done:
            self.steps.done(_("The substitution is ended."))
