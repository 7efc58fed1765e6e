"""What changed in the roster since people were told, and what somebody works on a day; asked often, so it is cheap."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.period import Month
from leadconsole.roster import facts
from leadconsole.roster.queries import Change, shifts_in
from leadconsole.roster.rules.month import ShiftType


class OwnShift(NamedTuple):
    """A shift of somebody on a day."""

    day: str
    type: ShiftType


@query(Capability.READ_ROSTER)
def own_shift(desk: Desk, login: str, day: str) -> OwnShift | None:
    """What somebody works on an ISO day, None for nothing."""
    types = facts.shift_types(desk.reader)
    found = next((one for one in shifts_in(desk, day, day, login) if one.code in types), None)
    return None if found is None else OwnShift(found.day, types[found.code])


@query(Capability.READ_ROSTER)
def changes(desk: Desk, first: str, last: str, login: str = "") -> tuple[Change, ...]:
    """Shifts from one ISO day to another that aren't what was published, of one person or of everybody."""
    reader = desk.reader
    month, end = Month.of(date.fromisoformat(first)), Month.of(date.fromisoformat(last))
    found: list[Change] = []
    while month <= end:
        published = facts.publication(reader, month)
        if published is not None:
            plan = facts.plan(reader, month, margin=0)
            for who, day in sorted({*plan, *published.plan}, key=lambda cell: (cell[1], cell[0])):
                before, now = published.plan.get((who, day)), plan.get((who, day))
                if before != now and first <= day <= last and login in ("", who):
                    found.append(Change(who, day, before, now))
        month = month.next
    return tuple(found)


@query(Capability.READ_ROSTER)
def is_published(desk: Desk, month: Month) -> bool:
    """Whether a month was told to the people."""
    return facts.publication(desk.reader, month) is not None
