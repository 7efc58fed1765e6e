"""Edits of the desk's rows: what isn't given stays, a stale one is refused with both values, removals, whole weeks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desks import House, at, house
from leadconsole.kernel.entries import NEW, Entry
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused, Stale
from leadconsole.kernel.history import redo, undo
from leadconsole.team import commands
from leadconsole.team.commands import enter, enter_days, remove, remove_calendar, set_week
from leadconsole.team.queries import directory
from leadconsole.team.rules import gone, working_minutes


@pytest.fixture
def home(tmp_path: Path) -> House:
    """Anna, Lida and Oleg with office hours and the client acme."""
    made = house(tmp_path / "desk.db")
    made.client("acme", notes="Calls on Mondays", domains="acme.example")
    return made


def entry(home: House, file: str, *key: Any) -> Entry:
    """One row as the screen reads it."""
    found = directory(home.desk()).find(file, key)
    assert found is not None, key
    return found


def test_columns_that_are_not_given_stay(home: House) -> None:
    assert enter(home.desk(), "clients", {"code": "acme", "name": "Acme Ltd"}) == "updated"
    cells = entry(home, "clients", "acme").cells
    assert (cells["name"], cells["policy"], cells["notes"], cells["domains"]) == (
        "Acme Ltd", "std", "Calls on Mondays", "acme.example",
    )  # fmt: skip
    enter(home.desk(), "clients", {"code": "acme", "notes": ""})
    assert entry(home, "clients", "acme")["notes"] == ""
    assert enter(home.desk(), "people", {"login": "lida"}) == "unchanged"


def test_a_required_column_of_a_new_row_must_be_given(home: House) -> None:
    with pytest.raises(Refused) as refusal:
        enter(home.desk(), "clients", {"code": "bolt"}, NEW)
    assert refusal.value.field == "name"


def test_a_stale_edit_is_refused_with_both_values(home: House) -> None:
    seen = entry(home, "clients", "acme").cells
    home.client("acme", name="Acme & Sons")
    with pytest.raises(Stale) as stale:
        enter(home.desk(), "clients", {**seen, "name": "Acme Ltd"}, seen)
    assert (stale.value.field, stale.value.seen, stale.value.present) == ("name", "Acme", "Acme & Sons")
    assert "Client acme, Name is «Acme & Sons» now, you saw «Acme»" in stale.value.message
    assert entry(home, "clients", "acme")["name"] == "Acme & Sons"
    # Having seen the present value, one may overwrite it.
    assert enter(home.desk(), "clients", {**seen, "name": "Acme Ltd"}, {**seen, "name": "Acme & Sons"}) == "updated"


def test_edits_of_different_columns_meet_without_loss(home: House) -> None:
    seen = entry(home, "clients", "acme").cells
    home.client("acme", name="Acme & Sons")
    assert enter(home.desk(), "clients", {**seen, "status": "leaving"}, seen) == "updated"
    cells = entry(home, "clients", "acme").cells
    assert (cells["name"], cells["status"]) == ("Acme & Sons", "leaving")
    assert enter(home.desk(), "clients", {**seen, "name": "Acme & Sons"}, seen) == "unchanged", "both want the same"


def test_the_rule_of_the_row_is_asked_of_what_two_edits_make_together(home: House) -> None:
    seen = entry(home, "people", "lida").cells
    home.person("lida", started="2026-03-10")
    with pytest.raises(Refused) as refusal:
        enter(home.desk(), "people", {**seen, "ended": "2026-03-01"}, seen)
    assert refusal.value.field == "ended"


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("people", {"login": "lida", "name": "Other", "role": "lead"}),
        ("clients", {"code": "acme", "name": "Other"}),
    ],
)
def test_what_is_there_already_is_not_added_over(home: House, file: str, cells: dict[str, str]) -> None:
    before = home.snapshot()
    with pytest.raises(Refused, match="is there already; change it instead") as refusal:
        enter(home.desk(), file, cells, NEW)
    assert refusal.value.field == next(iter(cells))
    assert home.snapshot() == before


def test_what_was_removed_meanwhile_is_not_written_again_by_an_edit(home: House) -> None:
    home.norm(60, 480)
    seen = entry(home, "norms", "std", "normal", 0)
    remove(home.desk(), "norms", seen.key, seen.cells)
    with pytest.raises(Refused, match=r"Norm std, normal, any line was removed by somebody else") as refusal:
        enter(home.desk(), "norms", {**seen.cells, "resolution_minutes": "60"}, seen.cells)
    assert refusal.value.code == "stale"


def test_a_setting_with_its_default_can_be_changed_and_is_stale_like_any_other(home: House) -> None:
    seen = entry(home, "settings", "repeat_days").cells
    assert seen["value"] == ""
    home.setting("repeat_days", "3")
    with pytest.raises(Stale) as stale:
        enter(home.desk(), "settings", {"key": "repeat_days", "value": "14"}, seen)
    assert (stale.value.seen, stale.value.present) == ("", "3")
    assert enter(home.desk(), "settings", {"key": "stale_days", "value": "14"}, {"key": "stale_days", "value": ""})


REMOVED = [
    ("contacts", {"client": "acme", "name": "Ольга", "phone": "+7 495"}, ("acme", "Ольга"), "phone"),
    ("calendar_days", {"calendar": "office", "date": "2026-03-09", "kind": "off"}, ("office", "2026-03-09"), "kind"),
    ("norms", {"policy": "std", "priority": "high", "resolution_minutes": "60"}, ("std", "high", 0), "resolution"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "cells", "key", "_column"), REMOVED)
def test_contacts_days_and_norms_are_removed_undone_and_redone(
    home: House, file: str, cells: dict[str, str], key: tuple[Any, ...], _column: str
) -> None:
    seen = [home.snapshot()]
    enter(home.desk(), file, cells, NEW)
    seen.append(home.snapshot())
    remove(home.desk(), file, key, entry(home, file, *key).cells)
    assert home.snapshot() == seen[0]
    undo(home.desk())
    assert home.snapshot() == seen[1]
    redo(home.desk())
    assert home.snapshot() == seen[0]
    assert home.differences() == []
    with pytest.raises(NotFound, match="isn't there any more"):
        remove(home.desk(), file, key)


def test_what_somebody_else_changed_is_not_removed_unseen(home: House) -> None:
    home.norm(60, 480)
    seen = entry(home, "norms", "std", "normal", 0)
    home.norm(60, 240)
    with pytest.raises(Stale) as stale:
        remove(home.desk(), "norms", seen.key, seen.cells)
    assert (stale.value.field, stale.value.seen, stale.value.present) == ("resolution_minutes", "480", "240")


@pytest.mark.parametrize(("file", "key"), [("people", ("lida",)), ("clients", ("acme",)), ("settings", ("calendar",))])
def test_people_clients_and_settings_are_never_removed(home: House, file: str, key: tuple[str]) -> None:
    before = home.snapshot()
    with pytest.raises(Refused, match="never removed"):
        remove(home.desk(), file, key)
    assert home.snapshot() == before


def test_removing_a_norm_takes_the_due_times_with_it(home: House) -> None:
    home.norm(None, 120)
    number = home.ticket()
    assert home.value(number, "resolution_due") == at("2026-03-02T12:00:00+03:00")
    remove(home.desk(), "norms", ("std", "normal", 0))
    assert home.value(number, "resolution_due") is None
    assert home.differences() == []


def test_a_row_of_days_is_one_step(home: House) -> None:
    before = home.snapshot()
    cells = {"calendar": "office", "date": "30.12.2026", "kind": "off"}
    assert enter_days(home.desk(), cells, "10.01.2027") == 12
    assert entry(home, "calendar_days", "office", "2027-01-10")["kind"] == "off"
    undo(home.desk())
    assert home.snapshot() == before


@pytest.mark.parametrize(("until", "said"), [
    ("2026-12-29", "Until is the first day itself or a later one, at most 366 days in all."),
    ("2028-01-01", "Until is the first day itself or a later one, at most 366 days in all."),
    ("soon", "is not a date"),
])  # fmt: skip
def test_a_row_of_days_that_is_none_is_refused(home: House, until: str, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        enter_days(home.desk(), {"calendar": "office", "date": "2026-12-30", "kind": "off"}, until)
    assert refusal.value.field == "until"
    assert said in refusal.value.message


def test_a_row_of_days_overwrites_none_and_leaves_all_or_nothing(home: House) -> None:
    enter(home.desk(), "calendar_days", {"calendar": "office", "date": "2027-01-02", "kind": "work"})
    before = home.snapshot()
    with pytest.raises(Refused, match=r"Day office, 2 Jan 2027 is there already"):
        enter_days(home.desk(), {"calendar": "office", "date": "2027-01-01", "kind": "off"}, "2027-01-03")
    assert home.snapshot() == before


# Weeks


OFFICE = {"calendar": "office", "mon": "09:00-18:00"}


def test_a_week_is_one_step_that_moves_due_times_and_undo_brings_it_back(home: House) -> None:
    home.norm(None, 240)
    number = home.ticket()
    assert home.value(number, "resolution_due") == at("2026-03-02T14:00:00+03:00")
    before = home.snapshot()
    seen = entry(home, "weeks", "office").cells
    wanted = {**seen, "mon": "9-13 14:00–18:00", "sat": "10:00-14:00", "fri": ""}
    assert set_week(home.desk(), wanted, seen) == "updated"
    assert home.value(number, "resolution_due") == at("2026-03-02T15:00:00+03:00"), "lunch"
    now = entry(home, "weeks", "office").cells
    assert (now["mon"], now["fri"], now["sat"], now["tue"]) == (
        "09:00-13:00 14:00-18:00", "", "10:00-14:00", "09:00-18:00",
    )  # fmt: skip
    assert set_week(home.desk(), now, now) == "unchanged"
    after = home.snapshot()
    undo(home.desk())
    assert home.snapshot() == before
    redo(home.desk())
    assert home.snapshot() == after
    assert home.differences() == []


def test_a_weekday_that_somebody_else_changed_is_stale_and_others_stay(home: House) -> None:
    seen = entry(home, "weeks", "office").cells
    set_week(home.desk(), {**seen, "mon": "10:00-17:00", "sun": "12:00-13:00"}, seen)
    with pytest.raises(Stale) as stale:
        set_week(home.desk(), {**seen, "mon": "08:00-16:00"}, seen)
    assert (stale.value.field, stale.value.seen, stale.value.present) == ("mon", "09:00-18:00", "10:00-17:00")
    set_week(home.desk(), {**seen, "tue": "08:00-16:00"}, seen)
    now = entry(home, "weeks", "office").cells
    assert (now["mon"], now["tue"], now["sun"]) == ("10:00-17:00", "08:00-16:00", "12:00-13:00")


def test_a_new_calendar_and_its_time_zone(home: House) -> None:
    assert set_week(home.desk(), {"calendar": "night", "mon": "22:00-24:00", "timezone": "Asia/Omsk"}, NEW) == "added"
    assert entry(home, "weeks", "night")["timezone"] == "Asia/Omsk"
    with pytest.raises(Refused, match="is there already") as refusal:
        set_week(home.desk(), OFFICE, NEW)
    assert refusal.value.field == "calendar"


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"mon": "9 to 5"}, "mon", "«9 to 5» are no opening hours; write 09:00-18:00, or 09:00-13:00 14:00-18:00"),
        ({"tue": "09:00-25:00"}, "tue", "«25:00» is no time of day"),
        ({"wed": "18:00-09:00"}, "wed", "The closing time must be after the opening time"),
        ({"thu": "09:00-13:00 12:00-18:00"}, "thu", "These hours touch or overlap"),
        ({"fri": "09:00-13:00 13:00-18:00"}, "fri", "These hours touch or overlap"),
        ({}, "mon", "A calendar is open on one day at least"),
        ({"mon": "9-18", "timezone": "Mars/Base"}, "timezone", "Mars/Base"),
        ({"mon": "9-18", "calendar": ""}, "calendar", "must be given"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused_at_its_day(
    home: House, cells: dict[str, str], field: str, said: str
) -> None:
    before = home.snapshot()
    with pytest.raises(Refused) as refusal:
        set_week(home.desk(), {"calendar": "new", **cells}, NEW)
    assert refusal.value.field == field
    assert said in refusal.value.message
    assert home.snapshot() == before


def test_a_removed_calendar_takes_its_days_along_and_undo_brings_all_back(home: House) -> None:
    home.norm(None, 600)
    number = home.ticket()
    enter(home.desk(), "calendar_days", {"calendar": "office", "date": "2026-03-03", "kind": "off"})
    before, due = home.snapshot(), home.value(number, "resolution_due")
    remove_calendar(home.desk(), "office", entry(home, "weeks", "office").cells)
    assert home.value(number, "resolution_due") == at("2026-03-02T20:00:00+03:00"), "around the clock"
    found = directory(home.desk())
    assert (found.entries["weeks"], found.entries["calendar_days"]) == ((), ())
    undo(home.desk())
    assert home.snapshot() == before
    assert home.value(number, "resolution_due") == due
    assert home.differences() == []
    with pytest.raises(NotFound):
        remove_calendar(home.desk(), "nights")


def test_who_may_not_change_the_desk_removes_nothing(home: House) -> None:
    before = home.snapshot()
    desk = home.desk("lida")
    for write in (
        lambda: remove(desk, "norms", ("std", "normal", 0)),
        lambda: remove_calendar(desk, "office"),
        lambda: set_week(desk, OFFICE),
        lambda: enter_days(desk, {"calendar": "office", "date": "2026-12-30", "kind": "off"}, "2026-12-31"),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert home.snapshot() == before


def test_the_cells_of_a_row_are_what_it_is_read_from(home: House) -> None:
    enter(home.desk(), "contacts", {"client": "acme", "name": "=1+1", "phone": "+7 495"})
    for file, rows in directory(home.desk()).entries.items():
        for row in rows:
            if file == "weeks":
                assert set_week(home.desk(), row.cells) == "unchanged"
            elif row.stored:
                assert enter(home.desk(), file, row.cells) == "unchanged", row
                assert commands.key_of(file, row.cells) == row.key
    assert entry(home, "contacts", "acme", "=1+1")["phone"] == "+7 495"


@pytest.mark.parametrize(
    ("ended", "status", "left"),
    [("", "", False), ("2026-03-01", "", True), ("2026-03-02", "", False), ("", "left", True), ("", "leaving", False)],
)
def test_who_is_gone(ended: str, status: str, left: bool) -> None:
    assert gone(ended, status, "2026-03-02") is left


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("240", "240"), ("4:00", "240"), (" 0:30 ", "30"), ("", ""), ("4:7", "4:7"), ("4:75", "4:75"), ("x", "x")],
)
def test_working_minutes(typed: str, minutes: str) -> None:
    assert working_minutes(typed) == minutes
