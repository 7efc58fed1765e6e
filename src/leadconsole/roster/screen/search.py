"""The search for a plan while it goes on: how far it is, what the best so far breaks, take it or leave it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from leadconsole.console.dialogs.base import Dialog, Submit, plain
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import clean_text
from leadconsole.roster import results
from leadconsole.roster.fill import process
from leadconsole.roster.fill.month import Filling
from leadconsole.roster.fill.outcome import INFEASIBLE, Outcome, outcome
from leadconsole.roster.fill.problem import Step
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.telling import repeated

SHOWN = 30
"""So many obstacles are told; more can't be read anyway."""


class SearchDialog(Dialog[Outcome]):
    """Runs a search; Enter takes the best legal plan so far, `t` one that breaks rules, Esc changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("t", "take_anyway", show=False),
        Binding("s", "stop", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
    ]

    def __init__(
        self,
        title: str,
        shown: RosterMonth,
        *,
        told: str = "",
        repair_from: str | None = None,
        only: Collection[Cell] | None = None,
        seconds: int = 60,
        submit: Submit[Outcome] | None = None,
    ) -> None:
        super().__init__(title, submit=submit)
        self.shown = shown
        self.told = told
        self.seconds = seconds
        self.repair_from = repair_from
        self.only = only
        """The cells that may be filled, where it isn't all of them."""
        self.found: Outcome | None = None
        self.ended = False
        self._process: process.Running | None = None
        self._began = time.monotonic()

    def compose_body(self) -> Iterable[Widget]:
        if self.told:
            yield plain(self.told)
        yield plain(_("The search begins…"), id="progress")
        yield plain("", id="verdict")
        yield plain("", id="obstacles")

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)
        self._search()

    def on_unmount(self) -> None:
        if self._process is not None:
            self._process.cancel()

    def keys(self) -> str:
        if not self.ended:
            return _("Enter: take the best so far   s: stop here   Esc: leave it, nothing is changed")
        if self.found is None:
            return _("Esc: close, nothing was changed")
        if self.found.status == INFEASIBLE:
            return _("t: take it as it is, to go on by hand   Esc: leave it, nothing is changed")
        return _("Enter: take it   Esc: leave it, nothing is changed")

    # --- the search --------------------------------------------------------------------------------------------

    @work(exclusive=True, group="search")
    async def _search(self) -> None:
        """Follow the search to its end; what blocks waits in a thread."""
        try:
            made: Filling = await asyncio.to_thread(results.prepared, self.shown, self.repair_from, self.only)
            running = await asyncio.to_thread(partial(process.Running, made.problem, self.seconds))
        except Refused as refusal:
            self._end(refusal.message)
            return
        self._process = running
        if not self.is_mounted:  # left before it began
            running.cancel()
            return
        steps = running.steps()
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            await self._take_in(made, running, step)
        if self.found is None:
            self._end(results.without_plan(running))
        else:
            await self._take_in(made, running, running.last)
            self._end("")

    async def _take_in(self, made: Filling, running: process.Running, step: Step) -> None:
        """Show a step; a new best plan is checked as any other, off the loop."""
        if running.best is not None and (step.plan is not None or step is running.last):
            facts, plan = self.shown.facts, self.shown.plan
            self.found = await asyncio.to_thread(outcome, facts, plan, made, running.best, running.last)
        if self.is_mounted:
            self._show()

    def _tick(self) -> None:
        if not self.ended:
            self._show()

    def _show(self) -> None:
        running = self._process
        last = running.last if running is not None else Step(None, None, 0.0)
        best = running.best.best if running is not None and running.best is not None else None
        seconds = last.seconds if self.ended else time.monotonic() - self._began
        figures = results.figures(Step(best, last.bound, seconds))
        limit = _("{figures} of {limit}").format(figures=figures, limit=self.seconds)
        self.query_one("#progress", Static).update(figures if self.ended else limit)
        if self.found is not None:
            self.query_one("#verdict", Static).update(self._verdict(self.found))
            self.query_one("#obstacles", Static).update(clean_text("\n".join(self._obstacles(self.found))))

    def _verdict(self, found: Outcome) -> str:
        if self.ended:
            told = results.result_word(found)
            told = f"{told[:1].upper()}{told[1:]}."
            if self._process is not None and self._process.failed:
                told = _("{result} The solver failed with an error.").format(result=told)
            elif self._process is not None and self._process.died:
                told = _("{result} The solver was ended from outside.").format(result=told)
            elif self._process is not None and self._process.cancelled and not found.proven:
                told = _("{result} The search was stopped.").format(result=told)
        elif found.obstacles:
            told = ngettext(
                "The best plan so far breaks a hard rule {n} time.",
                "The best plan so far breaks hard rules {n} times.",
                len(found.obstacles),
            ).format(n=len(found.obstacles))
        else:
            told = _("The best plan so far is legal.")
        return f"{told}\n{self._moves(found)}"

    def _moves(self, found: Outcome) -> str:
        """How many cells a plan changes: after a sickness the fewer the better."""
        n = len(results.changes(self.shown, found)[0])
        return ngettext("It changes {n} shift.", "It changes {n} shifts.", n).format(n=n)

    def _obstacles(self, found: Outcome) -> list[str]:
        """Which rules on which days stand in the way, with what would cure it."""
        if not self.ended or not found.obstacles:
            return []
        lines = [_("In the way:")]
        told = repeated(self.shown.facts, found.checker, found.obstacles)
        for one in told[:SHOWN]:
            head = " ".join(part for part in (one.days, one.login, one.rule) if part)
            lines.append(f"! {head}: {one.told}")
        if len(told) > SHOWN:
            lines.append(_("… and {n} more").format(n=len(told) - SHOWN))
        return lines

    def _end(self, refusal: str) -> None:
        self.ended = True
        if not self.is_mounted:
            return
        self._show()
        if refusal:
            self.query_one("#progress", Static).update("")
            self.show_error(refusal)
        self.query_one("#keys", Static).update(clean_text(self.keys()))

    # --- what the person decides -----------------------------------------------------------------------------------

    def action_stop(self) -> None:
        """End the search; the best so far can be taken."""
        if self._process is not None and not self.ended:
            self._process.cancel()

    def action_take(self) -> None:
        """Take the best plan so far, if it is legal."""
        if self.found is None:
            self.show_error(_("There is no plan yet."))
        elif self.found.status == INFEASIBLE:
            self.show_error(_("This plan breaks hard rules; t takes it all the same."))
        else:
            self.submit(self.found)

    def action_take_anyway(self) -> None:
        """Take the best plan so far whatever it breaks; what stands there goes on being told."""
        if self.found is not None:
            self.submit(self.found)
