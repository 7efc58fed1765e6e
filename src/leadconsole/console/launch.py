"""Opens the console on a desk: which screens there are, and what each is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import work

from leadconsole.console.app import ConsoleApp
from leadconsole.console.entries import ScreenEntry
from leadconsole.console.preferences import Preferences, UserPreferences
from leadconsole.console.screen import ConsoleScreen
from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.drafts import DeskDrafts, DeskPlace
from leadconsole.kernel.i18n import N_
from leadconsole.kernel.text import clean_line

if TYPE_CHECKING:
    from leadconsole.console.together import Together

FIRST = "today"
"""The id of the screen on which the console opens, for everybody who may see it."""
SCREENS = (
    ScreenEntry("1", "today", N_("Today"), "leadconsole.today.screen:TodayScreen", needs=Capability.READ_TODAY),
    ScreenEntry(
        "2", "queue", N_("Queue"), "leadconsole.tickets.screen:QueueScreen", ("ticket", "view"), Capability.READ_QUEUE
    ),
    ScreenEntry(
        "3", "roster", N_("Roster"), "leadconsole.roster.screen:RosterScreen", ("shift", "roster"),
        Capability.READ_ROSTER,
    ),
    ScreenEntry(
        "4", "cover", N_("Cover"), "leadconsole.curation.screen:CoverScreen",
        ("cover", "sheet-of", "handover", "absence"), Capability.READ_DESK,
    ),
    ScreenEntry(
        "5", "one-on-one", N_("1-on-1"), "leadconsole.one_on_one.screen:ReviewScreen", ("sheet",),
        Capability.OWN_REVIEW,
    ),
    ScreenEntry(
        "6", "payout", N_("Payout"), "leadconsole.payout.screen:PayoutScreen", ("month",), Capability.READ_INVOICES
    ),
    ScreenEntry(
        "7", "desk", N_("Desk"), "leadconsole.team.screen:DeskScreen", ("person", "client", "calendar"),
        Capability.READ_DESK,
    ),
    ScreenEntry(
        "8", "norms", N_("Norms"), "leadconsole.tickets.screen.norms:NormsScreen", ("norms",), Capability.READ_NORMS
    ),
)  # fmt: skip
SEAT_SECONDS = 20.0
"""How often a session over the network looks whether the person may still sit there."""
FIRST_RUN = ScreenEntry("", "welcome", N_("First run"), "leadconsole.welcome.screen:WelcomeScreen")
ALL_SCREENS = (*SCREENS, FIRST_RUN)


class DeskConsole(ConsoleApp):
    """The console at one desk."""

    together: Together | None = None

    def __init__(
        self, desk: Desk, preferences: Preferences | None = None, why_not: Callable[[], str] | None = None
    ) -> None:
        self.desk = desk
        self._why_not = why_not
        super().__init__(
            _screens_for(desk),
            where=f"{desk.database.path.stem} · {desk.actor.login}",
            drafts=DeskDrafts(desk) if desk.actor.may(Capability.KEEP_DRAFTS) else None,
            preferences=preferences,
            known=ALL_SCREENS,
            first=FIRST,
            remote=why_not is not None,
            place=DeskPlace(desk),
            role=desk.actor.role,
        )

    def on_ready(self) -> None:
        if self._why_not is not None:
            self.set_interval(SEAT_SECONDS, self._look_at_seat)

    def _look_at_seat(self) -> None:
        """End the session of a person who left or has other rights now; what is typed is kept."""
        assert self._why_not is not None
        if why := self._why_not():
            self.save_drafts()
            self.exit(return_code=1, message=clean_line(why))

    def begin_together(self) -> None:
        """Look once a second at what the others do; imported after the first frame."""
        from leadconsole.console.together import Together

        self.together = Together(self)
        self.together.begin()

    def comes_into_view(self, screen: ConsoleScreen) -> None:
        """Let a screen hear what others wrote while it wasn't seen."""
        if self.together is not None:
            self.together.wrote.look_for(screen)

    def on_unmount(self) -> None:
        """The person goes."""
        if self.together is not None:
            self.together.leave()

    @work(exclusive=True, group="dialog")
    async def do_app_here(self) -> None:
        """Show who else is here and what each does; Enter goes to the ticket."""
        from leadconsole.console.here import who_is_here

        await who_is_here(self)

    def make_screen(self, screen_class: type[ConsoleScreen]) -> ConsoleScreen:
        """A screen at this desk."""
        at_a_desk = cast("Callable[[Desk], ConsoleScreen]", screen_class)
        version = self.desk.database.data_version()  # before it reads anything
        screen = at_a_desk(self.desk)
        screen.seen_version = version
        return screen


def _screens_for(desk: Desk) -> tuple[ScreenEntry, ...]:
    """What this person may look at; every role has something."""
    return tuple(entry for entry in SCREENS if entry.needs is None or desk.actor.may(entry.needs))


def open_console(desk: Desk, why_not: Callable[[], str] | None = None) -> int:
    """Run the console until the person leaves; returns the exit status.

    Preferences are files of the host's user: a person at the other end of a network, who has a `why_not`, has none.
    """
    app = DeskConsole(desk, UserPreferences() if why_not is None else None, why_not)
    app.run()
    return app.return_code or 0
