"""What a month pays the lead, to the kopeck: lines of fees, works, salaries and costs, and the figures they make.

Pure decisions on whole minor units (interchange.md, `payout`; domain.md, «Month-end payout»). A line keeps what it was
made of (its base and the days it was in force), so that whoever doubts it can count again. Days are ISO text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from leadconsole.kernel.clock import Instant
from leadconsole.kernel.money import round_half_away
from leadconsole.kernel.period import Month

WHOLE_RATE = 100_00
"""A share of 100 %, in hundredths of a percent."""
_FIRST, _LAST = "0000-00-00", "9999-99-99"


class Section(StrEnum):
    """Where a line stands in the statement, in its order."""

    SUBSCRIPTION = "subscription"
    ONE_OFF = "one_off"
    SALARY = "salary"
    OUTSIDE = "outside"
    ADJUSTMENT = "adjustment"
    RESERVE = "reserve"
    BONUS = "bonus"
    TOPUP = "topup"


ORDER = {str(section): place for place, section in enumerate(Section)}


class SchemeKind(StrEnum):
    """How the lead is paid in a month."""

    ENTREPRENEUR = "entrepreneur"
    PROBATION = "probation"


class Reason(StrEnum):
    """Why a resolved work brings nothing to its month."""

    NOT_ACCEPTED = "not_accepted"
    ACCEPTED_LATER = "accepted_later"
    NO_PRICE = "no_price"


class Scheme(NamedTuple):
    """The desk's settings that a month is counted by; `share_rate` in hundredths of a percent."""

    share_rate: int = 50_00
    guaranteed_minimum: int = 0
    probation_salary: int | None = None
    probation_until: str | None = None
    proration: str = "daily"
    currency: str = "RUB"
    lead: str = ""

    def kind(self, month: Month) -> SchemeKind:
        """Probation holds for the whole month in which its last day lies."""
        on_probation = self.probation_until is not None and month.first.isoformat() <= self.probation_until
        return SchemeKind.PROBATION if on_probation else SchemeKind.ENTREPRENEUR


class Fee(NamedTuple):
    """A row of subscriptions.csv with the client's name."""

    client: str
    name: str
    first: str
    last: str | None
    amount: int


class Work(NamedTuple):
    """A priced ticket that is accepted."""

    ticket: int
    client: str
    subject: str
    price: int
    accepted_at: Instant


class Employee(NamedTuple):
    """Somebody whose salary may be counted."""

    login: str
    name: str
    role: str
    started: str | None = None
    ended: str | None = None


class Salary(NamedTuple):
    """A row of salaries.csv; it holds until the day before the next one of the same person."""

    login: str
    first: str
    amount: int


class Line(NamedTuple):
    """One line of the statement; `amount` is `base` × `days` ÷ `of_days`, rounded by itself."""

    section: str
    who: str
    what: str
    amount: int
    file: str
    key: str
    base: int
    days: int = 1
    of_days: int = 1
    at: Instant | None = None
    """When a work was accepted."""

    @property
    def label(self) -> str:
        """What the line is for, in data alone: no word of the program."""
        if self.section == Section.ONE_OFF:
            return f"{self.key} {self.who}: {self.what}"
        return ": ".join(part for part in (self.who, self.what) if part)


class Left(NamedTuple):
    """A work that was left out of its month; no price is None."""

    ticket: int
    client: str
    subject: str
    price: int | None
    reason: str
    accepted_at: Instant | None = None

    @property
    def label(self) -> str:
        """The ticket in one line."""
        return f"{self.ticket} {self.client}: {self.subject}"


class Figures(NamedTuple):
    """The sums of a month; `reserve` and `bonuses` as they count, not as they were asked for."""

    volume: int
    share: int
    salaries: int
    outside: int
    adjustments: int
    profit: int
    topup: int
    abnormal: bool
    reserve: int
    bonuses: int
    lead_pay: int


class Statement(NamedTuple):
    """A month counted: its lines in order, what they sum to, and on probation what they would have paid."""

    month: Month
    scheme: Scheme
    kind: str
    lines: tuple[Line, ...]
    figures: Figures
    shadow: Figures | None
    asked_reserve: int = 0
    asked_bonuses: int = 0


def due(base: int, days: int, of_days: int) -> int:
    """The part of an amount for so many days of the month, half away from zero."""
    return round_half_away((base * days, of_days))


def days_in(month: Month, *spans: tuple[str | None, str | None]) -> int:
    """On how many days of the month all of these spans hold; both ends are inclusive, None is open."""
    first = max(month.first.isoformat(), *(begin or _FIRST for begin, _end in spans))
    last = min(month.last.isoformat(), *(end or _LAST for _begin, end in spans))
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1 if first <= last else 0


def _counted(days: int, month: Month, proration: str) -> int:
    return month.days if days and proration == "none" else days


def fee_lines(month: Month, fees: Iterable[Fee], proration: str) -> list[Line]:
    """A line for every fee that is in force on a day of the month."""
    lines = []
    for fee in fees:
        if days := _counted(days_in(month, (fee.first, fee.last)), month, proration):
            amount = due(fee.amount, days, month.days)
            key = f"{fee.client},{fee.first}"
            lines.append(
                Line(Section.SUBSCRIPTION, fee.name, "", amount, "subscriptions", key, fee.amount, days, month.days)
            )
    return lines


