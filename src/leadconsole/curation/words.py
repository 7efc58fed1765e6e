"""The words in which people are told of curation: levels, steps, files and their columns."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date

TITLES = {
    "curation": N_("Level"),
    "substitutions": N_("Substitution"),
    "client_sheets": N_("Client sheet"),
    "learning_tasks": N_("Learning task"),
    "lead_handovers": N_("Handover"),
}
_LEVELS = {"learning": NP_("level", "learning"), "curator": NP_("level", "curator"), "lead": NP_("level", "lead")}
SIGNS = {"learning": "◌", "curator": "○", "lead": "●"}
"""One sign a level, readable without colour."""
_STEPS = {
    "introduction": NP_("step", "introduction to the client"),
    "access": NP_("step", "systems and access"),
    "open_work": NP_("step", "open work"),
    "quirks": NP_("step", "history and quirks"),
    "done": NP_("step", "done"),
}
_COLUMNS = {
    "client": N_("Client"),
    "login": N_("Login"),
    "since": N_("Since"),
    "level": N_("Level"),
    "until": N_("Until"),
    "absent": N_("Who is away"),
    "from": NP_("day", "From"),
    "to": NP_("day", "To"),
    "substitute": N_("Substitute"),
    "acknowledged": N_("Acknowledged"),
    "access": N_("Systems and access"),
    "quirks": N_("History and quirks"),
    "due": N_("Due"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
    "because": N_("Because"),
    "begun": N_("Begun"),
    "giver": N_("Who gives"),
    "taker": N_("Who takes"),
    "effective": N_("Takes effect"),
    "introduction": N_("Introduction"),
    "open_work": N_("Open work"),
    "cancelled": N_("Cancelled"),
}
_DAYS = frozenset({"since", "until", "from", "to", "due", "done", "dropped", "begun", "effective", "cancelled"})


def level(name: str) -> str:
    """A level in words."""
    return pgettext("level", _LEVELS[name])


def step(name: str) -> str:
    """A step of a handover in words."""
    return pgettext("step", _STEPS[name])


def day(iso: str) -> str:
    """An ISO day as people write it."""
    return formats.day(parse_date(iso))


def column(name: str) -> str:
    """A column as the label of a field."""
    return pgettext("day", _COLUMNS[name]) if name in ("from", "to") else _(_COLUMNS[name])


def value(column_name: str, cell: str) -> str:
    """A cell in words; nothing is a dash."""
    if not cell:
        return "—"
    if column_name == "level":
        return level(cell)
    return day(cell) if column_name in _DAYS else cell


def named(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Level acme, lida, 1 Mar 2026`."""
    parts = [str(part) for part in key]
    if len(parts) > 1:
        parts[-1] = day(parts[-1])
    return f"{_(TITLES[file])} {', '.join(parts)}"


def fall_away(shifts: int) -> str:
    """How many shifts fall on absences."""
    return ngettext("{n} shift falls away", "{n} shifts fall away", shifts).format(n=shifts)
