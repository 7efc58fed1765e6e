"""What the keys of the Cover screen do: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

from leadconsole.curation.screen.absence_changes import AbsenceChanges
from leadconsole.curation.screen.matrix_changes import MatrixChanges
from leadconsole.curation.screen.sheet_changes import SheetChanges
from leadconsole.curation.screen.teaching_changes import TeachingChanges


class Changes(MatrixChanges, AbsenceChanges, SheetChanges, TeachingChanges):
    """The `do_…` methods of all views; they run as workers of the screen."""

    async def do_cover_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_cover_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()
