"""What the keys of the matrix change and show."""

from __future__ import annotations

from dataclasses import replace

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import commands, rules, words
from leadconsole.curation.screen.asking import day_field, options_of
from leadconsole.curation.screen.handover_changes import HandoverChanges
from leadconsole.curation.screen.matrix import MatrixView
from leadconsole.curation.screen.matrix_rows import ORDERS
from leadconsole.kernel.i18n import _, ngettext, pgettext

NOTHING = "none"


class MatrixChanges(HandoverChanges):
    """The `do_matrix_…` methods."""

    @property
    def matrix(self) -> MatrixView:
        """The view."""
        return self.screen.matrix

    # --- levels -------------------------------------------------------------------------------------------------

    async def do_matrix_raise(self) -> None:
        """One level up; the step to lead asks first."""
        level = self.matrix.level
        if level == "curator":
            await self.do_matrix_move_lead()
        else:
            await self._set("learning" if level is None else "curator")

    async def do_matrix_lower(self) -> None:
        """One level down."""
        await self._set("learning" if self.matrix.level == "curator" else None)

    async def _set(self, level: str | None) -> None:
        client, person = self.matrix.client, self.matrix.person
        assert client is not None  # the command's guard has seen to it
        assert person is not None
        told = words.level(level) if level else pgettext("level", "nothing")
        done = _("{person} of {client}: {level}.").format(person=person.login, client=client.name, level=told)
        await self.steps.run(lambda: commands.set_level(self.desk, client.code, person.login, level), done)

    async def do_matrix_level(self) -> None:
        """Ask for level and day, for one cell or all marked ones."""
        view = self.matrix
        cells = view.cells
        client, person = view.client, view.person
        assert client is not None
        assert person is not None
        many = len(cells) > 1
        title = f"{person.name} – {client.name}"
        if many:
            title = ngettext("{n} marked cell", "{n} marked cells", len(cells)).format(n=len(cells))
        levels = [(name, f"{words.SIGNS[name]} {words.level(name)}") for name in rules.LEVELS]
        fields = [
            Field(
                "level", words.column("level"), "choice", view.level or NOTHING,
                options=options_of([(NOTHING, "· " + pgettext("level", "nothing")), *levels]),
            ),
            day_field("since", words.column("since"), view.day or self.today()),
        ]  # fmt: skip

        def write(values: Values) -> None:
            level = None if values["level"] == NOTHING else values["level"]
            if many or level == "lead":
                commands.set_levels(self.desk, [(code, login, level) for code, login in cells], values["since"])
            else:
                commands.set_level(self.desk, client.code, person.login, level, values["since"])

        about = "marked" if many else f"{client.code}:{person.login}"
        if await self.fill_in(title, fields, write, f"cover.level:{about}") is not None:
            view.grid.clear_marks()
            self.steps.done(_("{what}: the level is set.").format(what=title))

    async def do_matrix_move_lead(self) -> None:
        """Let the person of the column lead the client, at once or by a handover."""
        now, later = "now", "handover"
        client, person = self.matrix.client, self.matrix.person
        assert client is not None
        assert person is not None
        title = _("{person} leads {client}").format(person=person.name, client=client.name)
        giver = client.lead
        becomes = [(name, words.level(name)) for name in ("curator", "learning")]
        fields = [day_field("since", words.column("since"), self.matrix.day or self.today())]
        if giver is not None:
            label = _("{login} becomes").format(login=giver)
            nothing = (NOTHING, pgettext("level", "nothing"))
            fields.append(Field("giver", label, "choice", "curator", options=options_of([*becomes, nothing])))

        def write(values: Values) -> None:
            left = values.get("giver", NOTHING)
            becomes = None if left == NOTHING else left
            commands.move_lead(self.desk, client.code, person.login, values["since"], becomes)

        how = now
        if giver is not None:
            told = [
                Option(now, _("Move it on a day"), "d", note=_("no steps")),
                Option(later, _("Begin a handover with steps"), "h", note=_("introduction, access, open work …")),
            ]
            how = await self.choose(title, told)
        if how == later:
            await self.begin_handover(client.code, person.login)
        elif (
            how == now
            and await self.fill_in(title, fields, write, f"cover.move:{client.code}:{person.login}") is not None
        ):
            self.steps.done(title + ".")

    # --- marks and what is shown -------------------------------------------------------------------------------

    async def do_matrix_mark(self) -> None:
        """Mark the cell and go down."""
        self.matrix.grid.toggle_mark()
        self.matrix.grid.action_move(1)

    async def do_matrix_mark_person(self) -> None:
        """Mark the person of the column."""
        self.matrix.grid.toggle_column()

    async def do_matrix_person(self) -> None:
        """Show the clients of one person, or of all."""
        view = self.matrix
        people = view.shown.matrix.people if view.shown is not None else ()
        options = [Option("", _("everybody"))]
        for one in people:
            known = one.leads + one.curates + one.learns
            note = ngettext("{n} client", "{n} clients", known).format(n=known)
            options.append(Option(one.login, f"{one.name}  {one.login}", note=note))
        chosen = await self.choose(_("Whose clients?"), options, view.wanted.login)
        if chosen is not None:
            view.want(replace(view.wanted, login=chosen))

    async def do_matrix_thin(self) -> None:
        """Only thin ones, or all."""
        self.matrix.want(replace(self.matrix.wanted, thin=not self.matrix.wanted.thin))

    async def do_matrix_stale(self) -> None:
        """Only clients with stale cover, or all."""
        self.matrix.want(replace(self.matrix.wanted, stale=not self.matrix.wanted.stale))

    async def do_matrix_sort(self) -> None:
        """The next order."""
        names = list(ORDERS)
        order = names[(names.index(self.matrix.wanted.order) + 1) % len(names)]
        self.matrix.want(replace(self.matrix.wanted, order=order))

    async def do_matrix_day(self) -> None:
        """Show the matrix as of another day."""
        view = self.matrix
        fields = [day_field("day", _("Day"), view.day or self.today())]
        values = await self.fill_in(_("Show the matrix as of a day"), fields, lambda _values: None)
        if values is not None:
            view.show_day("" if values["day"] == self.today() else values["day"])
