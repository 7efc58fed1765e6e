"""What can be done by key in every view of the Cover screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

COVER = "cover"


def no_right(screen: CoverScreen) -> str | None:
    """Why this person plans no cover, or None."""
    return None if screen.desk.actor.may(Capability.PLAN_COVER) else _("Your role only reads this.")


COVER_COMMANDS = (
    Command(
        "cover.next-view", N_("Next view"), "]", COVER, also=("tab",), priority=4, label=N_("next view"),
        tooltip=N_("Shows the view on the right of the line on top."),
    ),
    Command(
        "cover.previous-view", N_("Previous view"), "[", COVER, also=("shift+tab",),
        tooltip=N_("Shows the view on the left of the line on top."),
    ),
    Command("cover.view", N_("Choose a view"), "f", COVER, tooltip=N_("Lists the views.")),
    Command(
        "cover.filter", N_("Filter"), "/", COVER, priority=10, label=N_("filter"),
        tooltip=N_("Narrows the list while you type: parts of words, ё like е."),
    ),
    Command(
        "cover.pane", N_("Text beside the list"), "i", COVER,
        tooltip=N_("Shows or hides the text beside the list; on a narrow screen Enter opens it."),
    ),
    *step_commands(COVER),
)  # fmt: skip