def work_lines(works: Iterable[Work]) -> list[Line]:
    """A line for every accepted work; a price of 0 is a price."""
    return [
        Line(Section.ONE_OFF, one.client, one.subject, one.price, "tickets", str(one.ticket), one.price,
             at=one.accepted_at)
        for one in works
    ]  # fmt: skip


class Held(NamedTuple):
    """A salary row with the days on which it holds."""

    first: str
    last: str | None
    amount: int


def held(rows: Iterable[Salary]) -> list[Held]:
    """The salary rows of one person with their last days."""
    ordered = sorted(rows, key=lambda one: one.first)
    lasts: list[str | None] = [_day_before(later.first) for later in ordered[1:]]
    return [Held(row.first, last, row.amount) for row, last in zip(ordered, [*lasts, None], strict=bool(ordered))]


def _day_before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def section_of(employee: Employee, lead: str) -> Section | None:
    """Where somebody's salary counts: specialists', contractors' as outside, and of lead and office never."""
    if employee.login == lead:
        return None
    return {"specialist": Section.SALARY, "contractor": Section.OUTSIDE}.get(employee.role)


def salary_lines(month: Month, employees: Iterable[Employee], salaries: Iterable[Salary], scheme: Scheme) -> list[Line]:
    """A line for every salary row in force on a day of the month on which its person is employed."""
    of_person: dict[str, list[Salary]] = {}
    for row in salaries:
        of_person.setdefault(row.login, []).append(row)
    lines = []
    for one in employees:
        section = section_of(one, scheme.lead)
        if section is None:
            continue
        for pay in held(of_person.get(one.login, ())):
            days = days_in(month, (pay.first, pay.last), (one.started, one.ended))
            if days := _counted(days, month, scheme.proration):
                amount = due(pay.amount, days, month.days)
                key = f"{one.login},{pay.first}"
                lines.append(Line(section, one.name, "", amount, "salaries", key, pay.amount, days, month.days))
    return lines


def entered(section: Section, who: str, what: str, amount: int, file: str, *key: str) -> Line:
    """A line of an amount that was entered for the month itself: an expense, an adjustment, a set-aside."""
    return Line(section, who, what, amount, file, ",".join(key), amount)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines as the statement shows them, whatever the order they came in."""
    return sorted(lines, key=_place)


def _place(line: Line) -> tuple[int, int, str, str, str, str]:
    number = int(line.key) if line.file == "tickets" else 0
    return ORDER[line.section], number, line.who, line.what, line.file, line.key


def counted(lines: Iterable[Line]) -> dict[str, int]:
    """The sum of every section."""
    sums = dict.fromkeys(map(str, Section), 0)
    for line in lines:
        sums[line.section] += line.amount
    return sums


def share_of(volume: int, share_rate: int) -> int:
    """The lead's share of a volume, rounded once."""
    return round_half_away((volume * share_rate, WHOLE_RATE))


def entrepreneur(scheme: Scheme, sums: dict[str, int]) -> Figures:
    """The figures by the formula; a profit below the minimum is topped up to it, and nothing is set aside then."""
    volume = sums[Section.SUBSCRIPTION] + sums[Section.ONE_OFF]
    share = share_of(volume, scheme.share_rate)
    salaries, outside, adjustments = sums[Section.SALARY], sums[Section.OUTSIDE], sums[Section.ADJUSTMENT]
    profit = share - salaries - outside + adjustments
    minimum = scheme.guaranteed_minimum
    if profit < minimum:
        return Figures(
            volume, share, salaries, outside, adjustments, profit, minimum - profit, True, 0, 0, minimum
        )  # fmt: skip
    reserve, bonuses = sums[Section.RESERVE], sums[Section.BONUS]
    pay = max(0, profit - reserve - bonuses)
    return Figures(volume, share, salaries, outside, adjustments, profit, 0, False, reserve, bonuses, pay)


def settle(month: Month, scheme: Scheme, lines: Iterable[Line]) -> Statement:
    """The statement of a month from its lines, set-asides as they were asked for included."""
    given = [line for line in lines if line.section != Section.TOPUP]
    sums = counted(given)
    asked = sums[Section.RESERVE], sums[Section.BONUS]
    formula = entrepreneur(scheme, sums)
    kind = scheme.kind(month)
    shadow = None
    figures = formula
    if kind == SchemeKind.PROBATION:
        figures = formula._replace(topup=0, abnormal=False, reserve=0, bonuses=0, lead_pay=scheme.probation_salary or 0)
        shadow = formula
    if kind == SchemeKind.PROBATION or formula.abnormal:
        given = [line for line in given if line.section not in (Section.RESERVE, Section.BONUS)]
    if figures.abnormal:
        given.append(entered(Section.TOPUP, "", "", figures.topup, "settings", "guaranteed_minimum"))
    return Statement(month, scheme, kind, tuple(in_order(given)), figures, shadow, *asked)


def broken_line(lines: Sequence[Line]) -> int | None:
    """The place of the first line whose amount isn't what its base and days make."""
    return next((place for place, one in enumerate(lines) if one.amount != due(one.base, one.days, one.of_days)), None)


def reason_left(accepted_at: Instant | None, price: int | None, end: Instant) -> Reason | None:
    """Why a work resolved in a month that ends at `end` brings it nothing; None if it does, or did before."""
    if accepted_at is None:
        return Reason.NOT_ACCEPTED
    if accepted_at >= end:
        return Reason.ACCEPTED_LATER
    return Reason.NO_PRICE if price is None else None
