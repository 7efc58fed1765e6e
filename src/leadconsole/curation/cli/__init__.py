"""`leadconsole cover`: who covers whom while people are away, whom to teach, and the papers of an absence."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.curation.cli import papers, plans
from leadconsole.curation.facts import Absence
from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.headless import Answer, Call, Parser, argument, whole
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import parse_date

_KINDS = ("vacation", "sick", "study", "other")


def _absence(text: str) -> Absence:
    login, colon, span = text.partition(":")
    first, dots, last = span.partition("..")
    if not login or not colon or not dots:
        raise Refused(
            _("«{text}» is no absence; write it such as lida:2026-08-01..2026-08-14.").format(text=text[:60]),
            code="bad_absence",
        )
    return Absence(login, parse_date(first).isoformat(), parse_date(last).isoformat())


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "--absent",
        metavar="LOGIN:FROM..TO",
        action="append",
        type=argument(_absence),
        help=_("who is away from when to when; may be given several times"),
    )
    parser.add_argument(
        "--approve", choices=_KINDS, help=_("write down the absence of this kind and the substitutions of its plan")
    )
    parser.add_argument("--depth", metavar="N", type=whole(1, 20), help=_("whom to teach so that N cover every client"))
    parser.add_argument("--propose", action="store_true", help=_("levels that the tickets speak for"))
    parser.add_argument("--confirm", action="store_true", help=_("write down the proposed levels"))
    parser.add_argument("--sheets", metavar="LOGIN", help=_("the handover sheets of somebody's absence, as Markdown"))
    parser.add_argument("--brief", metavar="LOGIN", help=_("what happened while somebody was away, as Markdown"))
    parser.add_argument(
        "--ics", metavar="LOGIN", help=_("somebody's absences, or with - everybody's, as an iCalendar file")
    )
    parser.set_defaults(run=cover)


COMMANDS: dict[str, Callable[[Parser], None]] = {"cover": _arguments}


def cover(call: Call) -> Answer:
    """Answer the one question that was asked."""
    options = call.options
    asked = [name for name in ("absent", "depth", "sheets", "brief", "ics") if getattr(options, name) is not None]
    asked += ["propose"] * options.propose
    if len(asked) != 1:
        raise WrongUsage(
            _("Give one of --absent LOGIN:FROM..TO, --depth N, --propose, --sheets, --brief and --ics LOGIN.")
        )
    if (options.approve and asked != ["absent"]) or (options.confirm and asked != ["propose"]):
        raise WrongUsage(_("--approve goes with --absent, --confirm goes with --propose."))
    return _ANSWERS[asked[0]](call)


def _absent(call: Call) -> Answer:
    from leadconsole.curation.whatif import proved_what_if
    from leadconsole.roster.queries import shifts_in

    desk = call.sit()
    asked = call.options.absent
    broken = dict.fromkeys(shift for one in asked for shift in shifts_in(desk, one.first, one.last, one.login))
    told = proved_what_if(desk, asked)
    if call.options.approve:
        from leadconsole.curation.approving import approve

        approve(desk, asked, call.options.approve, shown=told)
    return plans.told_what_if(told, list(broken))


def _depth(call: Call) -> Answer:
    from leadconsole.curation.deepening import depth_plan

    return plans.told_depth(depth_plan(call.sit(), call.options.depth))


_ANSWERS: dict[str, Callable[[Call], Answer]] = {
    "absent": _absent,
    "depth": _depth,
    "propose": papers.propose,
    "sheets": papers.sheets,
    "brief": papers.brief,
    "ics": papers.ics,
}
