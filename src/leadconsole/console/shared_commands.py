"""The commands that every screen has: those of the app, those of the list in it, undo where things are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import GRID_SCOPE, LIST_SCOPE, Command
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.console.screen import ConsoleScreen


def _no_colours(screen: ConsoleScreen) -> str | None:
    from leadconsole.console.theme import few_colours

    if screen.app.no_color:
        return _("NO_COLOR is set: there are no colours to choose.")
    if few_colours(screen.app.console.color_system):
        return _("This terminal has sixteen colours; the high-contrast theme is made for them.")
    return None


def no_file(screen: ConsoleScreen) -> str | None:
    """Why this session writes no file for a person, or None."""
    if screen.console.preferences is None:
        return _("Files belong to one's own machine; this session writes none.")
    return None


def _no_place(screen: ConsoleScreen) -> str | None:
    if screen.console.preferences is None:
        return _("Own keys belong to one's own machine; this session writes no files.")
    return None


def _alone(screen: ConsoleScreen) -> str | None:
    together = getattr(screen.console, "together", None)
    if together is None:
        return _("There is no desk yet.")
    if not screen.console.desk.actor.may(Capability.READ_QUEUE):  # type: ignore[attr-defined]
        return _("Your role doesn't see who is here.")
    return None if together.others else _("Nobody else is here.")


APP_COMMANDS = (
    Command(
        "app.help",
        N_("Help"),
        "?",
        tooltip=N_("Shows the keys that work here and what the signs mean."),
        label=N_("help"),
        priority=90,
    ),
    Command(
        "app.palette",
        N_("Command palette"),
        ":",
        also=("ctrl+p",),
        tooltip=N_("Finds any command by its name."),
        label=N_("commands"),
        priority=91,
    ),
    Command(
        "app.back",
        N_("Back one step"),
        "escape",
        tooltip=N_("Closes what is open or clears the filter; never quits."),
    ),
    Command(
        "app.here",
        N_("Who is here"),
        tooltip=N_("Lists who else is at the desk, what each looks at or writes on; Enter goes to that ticket."),
        why_disabled=_alone,
    ),
    Command("app.leave", N_("Back or quit"), "q", tooltip=N_("Goes back one step, or quits when there is none.")),
    Command(
        "app.quit",
        N_("Quit"),
        "ctrl+q",
        also=("ctrl+c",),
        tooltip=N_("Quits from anywhere; what you were typing is kept as a draft."),
    ),
    Command(
        "app.rights",
        N_("Who may what"),
        tooltip=N_("Shows which role has which right; yours is named."),
    ),
    Command(
        "app.theme",
        N_("Next colour theme"),
        tooltip=N_("Dark, light, high contrast; the next start keeps it."),
        why_disabled=_no_colours,
    ),
    Command(
        "app.keymap",
        N_("Own keys"),
        tooltip=N_("Takes keymap.toml again; where there is none, writes one with all ids."),
        why_disabled=_no_place,
    ),
)

LIST_COMMANDS = (
    Command("list.down", N_("Next row"), "j", LIST_SCOPE, also=("down",), action="move(1)"),
    Command("list.up", N_("Previous row"), "k", LIST_SCOPE, also=("up",), action="move(-1)"),
    Command("list.page-down", N_("Page down"), "pagedown", LIST_SCOPE, also=("ctrl+d",), action="page(1)"),
    Command("list.page-up", N_("Page up"), "pageup", LIST_SCOPE, also=("ctrl+u",), action="page(-1)"),
    Command("list.top", N_("First row"), "g", LIST_SCOPE, also=("home",), action="top"),
    Command("list.bottom", N_("Last row"), "G", LIST_SCOPE, also=("end",), action="bottom"),
    Command(
        "list.open",
        N_("Open"),
        "enter",
        LIST_SCOPE,
        action="open",
        label=N_("open"),
        tooltip=N_("Opens the row under the cursor."),
    ),
)

GRID_COMMANDS = (
    Command("grid.left", N_("Cell on the left"), "h", GRID_SCOPE, also=("left",), action="side(-1)"),
    Command("grid.right", N_("Cell on the right"), "l", GRID_SCOPE, also=("right",), action="side(1)"),
    Command("grid.page-left", N_("Columns on the left"), "H", GRID_SCOPE, action="page_side(-1)"),
    Command("grid.page-right", N_("Columns on the right"), "L", GRID_SCOPE, action="page_side(1)"),
    Command("grid.first", N_("First column"), "^", GRID_SCOPE, action="first"),
    Command("grid.last", N_("Last column"), "$", GRID_SCOPE, action="last"),
)


def step_commands(scope: str) -> tuple[Command, Command]:
    """Undo and redo of a screen; its actions run `Steps.undo` and `Steps.redo` for them."""
    return (
        Command(
            f"{scope}.undo", N_("Undo"), "u", scope, priority=12, label=N_("undo"),
            tooltip=N_("Takes back your last step, also after a restart; refuses if somebody built on it."),
        ),
        Command(
            f"{scope}.redo", N_("Redo"), "U", scope, also=("ctrl+r",),
            tooltip=N_("Does again what your last undo took back."),
        ),
    )  # fmt: skip
