"""What can be done by key in the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.registry import Command
from leadconsole.curation import words
from leadconsole.curation.screen.keys import no_right
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

MATRIX = "matrix"


def _no_cell(screen: CoverScreen) -> str | None:
    return _("There is no cell under the cursor.") if screen.matrix.client is None else None


def _cant_set(screen: CoverScreen) -> str | None:
    return no_right(screen) or _no_cell(screen)


def _cant_step(screen: CoverScreen) -> str | None:
    if why := _cant_set(screen):
        return why
    if day := screen.matrix.day:
        return _("The matrix of {day} is shown; Esc goes back to today.").format(day=words.day(day))
    return None


def _cant_raise(screen: CoverScreen) -> str | None:
    if why := _cant_step(screen):
        return why
    return _("This is the highest level.") if screen.matrix.level == "lead" else None


def _cant_lower(screen: CoverScreen) -> str | None:
    if why := _cant_step(screen):
        return why
    if screen.matrix.level == "lead":
        return _("Somebody must lead the client: go to the one who shall, and press m.")
    return _("This is the lowest level.") if screen.matrix.level is None else None


def _cant_move(screen: CoverScreen) -> str | None:
    if why := _cant_set(screen):
        return why
    return _("This person leads the client already.") if screen.matrix.level == "lead" else None


def _no_person(screen: CoverScreen) -> str | None:
    return None if screen.matrix.away else _("There is nobody who could be away.")


MATRIX_COMMANDS = (
    Command(
        "matrix.raise", N_("Raise the level"), "+", MATRIX, also=("=",), why_disabled=_cant_raise, priority=1,
        label=N_("raise"), tooltip=N_("From nothing to learning, to curator, to lead; from today on."),
    ),
    Command(
        "matrix.lower", N_("Lower the level"), "-", MATRIX, why_disabled=_cant_lower, priority=2, label=N_("lower"),
        tooltip=N_("From curator to learning, to nothing; from today on."),
    ),
    Command(
        "matrix.level", N_("Choose level and day"), "e", MATRIX, why_disabled=_cant_set, priority=3, label=N_("level"),
        tooltip=N_("Sets the level of the cell, or of all marked ones, from a day on."),
    ),
    Command(
        "matrix.move-lead", N_("Move the lead here"), "m", MATRIX, why_disabled=_cant_move, priority=5,
        label=N_("move lead"), dangerous=True,
        tooltip=N_("Lets the person of this column lead the client: at once, or by a handover with steps."),
    ),
    Command(
        "matrix.mark", N_("Mark the cell"), "v", MATRIX, why_disabled=_no_cell,
        tooltip=N_("Marks the cell and goes down; e then sets the level of all marked ones."),
    ),
    Command(
        "matrix.mark-person", N_("Mark the person"), "V", MATRIX, why_disabled=_no_cell,
        tooltip=N_("Marks the person of this column, for the question what if they are away together."),
    ),
    Command(
        "matrix.away", N_("What if away"), "w", MATRIX, why_disabled=_no_person, priority=6, label=N_("what if"),
        tooltip=N_("Asks what happens if the marked people, or the one of this column, are away."),
    ),
    Command(
        "matrix.person", N_("Clients of a person"), "p", MATRIX, priority=8, label=N_("person"),
        tooltip=N_("Shows only the clients that one person knows."),
    ),
    Command(
        "matrix.thin", N_("Thin ones"), "t", MATRIX, priority=7, label=N_("thin"),
        tooltip=N_("Shows only clients with fewer than two people who cover them, and all again."),
    ),
    Command(
        "matrix.stale", N_("Stale ones"), "o", MATRIX,
        tooltip=N_("Shows only clients with somebody who covers them but had no contact for long."),
    ),
    Command(
        "matrix.sort", N_("Other order"), "s", MATRIX, priority=8, label=N_("order"),
        tooltip=N_("By risk, by monthly fee, by name."),
    ),
    Command(
        "matrix.day", N_("As of a day"), "a", MATRIX,
        tooltip=N_("Shows who knew or will know which client on another day; Esc goes back to today."),
    ),
)  # fmt: skip
