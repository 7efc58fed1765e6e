"""What the keys of the absences change."""

from __future__ import annotations

from typing import cast

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import vacations
from leadconsole.curation.facts import Absence
from leadconsole.curation.screen.absences import ABSENCES, AbsencesView
from leadconsole.curation.screen.asking import day_field, options_of
from leadconsole.curation.screen.what_if_changes import KINDS, WhatIfChanges
from leadconsole.curation.screen.what_if_text import span
from leadconsole.kernel.i18n import _
from leadconsole.team import commands as team
from leadconsole.team.words import absence_kind
from leadconsole.team.words import column as team_column


class AbsenceChanges(WhatIfChanges):
    """The `do_absences_…` methods."""

    @property
    def absences(self) -> AbsencesView:
        """The view."""
        return cast("AbsencesView", self.screen.view_of(ABSENCES))

    async def do_absences_add(self) -> None:
        """Somebody is away from one day to another."""
        person = self.absences.person
        assert person is not None  # the command's guard has seen to it
        first = self.absences.monday
        people = options_of((login, f"{name}  {login}") for login, name in self.people())
        fields = [
            Field("login", _("Who"), "choice", person.login, options=people),
            day_field("from", _("First day"), first),
            day_field("to", _("Last day"), ""),
            *self._rest("vacation", ""),
        ]

        def write(values: Values) -> None:
            team.enter(self.desk, "absences", values, {})

        values = await self.fill_in(_("New absence"), fields, write, f"cover.absence:{person.login}")
        if values is not None:
            self.steps.done(
                _("{login} is away {days}.").format(login=values["login"], days=span(values["from"], values["to"]))
            )

    def _rest(self, kind: str, note: str) -> list[Field]:
        kinds = options_of((name, absence_kind(name)) for name in KINDS)
        return [
            Field("kind", team_column("kind"), "choice", kind, options=kinds),
            Field("note", team_column("note"), value=note, max_length=500),
        ]

    async def _which(self) -> Absence | None:
        here = self.absences.here
        if len(here) == 1:
            return here[0]
        options = [Option(one, f"{span(one.first, one.last)}, {absence_kind(one.kind)}") for one in here]
        return cast("Absence | None", await self.choose(_("Which absence?"), options))

    async def do_absences_change(self) -> None:
        """Change last day, kind or note."""
        one = await self._which()
        if one is None:
            return
        seen = {"to": one.last, "kind": one.kind, "note": one.note or ""}
        fields = [day_field("to", _("Last day"), one.last), *self._rest(one.kind, one.note or "")]

        def write(values: Values) -> None:
            team.enter(self.desk, "absences", {"login": one.login, "from": one.first, **values}, seen)

        title = f"{one.login} {span(one.first, one.last)}"
        if await self.fill_in(title, fields, write, f"cover.absence:{one.login}:{one.first}") is not None:
            self.steps.done(_("{what} is changed.").format(what=title))

    async def do_absences_remove(self) -> None:
        """Take an absence away, after a question."""
        one = await self._which()
        if one is None:
            return
        title = f"{one.login} {span(one.first, one.last)}, {absence_kind(one.kind)}"
        touches = [_("Substitutions that were made for it stay; the view Sheets ends them.")]
        done = await self.confirm(
            _("Remove this? {name}").format(name=title), touches,
            lambda: team.remove(self.desk, "absences", (one.login, one.first)), dangerous=True,
        )  # fmt: skip
        if done:
            self.steps.done(_("{name} is removed.").format(name=title))

    async def do_absences_what_if(self) -> None:
        """What happens in this absence."""
        one = await self._which()
        if one is not None:
            self.ask_what_if([one])

    async def do_absences_next_year(self) -> None:
        """The year after."""
        self.absences.show_year(self.absences.which + 1)

    async def do_absences_previous_year(self) -> None:
        """The year before."""
        self.absences.show_year(self.absences.which - 1)

    async def do_absences_calendar(self) -> None:
        """Write an iCalendar file."""
        person = self.absences.person
        assert person is not None
        whose = [Option(person.login, person.name), Option(vacations.EVERYBODY, _("everybody"))]
        login = await self.choose(_("Whose absences?"), whose)
        if login is None:
            return
        alone = login == person.login
        name = person.name if alone else _("everybody")
        await self.to_file(
            _("Write the absences to which file? {name}").format(name=name),
            f"absences-{person.login}.ics" if alone else "absences.ics",
            lambda: vacations.calendar_file(self.desk, login),
        )
