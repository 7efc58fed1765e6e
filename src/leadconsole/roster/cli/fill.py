"""`leadconsole roster fill`: finds a good plan for the empty cells of a month, or repairs a published one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.headless import Answer, Call, Parser, argument, whole
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month, local_date, parse_date
from leadconsole.kernel.text import pad
from leadconsole.roster import commands, queries, words
from leadconsole.roster.cli import plan as plans
from leadconsole.roster.fill import process
from leadconsole.roster.fill.outcome import INFEASIBLE, Outcome, outcome
from leadconsole.roster.fill.problem import Step
from leadconsole.roster.hindrances import hindrances
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.results import changes, figures, prepared, result_word, without_plan
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.telling import counted, drafts_told, repeated

_CELLS = 60
_OBSTACLES = 20


class Span(NamedTuple):
    """Days, both ISO and included, of a person or (None) of everybody."""

    login: str | None
    first: str
    last: str


def _span(text: str) -> Span:
    login, colon, span = text.rpartition(":")
    first, dots, last = span.partition("..")
    if not dots or (colon and not login):
        raise Refused(
            _("«{text}» are no days; write them such as lida:2026-10-05..2026-10-11.").format(text=text[:60]),
            code="bad_span",
        )
    return Span(login or None, parse_date(first).isoformat(), parse_date(last).isoformat())


def _cells(shown: RosterMonth, spans: Sequence[Span] | None) -> set[Cell] | None:
    """The cells of the month that are named; Refused where a person isn't in it, or there is no such empty day."""
    if not spans:
        return None
    facts = shown.facts
    for one in spans:
        if one.login is not None and one.login not in facts.by_login:
            told = _("«{login}» doesn't work here in {month}.").format(login=one.login[:40], month=facts.month)
            raise Refused(told, code="unknown", field="only")
    cells = {
        (person.login, day)
        for person in facts.people
        for day in facts.days
        for one in spans
        if one.login in (None, person.login) and one.first <= day <= one.last
    }
    if not any(cell not in shown.plan and facts.available(*cell) for cell in cells):
        raise Refused(_("Every one of these days is set, or the person is away."), code="nothing_empty", field="only")
    return cells


def arguments(parser: Parser) -> None:
    """Declare what `fill` takes beside the month."""
    seconds = _("how long to search at most, {n} unless given").format(n=process.SECONDS)
    parser.add_argument(
        "--seconds", metavar="N", type=whole(1, process.MOST_SECONDS), default=process.SECONDS, help=seconds
    )
    parser.add_argument(
        "--repair",
        action="store_true",
        help=_("move shifts from today on too, as few as possible, as after a sickness"),
    )
    parser.add_argument(
        "--only",
        metavar="[LOGIN:]FROM..TO",
        action="append",
        type=argument(_span),
        help=_("fill these days of a person, or of everybody, and nothing else; may be given several times"),
    )
    parser.add_argument("--partial", action="store_true", help=_("take the best plan even if it breaks a hard rule"))
    parser.add_argument("--dry-run", action="store_true", help=_("only tell what would be"))


def fill(call: Call) -> Answer:
    """Fill the empty cells of a draft; a plan that breaks a hard rule is told and not taken."""
    options = call.options
    which: Month = options.month
    desk = call.sit()
    desk.require(commands.set_shifts.capability)  # type: ignore[attr-defined]
    if options.repair and options.only:
        raise WrongUsage(_("--only fills empty cells, --repair moves shifts; give one of them."))
    shown = queries.month(desk, which)
    today = local_date(desk.now(), shown.facts.timezone).isoformat() if options.repair else None
    made = prepared(shown, today, _cells(shown, options.only))
    running = process.Running(made.problem, options.seconds)
    for step in running.steps():
        _progress(step)
    if running.died or running.best is None:
        raise Refused(without_plan(running), code="solver_died" if running.died else "no_plan")
    found = outcome(shown.facts, shown.plan, made, running.best, running.last)
    taken = not options.dry_run and (found.status != INFEASIBLE or options.partial)
    changed = commands.set_shifts(desk, *changes(shown, found)) if taken else 0
    beside = queries.drafts_beside(desk, which)
    data: dict[str, Any] = {
        **plans.checked(shown.facts, found.checker, found.report),
        "status": found.status,
        "proven": found.proven,
        "objective": found.objective,
        "bound": found.bound,
        "seconds": round(found.seconds, 2),
        "shifts": [{"login": login, "date": day, "shift": code} for (login, day), code in sorted(found.plan.items())],
        "obstacles": [
            {
                "rule": one.rule.value,
                "login": one.login,
                "date": one.day,
                "message": words.message(shown.facts, one),
                "hindered": hindrances(found.checker, one),
            }
            for one in found.obstacles
        ],
        "taken": taken,
        "changed": changed,
        "drafts_beside": [str(one) for one in beside],
    }
    return Answer(data, lambda cells: [*_lines(shown, found, taken, changed), *drafts_told(beside)])


def _progress(step: Step) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{pad(figures(step), _CELLS)}")
        sys.stderr.flush()


def _lines(shown: RosterMonth, found: Outcome, taken: bool, changed: int) -> Iterator[str]:
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{' ' * _CELLS}\r")
    step = Step(found.objective, found.bound, found.seconds)
    yield f"{formats.month(shown.facts.month)}: {result_word(found)} ({figures(step)})"
    told = repeated(shown.facts, found.checker, found.obstacles)
    for one in told[:_OBSTACLES]:
        yield f"  {' '.join(part for part in (one.days, one.login, one.rule) if part)}: {one.told}"
    if len(told) > _OBSTACLES:
        yield _("… and {n} more").format(n=len(told) - _OBSTACLES)
    if taken:
        yield ngettext("{n} shift was changed.", "{n} shifts were changed.", changed).format(n=changed)
    else:
        yield _("The draft stays as it was.")
    yield counted(found.report)
