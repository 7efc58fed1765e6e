"""What was refused to whom over the network, written into the history of the desk, where nobody can take it back.

Asked by whoever is refused something, so it needs no right; it can only add.
"""

from __future__ import annotations

from leadconsole.kernel.access import Actor
from leadconsole.kernel.clock import HOUR
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import LeadconsoleError
from leadconsole.kernel.history import record
from leadconsole.kernel.text import clean_line, is_login

SUBJECT = "access"
REFUSED, UNKNOWN = "refused", "-"
MOST_AN_HOUR = 60
"""Whoever keeps knocking may not fill the desk: more than this of one person in an hour isn't written down."""
_LONGEST = 300


def note(desk: Desk, said: str, why: str) -> None:
    """Write down what somebody tried and why it was refused; a desk that can't be written costs only the note."""
    login = desk.actor.login if is_login(desk.actor.login) else UNKNOWN
    try:
        with desk.seated(Actor(login, desk.actor.role)).write() as transaction:
            transaction.undoable = False
            recent = transaction.sql.execute(
                "SELECT count(*) FROM event WHERE subject = ? AND key = ? AND at > ?",
                (SUBJECT, login, transaction.at - HOUR),
            ).fetchone()[0]
            if recent < MOST_AN_HOUR:
                record(
                    transaction, SUBJECT, login, REFUSED,
                    value=clean_line(said)[:_LONGEST], text=clean_line(why)[:_LONGEST],
                )  # fmt: skip
    except LeadconsoleError:
        return
