"""One ticket goes on in another: the first is closed as its duplicate, its messages stand in the other's timeline."""

from __future__ import annotations

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import linking, rules, steps, words
from leadconsole.tickets.rules import Status

OTHER_CLIENT = "other_client"
"""The code of the refusal that a person may overrule."""


def merge(transaction: Transaction, number: int, into: int, *, across: bool = False) -> None:
    """Close a ticket as a duplicate and go on in `into`, or where that one goes on; `across` clients only knowingly."""
    now = steps.present(transaction, number)
    kept = steps.present(transaction, linking.kept_for(transaction.sql, into))
    if kept.number == number:
        raise Refused(_("A ticket can't be merged into itself."), code="itself", field="into")
    _refuse_done(now, kept)
    sql = transaction.sql
    (client, requester, subject, price), (other_client,) = (
        sql.execute("SELECT client, requester, subject, price FROM ticket WHERE number = ?", (number,)).fetchone(),
        sql.execute("SELECT client FROM ticket WHERE number = ?", (kept.number,)).fetchone(),
    )
    if client != other_client and not across:
        raise Refused(
            _(
                "Ticket {number} is from {client}, {kept} from {other}: different clients' tickets aren't merged."
            ).format(number=number, client=client, kept=kept.number, other=other_client),
            code=OTHER_CLIENT,
            field="into",
        )
    if price:
        raise Refused(
            _(
                "Ticket {number} has a price, and a duplicate has none. Take the price off first, or link the two."
            ).format(number=number),
            code="priced",
            field="into",
        )
    if now.status != Status.CLOSED_REJECTED:
        steps.set_status(transaction, number, Status.CLOSED_REJECTED, None, None)
    steps.outcome(transaction, number, f"duplicate of {kept.number}")
    linking.put_link(transaction, number, kept.number, linking.MERGED)
    linking.tell(transaction, number, linking.MERGED_INTO, kept.number)
    told = f"{requester}: {subject}" if requester else subject
    linking.tell(transaction, kept.number, linking.TAKES_IN, number, told)


def _refuse_done(now: steps.Now, kept: steps.Now) -> None:
    """What was solved stays in the figures of its month; and nothing new may vanish into what is finished."""
    if now.status in rules.SOLVED:
        raise Refused(
            _("Ticket {number} is {status}, and what was solved stays so. Link the two instead.").format(
                number=now.number, status=words.status(now.status)
            ),
            code="solved",
            field="into",
        )
    if kept.status in rules.FINISHED:
        raise Refused(
            _("Ticket {number} is finished ({status}); reopen it first.").format(
                number=kept.number, status=words.status(kept.status)
            ),
            code="finished",
            field="into",
        )
