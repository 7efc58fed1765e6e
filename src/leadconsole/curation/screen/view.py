"""A view of the Cover screen: a list or a grid, beside it what is under the cursor as text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from leadconsole.console.bindings import bindings
from leadconsole.console.guard import Guarded
from leadconsole.console.registry import Command
from leadconsole.console.widgets.text_pane import Block, TextPane
from leadconsole.kernel.i18n import pgettext

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

REST_SECONDS = 0.12
"""How long the cursor rests before the text beside follows."""

Blocks = Callable[[], Sequence[Block]]


class View(Guarded, Horizontal):
    """One view: `read` asks the desk in a thread, `take` shows the answer, `card` makes the text beside it."""

    NAME: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    """Marked with NP_("view", …)."""
    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    OPENS: ClassVar[str] = ""
    """The command that Enter runs where the text is in view already."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        cls.BINDINGS = [*bindings(cls.__dict__.get("COMMANDS", ()))]
        super().__init_subclass__(**kwargs)

    def __init__(self, cover: CoverScreen) -> None:
        super().__init__(id=f"view-{self.NAME}", classes="view")
        self.cover = cover
        self.desk = cover.desk
        self._following: Timer | None = None
        self._pane_wanted = True
        self.peeked = ("", "")
        self.fresh = False
        """Whether what is shown was read since somebody wrote."""

    # --- what a view defines -----------------------------------------------------------------------------------

    def main(self) -> Iterable[Widget]:
        """What stands on the left; its first widget with a focus gets the keys."""
        raise NotImplementedError

    def focused(self) -> Widget:
        """The widget that gets the keys."""
        raise NotImplementedError

    def read(self) -> Any:
        """Ask the desk; runs in a thread."""
        raise NotImplementedError

    def take(self, answer: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def failed(self, error: Exception) -> None:
        """What can't be read is told by the app; show that nothing is being counted any more."""

    def card(self) -> Blocks | None:
        """What makes the text about the place of the cursor; it runs in a thread. None: nothing is there."""
        return None

    def note(self) -> tuple[str, str]:
        """What stands beside the title on the line of views, and its tone."""
        return "", ""

    def told(self) -> tuple[str, str]:
        """The note as far as it is known."""
        return self.note() if self.fresh else self.peeked

    def peek(self) -> tuple[str, str]:
        """The note of a view that wasn't shown yet; runs in a thread, so it must be cheap."""
        return "", ""

    def narrowed(self) -> list[str]:
        """What narrows the view, in few words each."""
        return []

    def clear(self) -> bool:
        """Esc: take away what narrows the view; False when nothing does."""
        return False

    def look_for(self, part: str) -> None:
        """Narrow the view to what has this text."""

    part: str = ""
    """The text of the filter."""

    # --- what all have ----------------------------------------------------------------------------------------

    @classmethod
    def title(cls) -> str:
        """The title on the line of views."""
        return pgettext("view", cls.TITLE)

    @property
    def pane(self) -> TextPane:
        """The text beside."""
        return self.query_one(".pane", TextPane)

    def compose(self) -> Iterable[Widget]:
        with Vertical(classes="main"):
            yield from self.main()
        pane = TextPane()
        pane.add_class("pane")
        yield pane

    @work(exclusive=True, group="read")
    async def refresh_view(self) -> None:
        """Read again and show it."""
        self.fresh = True
        try:
            answer = await asyncio.to_thread(self.read)
        except Exception as error:
            self.failed(error)
            raise
        self.take(answer)
        self.cover.show_views()
        self.cover.show_keys()
        self.follow()

    def follow_soon(self) -> None:
        """The cursor moves: the text follows once it rests."""
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(REST_SECONDS, self.follow)

    def follow(self) -> None:
        """Show the text about the place of the cursor, if it is in view."""
        if self.pane.display and self.pane.size.width:
            self._tell()

    @work(exclusive=True, group="card")
    async def _tell(self) -> None:
        make = self.card()
        blocks = [] if make is None else await asyncio.to_thread(make)
        self.pane.show(blocks)

    def on_text_pane_appeared(self) -> None:
        """The text has come into view."""
        self.follow()

    def toggle_pane(self) -> None:
        """Show or hide the text beside."""
        if self.has_class("-opened"):
            self.close_pane()
        else:
            self._pane_wanted = not self._pane_wanted
            self.set_class(not self._pane_wanted, "-list-only")

    def open_pane(self) -> None:
        """Give the keys to the text; where there is no room beside, it takes the place of the list."""
        self.add_class("-opened")
        self.pane.focus()

    def close_pane(self) -> bool:
        """Go back from the text to the list; False when the keys are there."""
        if not self.has_class("-opened") and not self.pane.has_focus:
            return False
        self.remove_class("-opened")
        self.focused().focus()
        return True
