"""Textual's own DataTable filled with as many rows as asked for: the unit of a cursor move."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable

COLUMNS = ("No", "Client", "Subject", "Line", "Who", "Status", "Age", "Left")
CLIENTS = ("Ромашка", "Вектор", "Acme", "Мрія")
SUBJECTS = ("Не проводится реализация", "Invoice form prints empty", "Обмін з банком не працює")
PEOPLE = ("lida", "slava", "oleg", "—")
STATUSES = ("new", "open", "waiting", "resolved")


def row(number: int) -> tuple[str, ...]:
    """The cells of one made-up ticket, as wide as those of the queue."""
    return (
        str(number),
        CLIENTS[number % len(CLIENTS)],
        SUBJECTS[number % len(SUBJECTS)],
        str(number % 3 + 1),
        PEOPLE[number % len(PEOPLE)],
        STATUSES[number % len(STATUSES)],
        f"{number % 9}d",
        f"{number % 7}:{number % 60:02d}",
    )


class StockTable(App[None]):
    """Shows a table of `rows` rows with a row cursor."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row", zebra_stripes=False)

    def on_mount(self) -> None:
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns(*COLUMNS)
        table.add_rows(row(number) for number in range(1, self.rows + 1))


if __name__ == "__main__":
    StockTable(int(sys.argv[1]) if len(sys.argv) > 1 else 100).run()
