"""What the others at the desk do: what the lead tells everybody, who is here, who looks at or writes on which ticket.

It is looked at twice a second and costs two numbers while nothing changed: the version of the desk file, and the time
stamp of the folder in which the sessions are.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from leadconsole.console.drafts import HoldsDraft
from leadconsole.console.others import SPREAD, Others, Ticker
from leadconsole.console.screen import ConsoleScreen
from leadconsole.console.status import Notice
from leadconsole.kernel import announcement, formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.clock import Instant, moment
from leadconsole.kernel.presence import MEMO, Doing, Here, Presence

if TYPE_CHECKING:
    from leadconsole.console.launch import DeskConsole

TICKS_PER_LOOK = 2
"""What people do is told and seen less often than what they write; told once it has lasted from look to look."""
MANY = 8
"""Where more others are here, what they do is told and seen half as often: who of a crowd looks where is less news."""
LOOKS_PER_CHECK = 5
"""After so many looks it is made sure what this person has in view: that may change without a key."""


class Together:
    """Looks at the desk for the whole console, whichever screen is shown."""

    def __init__(self, console: DeskConsole) -> None:
        self.console = console
        self.desk = console.desk
        self._told: announcement.Announcement | None = None
        self.presence = Presence(self.desk.database.path.resolve(), self.desk.actor.login, self.desk.now())
        self._where = console.where
        self._doing = self._said = Doing()
        self._by_ticket: dict[int, list[Here]] = {}
        self._shown: object = None
        self._ticks = 0
        database = console.desk.database
        self.wrote = Others(database.data_version, console._screens.values, SPREAD if console.remote else 0.0)
        self._ticker = Ticker(self.look, console._handle_exception)

    @property
    def others(self) -> tuple[Here, ...]:
        """Who else is here."""
        return self.presence.others

    def begin(self) -> None:
        """Look now, and from now on."""
        self.desk.database.memo[MEMO] = self.presence
        self.presence.enter()
        self.look()
        self._ticker.begin()

    def leave(self) -> None:
        """The person goes."""
        self._ticker.stop()
        self.presence.leave()

    def look(self) -> None:
        """Hear what is told, say what this person does, see what the others do."""
        if self.wrote.look() and self.desk.actor.may(Capability.ATTEND):
            self.hear()
        self._ticks += 1
        pace = TICKS_PER_LOOK * (1 + (len(self.others) > MANY))
        if self._ticks % pace == 1:
            self._look_around(checks=self._ticks % (pace * LOOKS_PER_CHECK) == 1)

    def _look_around(self, *, checks: bool) -> None:
        if checks or self.console.stirred or self._doing != self._said:
            self.console.stirred = False
            self._tell()
        if self.desk.actor.may(Capability.READ_QUEUE):
            self._see()

    def hear(self) -> None:
        """Take what is announced."""
        told = announcement.standing(self.desk)
        if told != self._told:
            self._told = told
            self.console.tell_all(None if told is None else _notice(told, self.desk.now()))

    def _tell(self) -> None:
        """Only what lasts from one look to the next is told: a cursor that passes by is nobody's business."""
        stack = self.console.screen_stack
        base = stack[0] if stack else None
        if not isinstance(base, ConsoleScreen) or not base.is_mounted:
            return
        ticket = base.in_view
        top = stack[-1]
        writing = ticket is not None and isinstance(top, HoldsDraft) and getattr(top, "ABOUT_SELECTED", False)
        now = Doing(self.console.current_mode or "", ticket, writing)
        if now == self._doing and now != self._said:
            self._said = now
            self.presence.tell(now)
        self._doing = now

    def _see(self) -> None:
        news = self.presence.look()
        stack = self.console.screen_stack
        base = stack[0] if stack else None
        if news:
            count = len({one.login for one in self.others} - {self.desk.actor.login})
            where = f"{self._where} · +{count}" if count else self._where
            if where != self.console.where:
                self.console.where = where
                self.console.say(*self.console.said)
        if isinstance(base, ConsoleScreen) and base.is_mounted and (news or base is not self._shown):
            now = {number: list(who) for number, who in self.presence.by_ticket.items()}
            changed = {number for number in {*now, *self._by_ticket} if now.get(number) != self._by_ticket.get(number)}
            whole = base is not self._shown
            self._by_ticket, self._shown = now, base
            if changed or (whole and now):
                base.others_moved(frozenset(now) | changed if whole else frozenset(changed))


def _notice(told: announcement.Announcement, now: Instant) -> Notice:
    since = datetime.fromisoformat(told.since)
    day = "" if moment(now).astimezone(since.tzinfo).date() == since.date() else f"{formats.short_day(since.date())} "
    return Notice(told.text, f"{told.by}, {day}{since:%H:%M}")
