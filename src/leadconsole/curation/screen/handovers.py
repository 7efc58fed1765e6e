"""Handovers of leading: who hands which client to whom, how far it has come, when it takes effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from leadconsole.console.registry import Command
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import words
from leadconsole.curation.progress import Handover, handovers
from leadconsole.curation.rules import STEPS
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.view import Blocks
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

HANDING = "handovers"
_STATES = {
    "running": NP_("handover", "runs"), "late": NP_("handover", "late"), "done": NP_("handover", "done"),
    "cancelled": NP_("handover", "called off"),
}  # fmt: skip


def _view(screen: CoverScreen) -> HandoversView:
    return cast("HandoversView", screen.view_of(HANDING))


def _nothing(screen: CoverScreen) -> str | None:
    return _("There is no handover under the cursor.") if _view(screen).selected is None else None


def _cant_tick(screen: CoverScreen) -> str | None:
    if why := _nothing(screen):
        return why
    if not screen.desk.actor.may(Capability.TRIAGE):
        return _("Your role only reads this.")
    return _("This handover was called off.") if _view(screen).selected.state == "cancelled" else None


def _cant_move(screen: CoverScreen) -> str | None:
    if why := no_right(screen) or _nothing(screen):
        return why
    if _view(screen).selected.state in ("done", "cancelled"):
        return _("This handover has ended.")
    return None


class HandoversView(ListView):
    """Every handover, what runs first."""

    NAME = HANDING
    TITLE = NP_("view", "Handovers")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "handovers.begin", N_("Begin a handover"), "c", HANDING, why_disabled=no_right, priority=2,
            label=N_("begin"), tooltip=N_("Hands a client over from who leads it to somebody else, on a day."),
        ),
        Command(
            "handovers.tick", N_("Tick the next step off"), "y", HANDING, why_disabled=_cant_tick, priority=1,
            label=N_("next step done"),
            tooltip=N_("Introduction, access, open work, quirks, done: one after the other."),
        ),
        Command(
            "handovers.step", N_("Choose a step"), "s", HANDING, why_disabled=_cant_tick, priority=3, label=N_("step"),
            tooltip=N_("Ticks any step off, or opens it again."),
        ),
        Command(
            "handovers.move", N_("Another day"), "e", HANDING, why_disabled=_cant_move, priority=5, label=N_("day"),
            tooltip=N_("Lets the handover take effect on another day."),
        ),
        Command(
            "handovers.cancel", N_("Call it off"), "x", HANDING, why_disabled=_cant_move, dangerous=True,
            tooltip=N_("Calls the handover off: whoever leads the client goes on."),
        ),
        Command(
            "handovers.person", N_("Handovers of a person"), "p", HANDING, priority=6, label=N_("person"),
            tooltip=N_("Shows what one person gives and takes, and how far that has come."),
        ),
    )  # fmt: skip

    login = ""
    """The person whose handovers are shown; empty: all."""

    def columns(self) -> Sequence[Column]:
        return [
            Column("sign", "", 1), Column("name", _("Client"), 16, flex=2),
            Column("people", _("From whom to whom"), 19, flex=1), Column("steps", _("Steps"), 5),
            Column("day", _("Takes effect"), 12), Column("left", _("Days"), 5, align="right"),
            Column("state", _("State"), 10, keep=1),
        ]  # fmt: skip

    def read(self) -> Sequence[Handover]:
        """All, or those of a person."""
        return handovers(self.desk, self.login)

    def row(self, item: Handover) -> Row:
        sign, tone = {"late": ("!", "danger"), "running": ("→", "")}.get(item.state, ("✓", "good"))
        sign = "–" if item.state == "cancelled" else sign
        over = item.state in ("done", "cancelled")
        return Row(
            (item.client, item.begun),
            (
                Cell(sign, tone), item.client_name, f"{item.giver} → {item.taker}", bar(item),
                words.day(item.effective), "" if over else str(item.days_left),
                pgettext("handover", _STATES[item.state]),
            ),
            "dim" if over else "",
        )  # fmt: skip

    def empty_text(self) -> str:
        if (self.part and self.items) or self.login:
            return _("No handover is like this.\nEsc shows all of them again.")
        told = _("No client is being handed over.")
        if no_right(self.cover) is None:
            told += "\n" + _("{key} begins a handover of leading, with steps and a day.").format(
                key=self.cover.key_of("handovers.begin")
            )
        return told

    def card(self) -> Blocks | None:
        one: Handover | None = self.selected
        return None if one is None else lambda: blocks(one)

    def narrowed(self) -> list[str]:
        running = [one for one in self.items if one.state in ("running", "late")]
        told = [self.login] if self.login else []
        if self.login and running:
            done, all_steps = sum(one.done_steps for one in running), len(running) * len(STEPS)
            told.append(_("{done} of {all} steps").format(done=done, all=all_steps))
        return [*told, *super().narrowed()]

    def clear(self) -> bool:
        if not self.login:
            return super().clear()
        self.login = ""
        self.refresh_view()
        return True

    def note(self) -> tuple[str, str]:
        return _note(self.items)

    def peek(self) -> tuple[str, str]:
        return _note(handovers(self.desk))


def _note(items: Sequence[Any]) -> tuple[str, str]:
    running = sum(one.state in ("running", "late") for one in items)
    late = any(one.state == "late" for one in items)
    return (str(running), "danger" if late else "") if running else ("", "")


def bar(one: Handover) -> str:
    """The steps as boxes, full ones done."""
    return "".join("■" if one.steps[step] else "□" for step in STEPS)


def blocks(one: Handover) -> list[Block]:
    """A handover as text: who, when, and each step with its day."""
    told = [
        Block((Piece(one.client_name, "bold"), Piece(f"  {one.client}", "accent"))),
        block(f"{one.giver} → {one.taker}"),
        block(_("Begun on {day}").format(day=words.day(one.begun)), "dim"),
        block(),
    ]
    effect = _("{taker} leads from {day} on").format(taker=one.taker, day=words.day(one.effective))
    if one.state in ("running", "late"):
        left = abs(one.days_left)
        when = (
            ngettext("in {n} day", "in {n} days", left) if one.days_left > 0
            else ngettext("since {n} day", "since {n} days", left)
        ).format(n=left)  # fmt: skip
        effect += f" ({when})"
    told.append(block(effect, "accent"))
    if one.state == "late":
        told.append(block("! " + _("It has taken effect although steps are missing."), "danger"))
    told.append(block())
    for number, step in enumerate(STEPS, 1):
        day = one.steps[step]
        done = f"  {words.day(day)}" if day else ""
        told.append(Block((Piece(f"{'■' if day else '□'} {number} {words.step(step)}"), Piece(done, "dim")), 4))
    return told
