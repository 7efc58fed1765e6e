"""What somebody else has changed, in one line."""

from __future__ import annotations

from typing import Any

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.payout import words
from leadconsole.payout.looks import News
from leadconsole.team import words as team_words


def told(one: News) -> str:
    """The change: which row, and its figure before and after."""
    if one.table == "ticket" and one.kind in ("accept", "status"):
        return _("ticket {number} accepted, {amount}").format(number=one.key, amount=_figure(one, one.after))
    if one.table == "ticket" and one.kind == "reopen":
        return _("ticket {number} reopened, {amount}").format(number=one.key, amount=_figure(one, one.after))
    what = words.source(one.table)
    name = team_words.setting(one.key) if one.table == "setting" else one.key
    if one.table == "person":
        return f"{what} {name}"
    return f"{what} {name}: {_figure(one, one.before)} → {_figure(one, one.after)}"


def _figure(one: News, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if one.table == "setting":
        return team_words.setting_value(one.key, str(value))
    return formats.money(value) if isinstance(value, int) else words.value("until", str(value))
