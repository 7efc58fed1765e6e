"""The two lists of remote access among those of the desk: people's keys, and what was refused over the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import local_date
from leadconsole.kernel.text import clean_line
from leadconsole.remote import queries as remote
from leadconsole.remote.queries import Entrance, Refusal
from leadconsole.team import queries
from leadconsole.team.queries import Directory

KEYS, REFUSED = "keys", "refused"
LISTS = (KEYS, REFUSED)
SHOWN = 200
"""So many refusals are listed, the newest first."""


def directory(desk: Desk) -> Directory:
    """The desk's directory with what only those see who let people in."""
    found = queries.directory(desk)
    if not desk.actor.may(Capability.MANAGE_ACCESS):
        return found
    zone = found.settings.timezone
    added: dict[str, tuple[Entry, ...]] = {
        KEYS: tuple(_key(one, zone) for one in remote.entrances(desk)),
        REFUSED: tuple(_refusal(one, zone) for one in remote.refusals(desk, SHOWN)),
    }
    by_key = dict(found.by_key)
    by_key.update({(one.file, one.key): one for entries in added.values() for one in entries})
    return replace(found, entries={**found.entries, **added}, by_key=by_key, revision=revision(desk))


def revision(desk: Desk) -> str:
    """A word that changes whenever something in this directory does."""
    told = queries.desk_revision(desk)
    return f"{told}:{remote.access_revision(desk)}" if desk.actor.may(Capability.MANAGE_ACCESS) else told


def _key(one: Entrance, zone: str) -> Entry:
    cells = {
        "login": one.login, "name": one.name, "type": one.key.type if one.key else "", "fingerprint": one.fingerprint,
        "added": formats.exact(one.added, zone), "day": formats.day(local_date(one.added, zone)),
        "here": "1" if one.here else "",
    }  # fmt: skip
    return Entry(KEYS, (one.fingerprint,), cells)


def _refusal(one: Refusal, zone: str) -> Entry:
    cells = {"at": formats.exact(one.at, zone), "login": one.login, "said": one.said, "why": one.why}
    return Entry(REFUSED, (one.number,), cells)


def columns(file: str) -> list[Column]:
    """The columns of one of these lists."""
    sign = Column("sign", "", 1)
    if file == KEYS:
        return [
            sign, Column("name", _("Name"), 14, flex=1), Column("login", _("Login"), 8, keep=1),
            Column("type", _("Kind"), 12), Column("added", _("Added"), 11),
            Column("fingerprint", _("Fingerprint"), 20, flex=2),
        ]  # fmt: skip
    return [
        sign, Column("at", _("When"), 17), Column("login", _("Login"), 10),
        Column("said", _("What was said"), 14, flex=1), Column("why", _("Why not"), 20, flex=2, keep=1),
    ]  # fmt: skip


def cells(entry: Entry) -> Sequence[str]:
    """A row of one of these lists; what came over the network is shown as what it is, text."""
    if entry.file == KEYS:
        kind = entry["type"].removeprefix("ssh-") or "—"
        return entry["name"], entry["login"], kind, entry["day"], entry["fingerprint"]
    return entry["at"], entry["login"], clean_line(entry["said"]), clean_line(entry["why"])


def is_gone(entry: Entry) -> bool:
    """Whether a key is of somebody who doesn't work here."""
    return entry.file == KEYS and not entry["here"]


def is_broken(entry: Entry) -> bool:
    """Whether what is stored is no key any more."""
    return entry.file == KEYS and not entry["type"]


def cant_change(file: str) -> str | None:
    """Why rows of a list can't be changed, or None where it isn't one of these."""
    return {
        KEYS: _("A key isn't changed: x removes it, c adds another one."),
        REFUSED: _("What was refused stays as it is."),
    }.get(file)


# --- the facts beside the list ------------------------------------------------------------------------------------


def card(desk: Desk, entry: Entry, found: Directory) -> list[Block]:
    """Everything about one row."""
    return _key_card(entry) if entry.file == KEYS else _refusal_card(entry)


def _key_card(entry: Entry) -> list[Block]:
    blocks = [
        Block((Piece(entry["name"], "bold"), Piece(f"  {entry['login']}", "accent"))),
        Block((Piece(f"{_('Kind')}: ", "dim"), Piece(entry["type"] or "—"))),
        Block((Piece(f"{_('Added')}: ", "dim"), Piece(entry["added"]))),
        block(),
        block(entry["fingerprint"]),
        block(_("ssh-keygen -l -f FILE.pub shows the same on the person's own machine."), "dim"),
        block(),
    ]
    if is_broken(entry):
        blocks.append(block(_("What is stored here is no key any more: nobody comes in by it. Remove it."), "danger"))
    elif is_gone(entry):
        blocks.append(block(_("Doesn't work here today, and so doesn't come in."), "warning"))
    return [*blocks, block(how_the_host_knows(), "dim")]


def how_the_host_knows() -> str:
    """When a change of keys begins to count on the host."""
    return _(
        "A host whose sshd asks leadconsole ssh keys knows of a change at once; a file authorized_keys is written anew."
    )


def _refusal_card(entry: Entry) -> list[Block]:
    blocks = [
        Block((Piece(entry["login"], "bold"), Piece(f"  {entry['at']}", "accent"))),
        block(),
    ]
    if entry["said"]:
        blocks += [block(_("What was said"), "dim"), block(clean_line(entry["said"])), block()]
    return [*blocks, block(clean_line(entry["why"]))]


def keys_of(login: str, found: Directory) -> list[Block]:
    """By which keys a person comes in, for those who may know."""
    mine = [one for one in found.entries.get(KEYS, ()) if one["login"] == login]
    if not mine:
        return []
    told = [Block((Piece(f"{one['day']}  ", "dim"), Piece(one["fingerprint"])), 2) for one in mine]
    return [block(), block(_("Comes in over the network by"), "dim"), *told]
