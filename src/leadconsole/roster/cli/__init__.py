"""Headless twin of the roster: show, check, fill, publish and ics (interchange.md, sections 1 and 3)."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.headless import Answer, Call, Parser, argument
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.roster.cli import plan


def _arguments(parser: Parser) -> None:
    verbs = parser.add_subparsers(metavar="COMMAND", required=True, title=_("commands"))

    def verb(name: str, told: str, run: Callable[[Call], Answer]) -> Parser:
        one: Parser = verbs.add_parser(name, help=told, description=told)
        one.add_argument("month", metavar="MONTH", type=argument(Month.parse), help=_("such as 2026-10"))
        one.set_defaults(run=run)
        return one

    verb("show", _("the month as a table"), plan.show)
    verb("check", _("what is wrong with the month, its hours and coverage"), plan.check)
    verb("publish", _("tell everybody the month as it is now"), plan.publish)


COMMANDS: dict[str, Callable[[Parser], None]] = {"roster": _arguments}
