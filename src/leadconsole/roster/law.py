"""Which law stands behind a rule of the roster, by country and day; data, not advice.

Russia: Labour Code, in force since 2002-02-01. Ukraine: KZpP, in force since 1972-06-01; under martial law a weekly
rest of 24 hours is lawful (law 2136-IX, article 6, since 2022-03-24), and the limit of the rule is a setting.
"""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.i18n import N_, _
from leadconsole.roster.rules.names import RuleName


class Source(NamedTuple):
    """A law and the first day on which it holds."""

    since: str
    text: str


_RU, _UA = "2002-02-01", "1972-06-01"
SOURCES: dict[tuple[str, RuleName], tuple[Source, ...]] = {
    ("RU", RuleName.ABSENT): (Source(_RU, N_("Labour Code, articles 106 and 107")),),
    ("RU", RuleName.TWO_SHIFTS): (Source(_RU, N_("Labour Code, article 103")),),
    ("RU", RuleName.WEEKLY_REST): (Source(_RU, N_("Labour Code, article 110")),),
    ("RU", RuleName.MAX_CONSECUTIVE): (Source(_RU, N_("Labour Code, article 111")),),
    ("RU", RuleName.MONTHLY_NORM): (Source(_RU, N_("Labour Code, articles 91 and 104")),),
    ("UA", RuleName.ABSENT): (Source(_UA, N_("KZpP, article 74")),),
    ("UA", RuleName.TWO_SHIFTS): (Source(_UA, N_("KZpP, article 59")),),
    ("UA", RuleName.WEEKLY_REST): (
        Source(_UA, N_("KZpP, article 70")),
        Source("2022-03-24", N_("KZpP, article 70; under martial law 24 h suffice: law 2136-IX, article 6")),
    ),
    ("UA", RuleName.MAX_CONSECUTIVE): (Source(_UA, N_("KZpP, article 67")),),
    ("UA", RuleName.MONTHLY_NORM): (Source(_UA, N_("KZpP, articles 50 and 61")),),
}


def source(country: str, rule: RuleName, day: str) -> str:
    """The law behind a rule on an ISO day, in the user's language; empty where the house alone wants it."""
    found = ""
    for one in SOURCES.get((country, rule), ()):
        if one.since <= day:
            found = one.text
    return _(found) if found else ""
