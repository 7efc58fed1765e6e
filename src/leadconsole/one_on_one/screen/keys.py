"""What can be done on the 1-on-1 screen by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import no_file, step_commands
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.one_on_one.screen.review import ReviewScreen

REVIEW = "review"


def _nobody(screen: ReviewScreen) -> str | None:
    if screen.whose:
        return None
    return (
        _("The mirror is about all; the list of the team is about persons.")
        if screen.list == "mirror"
        else _("Nobody is selected.")
    )


def _not_lead(screen: ReviewScreen) -> str | None:
    if not screen.desk.actor.may(Capability.LEAD_REVIEWS):
        return _("Only the lead does this.")
    return _nobody(screen)


def _no_meeting(screen: ReviewScreen) -> str | None:
    if why := _not_lead(screen):
        return why
    if screen.whose == screen.desk.actor.login:
        return _("Nobody gives points to oneself as the lead.")
    if screen.sheet is not None and not screen.sheet.criteria:
        return _("There are no criteria yet; {key} writes them down.").format(key=screen.key_of("review.criteria"))
    return None


def _not_own(screen: ReviewScreen) -> str | None:
    if screen.whose != screen.desk.actor.login:
        return _("Only the person whose sheet it is does this.")
    return None


def _no_own_points(screen: ReviewScreen) -> str | None:
    if why := _not_own(screen):
        return why
    if screen.sheet is not None and not screen.sheet.criteria:
        return _("There are no criteria yet; the lead writes them down with you.")
    return None


def _no_record(screen: ReviewScreen) -> str | None:
    if why := _nobody(screen):
        return why
    return None if screen.record_day else _("Go to a meeting in the list of meetings first.")


def _nothing_to_acknowledge(screen: ReviewScreen) -> str | None:
    if why := _not_own(screen) or _no_record(screen):
        return why
    if screen.record is not None and screen.record.acknowledged is not None:
        return _("You have acknowledged this record; R adds a correction.")
    return None


def _no_change(screen: ReviewScreen) -> str | None:
    if why := _not_lead(screen) or _no_record(screen):
        return why
    if screen.record is not None and screen.record.acknowledged is not None:
        return _("The record is acknowledged and stays; R adds a correction.")
    return None


def _no_note(screen: ReviewScreen) -> str | None:
    return _not_lead(screen) or _no_record(screen)


def _nothing_to_finish(screen: ReviewScreen) -> str | None:
    if why := _nobody(screen):
        return why
    if screen.list not in ("agenda", "agreements") or screen.table.cursor_key is None:
        return _("Go to a point of the agenda or an agreement first.")
    return None


def _nothing_planned(screen: ReviewScreen) -> str | None:
    if why := _not_lead(screen):
        return why
    if screen.sheet is not None and screen.sheet.review.next_meeting is None:
        return _("No meeting is planned; {key} plans them.").format(key=screen.key_of("review.plan"))
    return None


def _no_file(screen: ReviewScreen) -> str | None:
    return _nobody(screen) or no_file(screen)


REVIEW_COMMANDS = (
    Command(
        "review.meet", N_("Hold the meeting"), "m", REVIEW, why_disabled=_no_meeting, priority=1, label=N_("meet"),
        tooltip=N_("Opens the sheet of a meeting: points with reasons, evidence beside; it is kept as a draft."),
    ),
    Command(
        "review.own", N_("Own points"), "o", REVIEW, why_disabled=_no_own_points, priority=2,
        label=N_("own points"),
        tooltip=N_("Gives oneself points before the meeting; they stand beside the lead's then."),
    ),
    Command(
        "review.acknowledge", N_("Acknowledge"), "A", REVIEW, why_disabled=_nothing_to_acknowledge, priority=3,
        label=N_("acknowledge"),
        tooltip=N_("Says that you have read the record, with a remark if you like; it is read-only from then on."),
    ),
    Command(
        "review.point", N_("New point of the agenda"), "c", REVIEW, why_disabled=_nobody, priority=4,
        label=N_("agenda"),
        tooltip=N_("Puts something on the agenda; it stays open until it was talked about."),
    ),
    Command(
        "review.agree", N_("New agreement"), "t", REVIEW, why_disabled=_not_lead, priority=5, label=N_("agree"),
        tooltip=N_("Writes down who does what until when; what a person lacks is a promise of the lead."),
    ),
    Command(
        "review.finish", N_("Done"), "d", REVIEW, why_disabled=_nothing_to_finish, priority=6, label=N_("done"),
        tooltip=N_("An agreement is done, or isn't after all; a point of the agenda was talked about."),
    ),
    Command(
        "review.criteria", N_("Criteria"), "e", REVIEW, why_disabled=_not_lead, priority=7, label=N_("criteria"),
        tooltip=N_("Writes down what matters, from a template or from what is there; a change starts a new series."),
    ),
    Command(
        "review.plan", N_("Plan of meetings"), "s", REVIEW, why_disabled=_not_lead, label=N_("plan"), priority=8,
        tooltip=N_("Says how often you meet: every week, every second Tuesday, or any rule of RFC 5545."),
    ),
    Command(
        "review.move", N_("Move the next meeting"), "w", REVIEW, why_disabled=_nothing_planned,
        tooltip=N_("Moves the next meeting to another day or leaves it out; open points stay open."),
    ),
    Command(
        "review.change", N_("Change the record"), "E", REVIEW, why_disabled=_no_change,
        tooltip=N_("Changes points and reasons of a record that isn't acknowledged yet."),
    ),
    Command(
        "review.correct", N_("Add a correction"), "R", REVIEW, why_disabled=_no_record,
        tooltip=N_("Adds a correction to a record; what was written stays."),
    ),
    Command(
        "review.note", N_("Private note"), "n", REVIEW, why_disabled=_no_note,
        tooltip=N_("Keeps a note about the meeting that nobody but you sees."),
    ),
    Command(
        "review.export", N_("Export the history"), "x", REVIEW, why_disabled=_no_file,
        tooltip=N_("Writes all meetings of the person to a file, Markdown (.md) or Excel (.xlsx)."),
    ),
    Command(
        "review.next-list", N_("Next list"), "]", REVIEW, also=("right",), priority=9, label=N_("next list"),
        tooltip=N_("Shows the list on the right of the line on top."),
    ),
    Command(
        "review.previous-list", N_("Previous list"), "[", REVIEW, also=("left",),
        tooltip=N_("Shows the list on the left of the line on top."),
    ),
    Command(
        "review.pane", N_("Details beside the list"), "i", REVIEW,
        tooltip=N_("Shows or hides the details beside the list; on a narrow screen Enter opens them."),
    ),
    *step_commands(REVIEW),
)  # fmt: skip
