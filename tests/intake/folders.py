"""Interchange files written by tests, and imports of them into small desks."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desks import House
from leadconsole.intake.commands import import_paths
from leadconsole.intake.report import ImportRejected, ImportReport

PEOPLE = "login,name,role\nanna,Anna,lead\nlida,Lida,specialist\noleg,Oleg,specialist\n"
CLIENTS = "code,name\nacme,Acme\nbolt,Bolt\n"
TICKETS = (
    "number,client,subject,created\n"
    "1,acme,The printer is silent,2026-02-02T10:00\n"
    "2,bolt,Касса не печатает,2026-02-03T11:00\n"
)
EVENTS = (
    "ticket,at,seq,actor,kind,value,text\n"
    "1,2026-02-02T10:05,1,anna,assign,lida,\n"
    "1,2026-02-02T10:30,2,lida,reply,,Look at the cable\n"
    "1,2026-02-02T12:00,3,lida,status,resolved,\n"
    "2,2026-02-03T11:20,1,oleg,note,,seen\n"
)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with exactly this text."""
    path.write_bytes(text.encode(encoding))
    return path


def folder(path: Path, **files: str) -> Path:
    """An interchange folder: people, clients, two tickets and their events, or what is given instead."""
    path.mkdir()
    known = {"people": PEOPLE, "clients": CLIENTS, "tickets": TICKETS, "ticket_events": EVENTS} | files
    for name, text in known.items():
        if text:
            write(path / f"{name}.csv", text)
    return path


def load(house: House, *paths: Path, **how: Any) -> ImportReport:
    """Import as the lead."""
    return import_paths(house.desk(), list(paths), **how)


def rejected(house: House, *paths: Path, **how: Any) -> list[tuple[str, int, str | None]]:
    """Where an import is refused, row by row; nothing of it may be there afterwards."""
    before = rows(house)
    with pytest.raises(ImportRejected) as refusal:
        load(house, *paths, **how)
    assert rows(house) == before
    assert not refusal.value.report.kept
    return [(one.file, one.line, one.field) for one in refusal.value.report.rejected]


def counts(report: ImportReport) -> dict[str, tuple[int, int, int, int]]:
    """By file: added, updated, unchanged, rejected."""
    return {one.file: (one.added, one.updated, one.unchanged, one.rejected) for one in report.files}


def rows(house: House) -> list[str]:
    """The whole file as SQL."""
    with sqlite3.connect(house.database.path) as connection:
        return list(connection.iterdump())


def one(house: House, question: str, *values: object) -> Any:
    """The first row that SQLite answers."""
    return house.database.reader.execute(question, values).fetchone()
