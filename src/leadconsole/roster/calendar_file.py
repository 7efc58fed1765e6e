"""The published shifts of a person as an iCalendar file; the library is imported when a file is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from leadconsole.kernel.clock import Instant, moment
from leadconsole.kernel.i18n import _


class Event(NamedTuple):
    """One shift in real time."""

    login: str
    day: str
    code: str
    name: str
    begin: Instant
    end: Instant


def calendar(login: str, events: Iterable[Event], at: Instant) -> bytes:
    """The file: an event a shift in UTC, with a lasting name, so that taking it again moves and doesn't double."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    made = Calendar()
    made.add("prodid", "-//leadconsole//roster//")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Shifts of {login}").format(login=login))
    for one in events:
        entry = Entry()
        entry.add("uid", f"{one.day}-{one.login}@leadconsole")
        entry.add("dtstamp", moment(at))
        entry.add("dtstart", moment(one.begin))
        entry.add("dtend", moment(one.end))
        entry.add("summary", f"{one.code} {one.name}")
        made.add_component(entry)
    data: bytes = made.to_ical()
    return data
