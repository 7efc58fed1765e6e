"""The keys of Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.today.screen.today import TodayScreen

TODAY = "today"


def _no_triage(screen: TodayScreen) -> str | None:
    return None if screen.desk.actor.may(Capability.TRIAGE) else _("Your role works on no tickets.")


def ticket_at(screen: TodayScreen) -> int | None:
    """The ticket under the cursor that may be passed over: an own one, or one that nobody has."""
    found = screen.selected
    line = None if found is None else found[1]
    if line is None or line.number is None or line.who not in ("", screen.desk.actor.login):
        return None
    return line.number


def _no_skip(screen: TodayScreen) -> str | None:
    if why := _no_triage(screen):
        return why
    return None if ticket_at(screen) is not None else _("Only own tickets and those of nobody can be passed over.")


def _no_announcing(screen: TodayScreen) -> str | None:
    return None if screen.desk.actor.may(Capability.ANNOUNCE) else _("Only the lead tells everybody something.")


def _nothing_announced(screen: TodayScreen) -> str | None:
    if why := _no_announcing(screen):
        return why
    return None if screen.console.notice is not None else _("Nothing is announced.")


def _nothing_done(screen: TodayScreen) -> str | None:
    return None if screen.desk.actor.may(Capability.UNDO) else _("Your role changes nothing.")


TODAY_COMMANDS = (
    Command(
        "today.next", N_("Next ticket"), "N", TODAY, why_disabled=_no_triage, priority=1, label=N_("next ticket"),
        tooltip=N_("Gives you the ticket that comes next: of your own the most pressing, else one of your lines."),
    ),
    Command(
        "today.skip", N_("Pass over"), "K", TODAY, why_disabled=_no_skip, priority=2, label=N_("pass over"),
        tooltip=N_("Passes the ticket over for today with a reason that stays in its history, and serves the next."),
    ),
    Command(
        "today.announce", N_("Tell everybody"), "a", TODAY, why_disabled=_no_announcing, priority=3,
        label=N_("tell all"),
        tooltip=N_("Puts a line on everybody's screen, such as that a server is down, until you withdraw it."),
    ),
    Command(
        "today.withdraw", N_("Withdraw the line"), "w", TODAY, why_disabled=_nothing_announced, priority=4,
        label=N_("withdraw"), tooltip=N_("Takes the line off every screen; the history keeps it."),
    ),
    Command(
        "today.reload", N_("Read again"), "r", TODAY,
        tooltip=N_("Takes everything anew; what others write comes by itself within a second."),
    ),
    *(one._replace(why_disabled=_nothing_done) for one in step_commands(TODAY)),
)  # fmt: skip
