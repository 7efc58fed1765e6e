"""Writes of the desk's own facts, each row with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadconsole.kernel import entering, entries
from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import NEW, Cells, Entry
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Outcome, RowRule, drop, model_of, put
from leadconsole.kernel.shape import Reading, Shape, read_cell
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts, spans, weeks
from leadconsole.team.entries import BY_NAME, READING, entry_name, file_words
from leadconsole.team.rules import day_before, days_between
from leadconsole.team.shapes import SHAPES
from leadconsole.team.tables import CalendarDay, CalendarHours, PublicDay

REMOVABLE = frozenset({"contacts", "calendar_days", "norms", "absences", "subscriptions"})
RESTORERS = {shape.table: entering.restorer(file_words(shape.name)) for shape in SHAPES}
ROW_RULES: dict[str, tuple[RowRule, ...]] = {"absence": (spans.absence,), "subscription": (spans.subscription,)}
_FROM = next(column for column in BY_NAME["subscriptions"].columns if column.name == "from")
_TABLES = frozenset(shape.table for shape in SHAPES)


@command(Capability.CHANGE_DESK)
def found(
    desk: Desk, lead: Mapping[str, str], settings: Mapping[str, str], hours: Sequence[Mapping[str, str]] = ()
) -> str:
    """Give a new desk its lead, settings by key and opening hours in one step; returns the login of who leads.

    What stands there already, as after an import, wins: a setting, opening hours, and the one lead among the people.
    """
    with desk.write() as transaction:
        transaction.undoable = False
        sql = transaction.sql
        known = dict(sql.execute("SELECT key, value FROM setting").fetchall())
        people = dict(sql.execute("SELECT login, role FROM person WHERE ended IS NULL").fetchall())
        leads = [login for login, role in people.items() if role == "lead"]
        login = str(known.get("lead") or (leads[0] if len(leads) == 1 else lead["login"]))
        has_hours = sql.execute("SELECT 1 FROM calendar_hours LIMIT 1").fetchone() is not None
        rows: list[tuple[Shape, Mapping[str, str]]] = []
        if login == lead["login"] and login not in people:
            rows.append((BY_NAME["people"], {**lead, "role": "lead"}))
        for key, value in {**settings, "lead": login}.items():
            if value and not known.get(key) and not (key == "calendar" and has_hours):
                rows.append((BY_NAME["settings"], {"key": key, "value": value}))
        if not has_hours:
            rows += [(BY_NAME["calendars"], cells) for cells in hours]
        reading = Reading(str(known.get("timezone") or settings["timezone"]))
        for shape, cells in rows:
            put(transaction, model_of(shape.table), shape.read(cells, reading))
        return login


@command(Capability.CHANGE_DESK)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None], basis: Cells | None = None) -> Outcome:
    """Add or change one row of a file of this slice from cells as people type them.

    Columns that aren't given stay as they are. `basis` is the row as it was shown (`Entry.cells`), NEW for one that
    wasn't there: what somebody else changed since is refused with both values where it meets a change of this person,
    and stays where it doesn't.
    """
    with desk.write() as transaction:
        return _enter(transaction, file, cells, basis)


@command(Capability.CHANGE_DESK)
def enter_days(desk: Desk, cells: Cells, until: str) -> int:
    """Write down the same kind of day for every date up to `until`, such as a holiday, in one step; return how many."""
    with desk.write() as transaction:
        dates = days_between(cells.get("date", ""), until)
        for day in dates:
            _enter(transaction, "calendar_days", {**cells, "date": day}, NEW)
        return len(dates)


@command(Capability.CHANGE_DESK)
def follow_fee(desk: Desk, cells: Cells, running: Entry) -> None:
    """Write down a new fee and end the one that runs the day before, in one step; `running` is as it was shown."""
    with desk.write() as transaction:
        first = read_cell(_FROM, cells.get("from"), READING)
        ends = {name: running[name] for name in ("client", "from")}
        _enter(transaction, "subscriptions", {**ends, "to": day_before(first)}, running.cells)
        _enter(transaction, "subscriptions", cells, NEW)


def _enter(transaction: Transaction, file: str, cells: Mapping[str, str | None], basis: Cells | None) -> Outcome:
    return entering.enter(transaction, BY_NAME[file], file_words(file), cells, basis, READING)


@command(Capability.CHANGE_DESK)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take away a contact, a day, a norm, an absence or a fee; people and clients get an end, for their history."""
    if file not in REMOVABLE:
        raise Refused(_("This is never removed, history stands on it: give it an end instead."), code="in_use")
    with desk.write() as transaction:
        entering.remove(transaction, BY_NAME[file], file_words(file), key, basis, READING)


