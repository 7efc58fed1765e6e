"""Writes of remote access: a person's key comes and goes, each with its history."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.history import Restorer
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import RowRule, drop, model_of, put, take_back
from leadconsole.kernel.transaction import Transaction
from leadconsole.remote.public_keys import PublicKey

_TOLD = len("SHA256:") + 12


def key_name(key: tuple[Any, ...]) -> str:
    """What a key is called in a sentence: enough of its fingerprint to tell it from others, and room for the rest."""
    return _("Key {fingerprint}").format(fingerprint=f"{key[0][:_TOLD]}…")


RESTORERS: dict[str, Restorer] = {"ssh_key": partial(take_back, name_of=key_name)}
ROW_RULES: dict[str, tuple[RowRule, ...]] = {}
CONSEQUENCES: tuple[Any, ...] = ()


@command(Capability.MANAGE_ACCESS)
def add_keys(desk: Desk, login: str, keys: Sequence[PublicKey]) -> int:
    """Let a person in by these keys too; returns how many are new. A key belongs to one person."""
    with desk.write() as transaction:
        if transaction.sql.execute("SELECT 1 FROM person WHERE login = ?", (login,)).fetchone() is None:
            raise NotFound(_("There is no person «{login}» at this desk.").format(login=login[:40]), field="login")
        return sum(_add(transaction, login, key) for key in keys)


def _add(transaction: Transaction, login: str, key: PublicKey) -> bool:
    found = transaction.sql.execute("SELECT login FROM ssh_key WHERE fingerprint = ?", (key.fingerprint,)).fetchone()
    if found is not None and found[0] != login:
        raise Refused(
            _("This key is {owner}'s already, and a key says who somebody is: everybody needs an own one.").format(
                owner=found[0]
            ),
            code="exists",
            field="file",
        )
    if found is not None:
        return False
    values = {"fingerprint": key.fingerprint, "login": login, "type": key.type, "base64": key.base64}
    put(transaction, model_of("ssh_key"), {**values, "added": transaction.at})
    return True


@command(Capability.MANAGE_ACCESS)
def remove_key(desk: Desk, login: str, fingerprint: str) -> None:
    """Let a person in by this key no more; NotFound if it isn't one of theirs."""
    with desk.write() as transaction:
        found = transaction.sql.execute(
            "SELECT 1 FROM ssh_key WHERE fingerprint = ? AND login = ?", (fingerprint, login)
        ).fetchone()
        if found is None:
            raise NotFound(
                _("{login} has no key {fingerprint}; leadconsole ssh keys --json lists them.").format(
                    login=login[:40], fingerprint=fingerprint[:60]
                ),
                field="key",
            )
        drop(transaction, model_of("ssh_key"), (fingerprint,))
