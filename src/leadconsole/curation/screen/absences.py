"""Absences over a year: people by weeks, the days that are left, who is away at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.widget import Widget

from leadconsole.console.registry import Command
from leadconsole.console.shared_commands import no_file
from leadconsole.console.widgets.grid import Grid
from leadconsole.console.widgets.grid_marks import At
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import queries, vacations
from leadconsole.curation.facts import Absence
from leadconsole.curation.screen.view import Blocks, View
from leadconsole.curation.screen.what_if_text import span
from leadconsole.curation.screen.year_rows import YearGrid, in_week
from leadconsole.curation.vacations import PersonYear, Year
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability
from leadconsole.kernel.i18n import N_, NP_, _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.team.words import absence_kind

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

ABSENCES = "absences"


def _view(screen: CoverScreen) -> AbsencesView:
    return cast("AbsencesView", screen.view_of(ABSENCES))


def _cant_add(screen: CoverScreen) -> str | None:
    if not screen.desk.actor.may(Capability.CHANGE_DESK):
        return _("Your role only reads this.")
    return _("There is nobody who could be away.") if _view(screen).person is None else None


def _cant_change(screen: CoverScreen) -> str | None:
    if why := _cant_add(screen):
        return why
    return None if _view(screen).here else _("This person isn't away in this week.")


def _none_here(screen: CoverScreen) -> str | None:
    return None if _view(screen).here else _("This person isn't away in this week.")


def _cant_export(screen: CoverScreen) -> str | None:
    if why := no_file(screen):
        return why
    return _("There is nobody who could be away.") if _view(screen).person is None else None


class AbsencesView(View):
    """A year of absences."""

    NAME = ABSENCES
    TITLE = NP_("view", "Absences")
    OPENS = "absences.change"
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "absences.add", N_("Add an absence"), "c", ABSENCES, why_disabled=_cant_add, priority=1, label=N_("add"),
            tooltip=N_("Writes down that the person of the row is away, from the week under the cursor."),
        ),
        Command(
            "absences.change", N_("Change the absence"), "e", ABSENCES, why_disabled=_cant_change, priority=2,
            label=N_("change"), tooltip=N_("Changes last day, kind or note of the absence under the cursor."),
        ),
        Command(
            "absences.remove", N_("Remove the absence"), "x", ABSENCES, why_disabled=_cant_change, priority=3,
            label=N_("remove"), dangerous=True, tooltip=N_("Takes away the absence under the cursor."),
        ),
        Command(
            "absences.what-if", N_("What if"), "w", ABSENCES, why_disabled=_none_here, priority=5, label=N_("what if"),
            tooltip=N_("Shows what happens to the clients in this absence, with a plan of substitutes."),
        ),
        Command(
            "absences.next-year", N_("Next year"), ">", ABSENCES, also=("n",), priority=7, label=N_("next year"),
            tooltip=N_("Shows the year after."),
        ),
        Command(
            "absences.previous-year", N_("Year before"), "<", ABSENCES, also=("p",),
            tooltip=N_("Shows the year before."),
        ),
        Command(
            "absences.calendar", N_("Write as iCalendar"), "o", ABSENCES, why_disabled=_cant_export,
            tooltip=N_("Writes the absences of the person, or everybody's, to an .ics file, which calendars take."),
        ),
    )  # fmt: skip

    which = 0
    shown: YearGrid | None = None
    wanted: tuple[str, str] | None = None
    """Person and day of an absence that another screen asked for."""

    def main(self) -> Iterable[Widget]:
        yield Grid(gap=0, id="year")

    @property
    def grid(self) -> Grid:
        """The grid of weeks."""
        return self.query_one("#year", Grid)

    def focused(self) -> Widget:
        return self.grid

    def read(self) -> tuple[Year, str]:
        """The year that is shown, and today."""
        today = queries.today(self.desk)
        self.which = self.which or int(today[:4])
        return vacations.year(self.desk, self.which), today

    def take(self, answer: Any) -> None:
        year, today = answer
        fresh = self.shown is None or self.shown.year.year != year.year
        at = self._at
        self._show(YearGrid(year, today, self.part))
        if fresh and self.shown is not None:
            now = [one.key for one in self.shown.columns if one.titles[1] != ""]
            row = at.row if at is not None else ""
            self.grid.set_source(self.shown, At(row, now[0] if now else self.shown.columns[0].key))
        if self.wanted is not None and self.shown is not None:
            (login, day), self.wanted = self.wanted, None
            monday = date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday())
            self.grid.set_source(self.shown, At(login, monday.isoformat()))

    def _show(self, shown: YearGrid) -> None:
        self.shown = shown
        self.grid.empty = (
            _("Nobody is like this.\nEsc shows everybody again.") if self.part
            else _("Nobody works here in this year.")
        )  # fmt: skip
        self.grid.reload(shown)

    def look_for(self, part: str) -> None:
        self.part = part
        if self.shown is not None:
            self._show(YearGrid(self.shown.year, self.shown.today, part))

    # --- what is there ----------------------------------------------------------------------------------------

    @property
    def _at(self) -> At | None:
        return self.grid.at if self.is_mounted and self.query("#year") else None

    @property
    def person(self) -> PersonYear | None:
        """The person of the row under the cursor."""
        at = self._at
        if at is None or self.shown is None:
            return None
        return next((one for one in self.shown.people if one.login == at.row), None)

    @property
    def monday(self) -> str:
        """The week under the cursor."""
        return "" if self._at is None else str(self._at.column)

    @property
    def here(self) -> list[Absence]:
        """The absences of the person in the week under the cursor."""
        person = self.person
        return [] if person is None else in_week(person.absences, date.fromisoformat(self.monday))

    def card(self) -> Blocks | None:
        person, shown, monday = self.person, self.shown, self.monday
        if person is None or shown is None:
            return None
        return lambda: list(_blocks(person, shown.year, monday))

    def narrowed(self) -> list[str]:
        return [*([f"/ {self.part}"] if self.part else []), str(self.which or "")]

    def go_to(self, login: str, day: str) -> None:
        """Stand on the week of an absence once its year is read."""
        self.wanted, self.which, self.part, self.fresh = (login, day), int(day[:4]), "", False

    def show_year(self, which: int) -> None:
        """Show another year."""
        self.which = which
        self.refresh_view()


def _blocks(person: PersonYear, year: Year, monday: str) -> Iterator[Block]:
    yield Block((Piece(person.name, "bold"), Piece(f"  {person.login}", "accent")))
    account = person.account
    left = ngettext("{n} day of vacation left of {all}", "{n} days of vacation left of {all}", account.left)
    yield block(left.format(n=account.left, all=account.allowed), "danger" if account.left < 0 else "")
    if not account.long_part:
        yield block("! " + _("No part of at least 14 days yet."), "warning")
    week = date.fromisoformat(monday)
    yield block()
    yield block(_("Week of {day}").format(day=formats.day(week)), "dim")
    here = in_week(person.absences, week)
    for one in person.absences:
        days = (parse_date(one.last) - parse_date(one.first)).days + 1
        count = ngettext("{n} day", "{n} days", days).format(n=days)
        told = f"{span(one.first, one.last)}, {absence_kind(one.kind)}, {count}"
        note = f"  {one.note}" if one.note else ""
        yield Block(
            (Piece(("› " if one in here else "  ") + told, "bold" if one in here else ""), Piece(note, "dim")), 2
        )
    if not person.absences:
        yield block(_("No absence is written down."), "dim")
    meets = [one for one in year.overlaps if person.login in (one.one, one.other)]
    if meets:
        yield block()
        yield block(_("Away together with"), "dim")
    for meeting in meets:
        other = meeting.other if meeting.one == person.login else meeting.one
        yield block(f"{other}: {span(meeting.first, meeting.last)}", "danger" if meeting.clients else "", 2)
        if meeting.clients:
            yield block(_("then nobody covers: {clients}").format(clients=", ".join(meeting.clients)), "danger", 4)
