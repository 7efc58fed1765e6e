"""A search for a plan of a month as it is begun, and what it comes to in cells and in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import NP_, _, pgettext
from leadconsole.roster.fill import process
from leadconsole.roster.fill.month import Filling, filling
from leadconsole.roster.fill.outcome import INFEASIBLE, Outcome
from leadconsole.roster.fill.problem import Step
from leadconsole.roster.queries import RosterMonth

STATUSES = {
    "optimal": NP_("plan", "the best plan, proven"),
    "feasible": NP_("plan", "a legal plan; a better one may exist"),
    "infeasible": NP_("plan", "no legal plan was found"),
}


def prepared(
    shown: RosterMonth, repair_from: str | None = None, only: Iterable[tuple[str, str]] | None = None
) -> Filling:
    """The problem of a month, or of some of its cells; Refused where there is nothing to fill it with."""
    process.require_solver()
    if not shown.facts.types:
        raise Refused(_("There is no kind of shift yet; enter one, or import shift_types.csv."), code="no_shift_types")
    if not shown.facts.people:
        raise Refused(_("Nobody works here in this month."), code="nobody")
    return filling(shown.facts, shown.plan, repair_from=repair_from, only=only)


def changes(
    shown: RosterMonth, found: Outcome
) -> tuple[dict[tuple[str, str], str | None], dict[tuple[str, str], str | None]]:
    """The cells that taking a plan changes, and what stood there when the search began."""
    before = shown.own
    cells = {cell for cell in {*before, *found.plan} if before.get(cell) != found.plan.get(cell)}
    return {cell: found.plan.get(cell) for cell in cells}, {cell: before.get(cell) for cell in cells}


def result_word(found: Outcome) -> str:
    """The result of a search in words."""
    if found.status == INFEASIBLE and found.proven:
        return _("no legal plan exists")
    return pgettext("plan", STATUSES[found.status])


def figures(step: Step) -> str:
    """Best, bound (and how far below the best it is) and seconds of a search."""
    best = "—" if step.best is None else formats.integer(step.best)
    bound = "—" if step.bound is None else formats.integer(step.bound)
    if step.best and step.bound is not None and step.bound < step.best:
        # Tenths of a percent, never fewer than there are: nobody is told that a plan is better than it is.
        tenths = -(-1000 * (step.best - step.bound) // step.best)
        bound += f" (−{formats.percent(Decimal(tenths) / 10)})"
    return _("best {best}, bound {bound}, {seconds} s").format(best=best, bound=bound, seconds=round(step.seconds))


def without_plan(running: process.Running) -> str:
    """Why a search that is over has found no plan, or none that is taken."""
    if running.failed:
        return _(
            "The solver failed with an error; install it anew with: pip install 'leadconsole[solver]'."
            " Nothing was changed."
        )
    if running.died:
        return _("The solver was ended from outside after {seconds} s; nothing was changed.").format(
            seconds=round(running.last.seconds)
        )
    return _("The search ended before it found a plan; nothing was changed.")
