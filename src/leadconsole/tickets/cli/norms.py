"""`leadconsole norms`: the share of tickets inside the norm in a month, per line and person."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from leadconsole.kernel.aligned import Column, aligned
from leadconsole.kernel.clock import MINUTE
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.formats import month, percent
from leadconsole.kernel.headless import Answer, Call, Parser, argument
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.tickets.ledger import ledger
from leadconsole.tickets.norms import Share, norm_shares


def arguments(parser: Parser) -> None:
    """Declare what `norms` takes."""
    parser.add_argument("month", metavar="MONTH", type=argument(Month.parse), help=_("such as 2026-10"))
    parser.set_defaults(run=norms)


def norms(call: Call) -> Answer:
    """The shares of a month."""
    which: Month = call.options.month
    desk = call.sit()
    shares = norm_shares(desk, which)

    def lines(cells: int | None) -> Iterator[str]:
        yield month(which)
        rows = [_cells(_("all"), shares.all)]
        rows += [_cells(_("line {line}").format(line=share.of), share) for share in shares.lines]
        rows += [_cells(str(share.of), share, small=share.small) for share in shares.people]
        columns = [
            Column(_("Whose"), most=32),
            Column(_("Tickets"), "right"),
            Column(_("Inside"), "right"),
            Column(_("Share"), "right"),
            Column(" "),
        ]
        yield from aligned(columns, rows, cells)

    data = {
        "month": shares.month,
        **_share(shares.all),
        "lines": [{"line": share.of, **_share(share)} for share in shares.lines],
        "people": [
            {"login": share.of, **_share(share), **({"small": True} if share.small else {})} for share in shares.people
        ],
    }
    if getattr(call.options, "json", False):
        data |= _handovers(desk, which)
    return Answer(data, lines)


def _handovers(desk: Desk, which: Month) -> dict[str, Any]:
    """The ledger of the month; only who asks for JSON is told, for it takes longer than the shares."""
    found: dict[str, Any] = {"handovers": [], "line_handovers": []}
    for account in ledger(desk, which).accounts:
        of_line = isinstance(account.of, int)
        found["line_handovers" if of_line else "handovers"].append(
            {
                "line" if of_line else "login": account.of,
                "given": account.given,
                "taken": account.taken,
                "returned": account.returned,
                "minutes": account.worked // MINUTE,
            }
        )
    return found


def _share(share: Share) -> dict[str, Any]:
    return {
        "tickets": share.tickets,
        "inside": share.inside,
        "percent": None if share.percent is None else float(share.percent),
    }


def _cells(name: str, share: Share, *, small: bool = False) -> list[str]:
    told = "—" if share.percent is None else percent(Decimal(share.percent))
    return [name, str(share.tickets), str(share.inside), told, _("too few to judge") if small else ""]
