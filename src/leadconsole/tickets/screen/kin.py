"""What belongs to a ticket, in words: links, merges, splits, what it repeats, and earlier tickets of its client."""

from __future__ import annotations

from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_, _
from leadconsole.tickets import queries, story
from leadconsole.tickets.story import Related

_SENTENCES = {
    "merged_into": N_("Goes on in {number}: {subject}"),
    "merged": N_("Merged into this: {number} {subject}"),
    "split_from": N_("Split off {number}: {subject}"),
    "split_off": N_("Split off from here: {number} {subject}"),
    "related": N_("Related: {number} {subject}"),
}


def sentence(one: Related) -> str:
    """How a ticket belongs to another, as the other tells it."""
    return _(_SENTENCES[one.how]).format(number=one.number, subject=one.subject)


def of(desk: Desk, number: int) -> list[Related]:
    """Everything that belongs to a ticket, the closest first, each once."""
    told = story.ticket(desk, number)
    found = {one.number: one for one in told.related}
    if told.row.repeat_of is not None:
        repeated = queries.row(desk, told.row.repeat_of)
        one = Related(repeated.number, "repeats", repeated.subject, repeated.status, repeated.client)
        found.setdefault(one.number, one)
    for earlier in told.earlier:
        one = Related(earlier.number, "earlier", earlier.subject, earlier.status, told.row.client)
        found.setdefault(one.number, one)
    return list(found.values())
