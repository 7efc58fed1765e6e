"""`leadconsole today`: what needs a decision now, as the first screen shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from leadconsole.kernel.aligned import Column, aligned
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.headless import Answer, Call, Parser
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import iso
from leadconsole.today import queries, words
from leadconsole.today.lines import Day, Line, Section


def _arguments(parser: Parser) -> None:
    parser.set_defaults(run=today)


COMMANDS: dict[str, Callable[[Parser], None]] = {"today": _arguments}


def today(call: Call) -> Answer:
    """The day of whoever asks, read at one moment and in one snapshot."""
    desk = call.sit()
    desk = replace(desk, clock=FrozenClock(desk.now()))
    desk.reader.execute("BEGIN")  # it ends when the desk is closed
    day = queries.day(desk)
    data = {
        "now": iso(day.now, day.timezone),
        "login": desk.actor.login,
        "role": str(desk.actor.role),
        "date": day.head.day,
        "shift": None if day.head.shift is None else day.head.shift._asdict(),
        "absent": None if day.head.absent is None else day.head.absent._asdict(),
        "on_shift": [
            {"login": one.login, "begin": iso(one.begin, day.timezone), "end": iso(one.end, day.timezone)}
            for one in day.head.on_shift
        ],
        "away": [{"login": one.login, "kind": one.kind, "until": one.until} for one in day.head.away],
        "sections": [_section(one, day) for one in day.sections],
    }
    return Answer(data, lambda cells: _lines(day, cells))


def _section(one: Section, day: Day) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": words.title(one.name),
        "total": one.total,
        "opens": None if one.opens is None else {"kind": one.opens.kind, "key": one.opens.key},
        "lines": [_line(line, day) for line in one.lines],
    }


def _line(line: Line, day: Day) -> dict[str, Any]:
    return {
        "sign": line.sign,
        "number": line.number,
        "client": line.client or None,
        "text": line.text,
        "who": line.who or None,
        "when": line.when or None,
        "at": None if line.at is None else iso(line.at, day.timezone),
        "because": line.because or None,
        "opens": None if line.opens is None else {"kind": line.opens.kind, "key": line.opens.key},
    }


def _lines(day: Day, cells: int | None) -> Iterator[str]:
    for text, _tone in words.head(day.head, day.timezone):
        yield text
    if not day.sections:
        yield ""
        yield _("Nothing waits for you.") if day.begun else _("This desk has no tickets yet.")
    for one in day.sections:
        yield ""
        yield f"{words.title(one.name)} {one.total}"
        yield from aligned(_COLUMNS, [_cells(line) for line in one.lines], cells)
        if one.more:
            yield f"  {words.more(one)}"


_COLUMNS = (
    Column(),
    Column("", "right"),
    Column(most=16, gives_way=True),
    Column(most=48, gives_way=True),
    Column("", "right"),
    Column(wraps=True),
)


def _cells(line: Line) -> list[str]:
    number = "" if line.number is None else str(line.number)
    return [line.sign, number, line.client, line.text, line.when, line.because]
