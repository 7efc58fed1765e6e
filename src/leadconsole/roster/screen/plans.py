"""What the keys of the Roster screen do with the month as a whole: fill, replace, publish, write it to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from leadconsole.console.asking import day_field, options_of
from leadconsole.console.dialogs.base import Submit
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.roster import commands, queries, table, words
from leadconsole.roster.fill import process
from leadconsole.roster.fill.outcome import Outcome
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.repair import Replacement, replacements
from leadconsole.roster.results import changes
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.screen.edits import Edits
from leadconsole.roster.screen.search import SearchDialog
from leadconsole.roster.telling import counted, drafts_told, status_word, told_people
from leadconsole.team import commands as team
from leadconsole.team import words as team_words

FILL_SECONDS = 60
_NEW_PLAN = "*"
_MARKED, _ALL = "marked", "all"
_ABSENCES = ("sick", "vacation", "study", "other")


class Plans(Edits):
    """The `do_…` methods about the month as a whole."""

    async def do_roster_fill(self) -> None:
        """Search for the best plan of the empty cells, or of those that are marked."""
        screen, month = self.screen, self.screen.month
        every = self._empty((one.login, day) for one in month.facts.people for day in month.facts.days)
        if not every:
            self.console.say(_("Every day of this month is set; free some first."), "warning")
            return
        process.require_solver()
        n = len(every)
        told = ngettext(
            "{n} day without a shift; what is set stays.", "{n} days without a shift; what is set stays.", n
        )
        only = None
        if screen.grid.marks or screen.grid.range_from is not None:
            marked = self._empty(screen.chosen)
            if not marked:
                self.console.say(_("None of the marked days is empty; Esc takes the marks away."), "warning")
                return
            what = await self._marked_or_all(len(marked), n)
            if what is None:
                return
            if what == _MARKED:
                only, n = marked, len(marked)
                told = ngettext(
                    "{n} marked day; all else stays as it is.", "{n} marked days; all else stays as it is.", n
                )
        told = "\n".join([told.format(n=n), *self._beside()])
        title = _("Fill {month}").format(month=formats.month(screen.which))
        await self._search(
            SearchDialog(title, month, told=told, only=only, seconds=FILL_SECONDS, submit=self._taker(month))
        )

    async def _marked_or_all(self, marked: int, every: int) -> str | None:
        part = ngettext("only the marked cells: {n} empty day", "only the marked cells: {n} empty days", marked)
        whole = ngettext("the whole month: {n} empty day", "the whole month: {n} empty days", every)
        options = [Option(_MARKED, part.format(n=marked)), Option(_ALL, whole.format(n=every))]
        chosen: str | None = await self.choose(_("Fill what?"), options)
        return chosen

    def _empty(self, cells: Iterable[Cell]) -> list[Cell]:
        """Those of some cells that have no shift and whose people are here."""
        month = self.screen.month
        return [cell for cell in cells if cell not in month.plan and month.facts.available(*cell)]

    def _beside(self) -> list[str]:
        """What to know of the months beside."""
        return drafts_told(queries.drafts_beside(self.desk, self.screen.which))

    async def _search(self, dialog: SearchDialog) -> None:
        found = await self.console.push_screen_wait(dialog)
        if found is None:
            self.console.say(_("Nothing was changed; the month is as it was."))
            return
        cells, _basis = changes(dialog.shown, found)
        if not cells:
            self.console.say(_("This is the plan that stands there already."))
            return
        n = len(cells)
        told = ngettext("{n} shift was changed.", "{n} shifts were changed.", n).format(n=n)
        self.screen.grid.clear_marks()
        self.steps.done(told)
        self.console.say(f"{told} {counted(self.screen.report)}", "good", self.steps.how_back())

    def _taker(self, month: RosterMonth) -> Submit[Outcome]:
        """Writes a plan that was found for a month; what somebody else has changed since it was read is refused."""

        async def take(found: Outcome) -> None:
            await asyncio.to_thread(commands.set_shifts, self.desk, *changes(month, found))

        return take

    # --- somebody falls ill --------------------------------------------------------------------------------------

    async def do_roster_absence(self) -> None:
        """Write down that the person of the cell is away, then show which shifts that breaks."""
        at = self.screen.at
        assert at is not None  # the command's guard has seen to it
        login, day = at
        days = sorted({one for who, one in self.screen.chosen if who == login}) or [day]
        kinds = options_of((name, team_words.absence_kind(name)) for name in _ABSENCES)
        fields = [
            Field("kind", team_words.column("kind"), "choice", "sick", options=kinds),
            day_field("from", _("First day"), days[0]),
            day_field("to", _("Last day"), days[-1]),
            Field("note", team_words.column("note"), max_length=500),
        ]

        def write(values: Values) -> None:
            team.enter(self.desk, "absences", {"login": login, **values}, {})

        title = _("{name} is away").format(name=self._name(login))
        values = await self.fill_in(title, fields, write, f"roster.absence:{login}")
        if values is None:
            return
        self.screen.grid.clear_marks()
        self.steps.done(_("{name} is away from {day} on.").format(name=login, day=_short(values["from"])))
        broken = queries.shifts_in(self.desk, values["from"], values["to"], login)
        if broken:
            n = len(broken)
            told = ngettext("{n} shift falls into it", "{n} shifts fall into it", n).format(n=n)
            key = self.screen.key_of("roster.repair")
            self.console.say(_("{shifts}; {key} finds replacements.").format(shifts=told, key=key), "warning")

    async def do_roster_repair(self) -> None:
        """Offer who could take the shift of the cell, and a new plan that moves as little as possible."""
        screen, at = self.screen, self.screen.at
        assert at is not None  # the command's guard has seen to it
        login, day = at
        code = screen.checker.shift(login, day)
        found = replacements(screen.checker, login, day)
        options = [Option(one.login, self._name(one.login), note=self._load(one)) for one in found]
        again = Option(_NEW_PLAN, _("a new plan with few changes"))
        if code is None:
            title = _("There is no shift on this day; what then?")
        elif found:
            title = _("Who takes {shift} of {name}, {day}?").format(shift=code, name=self._name(login), day=_short(day))
        else:
            title = _("Nobody can take {shift} of {name}, {day}, without breaking a rule").format(
                shift=code, name=self._name(login), day=_short(day)
            )
        chosen = await self.choose(title, [*options, again])
        if chosen == _NEW_PLAN:
            await self._new_plan()
        elif chosen is not None:
            cells: dict[Cell, str | None] = {(login, day): None, (chosen, day): code}
            told = _("{other} has {shift} of {name} on {day}.").format(
                other=chosen, shift=code, name=login, day=_short(day)
            )
            await self._put(cells, told)

    def _load(self, one: Replacement) -> str:
        hours = words.hours(abs(one.over_norm))
        told = _("{n} h over the norm then") if one.over_norm > 0 else _("{n} h below the norm then")
        text = told.format(n=hours)
        return _("{load}, against a wish").format(load=text) if one.against_wish else text

    async def _new_plan(self) -> None:
        month = self.screen.month
        today = queries.today(self.desk)
        if today > month.facts.days[-1]:
            self.console.say(_("This month is over."), "warning")
            return
        since = max(today, month.facts.days[0])
        process.require_solver()
        told = _("Shifts from {day} on may move, each as seldom as possible.").format(day=_short(since))
        told = "\n".join([told, *self._beside()])
        title = _("New plan for {month}").format(month=formats.month(self.screen.which))
        dialog = SearchDialog(
            title, month, told=told, repair_from=since, seconds=FILL_SECONDS, submit=self._taker(month)
        )
        await self._search(dialog)

    # --- telling it ----------------------------------------------------------------------------------------------

    async def do_roster_publish(self) -> None:
        """Say whom it touches and what is wrong, then publish."""
        month, report = self.screen.month, self.screen.report
        before = queries.RosterMonth(month.facts, {}, month.publication)
        touched = told_people(before, month)
        lines = []
        if report.hard:
            lines.append(f"! {counted(report)}")
        elif report.findings:
            lines.append(f"~ {counted(report)}")
        for login, n in touched.items():
            one = month.facts.by_login.get(login)
            told = ngettext("{n} new or changed shift", "{n} new or changed shifts", n).format(n=n)
            lines.append(f"{one.name if one else login}: {told}")
        title = _("Publish {month}?").format(month=formats.month(self.screen.which))
        which = self.screen.which
        if await self.confirm(title, lines, lambda: commands.publish(self.desk, which), dangerous=True):
            n = len(touched)
            told = ngettext(
                "{month} is published; it touches {n} person.", "{month} is published; it touches {n} people.", n
            )
            self.steps.done(told.format(month=formats.month(which), n=n))

    async def do_roster_export(self) -> None:
        """Write the month as text or as a sheet to print, or a person's shifts for a calendar program."""
        screen = self.screen
        month, report, which = screen.month, screen.report, screen.which
        at = screen.at
        options = [
            Option("txt", _("text, to print or to mail")),
            Option("xlsx", _("XLSX, a sheet to print")),
        ]
        if at is not None:
            name = month.facts.by_login[at[0]].name
            options.append(Option("ics", _("iCalendar: the published shifts of {name}").format(name=name)))
        kind = await self.choose(_("Write {month} as what?").format(month=formats.month(which)), options)
        if kind == "ics":
            assert at is not None
            login = at[0]
            await self.to_file(_("Into which file?"), f"{login}.ics", lambda: queries.calendar(self.desk, login)[0])
        elif kind == "xlsx":
            from leadconsole.roster.workbook import workbook

            status = status_word(month.status)
            await self.to_file(_("Into which file?"), f"roster-{which}.xlsx", lambda: workbook(month, report, status))
        elif kind == "txt":
            title = f"{formats.month(which)} · {status_word(month.status)}"
            text = "\n".join([title, *table.lines(month, report), counted(report), ""])
            await self.to_file(_("Into which file?"), f"roster-{which}.txt", text.encode)


def _short(iso: str) -> str:
    return formats.short_day(parse_date(iso))
