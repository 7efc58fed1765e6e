"""Who sits before a sheet: the person whose it is, or the lead; what both commands and queries ask first."""

from __future__ import annotations

from datetime import date

from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.team import facts as team


def today_of(desk: Desk) -> date:
    """The desk's local day."""
    return team.today(desk.reader, desk.now())


def require_sheet(desk: Desk, login: str) -> str:
    """Refuse whoever may not see this person's sheet; the person's name."""
    if login != desk.actor.login:
        desk.require(Capability.LEAD_REVIEWS)
    row = desk.reader.execute("SELECT name FROM person WHERE login = ?", (login,)).fetchone()
    if row is None:
        raise NotFound(_("There is no person «{login}» at this desk.").format(login=login[:40]), field="login")
    return str(row[0])
