"""Exports of other desks through the shipped mappings: the figures that others have counted in them must come out."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desks import House, at, empty_house
from intake.folders import counts, load, rows
from leadconsole.intake.report import ImportReport
from leadconsole.kernel.clock import moment
from leadconsole.kernel.period import time_zone

NOW = "2026-03-02T10:00:00+03:00"


@dataclass(frozen=True)
class Case:
    """A file of another desk, what was counted in it, and the desk that it became."""

    source: Path
    expected: dict[str, Any]
    home: House
    report: ImportReport

    def count(self, question: str, *values: object) -> Any:
        """The one number that SQLite answers."""
        return self.home.database.reader.execute(question, values).fetchone()[0]

    def rows(self) -> list[list[str]]:
        """The rows of the source as Python's own reader sees them, without the header."""
        with gzip.open(self.source, "rt", encoding="utf-8", newline="") as file:
            return list(csv.reader(io.StringIO(file.read(), newline="")))[1:]


def loaded(source: Path, mapping: str, folder: Path) -> Case:
    """The file of the case, loaded into an empty desk."""
    beside = source.with_name("expected.json")
    expected = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    home = empty_house(folder / "desk.db", NOW)
    return Case(source, expected, home, load(home, source, mapping=mapping))


@pytest.fixture(scope="module")
def italian(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The event log of the Italian help desk."""
    source = cases / "tickets" / "italian_helpdesk" / "helpdesk.csv.gz"
    return loaded(source, "italian_helpdesk", tmp_path_factory.mktemp("italian"))


@pytest.fixture(scope="module")
def kaggle(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The synthetic tickets of Kaggle."""
    source = cases / "tickets" / "kaggle_customer_support" / "customer_support_tickets.csv.gz"
    return loaded(source, "kaggle_customer_support", tmp_path_factory.mktemp("kaggle"))


# The Italian help desk

TICKETS_WITH = "SELECT count(*) FROM (SELECT key FROM event WHERE subject = 'ticket' AND {} GROUP BY key HAVING {})"
ASSIGNED = "kind = 'assign'"
RESOLVED = "kind = 'status' AND value = 'resolved'"
ACCEPTED = "kind = 'accept'"
WAITS = "kind = 'status' AND value = 'waiting_client'"


def test_every_row_of_the_log_is_read(italian: Case) -> None:
    assert italian.report.rejected == []
    assert italian.report.kept
    assert len(italian.rows()) == italian.expected["events"] == 21348
    # A row is one event, a taking in charge two; a ticket that is resolved again was reopened in between.
    again = italian.count("SELECT count(*) FROM event WHERE kind = 'reopen'")
    taken = italian.expected["activities"]["Take in charge ticket"]
    assert italian.count("SELECT count(*) FROM event WHERE subject = 'ticket'") == 21348 + taken + again


def test_tickets_people_and_clients_are_as_many_as_counted(italian: Case) -> None:
    assert italian.count("SELECT count(*) FROM ticket") == italian.expected["cases"] == 4580
    assert italian.count("SELECT count(*) FROM person") == italian.expected["resources"] == 22
    assert italian.count("SELECT count(*) FROM client") == italian.expected["customers"] == 397
    # The first row of a ticket says whose it is; three customers stand in later rows only.
    customers: dict[str, str] = {}
    for row in italian.rows():
        customers.setdefault(row[0], row[8])
    assert italian.count("SELECT count(DISTINCT client) FROM ticket") == len(set(customers.values()))


def test_every_activity_is_as_frequent_as_counted(italian: Case) -> None:
    expected = dict(italian.expected["activities"])
    for activity, where in {
        "Take in charge ticket": ASSIGNED,
        "Resolve ticket": RESOLVED,
        "Closed": ACCEPTED,
        "Wait": WAITS,
    }.items():
        found = italian.count(f"SELECT count(*) FROM event WHERE subject = 'ticket' AND {where}")
        assert found == expected.pop(activity), activity
    for activity, number in expected.items():
        question = "SELECT count(*) FROM event WHERE subject = 'ticket' AND text = ? AND kind IN ('note', 'status')"
        assert italian.count(question, activity) == number, activity


def test_the_totals_are_as_counted(italian: Case) -> None:
    totals = italian.expected["totals"]
    assert {
        "cases_with_wait": italian.count(TICKETS_WITH.format(WAITS, "count(*) >= 1")),
        "take_in_charge>=2": italian.count(TICKETS_WITH.format(ASSIGNED, "count(*) >= 2")),
        "resolve>=2 (reopened)": italian.count(TICKETS_WITH.format(RESOLVED, "count(*) >= 2")),
        "not_closed": 4580 - italian.count(TICKETS_WITH.format(ACCEPTED, "count(*) >= 1")),
        "no_take_in_charge": 4580 - italian.count(TICKETS_WITH.format(ASSIGNED, "count(*) >= 1")),
    } == totals


def test_what_is_resolved_again_was_reopened(italian: Case) -> None:
    twice = italian.count(TICKETS_WITH.format(RESOLVED, "count(*) >= 2"))
    assert twice == italian.expected["totals"]["resolve>=2 (reopened)"]
    back = italian.count(
        "SELECT count(*) FROM ticket WHERE reopens > 0 AND number IN (SELECT CAST(key AS INTEGER) FROM event"
        f" WHERE {RESOLVED} GROUP BY key HAVING count(*) >= 2)"
    )
    assert back == twice


def test_the_waiting_time_is_as_long_as_counted(italian: Case) -> None:
    rome = time_zone("Europe/Rome")
    moves: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    for key, when, waits in italian.home.database.reader.execute(
        f"SELECT key, at, {WAITS} FROM event WHERE subject = 'ticket' ORDER BY CAST(key AS INTEGER), at, seq"
    ):
        moves[key].append((moment(when).astimezone(rome).replace(tzinfo=None), bool(waits)))
    waited = sum(
        (after - before).total_seconds()
        for story in moves.values()
        for (before, waits), (after, _waits) in pairwise(story)
        if waits
    )
    assert waited == italian.expected["total_wait_seconds_wallclock"]


def test_the_first_and_last_time_are_those_of_the_log(italian: Case) -> None:
    def local(text: str) -> datetime:
        return datetime.strptime(text, "%Y/%m/%d %H:%M:%S.%f")

    rome = time_zone("Europe/Rome")
    ends = italian.home.database.reader.execute("SELECT min(at), max(at) FROM event WHERE subject = 'ticket'")
    first, last = (moment(when).astimezone(rome).replace(tzinfo=None) for when in ends.fetchone())
    assert (first, last) == (local(italian.expected["first"]), local(italian.expected["last"]))


def test_service_levels_are_as_frequent_as_counted(italian: Case) -> None:
    # A ticket keeps the level of its first row, so the levels of rows are counted where they were written.
    levels = Counter(row[12] for row in italian.rows())
    assert levels == italian.expected["service_levels"]
    first: dict[str, str] = {}
    for row in italian.rows():
        first.setdefault(row[0], row[12])
    tagged = italian.home.database.reader.execute("SELECT number, tags FROM ticket")
    for number, tags in tagged:
        level = re.search(r"service-level-(Value \d)", tags, re.IGNORECASE)
        assert level is not None
        assert level[1].lower() == first[f"Case {number}"].lower()


def test_who_has_served_whom_is_what_the_log_says(italian: Case) -> None:
    def number(text: str) -> int:
        return int(re.sub(r"\D", "", text))

    wanted: dict[tuple[int, int], set[int]] = defaultdict(set)
    client: dict[str, int] = {}
    for case, activity, resource, *rest in italian.rows():
        client.setdefault(case, number(rest[5]))
        if activity == "Take in charge ticket":
            wanted[number(resource), client[case]].add(number(case))
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for login, code, ticket in italian.home.database.reader.execute(
        "SELECT e.value, t.client, t.number FROM event e JOIN ticket t ON t.number = CAST(e.key AS INTEGER)"
        " WHERE e.subject = 'ticket' AND e.kind = 'assign'"
    ):
        found[number(login), number(code)].add(ticket)
    assert found == wanted
    assert len(found) > 1000


def test_tickets_end_as_their_last_row_says(italian: Case) -> None:
    stand = dict(italian.home.database.reader.execute("SELECT status, count(*) FROM ticket GROUP BY status"))
    last: dict[str, str] = {}
    for case, activity, *_rest in italian.rows():
        if activity in ("Closed", "Resolve ticket", "Take in charge ticket", "Wait"):
            last[case] = activity
    closed = sum(activity == "Closed" for activity in last.values())
    assert abs(stand["accepted"] - closed) <= italian.expected["totals"]["not_closed"]


def test_the_caches_of_the_log_are_proved(italian: Case) -> None:
    assert italian.home.differences() == []


def test_loading_the_log_again_changes_nothing(italian: Case) -> None:
    before = rows(italian.home)
    told = counts(load(italian.home, italian.source, mapping="italian_helpdesk"))
    assert {(added, updated, bad) for added, updated, _same, bad in told.values()} == {(0, 0, 0)}
    assert rows(italian.home) == before


# The tickets of Kaggle


def test_every_ticket_is_read_through_all_its_lines(kaggle: Case) -> None:
    with gzip.open(kaggle.source, "rt", encoding="utf-8", newline="") as file:
        assert file.read().count("\n") == 29808
    assert kaggle.report.rejected == []
    assert kaggle.count("SELECT count(*) FROM ticket") == len(kaggle.rows()) == 8469
    assert kaggle.count("SELECT count(*) FROM ticket WHERE body LIKE '%' || char(10) || '%'") == sum(
        "\n" in row[9].strip() for row in kaggle.rows()
    )


def test_closed_tickets_are_resolved(kaggle: Case) -> None:
    assert kaggle.count("SELECT count(*) FROM ticket WHERE status = 'resolved'") == 2769
    assert kaggle.count("SELECT count(*) FROM ticket WHERE resolved_at IS NOT NULL") == 2769
    statuses = Counter(row[10] for row in kaggle.rows())
    assert kaggle.count("SELECT count(*) FROM ticket WHERE status = 'open'") == statuses["Open"]
    assert (
        kaggle.count("SELECT count(*) FROM ticket WHERE status = 'waiting_client'")
        == statuses["Pending Customer Response"]
    )


def test_impossible_times_are_flagged_not_swallowed(kaggle: Case) -> None:
    tagged = "tags LIKE '%impossible-times%'"
    assert kaggle.count(f"SELECT count(*) FROM ticket WHERE {tagged}") == 1365
    assert kaggle.count(f"SELECT count(*) FROM ticket WHERE {tagged} AND status <> 'resolved'") == 0
    # They are taken as they are written.
    late = "start_resolved < start_first_reply"
    assert kaggle.count(f"SELECT count(*) FROM ticket WHERE {late}") == 1365
    assert kaggle.count(f"SELECT count(*) FROM ticket WHERE {late} AND NOT {tagged}") == 0
    [told] = [one for one in kaggle.report.warnings if "1365" in one.message]
    assert "impossible-times" in told.message
    assert told.line is not None


def test_the_words_of_the_source_become_the_words_of_the_desk(kaggle: Case) -> None:
    asked = kaggle.home.database.reader.execute
    priorities = Counter(row[12] for row in kaggle.rows())
    assert dict(asked("SELECT priority, count(*) FROM ticket GROUP BY priority")) == {
        "low": priorities["Low"],
        "normal": priorities["Medium"],
        "high": priorities["High"],
        "urgent": priorities["Critical"],
    }
    first = next(row for row in kaggle.rows() if row[0] == "1")
    found = asked("SELECT requester, channel, created, body FROM ticket WHERE number = 1").fetchone()
    assert found[:3] == (first[1], "chat", at(f"{first[6]}T00:00:00+00:00"))
    assert found[3].split() == first[9].split()


def test_the_caches_of_the_dirty_tickets_are_proved(kaggle: Case) -> None:
    assert kaggle.home.differences() == []


def test_loading_the_dirty_tickets_again_changes_nothing(kaggle: Case) -> None:
    before = rows(kaggle.home)
    load(kaggle.home, kaggle.source, mapping="kaggle_customer_support")
    assert rows(kaggle.home) == before
