"""Headless twin of the roster: show, check, fill, publish and ics (interchange.md, sections 1 and 3)."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.headless import Answer, Call, Parser, argument, file_name
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import Month
from leadconsole.roster.cli import fill, plan


def _arguments(parser: Parser) -> None:
    verbs = parser.add_subparsers(metavar="COMMAND", required=True, title=_("commands"))

    def verb(name: str, told: str, run: Callable[[Call], Answer]) -> Parser:
        one: Parser = verbs.add_parser(name, help=told, description=told)
        one.add_argument("month", metavar="MONTH", type=argument(Month.parse), help=_("such as 2026-10"))
        one.set_defaults(run=run)
        return one

    shown = verb("show", _("the month as a table"), plan.show)
    shown.add_argument("--xlsx", metavar="FILE", type=file_name, help=_("write it as a new spreadsheet instead"))
    verb("check", _("what is wrong with the month, its hours and coverage"), plan.check)
    fill.arguments(verb("fill", _("find a good plan for the empty cells"), fill.fill))
    verb("publish", _("tell everybody the month as it is now"), plan.publish)
    told = _("the published shifts of a person as an iCalendar file")
    ics: Parser = verbs.add_parser("ics", help=told, description=told)
    ics.add_argument("login", metavar="LOGIN", help=_("whose shifts"))
    ics.add_argument("--into", metavar="FILE", type=file_name, help=_("write a new file instead of standard output"))
    ics.set_defaults(run=plan.ics)


COMMANDS: dict[str, Callable[[Parser], None]] = {"roster": _arguments}
