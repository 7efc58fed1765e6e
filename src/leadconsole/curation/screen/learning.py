"""Learning tasks: who learns which client until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from leadconsole.console.registry import Command
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import words
from leadconsole.curation.progress import Task, tasks
from leadconsole.curation.screen.keys import no_right
from leadconsole.curation.screen.list_view import ListView
from leadconsole.curation.screen.view import Blocks
from leadconsole.kernel.i18n import N_, NP_, _, pgettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

LEARNING = "learning"
_STATES = {
    "open": NP_("learning", "under way"), "late": NP_("learning", "late"), "done": NP_("learning", "done"),
    "dropped": NP_("learning", "given up"),
}  # fmt: skip


def _cant_end(screen: CoverScreen) -> str | None:
    if why := no_right(screen):
        return why
    task = cast("LearningView", screen.view_of(LEARNING)).selected
    if task is None:
        return _("There is no learning task under the cursor.")
    return None if task.state in ("open", "late") else _("This learning task has ended already.")


class LearningView(ListView):
    """Every learning task, what is under way first."""

    NAME = LEARNING
    TITLE = NP_("view", "Learning")
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "learning.finish", N_("Learnt"), "y", LEARNING, why_disabled=_cant_end, priority=1, label=N_("learnt"),
            tooltip=N_("The task is done: the person curates the client from today on."),
        ),
        Command(
            "learning.add", N_("New learning task"), "c", LEARNING, why_disabled=no_right, priority=2, label=N_("add"),
            tooltip=N_("Lets somebody learn a client by a day."),
        ),
        Command(
            "learning.drop", N_("Give it up"), "x", LEARNING, why_disabled=_cant_end, priority=3, label=N_("give up"),
            tooltip=N_("The task is given up: who was only learning the client doesn't know it any more."),
        ),
    )  # fmt: skip

    def columns(self) -> Sequence[Column]:
        return [
            Column("sign", "", 1), Column("who", _("Who learns it"), 12, flex=1),
            Column("name", _("Client"), 16, flex=2),
            Column("due", _("Due"), 12), Column("state", _("State"), 10),
            Column("because", _("Because"), 12, flex=2, keep=1),
        ]  # fmt: skip

    def read(self) -> Sequence[Task]:
        """All tasks."""
        return tasks(self.desk)

    def row(self, item: Task) -> Row:
        signs = {"open": ("◌", ""), "late": ("!", "danger"), "done": ("✓", "good"), "dropped": ("–", "")}
        over = item.state in ("done", "dropped")
        return Row(
            (item.client, item.login, item.since),
            (
                Cell(*signs[item.state]), item.login, item.client_name, words.day(item.due),
                pgettext("learning", _STATES[item.state]), item.because or "",
            ),
            "dim" if over else "",
        )  # fmt: skip

    def empty_text(self) -> str:
        if self.part and self.items:
            return _("No task is like this.\nEsc shows all of them again.")
        return _("Nobody is learning a client by a task.\nThe view Depth says whom to teach which client, and why.")

    def card(self) -> Blocks | None:
        one: Task | None = self.selected
        return None if one is None else lambda: _blocks(one)

    def note(self) -> tuple[str, str]:
        return _note(self.items)

    def peek(self) -> tuple[str, str]:
        return _note(self.read())


def _note(items: Sequence[Any]) -> tuple[str, str]:
    running = sum(one.state in ("open", "late") for one in items)
    return (str(running), "danger" if any(one.state == "late" for one in items) else "") if running else ("", "")


def _blocks(one: Task) -> list[Block]:
    told = [
        Block((Piece(one.client_name, "bold"), Piece(f"  {one.client}", "accent"))),
        block(one.login, "accent"),
        block(_("From {first}, due {last}").format(first=words.day(one.since), last=words.day(one.due))),
        block(pgettext("learning", _STATES[one.state])),
    ]
    return [*told, block(), block(one.because)] if one.because else told
