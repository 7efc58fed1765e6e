"""What the others at the desk do: what the lead tells everybody appears within a second, at the cost of one number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from leadconsole.console.status import Notice
from leadconsole.kernel import announcement, formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.clock import Instant, moment

if TYPE_CHECKING:
    from leadconsole.console.launch import DeskConsole

SECONDS = 0.8
"""How often it is looked: with what a screen needs, a line is there within a second."""


class Together:
    """Looks at the desk for the whole console, whichever screen is shown."""

    def __init__(self, console: DeskConsole) -> None:
        self.console = console
        self.desk = console.desk
        self._seen_version = -1
        self._told: announcement.Announcement | None = None

    def begin(self) -> None:
        """Look now, and from now on."""
        self.look()
        self.console.set_interval(SECONDS, self.look)

    def look(self) -> None:
        """Has anybody written? Then what everybody is told may be another line."""
        version = self.desk.database.data_version()
        if version != self._seen_version and self.desk.actor.may(Capability.READ_TODAY):
            self._seen_version = version
            self.hear()

    def hear(self) -> None:
        """Take what is announced."""
        told = announcement.standing(self.desk)
        if told != self._told:
            self._told = told
            self.console.tell_all(None if told is None else _notice(told, self.desk.now()))


def _notice(told: announcement.Announcement, now: Instant) -> Notice:
    since = datetime.fromisoformat(told.since)
    day = "" if moment(now).astimezone(since.tzinfo).date() == since.date() else f"{formats.short_day(since.date())} "
    return Notice(told.text, f"{told.by}, {day}{since:%H:%M}")
