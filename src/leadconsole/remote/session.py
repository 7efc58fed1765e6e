"""`leadconsole connect LOGIN`, the forced command of a key: who comes this way gets the desk and nothing beside it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from leadconsole.kernel import host_files
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import LeadconsoleError, NotAllowed, NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.remote import allowed, log
from leadconsole.remote.environment import ORIGINAL, tamed
from leadconsole.team import facts
from leadconsole.team.rules import employed
from leadconsole.team.seat import actor_of, open_desk

_NO_CORE = (0, 0)


def tame() -> str:
    """Make this process one that serves somebody at the other end; returns what was said after `ssh desk`.

    Must run before anything reads the environment.
    """
    original = os.environ.get(ORIGINAL, "")
    home, user = account()
    kept = tamed(os.environ, home=home, user=user)
    os.environ.clear()
    os.environ.update(kept)
    os.umask(0o077)
    host_files.shut()
    # A stopped session would hold its place at the desk without a shell that could bring it back.
    for name in ("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGQUIT"):
        if (number := getattr(signal, name, None)) is not None:
            with suppress(ValueError):
                signal.signal(number, signal.SIG_IGN)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, _NO_CORE)  # it would hold other people's mail
    return original.strip()


def account() -> tuple[str, str]:
    """Home and name of the account that runs us, whatever the environment says of them."""
    try:
        import pwd

        found = pwd.getpwuid(os.geteuid())
    except (ImportError, KeyError):
        return os.path.expanduser("~"), "desk"
    return found.pw_dir, found.pw_name


def sit(path: Path, clock: Clock, login: str) -> Desk:
    """The desk with the person of a key seated at it; who doesn't work here (any more) is refused, and that is kept."""
    try:
        desk = open_desk(path, clock, login)
    except NotFound as refusal:
        lead = open_desk(path, clock)
        try:
            log.note(lead.seated(Actor(login, Role.SPECIALIST)), "", refusal.message)
        finally:
            lead.database.close()
        raise
    desk = desk.watched(keep_refusal)
    try:
        _refuse_gone(desk)
    except BaseException:
        desk.database.close()
        raise
    return desk


def _refuse_gone(desk: Desk) -> None:
    login = desk.actor.login
    row = desk.reader.execute("SELECT started, ended FROM person WHERE login = ?", (login,)).fetchone()
    started, ended = row or ("9999-12-31", None)
    today = facts.today(desk.reader, desk.now()).isoformat()
    if not employed(started, ended, today):
        refusal = NotAllowed(_("{login} doesn't work at this desk today.").format(login=login))
        log.note(desk, "", refusal.message)
        raise refusal


def why_not(desk: Desk) -> str:
    """Why a session that is open may not go on: the person left, or has other rights now; empty while all is as it was.

    An error of the file is for whoever works on it next, not for here.
    """
    try:
        _refuse_gone(desk)
        if actor_of(desk.database, desk.clock, desk.actor.login) != desk.actor:
            return _("Your rights at this desk have changed: connect again. What you were typing is kept.")
    except (NotAllowed, NotFound) as refusal:
        return refusal.message
    except LeadconsoleError:
        pass
    return ""


def keep_refusal(desk: Desk, refusal: LeadconsoleError) -> None:
    """Write down what a command or query refused to somebody at the other end."""
    log.note(desk, "", refusal.message)


def words_of(desk: Desk, original: str, known: Iterable[str]) -> list[str]:
    """The words that the person may say; anything else is refused and kept."""
    try:
        return allowed.read(original, desk.actor.role, known)
    except Refused as refusal:
        log.note(desk, original, refusal.message)
        raise
