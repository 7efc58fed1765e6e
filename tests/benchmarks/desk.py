"""Writes the interchange folder of a made-up desk of any size: `python -m tests.benchmarks.desk FOLDER`.

The same size, seed and moment give the same bytes. Rows are written as they are made, so that a
million tickets take no more memory than a thousand. Formats: interchange.md, section 2.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from .ticket_stream import CLIENT_COUNT, YEARS, Row, Size, client_code, lives
from .words import CLIENTS, PEOPLE

DEFAULT_NOW = "2026-10-30T12:00:00+03:00"  # a Friday at noon: clocks run
POLICIES = {"standard": 1.0, "gold": 0.5, "basic": 2.0}  # how many times the norms below
MINUTES = {"low": (480, 2400), "normal": (240, 1440), "high": (120, 480), "urgent": (30, 240)}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PEOPLE_COLUMNS = ("login", "name", "role", "lines", "email", "started")
CLIENT_COLUMNS = ("code", "name", "domains", "status", "started", "policy", "calendar")
CALENDAR_COLUMNS = ("calendar", "weekday", "opens", "closes", "timezone")
NORM_COLUMNS = ("policy", "priority", "line", "first_reply_minutes", "resolution_minutes")
TICKET_COLUMNS = (
    *("number", "client", "subject", "created", "requester", "body", "kind", "priority", "line"),
    *("status", "channel", "estimate_hours", "price", "tags"),
)
EVENT_COLUMNS = ("ticket", "at", "seq", "actor", "kind", "value", "text")


def write_desk(folder: Path, size: Size) -> None:
    """Write all files of the desk into a folder, which is made if there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    began = (size.now - timedelta(days=366 * YEARS)).date().isoformat()
    write_table(folder / "settings.csv", ("key", "value"), settings())
    write_table(folder / "people.csv", PEOPLE_COLUMNS, people(began))
    write_table(folder / "clients.csv", CLIENT_COLUMNS, clients(began))
    write_table(folder / "calendars.csv", CALENDAR_COLUMNS, calendars())
    write_table(folder / "norms.csv", NORM_COLUMNS, norms())
    with (
        (folder / "tickets.csv").open("w", newline="", encoding="utf-8") as ticket_file,
        (folder / "ticket_events.csv").open("w", newline="", encoding="utf-8") as event_file,
    ):
        tickets, events = csv.writer(ticket_file), csv.writer(event_file)
        tickets.writerow(TICKET_COLUMNS)
        events.writerow(EVENT_COLUMNS)
        for ticket, history in lives(size):
            tickets.writerow(ticket)
            events.writerows(history)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write one CSV file with its header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def settings() -> Iterator[Row]:
    """The desk's settings."""
    yield "lead", "anna"
    yield "currency", "RUB"
    yield "timezone", "Europe/Moscow"
    yield "country", "RU"
    yield "calendar", "office"
    yield "language", "ru"
    yield "repeat_days", 7
    yield "at_risk_minutes", 60


def people(began: str) -> Iterator[Row]:
    """Twenty people; some of the first line, some of the second, two contractors of the third."""
    for login, name, role, lines in PEOPLE:
        yield login, name, role, lines, f"{login}@desk.example", began


def clients(began: str) -> Iterator[Row]:
    """Clients on three policies; every name ends in its number, so that a screen's rows can be told."""
    policies = tuple(POLICIES)
    for number in range(1, CLIENT_COUNT + 1):
        code, name = client_code(number), f"{CLIENTS[number % len(CLIENTS)]}-{number:03d}"
        calendar = {0: "long", 1: "always"}.get(number % 10, "")
        yield code, name, f"{code}.example", "active", began, policies[number % len(policies)], calendar


def calendars() -> Iterator[Row]:
    """Office hours with a lunch break, long hours with Saturdays, and around the clock."""
    for day in WEEK[:5]:
        yield "office", day, "09:00", "13:00", "Europe/Moscow"
        yield "office", day, "14:00", "18:00", "Europe/Moscow"
    for day in WEEK[:6]:
        yield "long", day, "08:00", "20:00", "Europe/Moscow"
    for day in WEEK:
        yield "always", day, "00:00", "24:00", "Europe/Moscow"


def norms() -> Iterator[Row]:
    """Norms per policy and priority; the second line has twice the time to resolve."""
    for policy, pace in POLICIES.items():
        for priority, (reply, resolution) in MINUTES.items():
            yield policy, priority, "", round(reply * pace), round(resolution * pace)
            yield policy, priority, 2, round(reply * pace), round(2 * resolution * pace)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the interchange folder of a made-up desk.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tickets", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--now", type=datetime.fromisoformat, default=datetime.fromisoformat(DEFAULT_NOW))
    given = parser.parse_args()
    write_desk(given.folder, Size(given.tickets, given.seed, given.now))


if __name__ == "__main__":
    main()
