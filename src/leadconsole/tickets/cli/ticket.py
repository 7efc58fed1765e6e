"""`leadconsole ticket …`: one ticket is written down, worked on or shown; each command ends by showing it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable

from leadconsole.dispatch import queries as dispatch
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.headless import Answer, Call, Parser, typed_or_piped, whole
from leadconsole.kernel.i18n import _
from leadconsole.team import facts
from leadconsole.tickets import commands, rules, story
from leadconsole.tickets.cli import forms, joining, page

_MOST = 10**15
_ADDED = ("client", "subject", "body", "requester", "kind", "priority", "line", "assignee", "price")

Work = Callable[[Desk, int, Namespace], int | None]
"""Does it; returns the number of the ticket to show, if that is another one."""


def arguments(parser: Parser) -> None:
    """Declare the commands of `ticket` and what each takes."""
    verbs = parser.add_subparsers(metavar="COMMAND", required=True, title=_("commands"))

    def verb(name: str, told: str, work: Work) -> Parser:
        one: Parser = verbs.add_parser(name, help=told, description=told)
        one.add_argument("number", metavar="N", type=whole(1, _MOST), help=_("the number of the ticket"))
        one.set_defaults(run=lambda call: _worked(call, work))
        return one

    told = _("write down a new request")
    _add_arguments(verbs.add_parser("add", help=told, description=told))
    verb("show", _("show a ticket with its history"), lambda desk, number, given: None)
    _text(verb("reply", _("record a reply that was given to the client"), _reply))
    _text(verb("note", _("add a note for colleagues"), _note))
    assign = verb("assign", _("give it to a person"), _assign)
    assign.add_argument("login", metavar="LOGIN|-", help=_("who, - for nobody"))
    line = verb("line", _("hand it to another line"), _line)
    line.add_argument("line", metavar="1|2|3", type=whole(1, 3), help=_("the line of support"))
    line.add_argument("--reason", metavar="TEXT", required=True, help=_("why"))
    status = verb("status", _("move it through its life"), _status)
    status.add_argument("status", metavar="STATUS", choices=_names(rules.Status), help=", ".join(rules.Status))
    priority = verb("priority", _("set how pressing it is"), _priority)
    priority.add_argument("priority", metavar="P", choices=_names(rules.Priority), help=", ".join(rules.Priority))
    time = verb("time", _("log minutes of work"), _time)
    time.add_argument("minutes", metavar="MINUTES", type=whole(0, _MOST), help=_("whole minutes"))
    verb("accept", _("record that the client accepted the work"), _accept)
    reopen = verb("reopen", _("take a finished ticket back into work"), _reopen)
    reopen.add_argument("--reason", metavar="TEXT", required=True, help=_("why"))
    joining.arguments(verb)


def _names(values: Iterable[object]) -> list[str]:
    return [str(value) for value in values]


def _text(parser: Parser) -> None:
    parser.add_argument("text", metavar="TEXT", help=_("the words, - for standard input"))


def _add_arguments(parser: Parser) -> None:
    parser.add_argument("--client", metavar="CODE", required=True, help=_("whose request it is"))
    parser.add_argument("--subject", metavar="TEXT", required=True, help=_("what it is about, in one line"))
    parser.add_argument("--body", metavar="TEXT", help=_("the request itself, - for standard input"))
    parser.add_argument("--requester", metavar="NAME", help=_("who asks"))
    parser.add_argument("--kind", choices=_names(rules.Kind))
    parser.add_argument("--priority", choices=_names(rules.Priority))
    parser.add_argument("--line", choices=_names(rules.LINES))
    parser.add_argument("--assignee", metavar="LOGIN", help=_("who takes it"))
    parser.add_argument("--price", metavar="AMOUNT", help=_("what was agreed, such as 14000.00"))
    parser.set_defaults(run=_add)


def show(desk: Desk, number: int) -> Answer:
    """A ticket with its history, and who could take it while it isn't finished."""
    told = story.ticket(desk, number)
    finished = told.row.status in rules.FINISHED
    suggestions = () if finished else dispatch.suggested(desk, told.row.line, told.row.assignee, told.row.client)
    timezone = facts.settings(desk.reader).timezone
    return Answer(
        forms.story(told, suggestions, timezone), lambda cells: page.lines(told, suggestions, timezone, cells)
    )


def _worked(call: Call, work: Work) -> Answer:
    desk = call.sit()
    other = work(desk, call.options.number, call.options)
    return show(desk, other or call.options.number)


def _add(call: Call) -> Answer:
    given = vars(call.options)
    if given["body"] is not None:
        given["body"] = typed_or_piped(given["body"])
    desk = call.sit()
    return show(desk, commands.add(desk, {name: given[name] for name in _ADDED}))


def _reply(desk: Desk, number: int, given: Namespace) -> None:
    commands.reply(desk, number, typed_or_piped(given.text))


def _note(desk: Desk, number: int, given: Namespace) -> None:
    commands.note(desk, number, typed_or_piped(given.text))


def _assign(desk: Desk, number: int, given: Namespace) -> None:
    commands.assign(desk, number, None if given.login == "-" else given.login)


def _line(desk: Desk, number: int, given: Namespace) -> None:
    commands.move_line(desk, number, given.line, given.reason)


def _status(desk: Desk, number: int, given: Namespace) -> None:
    commands.set_status(desk, number, given.status)


def _priority(desk: Desk, number: int, given: Namespace) -> None:
    commands.set_priority(desk, number, given.priority)


def _time(desk: Desk, number: int, given: Namespace) -> None:
    commands.log_time(desk, number, given.minutes)


def _accept(desk: Desk, number: int, given: Namespace) -> None:
    commands.accept(desk, number)


def _reopen(desk: Desk, number: int, given: Namespace) -> None:
    commands.reopen(desk, number, given.reason)
