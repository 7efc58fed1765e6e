"""What would be if: a month's lines with something else in it, counted by the same rules; nothing is written.

Pure; a change takes lines and scheme and gives others back, so that several add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from leadconsole.payout import rules
from leadconsole.payout.rules import WHOLE_RATE, Line, Scheme, Section, Statement

Change = Callable[[list[Line], Scheme], tuple[list[Line], Scheme]]


def settled(statement: Statement, asides: Iterable[Line], changes: Sequence[Change]) -> Statement:
    """The statement with these changes; `asides` are the set-asides as they were asked for."""
    wanted = [one for one in statement.lines if one.section not in (Section.RESERVE, Section.BONUS, Section.TOPUP)]
    lines, scheme = [*wanted, *asides], statement.scheme
    for change in changes:
        lines, scheme = change(lines, scheme)
    return rules.settle(statement.month, scheme, lines)


def _of_client(line: Line, client: str) -> bool:
    return line.section == Section.SUBSCRIPTION and line.key.rpartition(",")[0] == client


def client_leaves(client: str) -> Change:
    """The client pays no fee in this month."""
    return lambda lines, scheme: ([one for one in lines if not _of_client(one, client)], scheme)


def fee(client: str, name: str, amount: int) -> Change:
    """The client, a new one perhaps, pays this fee for the whole month."""

    def change(lines: list[Line], scheme: Scheme) -> tuple[list[Line], Scheme]:
        others = [one for one in lines if not _of_client(one, client)]
        return [*others, rules.entered(Section.SUBSCRIPTION, name, "", amount, "subscriptions", client, "")], scheme

    return change


def hire(name: str, salary: int) -> Change:
    """One more specialist for the whole month."""
    return lambda lines, scheme: (
        [*lines, rules.entered(Section.SALARY, name, "", salary, "salaries", name, "")], scheme
    )  # fmt: skip


def contractor_instead(login: str, name: str, amount: int) -> Change:
    """Somebody's work is done from outside: no salary, but this amount."""

    def change(lines: list[Line], scheme: Scheme) -> tuple[list[Line], Scheme]:
        others = [one for one in lines if one.file != "salaries" or one.key.rpartition(",")[0] != login]
        return [*others, rules.entered(Section.OUTSIDE, name, "", amount, "salaries", login, "")], scheme

    return change


def share_rate(hundredths: int) -> Change:
    """Another share of the volume."""
    return lambda lines, scheme: (lines, scheme._replace(share_rate=hundredths))


def accepted(ticket: int, client: str, subject: str, price: int) -> Change:
    """A work is accepted in this month."""

    def change(lines: list[Line], scheme: Scheme) -> tuple[list[Line], Scheme]:
        others = [one for one in lines if one.file != "tickets" or one.key != str(ticket)]
        return [*others, Line(Section.ONE_OFF, client, subject, price, "tickets", str(ticket), price)], scheme

    return change


def may_lose(profit: int, rate: int) -> int | None:
    """The most volume without which no more than so much profit is lost; None where the share is nothing."""
    return None if rate <= 0 else max(0, profit * WHOLE_RATE // rate)


def volume_for(cost: int, rate: int) -> int | None:
    """The least volume whose share pays for a cost; None where the share is nothing."""
    return None if rate <= 0 else max(0, -(-cost * WHOLE_RATE // rate))
