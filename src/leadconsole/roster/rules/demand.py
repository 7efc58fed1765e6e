"""How many people are wanted when: the rows of demand.csv laid out over a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from leadconsole.kernel.clock import MINUTE, moment
from leadconsole.kernel.period import time_zone
from leadconsole.kernel.worktime import DayKind
from leadconsole.roster.rules.month import DemandRow, MonthFacts, Stretch

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAY, WEEKEND, HOLIDAY = "workday", "weekend", "holiday"
KINDS_OF_DAY = (*WEEKDAYS, WORKDAY, WEEKEND, HOLIDAY)


def names_of(facts: MonthFacts, day: date) -> Iterator[str]:
    """What a date is called in demand.csv, the most special name first."""
    yield day.isoformat()
    if facts.public_days.get(day) is DayKind.OFF:
        yield HOLIDAY
    yield WEEKDAYS[day.weekday()]
    yield WORKDAY if facts.is_work_day(day) else WEEKEND


def rows_of(facts: MonthFacts, day: date) -> tuple[DemandRow, ...]:
    """The rows that hold on a date: those of its most special name that has any."""
    for name in names_of(facts, day):
        if found := tuple(row for row in facts.demand if row.day == name):
            return found
    return ()


def stretches(facts: MonthFacts) -> tuple[Stretch, ...]:
    """The stretches of constant need that begin on a day of the month; needs of one line add up."""
    first, last = facts.month.first, facts.month.last
    wanted: list[tuple[int, int, int, int]] = []  # begin, end, line, people
    day = first - timedelta(days=1)
    while day <= last + timedelta(days=1):
        for row in rows_of(facts, day):
            length = row.ends - row.starts + (0 if row.ends > row.starts else 24 * 60)
            iso = day.isoformat()
            begin, end = facts.at(iso, row.starts), facts.at(iso, row.starts + length)
            if end > begin:
                wanted.append((begin, end, row.line, row.people))
        day += timedelta(days=1)
    zone = time_zone(facts.timezone)
    found = []
    wanted.sort()
    cuts = sorted({cut for begin, end, _line, _people in wanted for cut in (begin, end)})
    for begin, end in pairwise(cuts):
        needs: dict[int, int] = {}
        for opens, closes, line, people in wanted:
            if opens >= end:
                break
            if closes > begin:
                needs[line] = needs.get(line, 0) + people
        iso = moment(begin * MINUTE).astimezone(zone).date().isoformat()
        if needs and first.isoformat() <= iso <= last.isoformat():
            # Any line comes last: who has a line is wanted there first.
            lines = tuple(sorted(needs, key=lambda line: line or 9))
            found.append(Stretch(iso, begin, end, lines, tuple(needs[line] for line in lines)))
    return tuple(found)
