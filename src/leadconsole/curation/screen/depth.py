"""The depth plan: whom to teach which client so that every client survives an absence, and that fewer can't do."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation.deepening import DepthPair, DepthPlan, depth_plan
from leadconsole.curation.rules import SAFE_DEPTH
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.view import Blocks
from leadconsole.kernel.errors import Cancelled
from leadconsole.kernel.i18n import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

DEPTH = "depth"


def _view(screen: CoverScreen) -> DepthView:
    return cast("DepthView", screen.view_of(DEPTH))


def _nothing(screen: CoverScreen) -> str | None:
    return None if _view(screen).chosen else _("There is nobody to teach under the cursor.")


def _cant_teach(screen: CoverScreen) -> str | None:
    return no_right(screen) or _nothing(screen)


class DepthView(ListView):
    """Pairs of client and person to add."""

    NAME = DEPTH
    TITLE = NP_("view", "Depth")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "depth.depth", N_("Another depth"), "d", DEPTH, priority=1, label=N_("depth"),
            tooltip=N_("How many people shall cover every client; two survive any one absence."),
        ),
        Command(
            "depth.mark", N_("Mark"), "v", DEPTH, why_disabled=_nothing, priority=3, label=N_("mark"),
            tooltip=N_("Marks the pair and goes down."),
        ),
        Command("depth.mark-all", N_("Mark all"), "V", DEPTH, tooltip=N_("Marks all pairs that are shown, or none.")),
        Command(
            "depth.teach", N_("Make learning tasks"), "c", DEPTH, why_disabled=_cant_teach, priority=2,
            label=N_("learning tasks"),
            tooltip=N_("Makes the marked pairs, or the one at the cursor, tasks with a due day."),
        ),
    )  # fmt: skip

    depth = SAFE_DEPTH
    plan: DepthPlan | None = None
    _stop = threading.Event()
    counting = False

    def head(self) -> Iterable[Widget]:
        yield Line(id="depth-told")

    def columns(self) -> Sequence[Column]:
        return [
            Column("sign", "", 1), Column("client", _("Client"), 14, flex=1),
            Column("who", _("Who learns it"), 12, flex=1), Column("because", _("Because"), 24, flex=3),
        ]  # fmt: skip

    def read(self) -> DepthPlan | None:
        """The plan, or None when it was stopped."""
        self._stop.set()
        self._stop = stop = threading.Event()
        self.counting = True
        self.app.call_from_thread(self._show_head)
        try:
            return depth_plan(self.desk, self.depth, stop.is_set)
        except Cancelled:
            return None

    def take(self, answer: Any) -> None:
        self.counting = False
        self.plan = answer if answer is not None else self.plan
        self.items = () if self.plan is None else self.plan.pairs
        self._show_head()
        self.show_items()

    def failed(self, error: Exception) -> None:
        self.counting = False
        self._show_head()

    def _show_head(self) -> None:
        line = self.query_one("#depth-told", Line)
        if self.counting:
            line.show(
                [Piece(" " + _("counting depth {n}…").format(n=self.depth), "accent")],
                [Piece(_("Esc stops") + " ", "dim")],
            )
        elif self.plan is not None:
            line.show([Piece(" " + _told(self.plan), "bold")])
        else:
            line.show([Piece(" " + _("The plan was stopped."), "warning")])

    def want(self, depth: int) -> None:
        """Count the plan for another depth."""
        self.depth = depth
        self.plan = None
        self.table.set_marks(set())
        self.refresh_view()

    def row(self, item: DepthPair) -> Row:
        sign = Cell("◌", "accent") if item.learning else ""
        return Row((item.client, item.login), (sign, item.client_name, item.login, item.because))

    def empty_text(self) -> str:
        if self.counting:
            return ""
        if self.plan is None:
            return _("{key} counts a plan.").format(key=self.cover.key_of("depth.depth"))
        if self.part and self.items:
            return _("No client is like this.\nEsc shows all of them again.")
        if self.plan.impossible:
            return _("Nobody is left who could learn these clients; the text beside names them.")
        return _("Every active client is covered by so many already.")

    def card(self) -> Blocks | None:
        plan, pair = self.plan, self.selected
        return None if plan is None else lambda: list(_blocks(plan, pair))

    def clear(self) -> bool:
        if self.counting:
            self._stop.set()
            return True
        return super().clear()

    def note(self) -> tuple[str, str]:
        return (f"+{self.plan.missing}", "") if self.plan is not None and self.plan.missing else ("", "")

    def on_unmount(self) -> None:
        """The screen ends: so does the search."""
        self._stop.set()


def _told(plan: DepthPlan) -> str:
    pairs = ngettext("{n} pair is missing", "{n} pairs are missing", plan.missing).format(n=plan.missing)
    return _("Depth {depth}: {pairs}.").format(depth=plan.depth, pairs=pairs)


def _blocks(plan: DepthPlan, pair: DepthPair | None) -> Iterator[Block]:
    if pair is not None:
        yield Block((Piece(pair.client_name, "bold"), Piece(f" ← {pair.login}", "accent")))
        yield block(pair.because)
        yield block()
    yield block(plan.proof, "good")
    if plan.impossible:
        yield block()
        yield block(_("Can't come so deep"), "danger")
        for one in plan.impossible:
            told = _("{client}: {have} cover it, {possible} more could").format(
                client=one.client_name, have=one.have, possible=one.possible
            )
            yield block(told, indent=2)
    if plan.single_points:
        yield block()
        yield block(_("Single points of failure"), "warning")
        for point in plan.single_points:
            count = ngettext("{n} client", "{n} clients", len(point.clients)).format(n=len(point.clients))
            yield Block((Piece(point.login, "accent"), Piece(f" ({count}): {', '.join(point.names)}")), 2)
    yield block()
    yield block(_("Clients covered, now → with the plan"), "dim")
    for login, (now, after) in plan.load.items():
        yield Block((Piece(f"{login}: ", "dim"), Piece(f"{now} → {after}", "" if now == after else "accent")), 2)
