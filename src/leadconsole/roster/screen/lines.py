"""The lines above and below the month: its status and findings, and what a desk still needs to plan one."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.line import Piece
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.roster import words
from leadconsole.roster.queries import Change, RosterMonth
from leadconsole.roster.rules.finding import Report
from leadconsole.roster.rules.month import MonthFacts
from leadconsole.roster.telling import status_word

_TOLD = 4
"""So many changes are told in a sentence."""


def head(month: RosterMonth, report: Report, *, writing: bool, wide: bool) -> tuple[list[Piece], list[Piece]]:
    """Month and status on the left, with the letters while shifts are written; how much is wrong on the right."""
    facts, status = month.facts, month.status
    people = ngettext("{n} person", "{n} people", len(facts.people)).format(n=len(facts.people))
    letters = _("write: {letters} · Esc").format(letters=" ".join(facts.types))
    left = [
        Piece(f" {formats.month(facts.month)} ", "bold"),
        Piece(f"{status_word(status)} ", "accent" if status == "changed" else "dim"),
        Piece(f" {letters} ", "chosen") if writing else Piece(f"· {people} "),
    ]
    if wide:
        left.append(Piece(f"  {_kinds(facts)} ", "dim"))
    right = [
        Piece(f"! {report.hard} ", "danger" if report.hard else "dim"),
        Piece(f"~ {report.soft} ", "warning" if report.soft else "dim"),
    ]
    return left, right


def _kinds(facts: MonthFacts) -> str:
    """The kinds of shifts with their hours, as far as there is room."""
    return "  ".join(
        f"{code} {words.wall(kind.starts)}–{words.wall((kind.starts + kind.length) % 1440 or 1440)}"
        for code, kind in facts.types.items()
    )


def news(changes: Sequence[Change]) -> str:
    """What a publication changed for somebody, in one sentence."""
    parts = []
    for one in changes[:_TOLD]:
        day = words.date_title(one.day)
        if one.now is None:
            parts.append(_("{day} free instead of {before}").format(day=day, before=one.before))
        elif one.before is None:
            parts.append(_("{day} {now}").format(day=day, now=one.now))
        else:
            parts.append(_("{day} {now} instead of {before}").format(day=day, now=one.now, before=one.before))
    more = "" if len(changes) <= _TOLD else "…"
    return _("Your shifts have changed: {changes}").format(changes="; ".join(parts) + more)


def next_step(month: RosterMonth, key: str) -> str:
    """What is missing before a month can be planned, and the key for it; nothing where all is there."""
    if not month.facts.types:
        return _("There is no kind of shift yet; {key} writes one down.").format(key=key)
    if not month.facts.demand:
        return _("Nothing is wanted yet; {key} says how many people you need when.").format(key=key)
    return ""
