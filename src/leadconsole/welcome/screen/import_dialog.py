"""The dialog that loads files into a desk that is still to be made."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from leadconsole.console.dialogs.base import Dialog, plain
from leadconsole.console.widgets.line import Line, Piece
from leadconsole.intake.report import Cancelled, ImportRejected, ImportReport, Progress
from leadconsole.kernel.clock import Clock
from leadconsole.kernel.errors import LeadconsoleError, Refused
from leadconsole.kernel.formats import integer
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.text import clean_text
from leadconsole.welcome.founding import found_from_files
from leadconsole.welcome.rules import Answers

SHOW_SECONDS = 0.1
"""How often the progress is painted while it runs."""
BAR = 20
LONGEST_REPORT = 300


class ImportDialog(Dialog[bool]):
    """Asks for a path, loads it while it tells how far it is, and shows the report; True once the desk is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
    ]

    def __init__(self, path: Path, clock: Clock, answers: Answers) -> None:
        super().__init__(_("Import files"))
        self.path = path
        self.clock = clock
        self.answers = answers
        self.running = False
        self.done = False
        self._stop = threading.Event()
        self._progress = Progress("")
        self._timer: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield plain(_("A folder with people.csv, clients.csv, norms.csv, tickets.csv …, or one such file; XLSX too."))
        line = Input(id="field-path", compact=True, select_on_focus=False, placeholder=_("such as ~/desk"))
        line.cursor_blink = False
        yield line
        yield plain("", id="error-path", classes="error")
        yield Line(id="progress")
        yield plain("", id="report")

    def keys(self) -> str:
        if self.running:
            return _("Esc: stop, and nothing is left of it")
        if self.done:
            return _("Enter: open the desk   ↑↓ PgUp PgDn: scroll")
        return _("Enter: import   ↑↓ PgUp PgDn: scroll   Esc: back")

    def on_mount(self) -> None:
        self._timer = self.set_interval(SHOW_SECONDS, self._show_progress, pause=True)

    def on_unmount(self) -> None:
        # The thread must not go on behind a console that was left.
        self._stop.set()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_go()

    def action_go(self) -> None:
        """Enter: load, or go on to the desk that was made."""
        if self.done:
            self.dismiss(True)
        elif not self.running:
            self._load(self.query_one("#field-path", Input).value)

    def action_cancel(self) -> None:
        """Esc: stop the work, or close; a desk that is there is opened."""
        if self.running:
            self._stop.set()
            self._show_line(_("Stopping …"))
        else:
            self.dismiss(True if self.done else None)

    @work(exclusive=True, group="import")
    async def _load(self, text: str) -> None:
        self.clear_errors()
        self._report("")
        self._stop.clear()
        self._switch(running=True)
        try:
            report, lead = await asyncio.to_thread(partial(self._found, text))
        except ImportRejected as refusal:
            self._switch(running=False)
            self._rejected(refusal.report)
        except Cancelled as stopped:
            self._switch(running=False)
            self.show_error(stopped.message, "path")
        except LeadconsoleError as error:
            self._switch(running=False)
            self.show_error(error.message, "path")
        else:
            self.done = True
            self._switch(running=False)
            self._imported(report, lead)

    def _found(self, text: str) -> tuple[ImportReport, str]:
        return found_from_files(
            self.path,
            self.clock,
            self.answers,
            typed_path(text),
            progress=self._take_progress,
            cancelled=self._stop.is_set,
        )

    def _take_progress(self, progress: Progress) -> None:
        """Called in the thread of the work: only kept here, painted by the timer."""
        self._progress = progress

    def _switch(self, *, running: bool) -> None:
        self.running = running
        assert self._timer is not None
        if running:
            self._progress = Progress("")
            self._timer.resume()
        else:
            self._timer.pause()
        self._show_line("")
        line = self.query_one("#field-path", Input)
        line.disabled = running or self.done
        self.query_one("#keys", Static).update(self.keys())
        if not running and not self.done:
            line.focus()

    def _show_progress(self) -> None:
        if self._stop.is_set():
            return
        now = self._progress
        bar = ""
        if now.total:
            full = BAR * now.done // now.total
            bar = f"{'█' * full}{'░' * (BAR - full)} {100 * now.done // now.total:3} %  "
        rows = f"  {integer(now.rows)}" if now.rows else ""
        self._show_line(f"{bar}{now.stage}{rows}")

    def _show_line(self, text: str) -> None:
        self.query_one("#progress", Line).show([Piece(text, "accent")] if text else [])

    def _rejected(self, report: ImportReport) -> None:
        count = report.rejected_rows
        self.show_error(
            ngettext(
                "{count} row can't be taken, so nothing was: see below. Correct it and press Enter again.",
                "{count} rows can't be taken, so nothing was: see below. Correct them and press Enter again.",
                count,
            ).format(count=count),
            "path",
        )
        # What is wrong comes first; how many rows of each file were fine is of no use now.
        self._report("\n".join(list(report.lines())[len(report.files) :][:LONGEST_REPORT]))

    def _imported(self, report: ImportReport, lead: str) -> None:
        lines = [_("The desk is made; {login} leads it.").format(login=lead), *report.lines()]
        self._report("\n".join(lines[:LONGEST_REPORT]))
        self.set_focus(None)

    def _report(self, text: str) -> None:
        self.query_one("#report", Static).update(clean_text(text))


def typed_path(text: str) -> Path:
    """The path that was typed or pasted, without the quotes of a shell, `~` as the home folder."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if not text:
        raise Refused(_("Say which folder or file."), code="missing")
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~somebody who isn't there
        raise Refused(_("There is no file {path}.").format(path=text), code="missing") from None
