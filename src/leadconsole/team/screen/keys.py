"""What can be done on the Desk screen by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _
from leadconsole.team.screen import access

if TYPE_CHECKING:
    from leadconsole.team.screen.desk import DeskScreen

DESK = "desk"


def no_right(screen: DeskScreen) -> str | None:
    """Why this person changes nothing here, or None."""
    return None if screen.desk.actor.may(Capability.CHANGE_DESK) else _("Your role only reads this.")


def _cant_add(screen: DeskScreen) -> str | None:
    if why := no_right(screen):
        return why
    if screen.file == "settings":
        return _("All settings are in the list; e changes one.")
    if screen.file == access.REFUSED:
        return access.cant_change(screen.file)
    if screen.file == access.KEYS and not screen.directory.entries["people"]:
        return _("A key belongs to a person; write down the person first.")
    if screen.file == "contacts" and not screen.directory.entries["clients"]:
        return _("A contact belongs to a client; write down the client first.")
    if screen.file == "absences" and not screen.directory.entries["people"]:
        return _("An absence belongs to a person; write down the person first.")
    if screen.file == "subscriptions" and not screen.directory.entries["clients"]:
        return _("A fee is paid by a client; write down the client first.")
    if screen.file == "calendar_days" and not screen.calendars:
        return _("A day belongs to a calendar; write down the calendar first.")
    return None


def _cant_change(screen: DeskScreen) -> str | None:
    if why := no_right(screen):
        return why
    if screen.selected is None:
        return _("Nothing is selected.")
    return access.cant_change(screen.file)


def _cant_remove(screen: DeskScreen) -> str | None:
    if (why := _cant_change(screen)) and not (screen.file == access.KEYS and screen.selected is not None):
        return why
    return {
        "people": _("A person stays for the history; e gives them a last day."),
        "clients": _("A client stays for the history; e gives them the status «left» and a last day."),
        "settings": _("A setting isn't removed; e empties it, and its default counts again."),
    }.get(screen.file)


def _no_client(screen: DeskScreen) -> str | None:
    if screen.file not in ("clients", "contacts") or screen.selected is None:
        return _("Contacts belong to a client; go to the list of clients first.")
    return None


DESK_COMMANDS = (
    Command(
        "desk.add", N_("Add"), "c", DESK, why_disabled=_cant_add, priority=1, label=N_("add"),
        tooltip=N_("Writes down another person, client, contact, absence, fee, calendar, day, norm or key."),
    ),
    Command(
        "desk.change", N_("Change"), "e", DESK, why_disabled=_cant_change, priority=2, label=N_("change"),
        tooltip=N_("Changes the row under the cursor; where the facts stand beside the list, Enter does it too."),
    ),
    Command(
        "desk.remove", N_("Remove"), "x", DESK, why_disabled=_cant_remove, priority=5, label=N_("remove"),
        dangerous=True,
        tooltip=N_("Removes what history doesn't stand on, and says before what that touches."),
    ),
    Command(
        "desk.contacts", N_("Contacts of the client"), "t", DESK, why_disabled=_no_client,
        tooltip=N_("Shows the contacts of the client under the cursor, and from there all of them again."),
    ),
    Command(
        "desk.filter", N_("Filter"), "/", DESK, priority=3, label=N_("filter"),
        tooltip=N_("Narrows the list while you type: parts of words in any column, ё like е."),
    ),
    Command(
        "desk.next-list", N_("Next list"), "]", DESK, also=("right",), priority=4, label=N_("next list"),
        tooltip=N_("Shows the list on the right of the line on top."),
    ),
    Command(
        "desk.previous-list", N_("Previous list"), "[", DESK, also=("left",),
        tooltip=N_("Shows the list on the left of the line on top."),
    ),
    Command(
        "desk.list", N_("Choose a list"), "f", DESK,
        tooltip=N_("Lists the lists with their counts."),
    ),
    Command(
        "desk.hide-left", N_("Who left"), "h", DESK, priority=6, label=N_("who left"),
        tooltip=N_("Hides or shows who left and what is past; it stays in the history."),
    ),
    Command(
        "desk.pane", N_("Facts beside the list"), "i", DESK,
        tooltip=N_("Shows or hides the facts beside the list; on a narrow screen Enter opens them."),
    ),
    *step_commands(DESK),
)  # fmt: skip
