"""What others wrote, taken up with as little reading as it needs: thirty people note something all day long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.kernel.history import happened, last_event
from leadconsole.tickets import queries

if TYPE_CHECKING:
    from leadconsole.tickets.rows import QueueRow
    from leadconsole.tickets.screen.queue import QueueScreen

MOST = 40
"""Of more than so many events everything is read again."""
SAID = frozenset({"note", "time"})
"""What is said on a ticket and moves it in no view."""


def take_up(queue: QueueScreen) -> None:
    """Take up what happened since the last look; list, counts and ticket are read again only where they have to."""
    since, queue.seen_event = queue.seen_event, last_event(queue.desk)
    if since != queue.seen_event and not _taken_up(queue, since):
        queue.reload()


def _taken_up(queue: QueueScreen, since: int) -> bool:
    found = happened(queue.desk, since, MOST)
    if not found or any(subject != "ticket" for subject, _key, _kind in found):
        return False
    if queue.wanted or any(tab.own for tab in queue.tabs):
        return False  # words are looked for in what was said, too
    known = queue.source.rows
    numbers = {int(key) for _subject, key, _kind in found}
    present = {row.number: row for row in queries.rows(queue.desk, list(numbers))}
    for number in {int(key) for _subject, key, kind in found if kind not in SAID}:
        if number not in known or number not in present or _moved(known[number], present[number]):
            return False
    # The next change is made on what is known here: its version counts.
    known.update((number, row) for number, row in present.items() if number in known)
    selected = queue.selected
    if selected is not None and any(row.client == selected.client for row in present.values()):
        queue.follow()
    return True


def _moved(before: QueueRow, now: QueueRow) -> bool:
    """Whether a ticket looks different in the list, but for the time that has passed."""
    return before._replace(version=0, left=None) != now._replace(version=0, left=None)
