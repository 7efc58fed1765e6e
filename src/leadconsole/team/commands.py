"""Writes of the desk's own facts, each row with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import SQLModel

from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused, Stale
from leadconsole.kernel.i18n import _
from leadconsole.kernel.rows import Outcome, drop, put, take_back
from leadconsole.kernel.shape import REFERRED, Reading, Shape, no_such
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts, weeks, words
from leadconsole.team.entries import BY_NAME, Cells, cells_of, entry_name
from leadconsole.team.rules import days_between
from leadconsole.team.shapes import SHAPES
from leadconsole.team.tables import (
    CalendarDay,
    CalendarHours,
    Client,
    Contact,
    Norm,
    Person,
    PublicDay,
    Setting,
)

MODELS: dict[str, type[SQLModel]] = {
    "setting": Setting,
    "person": Person,
    "client": Client,
    "contact": Contact,
    "calendar_hours": CalendarHours,
    "calendar_day": CalendarDay,
    "norm": Norm,
}
NEW: Cells = {}
"""The basis of a row that wasn't there when somebody decided to add it."""
REMOVABLE = frozenset({"contacts", "calendar_days", "norms"})
RESTORERS = {shape.table: partial(take_back, name_of=partial(entry_name, shape.name)) for shape in SHAPES}


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
            put(transaction, MODELS[shape.table], shape.read(cells, reading))
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


def _enter(transaction: Transaction, file: str, cells: Mapping[str, str | None], basis: Cells | None) -> Outcome:
    shape = BY_NAME[file]
    reading = Reading(facts.settings(transaction.sql).timezone)
    given = shape.read_given({name: cells[name] for name in cells if _is_key(shape, name)}, reading)
    key = tuple(given.get(column.field, column.default) for column in shape.columns if column.key)
    stored = _stored(transaction, shape, key)
    wanted = _against(basis, cells, _present(shape, key, stored), entry_name(file, key))
    given |= shape.read_given({name: cell for name, cell in wanted.items() if not _is_key(shape, name)}, reading)
    values = shape.complete(given, stored)
    _refuse_unknown(transaction, shape, values)
    return put(transaction, MODELS[shape.table], values)


@command(Capability.CHANGE_DESK)
def remove(desk: Desk, file: str, key: tuple[Any, ...], basis: Cells | None = None) -> None:
    """Take away a contact, a day or a norm; people and clients get an end instead, for their history."""
    if file not in REMOVABLE:
        raise Refused(_("This is never removed, history stands on it: give it an end instead."), code="in_use")
    shape = BY_NAME[file]
    with desk.write() as transaction:
        stored = _stored(transaction, shape, key)
        if stored is not None and basis is not None:
            _refuse_other(basis, cells_of(shape, stored), entry_name(file, key))
        if stored is None:
            raise NotFound(_("{name} isn't there any more.").format(name=entry_name(file, key)))
        drop(transaction, MODELS[shape.table], key)


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
        wanted = _against(basis, cells, present, entry_name(weeks.WEEKS, (name,)))
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
            _refuse_other(basis, weeks.cells_of(name, rows), told)
        days = transaction.sql.execute("SELECT date FROM calendar_day WHERE calendar = ?", (name,)).fetchall()
        if name != facts.settings(transaction.sql).country:  # those belong to the country
            for (day,) in days:
                drop(transaction, CalendarDay, (name, day))
        _replace_hours(transaction, rows, [])


def key_of(file: str, cells: Mapping[str, str | None]) -> tuple[Any, ...]:
    """The key of the row that cells name."""
    reading = Reading("UTC")
    if file == weeks.WEEKS:
        return (weeks.calendar_name(cells, reading),)
    given = BY_NAME[file].read_given(cells, reading)
    return tuple(given.get(name) for name in BY_NAME[file].key)


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


def _is_key(shape: Shape, name: str) -> bool:
    return any(column.key for column in shape.columns if column.name == name)


def _stored(transaction: Transaction, shape: Shape, key: tuple[Any, ...]) -> dict[str, Any] | None:
    fields = [column.field for column in shape.columns]
    where = " AND ".join(f"{name} = ?" for name in shape.key)
    row = transaction.sql.execute(f"SELECT {', '.join(fields)} FROM {shape.table} WHERE {where}", key).fetchone()
    return None if row is None else dict(zip(fields, row, strict=True))


def _present(shape: Shape, key: tuple[Any, ...], stored: dict[str, Any] | None) -> Cells | None:
    """The row as people see it now, None if it isn't there; a setting is always there."""
    if stored is None and shape.table == "setting":
        return {"key": str(key[0]), "value": ""}
    return None if stored is None else cells_of(shape, stored)


def _against(
    basis: Cells | None, cells: Mapping[str, str | None], present: Cells | None, name: str
) -> dict[str, str | None]:
    """The cells that this person changes, compared with what was shown; Refused where somebody else was faster."""
    if basis is None:
        return dict(cells)
    if present is None:
        if basis:
            raise Refused(_("{name} was removed by somebody else meanwhile.").format(name=name), code="stale")
        return dict(cells)
    if not basis:
        raise Refused(
            _("{name} is there already; change it instead.").format(name=name), code="exists", field=next(iter(cells))
        )
    mine = {column: cell for column, cell in cells.items() if (cell or "").strip() != basis.get(column, "").strip()}
    for column, cell in mine.items():
        if present[column] not in (basis.get(column, ""), (cell or "").strip()):
            raise _stale(name, column, basis, present)
    return mine


def _refuse_other(basis: Cells, present: Cells, name: str) -> None:
    """Refuse to remove what isn't any more what was shown."""
    for column, cell in present.items():
        if cell != basis.get(column, ""):
            raise _stale(name, column, basis, present)


def _stale(name: str, column: str, basis: Cells, present: Cells) -> Stale:
    seen, now = basis.get(column, ""), present[column]
    return Stale(
        _("Somebody was faster: {name}, {field} is «{present}» now, you saw «{seen}».").format(
            name=name,
            field=words.column(column),
            present=words.value(column, now),
            seen=words.value(column, seen),
        ),
        field=column,
        seen=seen,
        present=now,
    )


def _refuse_unknown(transaction: Transaction, shape: Shape, values: Mapping[str, Any]) -> None:
    for column in shape.columns:
        key = values[column.field]
        if column.refers is None or key is None:
            continue
        question = f"SELECT 1 FROM {column.refers} WHERE {REFERRED[column.refers]} = ?"
        if transaction.sql.execute(question, (key,)).fetchone() is None:
            raise no_such(column, key)


def _follow(transaction: Transaction, touched: dict[str, set[str]]) -> None:
    """Keep the country's days in step with the setting, and let everybody know that the desk changed."""
    if not touched.keys() & MODELS.keys():
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
