"""Tags of a ticket, one by one: `vip -old` adds the first and takes the second away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import record
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, fold
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import steps
from leadconsole.tickets.births import TICKET

LONGEST_TAG = 40
MOST_TAGS = 50


class Retag(NamedTuple):
    """Tags to add and to take away."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


def read(text: str) -> Retag:
    """What a person means by `vip +big -old`; Refused where nothing is meant."""
    add: dict[str, str] = {}
    remove: dict[str, str] = {}
    for word in clean_line(text).replace(",", " ").split():
        minus, tag = word.startswith(("-", "−")), word.lstrip("+-−#")
        if not tag:
            continue
        if len(tag) > LONGEST_TAG:
            raise Refused(
                _("A tag has at most {most} letters: {tag}…").format(most=LONGEST_TAG, tag=tag[:20]),
                code="too_long",
                field="tags",
            )
        (remove if minus else add).setdefault(fold(tag), tag)
    if both := add.keys() & remove.keys():
        raise Refused(
            _("«{tag}» can't be added and taken away at once.").format(tag=min(both)), code="both", field="tags"
        )
    if not add and not remove:
        raise Refused(_("Write tags to add, or with a minus to take away."), code="missing", field="tags")
    return Retag(tuple(add.values()), tuple(remove.values()))


def changed(tags: str | None, add: Iterable[str], remove: Iterable[str]) -> str | None:
    """The tags of a ticket after that; those that it has keep their place and their case."""
    wanted = {fold(tag): tag for tag in (tags or "").split()}
    for tag in add:
        wanted.setdefault(fold(tag), tag)
    for tag in remove:
        wanted.pop(fold(tag), None)
    return " ".join(wanted.values()) or None


def retag(transaction: Transaction, number: int, wanted: Retag) -> None:
    """Add and take away tags of a ticket; the others stay, whoever gave them."""
    steps.present(transaction, number)
    (before,) = transaction.sql.execute("SELECT tags FROM ticket WHERE number = ?", (number,)).fetchone()
    after = changed(before, wanted.add, wanted.remove)
    if after is not None and len(after.split()) > MOST_TAGS:
        raise Refused(_("A ticket has at most {most} tags.").format(most=MOST_TAGS), code="too_many", field="tags")
    if {fold(tag) for tag in (before or "").split()} == {fold(tag) for tag in (after or "").split()}:
        raise Refused(_("The tags are so already."), code="no_change", field="tags")
    steps.set_facts(transaction, number, {"tags": after})
    record(
        transaction, TICKET, str(number), steps.CHANGED, value="tags", before={"tags": before}, after={"tags": after}
    )
