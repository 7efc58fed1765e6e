"""The rows of another desk's CSV as our people, clients, tickets and events; the file is read once for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leadconsole.intake.mapping import CellRule, FileMapping, code_of
from leadconsole.intake.text_files import Record, TextFile
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import parse_instant
from leadconsole.kernel.shape import TIME
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.shapes import TICKETS

_TIMES = {column.name for column in TICKETS.columns if column.sort is TIME}
_CODES = frozenset({"client", "assignee"})
_EVENT_HEADER = ["ticket", "at", "seq", "actor", "kind", "value", "text"]

Row = tuple[int, dict[str, str]]


class MappedFile:
    """One file read through a mapping; `opened` opens it anew for each pass."""

    def __init__(self, mapping: FileMapping, name: str, opened: Callable[[], TextFile]) -> None:
        self.mapping = mapping
        self.name = name
        self._opened = opened
        self.flagged: dict[str, tuple[int, int]] = {}
        """By tag the first line and how many tickets got it."""

    def people(self) -> Iterator[Record]:
        """Everybody who is named as one of us, in the form of people.csv."""
        yield Record(1, ["login", "name", "role"])
        seen: set[str] = set()
        login, name = self.mapping.people.get("login"), self.mapping.people.get("name")
        if login is None:
            return
        for line, cells in self._rows():
            code = code_of(login.make(cells))
            if code and code not in seen:
                seen.add(code)
                yield Record(line, [code, (name or login).make(cells), self.mapping.person_role])

    def clients(self) -> Iterator[Record]:
        """Every client, in the form of clients.csv."""
        yield Record(1, ["code", "name"])
        seen: set[str] = set()
        for line, cells in self._rows():
            code = code_of(self.mapping.ticket["client"].make(cells))
            if code and code not in seen:
                seen.add(code)
                yield Record(line, [code, self.mapping.client_name.make(cells)])

    def tickets(self) -> Iterator[Record]:
        """Every ticket, in the form of tickets.csv; of an event log by the first row of each."""
        rules = self.mapping.ticket
        header = list(dict.fromkeys([*rules, *(["tags"] if self.mapping.flags else [])]))
        yield Record(1, header)
        seen: set[str] = set()
        for line, cells in self._rows():
            row = {name: self._ticket_cell(name, rule, cells) for name, rule in rules.items()}
            if self.mapping.activity is not None:
                if row["number"] in seen:
                    continue
                seen.add(row["number"])
            self._flag(line, row)
            yield Record(line, [row.get(name, "") for name in header])

    def events(self) -> Iterator[Record]:
        """Every event, in the form of ticket_events.csv."""
        yield Record(1, _EVENT_HEADER)
        mapping = self.mapping
        if mapping.activity is None or mapping.event_at is None:
            return
        number_of = mapping.ticket["number"]
        seqs: dict[str, int] = {}
        standing: dict[str, str] = {}
        for line, cells in self._rows():
            number, at = number_of.make(cells), mapping.time(mapping.event_at.make(cells))
            actor = "" if mapping.event_actor is None else code_of(mapping.event_actor.make(cells))
            for kind, value, text in self._happened(cells, standing.get(number, "")):
                seqs[number] = seqs.get(number, 0) + 1
                if kind in (Happening.STATUS, Happening.ACCEPT, Happening.REOPEN):
                    standing[number] = {Happening.ACCEPT: "accepted", Happening.REOPEN: "open"}.get(
                        Happening(kind), value
                    )
                yield Record(line, [number, at, str(seqs[number]), actor, kind, value, text])

    def _happened(self, cells: dict[str, str], status: str) -> Iterator[tuple[str, str, str]]:
        activity = cells.get(self.mapping.activity or "", "").strip()
        rules = self.mapping.activities.get(activity)
        if rules is None:
            if self.mapping.otherwise:
                yield self.mapping.otherwise, "", activity
            return
        for rule in rules:
            value = "" if rule.value is None else rule.value.make(cells)
            if rule.kind == Happening.ASSIGN:
                value = code_of(value)
            if rule.again and rule.kind == Happening.STATUS and value == status:
                yield rule.again, "", activity
            yield rule.kind, value, "" if rule.text is None else rule.text.make(cells)

    def _ticket_cell(self, name: str, rule: CellRule, cells: dict[str, str]) -> str:
        cell = rule.make(cells)
        if name in _TIMES:
            return self.mapping.time(cell)
        return code_of(cell) if name in _CODES else cell

    def _flag(self, line: int, row: dict[str, str]) -> None:
        for flag in self.mapping.flags:
            earlier, later = row.get(flag.earlier, ""), row.get(flag.later, "")
            if self._before(earlier, later):
                first, count = self.flagged.get(flag.tag, (line, 0))
                self.flagged[flag.tag] = (first, count + 1)
                row["tags"] = " ".join(part for part in (row.get("tags", ""), flag.tag) if part)

    def _before(self, earlier: str, later: str) -> bool:
        if not earlier or not later:
            return False
        try:
            return parse_instant(earlier, self.mapping.zone) < parse_instant(later, self.mapping.zone)
        except Refused:
            return False  # the row is rejected for it

    def _rows(self) -> Iterator[Row]:
        records = self._opened().records()
        head = next(records, None)
        if head is None:
            return
        names = [cell.strip().strip("\ufeff") for cell in head.cells]
        needed = self.mapping.needed()
        for name in sorted(needed):
            if names.count(name) != 1:
                told = (
                    _("The column «{name}», which the mapping {mapping} needs, is missing.")
                    if name not in names
                    else _("The column «{name}», which the mapping {mapping} needs, stands there twice.")
                )
                raise Refused(
                    told.format(name=name, mapping=self.mapping.name),
                    code="wrong_mapping",
                    file=self.name,
                    line=head.line,
                    field=name,
                )
        places = [(name, place) for place, name in enumerate(names) if name in needed]
        for record in records:
            width = len(record.cells)
            yield record.line, {name: record.cells[place] if place < width else "" for name, place in places}
