"""What can be done on the Payout screen by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import no_file, step_commands
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.period import EARLIEST_YEAR

if TYPE_CHECKING:
    from leadconsole.payout.screen.payout import PayoutScreen

PAYOUT = "payout"


def no_right(screen: PayoutScreen) -> str | None:
    """Why this person changes nothing here, or None."""
    return None if screen.desk.actor.may(Capability.CHANGE_PAYOUT) else _("Your role only reads this.")


def _not_begun(screen: PayoutScreen) -> str | None:
    if screen.month >= screen.present_month():
        return _("{month} is the last month that has begun.").format(month=formats.month(screen.month))
    return None


def _no_earlier(screen: PayoutScreen) -> str | None:
    return _("There is no earlier month.") if screen.month.previous.year < EARLIEST_YEAR else None


def _not_open(screen: PayoutScreen) -> str | None:
    if why := no_right(screen):
        return why
    if screen.counted is None:
        return _("Nothing is counted yet.")
    if screen.counted.closing is not None:
        return _("{month} is closed; write an adjustment in an open month.").format(month=formats.month(screen.month))
    return None


def _no_file(screen: PayoutScreen) -> str | None:
    if (why := no_file(screen)) and not screen.desk.actor.may(Capability.READ_PAYOUT):
        # Accounting has nothing else to do here, so it is told how a file comes to its own machine.
        return _("On your own machine: ssh desk payout export {month} - > {month}.csv").format(month=screen.month)
    return why


def _no_entry(screen: PayoutScreen) -> str | None:
    if why := _not_open(screen):
        return why
    line = screen.line
    if line is None or line.file not in ("subscriptions", "salaries", "expenses", "allocations", "adjustments"):
        return _("Go to a fee, salary, expense, adjustment or set-aside first: Enter leads there.")
    return None


def _no_line(screen: PayoutScreen) -> str | None:
    return _("Go to a line first: Enter leads there.") if screen.line is None else None


def _not_counted(screen: PayoutScreen) -> str | None:
    if why := no_right(screen):
        return why
    return _nothing(screen)


def _not_left(screen: PayoutScreen) -> str | None:
    if screen.left_out is None:
        return _("Go to a work that was left out first: Enter leads there.")
    return None if screen.desk.actor.may(Capability.TRIAGE) else _("Your role only reads this.")


def _no_invoice(screen: PayoutScreen) -> str | None:
    if why := _no_invoices(screen):
        return why
    return None if screen.invoice else _("Go to an invoice or act first: Enter leads there.")


def _no_invoices(screen: PayoutScreen) -> str | None:
    if why := no_right(screen):
        return why
    return None if screen.row_key == "invoices" else _("Go to the invoices and acts first.")


def _not_abnormal(screen: PayoutScreen) -> str | None:
    if why := _not_open(screen):
        return why
    if screen.counted is not None and not screen.counted.statement.figures.abnormal:
        return _("A decision belongs to a month below the guaranteed minimum.")
    return None


def _not_closed(screen: PayoutScreen) -> str | None:
    if why := no_right(screen):
        return why
    if screen.counted is None or screen.counted.closing is None:
        return _("{month} isn't closed.").format(month=formats.month(screen.month))
    return None


def _nothing(screen: PayoutScreen) -> str | None:
    return _("Nothing is counted yet.") if screen.counted is None else None


PAYOUT_COMMANDS = (
    Command(
        "payout.previous-month", N_("Month before"), "[", PAYOUT, also=("left",), why_disabled=_no_earlier,
        priority=1, label=N_("month before"), tooltip=N_("Shows the statement of the month before."),
    ),
    Command(
        "payout.next-month", N_("Month after"), "]", PAYOUT, also=("right",), why_disabled=_not_begun,
        tooltip=N_("Shows the statement of the month after."),
    ),
    Command(
        "payout.add", N_("Add"), "c", PAYOUT, why_disabled=_not_counted, priority=2, label=N_("add"),
        tooltip=N_("Writes down a fee, salary, expense, adjustment or set-aside; of a closed month, its correction."),
    ),
    Command(
        "payout.open", N_("What stands behind it"), "o", PAYOUT, why_disabled=_no_line,
        tooltip=N_("Shows how the line is made, the rows before and after it, who wrote it when, and where to go on."),
    ),
    Command(
        "payout.change", N_("Change"), "e", PAYOUT, why_disabled=_no_entry, priority=3, label=N_("change"),
        tooltip=N_("Changes the fee, salary, expense, adjustment or set-aside under the cursor."),
    ),
    Command(
        "payout.remove", N_("Remove"), "x", PAYOUT, why_disabled=_no_entry, dangerous=True,
        tooltip=N_("Removes the fee, salary, expense, adjustment or set-aside under the cursor."),
    ),
    Command(
        "payout.split", N_("Reserve and bonuses"), "b", PAYOUT, why_disabled=_not_open, priority=4,
        label=N_("set aside"),
        tooltip=N_("Sets reserve and bonuses by amount or percent of the profit; own pay is the rest."),
    ),
    Command(
        "payout.accept", N_("Accept a work"), "a", PAYOUT, why_disabled=_not_left, priority=5, label=N_("accept"),
        tooltip=N_("Records that the client accepted the work that was left out; it counts today."),
    ),
    Command(
        "payout.price", N_("Set a price"), "p", PAYOUT, why_disabled=_not_left,
        tooltip=N_("Gives the work that was left out its price; 0 is a price."),
    ),
    Command(
        "payout.pass-on", N_("Passed on"), "t", PAYOUT, why_disabled=_no_invoice, priority=6, label=N_("passed on"),
        tooltip=N_("Marks the invoice or act as passed on to accounting, or takes the mark away."),
    ),
    Command(
        "payout.pass-all", N_("All passed on"), "T", PAYOUT, why_disabled=_no_invoices,
        tooltip=N_("Marks everything that isn't passed on yet."),
    ),
    Command(
        "payout.decide", N_("Decision"), "d", PAYOUT, why_disabled=_not_abnormal,
        tooltip=N_("Records what will be changed after a month below the guarantee, and by when."),
    ),
    Command(
        "payout.what-if", N_("What if"), "w", PAYOUT, why_disabled=_nothing, priority=7, label=N_("what if"),
        tooltip=N_("Counts the month with something else in it, side by side; nothing is changed. Esc ends it."),
    ),
    Command(
        "payout.export", N_("Write a file"), "f", PAYOUT, why_disabled=_no_file,
        tooltip=N_("Writes the month to a file: Excel with formulas, CSV for accounting, Markdown, or a journal."),
    ),
    Command(
        "payout.close", N_("Close the month"), "C", PAYOUT, why_disabled=_not_open, priority=8, label=N_("close"),
        dangerous=True,
        tooltip=N_("Shows what stands in the way, then freezes lines, scheme and figures for good."),
    ),
    Command(
        "payout.reopen", N_("Reopen the month"), "R", PAYOUT, why_disabled=_not_closed, dangerous=True,
        tooltip=N_("Opens the last closed month again, with a reason that stays visible."),
    ),
    *step_commands(PAYOUT),
)  # fmt: skip
