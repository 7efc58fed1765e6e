"""A person sitting at a desk: the database, the clock and in whose name things happen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leadconsole.kernel.access import Actor, Capability
from leadconsole.kernel.clock import Clock, Instant
from leadconsole.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from leadconsole.kernel.database import Database
    from leadconsole.kernel.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Desk:
    """What every command and query gets as its first argument."""

    database: Database
    clock: Clock
    actor: Actor
    on_refusal: Callable[[Desk, NotAllowed], None] | None = None
    """Is told what this person was refused; a session over the network keeps it."""

    def now(self) -> Instant:
        """The present instant of the desk's clock."""
        return self.clock.now()

    @property
    def reader(self) -> sqlite3.Connection:
        """The read-only connection of the calling thread."""
        return self.database.reader

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One write transaction in the actor's name: all of it or nothing."""
        with self.database.write(self.clock, self.actor.login) as transaction:
            yield transaction

    def require(self, capability: Capability) -> None:
        """Refuse with one sentence unless the person has the right."""
        try:
            self.actor.require(capability)
        except NotAllowed as refusal:
            if self.on_refusal is not None:
                self.on_refusal(self, refusal)
            raise

    def watched(self, on_refusal: Callable[[Desk, NotAllowed], None]) -> Desk:
        """The same desk, whose refusals are told to somebody."""
        return replace(self, on_refusal=on_refusal)

    def seated(self, actor: Actor) -> Desk:
        """The same desk with somebody else sitting at it."""
        return replace(self, actor=actor)
