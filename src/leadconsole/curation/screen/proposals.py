"""Levels that the tickets speak for: confirmed one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from leadconsole.console.registry import Command
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.rows import Row
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import words
from leadconsole.curation.proposing import Proposal, proposals, rules_in_words
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.view import Blocks
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, NP_, _, pgettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

PROPOSALS = "proposals"


def _nothing(screen: CoverScreen) -> str | None:
    view = cast("ProposalsView", screen.view_of(PROPOSALS))
    return None if view.chosen else _("There is no proposal under the cursor.")


def _cant_confirm(screen: CoverScreen) -> str | None:
    return no_right(screen) or _nothing(screen)


class ProposalsView(ListView):
    """Every proposal, by client."""

    NAME = PROPOSALS
    TITLE = NP_("view", "Proposals")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "proposals.confirm", N_("Confirm"), "y", PROPOSALS, why_disabled=_cant_confirm, priority=1,
            label=N_("confirm"), tooltip=N_("Sets the proposed level from today on; of all marked ones in one step."),
        ),
        Command(
            "proposals.mark", N_("Mark"), "v", PROPOSALS, why_disabled=_nothing, priority=2, label=N_("mark"),
            tooltip=N_("Marks the proposal and goes down."),
        ),
        Command(
            "proposals.mark-all", N_("Mark all"), "V", PROPOSALS, priority=3, label=N_("all"),
            tooltip=N_("Marks all proposals that are shown, or none."),
        ),
    )  # fmt: skip

    def columns(self) -> Sequence[Column]:
        return [
            Column("client", _("Client"), 14, flex=1), Column("login", _("Who"), 10),
            Column("level", _("Proposed"), 22), Column("because", _("Because"), 24, flex=2),
        ]  # fmt: skip

    def read(self) -> Sequence[Proposal]:
        """All proposals."""
        return proposals(self.desk)

    def row(self, item: Proposal) -> Row:
        return Row((item.client, item.login), (item.client_name, item.login, step(item), item.because))

    def empty_text(self) -> str:
        if self.part and self.items:
            return _("No proposal is like this.\nEsc shows all of them again.")
        return _("The tickets speak for no other level than the matrix has.")

    def card(self) -> Blocks | None:
        one: Proposal | None = self.selected
        return lambda: _blocks(one)

    def note(self) -> tuple[str, str]:
        return (str(len(self.items)), "") if self.items else ("", "")


def step(one: Proposal) -> str:
    """From the present level to the proposed one."""
    present = words.level(one.present) if one.present else pgettext("level", "nothing")
    sign = words.SIGNS[one.present] if one.present else "·"
    return f"{sign} {present} → {words.SIGNS[one.level]} {words.level(one.level)}"


def _blocks(one: Proposal | None) -> list[Block]:
    told: list[Block] = []
    if one is not None:
        share = formats.percent(one.contact.share)
        told += [
            Block((Piece(one.login, "bold"), Piece(f"  {one.client_name}", "accent"))),
            block(step(one)),
            block(f"{one.because}, {share}"),
            block(),
        ]
    told.append(block(_("What is proposed when"), "dim"))
    return [*told, *(block(f"- {rule}", indent=2) for rule in rules_in_words())]
