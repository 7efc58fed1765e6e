"""The made-up desk keeps to the interchange contract and could have happened."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from .desk import DEFAULT_NOW, write_desk
from .ticket_stream import Size

NOW = datetime.fromisoformat(DEFAULT_NOW)
TICKETS = 1_000
REQUIRED = {
    "settings": {"key"},
    "people": {"login", "name", "role"},
    "clients": {"code", "name"},
    "calendars": {"calendar", "weekday", "opens", "closes"},
    "norms": {"policy", "priority"},
    "tickets": {"number", "client", "subject", "created"},
    "ticket_events": {"ticket", "at", "seq", "kind"},
}
KINDS = {"message_in", "reply", "note", "status", "assign", "line", "priority", "time", "accept", "reopen"}
ALLOWED = {
    "status": {"open", "waiting_client", "waiting_third_party", "resolved", "closed_rejected"},
    "line": {"1", "2", "3"},
    "priority": {"low", "normal", "high", "urgent"},
}
Table = list[dict[str, str]]


def read(folder: Path) -> dict[str, Table]:
    """All tables of a folder by name."""
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            tables[path.stem] = list(csv.DictReader(file, strict=True))
    return tables


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    folder = tmp_path_factory.mktemp("desk")
    write_desk(folder, Size(TICKETS, 7, NOW))
    return read(folder)


@pytest.fixture(scope="module")
def histories(desk: dict[str, Table]) -> dict[str, Table]:
    found: dict[str, Table] = defaultdict(list)
    for event in desk["ticket_events"]:
        found[event["ticket"]].append(event)
    return found


def test_every_file_has_its_required_columns_filled(desk: dict[str, Table]) -> None:
    assert desk.keys() == REQUIRED.keys()
    for name, columns in REQUIRED.items():
        assert desk[name]
        for row in desk[name]:
            assert all(row[column] for column in columns), (name, row)


def test_it_has_the_asked_for_sizes(desk: dict[str, Table], histories: dict[str, Table]) -> None:
    assert len(desk["people"]) == 20
    assert len(desk["clients"]) == 300
    assert [row["number"] for row in desk["tickets"]] == [str(n) for n in range(1, TICKETS + 1)]
    assert {len(history) for history in histories.values()} == {5}
    assert len(histories) == TICKETS


def test_logins_clients_and_policies_are_known_ones(desk: dict[str, Table]) -> None:
    logins = {row["login"] for row in desk["people"]}
    codes = {row["code"] for row in desk["clients"]}
    assert all(re.fullmatch(r"[a-z][a-z0-9._-]{0,31}", login) for login in logins)
    assert {row["client"] for row in desk["tickets"]} <= codes
    assert {row["policy"] for row in desk["clients"]} <= {row["policy"] for row in desk["norms"]}
    calendars = {row["calendar"] for row in desk["calendars"]}
    assert {row["calendar"] for row in desk["clients"]} - {""} <= calendars
    for event in desk["ticket_events"]:
        assert event["actor"] in logins or event["kind"] == "message_in"
        assert event["kind"] in KINDS
        if event["kind"] == "assign":
            assert event["value"] in logins
        elif event["kind"] == "time":
            assert int(event["value"]) > 0
        elif event["kind"] in ALLOWED:
            assert event["value"] in ALLOWED[event["kind"]]
        else:
            assert event["value"] == ""


def test_events_come_in_order_between_creation_and_now(desk: dict[str, Table], histories: dict[str, Table]) -> None:
    for ticket in desk["tickets"]:
        moments = [ticket["created"], *(event["at"] for event in histories[ticket["number"]])]
        times = [datetime.fromisoformat(moment) for moment in moments]
        assert times == sorted(times)
        assert times[-1] <= NOW
        assert [event["seq"] for event in histories[ticket["number"]]] == list("12345")


def test_about_three_in_a_hundred_are_open_and_only_solved_ones_are_accepted(
    desk: dict[str, Table], histories: dict[str, Table]
) -> None:
    ends: dict[str, int] = defaultdict(int)
    for ticket in desk["tickets"]:
        status = ticket["status"]
        for event in histories[ticket["number"]]:
            if event["kind"] == "accept":
                assert status == "resolved"
                status = "accepted"
            elif event["kind"] == "reopen":
                assert status == "resolved"
                status = "open"
            elif event["kind"] == "status":
                status = event["value"]
        ends[status] += 1
    living = sum(ends[status] for status in ("new", "open", "waiting_client", "waiting_third_party"))
    assert living == round(0.03 * TICKETS)
    assert ends["accepted"] > 0.8 * TICKETS
    assert ends["closed_rejected"]
    assert ends["resolved"]


def test_finished_ones_spread_over_years_and_open_ones_over_days(desk: dict[str, Table]) -> None:
    ages = [(NOW - datetime.fromisoformat(row["created"])).days for row in desk["tickets"]]
    assert ages[0] > 3 * 365
    assert max(ages[-round(0.03 * TICKETS) :]) <= 12
    assert min(ages) == 0


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("same", 7), ("other", 8)):
        write_desk(tmp_path / name, Size(50, seed, NOW))
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "same" / path.name).read_bytes()
    assert read(tmp_path / "one")["tickets"] != read(tmp_path / "other")["tickets"]


def test_now_moves_the_whole_desk(tmp_path: Path) -> None:
    later = NOW.replace(year=NOW.year + 2)
    write_desk(tmp_path, Size(50, 7, later))
    created = [datetime.fromisoformat(row["created"]) for row in read(tmp_path)["tickets"]]
    assert NOW < max(created) <= later
