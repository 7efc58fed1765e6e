"""Writes of the desk's own facts, each row with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import SQLModel

from leadconsole.kernel.access import Capability, command
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import N_
from leadconsole.kernel.rows import Outcome, put, take_back
from leadconsole.kernel.shape import REFERRED, Reading, Shape, no_such
from leadconsole.kernel.transaction import Transaction
from leadconsole.team import facts
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
_BY_NAME = {shape.name: shape for shape in SHAPES}

_TITLES = {
    "setting": N_("Setting"),
    "person": N_("Person"),
    "client": N_("Client"),
    "contact": N_("Contact"),
    "calendar_hours": N_("Opening hours"),
    "calendar_day": N_("Day"),
    "norm": N_("Norm"),
}
RESTORERS = {table: partial(take_back, title=title) for table, title in _TITLES.items()}


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
            rows.append((_BY_NAME["people"], {**lead, "role": "lead"}))
        for key, value in {**settings, "lead": login}.items():
            if value and not known.get(key) and not (key == "calendar" and has_hours):
                rows.append((_BY_NAME["settings"], {"key": key, "value": value}))
        if not has_hours:
            rows += [(_BY_NAME["calendars"], cells) for cells in hours]
        reading = Reading(str(known.get("timezone") or settings["timezone"]))
        for shape, cells in rows:
            put(transaction, MODELS[shape.table], shape.read(cells, reading))
        return login


@command(Capability.CHANGE_DESK)
def enter(desk: Desk, file: str, cells: Mapping[str, str | None]) -> Outcome:
    """Add or change one row of a file of this slice from cells as people type them."""
    shape = _BY_NAME[file]
    with desk.write() as transaction:
        reading = Reading(facts.settings(transaction.sql).timezone)
        values = shape.read(cells, reading)
        _refuse_unknown(transaction, shape, values)
        return put(transaction, MODELS[shape.table], values)


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
