"""What if these people are away: the clients it touches, the best plan of substitutes, what would help."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import work
from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.curation import words
from leadconsole.curation.facts import Absence
from leadconsole.curation.queries import Evidence, evidence
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.view import Blocks
from leadconsole.curation.screen.what_if_text import asked_words, at_risk, plan_blocks, verdict
from leadconsole.curation.whatif import ClientPlan, Pair, WhatIf, never_together, proved_what_if, what_if
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.solver import has_solver
from leadconsole.roster.queries import PersonShift, shifts_in

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

WHAT_IF = "whatif"


def _view(screen: CoverScreen) -> WhatIfView:
    return cast("WhatIfView", screen.view_of(WHAT_IF))


def _nobody(screen: CoverScreen) -> str | None:
    return None if _view(screen).asked else _("Nobody is away yet: add somebody first.")


def _cant_approve(screen: CoverScreen) -> str | None:
    if why := no_right(screen) or _nobody(screen):
        return why
    return None if _view(screen).plan is not None else _("The plan is still being counted.")


class WhatIfView(ListView):
    """Who is asked to be away, and what happens to the clients then."""

    NAME = WHAT_IF
    TITLE = NP_("view", "What if")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "whatif.add", N_("Somebody is away"), "c", WHAT_IF, priority=1, label=N_("add"),
            tooltip=N_("Asks what if a person is away from one day to another."),
        ),
        Command(
            "whatif.planned", N_("Take a planned absence"), "t", WHAT_IF, priority=2, label=N_("planned"),
            tooltip=N_("Takes an absence that is written down already into the question."),
        ),
        Command(
            "whatif.remove", N_("Take somebody out"), "x", WHAT_IF, why_disabled=_nobody, priority=3,
            label=N_("remove"),
            tooltip=N_("Takes one of the absences out of the question; nothing that is written down is touched."),
        ),
        Command(
            "whatif.approve", N_("Approve the plan"), "a", WHAT_IF, why_disabled=_cant_approve, dangerous=True,
            priority=5, label=N_("approve"),
            tooltip=N_("Writes down the absences, the substitutions with their rights, and a handover sheet a client."),
        ),
        Command(
            "whatif.new", N_("Another question"), "n", WHAT_IF, why_disabled=_nobody,
            tooltip=N_("Forgets who is away and begins anew."),
        ),
    )  # fmt: skip

    asked: tuple[Absence, ...] = ()
    plan: WhatIf | None = None
    pairs: tuple[Pair, ...] = ()
    _evidence: Evidence | None = None
    counting = False
    proving = False
    """Whether the solver looks for a better plan than the one that is shown."""
    _stop = threading.Event()
    broken: tuple[PersonShift, ...] = ()
    """The shifts that fall on the asked absences."""

    def head(self) -> Iterable[Widget]:
        yield Line(id="asked")
        yield Line(id="verdict")

    def columns(self) -> Sequence[Column]:
        return [
            Column("sign", "", 1), Column("name", _("Client"), 16, flex=2), Column("lead", _("Led by"), 8, keep=2),
            Column("present", _("Here"), 8, align="right"), Column("days", _("Without"), 7, align="right"),
            Column("plan", _("Substitutes"), 14, flex=2),
            Column("open", pgettext("open tickets", "Open"), 6, align="right", keep=1),
            Column("fee", _("Fee"), 9, align="right", keep=3),
        ]  # fmt: skip

    # --- the question -------------------------------------------------------------------------------------------

    def ask(self, asked: Iterable[Absence]) -> None:
        """Ask another question; the same absence twice is one."""
        self.asked = tuple(dict.fromkeys(asked))
        self.plan = None
        self.counting = bool(self.asked)
        self._stop.set()
        if self.is_mounted:
            self._show_head()
            self.refresh_view()
        else:
            self.fresh = False

    def read(self) -> tuple[tuple[Absence, ...], WhatIf | None, tuple[Pair, ...], list[PersonShift]]:
        """The plan for what is asked now, and who must not be away together."""
        asked = self.asked
        if not asked:
            return asked, None, never_together(self.desk), []
        broken = [shift for one in asked for shift in shifts_in(self.desk, one.first, one.last, one.login)]
        return asked, what_if(self.desk, asked), never_together(self.desk), broken

    def failed(self, error: Exception) -> None:
        self.counting = False
        self._show_head()

    def take(self, answer: Any) -> None:
        asked, plan, self.pairs, broken = answer
        if asked != self.asked:
            return
        self.broken = tuple(dict.fromkeys(broken))
        self._show(plan)
        if plan is not None:
            self._weigh()
            if not plan.proved and has_solver():
                self._prove(asked)

    def _show(self, plan: WhatIf | None) -> None:
        self.plan, self.counting = plan, False
        self.items = () if plan is None else sorted(plan.clients, key=_pressing)
        self._show_head()
        self.show_items()

    @work(exclusive=True, group="evidence")
    async def _weigh(self) -> None:
        """What people carry now stands beside what they would get; on a big desk it takes longer than the plan."""
        self._evidence = await asyncio.to_thread(evidence, self.desk)
        self.follow()

    @work(exclusive=True, group="prove")
    async def _prove(self, asked: tuple[Absence, ...]) -> None:
        """Let the solver look for a better plan; what it finds is shown if the question is still the same."""
        self._stop.set()
        self._stop = stop = threading.Event()
        self.proving = True
        self._show_head()
        try:
            plan = await asyncio.to_thread(partial(proved_what_if, self.desk, asked, cancelled=stop.is_set))
        finally:
            self.proving = False
            stop.set()
        if asked == self.asked and not self.counting:
            self._show(plan)
            self.cover.show_keys()

    def on_unmount(self) -> None:
        """The screen ends: so does the solver."""
        self._stop.set()

    def _show_head(self) -> None:
        asked = [Piece(_("Away:") + " ", "dim"), Piece(asked_words(self.asked), "bold")] if self.asked else []
        self.query_one("#asked", Line).show([Piece(" "), *asked] if asked else [], at_risk(self.plan))
        told = [Piece(" " + _("counting…"), "accent")] if self.counting else []
        if self.plan is not None:
            shifts = [Piece(" " + words.fall_away(len(self.broken)), "warning")] if self.broken else []
            told = [Piece(" "), verdict(self.plan), *shifts]
        more = [Piece(_("looking for a better plan, Esc stops") + " ", "accent")] if self.proving else []
        self.query_one("#verdict", Line).show(told, more)

    def row(self, item: ClientPlan) -> Row:
        sign, tone = _sign(item)
        days = str(len(item.uncovered_days)) if item.uncovered_days else ""
        logins = ", ".join(dict.fromkeys(piece.login for piece in item.substitutes))
        open_tickets = f"{item.open_tickets}{'*' if item.promises else ''}" if item.open_tickets else ""
        return Row(
            item.code,
            (
                Cell(sign, tone), item.name, item.lead or "", "" if item.present is None else str(item.present),
                Cell(days, "danger"), logins, open_tickets,
                "" if item.monthly_fee is None else formats.integer(item.monthly_fee // 100),
            ),
        )  # fmt: skip

    def empty_text(self) -> str:
        if self.part and self.items:
            return _("No client is like this.\nEsc shows all of them again.")
        if self.counting:
            return ""
        if self.asked:
            return _("None of their clients needs anybody: they cover no active client then.")
        key = self.cover.key_of
        told = _(
            "Who wants to be away, and does it work?\n"
            "{add} adds a person with dates, {planned} takes a planned absence.\n"
            "In the matrix {mark} marks people and {ask} brings them here."
        ).format(
            add=key("whatif.add"), planned=key("whatif.planned"), mark=key("matrix.mark-person"), ask=key("matrix.away")
        )
        if self.pairs:
            told += "\n \n" + _("Must not be away together:")
            for pair in self.pairs[:10]:
                told += f"\n  {pair.one} + {pair.other}: " + ngettext(
                    "{n} client", "{n} clients", len(pair.clients)
                ).format(n=len(pair.clients))
        return told

    def card(self) -> Blocks | None:
        plan, client, pairs, known = self.plan, self.selected, self.pairs, self._evidence
        broken = self.broken
        return lambda: plan_blocks(plan, client, pairs, known, self.cover.timezone, broken)

    def note(self) -> tuple[str, str]:
        if self.plan is None:
            return "", ""
        return ("✓", "good") if self.plan.feasible else ("✗", "danger")

    def clear(self) -> bool:
        if self.counting:
            self.workers.cancel_group(self, "read")
            self.counting = False
            self.asked = () if self.plan is None else self.asked
            self._show_head()
            self.show_items()
            return True
        if self.proving and not self._stop.is_set():
            self._stop.set()
            return True
        return super().clear()


def _sign(item: ClientPlan) -> tuple[str, str]:
    if item.uncovered_days:
        return "✗", "danger"
    return ("!", "warning") if item.present == 1 else ("▲", "danger") if item.toxic else ("·", "")


def _pressing(item: ClientPlan) -> tuple[int, int, int, str]:
    present = 99 if item.present is None else item.present
    return (-len(item.uncovered_days), present, -(item.monthly_fee or 0), item.code)
