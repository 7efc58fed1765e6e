"""What keeps one failed handler from ending a screen, a widget or the app."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump


class Guarded(MessagePump):
    """A message pump that goes on after an exception in one of its handlers.

    Textual (8.2.8) ends the pump in which a handler raised, so that even an app which survives would keep a
    dead widget. The exception is told by the app (ConsoleApp opens a dialog), then the next message comes.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.app._handle_exception(error)
