"""Sitting down at a desk: the file is opened and the person is known by login and role."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.database import APPLICATION_ID, Database, open_database
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _
from leadconsole.kernel.schema import also_on, role_on
from leadconsole.team import facts

_NO_LOGIN_CHARACTER = "[^a-z0-9._-]+"
_LONGEST_LOGIN = 32
# Where the header of an SQLite file tells whose it is.
_ID_BEGINS, _ID_ENDS = 68, 72


def open_desk(path: Path, clock: Clock, as_login: str | None = None, *, create: bool = False) -> Desk:
    """The desk of a file with a person seated at it: the one of that login, else the lead.

    Local use without a login has the lead's rights (interchange.md, section 2). NotFound for an unknown login,
    Unusable for a file that can't be used; nothing stays open then.
    """
    database = open_database(path, clock, create=create)
    try:
        return Desk(database, clock, actor_of(database, clock, as_login))
    except BaseException:
        database.close()
        raise


def desk_language(path: Path) -> str:
    """The language that a desk file has in its settings; empty where there is none, or no desk that can be read.

    Needs no right, everybody reads in it. Asked before anything else is known of the file, so it never fails.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_ID_ENDS)
        if header[_ID_BEGINS:] != APPLICATION_ID.to_bytes(4, "big"):
            return ""
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return facts.settings(connection).language
    except (OSError, ValueError, sqlite3.Error):
        return ""


def actor_of(database: Database, clock: Clock, login: str | None) -> Actor:
    """Who somebody is at a desk today; NotFound for an unknown login."""
    if login is None:
        return Actor(facts.settings(database.reader).lead or _system_login(), Role.LEAD)
    row = database.reader.execute("SELECT role FROM person WHERE login = ?", (login,)).fetchone()
    if row is None:
        raise NotFound(_("There is no person «{login}» at this desk.").format(login=login[:40]), field="as")
    today = facts.today(database.reader, clock.now()).isoformat()
    reader = database.reader
    role = role_on(reader, login, Role(row[0]), today)
    return Actor(login, role, also_on(reader, login, role, today))


def _system_login() -> str:
    """The system's name of the user as a login, or `lead` where nothing of it is left."""
    import getpass

    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as containers have
        return Role.LEAD.value
    return re.sub(_NO_LOGIN_CHARACTER, "", name.lower()).lstrip("0123456789._-")[:_LONGEST_LOGIN] or Role.LEAD.value
