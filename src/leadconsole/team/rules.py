"""What the desk's own facts must satisfy: settings and their defaults, hours, lines, who is present."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import LANGUAGES, _
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.shape import DATE, LINE, LOGIN, PRICE, ZONE, Reading, Sort, choice, read_cell, whole
from leadconsole.kernel.shape import Column as Column

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COUNTRIES = ("RU", "UA")
MOST_DAYS = 366
"""So many days of a calendar are written down in one step at most."""


def _country(text: str, reading: Reading) -> str:
    if text.upper() not in COUNTRIES:
        raise Refused(
            _("«{text}» is none of {names}.").format(text=text[:40], names=", ".join(COUNTRIES)),
            code="bad_choice",
        )
    return text.upper()


def _percent(text: str, reading: Reading) -> str:
    from leadconsole.kernel.money import parse_minor, plain

    hundredths = parse_minor(text.removesuffix("%").strip())
    if not 0 <= hundredths <= 100_00:
        raise Refused(_("«{text}» is not a percentage from 0 to 100.").format(text=text[:40]), code="bad_number")
    return plain(hundredths).rstrip("0").rstrip(".")


def _amount(text: str, reading: Reading) -> str:
    return PRICE.write(PRICE.read(text, reading), reading)


def _number(least: int, most: int) -> Sort:
    inner = whole(least, most)
    return Sort(lambda text, reading: str(inner.read(text, reading)), lambda value, reading: str(value))


def _as_text(read: Any) -> Sort:
    return Sort(read, lambda value, reading: str(value))


SETTINGS: dict[str, tuple[Sort, str]] = {
    # key: (how it is read, the default); interchange.md, settings.csv
    "lead": (LOGIN, ""),
    "currency": (LINE, "RUB"),
    "timezone": (ZONE, "Europe/Moscow"),
    "country": (_as_text(_country), ""),
    "calendar": (LINE, ""),
    "language": (choice(*LANGUAGES), ""),
    "share_rate": (_as_text(_percent), "50"),
    "guaranteed_minimum": (_as_text(_amount), "0.00"),
    "probation_salary": (_as_text(_amount), ""),
    "probation_until": (DATE, ""),
    "proration": (choice("daily", "none"), "daily"),
    "repeat_days": (_number(0, 3650), "7"),
    "at_risk_minutes": (_number(0, 100_000), "60"),
    "stale_days": (_number(1, 3650), "90"),
    # Beyond the contract: from which difference own points become a point of the agenda, in percent of the maximum.
    "points_gap": (_number(0, 100), "25"),
}


PAY_SETTINGS = frozenset({"share_rate", "guaranteed_minimum", "probation_salary", "probation_until", "proration"})
"""Settings that tell what the lead earns: only for who may see the payout."""


class Settings(NamedTuple):
    """The desk's settings that the program reads on every day; amounts and dates stay with their slice."""

    lead: str
    currency: str
    timezone: str
    country: str
    calendar: str
    language: str
    repeat_days: int
    at_risk_minutes: int
    stale_days: int
    points_gap: int


_FOREVER = "9999-12-31"


class Cells(Protocol):
    """A row by column name."""

    def __getitem__(self, column: str, /) -> str:
        """The text of a cell."""


Row = TypeVar("Row", bound=Cells)


def settings_of(stored: dict[str, str]) -> Settings:
    """The settings with their defaults where nothing is stored."""

    def value(key: str) -> str:
        return stored.get(key) or SETTINGS[key][1]

    return Settings(
        lead=value("lead"),
        currency=value("currency"),
        timezone=value("timezone"),
        country=value("country"),
        calendar=value("calendar"),
        language=value("language"),
        repeat_days=int(value("repeat_days")),
        at_risk_minutes=int(value("at_risk_minutes")),
        stale_days=int(value("stale_days")),
        points_gap=int(value("points_gap")),
    )


def setting(row: dict[str, Any]) -> None:
    """Rule of settings.csv: the key is known and its value is read by its own sort."""
    key = row["key"]
    if key not in SETTINGS:
        raise Refused(
            _("There is no setting «{key}»; known are {names}.").format(key=key[:40], names=", ".join(SETTINGS)),
            code="unknown_setting",
            field="key",
        )
    column = Column("value", SETTINGS[key][0])
    row["value"] = read_cell(column, row["value"], Reading("UTC")) or ""


def person_lines(text: str, reading: Reading) -> str:
    """The lines of support of a person: 1, 2 and 3 joined by a plus."""
    parts = sorted({part.strip() for part in text.replace(",", "+").split("+")})
    if not all(part in {"1", "2", "3"} for part in parts):
        raise Refused(
            _("«{text}» is no list of lines; write 1, 2, 3 or such as 1+2.").format(text=text[:40]),
            code="bad_lines",
        )
    return "+".join(parts)


def spans(row: dict[str, Any]) -> None:
    """Rule of everything with `started` and `ended`: it doesn't end before it starts."""
    if row["started"] and row["ended"] and row["ended"] < row["started"]:
        raise Refused(
            _("It ends ({ended}) before it starts ({started}).").format(ended=row["ended"], started=row["started"]),
            code="bad_span",
            field="ended",
        )


def days(row: dict[str, Any]) -> None:
    """Rule of everything that holds from one day to another, both included; without a last day until further notice."""
    if row["last"] is not None and row["last"] < row["first"]:
        raise Refused(
            _("It ends ({ended}) before it starts ({started}).").format(ended=row["last"], started=row["first"]),
            code="bad_span",
            field="to",
        )


def employed(started: str | None, ended: str | None, day: str) -> bool:
    """Whether somebody with these dates works here on an ISO day; both ends are inclusive."""
    return (started is None or started <= day) and (ended is None or day <= ended)


def gone(ended: str, status: str, day: str) -> bool:
    """Whether somebody has left by an ISO day: the last day is past, or a client's status says so."""
    return status == "left" or not employed(None, ended or None, day)


def working_minutes(text: str) -> str:
    """The minutes that people write as `240` or `4:00`; what is neither stays as it is, for the norm's own rule."""
    whole, colon, rest = text.strip().partition(":")
    if colon and whole.isdecimal() and rest.isdecimal() and len(rest) == 2 and int(rest) < 60:
        return str(int(whole) * 60 + int(rest))
    return text


def running_fee(fees: Iterable[Row], client: str, first: str) -> Row | None:
    """The fee of a client that began before an ISO day and still runs on it."""
    for fee in fees:
        if fee["client"] == client and fee["from"] < first <= (fee["to"] or _FOREVER):
            return fee
    return None


def day_before(day: str) -> str:
    """The ISO day before."""
    return (parse_date(day) - timedelta(days=1)).isoformat()


def span_days(first: str, last: str) -> list[date]:
    """Every day of a span, both ends included."""
    begin, end = parse_date(first), parse_date(last)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def days_between(first: str, until: str) -> list[str]:
    """The ISO dates from one to another, both included, at most `MOST_DAYS`; Refused where they make no span."""
    begin, end = parse_date(first, field="date"), parse_date(until, field="until")
    count = (end - begin).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise Refused(
            _("Until is the first day itself or a later one, at most {n} days in all.").format(n=MOST_DAYS),
            code="bad_span",
            field="until",
        )
    return [(begin + timedelta(days=n)).isoformat() for n in range(count)]
