"""The fields of the roster's dialogs: kinds of shifts, demand, rules, wishes."""

from __future__ import annotations

from collections.abc import Iterable

from leadconsole.console.asking import day_field, options_of
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field
from leadconsole.kernel.entries import Cells
from leadconsole.kernel.i18n import _, pgettext
from leadconsole.roster import words
from leadconsole.roster.rules.demand import KINDS_OF_DAY
from leadconsole.roster.rules.month import ANY, OFF, MonthFacts
from leadconsole.roster.rules.names import COUNTED, DEFAULTS, PERSONAL, RuleName, Severity

DATE = "date"
_LONGEST = 80


def fields(file: str, cells: Cells, facts: MonthFacts, *, fresh: bool) -> list[Field]:
    """The fields of a row; what names the row can't be changed later."""
    if file == "shift_types":
        return _shift_type(cells, fresh=fresh)
    if file == "demand":
        return _demand(cells, fresh=fresh)
    if file == "roster_rules":
        return _rule(cells)
    people = options_of((one.login, one.name) for one in facts.people)
    if file == "person_rules":
        return _limit(cells, facts, people, fresh=fresh)
    own = [
        Field("login", words.column("login"), "choice", cells.get("login", ""), options=people),
        day_field(DATE, words.column(DATE), cells.get(DATE, "")),
    ]
    return [*(own if fresh else []), *wish_fields(cells, facts)]


def _shift_type(cells: Cells, *, fresh: bool) -> list[Field]:
    code = _text("code", cells, required=True, hint=_("One letter is best: it is the key that sets the shift."))
    return [
        *([code] if fresh else []),
        _text("name", cells, required=True),
        _time("starts", cells, hint=_("Such as 09:00, on the desk's clock.")),
        _time("ends", cells, hint=_("At or before the start it ends on the next day.")),
        _text("break_minutes", cells, hint=_("Isn't counted as work.")),
    ]


def _demand(cells: Cells, *, fresh: bool) -> list[Field]:
    kinds = options_of((kind, words.kind_of_day(kind)) for kind in ("workday", "weekend", "holiday", *KINDS_OF_DAY[:7]))
    lines = options_of((line, words.line(int(line or 0))) for line in ("", "1", "2", "3"))
    head = [
        Field("day", words.column("day"), "choice", cells.get("day", "workday"), options=kinds),
        day_field(
            DATE, words.column(DATE), "", required=False, hint=_("For one date alone, instead of a kind of day.")
        ),
        _time("starts", cells),
        _time("ends", cells, hint=_("The most special day wins: a date, a holiday, a weekday, the rest.")),
        Field("line", words.column("line"), "choice", cells.get("line", ""), options=lines),
    ]
    return [*(head if fresh else []), _text("people", cells, required=True, hint=_("0 is a need of nobody."))]


def demand_cells(values: Cells) -> dict[str, str]:
    """The cells of a demand of what was typed: a date stands for the kind of day."""
    cells = dict(values)
    when = cells.pop(DATE, "")
    if when:
        cells["day"] = when
    return cells


def _rule(cells: Cells) -> list[Field]:
    name = RuleName(cells["rule"])
    severities = options_of((one.value, words.severity(one.value)) for one in Severity)
    found = [Field("severity", words.column("severity"), "choice", cells.get("severity", ""), options=severities)]
    if DEFAULTS[name].limit is not None:
        unit = _("A whole number.") if name in COUNTED else _("Hours.")
        found.append(_text("limit", cells, hint=unit))
    return found


def _limit(cells: Cells, facts: MonthFacts, people: list[Option[str]], *, fresh: bool) -> list[Field]:
    rules = options_of((name.value, words.rule(name)) for name in PERSONAL)
    kinds = options_of([("", "—"), *_types(facts)])
    head = [
        Field("login", words.column("login"), "choice", cells.get("login", ""), options=people),
        Field("rule", words.column("rule"), "choice", cells.get("rule", ""), options=rules),
        Field(
            "shift", words.column("shift"), "choice", cells.get("shift", ""), options=kinds,
            hint=_("Only for so many shifts of a kind in a month."),
        ),
    ]  # fmt: skip
    return [*(head if fresh else []), _text("limit", cells, required=True, hint=_("A whole number."))]


def wish_fields(cells: Cells, facts: MonthFacts) -> list[Field]:
    """What is wanted and how much."""
    wanted = [(OFF, words.wished(OFF)), (ANY, words.wished(ANY)), *_types(facts)]
    return [
        Field("shift", words.column("shift"), "choice", cells.get("shift", OFF), options=options_of(wanted)),
        Field(
            "weight", words.column("weight"), value=cells.get("weight", "1"), max_length=_LONGEST,
            hint=_("Positive is wanted, negative unwanted, more is more; empty takes the wish away."),
        ),
    ]  # fmt: skip


def _types(facts: MonthFacts) -> Iterable[tuple[str, str]]:
    return ((code, f"{code}  {kind.name}") for code, kind in facts.types.items())


def _time(name: str, cells: Cells, *, hint: str = "") -> Field:
    value = cells.get(name, "")
    return Field(name, words.column(name), value=value, required=True, hint=hint, parse=_clock, max_length=_LONGEST)


def _clock(text: str) -> str:
    """9 and 9:30 are times of day, too; what is none is told by the command."""
    hours, colon, minutes = text.replace(".", ":").partition(":")
    if hours.isdecimal() and len(hours) <= 2 and (not colon or (minutes.isdecimal() and len(minutes) == 2)):
        return f"{int(hours):02}:{minutes or '00'}"
    return text


def _text(name: str, cells: Cells, *, required: bool = False, hint: str = "") -> Field:
    label = pgettext("shift", "Name") if name == "name" else words.column(name)
    return Field(name, label, value=cells.get(name, ""), required=required, hint=hint, max_length=_LONGEST)
