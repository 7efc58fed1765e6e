"""A person's key comes and goes on the Desk screen: pasted as a line, never read from a file of the host."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.asking import stored_choice
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.remote import commands
from leadconsole.remote.public_keys import read_keys
from leadconsole.team import rules
from leadconsole.team.screen import access

if TYPE_CHECKING:
    from leadconsole.team.queries import Directory
    from leadconsole.team.screen.changes import Changes


async def add(changes: Changes) -> None:
    """Ask whose key it is and for its line."""
    screen = changes.screen
    added: list[tuple[str, str, int]] = []

    async def submit(values: Values) -> None:
        read = read_keys(values["file"])
        new = await asyncio.to_thread(commands.add_keys, changes.desk, values["login"], read)
        if not new:
            told = _("{login} could come in by this already; nothing was changed.")
            raise Refused(told.format(login=values["login"]), code="exists", field="file")
        added.append((values["login"], read[0].fingerprint, new))

    # Without a draft: who pastes a private key by mistake shall not find it in the desk's file.
    dialog = Form(_("New key"), _fields(screen.selected, screen.directory), submit=submit)
    await changes.console.push_screen_wait(dialog)
    for login, fingerprint, new in added:
        screen.open_row(access.KEYS, (fingerprint,))
        told = ngettext("{login} may come in by {n} new key.", "{login} may come in by {n} new keys.", new)
        changes.steps.done(told.format(login=login, n=new))


async def remove(changes: Changes, entry: Entry) -> None:
    """Say what it means, then let the person in by this key no more."""
    name = commands.key_name(entry.key)

    async def submit(_yes: bool) -> None:
        await asyncio.to_thread(commands.remove_key, changes.desk, entry["login"], entry["fingerprint"])

    told = _("{login} comes in by {fingerprint} no more. A session that is open goes on until it is closed.")
    touches = [
        told.format(login=entry["login"], fingerprint=entry["fingerprint"]),
        access.how_the_host_knows(),
        f"{changes.steps.how_back()}.",
    ]
    dialog = Confirm(_("Remove this? {name}").format(name=name), touches=touches, dangerous=True, submit=submit)
    if await changes.console.push_screen_wait(dialog):
        changes.steps.done(_("{name} is removed.").format(name=name))


def _fields(beside: Entry | None, found: Directory) -> list[Field]:
    """What is asked of a new key; named as the refusals of it name their fields."""
    people = [
        (one["login"], one["name"]) for one in found.entries["people"] if not rules.gone(one["ended"], "", found.today)
    ]
    start = beside["login"] if beside is not None and beside.file == access.KEYS else ""
    chosen = start if any(login == start for login, _name in people) else people[0][0]
    return [
        stored_choice("login", _("Who"), chosen, people),
        Field(
            "file", _("Public key"), "lines", required=True,
            hint=_("Paste the one line of the file that ends in .pub: ssh-ed25519 AAAA… A path means nothing here."),
        ),
    ]  # fmt: skip
