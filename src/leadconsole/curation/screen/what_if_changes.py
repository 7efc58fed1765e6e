"""What the keys of the what-if change and show."""

from __future__ import annotations

from functools import partial
from typing import cast

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import approving, vacations
from leadconsole.curation.facts import Absence
from leadconsole.curation.screen.asking import Asking, day_field
from leadconsole.curation.screen.what_if import WHAT_IF, WhatIfView
from leadconsole.curation.screen.what_if_text import asked_words, span
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team.words import absence_kind

KINDS = ("vacation", "sick", "study", "other")


class WhatIfChanges(Asking):
    """The `do_whatif_…` methods, and the ways to the question from other views."""

    @property
    def what_if(self) -> WhatIfView:
        """The view."""
        return cast("WhatIfView", self.screen.view_of(WHAT_IF))

    def ask_what_if(self, asked: list[Absence]) -> None:
        """Ask about these absences and show the answer."""
        self.what_if.ask(asked)
        self.screen.show_view(WHAT_IF)

    async def do_whatif_add(self) -> None:
        """Somebody is away from one day to another."""
        await self._add([])

    async def _add(self, logins: list[str]) -> None:
        """Ask for dates, and for the person where none is given."""
        before = self.what_if.asked
        first, last = (before[-1].first, before[-1].last) if before else (self.today(), "")
        fields = [day_field("first", _("First day"), first), day_field("last", _("Last day"), last)]
        title = _("What if they are away: {people}").format(people=", ".join(logins))
        if not logins:
            people = [Option(login, f"{name}  {login}") for login, name in self.people()]
            fields.insert(0, Field("login", _("Who"), "choice", people[0].value if people else "", options=people))
            title = _("What if somebody is away")

        def check(values: Values) -> None:
            if values["last"] < values["first"]:
                raise Refused(_("The last day comes before the first."), field="last")

        values = await self.fill_in(title, fields, check, ":".join(["cover.whatif", *logins]))
        if values is not None:
            who = logins or [values["login"]]
            self.ask_what_if([*before, *(Absence(login, values["first"], values["last"]) for login in who)])

    async def do_matrix_away(self) -> None:
        """What if the marked people, or the one of the column, are away."""
        logins = self.screen.matrix.away
        self.screen.matrix.grid.clear_marks()
        await self._add(logins)

    async def do_whatif_planned(self) -> None:
        """Take an absence that is written down."""
        today = self.today()
        coming = []
        for which in (int(today[:4]), int(today[:4]) + 1):
            year = await self.off(partial(vacations.year, self.desk, which))
            coming += [one for person in year.people for one in person.absences if one.last >= today]
        coming = sorted(dict.fromkeys(coming), key=lambda one: (one.first, one.login))
        options = [
            Option(one, f"{one.login}  {span(one.first, one.last)}", note=absence_kind(one.kind))
            for one in coming
            if one not in self.what_if.asked
        ]
        if not options:
            self.console.say(_("No absence is planned; add one with dates."), "warning")
            return
        chosen = await self.choose(_("Which absence?"), options)
        if chosen is not None:
            self.ask_what_if([*self.what_if.asked, chosen])

    async def do_whatif_remove(self) -> None:
        """Take one of the absences out of the question."""
        asked = self.what_if.asked
        chosen = asked[0]
        if len(asked) > 1:
            chosen = await self.choose(_("Who stays?"), [Option(one, asked_words([one])) for one in asked])
        if chosen is not None:
            self.what_if.ask(one for one in asked if one != chosen)

    async def do_whatif_new(self) -> None:
        """Begin anew."""
        self.what_if.ask(())

    async def do_whatif_approve(self) -> None:
        """Say what the approval writes down, and write it."""
        view = self.what_if
        plan, asked = view.plan, view.asked
        assert plan is not None  # the command's guard has seen to it
        kind = "vacation"
        if any(not one.kind for one in asked):
            options = [Option(name, absence_kind(name)) for name in KINDS]
            kind = await self.choose(_("What kind of absence is it?"), options, kind)
            if kind is None:
                return
        pieces = sum(len(one.substitutes) for one in plan.clients)
        touches = [
            f"+ {asked_words([one if one.kind else Absence(one.login, one.first, one.last, kind)])}" for one in asked
        ]
        count = ngettext(
            "{n} substitution with the rights that go with it",
            "{n} substitutions with the rights that go with them",
            pieces,
        )
        touches.append("+ " + count.format(n=pieces))
        for gain in plan.load:
            clients = ngettext("{n} client", "{n} clients", gain.clients).format(n=gain.clients)
            touches.append(f"    {gain.login}: {clients}")
        touches.append(_("Each substitute gets a handover sheet a client, to read and to acknowledge."))
        touches.append(_("All of it ends by itself on {day}.").format(day=span(plan.last, plan.last)))
        uncovered = [one.code for one in plan.clients if one.uncovered_days]
        if uncovered:
            touches.append("✗ " + _("Still without cover: {clients}").format(clients=", ".join(uncovered)))
        title = _("Approve this plan?")
        if await self.confirm(
            title, touches, lambda: approving.approve(self.desk, asked, kind, shown=plan), dangerous=bool(uncovered)
        ):
            view.ask(())
            self.steps.done(_("The plan is approved; the sheets are ready."))
            self.screen.show_view("sheets")
