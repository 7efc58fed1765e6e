"""A year of absences as a grid: people by weeks, one letter a week, months on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.grid_rows import GridColumn, GridRow
from leadconsole.console.widgets.rows import Cell
from leadconsole.curation.facts import Absence
from leadconsole.curation.vacations import Overlap, PersonYear, Year
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, pgettext
from leadconsole.kernel.period import Month
from leadconsole.kernel.text import fold

HERE, ALONE = "·", "!"
"""The person is here; two are away who are all the cover of a client."""


def letter(kind: str) -> str:
    """One letter for a kind of absence."""
    return {
        "vacation": pgettext("absence letter", "v"), "sick": pgettext("absence letter", "s"),
        "study": pgettext("absence letter", "t"),
    }.get(kind, pgettext("absence letter", "o"))  # fmt: skip


@dataclass(frozen=True)
class YearGrid:
    """The weeks of a year by person; `today` marks its week."""

    year: Year
    today: str
    part: str = ""

    @cached_property
    def people(self) -> Sequence[PersonYear]:
        """The people that are shown."""
        parts = fold(self.part).split()
        known = [(one, fold(f"{one.name} {one.login}")) for one in self.year.people]
        return [one for one, text in known if all(part in text for part in parts)]

    @cached_property
    def weeks(self) -> Sequence[date]:
        """The Mondays of the weeks that have a day in the year."""
        first = date(self.year.year, 1, 1)
        monday = first - timedelta(days=first.weekday())
        return [
            monday + timedelta(days=7 * n)
            for n in range(54)
            if monday + timedelta(days=7 * n) <= date(self.year.year, 12, 31)
        ]

    @property
    def heads(self) -> Sequence[Column]:
        """Name, and the vacation days that are left."""
        return [
            Column("name", _("Person"), 13, flex=1),
            Column("left", pgettext("vacation days", "Left"), 6, align="right"),
        ]

    @cached_property
    def columns(self) -> Sequence[GridColumn]:
        """A column a week, the month over its first one."""
        found = []
        month = 0
        for monday in self.weeks:
            day = max(monday, date(self.year.year, 1, 1))
            title = "" if day.month == month else formats.month(Month(self.year.year, day.month))[:3]
            month = day.month
            now = monday.isoformat() <= self.today < (monday + timedelta(days=7)).isoformat()
            found.append(GridColumn(monday.isoformat(), (title, Cell("▼", "accent") if now else ""), 1))
        return found

    feet: Sequence[str | Cell] = ()

    @property
    def count(self) -> int:
        return len(self.people)

    @cached_property
    def _meets(self) -> Mapping[str, Sequence[Overlap]]:
        """By login when this person is away together with others."""
        found: dict[str, list[Overlap]] = defaultdict(list)
        for overlap in self.year.overlaps:
            found[overlap.one].append(overlap)
            found[overlap.other].append(overlap)
        return found

    def row(self, index: int) -> GridRow:
        one = self.people[index]
        account = one.account
        told = f"{account.left}/{account.allowed}"
        left = Cell(told, "danger") if account.left < 0 else told if account.long_part else Cell(f"{told}!", "warning")
        return GridRow(one.login, (one.name, left))

    def cells(self, index: int, first: int, last: int) -> Sequence[str | Cell]:
        one = self.people[index]
        return [self._cell(one, monday) for monday in self.weeks[first:last]]

    def _cell(self, one: PersonYear, monday: date) -> str | Cell:
        here = in_week(one.absences, monday)
        if not here:
            return HERE
        begin, end = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
        meets = [overlap for overlap in self._meets[one.login] if overlap.first <= end and overlap.last >= begin]
        if any(overlap.clients for overlap in meets):
            return Cell(ALONE, "danger")
        sign = letter(here[0].kind)
        return Cell(sign.upper(), "warning") if meets else Cell(sign, "accent")

    def index_of(self, key: Hashable) -> int | None:
        return next((place for place, one in enumerate(self.people) if one.login == key), None)


def in_week(absences: Sequence[Absence], monday: date) -> list[Absence]:
    """The absences that have a day in a week."""
    begin, end = monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    return [one for one in absences if one.first <= end and one.last >= begin]
