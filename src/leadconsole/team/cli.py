"""Headless commands about the desk as a whole: check, backup, restore."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from leadconsole.kernel.access import Capability
from leadconsole.kernel.headless import Answer, Call, Parser, file_name
from leadconsole.kernel.i18n import _, ngettext


def _check_arguments(parser: Parser) -> None:
    parser.set_defaults(run=check)


def _backup_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=file_name, help=_("the new file to write"))
    parser.set_defaults(run=backup)


def _restore_arguments(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=file_name, help=_("the backup to take"))
    parser.set_defaults(run=restore)


COMMANDS: dict[str, Callable[[Parser], None]] = {
    "check": _check_arguments,
    "backup": _backup_arguments,
    "restore": _restore_arguments,
}


def check(call: Call) -> Answer:
    """Prove the file and the caches; findings are an answer, not a failure."""
    from leadconsole.kernel import health
    from leadconsole.payout.queries import broken_chain
    from leadconsole.tickets.check import differences

    desk = call.sit()
    desk.require(Capability.CHECK)
    problems = health.problems(desk.reader)
    found: list[dict[str, Any]] = []
    sums = {"ticket": 0, "event": 0}
    try:
        for table in sums:
            sums[table] = desk.reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        found = [
            {"ticket": one.ticket, "field": one.field, "stored": one.stored, "computed": one.computed}
            for one in differences(desk)
        ]
    except sqlite3.DatabaseError as error:
        problems.append(_("The tickets can't be compared with their history: {reason}.").format(reason=error))
    try:
        problems += broken_chain(desk)
    except (sqlite3.DatabaseError, ValueError) as error:
        problems.append(_("The closed months can't be read: {reason}.").format(reason=error))
    ok = not problems and not found

    def lines(cells: int | None) -> Iterator[str]:
        yield from problems
        for one in found:
            yield _("ticket {ticket}: {field} is {stored}, its history makes {computed}").format(**one)
        counted = ngettext("{n} ticket", "{n} tickets", sums["ticket"]).format(n=sums["ticket"])
        yield (
            _("All is well: {tickets}, every figure is what the history makes of it.").format(tickets=counted)
            if ok
            else ngettext("{n} finding.", "{n} findings.", len(problems) + len(found)).format(
                n=len(problems) + len(found)
            )
        )

    data = {
        "ok": ok,
        "tickets": sums["ticket"],
        "events": sums["event"],
        "differences": found,
        "problems": problems,
    }
    return Answer(data, lines)


def backup(call: Call) -> Answer:
    """Copy the desk while others work on it."""
    from leadconsole.kernel import backup as work

    target: Path = call.options.file
    work.backup(call.sit(), target)
    size = target.stat().st_size
    return Answer(
        {"file": str(target), "bytes": size},
        lambda cells: [_("The desk was copied to {path}; the copy was checked.").format(path=target)],
    )


def restore(call: Call) -> Answer:
    """Put a backup in the place of the desk, which is kept beside it."""
    from leadconsole.kernel import backup as work

    options = call.options
    if options.as_login is not None:
        # Only a desk that can be read knows who somebody is.
        call.sit().require(Capability.CHECK)
    if call.clock_stands and call.path.exists():
        with call.sit().write():
            pass  # refuses a frozen clock over a desk of the real time
    call.leave()
    call.make_home()
    kept = work.restore(options.file, call.path, call.clock)

    def lines(cells: int | None) -> Iterator[str]:
        yield _("The desk was taken from {path}.").format(path=options.file)
        if kept is not None:
            yield _("What was there before is kept in {path}.").format(path=kept)

    data = {"file": str(call.path), "from": str(options.file), "kept": None if kept is None else str(kept)}
    return Answer(data, lines)
