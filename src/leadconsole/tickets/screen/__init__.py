"""The queue on the screen."""

from leadconsole.tickets.screen.queue import QueueScreen as QueueScreen
