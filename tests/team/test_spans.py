"""Absences of a person and fees of a client don't overlap, however they come into the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from desks import House, house
from leadconsole.intake.commands import import_paths
from leadconsole.intake.report import ImportRejected
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.history import undo
from leadconsole.team.commands import enter, remove


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path / "desk.db")


def away(home: House, first: str, last: str, login: str = "lida") -> None:
    enter(home.desk(), "absences", {"login": login, "from": first, "to": last, "kind": "vacation"})


def spans(home: House, table: str) -> list[tuple[str, str | None]]:
    return home.database.reader.execute(f"SELECT first, last FROM {table} ORDER BY 1").fetchall()


def test_an_absence_that_overlaps_is_refused_and_one_that_follows_is_fine(home: House) -> None:
    away(home, "2026-07-06", "2026-07-19")
    for first, last in [("2026-07-19", "2026-07-20"), ("2026-07-01", "2026-07-06"), ("2026-07-01", "2026-08-01")]:
        with pytest.raises(Refused, match="lida is away from 2026-07-06 to 2026-07-19 already") as refusal:
            away(home, first, last)
        assert refusal.value.field == "from"
    away(home, "2026-07-20", "2026-07-21")
    away(home, "2026-07-06", "2026-07-19", "oleg")
    assert spans(home, "absence") == [
        ("2026-07-06", "2026-07-19"), ("2026-07-06", "2026-07-19"), ("2026-07-20", "2026-07-21"),
    ]  # fmt: skip


def test_an_absence_ends_no_earlier_than_it_starts(home: House) -> None:
    with pytest.raises(Refused, match=r"ends .* before it starts"):
        away(home, "2026-07-06", "2026-07-05")
    away(home, "2026-07-06", "2026-07-06")


def test_a_fee_without_an_end_holds_for_good(home: House) -> None:
    enter(home.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "1000"})
    with pytest.raises(Refused, match="acme has a fee from 2026-01-01 to further notice already"):
        enter(home.desk(), "subscriptions", {"client": "acme", "from": "2030-01-01", "monthly_fee": "1"})
    enter(home.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "to": "2029-12-31"})
    enter(home.desk(), "subscriptions", {"client": "acme", "from": "2030-01-01", "monthly_fee": "1"})
    assert spans(home, "subscription") == [("2026-01-01", "2029-12-31"), ("2030-01-01", None)]


def test_an_undo_that_would_overlap_is_refused(home: House) -> None:
    away(home, "2026-07-06", "2026-07-19")
    remove(home.desk(), "absences", ("lida", "2026-07-06"))
    other = home.desk("anna")
    enter(
        other.seated(other.actor._replace(login="boss")),
        "absences",
        {"login": "lida", "from": "2026-07-10", "to": "2026-07-11", "kind": "sick"},
    )
    with pytest.raises(Refused, match="already"):
        undo(home.desk())
    assert spans(home, "absence") == [("2026-07-10", "2026-07-11")]


def test_of_two_rows_of_a_file_that_overlap_the_later_is_told(home: House, tmp_path: Path) -> None:
    file = tmp_path / "absences.csv"
    file.write_text(
        "login,from,to,kind\nlida,2026-07-06,2026-07-19,vacation\nlida,2026-07-10,2026-07-11,sick\n"
        "lida,2026-08-03,2026-08-02,sick\noleg,2026-07-10,2026-07-11,sick\n"
    )
    with pytest.raises(ImportRejected) as told:
        import_paths(home.desk(), [file])
    assert sorted((one.line, one.field) for one in told.value.report.rejected) == [(3, "from"), (4, "to")]
    assert spans(home, "absence") == []
    report = import_paths(home.desk(), [file], keep_good=True)
    assert report.files[0].added == 2
    assert len(spans(home, "absence")) == 2
    events = home.database.reader.execute("SELECT key, kind FROM event WHERE subject = 'absence' ORDER BY id")
    assert events.fetchall() == [("lida,2026-07-06", "added"), ("oleg,2026-07-10", "added")]


def test_rows_of_a_file_may_move_what_stands_in_any_order(home: House, tmp_path: Path) -> None:
    enter(home.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "1000"})
    file = tmp_path / "subscriptions.csv"
    file.write_text("client;from;to;monthly_fee\nacme;01.06.2026;;1200,00\nacme;01.01.2026;31.05.2026;1000\n")
    report = import_paths(home.desk(), [file])
    assert (report.files[0].added, report.files[0].updated) == (1, 1)
    assert spans(home, "subscription") == [("2026-01-01", "2026-05-31"), ("2026-06-01", None)]
