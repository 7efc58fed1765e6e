"""What a search found: the plan, whether it is legal and proven best, and what stands in the way where it isn't."""

from __future__ import annotations

from dataclasses import dataclass

from leadconsole.roster.fill.month import Filling
from leadconsole.roster.fill.problem import Step
from leadconsole.roster.rules.check import Checker
from leadconsole.roster.rules.finding import Finding, Report
from leadconsole.roster.rules.month import Cell, MonthFacts, Plan
from leadconsole.roster.rules.names import RuleName, Severity

_NEVER_MENDED = (
    RuleName.DOUBLE_BOOKED, RuleName.ABSENT, RuleName.TWO_SHIFTS, RuleName.WEEKLY_REST, RuleName.MAX_CONSECUTIVE,
    RuleName.MAX_WEEKENDS, RuleName.MAX_SHIFTS,
)  # fmt: skip
OPTIMAL, FEASIBLE, INFEASIBLE = "optimal", "feasible", "infeasible"


@dataclass(frozen=True)
class Outcome:
    """The answer of a search; `proven`: that there is no better plan, or, where this one is illegal, no legal one."""

    status: str
    proven: bool
    objective: int
    bound: int | None
    seconds: float
    plan: dict[Cell, str]
    """The shifts of the month."""
    checker: Checker
    report: Report
    obstacles: tuple[Finding, ...] = ()
    """The hard findings that make the plan illegal: which rules on which days stand in the way.

    Where only a part of the month could change, these are the ones that lie in it.
    """


def outcome(facts: MonthFacts, plan: Plan, made: Filling, best: Step, last: Step) -> Outcome:
    """What the best step of a search comes to; the plan is checked as any other."""
    assert best.plan is not None
    assert best.best is not None
    found = made.plan_of(best.plan)
    around = {cell: code for cell, code in plan.items() if not facts.days[0] <= cell[1] <= facts.days[-1]}
    checker = Checker(facts, {**around, **found})
    report = checker.report()
    obstacles = made.part.in_the_way(_hard(report), _hard(Checker(facts, plan).report()))
    bound = last.bound if last.bound is not None else best.bound
    proven = last.proven or (bound is not None and best.best <= bound)
    if not obstacles:
        status = OPTIMAL if proven else FEASIBLE
    else:
        status = INFEASIBLE
        if made.part.whole:  # of a part what is lacking may be met later, and what is broken lie elsewhere
            proven = proven or last.lacking > 0 or last.forced or _broken_already(facts, made)
    return Outcome(status, proven, best.best, bound, last.seconds, found, checker, report, obstacles)


def _hard(report: Report) -> tuple[Finding, ...]:
    return tuple(one for one in report.findings if one.severity is Severity.HARD)


def _broken_already(facts: MonthFacts, made: Filling) -> bool:
    """Whether what stays breaks a hard rule that no further shift can mend."""
    report = Checker(facts, made.kept).report()
    return any(one.severity is Severity.HARD and one.rule in _NEVER_MENDED for one in report.findings)
