"""A month of the roster as a problem to solve, and the plan that a solution makes.

What is in the plan stays (a repair may move it, each cell at a price); empty cells of people who are here are filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from leadconsole.roster.fill.part import Part
from leadconsole.roster.fill.points import POINTS, Points
from leadconsole.roster.fill.problem import FREE, Assignment, Gap, Problem, Share, Soft, Target, Worker, breaks
from leadconsole.roster.fill.wanted import Wanted
from leadconsole.roster.rules.month import ANY_LINE, Cell, MonthFacts, Plan, Span
from leadconsole.roster.rules.names import PERSONAL, RuleName, Severity
from leadconsole.roster.rules.persons import rest_week

_PARTS = {
    RuleName.UNDERSTAFFED: "needs", RuleName.OVERSTAFFED: "over", RuleName.CLIENT_UNCOVERED: "gaps",
    RuleName.MONTHLY_NORM: "norm",
}  # fmt: skip
_OF_ROWS = (RuleName.TWO_SHIFTS, RuleName.DOUBLE_BOOKED, RuleName.WEEKLY_REST, *PERSONAL)
_STRICT, _PRICED = frozenset({Severity.HARD}), frozenset({Severity.SOFT})
_BOTH = _STRICT | _PRICED
MOVED = POINTS.moved


@dataclass(frozen=True)
class Filling:
    """A problem made of a month, with what is needed to read its solution."""

    problem: Problem
    logins: tuple[str, ...]
    days: tuple[str, ...]
    codes: tuple[str, ...]
    part: Part
    kept: Mapping[Cell, str] = field(default_factory=dict)
    """The cells that stay as they are, with those around the month."""

    def plan_of(self, solution: Assignment) -> dict[Cell, str]:
        """The shifts of the month that a solution makes."""
        return {
            (login, day): self.codes[shift]
            for login, row in zip(self.logins, solution, strict=True)
            for day, shift in zip(self.days, row, strict=True)
            if shift != FREE
        }


def filling(
    facts: MonthFacts,
    plan: Plan,
    *,
    repair_from: str | None = None,
    only: Iterable[Cell] | None = None,
    points: Points = POINTS,
) -> Filling:
    """The problem of filling the empty cells of a month, or those of `only`; a repair also moves shifts from a day on.

    Soft rules of rows are kept like hard ones; the problem to turn to where that leaves something hard unmet, or people
    missing, has a price for each time that one is broken.
    """
    part = Part(facts, plan, repair_from, None if only is None else frozenset(only))
    made = _Maker(part, points, _BOTH).filling()
    if not any(facts.rules[name].severity is Severity.SOFT for name in _OF_ROWS):
        return made
    priced = _Maker(part, points, _STRICT).filling()
    if repair_from is not None and _breaks_soft(priced.problem, made.problem):
        return priced  # curing what the house has put up with would move cells that nobody asked about
    hard = made.problem.hard | {"needs"}
    return replace(made, problem=replace(made.problem, hard=hard, softer=priced.problem))


def _breaks_soft(priced: Problem, strict: Problem) -> bool:
    """Whether the plan as it is breaks soft rules of rows."""
    assert priced.start is not None
    rows = zip(priced.workers, priced.start, strict=True)
    return priced.start != strict.start or any(
        worker.soft is not None and breaks(priced, worker, worker.soft, row) for worker, row in rows
    )


class _Maker:
    """Makes the problem, part by part."""

    def __init__(self, part: Part, points: Points, binding: frozenset[Severity]) -> None:
        self.facts = facts = part.facts
        self.part = part
        self.binding = binding
        """The rules of rows that every plan keeps; the soft ones among the others have a price."""
        self.points = points
        self.plan = plan = part.plan
        self.repair_from = part.repair_from
        self.codes = tuple(facts.types)
        self.number = {code: place for place, code in enumerate(self.codes)}
        self.days = facts.days
        self.place = {day: place for place, day in enumerate(self.days)}
        self.logins = tuple(one.login for one in facts.people)
        self.outside: dict[str, list[Span]] = defaultdict(list)
        for (login, day), code in plan.items():
            if day not in self.place and login in facts.by_login:
                self.outside[login].append(facts.span(day, code))
        self.options = {login: self._options(login) for login in self.logins}

    def filling(self) -> Filling:
        facts = self.facts
        minutes = tuple(tuple(facts.worked(day, code) for day in self.days) for code in self.codes)
        under = self._points(RuleName.UNDERSTAFFED, self.points.missing)
        over = self._points(RuleName.OVERSTAFFED, self.points.extra)
        needs = Wanted(self.part, self.logins, self.codes, self.options).needs(under, over, self.points.later)
        gaps, constant = self._gaps()
        problem = Problem(
            minutes,
            tuple(self._worker(login) for login in self.logins),
            self._clashes(self.binding),
            needs,
            gaps,
            (self._share(self._nights()), self._share(self._weekends())) if self.points.fair else (),
            weekends=tuple(tuple(self.place[day] for day in weekend) for weekend in facts.weekends),
            constant=constant,
            hard=frozenset(part for name, part in _PARTS.items() if facts.rules[name].severity is Severity.HARD),
            start=self._start(),
        )
        kept = {
            (login, day): code
            for (login, day), code in self.plan.items()
            if day not in self.place or (login in self.options and self.part.fixed(login, day))
        }
        return Filling(problem, self.logins, self.days, self.codes, self.part, kept)

    def _points(self, name: RuleName, soft: int) -> int:
        """What breaking a rule costs: nothing if it is off, as much as a missing person if it is hard."""
        severity = self.facts.rules[name].severity
        return {Severity.OFF: 0, Severity.SOFT: soft, Severity.HARD: max(soft, self.points.hard)}[severity]

    def _options(self, login: str) -> tuple[tuple[int, ...], ...]:
        facts = self.facts
        found: list[tuple[int, ...]] = []
        for day in self.days:
            code = self.plan.get((login, day))
            if self.part.fixed(login, day):
                found.append((FREE,) if code is None else (self.number[code],))
            elif not facts.available(login, day) or not facts.by_login[login].weekly_minutes:
                found.append((FREE,))
            else:
                shifts = tuple(
                    self.number[one] for one in self.codes if self._beside(login, facts.span(day, one), self.binding)
                )
                found.append((*shifts, FREE))
        return tuple(found)

    def _least_between(self, severities: frozenset[Severity]) -> int:
        """Minutes between two shifts of one person, by the rules of these severities."""
        if self._taken(RuleName.TWO_SHIFTS, severities):
            return self.facts.rules[RuleName.TWO_SHIFTS].minutes
        return 0 if self._taken(RuleName.DOUBLE_BOOKED, severities) else -(10**6)

    def _taken(self, name: RuleName, severities: frozenset[Severity]) -> bool:
        """Whether a rule of rows has one of these severities."""
        return self.facts.rules[name].severity in severities

    def _beside(self, login: str, span: Span, severities: frozenset[Severity]) -> bool:
        """Whether a shift goes with those of the months around."""
        least = self._least_between(severities)
        return all(span.begin - one.end >= least or one.begin - span.end >= least for one in self.outside[login])

    def _worker(self, login: str) -> Worker:
        facts, hard = self.facts, self.binding
        first, last = facts.time_here(login)
        norm = facts.rules[RuleName.MONTHLY_NORM]
        target = None
        if norm.on:
            beyond = self._points(RuleName.MONTHLY_NORM, self.points.beyond)
            target = Target(self.part.aim(login), norm.minutes, self.points.per_hour, beyond)
        return Worker(
            self.options[login],
            self._costs(login),
            max_row=self._limit(login, RuleName.MAX_CONSECUTIVE, hard),
            min_row=self._limit(login, RuleName.MIN_CONSECUTIVE, hard) or 1,
            min_off=self._limit(login, RuleName.MIN_DAYS_OFF, hard) or 1,
            first=first,
            last=last,
            max_weekends=self._limit(login, RuleName.MAX_WEEKENDS, hard),
            max_of=self._most_shifts(login, hard),
            run_before=self._run(login, facts.month.first, -1),
            run_after=self._run(login, facts.month.last, 1),
            target=target,
            rests=self._rests(login) if self._taken(RuleName.WEEKLY_REST, hard) else (),
            soft=self._soft(login) if self.binding == _STRICT else None,
        )

    def _soft(self, login: str) -> Soft:
        """The soft rules of somebody's rows, at a price."""
        return Soft(
            self._row_points,
            max_row=self._limit(login, RuleName.MAX_CONSECUTIVE, _PRICED),
            min_row=self._limit(login, RuleName.MIN_CONSECUTIVE, _PRICED) or 1,
            min_off=self._limit(login, RuleName.MIN_DAYS_OFF, _PRICED) or 1,
            max_weekends=self._limit(login, RuleName.MAX_WEEKENDS, _PRICED),
            max_of=self._most_shifts(login, _PRICED),
            rests=self._rests(login) if self._taken(RuleName.WEEKLY_REST, _PRICED) else (),
            clashes=self._soft_clashes,
        )

    @property
    def _row_points(self) -> int:
        """What a broken soft rule of rows costs: in a repair so little that no cell moves to cure some."""
        return self.points.row if self.repair_from is None else self.points.row // 10

    @cached_property
    def _soft_clashes(self) -> frozenset[tuple[int, int, int, int]]:
        return self._clashes(_BOTH) - self._clashes(self.binding)

    def _limit(self, login: str, name: RuleName, severities: frozenset[Severity]) -> int | None:
        return self.facts.limit(login, name) if self._taken(name, severities) else None

    def _most_shifts(self, login: str, severities: frozenset[Severity]) -> dict[int, int]:
        if not self._taken(RuleName.MAX_SHIFTS, severities):
            return {}
        return {self.number[code]: most for code, most in self.facts.most_shifts(login).items() if code in self.number}

    def _run(self, login: str, day: date, step: int) -> int:
        length = 0
        while (login, (day := day + timedelta(days=step)).isoformat()) in self.plan:
            length += 1
        return length

    def _costs(self, login: str) -> dict[tuple[int, int], int]:
        facts = self.facts
        weight = self._points(RuleName.WISH, self.points.wish)
        found: dict[tuple[int, int], int] = defaultdict(int)
        for place, day in enumerate(self.days):
            wish = facts.wishes.get((login, day))
            code = self.plan.get((login, day))
            for option in self.options[login][place]:
                name = None if option == FREE else self.codes[option]
                if wish is not None and wish.met_by(name) is not (wish.weight > 0):
                    found[place, option] += weight * abs(wish.weight)
                if name is not None:
                    found[place, option] += self.points.idle * self._idle(login, day, name) // 60
                    if not self._beside(login, facts.span(day, name), _BOTH):
                        found[place, option] += self._row_points
                if self.repair_from is not None and day >= self.repair_from and name != code:
                    found[place, option] += self.points.moved
        return {key: points for key, points in found.items() if points}

    def _idle(self, login: str, day: str, code: str) -> int:
        """Minutes of a shift in which nobody of the person's lines is wanted."""
        facts = self.facts
        if not facts.demand:
            return 0
        span, lines = facts.span(day, code), facts.by_login[login].lines
        after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        wanted = 0
        for one in (before, day, after):
            for stretch in facts.stretches_of.get(one, ()):
                if any(
                    need and (line == ANY_LINE or line in lines)
                    for line, need in zip(stretch.lines, stretch.needs, strict=True)
                ):
                    wanted += max(0, min(span.end, stretch.end) - max(span.begin, stretch.begin))
        return max(0, span.end - span.begin - wanted)

    def _rests(self, login: str) -> tuple[tuple[frozenset[tuple[int, int]], ...], ...]:
        facts = self.facts
        limit = facts.rules[RuleName.WEEKLY_REST].minutes
        fixed = list(self.outside[login])
        open_places: list[tuple[int, int, Span]] = []
        for place, options in enumerate(self.options[login]):
            for option in options:
                if option == FREE:
                    continue
                span = facts.span(self.days[place], self.codes[option])
                if len(options) == 1:
                    fixed.append(span)
                else:
                    open_places.append((place, option, span))
        found = []
        for monday in facts.mondays:
            begin, end = rest_week(facts, login, monday)
            near = [one for one in open_places if one[2].begin < end and one[2].end > begin]
            held = [one for one in fixed if one.begin < end and one.end > begin]
            ends = {begin, *(span.end for _place, _option, span in near), *(span.end for span in held)}
            ways = {
                frozenset((place, option) for place, option, span in near if span.begin < at + limit and span.end > at)
                for at in ends
                if begin <= at
                and at + limit <= end
                and not any(one.begin < at + limit and one.end > at for one in held)
            }
            least = [way for way in ways if not any(other < way for other in ways)]
            # No way at all: what is fixed breaks the rule by itself, and the check will say so.
            if least and frozenset() not in ways:
                found.append(tuple(sorted(least, key=sorted)))
        return tuple(found)

    def _clashes(self, severities: frozenset[Severity]) -> frozenset[tuple[int, int, int, int]]:
        facts = self.facts
        least = self._least_between(severities)
        far = 1 + max(0, least + max((one.length for one in facts.types.values()), default=0)) // (24 * 60)
        found = set()
        for place, day in enumerate(self.days):
            for later in range(place + 1, min(len(self.days), place + far + 1)):
                for shift, code in enumerate(self.codes):
                    end = facts.span(day, code).end
                    for other, name in enumerate(self.codes):
                        if facts.span(self.days[later], name).begin - end < least:
                            found.add((place, shift, later, other))
        return frozenset(found)

    def _gaps(self) -> tuple[tuple[Gap, ...], int]:
        points = self._points(RuleName.CLIENT_UNCOVERED, self.points.uncovered)
        number = {login: place for place, login in enumerate(self.logins)}
        prices: dict[tuple[tuple[int, int], ...], int] = defaultdict(int)
        for day, clients in self.facts.cover.items():
            for knowing in clients.values():
                able = sorted(number[one] for one in knowing if one in number and self.facts.available(one, day))
                own = min(points, self.points.later) if self.part.coverable(knowing, day) else points
                prices[tuple((worker, self.place[day]) for worker in able)] += own
        lost = prices.pop((), 0)
        return (tuple(Gap(places, price) for places, price in prices.items()), lost) if points else ((), 0)

    def _nights(self) -> dict[int, tuple[tuple[int, int], ...]]:
        facts = self.facts
        nights = {login: [facts.is_night(login, code) for code in self.codes] for login in self.logins}
        return self._counted(lambda login, place, option: nights[login][option])

    def _weekends(self) -> dict[int, tuple[tuple[int, int], ...]]:
        free = [not self.facts.is_work_day(date.fromisoformat(day)) for day in self.days]
        return self._counted(lambda login, place, option: free[place])

    def _counted(self, counts: Callable[[str, int, int], bool]) -> dict[int, tuple[tuple[int, int], ...]]:
        return {
            worker: tuple(
                (place, option)
                for place, options in enumerate(self.options[login])
                for option in options
                if option != FREE and counts(login, place, option)
            )
            for worker, login in enumerate(self.logins)
        }

    def _share(self, places: Mapping[int, tuple[tuple[int, int], ...]]) -> Share:
        """What should fall on everybody alike; one weighs more for those who work less, up to four times."""
        norms = {worker: self.facts.norm_minutes(login) for worker, login in enumerate(self.logins)}
        full = max(norms.values(), default=0)
        taking = {worker: own for worker, own in places.items() if own and norms[worker] * 4 >= full > 0}
        return Share(taking, {worker: round(self.points.fair * full / norms[worker]) for worker in taking}, 1)

    def _start(self) -> Assignment:
        """The plan as it is, as far as it may stay."""
        rows = []
        for login in self.logins:
            row = []
            for place, day in enumerate(self.days):
                code = self.plan.get((login, day))
                wanted = FREE if code is None else self.number[code]
                options = self.options[login][place]
                row.append(wanted if wanted in options else options[-1])
            rows.append(tuple(row))
        return tuple(rows)
