"""The filter of the queue while it is typed: what it leaves of the view, what is wrong with it, how it may go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.widgets.line import Line, Piece
from leadconsole.console.widgets.search_line import SearchLine
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team.queries import clients, workers
from leadconsole.tickets import filters, queries
from leadconsole.tickets.filters import WrongFilter
from leadconsole.tickets.views import Filter

if TYPE_CHECKING:
    from leadconsole.tickets.screen.queue import QueueScreen

_SHOWN = 8
"""So many completions stand in the line under the filter."""


class Filtering:
    """The line over the list and the one under it that helps; made when a person first filters."""

    def __init__(self, queue: QueueScreen) -> None:
        self.queue = queue
        self._logins = [one.login for one in workers(queue.desk)]
        self._clients = [code for code, _name, _status in clients(queue.desk)]
        self._completions: list[tuple[int, str]] = []

    @property
    def line(self) -> SearchLine | None:
        """The line, while it is open."""
        return next(iter(self.queue.query(SearchLine)), None)

    async def open(self) -> None:
        """Open the line, with the present filter in it."""
        line = self.line
        if line is None:
            line = SearchLine(self.queue.search, _("words, or client:… assignee:me status:open due<2h price>0"))
            await self.queue.query_one("#left").mount(line, Line(id="filter-help"), before="#queue")
        self.queue.set_focus(line)  # not line.focus(), which waits: the next letter is meant for it
        self._help(line.value)

    async def close(self) -> None:
        """Close the line; the filter stays."""
        await self.queue.query("SearchLine, #filter-help").remove()
        self.queue.table.focus()

    async def typed(self, text: str) -> None:
        """Another letter: look again, and say what may follow or what is wrong."""
        try:
            await self.queue.look_for(filters.read(text, typing=True))
        except WrongFilter as wrong:
            # The last word may only not be finished yet.
            self._wrong(wrong, unfinished=wrong.end >= len(text))
            return
        self._help(text)

    async def finish(self) -> None:
        """Enter: keep the filter and go to the list; one that makes no sense keeps the line open."""
        line = self.line
        if line is None:
            return
        try:
            wanted = filters.read(line.value)
            await self.queue.look_for(wanted)
        except WrongFilter as wrong:
            self._wrong(wrong)
            return
        await self.close()
        if wanted:
            await self._say_count(wanted)

    def complete(self) -> None:
        """Tab: the first completion takes the place of the word at the cursor."""
        line = self.line
        if line is None or not self._completions:
            return
        start, word = self._completions[0]
        rest = line.value[line.cursor_position :]
        if not word.endswith(":") and not rest:
            word += " "
        line.value = line.value[:start] + word + rest
        line.cursor_position = start + len(word)

    async def _say_count(self, wanted: Filter) -> None:
        source = self.queue.source
        if source.counted is None:
            await asyncio.to_thread(source.refine)
        n = source.counted or 0
        if n > queries.MOST_COUNTED:
            n = queries.MOST_COUNTED
            told = _("More than {n} tickets found; the first {n} are here.")
        elif source.newest:
            told = ngettext("{n} ticket found, the newest first.", "{n} tickets found, the newest first.", n)
        else:
            told = ngettext("{n} ticket found.", "{n} tickets found.", n)
        self.queue.console.say(told.format(n=n), hint=_("{key} clears").format(key=self.queue.key_of("app.back")))

    def _help(self, text: str) -> None:
        line = self.line
        if line is None:
            return
        line.mark()
        self._completions = filters.completions(text, line.cursor_position, self._logins, self._clients)
        words = [word for _start, word in self._completions[:_SHOWN]]
        if words:
            pieces = [Piece(" Tab: ", "dim"), Piece(words[0], "accent"), Piece("  " + "  ".join(words[1:]), "dim")]
        else:
            pieces = [Piece(" " + _("fields have a colon: client: assignee: status: is: due< age> price>"), "dim")]
        self.queue.query_one("#filter-help", Line).show(pieces)

    def _wrong(self, wrong: WrongFilter, *, unfinished: bool = False) -> None:
        line = self.line
        if line is None:
            return
        if unfinished:
            self._help(line.value)
            if self._completions:
                return
        line.mark(wrong.start, wrong.end)
        self.queue.query_one("#filter-help", Line).show(
            [Piece(f" {wrong.message}", "dim" if unfinished else "warning")]
        )
