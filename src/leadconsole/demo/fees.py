"""What the clients of a demo desk pay a month: some paid less before, a few will pay more, a few pay by the piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from leadconsole.demo.cast import Customer
from leadconsole.demo.parts import Scene
from leadconsole.kernel.period import Month, local_date

Fee = tuple[str, str, str | None, int]
"""Client, first day, last day, minor units a month."""

_BY_THE_PIECE = 23
"""One of so many clients has no subscription."""
_HOURS = {"basic": 2.0, "standard": 3.0, "priority": 5.0}
"""The hours that the smallest client of a policy pays for."""
_RISES = (1.07, 1.08, 1.1, 1.12, 1.15)
_DAYS_AHEAD = 5
"""A rise is agreed before it begins."""


def fill(scene: Scene) -> None:
    """Fill the table of subscriptions."""
    random = scene.random("fees")
    today = local_date(scene.now, scene.settings.timezone)
    spans = {
        code: (date.fromisoformat(started), date.fromisoformat(ended) if ended else None)
        for code, started, ended in scene.sql.execute("SELECT code, started, ended FROM client")
    }
    fees: list[Fee] = []
    for place, who in enumerate(scene.cast.customers):
        began, ended = spans[who.code]
        if place % _BY_THE_PIECE != _BY_THE_PIECE // 2:
            fees += _of(who, began, ended, today, scene.firm.hourly_rate, random)
    scene.sql.executemany("INSERT INTO subscription (client, first, last, monthly_fee) VALUES (?, ?, ?, ?)", fees)


def _of(who: Customer, began: date, ended: date | None, today: date, rate: int, random: Random) -> Iterator[Fee]:
    """The fees of one client one after another, each from the first of a month."""
    step = max(5, rate // 5)
    hours = _HOURS[who.policy or "basic"] + who.weight * random.uniform(0.5, 0.9)
    amount = max(step, round(hours * rate / step) * step)
    firsts = sorted({Month.of(began).next.first, *_changes(began, ended, today, random)})
    amounts = [amount]
    for _change in firsts[1:]:  # backwards from what is paid last
        amounts.insert(0, max(step, round(amounts[0] / random.choice(_RISES) / step) * step))
    lasts = [*(first - timedelta(days=1) for first in firsts[1:]), ended]
    for first, last, fee in zip(firsts, lasts, amounts, strict=True):
        yield who.code, first.isoformat(), last.isoformat() if last else None, fee * 100


def _changes(began: date, ended: date | None, today: date, random: Random) -> Iterator[date]:
    """When the fee changed: with a new year for many, in between for a few, for two or three next month."""
    until = ended or today
    new_year = date(today.year, 1, 1)
    if random.random() < 0.3 and began + timedelta(days=180) < new_year < until:
        yield new_year
    back = Month.of(today).plus(-random.randrange(2, 11)).first
    if random.random() < 0.12 and began + timedelta(days=90) < back < until:
        yield back
    ahead = Month.of(today + timedelta(days=_DAYS_AHEAD)).next.first
    if random.random() < 0.04 and ended is None:
        yield ahead
