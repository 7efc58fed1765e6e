"""What the keys of all views share: people and clients, a question to the desk off the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from leadconsole.console import asking
from leadconsole.console.asking import DATE_HINT as DATE_HINT
from leadconsole.console.asking import day_field as day_field
from leadconsole.console.asking import options_of as options_of
from leadconsole.curation import queries
from leadconsole.team import queries as team

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen

Answer = TypeVar("Answer")


class Asking(asking.Asking):
    """A base of the classes with `do_…` methods."""

    def __init__(self, screen: CoverScreen) -> None:
        super().__init__(screen, "cover")
        self.screen = screen

    async def off(self, ask: Callable[[], Answer]) -> Answer:
        """Ask the desk off the loop."""
        return await asyncio.to_thread(ask)

    def people(self) -> list[tuple[str, str]]:
        """Who works here and may be away, by login and name."""
        return [(one.login, one.name) for one in team.workers(self.desk)]

    def clients(self) -> list[tuple[str, str]]:
        """Clients by code and name."""
        return [(code, name) for code, name, *_rest in team.clients(self.desk)]

    def today(self) -> str:
        """The desk's day, ISO."""
        return queries.today(self.desk)
