"""The words of Today: what its sections are called, how the head of the day reads."""

from __future__ import annotations

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.team.words import absence_kind
from leadconsole.today.lines import Head, OnDuty, Section

_TITLES = {
    "acknowledge": NP_("today", "to read"),
    "overdue": NP_("today", "overdue"),
    "promised": NP_("today", "promised"),
    "at_risk": NP_("today", "at risk"),
    "unassigned": NP_("today", "unassigned"),
    "tickets": NP_("today", "my tickets"),
    "promises": NP_("today", "I promised"),
    "thin": NP_("today", "thin cover"),
    "away": NP_("today", "away"),
    "stands_in": NP_("today", "standing in"),
    "meetings": NP_("today", "1-on-1"),
    "one_on_one": NP_("today", "my 1-on-1"),
    "approvals": NP_("today", "to decide"),
    "roster": NP_("today", "roster"),
    "to_accept": NP_("today", "to accept"),
    "invoices": NP_("today", "invoices"),
    "payout": NP_("today", "payout"),
    "norms": NP_("today", "norms"),
    "learning": NP_("today", "learning"),
}
TITLE_CELLS = 14
"""The longest title in any language."""
_PLACES = {
    "ticket": N_("Enter opens the ticket."),
    "view": N_("Enter opens the queue on all of them."),
    "cover": N_("Enter opens the client in the matrix."),
    "sheet-of": N_("Enter opens the handover sheet."),
    "absence": N_("Enter opens the absence."),
    "handover": N_("Enter opens the handover."),
    "sheet": N_("Enter opens the 1-on-1 sheet."),
    "shift": N_("Enter opens the roster."),
    "roster": N_("Enter opens the roster."),
    "month": N_("Enter opens the month."),
    "norms": N_("Enter opens the norms."),
}


def title(name: str) -> str:
    """What a section is called, in at most `TITLE_CELLS` cells."""
    return pgettext("today", _TITLES[name])


def place(kind: str) -> str:
    """What Enter opens."""
    return _(_PLACES[kind])


def more(one: Section) -> str:
    """How many lines of a section aren't shown."""
    return ngettext("and {n} more", "and {n} more", one.more).format(n=formats.integer(one.more))


def head(told: Head, timezone: str) -> list[tuple[str, str]]:
    """The day in pieces, most important first: a text and its tone each."""
    day = parse_date(told.day)
    pieces = [(f"{formats.weekday(day)} {formats.short_day(day)}", "bold")]
    if told.absent is not None:
        away = _("you are away until {day}: {kind}")
        pieces.append((away.format(day=_day(told.absent.until), kind=absence_kind(told.absent.kind)), "accent"))
    elif told.shift is not None:
        pieces.append((f"{told.shift.name} {told.shift.starts}–{told.shift.ends}", "accent"))
    elif told.planned:
        pieces.append((_("no shift today"), "accent"))
    if told.on_shift:
        names = ", ".join(f"{one.name} {_hours(one, timezone)}" for one in told.on_shift)
        pieces.append((_("on shift: {names}").format(names=names), ""))
    if told.away:
        one_away = _("{name} ({kind} until {day})")
        names = ", ".join(
            one_away.format(name=one.name, kind=absence_kind(one.kind), day=_day(one.until)) for one in told.away
        )
        pieces.append((_("away: {names}").format(names=names), "dim"))
    return pieces


def _day(iso: str) -> str:
    return formats.short_day(parse_date(iso))


def _hours(one: OnDuty, timezone: str) -> str:
    return f"{formats.time_of_day(one.begin, timezone)}–{formats.time_of_day(one.end, timezone)}"
