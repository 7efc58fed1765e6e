"""What the keys of the Cover screen do: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.curation.screen.matrix_changes import MatrixChanges

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen


class Changes(MatrixChanges):
    """The `do_…` methods of all views; they run as workers of the screen."""

    def __init__(self, screen: CoverScreen) -> None:
        super().__init__(screen)

    async def do_cover_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_cover_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
