"""Substitutions with their handover sheets: read and acknowledged before, a brief of what happened after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import no_file
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.curation import sheets
from leadconsole.curation.progress import Substitution, substitutions
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.paper import paper
from leadconsole.curation.screen.view import Blocks
from leadconsole.curation.screen.what_if_text import span
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, NP_, _, pgettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

SHEETS = "sheets"
_STATES = {
    "planned": NP_("substitution", "planned"),
    "running": NP_("substitution", "runs"),
    "over": NP_("substitution", "over"),
}
_ORDER = {"running": 0, "planned": 1, "over": 2}


def _view(screen: CoverScreen) -> SheetsView:
    return cast("SheetsView", screen.view_of(SHEETS))


def _nothing(screen: CoverScreen) -> str | None:
    return _("There is no substitution under the cursor.") if _view(screen).selected is None else None


def _cant_read(screen: CoverScreen) -> str | None:
    if why := _nothing(screen):
        return why
    one: Substitution = _view(screen).selected
    if one.acknowledged is not None:
        return _("This sheet was acknowledged already.")
    if one.substitute != screen.desk.actor.login:
        return _("Only {login}, who stands in, can acknowledge this sheet.").format(login=one.substitute)
    return None


def _cant_write(screen: CoverScreen) -> str | None:
    if why := _nothing(screen):
        return why
    return None if screen.desk.actor.may(Capability.TRIAGE) else _("Your role only reads this.")


def _cant_end(screen: CoverScreen) -> str | None:
    if why := no_right(screen) or _nothing(screen):
        return why
    return _("It is over already.") if _view(screen).selected.state == "over" else None


def _cant_export(screen: CoverScreen) -> str | None:
    return _nothing(screen) or no_file(screen)


class SheetsView(ListView):
    """Who stands in for whom at which client."""

    NAME = SHEETS
    TITLE = NP_("view", "Sheets")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "sheets.acknowledge", N_("Acknowledge the sheet"), "y", SHEETS, why_disabled=_cant_read, priority=1,
            label=N_("I read it"), tooltip=N_("Says that you, who stand in, have read the sheet."),
        ),
        Command(
            "sheets.brief", N_("Sheet or brief"), "b", SHEETS, why_disabled=_nothing, priority=2,
            label=N_("sheet/brief"),
            tooltip=N_("Shows the handover sheet, or what has happened at the client since the first day."),
        ),
        Command(
            "sheets.edit", N_("Access and quirks"), "e", SHEETS, why_disabled=_cant_write, priority=3, label=N_("edit"),
            tooltip=N_("Writes down where systems and access are, history and quirks; they stay with the client."),
        ),
        Command(
            "sheets.export", N_("Write as Markdown"), "w", SHEETS, why_disabled=_cant_export, priority=6,
            label=N_("to a file"),
            tooltip=N_("Writes all sheets of this absence, or its briefs, to a Markdown file."),
        ),
        Command(
            "sheets.end", N_("End it early"), "x", SHEETS, why_disabled=_cant_end, dangerous=True,
            tooltip=N_("Ends the substitution yesterday, or takes it away if it hasn't begun."),
        ),
    )  # fmt: skip

    briefs = False
    """Whether the brief is shown of what isn't over, too."""

    def columns(self) -> Sequence[Column]:
        return [
            Column("sign", "", 1), Column("name", _("Client"), 16, flex=2),
            Column("who", _("Stands in"), 10, flex=1), Column("absent", _("Is away"), 9, flex=1),
            Column("days", _("Days"), 27), Column("state", _("State"), 8, keep=1),
        ]  # fmt: skip

    def read(self) -> Sequence[Substitution]:
        """All substitutions, those that run first."""
        return sorted(substitutions(self.desk), key=lambda one: (_ORDER[one.state], one.first, one.client_name))

    def row(self, item: Substitution) -> Row:
        state = pgettext("substitution", _STATES[item.state])
        sign, tone = ("✓", "good") if item.acknowledged is not None else ("!", "warning")
        over = item.state == "over"
        return Row(
            (item.client, item.absent, item.first),
            (
                Cell(" " if over and sign == "!" else sign, tone), item.client_name, item.substitute, item.absent,
                span(item.first, item.last), state,
            ),
            "dim" if over else "",
        )  # fmt: skip

    def empty_text(self) -> str:
        if self.part and self.items:
            return _("No substitution is like this.\nEsc shows all of them again.")
        return _("Nobody stands in for anybody.\nThe view What if makes a plan; approving it makes the sheets.")

    def card(self) -> Blocks | None:
        one: Substitution | None = self.selected
        if one is None:
            return None
        key = (one.client, one.absent, one.first)
        if self.briefs or one.state == "over":
            return lambda: paper(sheets.brief_markdown(sheets.brief(self.desk, *key)))
        return lambda: paper(sheets.markdown(sheets.sheet(self.desk, *key)))

    def note(self) -> tuple[str, str]:
        return self._note(self.items)

    def peek(self) -> tuple[str, str]:
        return self._note(self.read())

    def _note(self, items: Sequence[Any]) -> tuple[str, str]:
        """How many sheets wait to be read: by oneself, or by anybody for who plans."""
        mine = self.desk.actor.may(Capability.PLAN_COVER)
        waiting = sum(
            one.acknowledged is None and one.state != "over" and (mine or one.substitute == self.desk.actor.login)
            for one in items
        )
        return (str(waiting), "warning") if waiting else ("", "")
