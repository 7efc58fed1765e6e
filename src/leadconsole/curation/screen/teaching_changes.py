"""What the keys of proposals, depth plan and learning tasks change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import commands, teaching, words
from leadconsole.curation.deepening import DepthPair
from leadconsole.curation.progress import Task
from leadconsole.curation.proposing import Proposal
from leadconsole.curation.screen.asking import Asking, day_field, options_of
from leadconsole.curation.screen.depth import DEPTH, DepthView
from leadconsole.curation.screen.learning import LEARNING
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.proposals import PROPOSALS, step
from leadconsole.kernel.i18n import _, ngettext

LEARNING_DAYS = 60
"""The due day that is offered for a new learning task lies so many days ahead."""
DEPTHS = (1, 2, 3, 4, 5)
_TOLD = 12


class TeachingChanges(Asking):
    """The `do_proposals_…`, `do_depth_…` and `do_learning_…` methods."""

    def _list(self, name: str) -> ListView:
        return cast("ListView", self.screen.view_of(name))

    # --- proposals ----------------------------------------------------------------------------------------------

    async def do_proposals_mark(self) -> None:
        """Mark and go down."""
        self._list(PROPOSALS).mark()

    async def do_proposals_mark_all(self) -> None:
        """Mark all, or none."""
        self._list(PROPOSALS).mark_all()

    async def do_proposals_confirm(self) -> None:
        """Set the proposed levels; of many after a question."""
        view = self._list(PROPOSALS)
        chosen: list[Proposal] = view.chosen
        levels = [(one.client, one.login, one.level) for one in chosen]
        done = ngettext("{n} level is set.", "{n} levels are set.", len(levels)).format(n=len(levels))
        if len(chosen) == 1:
            await self.steps.run(lambda: commands.set_levels(self.desk, levels), done)
            return
        touches = [f"{one.client_name}, {one.login}: {step(one)}" for one in chosen[:_TOLD]]
        if len(chosen) > _TOLD:
            more = len(chosen) - _TOLD
            touches.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
        title = ngettext("Set {n} level from today on?", "Set {n} levels from today on?", len(levels))
        write = lambda: commands.set_levels(self.desk, levels)  # noqa: E731
        if await self.confirm(title.format(n=len(levels)), touches, write):
            view.table.set_marks(set())
            self.steps.done(done)

    # --- the depth plan -----------------------------------------------------------------------------------------

    async def do_depth_depth(self) -> None:
        """Count the plan for another depth."""
        view = cast("DepthView", self.screen.view_of(DEPTH))
        notes = {1: _("somebody knows every client"), 2: _("any one person may be away"), 3: _("any two may")}
        options = [Option(depth, str(depth), note=notes.get(depth, "")) for depth in DEPTHS]
        chosen = await self.choose(_("How many shall cover every client?"), options, view.depth)
        if chosen is not None:
            view.want(chosen)

    async def do_depth_mark(self) -> None:
        """Mark and go down."""
        self._list(DEPTH).mark()

    async def do_depth_mark_all(self) -> None:
        """Mark all, or none."""
        self._list(DEPTH).mark_all()

    async def do_depth_teach(self) -> None:
        """Make learning tasks of the chosen pairs."""
        view = self._list(DEPTH)
        chosen: list[DepthPair] = view.chosen
        pairs = [(one.client, one.login, one.because) for one in chosen]
        title = ngettext("{n} learning task", "{n} learning tasks", len(pairs)).format(n=len(pairs))

        def write(values: Values) -> None:
            teaching.plan_learning(self.desk, pairs, values["due"])

        if await self.fill_in(title, [self._due()], write, "cover.teach") is not None:
            view.table.set_marks(set())
            self.steps.done(_("Made: {what}.").format(what=title))

    def _due(self) -> Field:
        due = date.fromisoformat(self.today()) + timedelta(days=LEARNING_DAYS)
        return day_field("due", words.column("due"), due.isoformat())

    # --- learning tasks -----------------------------------------------------------------------------------------

    def _task(self) -> Task:
        return cast("Task", self._list(LEARNING).selected)  # the command's guard has seen to it

    async def do_learning_add(self) -> None:
        """Let somebody learn a client by a day."""
        fields = [
            Field("client", words.column("client"), "choice", "", options=options_of(self.clients())),
            Field("login", _("Who learns it"), "choice", "", options=options_of(self.people())),
            self._due(),
            Field("because", words.column("because"), max_length=500),
        ]

        def write(values: Values) -> None:
            teaching.plan_learning(self.desk, [(values["client"], values["login"], values["because"])], values["due"])

        values = await self.fill_in(_("New learning task"), fields, write, "cover.learning")
        if values is not None:
            told = _("{login} learns {client} until {day}.")
            day = words.day(values["due"])
            self.steps.done(told.format(login=values["login"], client=values["client"], day=day))

    async def do_learning_finish(self) -> None:
        """The person covers the client from today on."""
        one = self._task()
        await self.steps.run(
            lambda: teaching.finish_learning(self.desk, one.client, one.login, one.since),
            _("{login} curates {client} from today on.").format(login=one.login, client=one.client_name),
        )

    async def do_learning_drop(self) -> None:
        """The task is given up."""
        one = self._task()
        await self.steps.run(
            lambda: teaching.drop_learning(self.desk, one.client, one.login, one.since),
            _("{login} doesn't learn {client} any more.").format(login=one.login, client=one.client_name),
        )
