"""What stands behind a line, in words: how its amount is made, the rows it stands among, who wrote it when."""

from __future__ import annotations

from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import parse_date
from leadconsole.payout import words
from leadconsole.payout.origins import Corrected, Origin, Written
from leadconsole.payout.rules import Held, Line

_MOST = 6
"""So many rows and writings are told, the last ones."""


def about(line: Line, origin: Origin, timezone: str, now: Instant) -> list[str]:
    """The lines of the card."""
    told = [_made(line)]
    if origin.corrected is not None:
        told.append(_corrects(origin.corrected))
    if len(origin.rows) > 1:
        told += ["", *(_held(one, line) for one in origin.rows[-_MOST:])]
    if origin.written:
        told += ["", *(_written(one, timezone, now) for one in origin.written[-_MOST:])]
    return told


def _made(line: Line) -> str:
    amount, base = formats.money(line.amount), formats.money(line.base)
    if line.days != line.of_days:
        return _("{amount} = {base} × {days} of {of_days} days").format(
            amount=amount, base=base, days=line.days, of_days=line.of_days
        )
    return _("{amount} for the whole month").format(amount=amount) if line.of_days > 1 else amount


def _corrects(corrected: Corrected) -> str:
    month = formats.month(corrected.month)
    if corrected.line is None:
        return _("It corrects {month}.").format(month=month)
    one = corrected.line
    return _("It corrects {month}, {section}: {label}, {amount}").format(
        month=month, section=words.section(one.section), label=words.label(one), amount=formats.money(one.amount)
    )


def _held(one: Held, line: Line) -> str:
    """A fee or salary by day; the one that made the line has the sign of the cursor."""
    sign = "›" if one.first == line.key.rpartition(",")[2] else " "
    first = formats.day(parse_date(one.first))
    if one.last is None:
        return _("{sign} {amount} from {first} on").format(sign=sign, amount=formats.money(one.amount), first=first)
    return _("{sign} {amount} from {first} to {last}").format(
        sign=sign, amount=formats.money(one.amount), first=first, last=formats.day(parse_date(one.last))
    )


def _written(one: Written, timezone: str, now: Instant) -> str:
    before, after = ("—" if amount is None else formats.money(amount) for amount in (one.before, one.after))
    when = formats.short(one.at, timezone, now)
    return _("{when}, {actor}: {before} → {after}").format(when=when, actor=one.actor, before=before, after=after)
