"""What the keys of the handovers change."""

from __future__ import annotations

from typing import cast

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field, Values
from leadconsole.curation import handing, rules, words
from leadconsole.curation.progress import Handover
from leadconsole.curation.screen.asking import Asking, day_field, options_of
from leadconsole.curation.screen.handovers import HANDING, HandoversView
from leadconsole.kernel.i18n import _


class HandoverChanges(Asking):
    """The `do_handovers_…` methods."""

    @property
    def handovers(self) -> HandoversView:
        """The view."""
        return cast("HandoversView", self.screen.view_of(HANDING))

    def _handover(self) -> Handover:
        return cast("Handover", self.handovers.selected)  # the command's guard has seen to it

    async def do_handovers_begin(self) -> None:
        """Ask who takes which client, and from when on."""
        await self.begin_handover("", "")

    async def begin_handover(self, client: str, taker: str) -> None:
        """Begin a handover of leading to somebody."""
        clients, people = self.clients(), self.people()
        fields = [
            Field("client", words.column("client"), "choice", client, options=options_of(clients)),
            Field("taker", words.column("taker"), "choice", taker, options=options_of(people)),
            day_field("effective", words.column("effective"), ""),
        ]

        def write(values: Values) -> None:
            handing.begin_handover(self.desk, values["client"], values["taker"], values["effective"])

        values = await self.fill_in(_("Hand a client over"), fields, write, f"cover.handover:{client}:{taker}")
        if values is not None:
            told = _("{taker} takes {client} over, and leads it from {day} on.")
            day = words.day(values["effective"])
            self.steps.done(told.format(taker=values["taker"], client=values["client"], day=day))
            self.screen.show_view(HANDING)

    async def do_handovers_tick(self) -> None:
        """Tick the next step off."""
        one = self._handover()
        step = next((name for name in rules.STEPS if one.steps[name] is None), None)
        if step is None:
            self.console.say(_("All steps are done."), "warning")
            return
        await self._set_step(one, step, done=True)

    async def do_handovers_step(self) -> None:
        """Tick any step off, or open it again."""
        one = self._handover()
        options = []
        for step in rules.STEPS:
            day = one.steps[step]
            options.append(
                Option(step, f"{'■' if day else '□'} {words.step(step)}", note=words.day(day) if day else "")
            )
        step = await self.choose(_("Which step?"), options)
        if step is not None:
            await self._set_step(one, step, done=one.steps[step] is None)

    async def _set_step(self, one: Handover, step: str, *, done: bool) -> None:
        told = _("{client}: {step} is done.") if done else _("{client}: {step} is open again.")
        await self.steps.run(
            lambda: handing.step_handover(self.desk, one.client, one.begun, step, done),
            told.format(client=one.client_name, step=words.step(step)),
        )

    async def do_handovers_move(self) -> None:
        """Let it take effect on another day."""
        one = self._handover()
        fields = [day_field("effective", words.column("effective"), one.effective)]

        def write(values: Values) -> None:
            handing.move_handover(self.desk, one.client, one.begun, values["effective"])

        title = f"{one.client_name}: {one.giver} → {one.taker}"
        values = await self.fill_in(title, fields, write, f"cover.handover:{one.client}:{one.begun}")
        if values is not None:
            told = _("{taker} leads {client} from {day} on.")
            day = words.day(values["effective"])
            self.steps.done(told.format(taker=one.taker, client=one.client_name, day=day))

    async def do_handovers_cancel(self) -> None:
        """Call it off, after a question."""
        one = self._handover()
        touches = [_("{giver} goes on leading {client}.").format(giver=one.giver, client=one.client_name)]
        done = await self.confirm(
            _("Call this handover off?"), touches,
            lambda: handing.cancel_handover(self.desk, one.client, one.begun), dangerous=True,
        )  # fmt: skip
        if done:
            self.steps.done(_("The handover is called off."))

    async def do_handovers_person(self) -> None:
        """Show the handovers of one person, or all."""
        options = [Option("", _("everybody")), *(Option(login, f"{name}  {login}") for login, name in self.people())]
        chosen = await self.choose(_("Whose handovers?"), options, self.handovers.login)
        if chosen is not None:
            self.handovers.login = chosen
            self.handovers.refresh_view()
