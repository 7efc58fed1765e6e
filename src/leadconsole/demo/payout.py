"""The payout's part of a demo desk: three closed months, one of them below the guarantee, and the one that runs."""

from __future__ import annotations

from datetime import timedelta

from leadconsole.demo.parts import Scene
from leadconsole.demo.pay_words import PAY_WORDS, PayWords
from leadconsole.kernel.clock import HOUR
from leadconsole.kernel.history import packed
from leadconsole.kernel.period import Month, local_date, local_instant, time_zone
from leadconsole.payout import checklist, closed, counting, facts, rules

_MONTHS_CLOSED = 3
_BAD = 2
"""So many months ago the month was abnormal."""
_PAID = 84
"""What the specialists earn together, in percent of the share of the weakest month."""
_WEIGHTS = {"left": 5, "new": 8, "senior": 13, "second": 12}
_CONTRACTOR = 4
_CLOSED_ON, _CLOSED_AT = 4, 11 * 60
"""How many days into the next month, and at which minute, a month is closed."""


def fill(scene: Scene) -> None:
    """Fill the tables of the payout."""
    zone = scene.settings.timezone
    now = Month.at(scene.now, zone)
    months = [now.plus(-back) for back in range(_MONTHS_CLOSED, -1, -1)]
    words = PAY_WORDS[scene.language]
    scheme = facts.scheme(scene.sql)
    share = min(_share(scene, month, scheme) for month in months[:-1])
    _salaries(scene, share)
    for month in months[:-1]:
        _month(scene, month, share, words)
        if month == now.plus(-_BAD):
            _bad_month(scene, month, scheme, words)
        else:
            _set_aside(scene, month, share, words)
        _close(scene, month)
    _month(scene, months[-1], share, words)
    _add(scene, "adjustment", str(now), words.adjustment, -_round(share // 200), _last_work(scene, months[-2]))


def _last_work(scene: Scene, month: Month) -> str:
    """Where an adjustment points that corrects a work of a closed month."""
    (key,) = scene.sql.execute(
        "SELECT key FROM closed_line WHERE month = ? AND section = ? ORDER BY place DESC LIMIT 1",
        (str(month), str(rules.Section.ONE_OFF)),
    ).fetchone()
    return f"{month} tickets {key}"


def _share(scene: Scene, month: Month, scheme: rules.Scheme) -> int:
    begin, end = month.bounds(scene.settings.timezone)
    return rules.settle(month, scheme, facts.lines(scene.sql, month, scheme, begin, end)).figures.share


def _round(minor: int) -> int:
    """A sum as one agrees on it: two digits and zeros."""
    step = int(10 ** max(2, len(str(minor)) - 2))
    return max(step, minor // step * step)


def _salaries(scene: Scene, share: int) -> None:
    """Everybody's salary from his first day on; the longest-serving one had a rise half a year ago."""
    staff = [one for one in scene.cast.people if one.place.role == "specialist"]
    whole = sum(_WEIGHTS.get(one.place.key, 11) for one in staff)
    rise = Month.at(scene.now, scene.settings.timezone).plus(-6).first.isoformat()
    for one in scene.cast.people:
        if one.place.role == "specialist":
            amount = _round(share * _PAID // 100 * _WEIGHTS.get(one.place.key, 11) // whole)
        elif one.place.role == "contractor":
            amount = _round(share * _CONTRACTOR // 100)
        else:
            continue
        (started,) = scene.sql.execute("SELECT started FROM person WHERE login = ?", (one.login,)).fetchone()
        if one.place.key == "senior":
            _add(scene, "salary", one.login, rise, amount)
            amount = _round(amount * 9 // 10)
        _add(scene, "salary", one.login, started, amount)


def _month(scene: Scene, month: Month, share: int, words: PayWords) -> None:
    """What every month costs beside the people."""
    _add(scene, "expense", str(month), words.hosting, _round(share // 150), None, None)


def _bad_month(scene: Scene, month: Month, scheme: rules.Scheme, words: PayWords) -> None:
    """A rescue from outside ate the profit: the guarantee holds, and something is decided."""
    begin, end = month.bounds(scene.settings.timezone)
    profit = rules.settle(month, scheme, facts.lines(scene.sql, month, scheme, begin, end)).figures.profit
    client = scene.cast.customers[0].code
    _add(scene, "expense", str(month), words.rescue, _round(profit - scheme.guaranteed_minimum * 6 // 10), client, None)
    until = month.plus(2).last.isoformat()
    _add(scene, "payout_decision", str(month), words.decision, until)


def _set_aside(scene: Scene, month: Month, share: int, words: PayWords) -> None:
    best = scene.cast.person("allround").login
    _add(scene, "allocation", str(month), "reserve", "", _round(share // 60), words.reserve)
    _add(scene, "allocation", str(month), "bonus", best, _round(share // 100), words.bonus)


def _close(scene: Scene, month: Month) -> None:
    zone = scene.settings.timezone
    day = month.last + timedelta(days=_CLOSED_ON)
    at = local_instant(day, _CLOSED_AT, time_zone(zone))
    if at > scene.now:  # the new month has just begun
        at = max(month.bounds(zone)[1], scene.now - HOUR)
    sql, lead = scene.sql, scene.cast.person("lead").login
    counted = counting.count(sql, month, scene.now)
    made = closed.freeze(sql, counted.statement, counted.excluded, counted.decision, at, lead)
    figures = packed(counted.statement.figures._asdict())
    sql.execute(
        "INSERT INTO event (subject, key, seq, at, recorded, actor, kind, value, after)"
        " VALUES ('payout', ?, 1, ?, ?, ?, 'closed', ?, ?)",
        (str(month), at, at, lead, made, figures),
    )
    sql.executemany(
        "INSERT INTO passed_on VALUES (?, ?, ?, ?)",
        [(str(month), line.file, line.key, at) for line in checklist.to_invoice(counted.statement)],
    )
    assert local_date(at, zone) > month.last


def _add(scene: Scene, table: str, *values: object) -> None:
    scene.sql.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
