"""What all dialogs share: the box, the title, the error under a field, Esc, and a careful submit."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from leadconsole.console.drafts import DraftChange, DraftStore
from leadconsole.console.guard import Guarded
from leadconsole.console.messages import DialogOpened
from leadconsole.kernel.errors import Refused, Stale
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, clean_text

Result = TypeVar("Result")
AROUND = 7
"""Lines of a dialog around its body: border, title, keys on two lines, some air."""
KEEP_AFTER = 1.0
"""Seconds without a key after which what is typed is kept: a lost connection or a killed session loses no more."""
Texts = Callable[[], Awaitable[str | None]]
Submit = Callable[[Result], Awaitable[object] | object]
"""Called with the result before the dialog closes; raises `Refused` to keep it open."""


def plain(text: str, *, classes: str = "text", id: str | None = None) -> Static:  # noqa: A002
    """A static text that is never parsed as markup."""
    return Static(clean_text(text), markup=False, classes=classes, id=id)


class Dialog(Guarded, ModalScreen[Result | None], Generic[Result]):
    """A modal box over the screen; `submit` closes it, a refusal is told under the field it is about."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+t", "texts", show=False),
    ]
    ABOUT_SELECTED: ClassVar[bool] = True
    """Whether what is typed is about what the screen below shows; then others see that somebody writes on it."""
    ready_texts: Texts | None = None
    """Offers texts that are ready; the one that is chosen goes where the cursor stands."""

    def __init__(self, title: str, *, submit: Submit[Result] | None = None, dangerous: bool = False) -> None:
        super().__init__(classes="-dangerous" if dangerous else None)
        self.heading = clean_line(title)
        self._submit = submit
        self._submitting = False
        self._drafts: DraftStore | None = None
        self._pausing: Timer | None = None
        self._draft_kept: DraftChange | None = None
        self._keeping: asyncio.Future[None] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield plain(self.heading, id="title", classes="")
            with VerticalScroll(id="body", can_focus=False):
                yield from self.compose_body()
                yield plain("", id="error-general", classes="error")
            ready = "   " + _("Ctrl+T: ready texts") if self.ready_texts else ""
            yield plain(self.keys() + ready, id="keys", classes="")

    def compose_body(self) -> Iterable[Widget]:
        """What stands between title and keys."""
        raise NotImplementedError

    def keys(self) -> str:
        """The line that says which keys work here."""
        return _("Enter: save   Esc: cancel")

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self.post_message, DialogOpened())

    def on_resize(self, event: events.Resize) -> None:
        self.fit(max(3, event.size.height - AROUND))

    def fit(self, room: int) -> None:
        """Take at most `room` lines between title and keys, so that the keys are always seen."""
        self.query_one("#body").styles.max_height = room

    def action_scroll(self, lines: int) -> None:
        """Look at what doesn't fit."""
        self.query_one("#body").scroll_relative(y=lines, animate=False)

    def action_cancel(self) -> None:
        """Close without a result."""
        self.save_draft()
        self.dismiss(None)

    @work(exclusive=True, group="texts")
    async def action_texts(self) -> None:
        """Let a ready text be chosen and put it where the cursor stands, or into the longest field."""
        if self.ready_texts is None:
            return
        place = self.focused
        try:
            text = await self.ready_texts()
        except Refused as refusal:
            self.show_error(refusal.message)
            return
        if text is None:
            return
        if isinstance(place, Input):
            place.insert_text_at_cursor(clean_line(text))
            return
        if not isinstance(place, TextArea):
            place = next(iter(self.query(TextArea)), None)
        if place is not None:
            place.insert(clean_text(text))
            place.focus()

    def draft_change(self) -> DraftChange | None:
        """What is typed as a draft; None where it isn't worth one or the dialog has no place for drafts."""
        return None

    def save_draft(self) -> None:
        """Keep what is typed now, where the dialog has a place for drafts."""
        self._stop_pausing()
        if self._drafts is not None and self.is_mounted and (change := self.draft_change()) is not None:
            self._draft_kept = change
            change.apply(self._drafts)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another letter: keep it once the typing pauses."""
        self._keep_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Another letter: keep it once the typing pauses."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._drafts is not None:
            self._stop_pausing()
            self._pausing = self.set_timer(KEEP_AFTER, self._keep)

    def _stop_pausing(self) -> None:
        if self._pausing is not None:
            self._pausing.stop()
            self._pausing = None

    async def _keep(self) -> None:
        """Write what is typed, not on the event loop: somebody else's long write may have to be waited for."""
        store, change = self._drafts, self.draft_change() if self.is_mounted and not self._submitting else None
        if store is None or change is None or change == self._draft_kept:
            return
        if self._keeping is not None and not self._keeping.done():
            self._keep_soon()
            return
        self._draft_kept = change

        def write() -> None:
            if self._draft_kept is change:  # else a later one has been kept meanwhile
                change.apply(store)

        self._keeping = asyncio.ensure_future(asyncio.to_thread(write))
        self._keeping.add_done_callback(lambda done: self._kept_or_told(done))

    def _kept_or_told(self, done: asyncio.Future[None]) -> None:
        if not done.cancelled() and done.exception() is not None:
            self._draft_kept = None  # the next pause, or closing the dialog, tries again

    async def _draft_is_written(self) -> None:
        """Wait for a draft that is being written, so that it doesn't come after its text was sent."""
        self._stop_pausing()
        if self._keeping is not None:
            await asyncio.wait([self._keeping])

    def submitted(self) -> None:
        """The result has been taken over; a draft is not needed any more."""

    @work(exclusive=True, group="submit")
    async def submit(self, result: Result) -> None:
        """Hand the result over and close; after a refusal stay open, with everything that was typed."""
        if self._submitting:
            return
        self._submitting = True
        try:
            self.clear_errors()
            if self._submit is not None:
                answer = self._submit(result)
                if inspect.isawaitable(answer):
                    await answer
        except Refused as refusal:
            self.show_refusal(refusal)
        else:
            await self._draft_is_written()
            self.submitted()
            self.dismiss(result)
        finally:
            self._submitting = False

    def show_refusal(self, refusal: Refused) -> None:
        """Tell a refusal under its field; a stale write with both values."""
        message = refusal.message
        if isinstance(refusal, Stale):
            message += "\n" + _("You saw: {seen}").format(seen=refusal.seen)
            message += "\n" + _("It is now: {present}").format(present=refusal.present)
        self.show_error(message, refusal.field)

    def show_error(self, message: str, field: str | None = None) -> None:
        """Show a sentence under the field with this id, or under all where no field has it."""
        place = self.query(f"#error-{field}") if field and field.isidentifier() else None
        line = place.first(Static) if place else self.query_one("#error-general", Static)
        line.update(clean_text(message))
        line.add_class("-shown")
        if place and (widget := self.query(f"#field-{field}")):
            widget.first().focus()
        self.call_after_refresh(line.scroll_visible, animate=False)

    def clear_errors(self) -> None:
        """Take all refusals away before another try."""
        for line in self.query(".error"):
            line.remove_class("-shown")