@command(Capability.CHANGE_DESK)
def set_week(desk: Desk, cells: Cells, basis: Cells | None = None) -> Outcome:
    """Give a calendar its opening hours by weekday (`09:00-13:00 14:00-18:00`) and its time zone, in one step.

    Cells are those of `weeks.WEEK`; what isn't given stays. `basis` as for `enter`.
    """
    with desk.write() as transaction:
        reading = Reading(facts.settings(transaction.sql).timezone)
        name = weeks.calendar_name(cells, reading)
        rows = weeks.stored(transaction.sql, name)
        present = weeks.cells_of(name, rows) if rows else None
        wanted = entering.against(basis, cells, present, entry_name(weeks.WEEKS, (name,)), file_words(weeks.WEEKS))
        fresh = weeks.rows_of({**(present or {}), **wanted, "calendar": name}, reading)
        return _replace_hours(transaction, rows, fresh)


@command(Capability.CHANGE_DESK)
def remove_calendar(desk: Desk, name: str, basis: Cells | None = None) -> None:
    """Take away a calendar: its opening hours and its days; whoever had it goes by the desk's calendar."""
    with desk.write() as transaction:
        rows = weeks.stored(transaction.sql, name)
        told = entry_name(weeks.WEEKS, (name,))
        if not rows:
            raise NotFound(_("{name} isn't there any more.").format(name=told))
        if basis is not None:
            entering.refuse_other(basis, weeks.cells_of(name, rows), told, file_words(weeks.WEEKS))
        days = transaction.sql.execute("SELECT date FROM calendar_day WHERE calendar = ?", (name,)).fetchall()
        if name != facts.settings(transaction.sql).country:  # those belong to the country
            for (day,) in days:
                drop(transaction, CalendarDay, (name, day))
        _replace_hours(transaction, rows, [])


def key_of(file: str, cells: Mapping[str, str | None]) -> tuple[Any, ...]:
    """The key of the row that cells name."""
    if file == weeks.WEEKS:
        return (weeks.calendar_name(cells, READING),)
    return entries.key_of(BY_NAME[file], cells, READING)


def _replace_hours(transaction: Transaction, rows: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> Outcome:
    """Make the stored rows of a calendar's week the wanted ones; what is the same stays untouched."""
    kept = {weeks.key(row) for row in fresh}
    gone = [row for row in rows if weeks.key(row) not in kept]
    for row in gone:
        drop(transaction, CalendarHours, weeks.key(row))
    outcomes = {put(transaction, CalendarHours, row) for row in fresh}
    if not rows:
        return "added"
    return "updated" if gone or outcomes - {"unchanged"} else "unchanged"


def _follow(transaction: Transaction, touched: dict[str, set[str]]) -> None:
    """Keep the country's days in step with the setting, and let everybody know that the desk changed."""
    if not touched.keys() & _TABLES:
        return
    if "setting" in touched and "country" in touched["setting"]:
        _lay_out_public_days(transaction, facts.settings(transaction.sql).country)
    transaction.sql.execute(
        "INSERT INTO desk_fact VALUES ('revision', '1')"
        " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _lay_out_public_days(transaction: Transaction, country: str) -> None:
    transaction.sql.execute(f"DELETE FROM {PublicDay.__tablename__}")
    if country:
        from leadconsole.team.production_calendar import KNOWN_YEARS, country_days

        transaction.sql.executemany(
            f"INSERT INTO {PublicDay.__tablename__} (country, date, kind) VALUES (?, ?, ?)",
            [
                (country, day.isoformat(), kind.value)
                for day, kind in country_days(country, KNOWN_YEARS[country]).items()
            ],
        )


CONSEQUENCES = (_follow,)
