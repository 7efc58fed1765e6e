"""Russia's production calendar beside the public holidays: short days, days off by decree, a lost transfer.

Short days are those that each year's published calendar ends an hour earlier. The rule is the working day
before a holiday (Labour Code, article 95), but transfers bend it (24 February 2014, 2 November 2024), so the
dates stand here as they were published and are not derived.
"""

from __future__ import annotations

SHORT_DAYS: dict[int, str] = {
    2013: "02-22 03-07 04-30 05-08 06-11 12-31",
    2014: "02-24 03-07 04-30 05-08 06-11 12-31",
    2015: "04-30 05-08 06-11 11-03 12-31",
    2016: "02-20 11-03",
    2017: "02-22 03-07 11-03",
    2018: "02-22 03-07 04-28 05-08 06-09 12-29",
    2019: "02-22 03-07 04-30 05-08 06-11 12-31",
    2020: "06-11 11-03 12-31",
    2021: "02-20 04-30 06-11",
    2022: "02-22 03-05 11-03",
    2023: "02-22 03-07 11-03",
    2024: "02-22 03-07 05-08 06-11 11-02",
    2025: "03-07 04-30 06-11 11-01",
    2026: "04-30 05-08 06-11 11-03",
    2027: "02-20 04-30 06-11 11-03",
}
"""Month and day of each short day by year; a Saturday here is a working one."""

DAYS_OFF_BY_DECREE: tuple[tuple[str, str], ...] = (
    ("2020-03-30", "2020-04-30"),  # decrees 206 and 239: the epidemic
    ("2020-05-06", "2020-05-08"),  # decree 294
    ("2020-06-24", "2020-06-24"),  # decree 345: the parade put off from 9 May
    ("2020-07-01", "2020-07-01"),  # decree 354: the vote on the constitution
    ("2021-05-04", "2021-05-07"),  # decree 242
    ("2021-10-30", "2021-11-03"),  # decree 595, up to the holiday and its transfer
)
"""First and last day, weekends between them too, of the paid days off that presidents ordered.

The published month norms leave them out (April 2020 has no hours at all).
"""

TRANSFERRED_DAYS_OFF: tuple[str, ...] = ("2014-03-10",)
"""Days off in place of a holiday on a weekend that `holidays` (0.109) doesn't know."""
