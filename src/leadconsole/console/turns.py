"""One key after the other: what is typed while a key is still at work waits for its turn.

Over a slow line keys come in bursts. Without turns the letters after `/` or `r` would run commands, because the field
that they are meant for has not come yet.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.worker import Worker, WorkerError

from leadconsole.console.layout_keys import command_key

LONGEST = 0.7
"""So many seconds a key may keep the next ones waiting; what takes longer works on behind them."""
AT_ONCE = frozenset({"ctrl+q", "ctrl+c"})


class Key(events.Key):
    """A key that says when somebody has dealt with it."""

    # Textual finds the handlers by the name of the class, so this one has the name of its base.
    def __init__(self, key: str, character: str | None, done: Callable[[], None]) -> None:
        super().__init__(key, character)
        self._sender = None  # as a key of the driver: with the app as sender Textual itself would stop it below the app
        self.finish = done

    def stop(self, stop: bool = True) -> Key:
        super().stop(stop)
        if stop:
            self.finish()
        return self


class Turns:
    """Lets keys through one by one: `take` hands one out, and `done` or `opened` ends its turn."""

    def __init__(self, app: App[None], take: Callable[[events.Key], Awaitable[None]]) -> None:
        self._app = app
        self._take = take
        self._waiting: deque[events.Key] = deque()
        self._turn = 0
        self._busy = False
        self._opening: asyncio.Task[None] | None = None

    async def come(self, event: events.Key) -> None:
        """A key has come in: it is handled now, or in its turn."""
        if event.key in AT_ONCE:
            await self._take(event)
        elif self._busy or self._waiting:
            self._waiting.append(event)
            self._app.set_timer(LONGEST, partial(self._end, self._turn))
        else:
            await self._take(event)

    def begin(self, event: events.Key) -> Key:
        """The turn of a key: text for the widget with the focus, or what the place of the key means for a command."""
        key, character = event.key, event.character
        focused = self._app.focused
        if "+" in key or focused is None or not focused.check_consume_key(key, character):
            key, character = command_key(key, character) or (key, character)
        self._turn += 1
        self._busy, self._opening = True, None
        return Key(key, character, partial(self._over, self._turn))

    def done(self, event: events.Event) -> None:
        """Nobody goes on with this key: its turn is over, unless its command still works on a dialog."""
        if isinstance(event, Key):
            event.finish()

    def opens(self, work: Worker[Any]) -> None:
        """The command of the key goes on in a worker; what is typed now is meant for the dialog that it may open."""
        if self._busy:
            self._opening = asyncio.create_task(self._after(work, self._turn))

    def opened(self) -> None:
        """A dialog is there: the next keys are its."""
        self._end(self._turn)

    async def _after(self, work: Worker[Any], turn: int) -> None:
        with suppress(WorkerError):
            await work.wait()
        self._end(turn)

    def _over(self, turn: int) -> None:
        if self._opening is None:
            self._end(turn)

    def _end(self, turn: int) -> None:
        if turn != self._turn or not self._busy:
            return
        self._busy, self._opening = False, None
        if self._waiting:
            self._app.call_later(self._next)

    async def _next(self) -> None:
        while self._waiting and not self._busy:
            await self._take(self._waiting.popleft())


class KeysInTurn(App[None]):
    """An app whose keys are handed out one after the other."""

    stirred = True
    """Whether the person has done anything since somebody took note of it."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = Turns(self, self._take_key)

    async def on_event(self, event: events.Event) -> None:
        self.stirred = True
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.turns.come(event)
            return
        try:
            await super().on_event(event)
        finally:
            self.turns.done(event)  # a key that has come back from the widgets: bindings have had it

    async def _take_key(self, event: events.Key) -> None:
        """Hand out a key whose turn has come."""
        event = self.turns.begin(event)
        await super().on_event(event)
        if not event.is_forwarded:
            self.turns.done(event)

    def on_dialog_opened(self) -> None:
        self.turns.opened()
