"""Headless twin of the queue: queue, ticket and norms (interchange.md, sections 1 and 3)."""

from __future__ import annotations

from collections.abc import Callable

from leadconsole.kernel.headless import Parser
from leadconsole.tickets.cli import norms, queue, ticket

COMMANDS: dict[str, Callable[[Parser], None]] = {
    "queue": queue.arguments,
    "ticket": ticket.arguments,
    "norms": norms.arguments,
}
