"""What can be done on the Roster screen by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import no_file, step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.period import EARLIEST_YEAR, LATEST_YEAR

if TYPE_CHECKING:
    from leadconsole.roster.screen.roster import RosterScreen

ROSTER = "roster"


def no_right(screen: RosterScreen) -> str | None:
    """Why this person doesn't change the roster, or None."""
    return None if screen.desk.actor.may(Capability.CHANGE_ROSTER) else _("Only the lead changes the roster.")


def _cant_write(screen: RosterScreen) -> str | None:
    if why := no_right(screen):
        return why
    if not screen.month.facts.types:
        return _("There is no kind of shift yet; {key} writes one down.").format(key=screen.key_of("roster.around"))
    return _no_cell(screen)


def _no_cell(screen: RosterScreen) -> str | None:
    return None if screen.at is not None else _("Nobody works here in this month.")


def _no_file(screen: RosterScreen) -> str | None:
    return no_file(screen) or _no_cell(screen)


def _cant_change(screen: RosterScreen) -> str | None:
    return no_right(screen) or _no_cell(screen)


def _cant_absent(screen: RosterScreen) -> str | None:
    if not screen.desk.actor.may(Capability.CHANGE_DESK):
        return _("Only the lead writes absences down.")
    return _no_cell(screen)


def _cant_wish(screen: RosterScreen) -> str | None:
    if why := _no_cell(screen):
        return why
    at = screen.at
    assert at is not None
    if no_right(screen) and at[0] != screen.desk.actor.login:
        return _("Wishes of others are theirs; go to your own line.")
    return None


def _cant_publish(screen: RosterScreen) -> str | None:
    if why := no_right(screen):
        return why
    if not screen.month.own:
        return _("There is no shift in this month to publish.")
    return _("The month is published as it stands.") if screen.month.status == "published" else None


def _no_later(screen: RosterScreen) -> str | None:
    return _("There is no later month.") if screen.which.next.year > LATEST_YEAR else None


def _no_earlier(screen: RosterScreen) -> str | None:
    return _("There is no earlier month.") if screen.which.previous.year < EARLIEST_YEAR else None


def _nothing_found(screen: RosterScreen) -> str | None:
    return None if screen.report.findings else _("Nothing is wrong with this month.")


ROSTER_COMMANDS = (
    Command(
        "roster.write", N_("Write shifts"), "s", ROSTER, why_disabled=_cant_write, priority=1, label=N_("write"),
        tooltip=N_("Each letter sets the shift it begins and goes on; Space frees the day, Esc ends it."),
    ),
    Command(
        "roster.choose", N_("Choose a shift"), "e", ROSTER, why_disabled=_cant_write, priority=2, label=N_("shift"),
        tooltip=N_("Sets the shift of the cell, or of all that are marked, from a list; Enter does it too."),
    ),
    Command(
        "roster.clear", N_("Free the days"), "x", ROSTER, also=("delete",), why_disabled=_cant_change,
        tooltip=N_("Takes the shift from the cell, or from all that are marked."),
    ),
    Command(
        "roster.mark", N_("Mark the cell"), "v", ROSTER,
        tooltip=N_("Marks the cell, or the range that was begun; commands then work on all that is marked."),
    ),
    Command("roster.mark-row", N_("Mark the person"), "V", ROSTER, tooltip=N_("Marks the whole month of a person.")),
    Command(
        "roster.range", N_("Begin a range"), "m", ROSTER,
        tooltip=N_("Begins a range at the cursor that grows with it; Esc gives it up."),
    ),
    Command(
        "roster.copy", N_("Copy the week before"), "y", ROSTER, why_disabled=_cant_change,
        tooltip=N_("Gives this week the shifts of the week before, of this person or of everybody."),
    ),
    Command(
        "roster.pattern", N_("Repeat a pattern"), "p", ROSTER, why_disabled=_cant_write,
        tooltip=N_("From the cursor to the end of the month: D 2/2, D 5/2, or letters such as DDNN--."),
    ),
    Command(
        "roster.swap", N_("Swap two people"), "z", ROSTER, why_disabled=_cant_change,
        tooltip=N_("Swaps the shifts of the day, or of a range, with somebody else."),
    ),
    Command(
        "roster.fill", N_("Fill"), "f", ROSTER, why_disabled=_cant_write, priority=3, label=N_("fill"),
        tooltip=N_("Finds the best plan for the empty cells; what is set stays. It can be stopped at any time."),
    ),
    Command(
        "roster.repair", N_("Find a replacement"), "r", ROSTER, why_disabled=_cant_write, priority=6,
        label=N_("replace"),
        tooltip=N_("Who could take this shift without breaking a rule, or a new plan that moves as little as it can."),
    ),
    Command(
        "roster.absence", N_("Away"), "a", ROSTER, why_disabled=_cant_absent,
        tooltip=N_("Writes down a sickness or another absence of the person, over the day or the marked days."),
    ),
    Command(
        "roster.publish", N_("Publish"), "P", ROSTER, why_disabled=_cant_publish, priority=5, label=N_("publish"),
        dangerous=True, tooltip=N_("Tells everybody the month as it is now, and says before whom it touches."),
    ),
    Command(
        "roster.wish", N_("Wish"), "w", ROSTER, why_disabled=_cant_wish, priority=7, label=N_("wish"),
        tooltip=N_("Writes down what the person wants on this day, with a weight; negative is unwanted."),
    ),
    Command(
        "roster.around", N_("Shifts, demand, rules"), "d", ROSTER, priority=8, label=N_("demand"),
        tooltip=N_("Kinds of shifts, demand, wishes and rules: shows, adds, changes and removes them."),
    ),
    Command(
        "roster.export", N_("Write to a file"), "o", ROSTER, why_disabled=_no_file,
        tooltip=N_("The month as text or XLSX to print, or the published shifts of the person as iCalendar."),
    ),
    Command(
        "roster.next-finding", N_("Next finding"), "n", ROSTER, why_disabled=_nothing_found, priority=4,
        label=N_("finding"), tooltip=N_("Goes to the cell of the next finding."),
    ),
    Command("roster.previous-finding", N_("Previous finding"), "N", ROSTER, why_disabled=_nothing_found),
    Command(
        "roster.pane", N_("List of findings"), "i", ROSTER,
        tooltip=N_("Shows or hides the list of findings; Tab goes there and back, Enter there jumps to the cell."),
    ),
    Command(
        "roster.hours", N_("Day by hours"), "c", ROSTER, why_disabled=_no_cell, priority=9, label=N_("hours"),
        tooltip=N_("Shows who is on shift at which hour of the day, against the demand; again: the findings."),
    ),
    Command(
        "roster.zoom", N_("Month, fortnight, week"), "t", ROSTER, priority=10, label=N_("zoom"),
        tooltip=N_("Shows fewer days with more room: the fortnight or the week of the cursor."),
    ),
    Command(
        "roster.next", N_("Next month"), "]", ROSTER, why_disabled=_no_later, priority=11, label=N_("next month"),
        tooltip=N_("Shows the month after this one; zoomed in, the week or fortnight after these days."),
    ),
    Command(
        "roster.previous", N_("Previous month"), "[", ROSTER, why_disabled=_no_earlier,
        tooltip=N_("Shows the month before; zoomed in, the days before."),
    ),
    *step_commands(ROSTER),
)  # fmt: skip
