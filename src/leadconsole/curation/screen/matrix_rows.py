"""The matrix as rows and columns of a grid: which clients are shown, in what order, and one sign a cell."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.grid_rows import GridColumn, GridRow
from leadconsole.console.widgets.rows import Cell
from leadconsole.curation import words
from leadconsole.curation.queries import ClientRow, Evidence, Matrix, PersonColumn
from leadconsole.curation.rules import SAFE_DEPTH
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import N_, _, pgettext
from leadconsole.kernel.text import fold

NOBODY, STALE, THIN, TOXIC = "·", "?", "!", "▲"
ORDERS = {"risk": N_("by risk"), "fee": N_("by fee"), "name": N_("by name")}
"""The orders of clients, and what they are called."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the matrix: a part of a name, a person who knows the client, only thin or stale ones."""

    part: str = ""
    login: str = ""
    thin: bool = False
    stale: bool = False
    order: str = "risk"


@dataclass(frozen=True)
class MatrixGrid:
    """The cells of a matrix; the evidence comes later than the levels, and until then nothing is stale."""

    matrix: Matrix
    evidence: Evidence | None
    wanted: Wanted

    @cached_property
    def clients(self) -> Sequence[ClientRow]:
        """The clients that are shown, in order."""
        parts = fold(self.wanted.part).split()
        found = [one for one in self.matrix.clients if self._shown(one, parts)]
        return sorted(found, key=_ORDERS[self.wanted.order])

    def _shown(self, client: ClientRow, parts: Sequence[str]) -> bool:
        wanted = self.wanted
        if wanted.login and (client.code, wanted.login) not in self.matrix.cells:
            return False
        if wanted.thin and not (client.active and client.thin):
            return False
        if wanted.stale and not any(self.is_stale(client.code, login) for login in client.cover):
            return False
        known = fold(f"{client.name} {client.code}") if parts else ""
        return all(part in known for part in parts)

    def is_stale(self, client: str, login: str) -> bool:
        """Whether a level is held by somebody who had no contact for long."""
        return self.evidence is not None and (client, login) in self.matrix.cells and self.evidence.stale(client, login)

    @cached_property
    def stale_cells(self) -> int:
        """How many people hold a level by which they cover a client but had no contact for long."""
        return sum(self.is_stale(one.code, login) for one in self.matrix.clients if one.active for login in one.cover)

    @cached_property
    def heads(self) -> Sequence[Column]:
        """Client, depth, and the fee where it may be seen."""
        heads = [
            Column("sign", "", 1),
            Column("name", _("Client"), 16, flex=1),
            Column("depth", pgettext("column", "Depth"), 5, align="right"),
        ]
        if any(client.monthly_fee is not None for client in self.matrix.clients):
            heads.append(Column("fee", _("Fee"), 9, align="right", keep=1))
        return heads

    @cached_property
    def columns(self) -> Sequence[GridColumn]:
        """The people, with what each carries in the footer."""
        longest = max((len(one.login) + 2 * (one.away is not None) for one in self.matrix.people), default=4)
        return [self._column(one, max(4, min(longest, 6))) for one in self.matrix.people]

    def _column(self, one: PersonColumn, width: int) -> GridColumn:
        minutes = "…" if self.evidence is None else str(round(self.evidence.minutes.get(one.login, 0)))
        title = Cell(f"({one.login})", "dim") if one.away else one.login
        feet = (f"{one.leads}/{one.leads + one.curates}", str(one.open_tickets), minutes)
        return GridColumn(one.login, (title,), width, feet)

    @property
    def feet(self) -> Sequence[str | Cell]:
        """What the sums below are."""
        return [_("Leads / covers"), _("Open tickets"), _("Minutes a week")]

    @property
    def count(self) -> int:
        return len(self.clients)

    def row(self, index: int) -> GridRow:
        client = self.clients[index]
        sign = Cell(TOXIC, "danger") if client.toxic else Cell("~", "warning") if not client.active else ""
        heads: list[str | Cell] = [sign, client.name, depth(client)]
        if len(self.heads) > 3:
            heads.append("" if client.monthly_fee is None else formats.integer(client.monthly_fee // 100))
        return GridRow(client.code, tuple(heads), "" if client.active else "dim")

    def cells(self, index: int, first: int, last: int) -> Sequence[str | Cell]:
        client = self.clients[index]
        return [self._cell(client, one) for one in self.matrix.people[first:last]]

    def _cell(self, client: ClientRow, person: PersonColumn) -> str | Cell:
        level = self.matrix.level(client.code, person.login)
        if level is None:
            return NOBODY
        sign = words.SIGNS[level]
        sign = f"({sign})" if person.away else sign
        if self.is_stale(client.code, person.login):
            return Cell(f"{sign}{STALE}", "dim")
        return sign

    def index_of(self, key: Hashable) -> int | None:
        return self._places.get(key)

    @cached_property
    def _places(self) -> dict[Hashable, int]:
        return {client.code: index for index, client in enumerate(self.clients)}

    def client(self, code: object) -> ClientRow | None:
        """A shown client by its code."""
        place = self._places.get(code)
        return None if place is None else self.clients[place]

    def person(self, login: object) -> PersonColumn | None:
        """A person by login."""
        return next((one for one in self.matrix.people if one.login == login), None)


def depth(client: ClientRow) -> str | Cell:
    """How deep a client is covered, and how many of them are here: `2`, `1/2`, `!1`."""
    here = len(client.cover) - len(client.away)
    told = f"{here}/{client.depth}" if client.away else str(client.depth)
    if not client.active:
        return told
    if here == 0:
        return Cell(f"{THIN}{told}", "danger")
    return Cell(f"{THIN}{told}", "warning") if client.depth < SAFE_DEPTH else told


_ORDERS = {
    "risk": lambda client: (*client.risk, client.name, client.code),
    "fee": lambda client: (-(client.monthly_fee or 0), client.name, client.code),
    "name": lambda client: (client.name, client.code),
}
